"""The country of a dateline: cities, states and countries as datelines print them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from dateline.errors import DataError
from dateline.rules import yamlfile

_MARKS = re.compile(r"[^\w\s&/]")


def fold(name: str) -> str:
    """A name without case, accents, stops and doubled blanks, for look-up.

    >>> fold("SÃO  Paulo"), fold("W.Va.")
    ('sao paulo', 'wva')
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    name = name.replace("-", " ")
    return " ".join(_MARKS.sub("", name).casefold().split())


class Gazette:
    """Names of cities, states and countries, each with its ISO 3166-1 alpha-3 country."""

    def __init__(self, path: Path) -> None:
        """Read the tables; DataError where the file is wrong."""
        table = yamlfile.load(path)
        table.check_keys(
            ["names", "nowhere", "countries", "states", "cities"], ["names", "countries", "states", "cities"]
        )
        self.cities = _read(table, "cities") | _read(table, "names")
        self.countries = _read(table, "countries")
        self.states = _read(table, "states")
        self.nowhere = frozenset(fold(n) for n in table.texts("nowhere"))

    def knows(self, place: str) -> bool:
        """Whether a printed place is in the tables: its first name, or what follows the comma."""
        first, _, rest = place.partition("/")[0].partition(",")
        last = fold(rest.rpartition(",")[2])
        name = fold(first)
        return (
            name in self.cities
            or name in self.countries
            or name in self.nowhere
            or last in self.countries
            or last in self.states
        )

    def country(self, place: str) -> str | None:
        """The country of a printed place; of the first of several that is known.

        >>> from dateline.wire import load_layouts
        >>> load_layouts().gazette.country("CHARLESTON, W.Va.")
        'USA'
        """
        for part in re.split(r"\s*/\s*|\s+and\s+", place):
            city, *after = [p.strip() for p in part.split(",")]
            found = self._country(fold(city), [fold(p) for p in after if p])
            if found is not None:
                return found
        return None

    def _country(self, city: str, after: list[str]) -> str | None:
        of_city = self.cities.get(city)
        for name in reversed(after):
            country, state = self.countries.get(name), self.states.get(name)
            if country and (name == "georgia" or state) and of_city in ("USA", country, state):
                return of_city
            if country or state:
                return country or (of_city if name == "punjab" and of_city else state)
        if of_city is None and city not in self.nowhere:
            return self.countries.get(city)
        return None if city in self.nowhere else of_city


def _read(table: yamlfile.Table, key: str) -> dict[str, str]:
    rows = table[key]
    if not isinstance(rows, yamlfile.Table):
        raise DataError(f"{table.file}:{table.lines[key]}: {key!r} must map countries to names")
    out: dict[str, str] = {}
    for country in rows:
        if len(country) != 3 or not country.isupper():
            raise DataError(f"{rows.file}:{rows.lines[country]}: {country!r} is no ISO 3166-1 alpha-3 code")
        for name in (rows.text(country) or "").split(";"):
            if "," not in name and name.strip():
                out.setdefault(fold(name), country)
    return out
