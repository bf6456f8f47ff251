"""What a builder of time values may look at, and what it returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dateline.mentions.calendar import interval, month_days
from dateline.mentions.timenumbers import spoken_year
from dateline.model import Grain

DAY = dt.timedelta(days=1)
PAST, FUTURE = -1, 1
DIRECTION = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}


@dataclass(frozen=True, slots=True)
class Reading:
    """TIMEX3 type and value, and the interval where there is one."""

    type: str
    value: str
    start: dt.date | None = None
    end: dt.date | None = None
    grain: Grain | None = None


@dataclass(slots=True)
class Scene:
    """What a builder may look at: the story's day, the direction of the clause, what was said before."""

    anchor: dt.date | None
    numbers: Mapping[str, int]
    direction: int | None = None  # -1 past, 1 future, 0 present, None unknown
    day: dt.date | None = None  # the day talked about last
    last: dt.date | None = None  # the first day of the day, month or year talked about last
    year: int | None = None  # the year talked about last
    quarter: str | None = None  # the quarter talked about last: "1989-Q3"
    level: str = "Q"  # what is compared in it: quarters or years
    business: bool = False  # quarters of a year are compared in this text
    near: bool = False  # that day was named in this sentence
    args: Mapping[str, str] = field(default_factory=dict)


Slots = Mapping[str, str]
Builder = Callable[[Slots, Scene], Reading | None]


def dated(value: str, kind: str = "DATE") -> Reading:
    """A reading whose interval follows from its value."""
    found = interval(value)
    return Reading(kind, value, found.start, found.end, found.grain) if found else Reading(kind, value)


def base_day(scene: Scene) -> dt.date | None:
    """The day that ``the previous day`` or ``two days later`` counts from."""
    return scene.day or scene.anchor


def with_part(reading: Reading | None, part: str | None) -> Reading | None:
    """The reading of a day narrowed to a part of it ("MO", "NI")."""
    if reading is None or not part or len(reading.value) != 10:
        return reading
    return Reading("TIME", f"{reading.value}T{part}", reading.start, reading.end, "time" if reading.start else None)


def year_number(text: str, scene: Scene) -> int | None:
    """The year that figures or words say; two figures fall into the hundred years up to ten after the story."""
    digits = text.strip("'’")
    if digits.isdigit():
        number = int(digits)
        if len(digits) != 2:
            return number if 1000 <= number <= 2200 else None
        pivot = (scene.anchor.year if scene.anchor else 2030) + 10
        century = pivot - pivot % 100
        return century + number if century + number <= pivot else century - 100 + number
    return spoken_year(text, scene.numbers)


def safe_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none."""
    return dt.date(year, month, day) if 1 <= month <= 12 and 1 <= day <= month_days(year, month) else None


def choose(options: list[str], scene: Scene, anchor: dt.date) -> Reading | None:
    """The option in the direction of the clause; without one the nearest to the anchor."""
    readings = [r for r in map(dated, options) if r.start is not None]
    spans = [(r, r.start, r.end) for r in readings if r.start and r.end]
    if not spans:
        return None

    def distance(item: tuple[Reading, dt.date, dt.date]) -> int:
        _, start, end = item
        if start > anchor:
            days = (start - anchor).days
            return days * {PAST: 6, None: 2}.get(scene.direction, 1)
        days = max(0, (anchor - end).days)
        return days * 10 if scene.direction == FUTURE else days

    return min(spans, key=distance)[0]


def year_before(quarter: str) -> Reading:
    """The same quarter of the year before."""
    return dated(f"{int(quarter[:4]) - 1:04d}{quarter[4:]}")
