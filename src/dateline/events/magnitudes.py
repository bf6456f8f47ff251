"""Numbers that the telling of an event states: dead, injured, arrested, displaced, crowd, money."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.events.view import StoryView
from dateline.mentions.actors_count import bound_of, count_of, many
from dateline.model import Actor, Frame, Magnitude, Span

_SCALE = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)(?: (hundred|thousand|million|billion|trillion))?"
_MONEY = re.compile(
    rf"(?:[$€£¥]|\b(?:US|A|C|NT)\$) ?{_NUMBER}|{_NUMBER}(?: [A-Z.]{{2,4}})? (?:dollars|euros|pounds|yen|yuan|rubles|rupees|francs|kroner)\b"
)
_KINDS = (
    ("dead", "kill_verbs"),
    ("injured", "injure_verbs"),
    ("arrested", "arrest_verbs"),
    ("displaced", "displace_verbs"),
)
_DEADLY = frozenset(("fatal", "deadly", "lethal"))


def magnitudes_of(
    view: StoryView,
    frame: Frame,
    counts: frozenset[str],
    actors: tuple[Actor, ...],
    recipients: tuple[Actor, ...],
    source: str | None = None,
) -> dict[str, Magnitude]:
    """Magnitudes that the frame states, by kind; ``counts`` says which of those told beside it its type takes too.

    ``casualties``: the killing or wounding told with it; ``crowd``: how many its actors are. ``source`` is who tells.
    """
    found = _found(view, frame, counts, actors, recipients)
    return {
        kind: replace(
            m, bound=bound_of(view.parse.sentences[frame.sentence], _first(view, frame, m), view.words), source=source
        )
        for kind, m in found.items()
    }


def _first(view: StoryView, frame: Frame, m: Magnitude) -> int:
    """The token at which the number stands in its words."""
    tokens = view.parse.sentences[frame.sentence].tokens
    inside = [t.index for t in tokens if m.span.start <= t.start and t.end <= m.span.end]
    return next((i for i in inside if tokens[i].upos == "NUM"), inside[0] if inside else frame.head)


def _found(
    view: StoryView, frame: Frame, counts: frozenset[str], actors: tuple[Actor, ...], recipients: tuple[Actor, ...]
) -> dict[str, Magnitude]:
    out: dict[str, Magnitude] = {}
    for kind, names in _KINDS:
        lemmas = view.words[names]
        if frame.kind == "verb" and frame.lemma in lemmas:
            _put(out, kind, _numbers(view, frame, "obj") or [n for r in recipients if (n := _of_actor(r))])
        elif "casualties" in counts:
            for other in _clause_mates(view, frame, lemmas):
                _put(out, kind, _numbers(view, other, "subj" if other.lemma == "die" else "obj"))
    if frame.kind == "noun" and "casualties" in counts and _deadly(view, frame):
        _put(out, "dead", _numbers(view, frame, "of"))
    if "crowd" in counts:
        _put(out, "crowd", [n for a in actors if (n := _of_actor(a)) and n[1] > 1])
    money = _money(view, frame)
    if money is not None:
        out["money"] = money
    return out


Number = tuple[int, int, str, Span]


def _numbers(view: StoryView, frame: Frame, role: str) -> list[Number]:
    found = (_at(view, frame.sentence, head) for head in frame.arg(role))
    return [n for n in found if n is not None]


def _at(view: StoryView, sentence: int, head: int) -> Number | None:
    """The number of people a phrase stands for: what it states, or one for a single person."""
    actor = view.actor(sentence, head)
    token = view.parse.sentences[sentence].tokens[head]
    span = Span(token.start, token.end)
    if actor is not None and (stated := _of_actor(actor)):
        return stated
    alone = many(token.text)
    if alone is not None and view.parse.sentences[sentence].child(head, "nmod") is None:
        return (*alone, token.text, span)  # "scores wounded"
    if token.upos == "NUM":
        count = count_of(view.parse.sentences[sentence], head, head)
        if count is None and token.text.replace(",", "").isdigit():
            count = (int(token.text.replace(",", "")),) * 2
        if count is None and token.lemma.lower() == "one":
            count = (1, 1)
        return (*count, token.text, span) if count else None
    single = token.lemma.lower() == "another" or (
        actor is not None and actor.kind == "person" and token.xpos in ("NN", "NNP")
    )
    if single:
        return (1, 1, actor.text, actor.span) if actor is not None else (1, 1, token.text, span)
    return None


def _of_actor(actor: Actor) -> Number | None:
    return (*actor.count, actor.text, actor.span) if actor.count is not None else None


def _clause_mates(view: StoryView, frame: Frame, lemmas: frozenset[str]) -> list[Frame]:
    """Frames of the sentence whose lemma is in the class, tied to this one by coordination, adverbial or subject."""
    tokens = view.parse.sentences[frame.sentence].tokens
    near = {frame.head, tokens[frame.head].head, frame.light if frame.light is not None else frame.head}
    out = []
    for (sentence, head), other in view.frames.items():
        if sentence != frame.sentence or head == frame.head or other.lemma not in lemmas:
            continue
        above = tokens[head].head
        coordinated = tokens[head].dep == "conj" and tokens[above].head in near
        if above in near or head in near or coordinated:
            out.append(other)
    return out


def _deadly(view: StoryView, frame: Frame) -> bool:
    tokens = view.parse.sentences[frame.sentence].tokens
    if frame.lemma in view.words["killing_nouns"]:
        return True
    return any(tokens[h].lemma.lower() in _DEADLY for h in frame.arg("amod"))


def _money(view: StoryView, frame: Frame) -> Magnitude | None:
    """An amount of money in the frame's object or in what the event noun is made of ("a $30 million grant")."""
    sentence = view.parse.sentences[frame.sentence]
    heads = frame.arg("obj") if frame.kind == "verb" else [frame.head]
    for head in heads:
        below = sentence.subtree(head)
        tokens = sentence.tokens[below[0] : below[-1] + 1]
        text = " ".join(t.text for t in tokens)
        match = _MONEY.search(text)
        if match is None:
            continue
        number, scale = (match[1], match[2]) if match[1] else (match[3], match[4])
        value = round(float(number.replace(",", "")) * _SCALE.get(scale or "", 1))
        first = text[: match.start()].count(" ")
        last = first + match[0].count(" ")
        span = Span(tokens[first].start, tokens[last].end)
        return Magnitude(value, value, match[0], span)
    return None


def _put(out: dict[str, Magnitude], kind: str, numbers: list[Number]) -> None:
    if numbers and kind not in out:
        low, high = sum(n[0] for n in numbers), sum(n[1] for n in numbers)
        out[kind] = Magnitude(low, high, numbers[0][2], numbers[0][3])
