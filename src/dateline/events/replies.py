"""Answers to what was said before: "Moscow denied the accusation" is Moscow's denial of the event it was accused of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.events.draft import Draft
from dateline.events.sources import same_actor
from dateline.events.view import StoryView
from dateline.frames.attribution import AttributionCues, kind_of_source
from dateline.frames.attribution_cues import Reply
from dateline.frames.cues import FactualityCues
from dateline.frames.factuality import judge
from dateline.model import Actor, Claim, EventClaim, Frame, Span, Story
from dateline.rules.codebook import Codebook

REACH = 3  # sentences back to what is answered


def replies_to(
    view: StoryView,
    story: Story,
    groups: Sequence[Sequence[Draft]],
    claims: tuple[Claim, ...],
    codebook: Codebook,
    cues: AttributionCues,
    factuality: FactualityCues,
) -> dict[int, list[EventClaim]]:
    """The answers of a story, by the number of the event (the group of mentions) that they answer."""
    out: dict[int, list[EventClaim]] = {}
    for frame in view.frames.values():
        for reply, actor, cue in _answers(view, frame, cues, factuality):
            said = _said_last(view, claims, cue, actor) if reply.said else None
            if reply.said and said is None:
                continue
            found = _answered(view, frame, said, actor, groups, codebook)
            if found is None:
                continue
            kind = kind_of_source(actor.name or actor.text, actor, cues)
            words = " ".join(story.text[cue.start : cue.end].split())
            claim = EventClaim(
                actor.text, actor.span, actor.name, kind, actor, reply.stance, words, cue, False, None, (reply.rule,)
            )
            out.setdefault(found, []).append(claim)
    return out


def _answers(
    view: StoryView, frame: Frame, cues: AttributionCues, factuality: FactualityCues
) -> Iterator[tuple[Reply, Actor, Span]]:
    """What a frame answers, who answers, and the words that do; nothing when it is not told as a fact."""
    replies = cues.replies.get(frame.lemma, ()) if frame.kind == "verb" else ()
    if not replies:
        return
    sentence = view.parse.sentences[frame.sentence]
    actor = next((a for h in frame.arg("subj") if (a := view.actor(frame.sentence, h)) is not None), None)
    if actor is None:
        return
    for head in frame.arg("obj"):
        lemma = sentence.tokens[head].lemma.lower()
        reply = next((r for r in replies if lemma in r.objects), None)
        if reply is None or any(sentence.tokens[k].dep.startswith(("acl", "nmod")) for k in sentence.children[head]):
            continue  # "denied accusations that …" says itself what is denied
        if judge(sentence, frame.head, factuality).stance != "asserted":
            continue
        if any(sentence.tokens[k].dep == "det" and sentence.tokens[k].lemma == "no" for k in sentence.children[head]):
            continue
        verb = sentence.tokens[frame.head]
        yield reply, actor, Span(verb.start, verb.end)


def _said_last(view: StoryView, claims: tuple[Claim, ...], cue: Span, actor: Actor) -> Claim | None:
    """The last claim before the answer that is somebody else's."""
    before = [c for c in claims if c.vouches and c.source and c.cue and c.cue[0].start < cue.start and cue not in c.cue]
    for claim in sorted(before, key=lambda c: c.cue[0].start, reverse=True):
        who = view.actor(*claim.source_head) if claim.source_head is not None else None
        if who is None or not same_actor(who, actor):
            return claim
    return None


def _answered(
    view: StoryView,
    frame: Frame,
    said: Claim | None,
    actor: Actor,
    groups: Sequence[Sequence[Draft]],
    codebook: Codebook,
) -> int | None:
    """The event that is answered: one of the answerer's own if there is any, the last told of these, else the one said."""
    best: tuple[bool, int, int, int] | None = None
    for number, members in enumerate(groups):
        for draft in members:
            gap = frame.sentence - draft.frame.sentence
            if not draft.at < (frame.sentence, frame.head) or gap > REACH or codebook.types[draft.type].speech:
                continue
            own = any(same_actor(actor, a) or _country(actor, a) for a in draft.actors)
            if said is not None:
                start = view.parse.sentences[draft.frame.sentence].tokens[draft.frame.head].start
                if not any(span.start <= start < span.end for span in said.content):
                    continue
            elif not own and not (gap <= 1 and any(c.source for c in draft.claims)):
                continue
            sentence, head = draft.at
            here = (own, sentence, -head, number)  # in one sentence the first: what hangs on it is told in passing
            if best is None or here > best:
                best = here
    return None if best is None else best[3]


def _country(a: Actor, b: Actor) -> bool:
    return a.country is not None and a.country == b.country and (a.sector == b.sector or "GOV" in (a.sector, b.sector))
