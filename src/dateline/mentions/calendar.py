"""Calendar arithmetic for time expressions: shifting days, TIMEX3 values and the intervals they denote, holidays.

Nothing here reads a clock; every function is a function of its arguments.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from dateline.model import Grain

_DAY = dt.timedelta(days=1)
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<time>T.*)?)?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?$"
)


class Interval(NamedTuple):
    """First and last day (both included) and the grain at which they are known."""

    start: dt.date
    end: dt.date
    grain: Grain


def month_days(year: int, month: int) -> int:
    """Number of days of a month.

    >>> month_days(2024, 2)
    29
    """
    first = dt.date(year, month, 1)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - first).days


def shift(day: dt.date, amount: int, unit: str) -> dt.date | None:
    """The day ``amount`` units (D, W, M, Y) away, or None outside the calendar; the 31st falls back to a month's end.

    >>> shift(dt.date(2023, 3, 31), -1, "M")
    datetime.date(2023, 2, 28)
    """
    try:
        if unit == "D":
            return day + dt.timedelta(days=amount)
        if unit == "W":
            return day + dt.timedelta(weeks=amount)
        months = day.year * 12 + day.month - 1 + amount * (12 if unit == "Y" else 1)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(day.day, month_days(year, month + 1)))
    except (OverflowError, ValueError):
        return None


def day_value(day: dt.date) -> str:
    """TIMEX3 value of a day: ``2023-07-27``."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def month_value(day: dt.date) -> str:
    """TIMEX3 value of the month of a day: ``2023-07``."""
    return f"{day.year:04d}-{day.month:02d}"


def week_value(day: dt.date) -> str:
    """TIMEX3 value of the ISO week of a day.

    >>> week_value(dt.date(2023, 7, 27))
    '2023-W30'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_value(year: int, quarter: int) -> str:
    """TIMEX3 value of a quarter, where quarter 0 or 5 spills into the year before or after.

    >>> quarter_value(2023, 0)
    '2022-Q4'
    """
    years, index = divmod(quarter - 1, 4)
    return f"{year + years:04d}-Q{index + 1}"


def quarter_of(day: dt.date) -> int:
    """Calendar quarter (1 to 4) of a day."""
    return (day.month - 1) // 3 + 1


def season_of(day: dt.date) -> tuple[int, str]:
    """Year and code of the (northern) season a day lies in; January and February belong to the winter before.

    >>> season_of(dt.date(2024, 2, 1))
    (2023, 'WI')
    """
    code = ("WI", "SP", "SU", "FA")[day.month % 12 // 3]
    return (day.year - 1 if day.month < 3 else day.year), code


def interval(value: str) -> Interval | None:
    """The days a TIMEX3 DATE or TIME value denotes, or None when it denotes none (``XXXX-07-27``, ``PAST_REF``).

    >>> interval("2023-W30")
    Interval(start=datetime.date(2023, 7, 24), end=datetime.date(2023, 7, 30), grain='week')
    """
    if value.isdigit() and len(value) in (2, 3):
        width = 100 if len(value) == 2 else 10
        first = int(value) * width
        if first < 1:
            return None
        return Interval(
            dt.date(first, 1, 1), dt.date(first + width - 1, 12, 31), "century" if width == 100 else "decade"
        )
    match = _VALUE.match(value)
    if match is None:
        return None
    try:
        return _interval(match)
    except ValueError:
        return None


def _interval(match: re.Match[str]) -> Interval:
    year = int(match["year"])
    if match["day"]:
        day = dt.date(year, int(match["month"]), int(match["day"]))
        return Interval(day, day, "time" if match["time"] else "day")
    if match["month"]:
        return _months(year, int(match["month"]), 1, "month")
    if match["week"]:
        monday = dt.date.fromisocalendar(year, int(match["week"]), 1)
        if match["weekend"]:
            return Interval(monday + 5 * _DAY, monday + 6 * _DAY, "weekend")
        return Interval(monday, monday + 6 * _DAY, "week")
    if match["quarter"]:
        return _months(year, int(match["quarter"]) * 3 - 2, 3, "quarter")
    if match["half"]:
        return _months(year, int(match["half"]) * 6 - 5, 6, "season")
    if match["season"]:
        return _months(year, _SEASON_MONTH[match["season"]], 3, "season")
    return _months(year, 1, 12, "year")


def _months(year: int, month: int, count: int, grain: Grain) -> Interval:
    first = dt.date(year, month, 1)
    last_year, last = divmod(year * 12 + month - 1 + count - 1, 12)
    return Interval(first, dt.date(last_year, last + 1, month_days(last_year, last + 1)), grain)


def easter(year: int) -> dt.date:
    """Western Easter Sunday (the Gregorian computus).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def holiday(rule: str, year: int) -> dt.date | None:
    """The day a holiday falls on: ``12-25``, ``easter-2``, ``4th-thu-11`` or ``last-mon-05``; None if the rule is none.

    ``+1`` after a rule adds days: ``1st-mon-11+1`` is the day after the first Monday of November.

    >>> holiday("4th-thu-11", 2023)
    datetime.date(2023, 11, 23)
    """
    match = re.fullmatch(r"(\d\d)-(\d\d)|easter([+-]\d+)?|(\d|last)(?:st|nd|rd|th)?-([a-z]{3})-(\d\d)(\+\d)?", rule)
    if match is None:
        return None
    if match[1]:
        return dt.date(year, int(match[1]), int(match[2]))
    if match[5] is None:
        return easter(year) + int(match[3] or 0) * _DAY
    weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(match[5])
    month = int(match[6])
    if match[4] == "last":
        last = dt.date(year, month, month_days(year, month))
        day = last - ((last.weekday() - weekday) % 7) * _DAY
    else:
        first = dt.date(year, month, 1)
        day = first + ((weekday - first.weekday()) % 7 + 7 * (int(match[4]) - 1)) * _DAY
    return day + int(match[7] or 0) * _DAY
