"""According to whom: the chain of claims over an event, nearest first, without the speaker of a speech act."""

from __future__ import annotations

from dateline.events.view import StoryView
from dateline.frames.attribution import AttributionCues, kind_of_source
from dateline.model import Actor, Claim, Source, Span, Story


def chain_of(
    view: StoryView,
    story: Story,
    actors: tuple[Actor, ...],
    claims: tuple[Claim, ...],
    cues: AttributionCues,
    *,
    own_words: bool,
) -> tuple[Source, ...]:
    """The sources of an event, nearest first, each once; the speaker of an act of ``own_words`` is no source of it."""
    out: list[Source] = []
    seen: set[str] = set()
    for claim in claims:
        found = speaker_of(view, story, actors, claim, own_words=own_words)
        if found is None:
            continue
        text, span, name, actor = found
        key = (name or text).lower()
        if key in seen:
            continue
        seen.add(key)
        out.append(
            Source(
                text=text,
                span=span,
                name=name,
                kind=kind_of_source(text, actor, cues),
                country=actor.country if actor is not None else None,
                cue=claim.cue_lemma,
                quoted=claim.quoted,
            )
        )
    return tuple(out)


def speaker_of(
    view: StoryView, story: Story, actors: tuple[Actor, ...], claim: Claim, *, own_words: bool
) -> tuple[str, Span, str | None, Actor | None] | None:
    """Words, name and actor of a claim's source; None without one, and for the story's agency and who acts in own words."""
    if not claim.source:
        return None
    span = claim.source[0]
    text = story.text[span.start : span.end]
    actor = view.actor(*claim.source_head) if claim.source_head is not None else None
    name = actor.name if actor is not None else None
    if actor is not None and name is None and text.lower() in ("who", "which", "that"):
        name = actor.text  # the noun the relative pronoun stands for
    if own_words and actor is not None and any(same_actor(actor, a) for a in actors):
        return None
    if story.agency and text.strip().lower() == story.agency.lower():
        return None
    return text, span, name, actor


def same_actor(a: Actor, b: Actor) -> bool:
    """Whether two actor mentions are the same participant: same phrase, chain, entity or name."""
    if (a.sentence, a.head) == (b.sentence, b.head):
        return True
    if a.chain is not None and a.chain == b.chain:
        return True
    if a.entity is not None and a.entity == b.entity:
        return True
    return a.name is not None and a.name == b.name
