"""Old and new events: dates against the story's day, standing context below the lead, and the data file's examples."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.frames.background import is_background, load_background
from dateline.frames.factuality_check import check_background
from dateline.model import Block, Parse, Sentence, Span, Story, Token, When
from dateline.parse import load_parser

DAY = dt.date(2024, 5, 15)


def sentence(index: int, *words: str, region: str = "body") -> Sentence:
    """A sentence from words written ``text/UPOS/XPOS/head/dep``; lemmas are the lower-case words."""
    tokens, at = [], 100 * index
    for i, word in enumerate(words):
        text, upos, xpos, head, dep = word.split("/")
        tokens.append(Token(i, at, at + len(text), text, text.lower(), upos, xpos, int(head), dep))
        at += len(text) + 1
    return Sentence(index, Span(100 * index, at), tuple(tokens), 0, region)


def story(*sentences: Sentence) -> tuple[Story, Parse]:
    return Story("s", "", (Block("body", Span(0, 1)),), published=DAY), Parse(sentences, (), "by hand")


def on(start: dt.date, end: dt.date | None = None, basis: str = "stated") -> When:
    return When(start, end or start, "day", basis, "then", Span(5, 9))


MET = ("They/PRON/PRP/1/nsubj", "met/VERB/VBD/-1/root", "./PUNCT/./1/punct")
HOLDS = ("It/PRON/PRP/1/nsubj", "holds/VERB/VBZ/-1/root", "protests/NOUN/NNS/1/obj")


@pytest.mark.parametrize(
    ("when", "old"),
    [
        (on(DAY), False),
        (on(DAY - dt.timedelta(days=1)), False),
        (on(DAY - dt.timedelta(days=9)), True),
        (on(DAY + dt.timedelta(days=30)), False),
        (on(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), False),
        (on(dt.date(1999, 1, 1), dt.date(1999, 12, 31)), True),
        (on(dt.date(1999, 1, 1), basis="published"), False),
        (None, False),
    ],
)
def test_a_stated_date_decides(when, old):
    coded = story(sentence(0, *MET), sentence(1, *MET), sentence(2, *MET))
    answer, cues = is_background(*coded, 2, 1, when)
    assert answer is old
    assert old is False or cues[0].rule == "background/old-date"


def test_the_lead_may_report_the_days_before():
    coded = story(sentence(0, *MET), sentence(1, *MET), sentence(2, *MET))
    assert is_background(*coded, 0, 1, on(DAY - dt.timedelta(days=4)))[0] is False
    assert is_background(*coded, 2, 1, on(DAY - dt.timedelta(days=4)))[0] is True


def test_a_habit_below_the_lead_is_standing_context():
    coded = story(*(sentence(i, *HOLDS) for i in range(4)))
    assert is_background(*coded, 0, 1, None) == (False, ())
    answer, cues = is_background(*coded, 3, 1, None)
    assert answer is True
    assert [(c.text, c.rule) for c in cues] == [("holds", "background/standing")]


def test_a_wrong_file_says_where(tmp_path: Path):
    path = tmp_path / "background.yaml"
    path.write_text("phrases:\n  - {id: a, says: newish, words: [today]}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"background\.yaml:2: says must be new, old or recent"):
        load_background(path)


def test_the_shipped_examples_hold():
    """The sentences of the data file, through the shipped parser: the floor may only go up."""
    problems = check_background(load_parser())
    assert len(problems) <= 2, "\n".join(problems)
