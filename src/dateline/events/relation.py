"""Which relation a story states between two given phrases."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import Actor, Event, Span


def relation(events: Sequence[Event], source: Span | None, target: Span | None) -> str | None:
    """The type of the event that best links the two spans (who does it, to whom), or None without any event.

    An event scores by whether its actors touch the source and its recipients the target; a joint event's parties
    count on both sides. Ties go to the more confident event.
    """
    best: tuple[float, float, str] | None = None
    for event in events:
        fit = _touch(event.actors, source) * 2 + _touch(event.recipients, target) * 2
        fit += _touch(event.actors, target) * (1.5 if not event.recipients else 0.5) + _touch(event.recipients, source) * 0.5
        key = (fit, event.confidence, event.type)
        if best is None or key[:2] > best[:2]:
            best = key
    return best[2] if best else None


def _touch(actors: Sequence[Actor], span: Span | None) -> float:
    if span is None:
        return 0.0
    return 1.0 if any(a.span.start < span[1] and span[0] < a.span.end for a in actors) else 0.0
