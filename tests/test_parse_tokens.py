"""Words and sentences by rule: the examples of the data file, and what no text may break."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.parse import data_folder, plain_story
from dateline.parse.sentences import sentence_starts
from dateline.parse.tokens import Tokenizer, read_token_rules
from dateline.rules import yamlfile

PATH = data_folder() / "language" / "en" / "tokens.yaml"
RULES = read_token_rules(PATH)
TOKENIZER = Tokenizer(RULES)
EXAMPLES = yamlfile.load(PATH, examples=True).tables("examples")


def divided(text: str) -> str:
    pieces = TOKENIZER(text)
    starts = set(sentence_starts(text, pieces, RULES)[1:])
    return " ".join(("| " if k in starts else "") + text[a:b] for k, (a, b) in enumerate(pieces))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["text"][:30])
def test_examples_of_the_data_file(example):
    assert divided(example["text"]) == example["tokens"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They couldn't say who's there.", "They could n't say who 's there ."),
        ("DON'T PANIC", "DO N'T PANIC"),
        ("the ministers' cars", "the ministers ' cars"),
        ("It cost $1,000.50, 10% more.", "It cost $ 1,000.50 , 10 % more ."),
        (
            "Write to desk@news.example.org or see www.example.org/a.",
            "Write to desk@news.example.org or see www.example.org/a .",
        ),
        ("an AK-47 and F-16s", "an AK - 47 and F - 16s"),
        ("``Stop,'' he said.", "`` Stop , '' he said ."),
        ("“Stop,” he said—twice.", "“ Stop , ” he said — twice ."),
        ("LAGOS -- Rain fell _ a lot.", "LAGOS -- Rain fell _ a lot ."),
        ("pro-government and re-elected", "pro-government and re-elected"),
        ("al-Shabab's men", "al - Shabab 's men"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("on 9/11 and 24/7", "on 9/11 and 24/7"),
        ("in the 1990s, the 3rd, at 5pm", "in the 1990s , the 3rd , at 5 pm"),
        ("Wait... what?!", "Wait ... what ?!"),
    ],
)
def test_words(text, expected):
    assert divided(text).replace("| ", "") == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("U.S. President Ana Diaz met Lt. Gen. Bo Lund. They talked.", 2),
        ("It opened at 9 a.m. The crowd cheered.", 2),
        ("It opened at 9 a.m. Tuesday in Oslo.", 1),
        ('He said: "We go." Then he left.', 2),
        ('"Do we go?" asked Mr. Lund.', 1),
        ('"Never!" the crowd shouted.', 1),
        ("The fire (which began in Unit No. 4.) is out. No one was hurt.", 2),
        ("Police in St. Louis said J. R. Obi fled.", 1),
        ("Sales of Acme Corp. The Hague-based firm fell.", 2),
        ("He was 45. al-Shabab claimed it.", 2),
        ("The river rose.The dam held.", 2),
        ("Prices rose 3.5 percent. Wages fell.", 2),
        ("MINISTER QUITS AFTER VOTE", 1),
    ],
)
def test_sentences(text, count):
    assert len(sentence_starts(text, TOKENIZER(text), RULES)) == count


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_words_are_in_order_and_hold_no_space(text):
    pieces = TOKENIZER(text)
    end = 0
    for a, b in pieces:
        assert end <= a < b <= len(text)
        assert not any(c.isspace() for c in text[a:b])
        end = b
    letters = sum(c.isalnum() for c in text)
    assert sum(c.isalnum() for a, b in pieces for c in text[a:b]) == letters
    starts = sentence_starts(text, pieces, RULES)
    assert starts == sorted(set(starts))
    assert (starts[:1] == [0]) == bool(pieces)


def test_a_list_that_is_missing_is_named(tmp_path):
    file = tmp_path / "tokens.yaml"
    file.write_text("titles: [Mr.]\n", encoding="utf-8")
    with pytest.raises(DataError, match="missing key 'abbreviations'"):
        read_token_rules(file)


def test_parts_of_a_split_word_must_add_up(tmp_path):
    file = tmp_path / "tokens.yaml"
    file.write_text(PATH.read_text(encoding="utf-8").replace("cannot: can not", "cannot: can knot"), encoding="utf-8")
    with pytest.raises(DataError, match="do not add up"):
        read_token_rules(file)


def test_plain_story_keeps_wrapped_lines_together():
    text = (
        "Rain fell on the northern hills for a third day and the\n"
        "river that runs through the old town rose by a metre, so\n"
        "schools were closed.\n\nA second paragraph.\nA third on its own line."
    )
    blocks = plain_story(text).blocks
    assert [text[b.span.start : b.span.start + 4] for b in blocks] == ["Rain", "A se", "A th"]
