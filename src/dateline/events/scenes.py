"""On which day a story goes on: what an actor did in the sentence after a dated act of his, he did on that day.

A time that opens its sentence frames what is told next, whoever does it ("On May 3, 1921, the rising began. Soldiers …").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.events.merge import shares
from dateline.events.view import StoryView
from dateline.events.when import when_of
from dateline.model import Actor, Frame, Time, When
from dateline.rules.codebook import Codebook

#: how many sentences later somebody still "also" did something on the same day
_ALSO = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """A day on which the main clause of a sentence happened."""

    sentence: int
    when: When
    actors: tuple[Actor, ...]
    frames: bool  # the day opens the sentence, and frames what follows


def scenes_of(view: StoryView, times: Mapping[int, Sequence[Time]], codebook: Codebook) -> list[Scene]:
    """The dated main clauses in the simple past of a story's body, in text order."""
    out = []
    for sentence in view.parse.sentences:
        here = times.get(sentence.index, ())
        frame = view.frames.get((sentence.index, sentence.root))
        if sentence.region != "body" or not here or frame is None or not _told(view, frame):
            continue
        when = when_of(view.parse, times, frame, frozenset(), codebook.words)
        if when is None or when.grain not in ("day", "time"):
            continue
        if any(t.start != when.start for t in here):
            continue  # of two days, which is the main clause's is not sure enough to go on with
        if any(sentence.tokens[k].dep in ("ccomp", "parataxis") for k in sentence.children[frame.head]):
            continue  # that somebody said something then dates only what he says
        actors = (view.actor(sentence.index, a) for a in frame.arg("subj"))
        opens = when.span is not None and when.span.start <= sentence.tokens[min(2, len(sentence.tokens) - 1)].start
        when = replace(when, rule="events/scene")
        out.append(Scene(sentence.index, when, tuple(a for a in actors if a is not None), opens))
    return out


def carried(
    view: StoryView,
    found: Sequence[Scene],
    frame: Frame,
    actors: tuple[Actor, ...],
    *,
    speech: bool,
) -> When | None:
    """The day of an undated act in a sentence that names no day: that of the scene it goes on with, or None.

    An act of speech goes on only with what the same speaker did.
    """
    scenes = [s for s in found if frame.sentence - _ALSO <= s.sentence < frame.sentence]
    if not scenes or not _told(view, frame):
        return None
    if any(t.sentence == frame.sentence and t.type in ("DATE", "TIME") for t in view.mentions.times):
        return None
    scene = scenes[-1]
    if frame.sentence - scene.sentence == 1:
        same = not frame.passive and shares(list(scene.actors), list(actors))
        return scene.when if same or (scene.frames and not speech) else None
    sentence = view.parse.sentences[frame.sentence]
    if frame.passive or all(sentence.tokens[k].lemma.lower() != "also" for k in sentence.children[frame.head]):
        return None
    return next((s.when for s in reversed(scenes) if shares(list(s.actors), list(actors))), None)


def _told(view: StoryView, frame: Frame) -> bool:
    """Whether the frame is a verb in the simple past of a main clause."""
    sentence = view.parse.sentences[frame.sentence]
    at = frame.head
    if frame.kind != "verb" or sentence.region != "body":
        return False
    past = sentence.tokens[at].xpos == "VBD" or any(
        sentence.tokens[k].text.lower() in ("was", "were") for k in sentence.children[at]
    )
    while sentence.tokens[at].dep == "conj" and sentence.tokens[at].head >= 0:
        at = sentence.tokens[at].head
    return past and sentence.tokens[at].head < 0
