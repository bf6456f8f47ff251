"""A coded story as HTML for a notebook: the text with what was found in it coloured, then the events."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dateline.model import Span

if TYPE_CHECKING:
    from dateline.result import Result

COLOURS = {  # later kinds are painted over earlier ones
    "source": ("#e4dcf5", "source"),
    "place": ("#d9efdc", "place"),
    "time": ("#fdeecb", "time"),
    "recipient": ("#fbdcd3", "recipient"),
    "actor": ("#d5e6fa", "actor"),
    "trigger": ("#ffd54d", "trigger"),
}


def render_html(result: Result) -> str:
    """The highlighted story and a table of its events, all text escaped."""
    key = " ".join(f'<span style="{_style(kind)}">{name}</span>' for kind, (_, name) in COLOURS.items())
    return (
        '<div class="dateline" style="max-width:60em;line-height:1.6;font-family:Georgia,serif">'
        f'<div style="font-size:80%;margin-bottom:.6em">{key}</div>'
        f'<div style="white-space:pre-wrap">{_story(result)}</div>{_table(result)}</div>'
    )


def _spans(result: Result) -> list[tuple[str, Span, str]]:
    """Every coloured span: kind, span, and the note shown on it."""
    out: list[tuple[str, Span, str]] = []
    for event in result.coded:
        name = f"{event.type} {'/'.join(event.modes)}".strip()
        out += [("trigger", span, f"{name}, {event.factuality.stance}") for span in event.trigger]
        for kind, parties in (("actor", event.actors), ("recipient", event.recipients)):
            for a in parties:
                known = " ".join(x for x in (a.country, a.sector, a.office) if x) or "nothing known"
                out.append((kind, a.span, f"{kind} of {name}: {known}"))
        out += [("source", s.span, f"source of {name}: {s.kind}") for s in event.attribution]
        if event.when is not None and event.when.span is not None:
            out.append(("time", event.when.span, f"{event.when.start} to {event.when.end}, {event.when.basis}"))
        if event.place is not None:
            out.append(("place", event.place.span, f"{event.place.name}, {event.place.country or 'country unknown'}"))
    out += [("time", t.span, f"{t.type} {t.value}") for t in result.mentions.times]
    out += [("place", p.span, f"{p.name}, {p.country or 'country unknown'}") for p in result.mentions.places]
    return out


def _story(result: Result) -> str:
    text = result.story.text
    paint: list[tuple[str, str] | None] = [None] * len(text)
    order = list(COLOURS)
    for kind, span, note in sorted(_spans(result), key=lambda s: (order.index(s[0]), s[1].start - s[1].end)):
        for i in range(max(0, span.start), min(span.end, len(text))):
            paint[i] = (kind, note)
    pieces: list[str] = []
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or paint[i] != paint[start]:
            piece, mark = escape(text[start:i]), paint[start]
            if mark is not None:
                piece = f'<span style="{_style(mark[0])}" title="{escape(mark[1])}">{piece}</span>'
            pieces.append(piece)
            start = i
    return "".join(pieces)


def _style(kind: str) -> str:
    return f"background:{COLOURS[kind][0]};color:#111;border-radius:3px;padding:0 2px"


def _table(result: Result) -> str:
    from dateline.view import COLUMNS, cells

    if not result.coded:
        return "<p><em>No events.</em></p>"
    head = "".join(f'<th style="text-align:left">{escape(c)}</th>' for c in COLUMNS)
    body = "".join(
        "<tr>"
        + "".join(f'<td style="text-align:left;vertical-align:top">{escape(c)}</td>' for c in cells(row))
        + "</tr>"
        for row in result.records
    )
    return f'<table style="margin-top:1em;font-size:85%"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
