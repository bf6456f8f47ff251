"""Builders of values: each turns the slots of a matched pattern into a reading, given the scene it stands in.

A builder returns None when the words are no time after all (``Feb. 31``), and the next pattern is tried. What the
words denote without any known day stays open: ``XXXX-07-27``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from dateline.mentions.calendar import (
    day_value, holiday, interval, month_days, month_value, quarter_of, quarter_value, season_of, shift, week_value,
)  # fmt: skip
from dateline.mentions.timenumbers import duration_value, spoken_year, to_number
from dateline.model import Grain

_DAY = dt.timedelta(days=1)
PAST, FUTURE = -1, 1
_DIRECTION = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}


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


def _base(scene: Scene) -> dt.date | None:
    """The day that ``the previous day`` or ``two days later`` counts from."""
    return scene.day or scene.anchor


def _part(reading: Reading | None, part: str | None) -> Reading | None:
    if reading is None or not part or len(reading.value) != 10:
        return reading
    return Reading("TIME", f"{reading.value}T{part}", reading.start, reading.end, "time" if reading.start else None)


def _year4(text: str, scene: Scene) -> int | None:
    digits = text.strip("'’")
    if digits.isdigit():
        number = int(digits)
        if len(digits) != 2:
            return number if 1000 <= number <= 2200 else None
        pivot = (scene.anchor.year if scene.anchor else 2030) + 10
        century = pivot - pivot % 100
        return century + number if century + number <= pivot else century - 100 + number
    return spoken_year(text, scene.numbers)


def _safe(year: int, month: int, day: int) -> dt.date | None:
    return dt.date(year, month, day) if 1 <= month <= 12 and 1 <= day <= month_days(year, month) else None


def _choose(options: list[str], scene: Scene, anchor: dt.date) -> Reading | None:
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


# --- absolute dates ---------------------------------------------------------------------------------------------


def date(slots: Slots, scene: Scene) -> Reading | None:
    """A day of a month, with or without its year: ``July 27, 2023``."""
    month, day = int(slots["month"]), int(slots["day"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    rel = slots.get("rel")
    year = _year4(slots["year"], scene) if slots.get("year") else None
    if year is None and rel and scene.anchor:
        year = scene.anchor.year + _DIRECTION[rel]
    if year is None and scene.anchor is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}") if _safe(2000, month, day) else None
    if year is not None:
        found = _safe(year, month, day)
        return _part(dated(day_value(found)), slots.get("part")) if found else None
    anchor = scene.anchor
    assert anchor is not None
    days = [_safe(y, month, day) for y in (anchor.year - 1, anchor.year, anchor.year + 1)]
    if slots.get("side") == "last":
        days = [d for d in days if d and d < anchor][-1:]
    elif slots.get("side") == "next":
        days = [d for d in days if d and d > anchor][:1]
    return _part(_choose([day_value(d) for d in days if d], scene, anchor), slots.get("part"))


def month(slots: Slots, scene: Scene) -> Reading | None:
    """A month, with its year, with ``last`` or ``next``, or alone."""
    number = int(slots["month"])
    rel = slots.get("rel") or scene.args.get("rel")
    anchor = scene.anchor
    if slots.get("year"):
        year = _year4(slots["year"], scene)
        return dated(f"{year:04d}-{number:02d}") if year else None
    if anchor is None:
        return Reading("DATE", f"XXXX-{number:02d}")
    if slots.get("relyear"):
        return dated(f"{anchor.year + _DIRECTION[slots['relyear']]:04d}-{number:02d}")
    if rel in ("last", "past", "previous"):
        return dated(f"{anchor.year - (number >= anchor.month):04d}-{number:02d}")
    if rel in ("next", "coming", "following"):
        return dated(f"{anchor.year + (number <= anchor.month):04d}-{number:02d}")
    if rel == "this":
        return dated(f"{anchor.year:04d}-{number:02d}")
    return _choose([f"{anchor.year + k:04d}-{number:02d}" for k in (-1, 0, 1)], scene, anchor)


def year(slots: Slots, scene: Scene) -> Reading | None:
    """A year in figures or words."""
    number = _year4(slots["year"], scene)
    return dated(f"{number:04d}") if number else None


def decade(slots: Slots, scene: Scene) -> Reading | None:
    """``the 1990s``, ``the '80s``, ``the nineties``."""
    if slots.get("year"):
        return dated(slots["year"][:3])
    tens = slots["tens"].strip("'’")
    century = (slots.get("century") or "19").strip()
    return dated(f"{century}{tens[0]}")


def century(slots: Slots, scene: Scene) -> Reading | None:
    """``the 19th century``."""
    return dated(f"{int(slots['ordinal']) - 1:02d}")


def numeric(slots: Slots, scene: Scene) -> Reading | None:
    """``2023-07-27``, ``27.07.2023``, ``11/02/89``: an order that cannot be is not tried the other way round silently."""
    first, second, year_ = int(slots["first"]), int(slots["second"]), _year4(slots["year"], scene)
    if year_ is None:
        return None
    order = scene.args.get("order", "mdy")
    if order == "mdy" and first > 12:
        order = "dmy"
    elif order == "dmy" and second > 12:
        order = "mdy"
    found = _safe(year_, first, second) if order in ("mdy", "ymd") else _safe(year_, second, first)
    return dated(day_value(found)) if found else None


def day_number(slots: Slots, scene: Scene) -> Reading | None:
    """``on the 15th``: a day of the month talked about."""
    base, day = _base(scene), int(slots["ordinal"])
    if base and scene.anchor and slots.get("rel"):
        base = shift(scene.anchor.replace(day=1), _DIRECTION[slots["rel"]], "M")
    found = _safe(base.year, base.month, day) if base and 1 <= day <= 31 else None
    return dated(day_value(found)) if found else None


def nth_weekday(slots: Slots, scene: Scene) -> Reading | None:
    """``the first Monday of October``."""
    months = month({k: v for k, v in slots.items() if k in ("month", "year")}, scene) if slots.get("month") else None
    first = months.start if months else None
    if slots.get("rel") and scene.anchor:
        first = shift(scene.anchor.replace(day=1), _DIRECTION[slots["rel"]], "M")
    if first is None:
        return None
    found = first + ((int(slots["weekday"]) - first.isoweekday()) % 7 + 7 * (int(slots["ordinal"]) - 1)) * _DAY
    while found.month != first.month:
        found -= 7 * _DAY
    return dated(day_value(found))


def feast(slots: Slots, scene: Scene) -> Reading | None:
    """A holiday, in its year or in the nearest or next or last one."""
    rule, rel, anchor = slots["holiday"], slots.get("rel"), scene.anchor
    if slots.get("year"):
        year_ = _year4(slots["year"], scene)
        found = holiday(rule, year_) if year_ else None
        return dated(day_value(found)) if found else None
    if anchor is None:
        return Reading("DATE", f"XXXX-{rule}") if len(rule) == 5 else None
    days = [d for k in (-1, 0, 1) if (d := holiday(rule, anchor.year + k))]
    if rel in ("last", "past", "previous"):
        days = [d for d in days if d < anchor][-1:]
    elif rel in ("next", "coming"):
        days = [d for d in days if d > anchor][:1]
    elif rel == "this":
        days = [d for d in days if d.year == anchor.year]
    return _choose([day_value(d) for d in days], scene, anchor)


# --- days relative to the story's day ---------------------------------------------------------------------------


def weekday(slots: Slots, scene: Scene) -> Reading | None:
    """A weekday: the last one in the past, the next one in the future, the story's own day included."""
    number, anchor = int(slots["weekday"]), scene.anchor
    part, rel = slots.get("part"), slots.get("rel") or scene.args.get("rel")
    if anchor is None:
        value = f"XXXX-WXX-{number}"
        return Reading("TIME", f"{value}T{part}") if part else Reading("DATE", value)
    if rel in ("previous", "following"):
        anchor = _base(scene) or anchor
    back = (anchor.isoweekday() - number) % 7
    if slots.get("relweek"):
        monday = anchor - (anchor.isoweekday() - 1) * _DAY + _DIRECTION[slots["relweek"]] * 7 * _DAY
        found = monday + (number - 1) * _DAY
    elif rel in ("last", "past", "previous"):
        found = anchor - (back or 7) * _DAY
    elif rel in ("next", "following"):
        found = anchor + (7 - back) * _DAY
    elif rel == "coming" or (rel == "this" and scene.direction != -1) or (rel is None and scene.direction == 1):
        found = anchor + (-back % 7) * _DAY
    else:
        found = anchor - back * _DAY
    if slots.get("shift"):
        found += int(slots["shift"]) * _DAY
    return _part(dated(day_value(found)), part)


def day(slots: Slots, scene: Scene) -> Reading | None:
    """``today``, ``yesterday``, ``tomorrow night``, ``the previous day``: so many days from the base."""
    offset = int(slots.get("offset") or scene.args.get("offset") or 0)
    base = _base(scene) if scene.args.get("base") == "focus" else scene.anchor
    part = slots.get("part") or scene.args.get("part")
    found = shift(base, offset, "D") if base else None
    if found is None:
        return Reading("TIME" if part else "DATE", "XXXX-XX-XX" + (f"T{part}" if part else ""))
    return _part(dated(day_value(found)), part)


def same_year(slots: Slots, scene: Scene) -> Reading | None:
    """``that year``, ``the following year``: counted from the year talked about."""
    number = scene.year or (scene.anchor.year if scene.anchor else None)
    return dated(f"{number + int(scene.args.get('offset', '0')):04d}") if number else Reading("DATE", "XXXX")


def relative(slots: Slots, scene: Scene) -> Reading | None:
    """``last week``, ``this month``, ``next year``, ``the weekend``: a unit counted from the one of the base."""
    unit = slots.get("unit") or scene.args["unit"]
    rel = slots.get("rel") or scene.args.get("rel", "this")
    base = scene.last or scene.anchor if scene.args.get("base") == "focus" else scene.anchor
    if base is None:
        return Reading("DATE", {"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit, "XXXX"))
    step = _DIRECTION[rel]
    if unit == "WE":
        return _weekend(base, rel, scene)
    if unit == "Q":
        if rel == "this" and scene.business and scene.direction != FUTURE and scene.quarter:
            return dated(scene.quarter)
        return dated(quarter_value(base.year, quarter_of(base) + step))
    if unit in ("E", "C"):
        width = 10 if unit == "E" else 100
        return dated(f"{base.year // width + step:0{3 if unit == 'E' else 2}d}")
    found = shift(base, step, unit)
    return _grained(found, unit) if found else None


def _weekend(base: dt.date, rel: str, scene: Scene) -> Reading:
    saturday = base + (6 - base.isoweekday()) * _DAY
    if base.isoweekday() < 6 and (rel == "last" or (rel == "this" and scene.direction == -1)):
        saturday -= 7 * _DAY
    elif rel == "this" and scene.direction is None and base.isoweekday() <= 4:
        saturday -= 7 * _DAY
    elif base.isoweekday() == 7 and rel == "last":
        saturday -= 7 * _DAY
    elif rel == "next":
        saturday += 7 * _DAY if base.isoweekday() >= 6 or scene.args.get("strict") else 0 * _DAY
    return dated(week_value(saturday) + "-WE")


def _grained(found: dt.date, unit: str) -> Reading:
    return dated({"D": day_value, "W": week_value, "M": month_value}.get(unit, lambda d: f"{d.year:04d}")(found))


def ago(slots: Slots, scene: Scene) -> Reading | None:
    """``three weeks ago``, ``two days earlier``, ``a year from now``: an amount before or after the base."""
    unit, sign = slots["unit"], int(slots.get("sign") or scene.args.get("sign", "-1"))
    said = slots.get("number") or scene.args.get("amount")
    amount = to_number(said, scene.numbers) if said else Fraction(1)
    base = _base(scene) if scene.args.get("base") == "focus" else scene.anchor
    if amount is None:
        return None
    value = duration_value(amount, unit)
    if unit in ("E", "C"):
        amount, unit = amount * (10 if unit == "E" else 100), "Y"
    if unit in ("H", "MN", "S") or base is None or amount.denominator != 1:
        return Reading("DURATION", value) if value else None
    if unit == "Y" and amount == 1 and scene.business and scene.level == "Q" and scene.quarter and sign < 0:
        return _year_before(scene.quarter)
    if unit == "Q":
        return dated(quarter_value(base.year, quarter_of(base) + sign * int(amount)))
    found = shift(base, sign * int(amount), unit)
    return _grained(found, unit) if found else None


def _year_before(quarter: str) -> Reading:
    return dated(f"{int(quarter[:4]) - 1:04d}{quarter[4:]}")


# --- parts of years ---------------------------------------------------------------------------------------------


def _remember(reading: Reading, scene: Scene) -> Reading:
    """Quarters that are over are the ones compared; "fourth-quarter orders" in October are not."""
    scene.business, scene.level = True, "Q"
    if reading.end is None or scene.anchor is None or reading.end <= scene.anchor:
        scene.quarter = reading.value
    return reading


def quarter(slots: Slots, scene: Scene) -> Reading | None:
    """``the third quarter``, ``the 1988 second quarter``, ``last year's fourth quarter``."""
    number, anchor = int(slots["ordinal"]), scene.anchor
    if not 1 <= number <= 4:
        return None
    if slots.get("year"):
        year_ = _year4(slots["year"], scene)
        return _remember(dated(f"{year_:04d}-Q{number}"), scene) if year_ else None
    if anchor is None:
        return Reading("DATE", f"XXXX-Q{number}")
    if slots.get("rel"):
        reading = dated(f"{anchor.year + _DIRECTION[slots['rel']]:04d}-Q{number}")
        return reading if slots["rel"] == "last" else _remember(reading, scene)
    now = quarter_of(anchor)
    if slots.get("ago"):
        return dated(f"{anchor.year - 1 - (number > now):04d}-Q{number}")
    ahead = scene.direction == FUTURE and number != (now + 2) % 4 + 1  # "expects to report third-quarter results"
    year_ = anchor.year + (number < now) if ahead else anchor.year - (number > now)
    return _remember(dated(f"{year_:04d}-Q{number}"), scene)


def the_quarter(slots: Slots, scene: Scene) -> Reading | None:
    """``the quarter``, ``the latest period``, ``the year-ago quarter``: the quarter talked about, or a year before it."""
    needs = scene.args.get("needs") == "quarter"
    if needs and not scene.business:
        return None
    value = scene.quarter
    if value is None and scene.anchor:
        value = quarter_value(scene.anchor.year, quarter_of(scene.anchor) - 1)
    if value is None:
        return Reading("DATE", "XXXX-QX")
    if scene.args.get("sign") == "-1":
        return _year_before(value)
    if slots.get("year"):
        year_ = _year4(slots["year"], scene)
        return dated(f"{year_:04d}{value[4:]}") if year_ else None
    return dated(value)


def quarter_ended(slots: Slots, scene: Scene) -> Reading | None:
    """``the quarter ended Sept. 30``: the quarter of that day."""
    end = date({k: v for k, v in slots.items() if k in ("month", "day", "year")}, replace(scene, direction=PAST))
    if end is None or end.start is None:
        return Reading("DATE", "XXXX-QX")
    if slots.get("ordinal"):
        return _remember(dated(f"{end.start.year:04d}-Q{slots['ordinal']}"), scene)
    return _remember(dated(quarter_value(end.start.year, quarter_of(end.start))), scene)


def year_end(slots: Slots, scene: Scene) -> Reading | None:
    """``year-end``: the last day of the year talked about."""
    if scene.anchor is None:
        return Reading("DATE", "XXXX-12-31")
    return dated(f"{scene.anchor.year:04d}-12-31")


def week_of(slots: Slots, scene: Scene) -> Reading | None:
    """``the week of March 6``: the ISO week of that day."""
    found = date(slots, scene)
    return dated(week_value(found.start)) if found and found.start else None


def half(slots: Slots, scene: Scene) -> Reading | None:
    """``the first half of 2023``."""
    number = slots["half"]
    year_ = _year4(slots["year"], scene) if slots.get("year") else None
    if year_ is None and scene.anchor:
        year_ = scene.anchor.year + _DIRECTION[slots.get("rel") or "this"]
        if not slots.get("rel") and number == "2" and scene.anchor.month < 7 and scene.direction == -1:
            year_ -= 1
    return dated(f"{year_:04d}-H{number}") if year_ else Reading("DATE", f"XXXX-H{number}")


def season(slots: Slots, scene: Scene) -> Reading | None:
    """``last spring``, ``the summer of 1994``."""
    code, rel, anchor = slots["season"], slots.get("rel"), scene.anchor
    if slots.get("year"):
        year_ = _year4(slots["year"], scene)
        return dated(f"{year_:04d}-{code}") if year_ else None
    if anchor is None:
        return Reading("DATE", f"XXXX-{code}")
    if slots.get("relyear"):
        return dated(f"{anchor.year + _DIRECTION[slots['relyear']]:04d}-{code}")
    options = [f"{anchor.year + k:04d}-{code}" for k in (-2, -1, 0, 1)]
    if rel in ("last", "past", "previous"):
        options = [v for v in options if (i := interval(v)) and i.end < anchor][-1:]
    elif rel in ("next", "coming"):
        options = [v for v in options if (i := interval(v)) and i.start > anchor][:1]
    elif rel == "this" and season_of(anchor)[1] != code:
        options = [f"{anchor.year:04d}-{code}"]
    return _choose(options, scene, anchor)


# --- durations, sets, references --------------------------------------------------------------------------------


def duration(slots: Slots, scene: Scene) -> Reading | None:
    """``three years``, ``a month``, ``the past two weeks``: an amount of time, bounded by the story's day or not."""
    unit = slots.get("unit") or slots["head"]
    amount = to_number(slots["number"], scene.numbers) if slots.get("number") else Fraction(1)
    if amount is None:
        return None
    if slots.get("half"):
        amount += Fraction(1, 2) if slots.get("number") or scene.args.get("plus") else Fraction(-1, 2)
    value = duration_value(amount, unit)
    if value is None:
        return None
    rel = slots.get("rel")
    if scene.business and (unit, amount) in (("M", 6), ("M", 9), ("Y", 1)):
        scene.level = "Y"  # what follows is compared with the year before, not with a quarter
    if not rel or scene.anchor is None or amount.denominator != 1:
        return Reading("DURATION", value)
    factor, code = {"E": (10, "Y"), "C": (100, "Y"), "Q": (3, "M")}.get(unit, (1, unit))
    if code in ("S", "MN", "H"):
        factor, code, amount = 1, "D", Fraction(-(-int(amount) // 24)) if code == "H" else Fraction(0)
    back = shift(scene.anchor, _DIRECTION[rel] * int(amount) * factor, code)
    if back is None:
        return Reading("DURATION", value)
    start, end = sorted((back, scene.anchor))
    return Reading("DURATION", value, start, end, "day")


def vague(slots: Slots, scene: Scene) -> Reading | None:
    """``several weeks``, ``a few hours``, ``months``: an amount that is not said."""
    unit = slots.get("unit") or slots["head"]
    prefix, code = ("PT", "M" if unit == "MN" else unit) if unit in ("S", "MN", "H") else ("P", unit)
    if code == "E":
        return Reading("DURATION", "PXY")
    return Reading("DURATION", f"{prefix}X{'Y' if code == 'C' else code}")


def every(slots: Slots, scene: Scene) -> Reading | None:
    """``every day``, ``each Thursday``, ``weekly``, ``Tuesday nights``: a repeated time."""
    part = f"T{slots['part']}" if slots.get("part") else ""
    if slots.get("weekday"):
        return Reading("SET", f"XXXX-WXX-{slots['weekday']}{part}")
    if slots.get("month"):
        return Reading("SET", f"XXXX-{int(slots['month']):02d}")
    if slots.get("season"):
        return Reading("SET", f"XXXX-{slots['season']}")
    if part:
        return Reading("SET", f"XXXX-XX-XX{part}")
    if scene.args.get("value"):
        return Reading("SET", scene.args["value"])
    amount = to_number(slots["number"], scene.numbers) if slots.get("number") else Fraction(1)
    value = duration_value(amount, slots["unit"]) if amount is not None else None
    return Reading("SET", value) if value else None


def none(slots: Slots, scene: Scene) -> Reading | None:
    """Words that look like a time and are none: ``the 72-year-old``."""
    return Reading("NONE", "")


def fixed(slots: Slots, scene: Scene) -> Reading | None:
    """A value that stands in the data: ``PRESENT_REF``, ``PAST_REF``, ``FUTURE_REF``, ``PXX``."""
    return dated(slots.get("value") or scene.args["value"], scene.args.get("type", "DATE"))


# --- times of day -----------------------------------------------------------------------------------------------


def clock(slots: Slots, scene: Scene) -> Reading | None:
    """``5:30 p.m.``, ``1700 GMT``, ``noon``: a time of the story's day, unless a day stands beside it."""
    if slots.get("fixed"):
        time = slots["fixed"]
    else:
        hour = to_number(slots["hour"], scene.numbers)
        minute = int(slots.get("minute") or 0)
        if hour is None or hour > 24 or minute > 59:
            return None
        number = int(hour)
        half_day = slots.get("half")
        if half_day:
            if not 1 <= number <= 12:
                return None
            number = number % 12 + (12 if half_day == "pm" else 0)
        time = f"T{number:02d}:{minute:02d}"
    day_ = scene.day if scene.near and scene.day else scene.anchor
    if day_ is None:
        return Reading("TIME", f"XXXX-XX-XX{time}")
    return Reading("TIME", day_value(day_) + time, day_, day_, "time")


BUILDERS: Mapping[str, Builder] = {
    f.__name__: f
    for f in (
        date, month, year, decade, century, numeric, day_number, feast, weekday, day, same_year, relative, ago, quarter,
        the_quarter, quarter_ended, half, season, duration, vague, every, fixed, clock, week_of, year_end, none, nth_weekday,
    )
}  # fmt: skip
