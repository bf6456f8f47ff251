"""Quotation marks of a story, paired: where somebody else's words begin and end."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.model import Parse, Sentence, Span, Story

_MARK = re.compile(r"[“”„‟«»\"]|''|``|(?<![\w'’])[‘'](?=\w)|[’'](?!\w)")
_ALWAYS_OPEN = frozenset("“„«") | {"``"}
_ALWAYS_CLOSED = frozenset("”»")
_BEFORE_OPEN = " \t\n([{—–-/‘'“\"\u00a0"


class Quote(NamedTuple):
    """One stretch in quotation marks, marks included; ``runs_on`` when the next paragraph continues it."""

    span: Span
    single: bool  # in single marks: a quote in a quote, or a headline's
    closed: bool
    runs_on: bool

    @property
    def start(self) -> int:
        """First character, the opening mark."""
        return self.span.start

    @property
    def end(self) -> int:
        """One past the last character, the closing mark if there is one."""
        return self.span.end


def find_quotes(story: Story) -> tuple[Quote, ...]:
    """Return the quotations of a story in text order, nested ones left out.

    Every block (paragraph) is read on its own. A quotation that its paragraph does not close reaches to the end of
    the paragraph; it ``runs_on`` when the next block opens with a mark again, as newspapers print long quotations.

    >>> from dateline.parse import plain_story
    >>> story = plain_story('"We will stay," he said. "All of us."')
    >>> [story.text[q.start:q.end] for q in find_quotes(story)]
    ['"We will stay,"', '"All of us."']
    """
    out: list[Quote] = []
    blocks = story.blocks
    for number, block in enumerate(blocks):
        following = blocks[number + 1].span if number + 1 < len(blocks) else None
        opens_next = following is not None and story.text[following.start : following.start + 2][:1] in '“"„«'
        out.extend(_in_block(story.text, block.span, opens_next, block.kind == "headline"))
    return tuple(out)


def quote_around(quotes: tuple[Quote, ...], position: int) -> Quote | None:
    """Return the quotation that holds the character at ``position``, or None."""
    low, high = 0, len(quotes)
    while low < high:
        middle = (low + high) // 2
        if quotes[middle].end <= position:
            low = middle + 1
        else:
            high = middle
    if low < len(quotes) and quotes[low].start <= position:
        return quotes[low]
    return None


def is_scare(quote: Quote, parse: Parse) -> bool:
    """Say whether a quotation is a word or phrase set off by marks rather than a clause somebody uttered.

    A quotation is an utterance when it holds the head of a clause (a finite verb or a root), or spans sentences.
    """
    touched = [s for s in parse.sentences if s.span.start < quote.end and quote.start < s.span.end]
    if len(touched) != 1:
        return not touched
    return not _holds_clause(touched[0], quote.span)


def _holds_clause(sentence: Sentence, span: Span) -> bool:
    inside = [t for t in sentence.tokens if span.start <= t.start and t.end <= span.end and t.upos != "PUNCT"]
    if len(inside) < 2:
        return False
    words = {t.index for t in inside}
    for token in inside:
        if token.upos in ("VERB", "AUX") and any(
            sentence.tokens[k].dep.startswith(("nsubj", "csubj", "expl")) and k in words
            for k in sentence.children[token.index if token.dep not in ("aux", "cop", "aux:pass") else token.head]
        ):
            return True
    return len(inside) >= 4 and any(t.head < 0 and t.upos == "VERB" for t in inside)


def _in_block(text: str, block: Span, opens_next: bool, headline: bool) -> list[Quote]:
    out: list[Quote] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text, block.start, block.end):
        mark, at = match.group(), match.start()
        single = mark in "‘’'" and mark != "''"
        before = text[at - 1] if at > block.start else "\n"
        after = text[match.end()] if match.end() < block.end else "\n"
        if opened is None:
            if mark in _ALWAYS_CLOSED or (mark == "’"):
                continue
            if mark in _ALWAYS_OPEN or (before in _BEFORE_OPEN and not after.isspace()):
                opened = (at, mark)
        elif single == (opened[1] in "‘'" and opened[1] != "''"):
            if mark in _ALWAYS_OPEN and mark != opened[1]:
                continue
            if mark in _ALWAYS_OPEN or (single and mark == "‘"):
                out.append(Quote(Span(opened[0], at), single, False, False)) if not single else None
                opened = (at, mark)
                continue
            if single and after.isalnum():
                continue
            out.append(Quote(Span(opened[0], match.end()), single, True, False))
            opened = None
        elif not single and opened[1] in "‘'" and not headline:
            opened = (at, mark) if mark in _ALWAYS_OPEN or before in _BEFORE_OPEN else None
    if opened is not None and not (opened[1] in "‘'" and opened[1] != "''"):
        out.append(Quote(Span(opened[0], block.end), False, False, opens_next))
    return out
