"""Quotation marks of a story, paired: where somebody else's words begin and end."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.model import Parse, Sentence, Span, Story

_MARK = re.compile(r"[“”„«»\"]|''|``|(?<![\w'’])[‘'](?=[\w“\"])|(?<=[\w.,!?…”\"])[’'](?![\w'])")
_CLOSES = {"“": "”“", "„": "“”", "«": "»", '"': '"', "``": "''", "''": "''", "‘": "’", "'": "'", "”": "”"}
_BEFORE_OPEN = " \t\n([{—–-/‘'“\"\u00a0:"
_SINGLE = frozenset("‘’'")


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
    """Return the quotations of a story in text order, quotations inside quotations left out.

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
        following = blocks[number + 1].span.start if number + 1 < len(blocks) else len(story.text)
        opens_next = story.text[following : following + 1] in ("“", '"', "„", "«") or story.text.startswith(
            "''", following
        )
        out.extend(_in_block(story.text, block.span, opens_next))
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

    A quotation is an utterance when it holds a verb with its subject, or the head of a sentence, or spans sentences.
    """
    touched = [s for s in parse.sentences if s.span.start < quote.end and quote.start < s.span.end]
    if len(touched) != 1:
        return not touched
    return not _holds_clause(touched[0], quote.span)


def _holds_clause(sentence: Sentence, span: Span) -> bool:
    tokens = sentence.tokens
    inside = [t for t in tokens if span.start <= t.start and t.end <= span.end and t.upos != "PUNCT"]
    if len(inside) < 2:
        return False
    words = {t.index for t in inside}
    for token in inside:
        if token.dep.startswith(("nsubj", "csubj", "expl")) and token.head in words:
            return True
    return len(inside) >= 4 and any(t.head < 0 and t.upos == "VERB" for t in inside)


def _in_block(text: str, block: Span, opens_next: bool) -> list[Quote]:
    out: list[Quote] = []
    start, opened = -1, ""
    for match in _MARK.finditer(text, block.start, block.end):
        mark, at = match.group(), match.start()
        if not opened:
            if _opens(text, block, match):
                start, opened = at, mark
        elif mark in _CLOSES[opened] or (mark == '"' and opened == "“" and "”" not in text[at : block.end]):
            if mark == opened == '"' and _opens(text, block, match) and at > start + 1:
                start = at  # the first mark was never closed
                continue
            if mark == "“" and opened == "“" and text[at - 1 : at].isspace():
                start = at
                continue
            out.append(Quote(Span(start, match.end()), opened in _SINGLE, True, False))
            opened = ""
        elif opened in _SINGLE and mark not in _SINGLE and _opens(text, block, match):
            start, opened = at, mark  # an apostrophe, after all
    if opened and opened not in _SINGLE:
        out.append(Quote(Span(start, block.end), False, False, opens_next))
    return out


def _opens(text: str, block: Span, match: re.Match[str]) -> bool:
    mark, at = match.group(), match.start()
    if mark in "“„«‘" or mark == "``":
        return True
    if mark in "”»’":
        return False
    before = text[at - 1] if at > block.start else "\n"
    after = text[match.end()] if match.end() < block.end else "\n"
    return before in _BEFORE_OPEN and not after.isspace()
