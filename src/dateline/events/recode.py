"""A coded event in the parent's terms to the codes of the codebook: the first line of its crosswalk that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.events.draft import Draft
from dateline.events.parties import fill
from dateline.events.view import StoryView
from dateline.model import Actor, Event, Frame
from dateline.rules.codebook import Codebook
from dateline.rules.crosswalk import Line
from dateline.rules.rule import Rule


def recode(event: Event, members: Sequence[Draft], view: StoryView, codebook: Codebook) -> Event | None:
    """The event with the code its crosswalk line gives, or as it is when its type is the codebook's own.

    The rule and the frame are those of the first mention that names its parties. The event keeps its id, parties,
    time and place; the line's id follows the rule's in ``rules``. None when the line drops the event.
    """
    if event.type in codebook.own:
        return event
    lead = next((m for m in members if m.strong), members[0])
    line = line_for(
        codebook,
        view,
        lead.frame,
        lead.rule,
        event.type,
        event.modes,
        event.contexts,
        event.factuality.stance,
        event.actors,
        event.recipients,
    )
    if line is None or line.to_type == "NONE":
        return None
    event_type = codebook.types[line.to_type]
    parties = event.actors, event.recipients
    if line.directed and lead.rule.joint and not event.recipients:
        parties = apart(event.actors, fill(view, lead.frame, lead.rule.recipient))
    if line.swap:
        parties = parties[1], parties[0]
    at = event.rules.index(lead.rule.id) + 1
    return replace(
        event,
        type=event_type.name,
        modes=() if line.to_mode is None else (line.to_mode,),
        quad=event_type.quad,
        score=event_type.score if line.to_mode is None else event_type.modes[line.to_mode],
        actors=parties[0],
        recipients=parties[1],
        rules=(*event.rules[:at], line.id, *event.rules[at:]),
    )


def apart(actors: tuple[Actor, ...], second: Sequence[Actor]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The actors of a joint event, and those of them that stand in the recipient's place: "signed *with Ghana*"."""
    first = tuple(a for a in actors if a not in second)
    if not first:
        return actors, ()
    return first, tuple(a for a in actors if a in second)


def line_for(
    codebook: Codebook,
    view: StoryView,
    frame: Frame,
    rule: Rule,
    type_name: str,
    modes: Sequence[str],
    contexts: Sequence[str],
    stance: str,
    actors: Sequence[Actor],
    recipients: Sequence[Actor],
) -> Line | None:
    """The first line of the crosswalk that holds for an event of the parent's type, or None."""
    return next(
        (
            line
            for line in codebook.crosswalk
            if type_name in line.types
            and (not line.stances or stance in line.stances)
            and line.of_rule(rule.id)
            and (not line.lemmas or frame.lemma in line.lemmas)
            and (not line.modes or _one_of(line.modes, modes))
            and (not line.contexts or not set(line.contexts).isdisjoint(contexts))
            and _party(line.actors, actors)
            and _party(line.recipients, recipients)
            and all(view.holds(frame, condition) for condition in line.conditions)
        ),
        None,
    )


def _one_of(asked: Sequence[str], modes: Sequence[str]) -> bool:
    return ("none" in asked and not modes) or any(mode in asked for mode in modes)


def _party(asked: Sequence[str], parties: Sequence[Actor]) -> bool:
    """Whether some party is one of those asked for: ``RUS``, ``RUS/GOV``, ``/GOV``, ``state``; ``none`` is nobody."""
    if not asked:
        return True
    if not parties:
        return "none" in asked
    for code in asked:
        if code == "state" and any(p.country is not None and p.sector in (None, "GOV", "MIL") for p in parties):
            return True
        country, _, sector = code.partition("/")
        if any((not country or p.country == country) and (not sector or p.sector == sector) for p in parties):
            return True
    return False
