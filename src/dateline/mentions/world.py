"""The world outside the story: who held which office when, and which organisation is which.

Four tables in ``data/world`` are read: ``leaders.tsv`` and ``organisations.tsv`` (built by ``training/build_world.py``)
and the hand-written ``leaders-own.tsv`` and ``organisations-own.tsv``, which win where both know a name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from dateline.errors import DataError
from dateline.mentions.countries import Countries, load_countries
from dateline.mentions.world_names import fold_token, name_key

DATA = Path(__file__).resolve().parent.parent / "data" / "world"
FAMILY_FIRST = frozenset(("PRK", "KOR", "CHN", "TWN", "VNM", "KHM", "HKG"))
#: where people have two surnames, the father's first
TWO_SURNAMES = frozenset("ESP MEX GTM HND SLV NIC CRI PAN COL VEN ECU PER BOL CHL ARG URY PRY CUB DOM PRI GNQ".split())
OFFICIAL = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What the tables say of a name on a day.

    ``status``: ``current`` (holds it that day), ``former``, ``future``, ``undated`` (the table has no dates, or no
    day was given), ``unknown`` (the table ends before that day).
    """

    id: str
    kind: str  # person | organisation
    name: str
    country: str
    sector: str | None
    office: str | None
    status: str
    own: bool  # from the hand-written tables


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    name: str
    spells: str
    own: bool


class World:
    """Countries, office holders and organisations.

    >>> import datetime as dt
    >>> world = load_world()
    >>> entry = world.lookup("Kofi Annan", on=dt.date(2003, 5, 1))[0]
    >>> entry.country, entry.status
    ('UNO', 'current')
    >>> world.lookup("Sergey Shoygu", on=dt.date(2015, 5, 1))[0].office
    'defense minister'
    """

    def __init__(self, countries: Countries, lines: Iterable[tuple[str, str, bool]]) -> None:
        """Index the lines of the tables; ``lines`` yields (file:line, text, own)."""
        self.countries = countries
        self._names: dict[str, list[_Row]] = {}
        self._surnames: dict[str, list[_Row]] = {}
        self._folds: dict[str, str] = {}
        self._geo: dict[str, tuple[str, str] | None] = {}
        late: list[_Row] = []
        for where, line, own in lines:
            if line.startswith("#") or not line:
                continue
            parts = line.split("\t")
            if own:
                if len(parts) != 3:
                    raise DataError(f"{where}: expected 3 columns, found {len(parts)}")
                self._own(parts[0], parts[1].split("|"), parts[2])
            else:
                if len(parts) != 5:
                    raise DataError(f"{where}: expected 5 columns, found {len(parts)}")
                row = _Row(parts[0], parts[1], parts[4], False)
                for index, keys in ((self._names, parts[2]), (self._surnames, parts[3])):
                    if keys:
                        for key in keys.split("|"):
                            index.setdefault(key, []).append(row)
                if parts[0] == "p" and parts[4][:3] in TWO_SURNAMES and parts[1].count(" ") == 2:
                    late.append(row)

        for row in late:  # the news drops the second surname: "Gonzalo Mendez" of Gonzalo Mendez Gutierrez
            key = name_key(row.name.split()[:2])
            if key not in self._names:
                self._names[key] = [row]

    def _own(self, kind: str, names: list[str], spells: str) -> None:
        first = _Row("p" if kind in "pq" else "o", names[0], spells, True)
        for name in names:
            row = first if kind in "po" else _Row(first.kind, name, spells, True)
            words = name.split()
            self._names.setdefault(name_key(words), []).insert(0, row)
            if row.kind == "p" and len(words) == 1:
                self._surnames.setdefault(fold_token(words[0]), []).insert(0, row)
            elif row.kind == "p":
                asian = spells[:3] in FAMILY_FIRST and len(words) + words[-1].count("-") >= 3 - ("-" not in name)
                family = words[0] if asian and len(words) >= 2 else words[-1]
                self._surnames.setdefault(fold_token(family), []).insert(0, row)

    def lookup(self, name: str | Sequence[str], *, on: dt.date | None = None, surname: bool = False) -> list[Entry]:
        """What is known of a full name (or, with ``surname``, of a surname alone) on a day, best first.

        Spelling is matched tolerantly: accents, hyphens, "al-", initials, transliteration, and the order of a
        two- or three-part name do not matter.
        """
        tokens = name.split() if isinstance(name, str) else list(name)
        rows: list[_Row] = []
        if surname:
            rows = self._surnames.get(fold_token(tokens[-1]) if tokens else "", [])
        elif tokens:
            rows = self.rows(name_key(tokens))
            if not rows and 2 <= len(tokens) <= 4:
                rows = self.rows(name_key([*tokens[1:], tokens[0]])) or self.rows(name_key([tokens[-1], *tokens[:-1]]))
                if not rows and len(tokens) > 2:  # a middle name
                    rows = [r for r in self.rows(name_key([tokens[0], tokens[-1]])) if r.kind == "p"]
        entries = [entry for row in rows if (entry := read_row(row, on)) is not None]
        order = {"current": 0, "undated": 1, "former": 2, "unknown": 3, "future": 4}
        entries.sort(key=lambda e: (order[e.status], not e.own))
        if not surname and any(e.own and e.status in ("current", "undated", "former") for e in entries):
            entries.sort(key=lambda e: not e.own)  # what the own tables know of a full name is the better dated
        return entries

    def rows(self, key: str) -> list[_Row]:
        """The rows under a key made by ``name_key``."""
        return self._names.get(key, [])

    def entries(self, key: str, on: dt.date | None) -> list[Entry]:
        """What is known of the name with this key on a day; own tables first."""
        return [entry for row in self._names.get(key, ()) if (entry := read_row(row, on)) is not None]

    def fold(self, token: str) -> str:
        """The folded form of a word of a name, kept for the next time."""
        found = self._folds.get(token)
        if found is None:
            found = fold_token(token)
            if len(self._folds) < 100_000:
                self._folds[token] = found
        return found

    def geo(self, words: str) -> tuple[str, str] | None:
        """Country and form of a name or demonym: ``country``, ``part``, ``capital``, ``adjective``, ``person``, ``people``.

        >>> world = load_world()
        >>> world.geo("South Korean"), world.geo("Iraqis"), world.geo("Nairobi")
        (('KOR', 'adjective'), ('IRQ', 'people'), ('KEN', 'capital'))
        """
        if words in self._geo:
            return self._geo[words]
        table = self.countries
        found: tuple[str, str] | None = None
        code = table.country_of(words, parts=False)
        if code is not None:
            found = (code, "country")
        elif (form := table.demonym_form(words)) is not None:
            found = (form[0], form[1])
        elif (code := table.country_of(words)) is not None:
            found = (code, "part")
        elif (code := table.capital(words)) is not None:
            found = (code, "capital")
        if len(self._geo) < 50_000:
            self._geo[words] = found
        return found


def acting_state(world: World, code: str | None) -> str | None:
    """The code under which PLOVER counts an actor: a dependency's controlling state; Hong Kong keeps its own.

    >>> acting_state(load_world(), "GRL"), acting_state(load_world(), "HKG")
    ('DNK', 'HKG')
    """
    return code if code is None or code == "HKG" else world.countries.state(code)


def read_row(row: _Row, on: dt.date | None) -> Entry | None:
    """The entry of a row on a day: the spell that holds then, or the nearest one before (or after) it."""
    day = on.isoformat() if on is not None else ""
    best: tuple[int, str, str, list[str]] | None = None
    for text in row.spells.split(";"):
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
            best = (rank, start, status, spell)
    if best is None:
        return None
    status, spell = best[2], best[3]
    sector: str | None = spell[1] or None
    if row.kind == "p" and sector in OFFICIAL and status == "former":
        sector = "ELI"
    elif row.kind == "p" and status == "future":
        sector = None
    kind = "person" if row.kind == "p" else "organisation"
    slug = "".join(c if c.isalnum() else "-" for c in row.name.lower())
    office = (spell[2] or None) if status in ("current", "undated") else None
    return Entry(f"{kind}/{slug}", kind, row.name, spell[0], sector, office, status, row.own)


def load_world(
    folder: Path = DATA, countries: Iterable[dict[str, str]] = (), own: Iterable[tuple[str, str]] = ()
) -> World:
    """Read the tables, and what you add to them.

    ``countries`` are rows of the country table, ``own`` are pairs of file:line and a line in the format of
    ``organisations-own.tsv``. Raises DataError when a table is missing or malformed.
    """
    lines = chain(_lines(folder), ((where, line, True) for where, line in own))
    return World(load_countries(folder, countries), lines)


def _lines(folder: Path) -> Iterable[tuple[str, str, bool]]:
    for name in ("organisations.tsv", "leaders.tsv", "organisations-own.tsv", "leaders-own.tsv"):
        path = folder / name
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise DataError(f"{path}: cannot be read: {error.strerror}") from error
        own = name.endswith("-own.tsv")
        for number, line in enumerate(text.split("\n"), 1):
            yield f"{name}:{number}", line, own
