"""Where place names stand in a parsed story: the model's locations, names it missed or took for something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dateline.mentions.gazetteer import Entry, Gazetteer
from dateline.mentions.places_names import names_of
from dateline.mentions.places_runs import INNER, pieces, run, trim
from dateline.mentions.places_sites import Sites
from dateline.model import Entity, Parse, Sentence, Token

Use = Literal["place", "in-name", "demonym", "dateline"]
_LONGEST = 7
_ARTICLES = frozenset(("The", "A", "An", "This", "That", "Its", "His", "Her", "Their"))
_HYPHENS = frozenset("-‐‑–")
_PARTICIPLES = frozenset(("led", "held", "run", "built", "made", "bred"))  # and all in -ed


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
    reach: int = 0  # where the words that name it end, if after the name: "Evin prison"


class Detector:
    """Finds the spots of one story."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        """Start on one story's text."""
        self._text = text
        self._gazetteer = gazetteer
        self._words = gazetteer.words
        self._sites = Sites(text, gazetteer)
        self._names = names_of(gazetteer)
        self.people, self.known = self._names.people, self._names.known
        self._locations: set[str] = set()
        self._persons: set[str] = set()

    def spots(self, parse: Parse) -> list[Spot]:
        """All spots, in text order, none overlapping another."""
        by_sentence: dict[int, list[Entity]] = {}
        votes: dict[str, Counter[str]] = {}
        for entity in parse.entities:
            by_sentence.setdefault(entity.sentence, []).append(entity)
            votes.setdefault(entity.text, Counter())[entity.label] += 1
        self._locations = {t for t, n in votes.items() if n["LOC"] and n["LOC"] >= max(n.values())}
        self._persons = {
            w
            for e in parse.entities
            if e.label == "PER" and " " in e.text
            for w in e.text.split()
            if w not in self._locations
        }
        return [
            self._adjective(s, spot)
            for s in parse.sentences
            for spot in self._sentence(s, by_sentence.get(s.index, ()))
            if spot.use != "place" or spot.reach or not self._sites.seat(s, spot.first, spot.last)
        ]

    def _sentence(self, sentence: Sentence, entities: Sequence[Entity]) -> Iterator[Spot]:
        tokens = sentence.tokens
        of: list[Entity | None] = [None] * len(tokens)
        for each in entities:
            of[each.first : each.last] = [each] * (each.last - each.first)
        i = 0
        while i < len(tokens):
            word = tokens[i].text
            if not word[:1].isupper() or word in _ARTICLES:
                i += 1
                continue
            entity = of[i]
            site = self._sites.end(sentence, i, of, self._led(tokens, i) and not self._titled(tokens, i))
            if site is not None:
                if not self._sites.seat(sentence, i, site) or self._sites.entered(sentence, i, site):
                    yield self._site(sentence, self._sites.start(sentence, i), site)
                i = site
                continue
            spot = self._whole(sentence, i, of)
            if spot is not None:
                yield spot
                i = spot.last
                continue
            last = entity.last if entity is not None else run(tokens, of, i)
            if entity is None:
                yield from self._free(sentence, i, last)
            elif entity.label == "LOC" or (entity.text in self._locations and entity.first == i):
                last = self._sites.owned(sentence, i, last) or self._extended(sentence, i, last, of)
                yield from self._location(sentence, i, last)
            elif entity.label == "PER":
                yield from self._person(sentence, i, last, entity)
            else:
                yield from self._organisation(sentence, i, last)
            i = last

    def _site(self, sentence: Sentence, first: int, last: int) -> Spot:
        """A site; the small words that say what it is are looked up with its name, and are no part of it."""
        spot = self._spot(sentence, first, last, "place", "places/site")
        name = sentence.tokens[self._sites.bare(sentence, first, last) - 1].end
        return replace(spot, end=name, text=self._text[spot.start : name], reach=spot.end)

    def _adjective(self, sentence: Sentence, spot: Spot) -> Spot:
        """A country that only says whose something is is no place: "the U.S.-controlled zone"."""
        after = sentence.tokens[spot.last : spot.last + 2]
        if spot.use != "place" or len(after) < 2 or after[0].text not in _HYPHENS or after[0].start != spot.end:
            return spot
        word, code = after[1].text, self._gazetteer.countries.country_of(spot.text, parts=False)
        if not code or after[1].start != after[0].end or not (word.endswith("ed") or word in _PARTICIPLES):
            return spot
        entry = next(iter(self._names.country_entries(code)), None)
        return spot if entry is None else replace(spot, use="demonym", rule="places/participle", entry=entry)

    def _extended(self, sentence: Sentence, first: int, last: int, of: Sequence[Entity | None]) -> int:
        """Where a location ends: with a capitalised kind of place after it, or the rest that the model cut off."""
        tokens = sentence.tokens
        while last < len(tokens) and tokens[last].text[:1].isupper():
            word, after = tokens[last].text, of[last]
            if word in self._words.facilities or self._kind(word) is not None:
                last += 1
            elif after is not None and after.label == "LOC" and self.known(self._slice(sentence, first, last)) is None:
                last = after.last
            else:
                break
        return last

    def _whole(self, sentence: Sentence, first: int, of: Sequence[Entity | None]) -> Spot | None:
        """A well-known name of several words, wherever the model cut it ("New | York"), outside names of persons."""
        tokens = sentence.tokens
        entity = of[first]
        if entity is not None and entity.label == "PER":
            return None
        found = self._longest(sentence, first, len(tokens), ("country", "big"), at_least=2)
        if found is None:
            return None
        last, people = found
        if any(e is not None and e.label == "PER" for e in of[first:last]):
            return None
        if entity is not None and entity.label == "LOC" and entity.last > last:
            return None  # part of a longer name of a place
        around = [of[k] for k in (first - 1, last) if 0 <= k < len(tokens)]
        organisation = next((e for e in of[first:last] if e is not None and e.label == "ORG"), None)
        inside = organisation is not None and any(e is organisation for e in around)
        if people is not None:
            return self._spot(sentence, first, last, "demonym", "places/demonym", people)
        if inside:
            return self._spot(sentence, first, last, "in-name", "places/in-name")
        return self._spot(sentence, first, last, "place", "places/model" if entity is not None else "places/gazetteer")

    # --- by label -------------------------------------------------------------------------------------------------

    def _location(self, sentence: Sentence, first: int, last: int) -> Iterator[Spot]:
        """A location of the model: cut at commas, without articles before and kinds of place after."""
        tokens = sentence.tokens
        whole = trim(tokens, first, last)
        known = whole[0] < whole[1] and self.known(self._slice(sentence, *whole)) is not None
        for a, b in (whole,) if known else tuple(pieces(tokens, first, last)):
            a, b = self._core(sentence, a, b)
            text = self._slice(sentence, a, b)
            people = self.people(text)
            if people is not None:
                yield self._spot(sentence, a, b, "demonym", "places/demonym", people)
            elif text not in self._words.never and any(c.isalpha() for c in text) and self._likely(tokens, a, b, text):
                yield self._spot(sentence, a, b, "place", "places/model")

    def _core(self, sentence: Sentence, a: int, b: int) -> tuple[int, int]:
        """Within a name that the gazetteer lacks as a whole, the well-known place at its start or end."""
        tokens = sentence.tokens
        text = self._slice(sentence, a, b)
        if b - a < 2 or self.known(text) == "country":
            return a, b
        kind = self._kind(tokens[a].text) if b - a > 2 and tokens[a + 1].text == "of" else None
        if kind in ("province", "city", "district") and self.known(self._slice(sentence, a + 2, b)) is not None:
            return a + 2, b
        ends = {tokens[a].text, tokens[b - 1].text}
        if self.known(text) is not None or ends & self._words.facilities or self._kind(tokens[b - 1].text) is not None:
            return a, b
        if tokens[a].text in self._words.directions or tokens[b - 1].text in self._words.directions:
            return a, b
        for c in range(b - 1, a, -1):
            if self.known(self._slice(sentence, a, c)) in ("country", "big") and tokens[c - 1].text[:1].isupper():
                return a, c
        for c in range(a + 1, b):
            if self.known(self._slice(sentence, c, b)) in ("country", "big") and tokens[c].text[:1].isupper():
                return c, b
        return a, b

    def _likely(self, tokens: Sequence[Token], a: int, b: int, text: str) -> bool:
        """A single word that no gazetteer knows needs a sign that it is a place; the model is often wrong there."""
        if b - a > 1 or self.known(text) is not None or self._gazetteer.has(text) or text[-1].isdigit():
            return True
        if self._led(tokens, a) or (a > 1 and tokens[a - 1].text == "of" and self._kind(tokens[a - 2].text)):
            return True
        after = tokens[b].text if b < len(tokens) else ""
        return self._kind(after) is not None or after == ","

    def _person(self, sentence: Sentence, first: int, last: int, entity: Entity) -> Iterator[Spot]:
        """A person of the model is a place only if the whole name is one and the words around say so."""
        tokens = sentence.tokens
        a, b = trim(tokens, first, last)
        text = self._slice(sentence, a, b) if a < b else ""
        if not text or entity.first != first or text in self._persons or text in self._words.never:
            return
        known = self.known(text)
        country = self._gazetteer.countries.country_of(text) and not self._gazetteer.countries.homonym(text)
        stated = b + 1 < len(tokens) and tokens[b].text == "," and self._region(sentence, b + 1)
        led = self._led(tokens, a) and not self._speaks(tokens, b) and not self._titled(tokens, a)
        if country or (known is not None and stated) or (known in ("country", "big") and led):
            yield self._spot(sentence, a, b, "place", "places/not-a-person")

    def _organisation(self, sentence: Sentence, first: int, last: int) -> Iterator[Spot]:
        """An organisation that is wholly a place name is used for it; else the places inside its name."""
        tokens = sentence.tokens
        a, b = trim(tokens, first, last)
        text = self._slice(sentence, a, b) if a < b else ""
        known = self.known(text) if text and text not in self._words.never else None
        sure = known in ("country", "big") or (known is not None and self._led(tokens, a) and not self._common(text))
        if sure and (known == "country" or not (text.isupper() and len(text) < 6)):
            yield self._spot(sentence, a, b, "place", "places/metonym")
        else:
            i = first
            while i < last:
                upper = tokens[i].text[:1].isupper() and tokens[i].text not in _ARTICLES
                found = self._longest(sentence, i, last, ("country", "big")) if upper else None
                if found is None:
                    i += 1
                    continue
                if found[1] is not None:
                    yield self._spot(sentence, i, found[0], "demonym", "places/demonym", found[1])
                else:
                    yield self._spot(sentence, i, found[0], "in-name", "places/in-name")
                i = found[0]

    def _free(self, sentence: Sentence, first: int, last: int) -> Iterator[Spot]:
        """Words that the model labelled as nothing: peoples, countries, and cities where the context says so."""
        tokens = sentence.tokens
        i = first
        while i < last:
            if not tokens[i].text[:1].isupper() or tokens[i].text in _ARTICLES:
                i += 1
                continue
            if self._after_place(sentence, i):
                yield self._spot(sentence, i, i + 1, "place", "places/abbreviation")
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
            elif self._free_place(sentence, i, b, text, led):
                yield self._spot(sentence, i, b, "place", "places/gazetteer")
            i = b

    def _free_place(self, sentence: Sentence, a: int, b: int, text: str, led: bool) -> bool:
        tokens = sentence.tokens
        known = self.known(text)
        if known == "country" and not self._gazetteer.countries.homonym(text):
            return True
        if text in self._persons or self._titled(tokens, a) or (known == "some" and self._common(text)):
            return False
        before_name = b < len(tokens) and tokens[b].text[:1].isupper() and tokens[b].upos == "PROPN"
        after_name = a > 0 and tokens[a - 1].text[:1].isupper() and tokens[a - 1].upos == "PROPN"
        if before_name or after_name or tokens[b - 1].upos not in ("PROPN", "ADJ", "NOUN", "X"):
            return False
        stated = b + 1 < len(tokens) and tokens[b].text == "," and self._region(sentence, b + 1)
        if led or stated or text in self._locations:
            return True
        return tokens[a].upos == "PROPN" and known in ("country", "big") and a > 0

    def _after_place(self, sentence: Sentence, i: int) -> bool:
        """An abbreviated province after a comma and a name: "Reno, Nev."."""
        tokens = sentence.tokens
        return (
            tokens[i].text in self._words.abbreviations
            and i > 1
            and tokens[i - 1].text == ","
            and tokens[i - 2].text[:1].isupper()
        )

    def _region(self, sentence: Sentence, i: int) -> bool:
        """Whether a country or province starts at a token."""
        tokens = sentence.tokens
        if tokens[i].text in self._words.abbreviations:
            return True
        found = self._longest(sentence, i, len(tokens), ("country", "big"))
        return found is not None and found[1] is None

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

    def _kind(self, word: str) -> str | None:
        return self._words.kinds.get(word.lower())

    def _common(self, text: str) -> bool:
        return any(f.common for f in self._gazetteer.find(text))

    def _longest(
        self, sentence: Sentence, first: int, last: int, kinds: tuple[str, ...], at_least: int = 1
    ) -> tuple[int, Entry | None] | None:
        """The end of the longest name that starts at a token, and its place if it is a people's name."""
        tokens = sentence.tokens
        far = first + 1  # the run of capitalised and small inner words
        while far < min(last, first + _LONGEST) and (
            tokens[far].text[:1].isupper() or tokens[far].text.lower() in INNER
        ):
            far += 1
        for end in range(far, first + at_least - 1, -1):
            if not tokens[end - 1].text[:1].isupper():
                continue
            text = self._slice(sentence, first, end)
            people = self.people(text)
            if people is not None:
                return end, people
            if text not in self._words.never and self.known(text) in kinds:
                return end, None
        return None

    def _slice(self, sentence: Sentence, first: int, last: int) -> str:
        return self._text[sentence.tokens[first].start : sentence.tokens[last - 1].end]

    def _spot(self, sentence: Sentence, first: int, last: int, use: Use, rule: str, entry: Entry | None = None) -> Spot:
        start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
        return Spot(sentence.index, first, last, start, end, self._text[start:end], use, rule, entry)
