"""What is wanted of a dump: classes of offices and organisations with their sectors (``data/world/wikidata.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.mentions.countries import Countries
from dateline.mentions.world_rows import BODY_CODES
from dateline.model import SECTORS
from dateline.rules import yamlfile
from dateline.rules.yamlfile import Table
from dateline.wikidata.claims import as_number

FILE = Path(__file__).resolve().parent.parent / "data" / "world" / "wikidata.yaml"


@dataclass(frozen=True, slots=True)
class OfficeClass:
    """A class of offices: what they are called, their sector, and whether the holder heads a state or government."""

    number: int
    what: str
    sector: str
    office: str | None
    head: bool


@dataclass(frozen=True, slots=True)
class OrganisationClass:
    """A class of organisations: their sector, and the code that stands for a country where there is none."""

    number: int
    what: str
    sector: str | None
    country: str | None
    always: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Classes:
    """Everything that is wanted; the first class of a list that an item belongs to wins."""

    positions: tuple[OfficeClass, ...]
    organisations: tuple[OrganisationClass, ...]
    countries: dict[int, str]
    bodies: dict[int, str]
    open_years: int
    since: int


def load_classes(countries: Countries, path: Path = FILE) -> Classes:
    """Read the file. Raises DataError with file and line for what it gets wrong.

    >>> from dateline.mentions.countries import load_countries
    >>> load_classes(load_countries()).bodies[1065]
    'UNO'
    """
    table = yamlfile.load(path)
    keys = ("since", "open_years", "positions", "organisations", "countries", "bodies")
    table.check_keys(keys, keys)
    positions, organisations = [], []
    for item in table.tables("positions"):
        item.check_keys(("class", "what", "sector", "office", "head"), ("class", "what", "sector"))
        sector = item.one_of("sector", sorted(SECTORS)) or ""
        positions.append(OfficeClass(_number(item), item["what"], sector, item.text("office"), item.yes("head")))
    for item in table.tables("organisations"):
        item.check_keys(("class", "what", "sector", "country", "always", "alone"), ("class", "what"))
        sector_or_none = item.one_of("sector", sorted(SECTORS))
        country = item.one_of("country", sorted(BODY_CODES))
        organisations.append(
            OrganisationClass(
                _number(item), item["what"], sector_or_none, country, item.yes("always"), item.yes("alone")
            )
        )
    states = _codes(table["countries"], {country.iso3 for country in countries})
    return Classes(
        positions=tuple(positions),
        organisations=tuple(organisations),
        countries=states,
        bodies=_codes(table["bodies"], BODY_CODES),
        open_years=int(table.number("open_years", 1, 100) or 1),
        since=int(table.number("since", 1, 9999) or 1),
    )


def _number(item: Table) -> int:
    number = as_number(item.text("class"))
    if number is None:
        raise DataError(f"{item.where('class')}: class {item['class']!r}: allowed: a Wikidata number such as Q7278")
    return number


def _codes(table: Table, allowed: set[str] | frozenset[str]) -> dict[int, str]:
    out = {}
    for key in table:
        number = as_number(key)
        if number is None:
            raise DataError(f"{table.where(key)}: {key!r}: allowed: a Wikidata number such as Q1065")
        out[number] = table.one_of(key, sorted(allowed)) or ""
    return out
