"""Modes of an event: what the rule says, and what the words around the predicate add."""

from __future__ import annotations

from dataclasses import replace

from dateline.events.draft import Draft
from dateline.events.sources import same_actor
from dateline.events.view import StoryView
from dateline.model import Frame
from dateline.rules.codebook import Codebook
from dateline.rules.rule import Rule


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
    """Lemmas of the predicate, its arguments and their modifiers; ``^air`` is "air" as a modifier only."""
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
    modifiers = {f"^{tokens[i].lemma.lower()}" for i in near if tokens[i].dep in ("compound", "amod")}
    return {tokens[i].lemma.lower() for i in near} | modifiers | {frame.lemma}


def lend_modes(groups: list[list[Draft]], codebook: Codebook) -> list[list[Draft]]:
    """Give a meeting the mode ``visit`` when one party is, in the same story, on a visit to another's country.

    Which mode is lent is the type's ``lent_mode``; types without one are left alone.
    """
    out: list[list[Draft]] = []
    for members in groups:
        mode = codebook.types[members[0].type].lent_mode
        if mode is not None and members[0].rule.joint and any(_visited(members, other, mode) for other in groups):
            members = [replace(members[0], modes=(*members[0].modes, mode)), *members[1:]]
        out.append(members)
    return out


def _visited(meeting: list[Draft], other: list[Draft], mode: str) -> bool:
    if other[0].type != meeting[0].type or not any(mode in d.modes for d in other):
        return False
    parties = [a for d in meeting for a in (*d.actors, *d.recipients)]
    visitors = [a for d in other for a in d.actors]
    hosts = {a.country for d in other for a in d.recipients if a.country}
    here = any(same_actor(p, v) for p in parties for v in visitors)
    return here and bool(hosts & {p.country for p in parties if p.country})
