"""Files of the user's own for ``--world``: persons, organisations and countries to add, shipped entries to remove.

A ``.yaml`` file is written by hand (docs/world.md explains every key); a ``.tsv`` file is a table in the format of the
shipped ones, such as ``dateline world build`` makes. Both are read strictly: every mistake is named with file and line,
what was found and what is allowed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import DataError, did_you_mean
from dateline.mentions.countries import LISTS, PAIRS, Countries, Removed
from dateline.mentions.world_names import name_key
from dateline.mentions.world_rows import BODY_CODES, Row
from dateline.model import SECTORS
from dateline.rules import yamlfile
from dateline.rules.yamlfile import Table, at

_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_CODE = re.compile(r"[A-Z]{3}")
_DATE = r"(?:\d{4}-\d{2}-\d{2}\??)?"
_SPELL_LINE = re.compile(rf"[A-Z]{{3}}/(?:{'|'.join(sorted(SECTORS))})?/[^/]*/{_DATE}/{_DATE}")
_SPELL = ("country", "sector", "office", "from", "to")
_COUNTRY = ("code", "name", "state", *LISTS, *PAIRS)
_KINDS = ("person", "organisation", "country", "demonym", "capital")


@dataclass
class WorldFile:
    """What one file says. ``rows`` are entries by hand with their names, ``lines`` those of a table with their numbers."""

    name: str
    rows: list[tuple[Row, tuple[str, ...]]] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)
    countries: list[dict[str, str]] = field(default_factory=list)  # rows of the country table
    removed: list[Removed] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)  # (file:line, country code) of everything it uses

    def check_countries(self, countries: Countries) -> None:
        """Raise DataError for a code that is no country's and no body's."""
        for where, code in self.codes:
            if code not in BODY_CODES and countries.get(code) is None:
                known = [*(c.iso3 for c in countries), *sorted(BODY_CODES)]
                named = countries.country_of(code)
                hint = f" (did you mean {named!r}?)" if named else did_you_mean(code, known)
                raise DataError(
                    f"{where}: country {code!r}{hint}; allowed: ISO 3166-1 alpha-3 codes, {', '.join(sorted(BODY_CODES))}, and "
                    "the codes under 'countries' in your files"
                )


def read_world_file(path: Path) -> WorldFile:
    """Read a user's file by its suffix. Raises DataError with file and line for whatever it gets wrong."""
    if path.suffix in (".yaml", ".yml"):
        return _read_yaml(path)
    if path.suffix == ".tsv":
        return _read_table(path)
    raise DataError(
        f"{path}: a world file is .yaml (written by hand) or .tsv (made by `dateline world build`), found {path.suffix!r}"
    )


# --- written by hand ---------------------------------------------------------------------------------------------


def _read_yaml(path: Path) -> WorldFile:
    table = yamlfile.load(path)
    table.check_keys(("persons", "organisations", "countries", "remove"))
    file = WorldFile(str(path))
    for item in table.tables("persons"):
        item.check_keys(("name", "aliases", "terms", *_SPELL), ("name",))
        _entry(file, item, "p")
    for item in table.tables("organisations"):
        item.check_keys(("name", "aliases", "acronym", "terms", *_SPELL), ("name",))
        _entry(file, item, "o")
    for item in table.tables("countries"):
        file.countries.append(_country(file, item))
    file.removed = [_removed(item, table) for item in _items(table, "remove")]
    return file


def _entry(file: WorldFile, item: Table, kind: str) -> None:
    names = (_required(item, "name"), *item.texts("aliases"), *item.texts("acronym"))
    for name in names:
        if not name_key(name.split()) or "\t" in name:
            raise DataError(f"{at(name)}: {name!r} is no name: it needs letters or digits")
    terms = item.tables("terms")
    if terms and (both := [key for key in _SPELL if key in item]):
        raise DataError(f"{item.where(both[0])}: {both[0]!r} stands beside 'terms'; write it in each term")
    for term in terms:
        term.check_keys(_SPELL)
    spells = ";".join(_spell(file, term) for term in terms or [item])
    file.rows.append((Row(kind, str(names[0]), spells, True, file.name, item.line, True), tuple(map(str, names))))


def _spell(file: WorldFile, term: Table) -> str:
    country = _required(term, "country")
    file.codes.append((term.where("country"), country))
    sector = term.one_of("sector", sorted(SECTORS)) or ""
    office = term.text("office") or ""
    if bad := next((c for c in "/;|\t" if c in office), None):
        raise DataError(f"{term.where('office')}: office {office!r} may not hold {bad!r}")
    start, end = _day(term, "from"), _day(term, "to")
    if start and end and end < start:
        raise DataError(f"{term.where('to')}: the term ends ({end}) before it begins ({start})")
    return "/".join((country, sector, office, start, end))


def _day(term: Table, key: str) -> str:
    """A day of a term; a month or year is taken from its first day (from), or to its last (to)."""
    text = term.text(key)
    if text is None:
        return ""
    found = _DAY.fullmatch(text)
    if found is None:
        raise DataError(f"{term.where(key)}: {key} {text!r} is no date; allowed: 2021, 2021-03 or 2021-03-15")
    year, month, day = (int(part or 0) for part in found.groups())
    month = month or (1 if key == "from" else 12)
    try:
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, day or (1 if key == "from" else last)).isoformat()
    except ValueError:
        raise DataError(f"{term.where(key)}: {key} {text!r}: there is no such day") from None


def _country(file: WorldFile, item: Table) -> dict[str, str]:
    item.check_keys(_COUNTRY, ("code",))
    code = _required(item, "code")
    if not _CODE.fullmatch(code):
        raise DataError(f"{item.where('code')}: code {code!r}: allowed: three capital letters")
    row = {"iso3": code, "where": f"{file.name}:{item.line}"}
    if (state := item.text("state")) is not None:
        file.codes.append((item.where("state"), state))
        row["state"] = state
    if (name := item.text("name")) is not None:
        row["name"] = name
    for key in LISTS + PAIRS:
        words = item.texts(key)
        for word in words:
            if "|" in word or "\t" in word or not word.strip():
                raise DataError(f"{at(word)}: {key}: {word!r} is no name")
            if key in PAIRS and not re.fullmatch(r"[^/]+/[^/]+", word):
                raise DataError(f"{at(word)}: {key}: {word!r}: write one and many, as Iraqi/Iraqis")
        row[key] = "|".join(words)
    if name is not None and name not in item.texts("names"):
        row["names"] = f"{name}|{row['names']}" if row["names"] else name
    return row


def _removed(item: object, table: Table) -> Removed:
    if isinstance(item, str):
        return Removed(at(item), item)
    if not isinstance(item, Table):
        raise DataError(f"{table.where('remove')}: each item is a name, or a mapping with name, kind and country")
    item.check_keys(("name", "kind", "country"), ("name",))
    return Removed(
        f"{item.file}:{item.line}", _required(item, "name"), item.one_of("kind", _KINDS), item.text("country")
    )


def _items(table: Table, key: str) -> Iterable[object]:
    value = table.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise DataError(f"{table.where(key)}: {key!r} must be a list")
    return value


def _required(item: Table, key: str) -> str:
    text = item.text(key)
    if text is None or not text.strip():
        raise DataError(
            f"{item.where(key)}: missing key {key!r}" if key not in item else f"{item.where(key)}: {key} is blank"
        )
    return text


# --- a table -----------------------------------------------------------------------------------------------------


def _read_table(path: Path) -> WorldFile:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: is not UTF-8: byte {error.start}") from error
    file = WorldFile(str(path))
    codes: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line[0] == "#":
            continue
        parts = line.split("\t")
        if len(parts) not in (3, 5, 6):
            raise DataError(f"{path}:{number}: expected 3 columns (by hand) or 5 (built), found {len(parts)}")
        kinds = "pqol" if len(parts) == 3 else "po"
        if len(parts[0]) != 1 or parts[0] not in kinds:
            raise DataError(f"{path}:{number}: kind {parts[0]!r}; allowed: {', '.join(kinds)}")
        for spell in parts[2 if len(parts) == 3 else 4].split(";"):
            if _SPELL_LINE.fullmatch(spell) is None:
                _check_spell(spell, f"{path}:{number}")
            if spell[:3] not in codes:
                codes.add(spell[:3])
                file.codes.append((f"{path}:{number}", spell[:3]))
        file.lines.append((number, line))
    return file


def _check_spell(spell: str, where: str) -> None:
    """Say what is wrong with a spell."""
    fields = spell.split("/")
    if len(fields) != 5:
        raise DataError(f"{where}: a spell is country/sector/office/start/end, found {len(fields)} parts: {spell!r}")
    country, sector, _, start, end = fields
    if not _CODE.fullmatch(country):
        raise DataError(f"{where}: country {country!r}: allowed: three capital letters")
    if sector and sector not in SECTORS:
        raise DataError(
            f"{where}: sector {sector!r}{did_you_mean(sector, SECTORS)}; allowed: {', '.join(sorted(SECTORS))}"
        )
    for day, allowed in ((start, "2021-03-15"), (end, "2021-03-15, or 2021-03-15? where only the source ends")):
        if not re.fullmatch(_DATE, day):
            raise DataError(f"{where}: {day!r} is no date; allowed: {allowed}")
