"""Countries: their names past and present, demonyms, capitals, codes; and which names are ambiguous.

The table is ``data/world/countries.tsv`` (how it is built: ``training/build_countries.py``); what is ambiguous stands
in ``data/world/countries.yaml``. Codes are ISO 3166-1 alpha-3, and PLOVER's KOS, PSE, TWN, EUR (European Union) and
UNO (United Nations).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dateline.errors import DataError
from dateline.mentions.places_keys import place_key
from dateline.rules import yamlfile

WORLD = Path(__file__).resolve().parent.parent / "data" / "world"
_T = TypeVar("_T")
_REMEMBERED = 50_000  # names whose keys are kept
_LISTS = ("names", "former", "parts", "capitals", "adjectives", "part_adjectives", "former_adjectives")
_PAIRS = ("people", "part_people", "former_people")


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
        late: list[tuple[dict[str, tuple[str, ...]], str]] = []
        for row in rows:
            lists = {column: _list(row[column]) for column in (*_LISTS, *_PAIRS)}
            country = _country(row, lists)
            self._by_code[country.iso3] = country
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


def load_countries(world: Path = WORLD, more: Iterable[dict[str, str]] = ()) -> Countries:
    """Read the table, and rows of your own after it (their columns may be fewer; ``iso3`` and ``name`` must be there).

    Raises DataError when a file is missing or malformed.

    >>> load_countries(more=[{"iso3": "RUR", "name": "Ruritania", "names": "Ruritania"}]).country_of("Ruritania")
    'RUR'
    """
    path = world / "countries.tsv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    columns = {"iso3", "iso2", "cow", "geonameid", "continent", "lat", "lon", "state", "name", *_LISTS, *_PAIRS}
    if not rows or not columns <= set(rows[0]):
        raise DataError(f"{path}:1: columns missing: {', '.join(sorted(columns - set(rows[0] if rows else ())))}")
    rows += [{**dict.fromkeys(rows[0], ""), **row} for row in more]
    notes = yamlfile.load(world / "countries.yaml")
    ambiguous = {name: tuple(notes["ambiguous"].texts(name)) for name in notes["ambiguous"]}
    return Countries(rows, ambiguous, dict(notes["homonyms"]))


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
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _key(name: str) -> str:
    """The key of a printed name of the table: an abbreviation keeps its capitals ("us" is not the United States)."""
    return _abbreviation(name) or place_key(name)


def _abbreviation(name: str) -> str:
    letters = name.replace(".", "").replace(" ", "")
    return f"={letters}" if len(letters) <= 5 and letters.isupper() and letters.isascii() else ""
