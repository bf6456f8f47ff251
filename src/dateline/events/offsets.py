"""When something happened that is told by its distance from something dated: "The attack came two days after the arrest"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from dateline.events.scenes import Scene
from dateline.events.view import StoryView
from dateline.model import Frame, Time, When

_DAYS = re.compile(r"P(\d+)([DW])")
_HOURS = re.compile(r"PT(?:\d+|X)[HM]")
_SIDES = {"after": -1, "before": 1}
_INSIDE = ("xcomp", "conj", "advcl", "ccomp", "obj")


def offset(view: StoryView, scenes: Sequence[Scene], times: Mapping[int, Sequence[Time]], frame: Frame) -> When | None:
    """The day of an act in a clause or phrase that a length of time and "after" or "before" set apart; else None.

    It is counted from the day of the main clause: that which the sentence names, or else that of the scene before, when the
    subject is something told already ("the attack", "it"). Hours count as the same day.
    """
    sentence = view.parse.sentences[frame.sentence]
    found = next(
        (t for t in view.mentions.times if t.sentence == frame.sentence and t.type == "DURATION" and _sets(view, t)),
        None,
    )
    if found is None:
        return None
    clause = sentence.tokens[sentence.tokens[found.tokens[1]].head].index
    if not _within(view, frame, clause):
        return None
    days = _days(found.value)
    main = sentence.tokens[clause].head
    anchor = _anchor(view, scenes, times.get(frame.sentence, ()), frame.sentence, main, clause)
    if days is None or anchor is None:
        return None
    day = anchor + dt.timedelta(days=days * _SIDES[sentence.tokens[found.tokens[1]].text.lower()])
    return When(day, day, "day", "stated", found.text, found.span, "events/offset")


def _sets(view: StoryView, time: Time) -> bool:
    """Whether "after" or "before" follows a length of time, and opens what stands to its right."""
    tokens = view.parse.sentences[time.sentence].tokens
    after = tokens[time.tokens[1]] if time.tokens[1] < len(tokens) else None
    return (
        after is not None
        and after.text.lower() in _SIDES
        and after.dep in ("mark", "case")
        and after.head > after.index
    )


def _within(view: StoryView, frame: Frame, clause: int) -> bool:
    """Whether the frame is the clause set apart, or is told along with it: "after officials warned, urging people to leave"."""
    sentence, at = view.parse.sentences[frame.sentence], frame.head
    for _ in range(3):
        if at == clause:
            return True
        token = sentence.tokens[at]
        if not token.dep.startswith(_INSIDE) or token.head < 0:
            return False
        at = token.head
    return at == clause


def _days(value: str | None) -> int | None:
    """Days of a length of time; 0 for hours and minutes."""
    if value is None or (found := _DAYS.fullmatch(value)) is None:
        return 0 if value is not None and _HOURS.fullmatch(value) else None
    return int(found[1]) * (7 if found[2] == "W" else 1)


def _anchor(
    view: StoryView, scenes: Sequence[Scene], here: Sequence[Time], number: int, main: int, clause: int
) -> dt.date | None:
    """The day of the main clause."""
    sentence = view.parse.sentences[number]
    before = [t for t in here if t.tokens[1] <= clause and t.start is not None and _names_day(t)]
    if before:
        return before[0].start if len(before) == 1 else None
    subject = sentence.child(main, "nsubj") if main >= 0 else None
    if subject is None:
        return None
    told = sentence.tokens[subject].text.lower() == "it" or any(
        sentence.tokens[k].lemma.lower() in ("the", "this", "that", "these", "those")
        for k in sentence.childs(subject, "det")
    )
    scene = next((s for s in reversed(scenes) if s.sentence < number), None)
    return (
        scene.when.start
        if told and scene is not None and sentence.tokens[main].lemma in view.words["come_verbs"]
        else None
    )


def _names_day(time: Time) -> bool:
    """Whether a time says on which day it is: "Thursday", "Thursday night", not "6 a.m."."""
    return time.grain == "day" or (time.grain == "time" and "day" in time.text.lower())
