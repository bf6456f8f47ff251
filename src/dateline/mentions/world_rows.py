"""A row of the world tables, and what it says on a day.

A row is one entity: kind, names, and spells. A spell is ``country/sector/office/start/end``; several are joined by ``;``.
A ``?`` after an end date says that the source stops there, not the office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.mentions.world_names import fold_token, name_key

FAMILY_FIRST = frozenset(("PRK", "KOR", "CHN", "TWN", "VNM", "KHM", "HKG"))
OFFICIAL = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
BODY_CODES = frozenset(("UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM"))
"""Codes that stand where a country's would: international bodies, companies, armed groups, movements."""


class Spell(NamedTuple):
    """One stretch of time of an entity; what is not known is an empty text."""

    country: str
    sector: str
    office: str
    start: str  # YYYY-MM-DD
    end: str  # YYYY-MM-DD, with a ? where only the source ends


@dataclass(slots=True, eq=False)
class Row:
    """One entity of the tables. ``own``: written by hand; ``user``: from a file of the user's."""

    kind: str  # p person, o organisation
    name: str
    text: str  # its spells
    own: bool
    table: str
    line: int
    user: bool = False
    key: str = ""  # an id of its own, such as a Wikidata number

    @property
    def rank(self) -> int:
        """Which of several entries comes first: the user's by hand, ours by hand, the user's table, our table."""
        return (not self.own) * 2 + (not self.user)

    def drop(self) -> None:
        """Let the row be found no longer."""
        self.text = ""

    def countries(self) -> set[str]:
        """The countries of its spells."""
        return {spell.split("/", 1)[0] for spell in self.text.split(";")}

    def spells(self) -> tuple[Spell, ...]:
        """Its spells, in the order of the table."""
        parts = (text.split("/") for text in self.text.split(";"))
        return tuple(Spell(*spell) for spell in parts if len(spell) == 5)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the tables say of a name on a day.

    ``status``: ``current`` (holds it that day), ``former``, ``future``, ``undated`` (the table has no dates, or no
    day was given), ``unknown`` (the table ends before that day).
    """

    country: str
    sector: str | None
    office: str | None
    status: str
    row: Row = field(repr=False)
    read: int = field(repr=False)  # which of the row's spells says so

    @property
    def id(self) -> str:
        """``person/kofi-annan``, or the table's own id: ``Q1254``."""
        return self.row.key or f"{self.kind}/" + "".join(c if c.isalnum() else "-" for c in self.row.name.lower())

    @property
    def kind(self) -> str:
        """``person`` or ``organisation``."""
        return "person" if self.row.kind == "p" else "organisation"

    @property
    def name(self) -> str:
        """The best of its names."""
        return self.row.name

    @property
    def own(self) -> bool:
        """Whether it was written by hand."""
        return self.row.own

    @property
    def where(self) -> str:
        """The table and the line it comes from: ``leaders.tsv:12``."""
        return f"{self.row.table}:{self.row.line}"

    def rule(self, what: str) -> str:
        """The id of the rule behind what is taken from it: ``world/current``, or ``world/mine.yaml:7`` of a user's file."""
        return f"world/{self.where if self.row.user else what}"

    @property
    def order(self) -> tuple[bool | int, ...]:
        """What sorts entries, best first."""
        status = _STATUS[self.status]
        return (0 if self.row.user and self.row.own and status == 1 else status, self.row.rank)


_STATUS = {"current": 0, "undated": 1, "former": 2, "unknown": 3, "future": 4}


def read_row(row: Row, on: dt.date | None) -> Entry | None:
    """The entry of a row on a day: the spell that holds then, or the nearest one before (or after) it."""
    if not row.text:
        return None
    day = on.isoformat() if on is not None else ""
    best: tuple[int, str, str, list[str], int] | None = None
    for at, text in enumerate(row.text.split(";")):
        spell = text.split("/")
        if len(spell) != 5:
            return None
        start, end = spell[3], spell[4]
        if not day or (not start and not end):
            rank, status = 1, "undated"
        elif start > day:
            rank, status = 4, "future"
        elif not end or end.rstrip("?") >= day:
            rank, status = 0, "current"
        elif end.endswith("?"):
            rank, status = 2, "unknown"
        else:
            rank, status = 3, "former"
        if best is None or rank < best[0] or (rank == best[0] and start >= best[1] and rank != 4):
            best = (rank, start, status, spell, at)
    assert best is not None
    status, spell = best[2], best[3]
    sector: str | None = spell[1] or None
    if row.kind == "p" and sector in OFFICIAL and status == "former":
        sector = "ELI"
    elif row.kind == "p" and status == "future":
        sector = None
    office = (spell[2] or None) if status in ("current", "undated") else None
    return Entry(spell[0], sector, office, status, row, best[4])


def surname_key(name: str, country: str) -> str:
    """The key of a person's surname, as the news prints it alone: the first word in countries that put it first.

    >>> surname_key("Moon Jae-in", "KOR"), surname_key("Jane Doe", "NOR")
    ('mun', 'doe')
    """
    words = name.split()
    asian = country in FAMILY_FIRST and len(words) + words[-1].count("-") >= 3 - ("-" not in name)
    return fold_token(words[0] if asian and len(words) >= 2 else words[-1])


def keys_of(names: Iterable[str]) -> tuple[str, ...]:
    """The keys of some names, each once.

    >>> keys_of(["World Health Organization", "WHO", "World Health Organization"])
    ('worldhealthorganization', '=WHO')
    """
    return tuple(dict.fromkeys(key for name in names if (key := name_key(name.split()))))
