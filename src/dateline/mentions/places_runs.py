"""Runs of words that may be a name: where one ends, where it is cut, what is no part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.model import Entity, Token

_INNER_WORDS = "of the and de la le el al del du da do das dos di den der am an en les los las upon sur - ' ’ ’s 's & y"
INNER = frozenset(_INNER_WORDS.split())
_CUT_WORDS = ", ; : / ( ) and or — – -- | • to"
_CUT = frozenset(_CUT_WORDS.split())


def run(tokens: Sequence[Token], of: Sequence[Entity | None], first: int) -> int:
    """The end of the run of capitalised words, with small words inside, that starts at a token outside entities."""
    end = i = first + 1
    while i < len(tokens) and of[i] is None and i - first < 8:
        text = tokens[i].text
        if text[:1].isupper():
            end = i + 1
        elif text.lower() not in INNER:
            break
        i += 1
    return end


def pieces(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The parts of a name that commas and other marks cut."""
    start = first
    for i in range(first, last + 1):
        if i == last or tokens[i].text in _CUT:
            if i < last and tokens[i].text in ("and", "to", "-") and not (start < i):
                continue
            a, b = trim(tokens, start, i)
            if a < b:
                yield a, b
            start = i + 1


def trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Without articles and lower-case words before, and without possessives and lower-case words after."""
    while first < last and (
        not tokens[first].text[:1].isupper() or tokens[first].text in ("The", "A", "An", "In", "At")
    ):
        if tokens[first].text[:1].isdigit() or tokens[first].text.startswith(("al-", "el-", "ez-")):
            break
        first += 1
    while last > first and not (tokens[last - 1].text[:1].isupper() or tokens[last - 1].text[:1].isdigit()):
        last -= 1
    return first, last
