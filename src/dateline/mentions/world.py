"""The world outside the story: who held which office when, and which organisation is which.

Four tables in ``data/world`` are read: ``leaders.tsv`` and ``organisations.tsv`` (built by ``training/build_world.py``)
and the hand-written ``leaders-own.tsv`` and ``organisations-own.tsv``, which win where both know a name. Files of your
own (``world_file.py``) are read after them and win over them. A line has one of two forms:

- by hand, 3 columns: kind, names, spells. Kinds: ``p`` a person and ``o`` an organisation, the first name being the best;
  ``q`` and ``l``: several persons, or organisations, with the same spells;
- built, 5 columns: kind, name, keys of all names, keys of surnames, spells; and perhaps an id. The keys are worked out when
  the table is made, which is what lets a large one load fast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import DataError
from dateline.mentions.countries import Countries, load_countries
from dateline.mentions.world_names import fold_token, name_key
from dateline.mentions.world_rows import Entry, Row, keys_of, read_row, surname_key

if TYPE_CHECKING:
    from dateline.mentions.world_file import WorldFile

DATA = Path(__file__).resolve().parent.parent / "data" / "world"
TABLES = ("organisations.tsv", "leaders.tsv", "organisations-own.tsv", "leaders-own.tsv")
#: where people have two surnames, the father's first
TWO_SURNAMES = frozenset("ESP MEX GTM HND SLV NIC CRI PAN COL VEN ECU PER BOL CHL ARG URY PRY CUB DOM PRI GNQ".split())

Lines = Iterable[tuple[str, int, str]]
"""Lines of tables: name of the table, number of the line, its text."""


class World:
    """Countries, office holders and organisations.

    >>> import datetime as dt
    >>> world = load_world()
    >>> entry = world.lookup("Kofi Annan", on=dt.date(2003, 5, 1))[0]
    >>> entry.country, entry.status, entry.where.split(":")[0]
    ('UNO', 'current', 'leaders-own.tsv')
    >>> world.lookup("Sergey Shoygu", on=dt.date(2015, 5, 1))[0].office
    'defense minister'
    """

    def __init__(self, countries: Countries, lines: Lines) -> None:
        """Index the lines of the tables. Raises DataError for one that has neither form."""
        self.countries = countries
        self._names: dict[str, Row | list[Row]] = {}  # nearly all keys have one row: a list for each would cost as much
        self._surnames: dict[str, Row | list[Row]] = {}
        self._geo: dict[str, tuple[str, str] | None] = {}
        self._two_surnames: list[Row] = []
        for table, number, text in lines:
            if text and text[0] != "#":
                self._line(table, number, text)
        self._drop_second_surnames()

    def _line(self, table: str, number: int, text: str, user: bool = False) -> None:
        parts = text.split("\t")
        if 5 <= len(parts) <= 6:
            row = Row(parts[0], parts[1], parts[4], False, table, number, user, parts[5] if len(parts) == 6 else "")
            keys = parts[2].split("|") if parts[2] else ()
            if user:
                self._replace(row, keys)
            if row.kind == "p" and row.text[:3] in TWO_SURNAMES and row.name.count(" ") == 2:
                self._two_surnames.append(row)
            for key in keys:
                if self._names.setdefault(key, row) is not row:
                    _append(self._names, key, row)
            if parts[3]:
                for key in parts[3].split("|"):
                    if self._surnames.setdefault(key, row) is not row:
                        _append(self._surnames, key, row)
        elif len(parts) == 3:
            kind, names = ("p" if parts[0] in "pq" else "o"), parts[1].split("|")
            groups = [names] if parts[0] in "po" else [[name] for name in names]
            for group in groups:
                self._by_hand(Row(kind, group[0], parts[2], True, table, number, user), group)
        else:
            raise DataError(f"{table}:{number}: expected 3 columns (by hand) or 5 (built), found {len(parts)}")

    def _drop_second_surnames(self) -> None:
        """The news drops the second surname: "Gonzalo Mendez" is Gonzalo Mendez Gutierrez where nobody else has that name."""
        for row in self._two_surnames:
            self._names.setdefault(name_key(row.name.split()[:2]), row)
        self._two_surnames.clear()

    def _by_hand(self, row: Row, names: Sequence[str]) -> None:
        if row.user:
            self._replace(row, keys_of(names))
        for name in names:
            indexes = [(self._names, name_key(name.split()))]
            if row.kind == "p":
                indexes.append((self._surnames, surname_key(name, row.text[:3])))
            for index, key in indexes:
                index[key] = [row, *_rows(index, key)]

    def _replace(self, row: Row, keys: Iterable[str]) -> None:
        """A user's entry takes the place of the shipped ones with its kind, one of its names and one of its countries.

        An organisation of a built table leaves the hand-written ones: they know more of it, such as what it became.
        """
        for key in keys:
            for other in _rows(self._names, key) if key in self._names else ():
                kept = other.user or (other.own and not row.own and row.kind == "o")
                if other.kind == row.kind and not kept and not row.countries().isdisjoint(other.countries()):
                    other.drop()

    def add(self, files: Iterable[WorldFile]) -> None:
        """Take in what files of the user's say, the later ones first in line; countries are not among it.

        Raises DataError for an entry to be removed that is not there.
        """
        files = list(files)
        for file in files:
            for item in file.removed:
                rows = [
                    row
                    for row in _rows(self._names, name_key(item.name.split()))
                    if row.text and not row.user and item.means("person" if row.kind == "p" else "organisation")
                ]
                rows = [row for row in rows if item.country is None or item.country in row.countries()]
                if not rows and item.of_tables:
                    raise DataError(item.missing())
                for row in rows:
                    row.drop()
        for file in files:
            for row, names in file.rows:
                self._by_hand(row, names)
            for number, text in file.lines:
                self._line(file.name, number, text, True)

    def lookup(self, name: str | Sequence[str], *, on: dt.date | None = None, surname: bool = False) -> list[Entry]:
        """What is known of a full name (or, with ``surname``, of a surname alone) on a day, best first.

        Spelling is matched tolerantly: accents, hyphens, "al-", initials, transliteration, and the order of a
        two- or three-part name do not matter.
        """
        tokens = name.split() if isinstance(name, str) else list(name)
        rows: list[Row] = []
        if surname:
            rows = _rows(self._surnames, fold_token(tokens[-1]) if tokens else "")
        elif tokens:
            rows = self.rows(name_key(tokens))
            if not rows and 2 <= len(tokens) <= 4:
                rows = self.rows(name_key([*tokens[1:], tokens[0]])) or self.rows(name_key([tokens[-1], *tokens[:-1]]))
                if not rows and len(tokens) > 2:  # a middle name
                    rows = [r for r in self.rows(name_key([tokens[0], tokens[-1]])) if r.kind == "p"]
        entries = [entry for row in rows if (entry := read_row(row, on)) is not None]
        entries.sort(key=lambda e: e.order)
        if not surname and any(e.own and e.status in ("current", "undated", "former") for e in entries):
            entries.sort(key=lambda e: not e.own)  # what is written by hand of a full name is the better dated
        return entries

    def rows(self, key: str) -> list[Row]:
        """The rows under a key made by ``name_key``."""
        return [row for row in _rows(self._names, key) if row.text]

    def name_keys(self) -> Iterator[str]:
        """The keys of all full names."""
        return iter(self._names)

    def entries(self, key: str, on: dt.date | None) -> list[Entry]:
        """What is known of the name with this key on a day; own tables first."""
        if key not in self._names:
            return []
        return [entry for row in _rows(self._names, key) if (entry := read_row(row, on)) is not None]

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


def _rows(index: dict[str, Row | list[Row]], key: str) -> list[Row]:
    """The rows under a key."""
    found = index.get(key, [])
    return found if isinstance(found, list) else [found]


def _append(index: dict[str, Row | list[Row]], key: str, row: Row) -> None:
    """Put a row after the others of a key that has some."""
    found = index[key]
    if isinstance(found, list):
        found.append(row)
    else:
        index[key] = [found, row]


def load_world(files: Iterable[str | Path | WorldFile] = (), folder: Path = DATA) -> World:
    """Read the tables, and files of your own after them (docs/world.md says what they hold).

    Raises DataError when a table is missing or malformed, or a file of yours is wrong.
    """
    from dateline.mentions.world_file import WorldFile, read_world_file

    mine = [file if isinstance(file, WorldFile) else read_world_file(Path(file)) for file in files]
    countries = load_countries(
        folder, [row for file in reversed(mine) for row in file.countries], [r for file in mine for r in file.removed]
    )
    for file in mine:
        file.check_countries(countries)
    world = World(countries, _lines(folder))
    world.add(mine)
    return world


def _lines(folder: Path) -> Lines:
    for name in TABLES:
        path = folder / name
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise DataError(f"{path}: cannot be read: {error.strerror}") from error
        for number, line in enumerate(text.split("\n"), 1):
            yield name, number, line
