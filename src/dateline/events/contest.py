"""What happened to each predicate of a story: which rules competed for it, which won, and what became of the match.

The same functions as in coding are asked again, one predicate at a time, so that the author of a codebook can be told
why a sentence is coded as it is, or is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.events.code import parties_of, unheld
from dateline.events.match import Match, Tried, absorbed, match_frames, try_rules
from dateline.events.parties import enough, weight
from dateline.events.topic import OFF_TOPICS, off_topic, political_there
from dateline.events.view import StoryView
from dateline.frames.predicates import frames_by_head
from dateline.model import Actor, Event, Factuality, Frame, Frames, Mentions, Parse
from dateline.rules.codebook import Codebook
from dateline.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Contest:
    """A predicate that some rule of the codebook could code."""

    frame: Frame
    words: str  # the trigger as printed
    arguments: tuple[tuple[str, str], ...]  # role and head word, as the rules see them
    tried: tuple[Tried, ...]  # the most specific rule first
    winner: Rule | None
    event: Event | None  # the event it became (part of)
    fate: str  # what became of it, in words

    @property
    def equals(self) -> tuple[Rule, ...]:
        """Rules of another type that hold too and ask as much as the winner: only the order in the files decided."""
        if self.winner is None:
            return ()
        return tuple(
            t.rule
            for t in self.tried
            if t.failed is None and t.rule.type != self.winner.type and t.rule.specificity == self.winner.specificity
        )


def contests(
    parse: Parse, mentions: Mentions, frames: Frames, codebook: Codebook, events: Sequence[Event]
) -> tuple[Contest, ...]:
    """Every predicate whose lemma triggers a rule, in text order; ``events`` are those the story was coded into."""
    view = StoryView(parse, mentions, frames_by_head(frames.frames), codebook.words)
    matches = {(m.frame.sentence, m.frame.head): m for m in match_frames(view, frames.frames, codebook)}
    taken_in = absorbed(view, list(matches.values()))
    became = {at: event for event in events for at in event.mentions}
    out = []
    for frame in frames.frames:
        tried = tuple(try_rules(view, frame, codebook))
        if not tried:
            continue
        at = (frame.sentence, frame.head)
        match = matches.get(at)
        tokens = parse.sentences[frame.sentence].tokens
        out.append(
            Contest(
                frame=frame,
                words=" ".join(tokens[i].text for i in frame.trigger),
                arguments=tuple((a.role, tokens[a.head].lemma) for a in frame.args),
                tried=tried,
                winner=match.rule if match is not None else None,
                event=became.get(at),
                fate=_fate(view, frames, codebook, match, became.get(at), taken_in=at in taken_in),
            )
        )
    return tuple(out)


def _fate(
    view: StoryView, frames: Frames, codebook: Codebook, match: Match | None, event: Event | None, *, taken_in: bool
) -> str:
    if match is None:
        return "no rule holds"
    rule, frame = match.rule, match.frame
    if event is not None:
        first = event.mentions[0] == (frame.sentence, frame.head)
        told = "an event" if first else "another mention of an event told before"
        kind = f", {event.type}" if event.type != rule.type else ""  # what is planned or refused may have another type
        return f"{told}{kind}, {event.factuality.stance}"
    if rule.type == "NONE":
        return "no event: a rule of NONE wins"
    if taken_in:
        return "no event of its own: the act that governs it takes it in (absorbs)"
    actors, recipients = parties_of(view, match, joint=rule.joint)
    political = any(weight(a) >= 2 for a in view.mentions.actors)
    topic = off_topic(view)
    if topic and not political_there(topic, match.rule.type, actors, recipients):
        return f"no event: the story is about {OFF_TOPICS[topic]}"
    need = rule.parties or codebook.types[rule.type].parties
    if not enough(rule, codebook.types[rule.type].parties, actors, recipients, political):
        return (
            f"no event: parties: {need} is not met by {_parties('actor', actors)}, {_parties('recipient', recipients)}"
        )
    if unheld(frames.factuality.get((frame.sentence, frame.head), Factuality("asserted")), actors, recipients):
        return "no event: the text only mentions it as a purpose or a possibility"
    return "no event"


def _parties(role: str, actors: tuple[Actor, ...]) -> str:
    known = (f"{a.text} [{' '.join(x for x in (a.country, a.sector) if x) or 'not political'}]" for a in actors)
    return f"{role} {' + '.join(known) or 'nobody'}"
