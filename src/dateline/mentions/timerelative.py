"""Builders of days and units counted from the story's day or from the day talked about."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from dateline.mentions.calendar import day_value, month_value, quarter_of, quarter_value, shift, week_value
from dateline.mentions.timenumbers import duration_value, to_number
from dateline.mentions.timescene import (
    DAY,
    DIRECTION,
    FUTURE,
    Reading,
    Scene,
    Slots,
    base_day,
    dated,
    with_part,
    year_before,
)


def weekday(slots: Slots, scene: Scene) -> Reading | None:
    """A weekday: the last one in the past, the next one in the future, the story's own day included."""
    number, anchor = int(slots["weekday"]), scene.anchor
    part, rel = slots.get("part"), slots.get("rel") or scene.args.get("rel")
    if anchor is None:
        value = f"XXXX-WXX-{number}"
        return Reading("TIME", f"{value}T{part}") if part else Reading("DATE", value)
    if rel in ("previous", "following"):
        anchor = base_day(scene) or anchor
    back = (anchor.isoweekday() - number) % 7
    if slots.get("relweek"):
        monday = anchor - (anchor.isoweekday() - 1) * DAY + DIRECTION[slots["relweek"]] * 7 * DAY
        found = monday + (number - 1) * DAY
    elif rel in ("last", "past", "previous"):
        found = anchor - (back or 7) * DAY
    elif rel in ("next", "following"):
        found = anchor + (7 - back) * DAY
    elif rel == "coming" or (rel == "this" and scene.direction != -1) or (rel is None and scene.direction == 1):
        found = anchor + (-back % 7) * DAY
    else:
        found = anchor - back * DAY
    if slots.get("shift"):
        found += int(slots["shift"]) * DAY
    return with_part(dated(day_value(found)), part)


def day(slots: Slots, scene: Scene) -> Reading | None:
    """``today``, ``yesterday``, ``tomorrow night``, ``the previous day``: so many days from the base."""
    offset = int(slots.get("offset") or scene.args.get("offset") or 0)
    base = base_day(scene) if scene.args.get("base") == "focus" else scene.anchor
    part = slots.get("part") or scene.args.get("part")
    found = shift(base, offset, "D") if base else None
    if found is None:
        return Reading("TIME" if part else "DATE", "XXXX-XX-XX" + (f"T{part}" if part else ""))
    return with_part(dated(day_value(found)), part)


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
    step = DIRECTION[rel]
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
    saturday = base + (6 - base.isoweekday()) * DAY
    if (
        (base.isoweekday() < 6 and (rel == "last" or (rel == "this" and scene.direction == -1)))
        or (rel == "this" and scene.direction is None and base.isoweekday() <= 4)
        or (base.isoweekday() == 7 and rel == "last")
    ):
        saturday -= 7 * DAY
    elif rel == "next":
        saturday += 7 * DAY if base.isoweekday() >= 6 or scene.args.get("strict") else 0 * DAY
    return dated(week_value(saturday) + "-WE")


def _grained(found: dt.date, unit: str) -> Reading:
    return dated({"D": day_value, "W": week_value, "M": month_value}.get(unit, lambda d: f"{d.year:04d}")(found))


def ago(slots: Slots, scene: Scene) -> Reading | None:
    """``three weeks ago``, ``two days earlier``, ``a year from now``: an amount before or after the base."""
    unit, sign = slots["unit"], int(slots.get("sign") or scene.args.get("sign", "-1"))
    said = slots.get("number") or scene.args.get("amount")
    amount = to_number(said, scene.numbers) if said else Fraction(1)
    base = base_day(scene) if scene.args.get("base") == "focus" else scene.anchor
    if amount is None:
        return None
    value = duration_value(amount, unit)
    if unit in ("E", "C"):
        amount, unit = amount * (10 if unit == "E" else 100), "Y"
    if unit in ("H", "MN", "S") or base is None or amount.denominator != 1:
        return Reading("DURATION", value) if value else None
    if unit == "Y" and amount == 1 and scene.business and scene.level == "Q" and scene.quarter and sign < 0:
        return year_before(scene.quarter)
    if unit == "Q":
        return dated(quarter_value(base.year, quarter_of(base) + sign * int(amount)))
    found = shift(base, sign * int(amount), unit)
    return _grained(found, unit) if found else None
