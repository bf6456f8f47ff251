"""The second pass over a dump, which writes the table: a line for each office holder and each organisation.

The file has its name only when it is whole: it is written beside it as ``NAME.partial`` and renamed at the end.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dateline.errors import OutputError, SettingError
from dateline.mentions.countries import Countries, load_countries
from dateline.mentions.roles import load_roles
from dateline.mentions.world_names import fold_token, name_key
from dateline.mentions.world_rows import BODY_CODES, Spell, surname_key
from dateline.model import Problem
from dateline.wikidata import claims
from dateline.wikidata.claims import Json
from dateline.wikidata.classes import load_classes
from dateline.wikidata.dump import Dump, Report
from dateline.wikidata.index import HUMAN, Index, Office, read_index

_KINDS = re.compile(rb'"P31"\s*:\s*\[\s*\{\s*"mainsnak"')
_NEXT = re.compile(rb'"P\d+"\s*:\s*\[\s*\{\s*"mainsnak"')
_ITEM = re.compile(rb'"numeric-id"\s*:\s*(\d+)|"id"\s*:\s*"Q(\d+)"')
_UNFIT = re.compile(r"[\t\n|;/]")
LONGEST = 80  # characters of a name
MOST = 30  # names of one entity
GAP = 60  # days between two terms of one office that are told as one


@dataclass(frozen=True, slots=True)
class Built:
    """What was made of a dump."""

    lines: int
    broken: int
    persons: int
    organisations: int


def build_table(
    path: Path,
    out: Path,
    problem: Callable[[Problem], None],
    report: Report = lambda number, lines, share: None,
) -> Built:
    """Read a dump (plain, .gz or .bz2) twice and write the table ``out``, a ``.tsv`` for ``--world``.

    A line that is no entity goes to ``problem`` and the run goes on. Raises SettingError for an output that is no .tsv,
    InputError for a dump that cannot be read to its end, and OutputError; then nothing is written.
    """
    if out.suffix != ".tsv":
        raise SettingError(
            f"--out {out}: a built table is a .tsv: fifty thousand entries load in a fifth of a second, as YAML in ten"
        )
    countries = load_countries()
    dump = Dump(path, problem, report)
    index = read_index(dump, load_classes(countries), countries)
    writer = _Writer(index, countries)
    partial = out.with_name(out.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            writer.write(dump, file)
        os.replace(partial, out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OutputError(f"{out}: cannot be written: {error.strerror}") from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return Built(dump.lines, len(dump.broken), writer.persons, writer.organisations)


class _Writer:
    """Turns entities into lines of the table."""

    def __init__(self, index: Index, countries: Countries) -> None:
        self.index = index
        self.wanted = index.classes
        self.countries = countries
        self.nouns = load_roles().phrases
        self.persons = self.organisations = 0

    def write(self, dump: Dump, file: IO[str]) -> None:
        """Write the lines of all entities of the dump."""
        file.write(f"# Wikidata (CC0) from {dump.path.name}; built by `dateline world build`\n")
        file.write("# kind\tname\tkeys of all names\tkeys of surnames\tspells (country/sector/office/start/end)\tid\n")
        for at, text in dump.read(2):
            kinds = kinds_of(text)
            human = kinds is None or HUMAN in kinds
            if kinds is not None and self.index.redirects:
                kinds = {self.index.item(kind) for kind in kinds}
            if (human and b'"P39"' in text) or kinds is None or not kinds.isdisjoint(self.index.organisation_of):
                entity = dump.entity(at, text)
                line = self.line(entity) if entity is not None else None
                if line is not None:
                    file.write(line)

    def line(self, entity: Json) -> str | None:
        """The line of an entity, or None when it is nothing that is wanted."""
        number = claims.number(entity)
        if number is None:
            return None
        if HUMAN in claims.items(entity, "P31", best=False):
            line = self._person(entity, number)
            self.persons += line is not None
        else:
            line = self._organisation(entity, number)
            self.organisations += line is not None
        return line

    # --- persons -------------------------------------------------------------------------------------------------

    def _person(self, entity: Json, number: int) -> str | None:
        found = list(self._terms(entity))
        spells = joined(spell for spell, _ in found)
        spells = [s for s in spells if not s.end or s.end[:4] >= f"{self.wanted.since:04}"]
        names = [name for name in fit(claims.names(entity)) if name.lower() not in self.nouns]
        if not spells or not names:
            return None
        head = any(leads for _, leads in found)
        keys = [name_key(name.split()) for name in names if " " in name]
        surnames = [surname_key(names[0], spells[0].country)] if head or " " not in names[0] else []
        if head:
            surnames += [fold_token(name) for name in names[1:] if " " not in name]
        return _line("p", names[0], keys, surnames, spells, number)

    def _terms(self, entity: Json) -> Iterator[tuple[Spell, bool]]:
        """The offices of a person with their days, and whether each heads a country."""
        death = claims.days(entity, "P570", last=True)
        for statement in claims.statements(entity, "P39"):
            held = claims.item_of(statement.get("mainsnak"))
            if held is None:
                continue
            held = self.index.item(held)
            at = self.index.position_of.get(held)
            if at is None:
                continue
            wanted, office = self.wanted.positions[at], self.index.offices.get(held)
            country, whole = self._home(office) or (self._citizenship(entity), False)
            begun, ended = claims.qualifiers(statement, "P580"), claims.qualifiers(statement, "P582")
            start = next((day for s in begun if (day := claims.day_of(s))), "")
            end = next((day for s in ended if (day := claims.day_of(s, last=True))), "")
            head = wanted.head and whole
            if not end and claims.unknown(ended, "somevalue"):
                if not start:
                    continue  # it ended, and neither day is known
                end = death or f"{start}?"
            elif not end and death:
                end = death
            elif not end and start and not head and not claims.unknown(ended, "novalue"):
                end = f"{int(start[:4]) + self.wanted.open_years}{start[4:]}?"
            if country is None or (start and end and end.rstrip("?") < start):
                continue
            name = wanted.office or self._office_name(office, country) or wanted.what
            yield Spell(country, "" if country in BODY_CODES else wanted.sector, name, start, end), head

    def _home(self, office: Office | None) -> tuple[str, bool] | None:
        """Whose office it is, and whether it is of the whole country."""
        if office is None:
            return None
        codes = self.index.codes(office.of)
        if len(codes) == 1:
            return codes[0], True
        codes = self.index.codes(office.countries)
        if codes:
            return (codes[0], not office.of) if len(codes) == 1 else None
        parties = [self.index.parties.get(self.index.item(q), ()) for q in office.of]  # the leader of a party
        codes = self.index.codes([country for countries in parties for country in countries])
        return (codes[0], False) if len(codes) == 1 else None

    def _citizenship(self, entity: Json) -> str | None:
        """The country of a person: of several, the one that the person's party is of."""
        codes = self.index.codes(claims.present_items(entity, "P27"))
        if len(codes) > 1:
            parties = [self.index.item(q) for q in claims.present_items(entity, "P102")]
            of = {code for q in parties for code in self.index.codes(self.index.parties.get(q, ()))}
            codes = tuple(code for code in codes if code in of)
        return codes[0] if len(codes) == 1 else None

    def _office_name(self, office: Office | None, country: str) -> str | None:
        """The name of an office without its country: "Minister of Finance of Kenya" is a minister of finance."""
        if office is None or office.name is None:
            return None
        known = self.countries.get(country)
        name = office.name
        for of in known.names if known is not None else ():
            name = re.sub(rf"(?i)\s+(?:of|for)\s+(?:the\s+)?{re.escape(of)}$", "", name)
        return " ".join(_UNFIT.sub(" ", name).split()).lower() or None

    # --- organisations -------------------------------------------------------------------------------------------

    def _organisation(self, entity: Json, number: int) -> str | None:
        kinds = [self.index.item(kind) for kind in claims.items(entity, "P31", best=False)]
        found = [at for kind in kinds if (at := self.index.organisation_of.get(kind)) is not None]
        if not found:
            return None
        wanted = self.wanted.organisations[min(found)]
        country = self.wanted.bodies.get(number) or (wanted.country if wanted.always else None)
        if country is None:
            codes = self.index.codes(claims.present_items(entity, "P17"))
            country = codes[0] if len(codes) == 1 else wanted.country
        start, end = claims.days(entity, "P571"), claims.days(entity, "P576", last=True)
        names = [name for name in fit(claims.names(entity)) if name.lower() not in self.nouns]
        gone = end and end[:4] < f"{self.wanted.since:04}"
        if country is None or not names or gone or (start and end and end < start):
            return None
        names = [names[0], *(name for name in names[1:] if " " in name or name.isupper())]
        sector = "" if country in BODY_CODES and country != "IMG" else wanted.sector or ""
        keys = [name_key(name.split()) for name in names]
        return _line("o", names[0], keys, (), [Spell(country, sector, "", start, end)], number)


def _line(
    kind: str, name: str, keys: Sequence[str], surnames: Sequence[str], spells: Iterable[Spell], number: int
) -> str | None:
    full = "|".join(key for key in dict.fromkeys(keys) if len(key) > (3 if key[:1] == "=" else 2))
    short = "|".join(key for key in dict.fromkeys(surnames) if len(key) > 1)
    if not full and not short:
        return None
    return "\t".join((kind, name, full, short, ";".join("/".join(spell) for spell in spells), f"Q{number}")) + "\n"


def fit(names: Iterable[str]) -> list[str]:
    """The names that a table can hold."""
    return [name for name in names if len(name) <= LONGEST and not _UNFIT.search(name)][:MOST]


def joined(spells: Iterable[Spell]) -> list[Spell]:
    """The spells by their days; terms of one office that follow one another are one.

    >>> joined([Spell("KEN", "LEG", "lawmaker", "2013-03-04", "2017-08-08"),
    ...         Spell("KEN", "LEG", "lawmaker", "2017-08-09", "")])
    [Spell(country='KEN', sector='LEG', office='lawmaker', start='2013-03-04', end='')]
    """
    out: list[Spell] = []
    for spell in sorted(set(spells), key=lambda s: (s.start, s.end or "9999", s)):
        at = next((i for i in reversed(range(len(out))) if out[i][:3] == spell[:3]), None)
        if at is not None and _follows(out[at], spell):
            ends = (out[at].end, spell.end)
            out[at] = out[at]._replace(end="" if "" in ends else max(ends, key=lambda end: end.rstrip("?")))
        else:
            out.append(spell)
    return out


def _follows(one: Spell, other: Spell) -> bool:
    if not one.start or not other.start:
        return one.start == other.start
    if not one.end:
        return True
    end = dt.date.fromisoformat(one.end.rstrip("?"))
    return dt.date.fromisoformat(other.start) <= end + dt.timedelta(days=GAP)


def kinds_of(text: bytes) -> set[int] | None:
    """What a line says its entity is (P31), without reading the whole line; None when that cannot be told.

    An item named in a qualifier or source of these statements may be among them: it is a filter, not an answer.

    >>> kinds_of(b'{"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"numeric-id":5,"id":"Q5"}}}}]}}')
    {5}
    """
    first = _KINDS.search(text)
    if first is None:
        return None if b'"P31"' in text else set()
    end = _NEXT.search(text, first.end())
    part = text[first.end() : end.start() if end else len(text)]
    return {int(a or b) for a, b in _ITEM.findall(part)}
