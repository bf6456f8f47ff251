"""The story graph for people: a table with claimants as rows and events as columns, then the words event by event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.view import shortened

if TYPE_CHECKING:
    from dateline.claims import Claimant, ClaimGraph, Edge
    from dateline.model import Actor

WIDTH = 100
COLUMN = 13  # of an event in the table: the longest stance and a space
NAME = 34  # of a claimant in the table
STORY = "the story itself"


def page(graph: ClaimGraph) -> str:
    """The whole text; events that nobody but the story tells are only counted."""
    told = [n for n in range(len(graph.events)) if graph.of_event(n)]
    lines: list[str] = []
    if not told:
        lines.append("no event that a source tells")
    for first in range(0, len(told), (WIDTH - NAME) // COLUMN):
        lines += [*_table(graph, told[first : first + (WIDTH - NAME) // COLUMN]), ""]
    for n in told:
        lines += _event(graph, n)
    rest = len(graph.events) - len(told)
    if rest:
        lines.append(f"{rest} further event{'s' if rest > 1 else ''} in the story's own voice")
    return "\n".join(lines)


def _table(graph: ClaimGraph, columns: Sequence[int]) -> Iterator[str]:
    def line(name: str, cells: Sequence[str]) -> str:
        return (name.ljust(NAME) + "".join(c.ljust(COLUMN) for c in cells)).rstrip()

    yield line("claimant", [f"{n + 1} {shortened(graph.events[n].type, COLUMN - 4)}" for n in columns])
    yield "─" * (NAME + COLUMN * len(columns) - 1)
    yield line(STORY, [graph.events[n].factuality.stance for n in columns])
    for number, claimant in enumerate(graph.claimants):
        cells = []
        for n in columns:
            stances = dict.fromkeys(e.claim.stance for e in graph.of_event(n) if e.claimant == number)
            cells.append(
                "+".join(stances) if len(stances) < 2 else " ".join(s[:5] + "." for s in stances)[: COLUMN - 1]
            )
        if any(cells):
            yield line(shortened(_row(claimant), NAME - 2), cells)


def _event(graph: ClaimGraph, n: int) -> Iterator[str]:
    event = graph.events[n]
    words = " ".join(graph.words(n).split())
    who = " + ".join(_party(a) for a in event.actors) or "?"
    whom = " + ".join(_party(a) for a in event.recipients)
    mode = f" ({', '.join(event.modes)})" if event.modes else ""
    mark = "   CONTESTED" if graph.contested(n) else ""
    yield f"{n + 1}  {event.type}{mode}  {who}{' → ' + whom if whom else ''}  “{words}”   {event.id}{mark}"
    cues = ", ".join(f"“{c.text}”" for c in event.factuality.cues)
    yield f"   the story: {event.factuality.stance}{' by ' + cues if cues else ''}"
    edges = graph.of_event(n)
    shown: set[int] = set()
    reported = {e.claimant for e in edges if e.claim.stance == "reported"}
    first = [i for i, e in enumerate(edges) if e.via not in reported]
    for i in (*first, *range(len(edges))):
        yield from _claim(graph, edges, i, "   ", shown)
    yield ""


def _claim(graph: ClaimGraph, edges: tuple[Edge, ...], at: int, indent: str, shown: set[int]) -> Iterator[str]:
    """A claim and, under a claimant who passes others on, what he passes on; nothing that is already shown."""
    if at in shown:
        return
    shown.add(at)
    edge = edges[at]
    claim = edge.claim
    cue = f"  “{claim.cue}” [{claim.cue_span.start}, {claim.cue_span.end})" if claim.cue and claim.cue_span else ""
    label = _label(graph.claimants[edge.claimant])
    said = "" if claim.text is None or claim.text in label else f" (“{' '.join(claim.text.split())}”)"
    yield f"{indent}{claim.stance:<12} {label}{said}{cue}"
    if claim.stance == "reported":
        for i, inner in enumerate(edges):
            if inner.via == edge.claimant:
                yield from _claim(graph, edges, i, indent + "  ", shown)


def _label(c: Claimant) -> str:
    known = _known(c)
    return f"{c.name}{f' [{known}]' if known else ''}, {c.kind}"


def _row(c: Claimant) -> str:
    known = _known(c)
    return f"{c.name} [{known}]" if known else f"{c.name}, {c.kind}"


def _known(c: Claimant) -> str:
    return " ".join(x for x in ((c.actor.country, c.actor.sector) if c.actor else ()) if x)


def _party(a: Actor) -> str:
    known = " ".join(x for x in (a.country, a.sector) if x)
    text = " ".join((a.name or a.text).split())
    return f"{text} [{known}]" if known else text
