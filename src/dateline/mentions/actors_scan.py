"""Names in a sentence that the tables know: countries, demonyms, capitals, places, organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dateline.mentions.world import World
from dateline.mentions.world_names import name_key
from dateline.mentions.world_rows import Entry
from dateline.model import Entity, Place, Sentence, Span

LONGEST = 7
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
        nouns = nouns - _LANDS
        for place in places:
            first, last = place.tokens[0], min(place.tokens[1], size)
            if last > first and last - first <= 2 and sentence.tokens[last - 1].text.lower() in nouns:
                continue  # "Judge", "Court": a role noun before a village of that name
            if place.country is not None:
                found = Geo(place.tokens[0], min(place.tokens[1], size), place.country, "place")
                for i in range(found.first, found.last):
                    self.geo[i] = found
        self._names(sentence, text, world, on)
        self._pairs()
        for i, org in enumerate(self.org):
            geo = self.geo[i]
            if org is not None and geo is not None and geo.form == "place" and org.entries[0].own:
                self.geo[i] = None

    def _names(self, sentence: Sentence, text: str, world: World, on: dt.date | None) -> None:
        tokens = sentence.tokens
        size = len(tokens)
        upper = [t.text[0].isupper() or (t.text[0].isdigit() and len(t.text) > 1) for t in tokens]
        folds = [
            "s" if t.text in ("'s", "’s") else world.fold(t.text) if up or t.text in _SMALL else ""
            for t, up in zip(tokens, upper, strict=True)
        ]
        geo_end = org_end = 0
        people: list[tuple[int, int]] = []
        for i in range(size):
            if (
                not upper[i]
                or tokens[i].upos in ("PUNCT", "NUM")
                or (tokens[i].upos in ("VERB", "AUX") and not (i > 0 and tokens[i].text == "United"))
                or tokens[i].text in ("A", "An")
            ):
                continue
            stop = i + 1
            while stop < size and stop - i < LONGEST and (upper[stop] or tokens[stop].text in _SMALL):
                stop += 1
            for j in range(stop, i, -1):
                if not upper[j - 1]:
                    continue
                if (
                    i >= geo_end
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
                    key = name_key([tokens[i].text]) if j == i + 1 else "".join(folds[i:j])
                    entries = world.entries(key, on) if len(key) > 1 else []
                    if j > i + 1 and any(e.row.rank == 0 and e.kind == "person" for e in entries):
                        people.append((i, j))
                    entries = [e for e in entries if e.kind == "organisation"]
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
        for i, j in people:
            self._name_person(sentence, text, i, j)

    def _name_person(self, sentence: Sentence, text: str, first: int, last: int) -> None:
        """A full name that a user's file lists by hand is that person, unless the model sees a longer name there."""
        entity = self.label[first]
        if entity is not None and (entity.label == "PER" or entity.first < first or entity.last > last):
            return
        span = Span(sentence.tokens[first].start, sentence.tokens[last - 1].end)
        person = Entity(sentence.index, first, last, "PER", span, text[span.start : span.end])
        for i in range(first, last):
            self.label[i], self.geo[i], self.org[i] = person, None, None

    def _pairs(self) -> None:
        """Two nationalities side by side: a Bosnian Serb is of Bosnia, a Turkish Cypriot of Cyprus."""
        for i in range(len(self.geo) - 1):
            one, two = self.geo[i], self.geo[i + 1]
            if one is None or two is None or one.last != i + 1 or two.first != i + 1 or one.country == two.country:
                continue
            if one.form in _NATIONALITY and two.form in _NATIONALITY:
                if two.country == "CYP":
                    self.geo[i] = one._replace(country=two.country)
                else:
                    self.geo[i + 1] = two._replace(country=one.country)

    def _person(self, first: int, last: int) -> bool:
        """Whether the run is a proper part of a person's name."""
        entity = self.label[first]
        return entity is not None and entity.label == "PER" and (entity.first < first or entity.last > last)


def _doubtful(sentence: Sentence, i: int, entry: Entry) -> bool:
    """Whether a name of one word is rather a common word: "Liberation" in a longer name, "the Tigers"."""
    token = sentence.tokens[i]
    if not entry.own and token.xpos in ("NNS", "NNPS"):
        return True
    inside = token.dep in ("compound", "amod", "nmod:poss") and sentence.tokens[token.head].upos == "PROPN"
    return inside and entry.sector in ("JRN", "BUS")
