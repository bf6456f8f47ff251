"""How many: "two Palestinians", "at least 12 people", "dozens of villagers", as a low and a high number."""

from __future__ import annotations

from dateline.model import Sentence

_UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_MANY = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "millions": (2_000_000, 9_999_999),
    "both": (2, 2),
    "couple": (2, 2),
    "pair": (2, 2),
}


def count_of(sentence: Sentence, head: int, first: int) -> tuple[int, int] | None:
    """The number that a phrase states of its members, as (low, high); None when it states none."""
    tokens = sentence.tokens
    word = tokens[head].text.lower()
    if word in _MANY and sentence.child(head, "nmod") is not None:
        low, high = _MANY[word]
        if head >= 2 and tokens[head - 1].text.lower() == "of":  # "tens of thousands"
            outer = tokens[head - 2].text.lower()
            factor = {"tens": 10, "hundreds": 100}.get(outer)
            if factor is not None:
                return factor * low, factor * high
        for k in sentence.childs(head, "nmod"):  # "hundreds of thousands", with the first word as head
            inner = tokens[k].text.lower()
            if inner in ("thousands", "millions"):
                return low * _SCALES[inner[:-1]], high * _SCALES[inner[:-1]] + _SCALES[inner[:-1]] - 1
        return low, high
    for k in range(first, head):
        if tokens[k].text.lower() == "both":
            return 2, 2
        if (
            tokens[k].upos == "NUM"
            and tokens[k].dep.startswith(("nummod", "compound", "amod"))
            and tokens[k].head <= head
        ):
            value = _number([t.text.lower() for t in tokens[k:head] if t.upos in ("NUM", "NOUN") or t.text == "-"])
            if value is not None:
                return value, value
    if word in _SCALES and head > first:
        value = _number([t.text.lower() for t in tokens[first : head + 1]])
        return (value, value) if value is not None else None
    return None


def _number(words: list[str]) -> int | None:
    """The value of a run of number words that starts the list, or None."""
    total, current, seen = 0.0, 0.0, False
    for word in words:
        plain = word.replace(",", "")
        if plain.replace(".", "", 1).isdigit():
            current += float(plain)
        elif word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word in _SCALES:
            current = max(current, 1.0) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                total, current = total + current, 0.0
        elif word in ("-", "a", "an", "and"):
            continue
        else:
            break
        seen = True
    value = total + current
    return int(value) if seen and value == int(value) else None
