"""Builders of calendar dates: days, months, years, decades, centuries, holidays."""

from __future__ import annotations

from dateline.mentions.calendar import day_value, holiday, shift
from dateline.mentions.timescene import (
    DAY,
    DIRECTION,
    Reading,
    Scene,
    Slots,
    base_day,
    choose,
    dated,
    safe_day,
    with_part,
    year_number,
)


def date(slots: Slots, scene: Scene) -> Reading | None:
    """A day of a month, with or without its year: ``July 27, 2023``."""
    month, day = int(slots["month"]), int(slots["day"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    rel = slots.get("rel")
    year = year_number(slots["year"], scene) if slots.get("year") else None
    if year is None and rel and scene.anchor:
        year = scene.anchor.year + DIRECTION[rel]
    if year is None and scene.anchor is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}") if safe_day(2000, month, day) else None
    if year is not None:
        found = safe_day(year, month, day)
        return with_part(dated(day_value(found)), slots.get("part")) if found else None
    anchor = scene.anchor
    assert anchor is not None
    days = [d for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (d := safe_day(y, month, day))]
    if slots.get("side") == "last":
        days = [d for d in days if d < anchor][-1:]
    elif slots.get("side") == "next":
        days = [d for d in days if d > anchor][:1]
    return with_part(choose([day_value(d) for d in days], scene, anchor), slots.get("part"))


def month(slots: Slots, scene: Scene) -> Reading | None:
    """A month, with its year, with ``last`` or ``next``, or alone."""
    number = int(slots["month"])
    rel = slots.get("rel") or scene.args.get("rel")
    anchor = scene.anchor
    if slots.get("year"):
        year = year_number(slots["year"], scene)
        return dated(f"{year:04d}-{number:02d}") if year else None
    if anchor is None:
        return Reading("DATE", f"XXXX-{number:02d}")
    if slots.get("relyear"):
        return dated(f"{anchor.year + DIRECTION[slots['relyear']]:04d}-{number:02d}")
    if rel in ("last", "past", "previous"):
        return dated(f"{anchor.year - (number >= anchor.month):04d}-{number:02d}")
    if rel in ("next", "coming", "following"):
        return dated(f"{anchor.year + (number <= anchor.month):04d}-{number:02d}")
    if rel == "this":
        return dated(f"{anchor.year:04d}-{number:02d}")
    return choose([f"{anchor.year + k:04d}-{number:02d}" for k in (-1, 0, 1)], scene, anchor)


def year(slots: Slots, scene: Scene) -> Reading | None:
    """A year in figures or words."""
    number = year_number(slots["year"], scene)
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
    """``2023-07-27``, ``27.07.2023``, ``11/02/89``: the order of the rule, or the other where that is no day."""
    first, second, year_ = int(slots["first"]), int(slots["second"]), year_number(slots["year"], scene)
    if year_ is None:
        return None
    order = scene.args.get("order", "mdy")
    if order == "mdy" and first > 12:
        order = "dmy"
    elif order == "dmy" and second > 12:
        order = "mdy"
    found = safe_day(year_, first, second) if order in ("mdy", "ymd") else safe_day(year_, second, first)
    return dated(day_value(found)) if found else None


def day_number(slots: Slots, scene: Scene) -> Reading | None:
    """``on the 15th``: a day of the month talked about."""
    base, day = base_day(scene), int(slots["ordinal"])
    if base and scene.anchor and slots.get("rel"):
        base = shift(scene.anchor.replace(day=1), DIRECTION[slots["rel"]], "M")
    found = safe_day(base.year, base.month, day) if base and 1 <= day <= 31 else None
    return dated(day_value(found)) if found else None


def nth_weekday(slots: Slots, scene: Scene) -> Reading | None:
    """``the first Monday of October``."""
    months = month({k: v for k, v in slots.items() if k in ("month", "year")}, scene) if slots.get("month") else None
    first = months.start if months else None
    if slots.get("rel") and scene.anchor:
        first = shift(scene.anchor.replace(day=1), DIRECTION[slots["rel"]], "M")
    if first is None:
        return None
    found = first + ((int(slots["weekday"]) - first.isoweekday()) % 7 + 7 * (int(slots["ordinal"]) - 1)) * DAY
    while found.month != first.month:
        found -= 7 * DAY
    return dated(day_value(found))


def feast(slots: Slots, scene: Scene) -> Reading | None:
    """A holiday, in its year or in the nearest or next or last one."""
    rule, rel, anchor = slots["holiday"], slots.get("rel"), scene.anchor
    if slots.get("year"):
        year_ = year_number(slots["year"], scene)
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
    return choose([day_value(d) for d in days], scene, anchor)
