"""Time expressions: the grammar's own examples, resolution against a day, tense from a hand-built tree, ranges."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.mentions.timegrammar import DATA
from dateline.mentions.times import Found, find_times, find_times_in, load_times, when_of
from dateline.mentions.timescheck import check_times
from dateline.model import Block, Entity, Parse, Sentence, Span, Story, Token
from dateline.rules.yamlfile import load

THURSDAY = dt.date(2024, 5, 16)
GRAMMAR = load_times()


def values(text: str, day: dt.date | None = THURSDAY) -> list[tuple[str, str, str]]:
    return [(text[f.start : f.end], f.reading.type, f.reading.value) for f in found(text, day)]


def found(text: str, day: dt.date | None = THURSDAY) -> tuple[Found, ...]:
    return find_times_in(text, day, GRAMMAR)


def test_every_example_of_the_grammar_holds() -> None:
    assert check_times() == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Angola's parliament met on Thursday.", "2024-05-16"),
        ("Angola's parliament met on Friday.", "2024-05-10"),
        ("Angola's parliament will meet on Thursday.", "2024-05-16"),
        ("Angola's parliament will meet on Monday.", "2024-05-20"),
        ("Angola's parliament met last Monday.", "2024-05-13"),
        ("Angola's parliament met in early May.", "2024-05"),
        ("Angola's parliament met on Dec. 30.", "2023-12-30"),
        ("Angola's parliament will meet on Jan. 3.", "2025-01-03"),
    ],
)
def test_direction_decides_the_day(text: str, value: str) -> None:
    assert [v for _, _, v in values(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Workers march on the capital.",
        "Lisbon may send troops.",
        "A second witness, 41, was heard.",
        "The team won 21-19.",
        "Room 1989 was sealed.",
        "Some 1,989 people fled.",
        "It cost $1995.",
        "Markets fall and rivers spring up.",
        "UN Resolution 1701 was upheld.",
        "The 54-year-old deputy was freed.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert values(text) == []


def test_without_a_day_nothing_is_guessed() -> None:
    for item in found("The envoys met on Tuesday, on July 27, last week and in December.", None):
        assert item.reading.start is None
        assert item.reading.end is None
    assert [v for _, _, v in values("They met on July 27.", None)] == ["XXXX-07-27"]
    assert [v for _, _, v in values("They met on Tuesday.", None)] == ["XXXX-WXX-2"]
    assert [v for _, _, v in values("They met on July 27, 2023.", None)] == ["2023-07-27"]


def test_a_range_gives_its_first_end_the_whole_interval() -> None:
    first, second = found("Delegates meet in Rabat from May 20 to May 24.")
    assert (first.reading.start, first.reading.end) == (dt.date(2024, 5, 20), dt.date(2024, 5, 24))
    assert "dates/range" in first.rules
    assert second.reading.start == second.reading.end == dt.date(2024, 5, 24)


def test_since_runs_to_the_storys_day() -> None:
    (item,) = found("Floods have killed 40 people since Monday.")
    assert (item.reading.start, item.reading.end) == (dt.date(2024, 5, 13), THURSDAY)
    assert "dates/since" in item.rules


def test_durations_have_days_only_where_the_storys_day_bounds_them() -> None:
    (bounded,) = found("Forty people were killed in the past two weeks.")
    assert (bounded.reading.start, bounded.reading.end) == (dt.date(2024, 5, 2), THURSDAY)
    (loose,) = found("The strike went on for two weeks.")
    assert loose.reading.start is None


def test_a_clock_time_takes_the_day_of_its_sentence() -> None:
    assert [v for _, _, v in values("On Monday, gunmen struck at 9:15 p.m. outside Mosul.")][1] == "2024-05-13T21:15"
    assert [v for _, _, v in values("The mayor quit on Monday. A blast was heard at 9:15 p.m. in Mosul.")][1] == (
        "2024-05-16T21:15"
    )


def test_spans_point_at_the_text() -> None:
    text = "Police  said\non July 27,\n2023, that nearly three years of talks had failed."
    assert [text[f.start : f.end] for f in found(text)] == ["July 27,\n2023", "nearly three years"]


# --- with a parse -----------------------------------------------------------------------------------------------


def sentence(rows: str) -> tuple[Story, Parse]:
    """A story of one sentence from lines "text lemma upos xpos head dep" (head counts from 1, 0 is the root)."""
    tokens, parts, at = [], [], 0
    for i, row in enumerate(rows.strip().splitlines()):
        text, lemma, upos, xpos, head, dep = row.split()
        tokens.append(Token(i, at, at + len(text), text, lemma, upos, xpos, int(head) - 1, dep))
        parts.append(text)
        at += len(text) + 1
    text = " ".join(parts)
    span = Span(0, len(text))
    story = Story("s", text, (Block("body", span),), published=THURSDAY)
    return story, Parse((Sentence(0, span, tuple(tokens), 0, "body"),), (), "hand")


PLANNED = """
Vienna Vienna PROPN NNP 2 nsubj
said say VERB VBD 0 root
talks talk NOUN NNS 6 nsubj
were be AUX VBD 6 aux
to to PART TO 6 mark
open open VERB VB 2 ccomp
on on ADP IN 8 case
Tuesday Tuesday PROPN NNP 6 obl
"""
ANNOUNCED = """
Under under ADP IN 2 case
terms term NOUN NNS 7 obl
announced announce VERB VBN 2 acl
Tuesday Tuesday PROPN NNP 7 obl:tmod
miners miner NOUN NNS 7 nsubj
will will AUX MD 7 aux
return return VERB VB 0 root
"""
SCHEDULED = """
A a DET DT 2 det
hearing hearing NOUN NN 5 nsubj:pass
in in ADP IN 4 case
Lima Lima PROPN NNP 2 nmod
scheduled schedule VERB VBN 0 root
for for ADP IN 7 case
Tuesday Tuesday PROPN NNP 5 obl
"""
OWNED = """
He he PRON PRP 3 nsubj
will will AUX MD 3 aux
appeal appeal VERB VB 0 root
Tuesday Tuesday PROPN NNP 6 nmod:poss
's 's PART POS 4 case
ruling ruling NOUN NN 3 obj
"""


@pytest.mark.parametrize(
    ("rows", "value"),
    [(PLANNED, "2024-05-21"), (ANNOUNCED, "2024-05-14"), (SCHEDULED, "2024-05-21"), (OWNED, "2024-05-14")],
)
def test_the_governing_verb_decides(rows: str, value: str) -> None:
    story, parse = sentence(rows)
    (time,) = find_times(story, parse, GRAMMAR)
    assert (time.text, time.value) == ("Tuesday", value)
    assert time.rules == ("dates/weekday",)
    first, last = time.tokens
    assert [t.text for t in parse.sentences[0].tokens[first:last]] == ["Tuesday"]
    day = dt.date.fromisoformat(value)
    assert when_of(time, story) == (day, day, "day")


def test_a_name_is_no_time() -> None:
    story, parse = sentence(
        "April April PROPN NNP 3 nsubj\nSmith Smith PROPN NNP 1 flat\nresigned resign VERB VBD 0 root\n"
        "in in ADP IN 5 case\nMarch March PROPN NNP 3 obl"
    )
    named = Parse(parse.sentences, (Entity(0, 0, 2, "PER", Span(0, 11), "April Smith"),), "hand")
    assert [t.value for t in find_times(story, named, GRAMMAR)] == ["2024-03"]


def test_a_set_gives_an_event_no_day() -> None:
    story, parse = sentence("They they PRON PRP 2 nsubj\nmeet meet VERB VBP 0 root\nweekly weekly ADV RB 2 advmod")
    (time,) = find_times(story, parse, GRAMMAR)
    assert (time.type, time.value) == ("SET", "P1W")
    assert when_of(time, story) is None


# --- the data file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{id: dates/x, patterns: ['<monht>'], make: month}", "unknown class <monht>"),
        ("{id: dates/x, patterns: ['<month>'], make: mont}", "unknown builder 'mont'"),
        ("{id: dates/x, patterns: ['[the <month>'], make: month}", "cannot read pattern"),
        ("{id: dates/x, paterns: ['<month>'], make: month}", "unknown key 'paterns'"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line(tmp_path: Path, rule: str, message: str) -> None:
    path = tmp_path / "times.yaml"
    path.write_text(f"classes:\n  month:\n    words: {{may: 5}}\nrules:\n  - {rule}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"times\.yaml:5") as caught:
        load_times(path)
    assert message in str(caught.value)


def test_no_rule_that_matches_is_passed_over() -> None:
    """The index may only leave out rules that cannot match, in every example of the grammar."""
    texts = [str(example["say"]) for example in load(DATA, examples=True).tables("examples")]
    for text in texts:
        words = [(m.start(), "#" if m[0][0].isdigit() else m[0].lower()) for m in re.finditer(r"[A-Za-z]+|\d+", text)]
        openers = GRAMMAR.index.openers({word for _, word in words})
        for k, (at, word) in enumerate(words):
            if word not in GRAMMAR.index:
                continue
            after = [w for _, w in words[k:]]
            every = GRAMMAR.index.among(word, {*after, *GRAMMAR.words})
            matching = [rule for rule in every if rule.regex.match(text, at)]
            among = GRAMMAR.index.among(word, after)
            assert [rule for rule in among if rule in matching] == matching
            assert not matching or word in openers
