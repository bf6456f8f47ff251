"""Contexts: what an event, or a whole story, is about, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.events.draft import Draft
from dateline.events.view import StoryView
from dateline.model import Actor, ContextEvidence, Event, Frame, Parse, Sentence, Span, Story, StoryContext
from dateline.rules.contexts import Contexts

#: how much a piece of evidence weighs for the story, by where it stands
WEIGHTS = {"headline": 3.0, "lead": 2.0, "body": 1.0, "caption": 0.5}
#: what is left of it where the words need an event beside them and have none
ALONE = 0.4
#: what is left of it each time the same words are told again
AGAIN = 0.5
#: clauses beside a predicate or under its arguments that tell something else
_APART = frozenset(("advcl", "parataxis", "acl:relcl"))
_NOUNS = frozenset(("NOUN", "PROPN", "ADJ"))


def contexts_of(
    view: StoryView, story: Story, members: Sequence[Draft], parties: Sequence[Actor], contexts: Contexts
) -> tuple[ContextEvidence, ...]:
    """The evidence for the contexts of an event: its rules, the words of its sentences, the sectors of its parties.

    Words count in the sentence of any of its mentions; those that need nearness only in the clause of one.
    """
    found: dict[tuple[str, Span], None] = {}
    for member in members:
        frame = member.frame
        sentence = view.parse.sentences[frame.sentence]
        tokens = sentence.tokens
        for name in member.rule.contexts:
            found[name, Span(tokens[frame.head].start, tokens[frame.head].end)] = None
        near: set[int] | None = None
        for hit in view.context_hits(sentence, contexts):
            if hit.near:
                near = clause(sentence, frame) if near is None else near
                if near.isdisjoint(range(hit.first, hit.last)):
                    continue
            found[hit.context, Span(tokens[hit.first].start, tokens[hit.last - 1].end)] = None
    for actor in parties:
        words = view.parse.sentences[actor.sentence].tokens[slice(*actor.tokens)]
        for name in contexts.of_party(actor.sector, words):
            if not any(context == name and actor.span.overlaps(span) for context, span in found):
                found[name, actor.span] = None
    return tuple(ContextEvidence(name, story.text[span.start : span.end], span) for name, span in found)


def clause(sentence: Sentence, frame: Frame) -> set[int]:
    """Tokens of an event's own clause: all under its predicate and its arguments, but no clause beside it."""
    tokens, children = sentence.tokens, sentence.children
    out: set[int] = set()
    todo = [frame.head, *frame.trigger, *(a.head for a in frame.args if a.role != "advcl")]
    if frame.light is not None:
        todo.append(frame.light)
    while todo:
        i = todo.pop()
        if i in out:
            continue
        out.add(i)
        for k in children[i]:
            dep = tokens[k].dep
            if dep not in _APART and (dep != "conj" or tokens[k].upos in _NOUNS):
                todo.append(k)
    return out


def names_of(evidence: Iterable[ContextEvidence]) -> tuple[str, ...]:
    """The contexts that the evidence speaks for, each once, in the order of their first evidence."""
    return tuple(dict.fromkeys(item.context for item in evidence))


def contexts_of_story(
    story: Story, parse: Parse, events: Sequence[Event], contexts: Contexts
) -> tuple[StoryContext, ...]:
    """The contexts of a whole story, the one with most evidence first.

    Evidence weighs by where it stands (headline 3, first sentence of the body 2, body 1, caption 0.5), half as much each time
    the same words are told again, and less where words that need an event's company have none: a context with only one of
    those is left out.
    """
    lead = next((s.index for s in parse.sentences if s.region == "body"), None)
    told = {(c.context, c.span) for event in events for c in event.context_evidence}
    found: dict[tuple[str, Span], float] = {}
    for sentence in parse.sentences:
        weight = WEIGHTS["lead" if sentence.index == lead else sentence.region]
        tokens = sentence.tokens
        for hit in contexts.find(tokens):
            key = hit.context, Span(tokens[hit.first].start, tokens[hit.last - 1].end)
            found[key] = weight * (ALONE if hit.near and key not in told else 1.0)
    for event in events:
        for item in event.context_evidence:
            found.setdefault((item.context, item.span), WEIGHTS[event.region])
    weights: dict[str, float] = {}
    evidence: dict[str, list[ContextEvidence]] = {}
    again: dict[tuple[str, str], float] = {}
    for (name, span), weight in sorted(found.items(), key=lambda item: item[0][1]):
        words = story.text[span.start : span.end]
        share = again.setdefault((name, words.lower()), 1.0)
        again[name, words.lower()] = share * AGAIN
        weights[name] = weights.get(name, 0.0) + weight * share
        evidence.setdefault(name, []).append(ContextEvidence(name, words, span))
    sure = {name for name, items in evidence.items() if len(items) > 1 or weights[name] not in _ALONE}
    ranked = sorted((n for n in contexts.names if n in sure), key=lambda n: -weights[n])
    return tuple(StoryContext(name, round(weights[name], 2), tuple(evidence[name])) for name in ranked)


#: weights of one piece of evidence that needs company
_ALONE = frozenset(weight * ALONE for weight in WEIGHTS.values())
