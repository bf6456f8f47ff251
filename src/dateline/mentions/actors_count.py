"""How many: "two Palestinians", "at least 12 people", "dozens of villagers", as a low and a high number."""

from __future__ import annotations

from dateline.model import Sentence
from dateline.rules.words import Words

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


_BETWEEN = frozenset(("and", "to", "or", "-", "–"))
_BEFORE = frozenset(("NUM", "ADJ", "NOUN", "PROPN", "PUNCT", "DET"))
_BOUNDS = (("at least", "at_least"), ("at most", "at_most"), ("about", "about"))


def count_of(sentence: Sentence, head: int, first: int) -> tuple[int, int] | None:
    """The number that a phrase states of its members, as (low, high); None when it states none."""
    tokens = sentence.tokens
    word = tokens[head].text.lower()
    if word in _MANY and (sentence.child(head, "nmod") is not None or tokens[head].dep.startswith("nsubj")):
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
            and not _age(sentence, k)
        ):
            found = number_at(sentence, k, head)
            if found is not None:
                return found
    if word in _SCALES and head > first:
        value = _number([t.text.lower() for t in tokens[first : head + 1]])
        return (value, value) if value is not None else None
    return None


def _age(sentence: Sentence, k: int) -> bool:
    """Whether a number is somebody's age or a length of time: "37-year-old", "a 40-day hunger striker"."""
    words = [t.text.lower() for t in sentence.tokens[k : k + 4]]
    unit = words[2:3] if words[1:2] == ["-"] else words[1:2] if words[2:3] in (["old"], ["-"]) else []
    return unit in (["year"], ["month"], ["week"], ["day"], ["years"])


def number_at(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """The number, or the range of numbers ("30 to 40"), whose words begin at ``first`` and end before ``last``."""
    tokens = sentence.tokens
    words = [t.text.lower() for t in tokens[first:last] if t.upos in ("NUM", "NOUN") or t.text in _BETWEEN]
    opened = first > 0 and tokens[first - 1].text.lower() in ("between", "from")
    for at, word in enumerate(words[:-1]):
        if at == 0 or word not in _BETWEEN or (word == "and" and not opened):
            continue
        if word in ("-", "–") and not words[at - 1][-1].isdigit():
            continue  # "twenty-five"
        low, high = _number(words[:at]), _number(words[at + 1 :])
        if low is not None and high is not None:
            scale = next((_SCALES[w] for w in words[at + 1 :] if w in _SCALES), 1)
            low = low * scale if low < high // scale and not any(w in _SCALES for w in words[:at]) else low
            if low < high:
                return low, high
    value = _number([w for w in words if w not in ("to", "or", "–")])
    return (value, value) if value is not None else None


def many(word: str) -> tuple[int, int] | None:
    """The range of a word that stands for a number by itself: "scores" were wounded.

    >>> many("Dozens"), many("people")
    ((24, 99), None)
    """
    return _MANY.get(word.lower())


def bound_of(sentence: Sentence, head: int, words: Words) -> str | None:
    """Whether a number is a limit: ``at least``, ``at most``, ``about`` or None, by the words before it."""
    tokens = sentence.tokens
    at = head
    while at > 0 and tokens[at - 1].head <= head and tokens[at].upos != "NUM" and tokens[at - 1].upos in _BEFORE:
        at -= 1
    while at > 0 and tokens[at - 1].upos == "NUM":
        at -= 1
    before = [t.text.lower() for t in tokens[max(0, at - 3) : at]]
    for size in (3, 2, 1):
        phrase = "_".join(before[-size:]) if len(before) >= size else ""
        for bound, names in _BOUNDS:
            if phrase in words[names]:
                return bound
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
