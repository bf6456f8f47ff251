"""Countries: their names past and present, demonyms, capitals, codes; and which names are ambiguous.

The table is ``data/world/countries.tsv`` (how it is built: ``training/build_countries.py``); what is ambiguous stands
in ``data/world/countries.yaml``. Codes are ISO 3166-1 alpha-3, and PLOVER's KOS, PSE, TWN, EUR (European Union) and
UNO (United Nations).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from dateline.errors import DataError
from dateline.mentions.places_keys import place_key
from dateline.rules import yamlfile

WORLD = Path(__file__).resolve().parent.parent / "data" / "world"
_T = TypeVar("_T")
_REMEMBERED = 50_000  # names whose keys are kept
LISTS = ("names", "former", "parts", "capitals", "adjectives", "part_adjectives", "former_adjectives")
PAIRS = ("people", "part_people", "former_people")


@dataclass(frozen=True, slots=True)
class Country:
    """One country or dependency. ``state`` is the code of the state that controls it (its own for a state)."""

    iso3: str
    iso2: str
    cow: int | None  # Correlates of War code
    geonameid: int | None
    continent: str
    lat: float | None
    lon: float | None
    state: str
    name: str
    names: tuple[str, ...]
    former: tuple[str, ...]  # names of the past and predecessors of the state
    parts: tuple[str, ...]  # parts that stand for the state in the news: Scotland, Gaza
    capitals: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[tuple[str, str], ...]  # (one, many): ("Iraqi", "Iraqis")
    where: str  # the table and the line it comes from


@dataclass(frozen=True, slots=True)
class Removed:
    """A shipped entry that a user's file takes out. Without ``kind`` a person or organisation, by whatever country."""

    where: str  # file:line that says so
    name: str
    kind: str | None = None  # person | organisation | country | demonym | capital
    country: str | None = None

    @property
    def of_tables(self) -> bool:
        """Whether it is a person or an organisation, and no name of a country."""
        return self.kind in (None, "person", "organisation")

    def means(self, kind: str) -> bool:
        """Whether an entry of this kind may be meant."""
        return self.kind == kind or (self.kind is None and kind in ("person", "organisation"))

    def missing(self) -> str:
        """What to say when nothing shipped has the name."""
        kind = self.kind or "person or organisation"
        of = f" of {self.country}" if self.country else ""
        return f"{self.where}: remove: no shipped {kind}{of} has the name {self.name!r}; `dateline world lookup` shows what is there"


class Countries:
    """The table with its look-ups. Names are matched without regard to case and accents, abbreviations as printed.

    >>> countries = load_countries()
    >>> countries.country_of("Ivory Coast"), countries.country_of("Zaire"), countries.country_of("U.S.")
    ('CIV', 'COD', 'USA')
    >>> countries.demonym("Nigerien"), countries.demonym("Filipinos"), countries.demonym("Korean")
    ('NER', 'PHL', None)
    >>> countries.readings("Korean"), countries.capital("Kiev"), countries.state("GRL")
    (('KOR', 'PRK'), 'UKR', 'DNK')
    """

    def __init__(
        self, rows: Iterable[dict[str, str]], ambiguous: dict[str, tuple[str, ...]], homonyms: dict[str, str]
    ) -> None:
        """Index the rows; names in ``ambiguous`` get no single code."""
        self._by_code: dict[str, Country] = {}
        self._names: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._capitals: dict[str, str] = {}
        self._demonyms: dict[str, tuple[str, str]] = {}
        self._readings = {_key(name): codes for name, codes in ambiguous.items()}
        self._homonyms = {_key(name): note for name, note in homonyms.items()}
        self._by_iso2: dict[str, str] = {}
        self._keys: dict[str, tuple[str, str]] = {}
        self._added: dict[tuple[str, str], str] = {}
        late: list[tuple[dict[str, tuple[str, ...]], str]] = []
        for row in rows:
            lists = {column: _list(row[column]) for column in (*LISTS, *PAIRS)}
            country = _country(row, lists)
            earlier = self._by_code.get(country.iso3)  # a user's row for the same country comes first, and wins
            self._by_code[country.iso3] = country if earlier is None else _both(earlier, country)
            if country.iso2:
                self._by_iso2[country.iso2] = country.iso3
            self._add(lists, country.iso3, now=True)
            late.append((lists, country.iso3))
        for lists, code in late:  # names in use win over names of the past
            self._add(lists, code, now=False)

    def _add(self, lists: dict[str, tuple[str, ...]], code: str, *, now: bool) -> None:
        targets = (
            {"names": self._names, "parts": self._parts, "capitals": self._capitals} if now else {"former": self._names}
        )
        for column, index in targets.items():
            for name in lists[column]:
                if _key(name) not in self._readings:
                    index.setdefault(_key(name), code)
        for column in ("adjectives",) if now else ("part_adjectives", "former_adjectives"):
            for word in lists[column]:
                self._demonyms.setdefault(_key(word), (code, "adjective"))
        for column in ("people",) if now else ("part_people", "former_people"):
            for pair in lists[column]:
                one, _, many = pair.partition("/")
                if one != many:
                    self._demonyms.setdefault(_key(many), (code, "people"))
                self._demonyms.setdefault(_key(one), (code, "person"))

    def note(self, row: dict[str, str]) -> None:
        """Remember that a row of the user's own gives the names that it gives."""
        for column in (*LISTS, *PAIRS):
            for word in (form for text in _list(row[column]) for form in text.split("/")):
                self._added.setdefault((row["iso3"], _key(word)), row["where"])

    def __iter__(self) -> Iterator[Country]:
        """All countries by code."""
        return iter(self._by_code.values())

    def __getitem__(self, code: str) -> Country:
        """The country with this code (KeyError if there is none)."""
        return self._by_code[code]

    def get(self, code: str | None) -> Country | None:
        """The country with this code, or None."""
        return self._by_code.get(code) if code else None

    def from_iso2(self, code: str) -> str | None:
        """The alpha-3 code for an alpha-2 code, or None."""
        return self._by_iso2.get(code)

    def country_of(self, name: str, *, parts: bool = True) -> str | None:
        """The code of the country with this name, past or present; None if unknown or if it names several.

        With ``parts``, names of parts count too: Scotland is GBR, the Gaza Strip PSE.
        """
        if self._find(self._readings, name):
            return None
        found = self._find(self._names, name)
        return self._find(self._parts, name) if found is None and parts else found

    def part_of(self, name: str) -> str | None:
        """The code of the country that has a part with this name (Chechnya: RUS), or None."""
        return self._find(self._parts, name)

    def demonym(self, word: str) -> str | None:
        """The code for an adjective or noun of nationality in any number, or None (also if it has several)."""
        found = self.demonym_form(word)
        return found[0] if found else None

    def demonym_form(self, word: str) -> tuple[str, str] | None:
        """Code and form, ``adjective``, ``person`` (one) or ``people`` (many), of a demonym; None if it is none."""
        return None if self._find(self._readings, word) else self._find(self._demonyms, word)

    def capital(self, name: str) -> str | None:
        """The code of the country whose capital (or seat of government) has this name, or None."""
        return self._find(self._capitals, name)

    def readings(self, name: str) -> tuple[str, ...]:
        """The codes that an ambiguous name or demonym may have, likeliest first; empty if it is not ambiguous."""
        return self._find(self._readings, name) or ()

    def meanings(self, name: str) -> tuple[tuple[str, str], ...]:
        """Every code that a name may stand for, and as what: ``country``, ``former``, ``part``, ``capital``, ``adjective``,
        ``person``, ``people``, or ``ambiguous`` where only the list of ambiguous names has it.

        >>> load_countries().meanings("Zaire"), load_countries().meanings("Congolese")
        ((('COD', 'former'),), (('COD', 'adjective'), ('COG', 'adjective')))
        """
        codes = self.readings(name)
        if not codes and (only := self.country_of(name, parts=False)) is not None:
            codes = (only,)
        found = [(code, self._form(self._by_code[code], name)) for code in codes]
        if not found and (form := self.demonym_form(name)) is not None:
            found.append(form)
        if not self.readings(name):
            for kind, code in (("part", self.part_of(name)), ("capital", self.capital(name))):
                if code is not None:
                    found.append((code, kind))
        return tuple(dict.fromkeys(found))

    def _form(self, country: Country, name: str) -> str:
        def among(words: Iterable[str]) -> bool:
            return any(_key(word) in (_abbreviation(name), place_key(name)) for word in words)

        if among(country.adjectives):
            return "adjective"
        if among(many for _, many in country.people):
            return "people"
        if among(one for one, _ in country.people):
            return "person"
        if among(country.names):
            return "country"
        return "former" if among(country.former) else "ambiguous"  # "Korea": a name that stands in no country's row

    def where(self, code: str, name: str) -> str:
        """The table and line that gives a country this name: ``countries.tsv:12``, or a line of the user's own file."""
        for key in (_abbreviation(name), place_key(name)):
            if (code, key) in self._added:
                return self._added[code, key]
        return self._by_code[code].where

    def added(self, code: str, name: str) -> bool:
        """Whether a row of the user's own gives a country this name."""
        return (code, _key(name)) in self._added

    def homonym(self, name: str) -> str | None:
        """What else a country's name often is in the news (Jordan: a surname), or None."""
        return self._find(self._homonyms, name)

    def state(self, code: str) -> str:
        """The code of the state that acts for this country: its own, or the one that controls the dependency."""
        country = self._by_code.get(code)
        return country.state if country else code

    def _find(self, index: dict[str, _T], name: str) -> _T | None:
        """Look a name up: as an abbreviation if it is in capitals, else (or if there is none: "IRAN") as a name."""
        keys = self._keys.get(name)
        if keys is None:
            keys = (_abbreviation(name), place_key(name))
            if len(self._keys) < _REMEMBERED:
                self._keys[name] = keys
        short, key = keys
        found = index.get(short) if short else None
        return index.get(key) if found is None else found


def load_countries(
    world: Path = WORLD, more: Iterable[dict[str, str]] = (), without: Iterable[Removed] = ()
) -> Countries:
    """Read the table, and rows of your own, which win over it; their columns may be fewer, ``iso3`` must be there.

    A row for a country of the table adds to it; names in ``without`` are taken out of the table first. Raises DataError
    when a file is missing or malformed, a new country has no name, or a name to be taken out is not there.

    >>> load_countries(more=[{"iso3": "RUR", "name": "Ruritania", "names": "Ruritania"}]).country_of("Ruritania")
    'RUR'
    """
    path = world / "countries.tsv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    columns = {"iso3", "iso2", "cow", "geonameid", "continent", "lat", "lon", "state", "name", *LISTS, *PAIRS}
    if not rows or not columns <= set(rows[0]):
        raise DataError(f"{path}:1: columns missing: {', '.join(sorted(columns - set(rows[0] if rows else ())))}")
    for number, row in enumerate(rows, 2):
        row["where"] = f"{path.name}:{number}"
    notes = yamlfile.load(world / "countries.yaml")
    ambiguous = {name: tuple(notes["ambiguous"].texts(name)) for name in notes["ambiguous"]}
    for item in without:
        if not item.of_tables:
            _take_out(item, rows, ambiguous)
    more = [{**dict.fromkeys(rows[0], ""), **row} for row in more]
    known = {row["iso3"] for row in rows} | {row["iso3"] for row in more if row["name"]}
    for row in more:
        if row["iso3"] not in known:
            raise DataError(f"{row['where']}: {row['iso3']} is a new country: it needs a name")
        said = {_key(word) for column in (*LISTS, *PAIRS) for text in _list(row[column]) for word in text.split("/")}
        ambiguous = {name: codes for name, codes in ambiguous.items() if _key(name) not in said}
    countries = Countries([*more, *rows], ambiguous, dict(notes["homonyms"]))
    for row in more:
        countries.note(row)
    return countries


_COLUMNS_OF = {
    "country": ("names", "former", "parts"),
    "demonym": ("adjectives", "part_adjectives", "former_adjectives", *PAIRS),
    "capital": ("capitals",),
}


def _take_out(item: Removed, rows: Iterable[dict[str, str]], ambiguous: dict[str, tuple[str, ...]]) -> None:
    """Take a name out of the rows of the table, and out of the names that are ambiguous."""
    key, found = _key(item.name), False
    for row in rows:
        if item.country not in (None, row["iso3"]):
            continue
        for column in _COLUMNS_OF[item.kind or "country"]:
            words = _list(row[column])
            kept = [word for word in words if all(_key(form) != key for form in word.split("/"))]
            found = found or len(kept) < len(words)
            row[column] = "|".join(kept)
    for name in [name for name in ambiguous if _key(name) == key and item.kind != "capital"]:
        left = tuple(code for code in ambiguous[name] if item.country not in (None, code))
        found = found or len(left) < len(ambiguous[name])
        if len(left) > 1:
            ambiguous[name] = left
        else:
            del ambiguous[name]
    if not found:
        raise DataError(item.missing())


def _both(mine: Country, table: Country) -> Country:
    """A country of the table with what a row of the user's adds to it."""
    return replace(
        table,
        name=mine.name or table.name,
        state=mine.state if mine.state != mine.iso3 else table.state,
        names=tuple(dict.fromkeys((*mine.names, *table.names))),
        former=tuple(dict.fromkeys((*mine.former, *table.former))),
        parts=tuple(dict.fromkeys((*mine.parts, *table.parts))),
        capitals=tuple(dict.fromkeys((*mine.capitals, *table.capitals))),
        adjectives=tuple(dict.fromkeys((*mine.adjectives, *table.adjectives))),
        people=tuple(dict.fromkeys((*mine.people, *table.people))),
    )


def _country(row: dict[str, str], lists: dict[str, tuple[str, ...]]) -> Country:
    people = []
    for pair in lists["people"]:
        one, _, many = pair.partition("/")
        people.append((one, many or one))
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"],
        cow=int(row["cow"]) if row["cow"] else None,
        geonameid=int(row["geonameid"]) if row["geonameid"] else None,
        continent=row["continent"],
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        state=row["state"] or row["iso3"],
        name=row["name"],
        names=lists["names"],
        former=lists["former"],
        parts=lists["parts"],
        capitals=lists["capitals"],
        adjectives=lists["adjectives"],
        people=tuple(people),
        where=row["where"],
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _key(name: str) -> str:
    """The key of a printed name of the table: an abbreviation keeps its capitals ("us" is not the United States)."""
    return _abbreviation(name) or place_key(name)


def _abbreviation(name: str) -> str:
    letters = name.replace(".", "").replace(" ", "")
    return f"={letters}" if len(letters) <= 5 and letters.isupper() and letters.isascii() else ""
