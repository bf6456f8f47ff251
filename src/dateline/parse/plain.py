"""Plain text as a Story: each paragraph a body block. For tests, examples and corpora without layout."""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.model import Block, Span, Story

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_NARROW, _WIDE = 40, 100


def plain_story(text: str, *, id: str = "plain") -> Story:
    """A Story of ``text`` with one body block per paragraph; nothing is read from the layout.

    Paragraphs are divided by blank lines. A line break inside a paragraph divides it too, unless its lines look
    wrapped (all but the last are 40-100 characters long and about equally long).

    >>> [b.span for b in plain_story("One went.\\n\\nTwo came.").blocks]
    [Span(start=0, end=9), Span(start=11, end=20)]
    """
    blocks: list[Span] = []
    at = 0
    for match in [*_BLANK.finditer(text), None]:
        end = match.start() if match else len(text)
        lines = [(m.start(), m.end()) for m in _LINE.finditer(text, at, end)]
        if len(lines) > 1 and _wrapped(text, lines):
            lines = [(lines[0][0], lines[-1][1])]
        blocks.extend(_trimmed(text, a, b) for a, b in lines)
        at = match.end() if match else end
    return Story(id=id, text=text, blocks=tuple(Block("body", span) for span in blocks))


def _wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    lengths = [b - a for a, b in lines]
    full, last = lengths[:-1], lengths[-1]
    if not all(_NARROW <= n <= _WIDE for n in full) or last > max(full) + 8:
        return False
    if max(full) - min(full) > 25:
        return False
    breaks = [text[b - 1] not in '.!?:"”' or text[c].islower() for (_, b), (c, _) in pairwise(lines)]
    return any(breaks)


def _trimmed(text: str, a: int, b: int) -> Span:
    while a < b and text[a].isspace():
        a += 1
    while b > a and text[b - 1].isspace():
        b -= 1
    return Span(a, b)
