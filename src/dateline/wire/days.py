"""The date field of an input row or page -> a day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
_WORDS = re.compile(r"[A-Za-z]{3,}|\d+")
_MONTHS = {
    m: i for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


def read_day(value: Any) -> dt.date | None:
    """The day a field names; None for an empty field. ValueError, with the value, for what is no date.

    Reads ISO 8601, RFC 2822, ``July 27, 2023``, ``27 July 2023`` and ``28/07/2023`` (day and month only where one of
    them is above twelve: ``03/04/2023`` is refused because it can be read two ways).

    >>> read_day("Thu, 27 Jul 2023 09:15:00 +0900"), read_day("20230727"), read_day("")
    (datetime.date(2023, 7, 27), datetime.date(2023, 7, 27), None)
    """
    if value is None or value == "" or value != value:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    if not text:
        return None
    if match := _ISO.match(text):
        year, month, day = (int(g) for g in match.groups() if g)
        return _day(year, month, day, text)
    if match := _NUMERIC.match(text):
        a, b, year = (int(g) for g in match.groups())
        if a <= 12 and b <= 12 and a != b:
            raise ValueError(f"the date {text!r} can be read two ways; write it as YYYY-MM-DD")
        return _day(year, min(a, b) if max(a, b) > 12 else a, max(a, b), text)
    words = _WORDS.findall(text)
    named = next((_MONTHS[w[:3].lower()] for w in words if w[:3].lower() in _MONTHS and w.isalpha()), None)
    year_word = next((w for w in words if len(w) == 4 and w.isdigit() and w[:2] in ("19", "20")), None)
    day_word = next((w for w in words if w.isdigit() and len(w) <= 2), None)
    if named and year_word and day_word:
        return _day(int(year_word), named, int(day_word), text)
    raise ValueError(f"the date {text!r} cannot be read; write it as YYYY-MM-DD")


def _day(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"the date {text!r} is not in the calendar") from None
