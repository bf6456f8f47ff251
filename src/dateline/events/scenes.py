"""On which day a story goes on: what an actor did in the sentence after a dated act of his, he did on that day.

A time that opens its sentence frames what is told next, whoever does it ("On May 3, 1921, the rising began. Soldiers …").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.events.merge import shares
from dateline.events.view import StoryView
from dateline.events.when import when_of
from dateline.model import Actor, Frame, Time, When
from dateline.rules.codebook import Codebook

#: how many sentences later an act is still of the same day: told right after, or as what somebody "also" did
_NEXT, _ALSO = 1, 3


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
    scene = next((s for s in reversed(found) if s.sentence < frame.sentence), None)
    if scene is None or not _told(view, frame):
        return None
    if any(scene.sentence < t.sentence <= frame.sentence and t.type in ("DATE", "TIME") for t in view.mentions.times):
        return None
    sentence = view.parse.sentences[frame.sentence]
    later = frame.sentence - scene.sentence
    same = not frame.passive and shares(list(scene.actors), list(actors))
    also = bool(same) and any(sentence.tokens[k].lemma.lower() == "also" for k in sentence.children[frame.head])
    if later <= _NEXT and (same or (scene.frames and not speech)):
        return scene.when
    return scene.when if also and later <= _ALSO else None


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
