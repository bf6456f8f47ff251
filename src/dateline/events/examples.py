"""Runs the examples of a codebook through the whole pipeline and says which fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dateline.model import Actor, Event
from dateline.rules.examples import Example, Expected, party_code

Code = Callable[[str, str | None], Sequence[Event]]


def failures(examples: Sequence[Example], code: Code) -> list[str]:
    """One line ``file:line: what was expected, what was found`` per example that fails.

    ``code`` takes a text and a day (ISO, or None) and returns the events.
    """
    out: list[str] = []
    for example in examples:
        events = code(example.text, example.published)
        if not example.expect:
            wrong = [e for e in events if example.type in ("NONE", e.type)]
            out += [f"{example.where}: must not be coded, but {show(e)}: {example.text}" for e in wrong]
            continue
        for expected in example.expect:
            same = [e for e in events if e.type == expected.type]
            if not any(not mismatch(expected, e) for e in same):
                why = (
                    mismatch(expected, same[0]) if same else f"found {'; '.join(show(e) for e in events) or 'no event'}"
                )
                out.append(f"{example.where}: expected {expected.type}: {why}: {example.text}")
    return out


def mismatch(expected: Expected, event: Event) -> str | None:
    """What of the expectation the event does not show, or None."""
    checks = (
        ("mode", set(expected.modes) <= set(event.modes), " ".join(expected.modes), " ".join(event.modes)),
        (
            "context",
            set(expected.contexts) <= set(event.contexts),
            " ".join(expected.contexts),
            " ".join(event.contexts),
        ),
        ("actor", _party(expected.actor, event.actors), expected.actor, _show(event.actors)),
        ("recipient", _party(expected.recipient, event.recipients), expected.recipient, _show(event.recipients)),
        ("stance", expected.stance in (None, event.factuality.stance), expected.stance, event.factuality.stance),
        ("source", _source(expected.source, event), expected.source, "; ".join(s.text for s in event.attribution)),
        (
            "date",
            _date(expected.date, event),
            expected.date,
            f"{event.when.start}..{event.when.end}" if event.when else None,
        ),
        ("place", _place(expected.place, event), expected.place, event.place.name if event.place else None),
        ("background", expected.background in (None, event.background), expected.background, event.background),
    )
    for name, right, want, got in checks:
        if not right:
            return f"{name} {want!r}, found {got!r}"
    return None


def show(event: Event) -> str:
    """``TYPE actors -> recipients``."""
    return f"{event.type} {_show(event.actors)} -> {_show(event.recipients)}"


def _show(actors: Sequence[Actor]) -> str:
    return ", ".join(f"{a.text} ({a.country or '?'}/{a.sector or '?'})" for a in actors) or "nobody"


def _party(expected: str | None, actors: Sequence[Actor]) -> bool:
    if expected is None:
        return True
    if expected == "none":
        return not actors
    code = party_code(expected)
    if code is None:
        return any(
            expected.lower() in a.text.lower() or (a.name and expected.lower() in a.name.lower()) for a in actors
        )
    country, sector = code
    return any((country is None or a.country == country) and (sector is None or a.sector == sector) for a in actors)


def _source(expected: str | None, event: Event) -> bool:
    if expected is None:
        return True
    if expected == "none":
        return not event.attribution
    return any(expected.lower() in s.text.lower() for s in event.attribution)


def _date(expected: str | None, event: Event) -> bool:
    if expected is None:
        return True
    if expected == "none":
        return event.when is None
    start, _, end = expected.partition("..")
    return event.when is not None and str(event.when.start) == start and str(event.when.end) == (end or start)


def _place(expected: str | None, event: Event) -> bool:
    if expected is None:
        return True
    if event.place is None:
        return expected == "none"
    return expected.lower() in (event.place.name.lower(), event.place.text.lower(), (event.place.country or "").lower())
