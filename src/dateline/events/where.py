"""Where an event happened: the place its clause names, not the dateline and not a party's nationality."""

from __future__ import annotations

from dateline.events.paths import distance, head_of, marker
from dateline.model import Actor, Frame, Parse, Place, Sentence

LOCATIVE = frozenset(
    "in at near on outside inside around across to into from over off throughout along within toward towards "
    "north_of south_of east_of west_of outside_of close_to through".split()
)
#: motion that ends or begins at the place: what happened, happened there
MOTION = frozenset("from into across through".split())
STRONG = frozenset("in at near outside inside around across off within throughout".split())


def where_of(
    parse: Parse,
    places: dict[int, list[Place]],
    frame: Frame,
    events: frozenset[int],
    parties: tuple[Actor, ...],
    place_nouns: frozenset[str],
) -> tuple[Place | None, str | None]:
    """The place bound to the event and its basis (``stated``, or ``recipient`` for a party that is a place)."""
    sentence = parse.sentences[frame.sentence]
    heads = {a.head for a in parties if a.sentence == frame.sentence}
    governments = {a.head for a in parties if a.sentence == frame.sentence and "government" in (a.basis or "")}
    best: tuple[float, int, Place] | None = None
    fallback: Place | None = None
    for place in places.get(frame.sentence, ()):
        named = head_of(sentence, *place.tokens)
        target = _whole(sentence, named, place_nouns)
        role = marker(sentence, target) or ""
        dep = sentence.tokens[target].dep
        if named in heads:
            stands_for_state = named in governments and role not in MOTION and role not in STRONG and dep != "obj"
            if (dep == "obj" or role in LOCATIVE) and not stands_for_state:  # "visited Oslo", not "Oslo's envoy"
                fallback = fallback or place
            continue
        if role not in LOCATIVE or dep in ("compound", "amod"):
            continue
        cost = distance(sentence, frame, target, events, out_of_speech=True)
        if cost is None or cost > 5:
            continue
        cost += 0.0 if role in STRONG else 0.6
        if place.precision in ("country", "region"):
            cost += 0.3
        if best is None or (cost, target) < best[:2]:
            best = (cost, target, place)
    if best is not None:
        return best[2], "stated"
    return (fallback, "recipient") if fallback is not None else (None, None)


def _whole(sentence: Sentence, i: int, place_nouns: frozenset[str]) -> int:
    """The head of the phrase a place name is part of: "Zabul province", "the province of Kunar", "Kabul airport"."""
    tokens = sentence.tokens
    for _ in range(4):
        token = tokens[i]
        if token.head < 0:
            break
        above = tokens[token.head]
        inside = token.dep in ("compound", "flat", "nmod:desc", "appos", "nmod:poss")
        of_place = token.dep == "nmod" and marker(sentence, i) in ("of", None)
        if ((inside or of_place) and above.lemma.lower() in place_nouns) or token.dep == "flat":
            i = token.head
        else:
            break
    return i


def by_sentence(places: tuple[Place, ...]) -> dict[int, list[Place]]:
    """Places by sentence."""
    out: dict[int, list[Place]] = {}
    for place in places:
        out.setdefault(place.sentence, []).append(place)
    return out
