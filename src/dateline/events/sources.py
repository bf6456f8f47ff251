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
    span = _with_head(view, claim, story)
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


def _with_head(view: StoryView, claim: Claim, story: Story) -> Span:
    """The part of the source that its head stands in; parts with a word or two between them are one."""
    parts = [claim.source[0]]
    for span in claim.source[1:]:
        gap = story.text[parts[-1].end : span.start]
        if len(gap.split()) <= 2 and not any(mark in gap for mark in ",;:()—–\n"):
            parts[-1] = Span(parts[-1].start, span.end)
        else:
            parts.append(span)
    if claim.source_head is not None:
        sentence, head = claim.source_head
        token = view.parse.sentences[sentence].tokens[head]
        for span in parts:
            if span.start <= token.start < span.end:
                return span
    return parts[0]


def same_actor(a: Actor, b: Actor) -> bool:
    """Whether two actor mentions are the same participant: same phrase, chain, entity or name."""
    if (a.sentence, a.head) == (b.sentence, b.head):
        return True
    if a.chain is not None and a.chain == b.chain:
        return True
    if a.entity is not None and a.entity == b.entity:
        return True
    return a.name is not None and a.name == b.name
