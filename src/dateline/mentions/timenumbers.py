"""Numbers as they stand before a unit of time: figures, words, halves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:[ \-](\d)/(\d))?$")
_HALVES = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


def number_regex(numbers: Mapping[str, int]) -> str:
    """The regular expression of a number, given the number words of the language."""
    words = "|".join(sorted((re.escape(w).replace(r"\ ", r"\s+") for w in numbers), key=len, reverse=True))
    word = rf"(?:{words})(?!\w)"
    return (
        rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?(?:[ \-]\d/\d)?[½¼¾]?|{word}(?:(?:[\s\-]{{1,2}}|\s+and\s+){word})*)"
    )


def to_number(found: str, numbers: Mapping[str, int]) -> Fraction | None:
    """The number that the words or figures say, or None.

    >>> to_number("twenty-four", {"twenty": 20, "four": 4})
    Fraction(24, 1)
    """
    extra = Fraction(0)
    if found and found[-1] in _HALVES:
        extra, found = _HALVES[found[-1]], found[:-1]
    match = _FIGURE.match(found)
    if match is not None:
        value = Fraction(match[1].replace(",", ""))
        if match[2] and match[3] != "0":
            value += Fraction(int(match[2]), int(match[3]))
        return value + extra
    words = re.sub(r"[\s\-]+", " ", found.lower()).strip()
    total, part = 0, 0
    while words:
        word = next((w for w in (words, *_heads(words)) if w in numbers), None)
        if word is None:
            first, _, words = words.partition(" ")
            if first != "and":
                return None
            continue
        words = words[len(word) :].strip()
        value_ = numbers[word]
        if value_ in (100, 1000) and part:
            part *= value_
            if value_ == 1000:
                total, part = total + part, 0
        else:
            part += value_
    return Fraction(total + part)


def _heads(words: str) -> list[str]:
    pieces = words.split(" ")
    return [" ".join(pieces[:n]) for n in range(min(4, len(pieces)), 0, -1)]


def spoken_year(found: str, numbers: Mapping[str, int]) -> int | None:
    """A year in words: ``nineteen ninety-six``, ``two thousand and one``.

    >>> spoken_year("nineteen ninety-six", {"nineteen": 19, "ninety": 90, "six": 6})
    1996
    """
    words = re.sub(r"[\s\-]+", " ", found.lower()).strip()
    head, _, rest = words.partition(" ")
    if head in numbers and 15 <= numbers[head] <= 20 and not rest.startswith(("thousand", "hundred")):
        low = to_number(rest, numbers) if rest else None
        return numbers[head] * 100 + int(low) if low is not None and 10 <= low <= 99 else None
    whole = to_number(words, numbers)
    return int(whole) if whole is not None and 1500 <= whole <= 2100 else None


def duration_value(amount: Fraction, unit: str) -> str | None:
    """TIMEX3 value of so many units (codes S MN H D W M Q Y E C); half units become smaller ones.

    >>> duration_value(Fraction(5, 2), "Y")
    'P2Y6M'
    """
    if unit in ("E", "C"):
        amount, unit = amount * (10 if unit == "E" else 100), "Y"
    whole, rest = divmod(amount, 1)
    prefix, code = ("PT", "M" if unit == "MN" else unit) if unit in ("S", "MN", "H") else ("P", unit)
    if rest == 0:
        return f"{prefix}{whole}{code}"
    small = {"Y": (12, "M"), "H": (60, "M"), "MN": (60, "S")}.get(unit)
    if small and (rest * small[0]).denominator == 1:
        head = f"{whole}{code}" if whole else ""
        return f"{prefix}{head}{rest * small[0]}{small[1]}"
    return f"{prefix}{float(amount):g}{code}"
