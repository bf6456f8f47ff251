"""Modes and contexts of an event: what the rule says, and what the words around the predicate add."""

from __future__ import annotations

from dateline.events.draft import Draft
from dateline.events.view import StoryView
from dateline.model import Frame
from dateline.rules.codebook import Codebook, Rule


def modes_of(view: StoryView, frame: Frame, rule: Rule, codebook: Codebook) -> tuple[str, ...]:
    """The rule's modes, then those whose words stand in the event's own clause."""
    event_type = codebook.types[rule.type]
    modes: dict[str, None] = dict.fromkeys(rule.modes)
    if event_type.mode_words:
        nearby = _nearby(view, frame)
        for mode, lemmas in event_type.mode_words:
            if nearby & lemmas:
                modes[mode] = None
    return tuple(modes)


def _nearby(view: StoryView, frame: Frame) -> set[str]:
    """Lemmas of the predicate, its arguments and their modifiers, and of the noun or verb it hangs on."""
    tokens = view.parse.sentences[frame.sentence].tokens
    children = view.parse.sentences[frame.sentence].children
    near = set(frame.trigger)
    for arg in frame.args:
        if arg.role in ("comp", "advcl"):
            continue
        near.add(arg.head)
        near.update(k for k in children[arg.head] if tokens[k].dep in ("compound", "amod", "nmod", "nmod:poss"))
    near.update(k for k in children[frame.head] if tokens[k].dep in ("compound", "amod", "advmod", "nmod", "obl"))
    for k in list(near):
        if tokens[k].dep in ("obl", "nmod"):
            near.update(j for j in children[k] if tokens[j].dep in ("compound", "amod"))
    return {tokens[i].lemma.lower() for i in near} | {frame.lemma}


def contexts_of(view: StoryView, members: list[Draft], codebook: Codebook) -> tuple[str, ...]:
    """Contexts named by the rules of the mentions, then those whose words the event's sentences carry."""
    contexts: dict[str, None] = {}
    for member in members:
        contexts.update(dict.fromkeys(member.rule.contexts))
        lemmas = {t.lemma.lower() for t in view.parse.sentences[member.frame.sentence].tokens}
        for name, words in codebook.contexts:
            if len(lemmas & words) >= 1:
                contexts[name] = None
    return tuple(contexts)
