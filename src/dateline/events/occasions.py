"""On which day somebody spoke: "said on Tuesday" dates what the same speaker says in the sentences that follow."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.events.draft import Draft
from dateline.events.sources import same_actor
from dateline.events.view import StoryView
from dateline.events.when import dated, spoken_on
from dateline.model import Actor, Claim, Sentence, Story, When
from dateline.rules.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which somebody is known to have spoken."""

    sentence: int
    speaker: Actor
    when: When


def occasions(
    view: StoryView, story: Story, claims: tuple[Claim, ...], drafts: list[Draft], codebook: Codebook
) -> list[Occasion]:
    """Every dated saying of the story, in text order.

    What somebody "says" is of the story's day. Of the acts that are coded, acts of speech that were done count.
    """
    times = dated(view.mentions.times)
    out = []
    for claim in claims:
        speaker = view.actor(*claim.source_head) if claim.source_head is not None else None
        if speaker is None:
            continue
        when = spoken_on(view.parse, times, claim)
        if when is None and story.day is not None and _says(view, claim):
            own = story.dateline is not None and story.dateline.date is not None
            when = When(story.day, story.day, "day", "dateline" if own else "published", None, None)
        if when is not None:
            out.append(Occasion(claim.sentence, speaker, when))
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
    known = [o for o in found if any(same_actor(o.speaker, a) for a in actors)]
    if _perfect(sentence, draft.frame.head):
        known = [o for o in known if o.when.text is not None]
    before = [o for o in known if o.sentence <= draft.frame.sentence]
    chosen = before[-1] if before else known[0] if known and draft.frame.sentence == 0 else None
    if chosen is None:
        return None
    return chosen.when if chosen.when.text is None else replace(chosen.when, basis="speech")


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
