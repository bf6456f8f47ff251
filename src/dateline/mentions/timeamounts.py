"""Builders of durations, sets, fixed values and times of day."""

from __future__ import annotations

from fractions import Fraction

from dateline.mentions.calendar import day_value, shift
from dateline.mentions.timenumbers import duration_value, to_number
from dateline.mentions.timescene import DIRECTION, Reading, Scene, Slots, dated


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
    if scene.business and f"{unit}{amount}" in ("M6", "M9", "Y1"):
        scene.level = "Y"  # what follows is compared with the year before, not with a quarter
    if not rel or scene.anchor is None or amount.denominator != 1:
        return Reading("DURATION", value)
    factor, code = {"E": (10, "Y"), "C": (100, "Y"), "Q": (3, "M")}.get(unit, (1, unit))
    if code in ("S", "MN", "H"):
        factor, code, amount = 1, "D", Fraction(-(-int(amount) // 24)) if code == "H" else Fraction(0)
    back = shift(scene.anchor, DIRECTION[rel] * int(amount) * factor, code)
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
