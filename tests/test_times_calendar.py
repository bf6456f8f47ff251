"""Calendar arithmetic and number words."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from dateline.mentions import calendar
from dateline.mentions.timenumbers import duration_value, to_number

NUMBERS = {"one": 1, "two": 2, "four": 4, "twenty": 20, "hundred": 100, "thousand": 1000, "a couple of": 2}


@pytest.mark.parametrize(
    ("value", "start", "end", "grain"),
    [
        ("2023-07-27", "2023-07-27", "2023-07-27", "day"),
        ("2023-07-27TNI", "2023-07-27", "2023-07-27", "time"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2020-W53", "2020-12-28", "2021-01-03", "week"),
        ("2024-W19-WE", "2024-05-11", "2024-05-12", "weekend"),
        ("1989-Q4", "1989-10-01", "1989-12-31", "quarter"),
        ("2023-H2", "2023-07-01", "2023-12-31", "season"),
        ("2023-WI", "2023-12-01", "2024-02-29", "season"),
        ("199", "1990-01-01", "1999-12-31", "decade"),
        ("18", "1800-01-01", "1899-12-31", "century"),
    ],
)
def test_values_denote_intervals(value: str, start: str, end: str, grain: str) -> None:
    assert calendar.interval(value) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end), grain)


@pytest.mark.parametrize("value", ["XXXX-07-27", "PAST_REF", "P3D", "2023-02-30", "2023-W60", ""])
def test_other_values_denote_none(value: str) -> None:
    assert calendar.interval(value) is None


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("12-25", 2023, "2023-12-25"),
        ("easter", 2023, "2023-04-09"),
        ("easter-2", 2024, "2024-03-29"),
        ("4th-thu-11", 2000, "2000-11-23"),
        ("last-mon-05", 2024, "2024-05-27"),
        ("1st-mon-11+1", 1998, "1998-11-03"),
    ],
)
def test_holidays(rule: str, year: int, day: str) -> None:
    assert calendar.holiday(rule, year) == dt.date.fromisoformat(day)


def test_shifting_stays_in_the_calendar() -> None:
    assert calendar.shift(dt.date(2024, 2, 29), -1, "Y") == dt.date(2023, 2, 28)
    assert calendar.shift(dt.date(2024, 1, 31), 1, "M") == dt.date(2024, 2, 29)
    assert calendar.shift(dt.date(2024, 1, 1), -3000, "Y") is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2 1/2", Fraction(5, 2)),
        ("1,500", Fraction(1500)),
        ("twenty-four", Fraction(24)),
        ("two hundred and twenty", Fraction(220)),
        ("four thousand", Fraction(4000)),
        ("a couple of", Fraction(2)),
        ("several", None),
    ],
)
def test_numbers(words: str, number: Fraction | None) -> None:
    assert to_number(words, NUMBERS) == number


def test_halves_become_smaller_units() -> None:
    assert duration_value(Fraction(11, 2), "H") == "PT5H30M"
    assert duration_value(Fraction(1, 2), "Y") == "P6M"
    assert duration_value(Fraction(2), "E") == "P20Y"
    assert duration_value(Fraction(3, 2), "W") == "P1.5W"
