"""The lines of a story as received, and whether they are hard-wrapped."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

_WORDS = re.compile(r"\S+")


class Line(NamedTuple):
    """A line: the span of what is printed on it, blanks and wire controls (``^ … <``, ``=``) left out."""

    start: int
    end: int
    indent: bool  # blanks stand before it
    gap: bool  # a blank line stands before it

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return self.start >= self.end


def split_lines(text: str) -> list[Line]:
    """The lines on which something is printed, in order."""
    lines: list[Line] = []
    position, gap = 0, False
    for raw in text.split("\n"):
        body = raw.lstrip(" \t\u00a0\ufeff\u3000^")
        if body.strip(" \t\u00a0<=\u200b"):
            start = position + len(raw) - len(body)
            kept = body.rstrip()
            if kept[-1] in "<=" and not kept.endswith("=="):
                kept = kept.rstrip("<= \t")
            lines.append(Line(start, start + len(kept), len(body) < len(raw) and raw[0] in " \t", gap))
            gap = False
        else:
            gap = True
        position += len(raw) + 1
    return lines


def is_wrapped(text: str, lines: list[Line]) -> bool:
    """Whether the copy is hard-wrapped: lines of even width under 100 characters that break inside sentences.

    >>> story = "The council met on Monday in the town hall to talk about\\nthe bridge and decided to wait for the report of the\\nengineers, who come in May."
    >>> is_wrapped(story, split_lines(story))
    True
    """
    if len(lines) < 2:
        return False
    lengths = [line.end - line.start for line in lines]
    over = sum(n for n in lengths if n > 100)
    if over > 0.1 * sum(lengths):
        return False
    followed = broken = 0
    for line, after in itertools.pairwise(lines):
        if after.gap or line.end - line.start < 40:
            continue
        followed += 1
        broken += text[line.end - 1] not in ".!?\"”':;)" or text[after.start].islower()
    return followed > 0 and broken >= 0.5 * followed and broken >= min(2, len(lines) - 1)


def words(text: str) -> int:
    """Number of words."""
    return len(_WORDS.findall(text))
