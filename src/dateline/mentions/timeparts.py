"""Builders of quarters, halves, seasons, weeks and ends of years."""

from __future__ import annotations

from dataclasses import replace

from dateline.mentions.calendar import interval, quarter_of, quarter_value, season_of, week_value
from dateline.mentions.timedates import date
from dateline.mentions.timescene import (
    DIRECTION,
    FUTURE,
    PAST,
    Reading,
    Scene,
    Slots,
    choose,
    dated,
    year_before,
    year_number,
)


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
        year_ = year_number(slots["year"], scene)
        return _remember(dated(f"{year_:04d}-Q{number}"), scene) if year_ else None
    if anchor is None:
        return Reading("DATE", f"XXXX-Q{number}")
    if slots.get("rel"):
        reading = dated(f"{anchor.year + DIRECTION[slots['rel']]:04d}-Q{number}")
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
        return year_before(value)
    if slots.get("year"):
        year_ = year_number(slots["year"], scene)
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
    year_ = year_number(slots["year"], scene) if slots.get("year") else None
    if year_ is None and scene.anchor:
        year_ = scene.anchor.year + DIRECTION[slots.get("rel") or "this"]
        if not slots.get("rel") and number == "2" and scene.anchor.month < 7 and scene.direction == -1:
            year_ -= 1
    return dated(f"{year_:04d}-H{number}") if year_ else Reading("DATE", f"XXXX-H{number}")


def season(slots: Slots, scene: Scene) -> Reading | None:
    """``last spring``, ``the summer of 1994``."""
    code, rel, anchor = slots["season"], slots.get("rel"), scene.anchor
    if slots.get("year"):
        year_ = year_number(slots["year"], scene)
        return dated(f"{year_:04d}-{code}") if year_ else None
    if anchor is None:
        return Reading("DATE", f"XXXX-{code}")
    if slots.get("relyear"):
        return dated(f"{anchor.year + DIRECTION[slots['relyear']]:04d}-{code}")
    options = [f"{anchor.year + k:04d}-{code}" for k in (-2, -1, 0, 1)]
    if rel in ("last", "past", "previous"):
        options = [v for v in options if (i := interval(v)) and i.end < anchor][-1:]
    elif rel in ("next", "coming"):
        options = [v for v in options if (i := interval(v)) and i.start > anchor][:1]
    elif rel == "this" and season_of(anchor)[1] != code:
        options = [f"{anchor.year:04d}-{code}"]
    return choose(options, scene, anchor)
