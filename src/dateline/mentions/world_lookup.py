"""Everything Dateline knows of a name on a day: persons, organisations, countries, demonyms, capitals, places."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from dateline.mentions.countries import Countries
from dateline.mentions.gazetteer import Gazetteer
from dateline.mentions.world import World
from dateline.mentions.world_names import name_key
from dateline.mentions.world_rows import Entry, Spell

_NEAR = 5  # spellings that are suggested
_GEO = {"adjective": "demonym", "person": "demonym", "people": "demonym", "former": "country", "ambiguous": "country"}


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that a name may stand for.

    ``kind``: person, organisation, country, part, demonym, capital, or the kind of a place of the gazetteer (city,
    province, sea …). ``by``: how the name led to it: name, other name, surname, adjective, one (Dane), many (Danes), ambiguous.
    """

    kind: str
    by: str
    id: str
    name: str
    country: str | None
    sector: str | None
    office: str | None
    status: str | None  # current, former, undated, unknown, future; None for a place
    where: str  # the table and the line it comes from; a gazetteer has no lines
    terms: tuple[Spell, ...] = ()  # everything the table says of a person or organisation, by date
    read: int | None = None  # which of the terms says what it is on the day
    province: str | None = None
    lat: float | None = None
    lon: float | None = None
    fame: int = 0  # inhabitants, raised for a place with a name in many languages
    note: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values; terms are mappings, blanks are None."""
        row = asdict(self)
        row["terms"] = [{key: value or None for key, value in term._asdict().items()} for term in self.terms]
        return row


def look_up(name: str, world: World, gazetteer: Gazetteer | None, on: dt.date | None = None) -> tuple[Known, ...]:
    """What a name may stand for on a day, in the order in which Dateline asks: names, surnames, countries, places.

    >>> from dateline.mentions.world import load_world
    >>> [(k.kind, k.country, k.status) for k in look_up("Zaire", load_world(), None)]
    [('country', 'COD', 'former')]
    """
    words = name.split()
    entries = world.lookup(words, on=on)
    found = [_entry(entry, "name") for entry in entries]
    if len(words) == 1:
        full = {id(entry.row) for entry in entries}
        surnames = world.lookup(words, on=on, surname=True)
        found += [_entry(entry, "surname") for entry in surnames if id(entry.row) not in full]
    found += _countries(name, world.countries)
    if gazetteer is not None:
        found += _places(name, gazetteer)
    return tuple(found)


def _entry(entry: Entry, by: str) -> Known:
    terms = entry.row.spells()
    return Known(
        kind=entry.kind,
        by=by,
        id=entry.id,
        name=entry.name,
        country=entry.country,
        sector=entry.sector,
        office=entry.office,
        status=entry.status,
        where=entry.where,
        terms=terms,
        read=entry.read,
    )


def _countries(name: str, countries: Countries) -> Iterator[Known]:
    meanings = countries.meanings(name)
    several = len({code for code, _ in meanings}) > 1
    for code, form in meanings:
        country = countries[code]
        also = countries.homonym(name)
        notes = ["one of several: the story decides" if several else None, also and f"also: {also}"]
        yield Known(
            kind=_GEO.get(form, form),
            by={"person": "one", "people": "many"}.get(form, form if form in ("adjective", "ambiguous") else "name"),
            id=f"country/{code}",
            name=country.name,
            country=code,
            sector=None,
            office=None,
            status="former" if form == "former" else None,
            where=countries.where(code, name),
            lat=country.lat,
            lon=country.lon,
            note="; ".join(n for n in notes if n) or None,
        )


def _places(name: str, gazetteer: Gazetteer) -> Iterator[Known]:
    places = sorted(gazetteer.find(name), key=lambda f: (not f.main, -f.entry.fame))
    for found in places:
        place = found.entry
        yield Known(
            kind=place.kind,
            by="name" if found.main else "other name",
            id=f"geonames/{place.geonameid}" if place.geonameid else f"place/{place.number}",
            name=place.name,
            country=place.country,
            sector=None,
            office=None,
            status=None,
            where="places.bin",
            province=gazetteer.entry(place.province).name if place.province is not None else None,
            lat=place.lat,
            lon=place.lon,
            fame=place.fame,
            note="also an ordinary word" if found.common else None,
        )


def near(name: str, world: World) -> tuple[str, ...]:
    """Names of the tables that are spelled almost alike, the nearest first; places of the gazetteer are not among them.

    >>> from dateline.mentions.world import load_world
    >>> near("Zimbabwee", load_world())[0], near("Xqzv", load_world())
    ('Zimbabwe', ())
    """
    key = name_key(name.split()).lower()
    if not key:
        return ()
    names = {k.lower(): k for k in world.name_keys() if abs(len(k) - len(key)) <= 2}
    printed = {name_key(word.split()).lower(): word for word in _printed(world.countries)}
    close = _close(key, [*names, *printed])
    out = []
    for found in close:
        rows = world.rows(names[found]) if found in names else []
        out.append(printed[found] if found in printed else rows[0].name if rows else None)
    return tuple(dict.fromkeys(n for n in out if n))


def _close(key: str, keys: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(key, keys, n=_NEAR, cutoff=0.82)


def _printed(countries: Countries) -> Iterator[str]:
    for country in countries:
        yield from (*country.names, *country.former, *country.parts, *country.capitals, *country.adjectives)
