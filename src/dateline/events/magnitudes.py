"""Numbers of an event: dead, injured, arrested, crowd."""

from __future__ import annotations

from dateline.events.view import StoryView
from dateline.model import Actor, Frame, Magnitude


def magnitudes_of(
    view: StoryView, frame: Frame, type_name: str, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]
) -> dict[str, Magnitude]:
    """Magnitudes that the frame itself states, by kind."""
    out: dict[str, Magnitude] = {}
    lemma = frame.lemma
    words = view.words
    if lemma in words["kill_verbs"]:
        _put(out, "dead", _objects(view, frame) or list(recipients))
    elif lemma in words["injure_verbs"]:
        _put(out, "injured", _objects(view, frame) or list(recipients))
    elif lemma in words["arrest_verbs"]:
        _put(out, "arrested", _objects(view, frame) or list(recipients))
    if type_name == "PROTEST":
        _put(out, "crowd", list(actors))
    for kind, names in (("dead", "kill_verbs"), ("injured", "injure_verbs")):
        if kind not in out and type_name == "ASSAULT":
            for other in _clause_mates(view, frame, words[names]):
                _put(out, kind, _objects(view, other))
    return out


def _clause_mates(view: StoryView, frame: Frame, lemmas: frozenset[str]) -> list[Frame]:
    """Frames of the sentence, tied to this one by coordination, adverbial or subject, whose lemma is in the class."""
    tokens = view.parse.sentences[frame.sentence].tokens
    near = {frame.head, tokens[frame.head].head, frame.light if frame.light is not None else frame.head}
    out = []
    for (sentence, head), other in view.frames.items():
        if sentence != frame.sentence or head == frame.head or other.lemma not in lemmas:
            continue
        if tokens[head].head in near or head in near:
            out.append(other)
    return out


def _objects(view: StoryView, frame: Frame) -> list[Actor]:
    found = (view.actor(frame.sentence, h) for h in frame.arg("obj"))
    return [a for a in found if a is not None]


def _put(out: dict[str, Magnitude], kind: str, actors: list[Actor]) -> None:
    counted = [a for a in actors if a.count is not None]
    if not counted or kind in out:
        return
    low = sum(a.count[0] for a in counted if a.count)
    high = sum(a.count[1] for a in counted if a.count)
    first = counted[0]
    out[kind] = Magnitude(low, high, first.text, first.span)
