"""Where place names stand in a parsed story: the model's locations, names it missed or took for something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.mentions.gazetteer import Entry, Gazetteer
from dateline.mentions.places_keys import place_key
from dateline.mentions.places_resolve import country_entries, is_short_form, short_entries
from dateline.model import Entity, Parse, Sentence, Token

Use = Literal["place", "in-name", "demonym", "dateline"]
_LONGEST = 5
_INNER = frozenset("of the and de la le el al del du da do das dos di den der am an en les los las upon sur - ' ’ ’s 's & y".split())
_CUT = frozenset(", ; : / ( ) and or — – -- | • to".split())


@dataclass(frozen=True, slots=True)
class Spot:
    """A place name in the text: tokens ``[first, last)`` of a sentence, and how it is used.

    ``place``: a location by itself; ``in-name``: inside the name of an organisation ("Bank of Japan"); ``demonym``:
    an adjective or noun of a people, with its place in ``entry``.
    """

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    use: Use
    rule: str
    entry: Entry | None = None


class Detector:
    """Finds the spots of one story; keeps what it looked up, so a name is looked up once."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._words = gazetteer.words
        self._peoples: dict[str, Entry | None] = {}
        self._known: dict[str, str | None] = {}

    def spots(self, parse: Parse) -> list[Spot]:
        """All spots, in text order, none overlapping another."""
        by_sentence: dict[int, list[Entity]] = {}
        for entity in parse.entities:
            by_sentence.setdefault(entity.sentence, []).append(entity)
        persons = {place_key(e.text.split()[-1]) for e in parse.entities if e.label == "PER" and " " in e.text}
        return [s for sentence in parse.sentences for s in self._sentence(sentence, by_sentence.get(sentence.index, ()), persons)]

    def _sentence(self, sentence: Sentence, entities: Sequence[Entity], persons: set[str]) -> Iterator[Spot]:
        tokens = sentence.tokens
        of: list[Entity | None] = [None] * len(tokens)
        for entity in entities:
            for k in range(entity.first, entity.last):
                of[k] = entity
        i = 0
        while i < len(tokens):
            if not tokens[i].text[:1].isupper():
                i += 1
                continue
            entity = of[i]
            last = entity.last if entity is not None else _run(tokens, of, i)
            if entity is not None and entity.label == "LOC":
                yield from self._location(sentence, i, last)
            elif entity is not None and entity.label == "PER":
                yield from self._person(sentence, i, last, entity)
            elif entity is not None:
                yield from self._organisation(sentence, i, last, entity)
            else:
                yield from self._free(sentence, i, last, persons)
            i = last

    # --- by label -------------------------------------------------------------------------------------------------

    def _location(self, sentence: Sentence, first: int, last: int) -> Iterator[Spot]:
        """A location of the model: cut at commas, without articles before and kinds of place after."""
        for a, b in _pieces(sentence.tokens, first, last):
            text = self._slice(sentence, a, b)
            people = self.people(text)
            if people is not None:
                yield self._spot(sentence, a, b, "demonym", "places/demonym", people)
            elif text not in self._words.never and any(c.isalpha() for c in text):
                yield self._spot(sentence, a, b, "place", "places/model")

    def _person(self, sentence: Sentence, first: int, last: int, entity: Entity) -> Iterator[Spot]:
        """A person of the model is a place only if the whole name is one and the words around say so."""
        tokens = sentence.tokens
        a, b = _trim(tokens, first, last)
        text = self._slice(sentence, a, b) if a < b else ""
        if not text or entity.first != first:
            return
        countries = self._gazetteer.countries
        if (countries.country_of(text) and not countries.homonym(text)) or (
            self.known(text) in ("country", "big") and self._led(tokens, a) and not self._speaks(tokens, b)
        ):
            yield self._spot(sentence, a, b, "place", "places/not-a-person")

    def _organisation(self, sentence: Sentence, first: int, last: int, entity: Entity) -> Iterator[Spot]:
        """An organisation that is wholly a place name is used for it; else the places inside its name."""
        a, b = _trim(sentence.tokens, first, last)
        text = self._slice(sentence, a, b) if a < b else ""
        if text and self.known(text) is not None and text not in self._words.never:
            yield self._spot(sentence, a, b, "place", "places/metonym")
            return
        yield from self._inside(sentence, first, last)

    def _inside(self, sentence: Sentence, first: int, last: int) -> Iterator[Spot]:
        i = first
        while i < last:
            found = self._longest(sentence, i, last, ("country", "big"))
            if found is None:
                i += 1
                continue
            b, people = found
            yield self._spot(sentence, i, b, "in-name", "places/in-name", people)
            i = b

    def _free(self, sentence: Sentence, first: int, last: int, persons: set[str]) -> Iterator[Spot]:
        """Capitalised words that the model labelled as nothing: peoples, countries, and cities where the context says so."""
        tokens = sentence.tokens
        i = first
        while i < last:
            if not tokens[i].text[:1].isupper():
                i += 1
                continue
            led = self._led(tokens, i)
            found = self._longest(sentence, i, last, ("country", "big", "some") if led else ("country", "big"))
            if found is None:
                i += 1
                continue
            b, people = found
            text = self._slice(sentence, i, b)
            if people is not None:
                yield self._spot(sentence, i, b, "demonym", "places/demonym", people)
            elif self._free_place(sentence, i, b, text, led, persons):
                yield self._spot(sentence, i, b, "place", "places/gazetteer")
            i = b

    def _free_place(self, sentence: Sentence, a: int, b: int, text: str, led: bool, persons: set[str]) -> bool:
        tokens = sentence.tokens
        if self.known(text) == "country" and not self._gazetteer.countries.homonym(text):
            return True
        if place_key(text) in persons or self._titled(tokens, a):
            return False
        before_name = b < len(tokens) and tokens[b].text[:1].isupper() and tokens[b].upos == "PROPN"
        after_name = a > 0 and tokens[a - 1].text[:1].isupper() and tokens[a - 1].upos == "PROPN"
        if before_name or after_name or tokens[b - 1].upos not in ("PROPN", "ADJ", "NOUN", "X"):
            return False
        if led:
            return True
        return tokens[a].upos == "PROPN" and self.known(text) in ("country", "big") and a > 0

    # --- context --------------------------------------------------------------------------------------------------

    def _led(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether the word before (an article aside) is one that a place follows."""
        i = first - 1
        if i >= 0 and tokens[i].text.lower() == "the":
            i -= 1
        return i >= 0 and tokens[i].text.lower() in self._words.before

    def _titled(self, tokens: Sequence[Token], first: int) -> bool:
        return first > 0 and tokens[first - 1].text.lower() in self._words.person_before

    def _speaks(self, tokens: Sequence[Token], last: int) -> bool:
        return last < len(tokens) and tokens[last].text.lower() in self._words.person_after

    # --- look-ups -------------------------------------------------------------------------------------------------

    def _longest(
        self, sentence: Sentence, first: int, last: int, kinds: tuple[str, ...]
    ) -> tuple[int, Entry | None] | None:
        """The end of the longest name that starts at a token, and its place if it is a people's name."""
        tokens = sentence.tokens
        for end in range(min(last, first + _LONGEST), first, -1):
            word = tokens[end - 1].text
            if not word[:1].isupper() and not word[:1].isdigit():
                continue
            text = self._slice(sentence, first, end)
            people = self.people(text)
            if people is not None:
                return end, people
            if text not in self._words.never and self.known(text) in kinds:
                return end, None
        return None

    def people(self, text: str) -> Entry | None:
        """The place of an adjective or noun of a people or region ("Chilean", "European"), or None."""
        if text not in self._peoples:
            self._peoples[text] = self._people(text)
        return self._peoples[text]

    def _people(self, text: str) -> Entry | None:
        gazetteer = self._gazetteer
        region = self._words.adjectives.get(place_key(text))
        if region is not None:
            found = [f for f in gazetteer.find(region) if f.entry.kind not in ("city", "district", "country")]
            found.sort(key=lambda f: (f.entry.kind == "province", not f.main))
            return found[0].entry if found else None
        countries = gazetteer.countries
        if countries.country_of(text):
            return None
        code = countries.demonym(text) or next(iter(countries.readings(text)), None)
        if code is None or (countries.demonym(text) is None and not gazetteer_is_demonym(text, gazetteer)):
            return None
        return next(iter(country_entries(code, gazetteer)), None)

    def known(self, text: str) -> str | None:
        """``country`` (a country, region or sea), ``big`` (a province or a city of 100,000), ``some``, or None."""
        if text not in self._known:
            self._known[text] = self._knows(text)
        return self._known[text]

    def _knows(self, text: str) -> str | None:
        gazetteer = self._gazetteer
        if gazetteer.countries.country_of(text) or gazetteer.countries.readings(text):
            return "country"
        if is_short_form(text):
            return "big" if short_entries(text, gazetteer) else None
        best = None
        for entry, main in gazetteer.find(text):
            if main and entry.kind in ("country", "region", "sea", "continent"):
                return "country"
            if (entry.kind == "province" and (main or entry.population > 1_000_000)) or (
                entry.kind == "city" and entry.population >= (100_000 if main else 1_000_000)
            ):
                best = "big"
            elif main and best is None:
                best = "some"
        return best

    def _slice(self, sentence: Sentence, first: int, last: int) -> str:
        return self._text[sentence.tokens[first].start : sentence.tokens[last - 1].end]

    def _spot(self, sentence: Sentence, first: int, last: int, use: Use, rule: str, entry: Entry | None = None) -> Spot:
        start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
        return Spot(sentence.index, first, last, start, end, self._text[start:end], use, rule, entry)


def gazetteer_is_demonym(text: str, gazetteer: Gazetteer) -> bool:
    """Whether an ambiguous word is a people's name ("Korean") and not a country's ("Korea")."""
    return any(
        place_key(text) in {place_key(w) for w in (*c.adjectives, *(p for pair in c.people for p in pair))}
        for c in (gazetteer.countries.get(code) for code in gazetteer.countries.readings(text))
        if c is not None
    ) or text.endswith(("n", "ns", "ese", "er", "ers"))


def _run(tokens: Sequence[Token], of: Sequence[Entity | None], first: int) -> int:
    """The end of the run of capitalised words, with small words inside, that starts at a token outside entities."""
    end = i = first + 1
    while i < len(tokens) and of[i] is None and i - first < 8:
        text = tokens[i].text
        if text[:1].isupper():
            end = i + 1
        elif text.lower() not in _INNER:
            break
        i += 1
    return end


def _pieces(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for i in range(first, last + 1):
        if i == last or tokens[i].text in _CUT:
            if i < last and tokens[i].text in ("and", "to", "-") and not (start < i):
                continue
            a, b = _trim(tokens, start, i)
            if a < b:
                yield a, b
            start = i + 1


def _trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Without articles and lower-case words before, and without possessives and lower-case words after."""
    while first < last and (not tokens[first].text[:1].isupper() or tokens[first].text in ("The", "A", "An", "In", "At")):
        if tokens[first].text[:1].isdigit() or tokens[first].text.startswith(("al-", "el-", "ez-")):
            break
        first += 1
    while last > first and not (tokens[last - 1].text[:1].isupper() or tokens[last - 1].text[:1].isdigit()):
        last -= 1
    return first, last
