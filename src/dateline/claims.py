"""The story graph: claimants and events of one story, and who says what of which.

    graph = result.claims
    print(graph)          # for people
    graph.to_dict()       # for machines

A claimant is one source of the story, whatever words name it; an event is a row of the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dateline.events.claims import same_claimant
from dateline.model import Actor, Event, EventClaim, Span
from dateline.record import claim_row, trigger_span

if TYPE_CHECKING:
    from dateline.result import Result

FOR, AGAINST = frozenset({"asserted", "alleged"}), frozenset({"denied", "negated"})


@dataclass(frozen=True, slots=True)
class Claimant:
    """A source of the story. ``name`` is how to call it: its fullest name or, without one, its first words."""

    name: str
    kind: str  # as in attribution; "anonymous" where nobody is named
    mentions: tuple[EventClaim, ...] = field(repr=False)
    actor: Actor | None = field(repr=False)  # the mention of which most is known

    def to_dict(self, number: int) -> dict[str, Any]:
        """The claimant as JSON-ready values; ``number`` is its place in the graph."""
        a = self.actor
        return {
            "id": number,
            "name": self.name,
            "kind": self.kind,
            "country": a.country if a else None,
            "sector": a.sector if a else None,
            "office": a.office if a else None,
            "entity": a.entity if a else None,
            "mentions": [{"text": m.text, "span": list(m.span)} for m in self.mentions if m.span is not None],
        }


@dataclass(frozen=True, slots=True)
class Edge:
    """One claim: places of claimant, event and of the claimant who passes it on in the graph's tuples."""

    claimant: int
    event: int
    claim: EventClaim = field(repr=False)
    via: int | None


@dataclass(frozen=True)
class ClaimGraph:
    """Claimants and events of a story in the order of the text, and the claims that join them."""

    story_id: str
    source: str | None
    text: str = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)
    triggers: tuple[Span, ...] = field(repr=False)  # of the events
    claimants: tuple[Claimant, ...]
    claims: tuple[Edge, ...]

    def of_event(self, event: int) -> tuple[Edge, ...]:
        """The claims about one event, by its place in ``events``."""
        return tuple(e for e in self.claims if e.event == event)

    def words(self, event: int) -> str:
        """The words that name an event, as printed."""
        return self.text[self.triggers[event].start : self.triggers[event].end]

    def contested(self, event: int) -> bool:
        """Whether the story or one source says that it happened and another that it did not."""
        stances = {self.events[event].factuality.stance, *(e.claim.stance for e in self.of_event(event))}
        return bool(stances & FOR) and bool(stances & AGAINST)

    def to_dict(self) -> dict[str, Any]:
        """The graph as JSON-ready values: ``events``, ``claimants``, and ``claims`` that point to both by id."""
        events = []
        for n, event in enumerate(self.events):
            events.append(
                {
                    "id": event.id,
                    "type": event.type,
                    "mode": list(event.modes),
                    "trigger": {"text": self.words(n), "span": list(self.triggers[n])},
                    "actors": [_party(a) for a in event.actors],
                    "recipients": [_party(a) for a in event.recipients],
                    "stance": event.factuality.stance,
                    "cues": [c.text for c in event.factuality.cues],
                    "background": event.background,
                    "contested": self.contested(n),
                }
            )
        edges = []
        for edge in self.claims:
            row = claim_row(edge.claim)
            edges.append(
                {
                    "claimant": edge.claimant,
                    "event": self.events[edge.event].id,
                    "stance": row.stance,
                    "text": row.text,
                    "span": row.span,
                    "cue": row.cue,
                    "cue_span": row.cue_span,
                    "quoted": row.quoted,
                    "via": edge.via,
                }
            )
        return {
            "story_id": self.story_id,
            "source": self.source,
            "events": events,
            "claimants": [c.to_dict(n) for n, c in enumerate(self.claimants)],
            "claims": edges,
        }

    def __str__(self) -> str:
        """The graph for a reader: a table of claimants by events, then the words behind every claim."""
        from dateline.claims_text import page

        return page(self)


def graph_of(result: Result) -> ClaimGraph:
    """The story graph of a result."""
    groups: list[list[EventClaim]] = []
    places: dict[tuple[int, int], int] = {}  # (event, place of the claim in it) -> claimant
    found = [(e, n, claim) for e, event in enumerate(result.coded) for n, claim in enumerate(event.claims)]
    for e, n, claim in sorted(found, key=lambda f: _where(f[2])):
        at = next((i for i, g in enumerate(groups) if any(_same(claim, other) for other in g)), None)
        if at is None:
            at = len(groups)
            groups.append([])
        groups[at].append(claim)
        places[e, n] = at
    edges = tuple(
        Edge(places[e, n], e, claim, None if claim.via is None else places[e, claim.via]) for e, n, claim in found
    )
    return ClaimGraph(
        result.story.id,
        result.story.source,
        result.story.text,
        result.coded,
        tuple(trigger_span(event, result.parse) for event in result.coded),
        tuple(_claimant(g) for g in groups),
        edges,
    )


def _same(a: EventClaim, b: EventClaim) -> bool:
    if a.text is None or b.text is None:
        return a.text is b.text
    return same_claimant(a, b)


def _where(claim: EventClaim) -> tuple[int, int]:
    span = claim.span or claim.cue_span
    return (0, 0) if span is None else (span.start, span.end)


def _claimant(claims: list[EventClaim]) -> Claimant:
    best = max((c.actor for c in claims if c.actor is not None), key=_known, default=None)
    name = next((c.name for c in claims if c.name), None) or next((c.text for c in claims if c.text), None)
    kind = next((c.kind for c in claims if c.kind != "other"), claims[0].kind)
    once = {c.span: c for c in reversed(claims)}
    mentions = sorted(once.values(), key=_where)
    return Claimant(" ".join(name.split()) if name else "nobody named", kind, tuple(mentions), best)


def _known(a: Actor) -> int:
    return sum(x is not None for x in (a.name, a.country, a.sector, a.office, a.entity))


def _party(a: Actor) -> dict[str, Any]:
    return {"text": a.text, "span": list(a.span), "name": a.name, "country": a.country, "sector": a.sector}
