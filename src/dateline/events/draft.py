"""A draft: one coded predicate on its way to become (part of) an event."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model import Actor, Claim, Cue, Factuality, Frame, Magnitude, NotChosen, Place, Stance, When
from dateline.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Draft:
    """A frame, the rule that coded it, and what was found around it. Several drafts may become one event."""

    frame: Frame
    rule: Rule
    type: str
    modes: tuple[str, ...]
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    when: When | None
    place: Place | None
    place_basis: str | None
    factuality: Factuality
    claims: tuple[Claim, ...]
    held: tuple[Stance, ...]  # what the source of each of the claims says of it
    magnitudes: dict[str, Magnitude]
    background: bool
    background_cues: tuple[Cue, ...]
    definite: bool  # an event noun with "the", "this": it refers to something already told
    strong: bool  # it names enough political parties to stand alone
    not_chosen: tuple[NotChosen, ...]
    told: tuple[tuple[str, Magnitude], ...] = ()  # numbers told of it elsewhere, by kind

    @property
    def at(self) -> tuple[int, int]:
        """Sentence and head token."""
        return self.frame.sentence, self.frame.head
