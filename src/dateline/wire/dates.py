"""Printed dates of a page or a dateline: ``July 27, 2023``, ``4 March 2022``, ``2023-7-5``, ``Nov. 24``.

Only what a layout prints is read here; expressions inside sentences ("last Tuesday") belong to ``mentions.times``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Printed(NamedTuple):
    """A date as printed: its place in the text, and its year where one is printed."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    @property
    def date(self) -> dt.date | None:
        """The date, or None when no year is printed."""
        return make_date(self.year, self.month, self.day) if self.year is not None else None


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day.

    >>> make_date(2023, 2, 30) is None
    True
    """
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


class DateReader:
    """Finds printed dates, given the names of the months and of the weekdays."""

    def __init__(self, months: Mapping[str, int], weekdays: Mapping[str, int]) -> None:
        """Compile the patterns of printed dates."""
        self.months = dict(months)
        self.weekdays = dict(weekdays)
        names = "|".join(re.escape(m) for m in sorted(months, key=len, reverse=True))
        self.month = rf"(?i:{names})\b\.?"
        ordinal = r"(?:st|nd|rd|th)?"
        self.month_day = rf"(?:{self.month}\s+\d{{1,2}}{ordinal}\b(?:,?\s+(?:19|20)\d\d\b)?|\d{{1,2}}{ordinal}\s+{self.month}(?:,?\s+(?:19|20)\d\d\b)?)"
        year = r"(?:,?\s*(?P<y{n}>(?:19|20)\d\d)(?!\d))?"
        self._any = re.compile(
            rf"(?<!\d)(?P<y0>(?:19|20)\d\d)[-/.](?P<m0>\d{{1,2}})[-/.](?P<d0>\d{{1,2}})(?!\d)"
            rf"|\b(?P<m1>{names})\b\.?\s+(?P<d1>\d{{1,2}}){ordinal}\b(?!\d|:)"
            + year.format(n=1)
            + rf"|(?<![\d.,])(?P<d2>\d{{1,2}}){ordinal}[\s-]+(?:of\s+)?(?P<m2>{names})\b\.?"
            + year.format(n=2).replace(r",?\s*", r",?[\s-]*")
            + r"|(?<!\d)(?P<a3>\d{1,2})[/.](?P<b3>\d{1,2})[/.](?P<y3>(?:19|20)\d\d)(?!\d)",
            re.IGNORECASE,
        )
        self._weekday = re.compile(rf"\b(?:{'|'.join(weekdays)})\b", re.IGNORECASE)
        self._compact = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])")

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Printed]:
        """Every printed date between two positions, in text order; a day the calendar lacks is passed over."""
        for match in self._any.finditer(text, start, len(text) if end is None else end):
            found = self._read(match)
            if found is not None:
                yield found

    def match(self, text: str, start: int, end: int) -> Printed | None:
        """The date that begins exactly at ``start``, or None."""
        match = self._any.match(text, start, end)
        return self._read(match) if match else None

    def weekday(self, text: str) -> int | None:
        """Number of the first weekday named in the text (Monday is 0), or None."""
        match = self._weekday.search(text)
        return self.weekdays[match.group().lower()] if match else None

    def in_name(self, name: str) -> list[dt.date]:
        """Full dates inside a file name, an id or an address: ``yonhap-2023-07-27.txt``, ``AEN20201124010``."""
        found = (make_date(int(y), int(m), int(d)) for y, m, d in self._compact.findall(name))
        return [date for date in found if date is not None]

    def _read(self, match: re.Match[str]) -> Printed | None:
        group = match.groupdict()
        if group["y0"]:
            year, month, day = int(group["y0"]), int(group["m0"]), int(group["d0"])
        elif group["m1"]:
            year, month, day = int(group["y1"] or 0), self.months[group["m1"].lower()], int(group["d1"])
        elif group["m2"]:
            year, month, day = int(group["y2"] or 0), self.months[group["m2"].lower()], int(group["d2"])
        else:  # 28/07/2023: day and month are told apart only when one of them is above twelve
            a, b, year = int(group["a3"]), int(group["b3"]), int(group["y3"])
            if (a > 12) == (b > 12) and a != b:
                return None
            day, month = (a, b) if a > 12 else (b, a)
        if make_date(year or 2000, month, day) is None:
            return None
        return Printed(match.start(), match.end(), year or None, month, day)


def year_for(month: int, day: int, near: dt.date, before: int, after: int) -> dt.date | None:
    """The day with this month and day that lies at most ``before`` days before and ``after`` days after ``near``.

    >>> year_for(12, 31, dt.date(2017, 1, 1), before=31, after=2)
    datetime.date(2016, 12, 31)
    >>> year_for(7, 1, dt.date(2017, 1, 1), before=31, after=2) is None
    True
    """
    for year in (near.year, near.year - 1, near.year + 1):
        date = make_date(year, month, day)
        if date is not None and -before <= (date - near).days <= after:
            return date
    return None
