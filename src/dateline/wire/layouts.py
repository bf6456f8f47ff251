"""The knowledge of layouts, read from ``layouts.yaml`` and compiled once: :func:`load_layouts`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.rules import yamlfile
from dateline.wire.datelines import Agency, DatelineReader
from dateline.wire.dates import DateReader
from dateline.wire.gazette import Gazette, fold

DATA = Path(__file__).parent.parent / "data" / "language" / "en"

NAME_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*)"
PARTICLE = r"(?:de|del|de la|van|van der|van den|von|der|den|da|dos|das|di|du|la|le|el|al|bin|ben|bint|abu|y|e|ul|ur)"
NAME = rf"{NAME_WORD}(?: (?:{PARTICLE} )?{NAME_WORD}){{1,4}}"
NAMES = rf"{NAME}(?:(?:, and |, & |,| and | & |; ?) ?{NAME}){{0,8}}"


@dataclass(frozen=True, slots=True)
class Mark:
    """One pattern of the data file, compiled. ``whole`` patterns cover a line, others stand inside one."""

    id: str
    kind: str  # role of furniture, kind of revision
    pattern: re.Pattern[str]
    whole: bool
    where: str = "any"
    needs: str | None = None


class Layouts:
    """What is known about how agencies and pages lay out a story; read-only, shared by all stories."""

    def __init__(self, path: Path, places: Path) -> None:
        """Read and compile the data files; DataError with file and line where one is wrong."""
        table = yamlfile.load(path)
        table.check_keys(_KEYS, _KEYS)
        self.path = path
        self.file = table.file
        self.gazette = Gazette(places)
        self.dates = DateReader(_numbers(table, "months"), _numbers(table, "weekdays"))
        self.agencies = _agencies(table)
        self.not_places = frozenset(fold(n) for n in table.texts("not_places"))
        self.revisions = _marks(table, "revisions", "kind")
        self.revision_order = table.texts("revision_order")
        self.furniture = _marks(table, "furniture", "role")
        self.bylines = _marks(table, "bylines", None)
        self.credit_role = _pattern(table, "credit_roles")
        self.job_title = _pattern(table, "job_titles")
        captions = table["captions"]
        if not isinstance(captions, yamlfile.Table):
            raise DataError(f"{table.file}:{table.lines['captions']}: 'captions' must be a mapping")
        captions.check_keys(_CAPTION_KEYS, _CAPTION_KEYS)
        self.caption_labels = _marks(captions, "labels", None)
        self.caption_credits = _marks(captions, "credits", None)
        self.caption_opening = _pattern(captions, "openings")
        self.carried = _pattern(captions, "carried")
        self.caption_rights = _pattern(captions, "rights")
        self.previous_day = _pattern(captions, "previous_day")
        self.same_day = _pattern(captions, "same_day")
        self.possessive = _pattern(table, "possessive")
        self.date_words = frozenset(w.casefold() for w in table.texts("date_line_words"))
        self.english = frozenset(table.texts("english_words"))
        known = "|".join(re.escape(name) for name in sorted(self.agencies, key=len, reverse=True))
        self.signature = re.compile(rf"(?:\s[-–—]{{1,2}}\s?(?P<a>{known})|\((?P<b>{known})\))\s*\.?$")
        self.dateline_reader = DatelineReader(self.agencies, self.dates, self.gazette, self.not_places)
        names = table["languages"]
        self.languages: dict[str, str] = {code: names.text(code) or code for code in names}

    def agency(self, printed: str) -> Agency | None:
        """The agency that copy calls by this name, or None.

        >>> load_layouts().agency("Korean Central News Agency").name
        'KCNA'
        """
        return self.agencies.get(printed) or self.agencies.get(printed.strip())


_KEYS = [
    "months",
    "weekdays",
    "agencies",
    "not_places",
    "revision_order",
    "revisions",
    "furniture",
    "bylines",
    "credit_roles",
    "job_titles",
    "captions",
    "possessive",
    "date_line_words",
    "english_words",
    "languages",
]
_CAPTION_KEYS = ["labels", "credits", "openings", "carried", "rights", "previous_day", "same_day"]


def load_layouts(path: Path | None = None, places: Path | None = None) -> Layouts:
    """Read the layouts of English copy (or another file in the same form). DataError where the file is wrong.

    >>> load_layouts().gazette.country("YILAN, Taiwan")
    'TWN'
    """
    return Layouts(path or DATA / "layouts.yaml", places or DATA / "layouts_places.yaml")


def _numbers(table: yamlfile.Table, key: str) -> dict[str, int]:
    rows = table[key]
    return {
        name.rstrip(".").lower(): int(number) for number in rows for name in rows.texts(number) if not name.isdigit()
    }


def _agencies(table: yamlfile.Table) -> dict[str, Agency]:
    out: dict[str, Agency] = {}
    rows = table["agencies"]
    for name in rows:
        row = rows[name]
        if not isinstance(row, yamlfile.Table):
            raise DataError(f"{rows.file}:{rows.lines[name]}: agency {name!r} must be a mapping")
        row.check_keys(["country", "names"], ["names"])
        agency = Agency(name, row.text("country"))
        for printed in (name, *row.texts("names")):
            if any(sign in printed for sign in "()[]"):
                raise DataError(f"{rows.file}:{rows.lines[name]}: {printed!r}: the name of an agency holds no brackets")
            if printed in out:
                raise DataError(
                    f"{rows.file}:{rows.lines[name]}: {printed!r} already names the agency {out[printed].name!r}"
                )
            out[printed] = agency
    return out


def _pattern(table: yamlfile.Table, key: str) -> re.Pattern[str]:
    return _compile(table.text(key) or "", f"{table.file}:{table.lines[key]}")


def _compile(source: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(source.replace("NAMES", NAMES))
    except re.error as error:
        raise DataError(f"{where}: not a regular expression: {error}") from error


def _marks(table: yamlfile.Table, key: str, kind: str | None) -> tuple[Mark, ...]:
    out, seen = [], set()
    for row in table.tables(key):
        row.check_keys(["id", "kind", "role", "line", "mark", "where", "needs"], ["id"] + ([kind] if kind else []))
        name, source = row.text("id") or "", row.text("line") or row.text("mark")
        if source is None or ("line" in row and "mark" in row):
            raise DataError(f"{row.file}:{row.line}: {name!r} needs either 'line' or 'mark'")
        if name in seen:
            raise DataError(f"{row.file}:{row.line}: the id {name!r} is taken")
        seen.add(name)
        where = row.text("where", "any") or "any"
        if where not in ("any", "head", "tail"):
            raise DataError(f"{row.file}:{row.lines['where']}: 'where' is {where!r}; allowed: any, head, tail")
        pattern = _compile(source, f"{row.file}:{row.line}")
        out.append(Mark(name, row.text(kind) or "" if kind else name, pattern, "line" in row, where, row.text("needs")))
    return tuple(out)
