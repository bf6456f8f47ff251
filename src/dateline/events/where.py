"""Where an event happened: the place its clause names, not the dateline and not a party's nationality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.events.draft import Draft
from dateline.events.paths import OTHER_TIME, distance, head_of, in_clause_of, marker
from dateline.model import Actor, Frame, Parse, Place, Sentence
from dateline.rules.words import Words

LOCATIVE = frozenset(
    "in at near on outside inside around across to into from over off throughout along within toward towards "
    "north_of south_of east_of west_of outside_of close_to through".split()
)
#: motion that ends or begins at the place: what happened, happened there
MOTION = frozenset("from into across through".split())
_BROUGHT_ABOUT = frozenset(("nsubj", "nsubj:pass", "nmod", "obl", "obl:agent", "conj"))
#: how far from an event its place may stand in the tree; and when the event has a place without a name of its own
_FAR, _OWN = 5.0, 1.2
STRONG = frozenset("in at near outside inside around across off within throughout".split())


def where_of(
    parse: Parse,
    places: dict[int, list[Place]],
    frame: Frame,
    events: frozenset[int],
    parties: tuple[Actor, ...],
    words: Words,
    *,
    physical: bool = False,
    speech: bool = False,
) -> tuple[Place | None, str | None]:
    """The place bound to the event and its basis (``stated``, or ``recipient`` for a party that is a place).

    ``physical``: the event does something to bodies and things, so an attack on a country happened there. ``speech``:
    it is an act of speech, so whom it addresses says nothing of the place.
    """
    sentence = parse.sentences[frame.sentence]
    heads = {a.head for a in parties if a.sentence == frame.sentence}
    governments = {a.head for a in parties if a.sentence == frame.sentence and "government" in (a.basis or "")}
    visit = frame.lemma in words["visits"]
    farthest = _OWN if _says_where(sentence, frame, places.get(frame.sentence, ()), words) else _FAR
    best: tuple[float, int, Place, str] | None = None
    for place in places.get(frame.sentence, ()):
        named = head_of(sentence, *place.tokens)
        target = _whole(sentence, named, words["place_nouns"])
        role = role_of(sentence, target, words)
        dep = sentence.tokens[target].dep
        held = not speech and role == "of" and _held(sentence, frame.head, target, words["held_nouns"])
        if named in heads:
            bodily = held or (physical and role in ("on", "of", "against"))
            if role == "from" and dep.startswith("nmod") and sentence.tokens[target].head != frame.head:
                continue  # "delegations from China" went elsewhere
            own = dep == "obj" and sentence.tokens[target].head == frame.head
            reached = own and not speech and (physical or visit or frame.lemma in words["reaching_verbs"])
            if not reached and distance(sentence, frame, target, frozenset(), words["happen_verbs"]) is None:
                continue  # it stands where it does for another clause: "crossed Sudan, which appealed for help"
            inside = role in MOTION or role in STRONG or reached or bodily or (visit and role in ("to", "over"))
            if (reached or role in LOCATIVE or bodily) and (inside or named not in governments):
                cost, basis = 2.0, "recipient"  # "visited Oslo", not "Oslo's envoy"
                if reached and sentence.tokens[target].head == frame.head:
                    cost = 0.1
            else:
                continue
        elif in_clause_of(sentence, place.tokens[1], "where", frame.head) or held:
            cost, basis = 0.5, "stated"
        elif role not in LOCATIVE or dep in ("compound", "amod") or (role == "from" and dep.startswith("nmod")):
            continue  # "diplomats from Iran" met elsewhere
        else:
            found = distance(sentence, frame, target, events, words["happen_verbs"], out_of_speech=True)
            if found is None or found > farthest:
                continue
            cost, basis = found + (0.0 if role in STRONG else 0.6), "stated"
            if place.precision in ("country", "region"):
                cost += 0.3
        if best is None or (cost, target) < best[:2]:
            best = (cost, target, place, basis)
    if best is not None:
        return best[2], best[3]
    trip = _trip(sentence, frame.head, words["visit_nouns"])
    if trip is None:
        return None, None
    visiting = replace(frame, head=trip, trigger=(trip,))
    return where_of(parse, places, visiting, events - {trip}, parties, words, physical=physical, speech=speech)


def _says_where(sentence: Sentence, frame: Frame, places: Sequence[Place], words: Words) -> bool:
    """Whether a place without a name hangs on the event itself: "activities in nearby waters"."""
    named = {i for p in places for i in range(*p.tokens)}
    return any(
        sentence.tokens[k].upos == "NOUN"
        and sentence.tokens[k].lemma in words["place_nouns"]
        and role_of(sentence, k, words) in STRONG
        and named.isdisjoint(sentence.subtree(k))
        for k in sentence.children[frame.head]
    )


def _held(sentence: Sentence, event: int, place: int, nouns: frozenset[str]) -> bool:
    """Whether a place is what is held in the event's object: "bolstered its defence of the islands"."""
    noun = sentence.tokens[place].head
    if noun < 0 or sentence.tokens[noun].lemma not in nouns:
        return False
    return noun == event or (sentence.tokens[noun].dep == "obj" and sentence.tokens[noun].head == event)


def _trip(sentence: Sentence, noun: int, visits: frozenset[str]) -> int | None:
    """The visit for which something takes place: "a visit to Oslo for talks" has the talks in Oslo."""
    above = sentence.tokens[noun].head
    if above < 0 or marker(sentence, noun) != "for":
        return None
    near = (above, *(k for k in sentence.childs(above, "obj", "obl") if k < noun))
    return next((k for k in near if sentence.tokens[k].lemma in visits), None)


def lent(drafts: list[Draft], sentences: tuple[Sentence, ...]) -> list[Draft]:
    """The drafts, those without a place given that of what brought them about: "the war in Mali has displaced …"."""
    placed = [d for d in drafts if d.place is not None]
    return [
        replace(draft, place=cause.place, place_basis=cause.place_basis)
        if draft.place is None and (cause := _cause(draft, placed, sentences[draft.frame.sentence])) is not None
        else draft
        for draft in drafts
    ]


def _cause(draft: Draft, placed: list[Draft], sentence: Sentence) -> Draft | None:
    for other in placed:
        if other.frame.sentence != draft.frame.sentence or other.frame.kind != "noun":
            continue
        at = other.frame.head
        for _ in range(4):
            token = sentence.tokens[at]
            if token.dep not in _BROUGHT_ABOUT or (marker(sentence, at) or "") in OTHER_TIME:
                break
            at = token.head
            if at == draft.frame.head:
                return other
    return None


def role_of(sentence: Sentence, target: int, words: Words) -> str:
    """The preposition of a place: ``near`` for "west of Herat" and "10 kilometres north of Basra"."""
    role = marker(sentence, target)
    if role is None and sentence.tokens[target].lemma.lower() in words["compass"]:
        return "near"
    return role or ""


def _whole(sentence: Sentence, i: int, place_nouns: frozenset[str]) -> int:
    """The head of the phrase a place name is part of: "Zabul province", "the province of Kunar", "Kabul airport"."""
    tokens = sentence.tokens
    for _ in range(4):
        token = tokens[i]
        if token.head < 0:
            break
        above = tokens[token.head]
        inside = token.dep in ("compound", "flat", "nmod:desc", "appos", "nmod:poss")
        of_place = token.dep in ("nmod", "obl") and marker(sentence, i) in ("of", None)
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
