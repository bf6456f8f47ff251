"""Who says what of an event: one claim for each claimant and stance, over all its mentions, in text order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.events.draft import Draft
from dateline.events.sources import same_actor, speaker_of
from dateline.events.view import StoryView
from dateline.frames.attribution import AttributionCues, kind_of_source
from dateline.model import Actor, Claim, ClaimStance, EventClaim, Span, Story

PRONOUNS = frozenset("he she it they who which that we i you".split())


def claims_of(
    view: StoryView,
    story: Story,
    actors: tuple[Actor, ...],
    members: Sequence[Draft],
    cues: AttributionCues,
    replies: Sequence[EventClaim] = (),
    *,
    own_words: bool,
) -> tuple[EventClaim, ...]:
    """The claims of an event from the drafts of its mentions, and the ``replies`` that others make to them.

    With ``own_words`` (a speech act) its speaker claims nothing but that he did not say it. A claimant is there once for each
    stance. Who passes on what another claimant says ("the radio said the army had
    denied it") is ``reported``, and the other's claim points to it by ``via``.
    """
    out: list[EventClaim] = []
    for member in members:
        chain = list(zip(member.claims, member.held, strict=True))
        at: dict[int, int | None] = {}  # place in the chain, outermost first -> place in the list
        for n in range(len(chain) - 1, -1, -1):
            claim, stance = chain[n]
            inner = [c for c, _ in chain[:n] if c.source and passes_on(claim, c)]
            outer = next((at[m] for m in range(n + 1, len(chain)) if m in at and passes_on(chain[m][0], claim)), None)
            made = _claim(view, story, actors, claim, "reported" if inner else stance, cues, outer, own_words=own_words)
            at[n] = outer if made is None else _place(out, made)
    for reply in replies:
        _place(out, reply)
    order = sorted(range(len(out)), key=lambda i: _where(out[i]))
    rank = {old: new for new, old in enumerate(order)}
    return tuple(_moved(out[i], rank) for i in order)


def passes_on(outer: Claim, inner: Claim) -> bool:
    """Whether one claim holds the other, or is the report that cites it."""
    if outer is inner:
        return False
    if inner.rules[0] == "cues/report/citing":
        return inner.content[:1] == outer.content[:1] or _holds(outer, inner)
    return _holds(outer, inner)


def _holds(outer: Claim, inner: Claim) -> bool:
    cue = inner.cue[0] if inner.cue else inner.content[0]
    return any(s.start <= cue.start and cue.end <= s.end for s in outer.content)


def _claim(
    view: StoryView,
    story: Story,
    actors: tuple[Actor, ...],
    claim: Claim,
    stance: ClaimStance,
    cues: AttributionCues,
    via: int | None,
    *,
    own_words: bool,
) -> EventClaim | None:
    cue = claim.cue[0] if claim.cue else None
    words = None if cue is None else " ".join(story.text[cue.start : cue.end].split())
    if not claim.source:
        return EventClaim(None, None, None, "anonymous", None, stance, words, cue, claim.quoted, via, claim.rules)
    found = speaker_of(view, story, actors, claim, own_words=own_words and stance != "denied")
    if found is None:
        return None
    text, span, name, actor = found
    if actor is not None and (name is None or text.lower() in PRONOUNS):
        name = name if name is not None and name.lower() not in PRONOUNS else antecedent(view, actor, text)
    kind = kind_of_source(name if name is not None and text.lower() in PRONOUNS else text, actor, cues)
    return EventClaim(text, span, name, kind, actor, stance, words, cue, claim.quoted, via, claim.rules)


def antecedent(view: StoryView, actor: Actor, text: str) -> str | None:
    """The first words of the story for whom a pronoun stands; None for what is no pronoun."""
    if text.lower() not in PRONOUNS:
        return None
    if actor.text.lower() not in PRONOUNS:
        return actor.text  # a relative pronoun: its noun is the actor
    alike = (a for a in view.mentions.actors if actor.chain is not None and a.chain == actor.chain)
    return next((a.text for a in alike if a.text.lower() not in PRONOUNS), None)


def same_claimant(a: EventClaim, b: EventClaim) -> bool:
    """Whether two claims are of one claimant: the same actor, or the same words where the mentions know none."""
    if a.actor is not None and b.actor is not None and same_actor(a.actor, b.actor):
        return True
    ours, theirs = _words(a), _words(b)
    if ours == theirs and (a.actor is None) == (b.actor is None):
        return True
    return _part(ours, theirs) and not _apart(a, b)


def _words(claim: EventClaim) -> list[str]:
    words = (claim.name or claim.text or "").split()
    return words[1:] if words[:1] and words[0].lower() in ("the", "a", "an") else words


def _part(a: list[str], b: list[str]) -> bool:
    """Whether one is a name that the other holds: "KPL" and "the KPL news agency"."""
    short, long = sorted((a, b), key=len)
    return bool(short) and all(w[:1].isupper() and w in long for w in short)


def _apart(a: EventClaim, b: EventClaim) -> bool:
    """Whether what is known of two claimants tells them apart."""
    if a.actor is None or b.actor is None:
        return False
    return any(
        x is not None and y is not None and x != y
        for x, y in ((a.actor.country, b.actor.country), (a.actor.sector, b.actor.sector), (a.actor.name, b.actor.name))
    )


def _place(out: list[EventClaim], made: EventClaim) -> int:
    """Where the claim stands in the list, put there unless its claimant has already said the same."""
    for i, old in enumerate(out):
        if old.stance == made.stance and (
            same_claimant(old, made) if made.text is not None else old.cue_span == made.cue_span
        ):
            return i
    out.append(made)
    return len(out) - 1


def _where(claim: EventClaim) -> tuple[int, int]:
    first = claim.span or claim.cue_span or Span(0, 0)
    return first.start, first.end


def _moved(claim: EventClaim, rank: dict[int, int]) -> EventClaim:
    return claim if claim.via is None else replace(claim, via=rank[claim.via])
