"""When and where somebody spoke: "told reporters in Oslo on Tuesday" holds for what the same speaker says next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.events.draft import Draft
from dateline.events.paths import head_of
from dateline.events.sources import same_actor
from dateline.events.view import StoryView
from dateline.events.when import dated, spoken_on
from dateline.events.where import STRONG, by_sentence, role_of
from dateline.model import Actor, Claim, Place, Sentence, Story, When
from dateline.rules.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which somebody is known to have spoken, or a place where he did."""

    sentence: int
    speaker: Actor
    when: When | None
    place: Place | None = None


def occasions(
    view: StoryView, story: Story, claims: tuple[Claim, ...], drafts: list[Draft], codebook: Codebook
) -> list[Occasion]:
    """Every saying of the story with a day or a place, in text order.

    What somebody "says" is of the story's day. Of the acts that are coded, acts of speech that were done count.
    """
    times = dated(view.mentions.times)
    places = by_sentence(view.mentions.places)
    out = []
    for claim in claims:
        speaker = view.actor(*claim.source_head) if claim.source_head is not None else None
        if speaker is None:
            continue
        when = spoken_on(view.parse, times, claim)
        if when is None and story.day is not None and _says(view, claim):
            own = story.dateline is not None and story.dateline.date is not None
            when = When(story.day, story.day, "day", "dateline" if own else "published", None, None)
        place = _spoken_at(view, claim, places.get(claim.sentence, ()))
        if when is not None or place is not None:
            out.append(Occasion(claim.sentence, speaker, when, place))
    for draft in drafts:
        if draft.when is not None and draft.when.grain in ("day", "time") and _spoken(draft, codebook):
            out += [Occasion(draft.frame.sentence, actor, draft.when) for actor in draft.actors]
    return sorted(out, key=lambda o: o.sentence)


def occasion_of(
    found: list[Occasion], draft: Draft, actors: tuple[Actor, ...], codebook: Codebook, sentence: Sentence
) -> When | None:
    """The day of an undated act of speech: that of what its speaker said last before it.

    What he "has said" is not of the day of what he "says".
    In the first sentence of the story, of what that speaker says first after it.
    """
    if not _spoken(draft, codebook):
        return None
    known = [o for o in found if o.when is not None and any(same_actor(o.speaker, a) for a in actors)]
    if _perfect(sentence, draft.frame.head):
        known = [o for o in known if o.when is not None and o.when.text is not None]
    before = [o for o in known if o.sentence <= draft.frame.sentence]
    chosen = before[-1] if before else known[0] if known and draft.frame.sentence == 0 else None
    when = chosen.when if chosen is not None else None
    if when is None:
        return None
    return replace(when, basis="speech" if when.text is not None else when.basis, rule="events/occasion")


def stage_of(found: list[Occasion], draft: Draft, actors: tuple[Actor, ...], codebook: Codebook) -> Place | None:
    """Where an act of speech without a place was done: where its speaker spoke in the same sentence or the one before."""
    if not _spoken(draft, codebook):
        return None
    near = (o for o in reversed(found) if 0 <= draft.frame.sentence - o.sentence <= 1)
    return next((o.place for o in near if o.place and any(same_actor(o.speaker, a) for a in actors)), None)


def _spoken_at(view: StoryView, claim: Claim, places: Sequence[Place]) -> Place | None:
    """The place that the verb of a claim names: "told reporters at a summit in Oslo that …"."""
    if not claim.cue:
        return None
    sentence = view.parse.sentences[claim.sentence]
    cue = next((t.index for t in sentence.tokens if t.start >= claim.cue[0].start and t.end <= claim.cue[-1].end), None)
    told = [k for k in sentence.children[cue] if sentence.tokens[k].dep in ("obj", "iobj")] if cue is not None else []
    for place in places:
        target = head_of(sentence, *place.tokens)
        if sentence.tokens[target].head in (cue, *told) and role_of(sentence, target, view.words) in STRONG:
            return place
    return None


def _spoken(draft: Draft, codebook: Codebook) -> bool:
    """Whether the draft is an act of speech that was done, as news."""
    return codebook.types[draft.type].speech and draft.factuality.stance == "asserted" and not draft.background


def _perfect(sentence: Sentence, head: int) -> bool:
    tokens = sentence.tokens
    return any(tokens[k].dep == "aux" and tokens[k].lemma.lower() == "have" for k in sentence.children[head])


def _says(view: StoryView, claim: Claim) -> bool:
    tokens = view.parse.sentences[claim.sentence].tokens
    return claim.cue_lemma == "say" and any(
        t.xpos in ("VBZ", "VBP") and claim.cue[0].start <= t.start < claim.cue[-1].end for t in tokens
    )
