"""Names in a sentence that the tables know: countries, demonyms, capitals, places, organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dateline.mentions.world import World
from dateline.mentions.world_names import fold_token, word_key
from dateline.mentions.world_rows import Entry
from dateline.model import Entity, Place, Sentence, Span, Token

LONGEST = 7
#: common nouns that may end a name: "the Congress party", "the Sinaloa cartel"
_TAILS = frozenset(("party", "movement", "group", "cartel", "network", "militia", "alliance", "front", "brigade"))
_LANDS = frozenset(
    (
        "city",
        "island",
        "province",
        "county",
        "district",
        "town",
        "village",
        "region",
        "state",
        "camp",
        "port",
        "street",
        "bridge",
        "republic",
        "territory",
        "road",
        "airport",
        "green",
        "home",
    )
)
_NATIONALITY = frozenset(("adjective", "person", "people"))
_SMALL = frozenset(
    (
        "of",
        "and",
        "the",
        "e",
        "i",
        "ul",
        "ud",
        "bin",
        "for",
        "in",
        "al",
        "el",
        "-",
        "to",
        "'s",
        "'",
        "’",
        "&",
        "on",
        "de",
        "–",
        "’s",
    )
)


class Geo(NamedTuple):
    """A place name or demonym on tokens ``[first, last)``."""

    first: int
    last: int
    country: str
    form: str  # country | part | capital | adjective | person | people | place


class Org(NamedTuple):
    """An organisation of the tables on tokens ``[first, last)``."""

    first: int
    last: int
    entries: tuple[Entry, ...]


class Scan:
    """What the names of one sentence are, by token."""

    def __init__(
        self,
        sentence: Sentence,
        text: str,
        entities: Sequence[Entity],
        places: Sequence[Place],
        world: World,
        on: dt.date | None,
        nouns: frozenset[str] = frozenset(),
        plain: frozenset[str] = frozenset(),
        waters: frozenset[str] = frozenset(),
    ) -> None:
        """Look every capitalised run of the sentence up in the tables, longest first."""
        size = len(sentence.tokens)
        self.label: list[Entity | None] = [None] * size
        self.geo: list[Geo | None] = [None] * size
        self.org: list[Org | None] = [None] * size
        for entity in entities:
            for i in range(entity.first, min(entity.last, size)):
                self.label[i] = entity
        self.plain = plain
        self.waters = waters
        for place in places:
            first, last = place.tokens[0], min(place.tokens[1], size)
            if last > first and last - first <= 2 and _is_role(sentence.tokens[last - 1], nouns):
                continue  # "Judge", "Court": a role noun before a village of that name
            if place.country is not None:
                found = Geo(place.tokens[0], min(place.tokens[1], size), place.country, "place")
                for i in range(found.first, found.last):
                    self.geo[i] = found
        self._names(sentence, text, world, on)
        if any(self.geo):
            self._pairs()
        for i, org in enumerate(self.org) if any(self.org) else ():
            geo = self.geo[i]
            if org is not None and geo is not None and geo.form == "place" and org.entries[0].own:
                self.geo[i] = None

    def found(self) -> list[Geo]:
        """The place names and demonyms of the sentence, in order."""
        if not any(self.geo):
            return []
        return [geo for i, geo in enumerate(self.geo) if geo is not None and geo.first == i]

    def entities(self, label: str) -> list[Entity]:
        """The names of persons (PER), organisations (ORG) … of the sentence, in order."""
        return [entity for entity in dict.fromkeys(filter(None, self.label)) if entity.label == label]

    def _names(self, sentence: Sentence, text: str, world: World, on: dt.date | None) -> None:
        tokens = sentence.tokens
        size = len(tokens)
        upper = [_capital(t.text) for t in tokens]
        if not any(upper):
            return
        inner = [False] * size  # "moon" of "Ki-moon"
        for i in range(2, size):
            if upper[i - 2] and tokens[i - 1].text == "-" and tokens[i].start == tokens[i - 1].end:
                inner[i] = True
        geo_end = org_end = 0
        for i in range(size):
            if not upper[i] or tokens[i].upos in ("PUNCT", "NUM") or tokens[i].text in ("A", "An"):
                continue
            verb = tokens[i].upos in ("VERB", "AUX") and not (i > 0 and tokens[i].text == "United")
            stop = i + 1
            while stop < size and stop - i < LONGEST and (upper[stop] or inner[stop] or tokens[stop].text in _SMALL):
                stop += 1
            if stop < size and tokens[stop].text in _TAILS:
                stop += 1  # "the Congress party"
            folds = [_fold(t.text) for t in tokens[i:stop]]
            for j in range(stop, i, -1):
                if not upper[j - 1] and not inner[j - 1] and not (tokens[j - 1].text in _TAILS and j - i > 1):
                    continue
                if (
                    not verb
                    and i >= geo_end
                    and j - i <= LONGEST
                    and (code := world.geo(words := text[tokens[i].start : tokens[j - 1].end])) is not None
                ):
                    if self._person(i, j) and code[1] not in ("adjective", "people"):
                        continue
                    if j < size and tokens[j].text in self.waters:
                        continue
                    old = self.geo[i]
                    weak = code[1] in ("capital", "part") and not world.countries.added(code[0], words)
                    if not (old is not None and weak and old.country != code[0]):
                        found = Geo(i, j, code[0], code[1])
                        for k in range(i, j):
                            self.geo[k] = found
                    geo_end = j
                if i >= org_end:
                    key = word_key(tokens[i].text) if j == i + 1 else "".join(folds[: j - i])
                    entries = world.entries(key, on) if len(key) > 1 else []
                    if not entries:
                        continue
                    people = [e for e in entries if e.kind == "person"]
                    if people and self._holder(sentence, text, i, j, people):
                        geo_end = max(geo_end, j)
                        org_end = j
                        break
                    entries = [e for e in entries if e.kind == "organisation" and (e.own or not people)]
                    if verb or not upper[j - 1]:
                        entries = [e for e in entries if e.own and not (verb and j - i < 3)]
                    if entries and j == i + 1 and key[0] != "=":
                        if tokens[i].text.lower() in self.plain:  # "Company representatives", "Hindu nationalists"
                            the = i > 0 and tokens[i - 1].text == "The"
                            entries = [e for e in entries if e.own and (the or not e.name.startswith("The "))]
                        if entries and _doubtful(sentence, i, entries[0]):
                            entries = []
                    if (
                        entries
                        and not self._person(i, j)
                        and not (j == i + 1 and tokens[i].upos not in ("PROPN", "NOUN", "ADJ"))
                    ):
                        org = Org(i, j, tuple(sorted(entries, key=lambda e: e.row.rank)))
                        for k in range(i, j):
                            self.org[k] = org
                        org_end = j

    def _holder(self, sentence: Sentence, text: str, first: int, last: int, entries: Sequence[Entry]) -> bool:
        """Mark the full name of a person of the own tables that the model took for something else or did not see."""
        if not any(e.own for e in entries) or sum(t.text != "-" for t in sentence.tokens[first:last]) < 2:
            return False
        known = [self.label[k] for k in range(first, last)]
        if any(e is not None and (e.label == "PER" or e.first < first or e.last > last) for e in known):
            return False
        if last < len(sentence.tokens) and sentence.tokens[last].upos == "PROPN":
            return False  # "Charles de Gaulle Airport"
        span = Span(sentence.tokens[first].start, sentence.tokens[last - 1].end)
        found = Entity(sentence.index, first, last, "PER", span, text[span.start : span.end])
        for k in range(first, last):
            self.label[k], self.geo[k], self.org[k] = found, None, None
        return True

    def _pairs(self) -> None:
        """Two nationalities side by side: a Bosnian Serb is of Bosnia, a Turkish Cypriot of Cyprus, as is a Kosovo Serb."""
        for i in range(len(self.geo) - 1):
            one, two = self.geo[i], self.geo[i + 1]
            if one is None or two is None or one.last != i + 1 or two.first != i + 1 or one.country == two.country:
                continue
            if one.form in ("country", "part", "place") and two.form in ("person", "people"):
                self.geo[i + 1] = two._replace(country=one.country)
            elif one.form in _NATIONALITY and two.form in _NATIONALITY:
                if two.country == "CYP":
                    self.geo[i] = one._replace(country=two.country)
                else:
                    self.geo[i + 1] = two._replace(country=one.country)

    def _person(self, first: int, last: int) -> bool:
        """Whether the run is a proper part of a person's name."""
        entity = self.label[first]
        return entity is not None and entity.label == "PER" and (entity.first < first or entity.last > last)


def _is_role(token: Token, nouns: frozenset[str]) -> bool:
    word = token.text.lower()
    return word in nouns and word not in _LANDS


def _fold(word: str) -> str:
    """The folded form of a word inside a name."""
    return "s" if word in ("'s", "’s") else fold_token(word)


def _capital(word: str) -> bool:
    """Whether a word is written as part of a name: "Haram", "17", "e-Taiba"."""
    if word.isalpha():
        return word[0].isupper()
    return word[0].isupper() or (word[0].isdigit() and len(word) > 1) or (word[1:2] == "-" and word[2:3].isupper())


def _doubtful(sentence: Sentence, i: int, entry: Entry) -> bool:
    """Whether a name of one word is rather a common word: "Liberation" in a longer name, "the Tigers"."""
    token = sentence.tokens[i]
    if not entry.own and token.xpos in ("NNS", "NNPS"):
        return True
    inside = token.dep in ("compound", "amod", "nmod:poss") and sentence.tokens[token.head].upos == "PROPN"
    return inside and entry.sector in ("JRN", "BUS")
