"""The composition: one story, many stories, any number of workers, and stories that cannot be coded."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from itertools import count, islice

import pytest

import dateline
from dateline import Coder, Problem, Result, SettingError, StoryError
from dateline.pipeline import as_day

STORY = (
    "TBILISI, May 14 (AP) -- Georgian police arrested 12 protesters outside parliament on Tuesday, the interior "
    "ministry said.\n\nArmenia's foreign minister met his Georgian counterpart in Tbilisi on Monday."
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder().load()


def rows_of(result: Result) -> str:
    return json.dumps([dict(row) for row in result.records], ensure_ascii=False)


def test_a_story_goes_all_the_way(coder):
    result = coder.code(STORY, published="2024-05-14", id="x7")
    assert result.story.id == "x7"
    assert result.story.day == dt.date(2024, 5, 14)
    arrest = next(e for e in result.events if e.type == "COERCE")
    assert [a.country for a in arrest.actors] == ["GEO"]
    assert arrest.when is not None
    assert (arrest.when.start, arrest.when.basis) == (dt.date(2024, 5, 14), "stated")
    assert "plover/COERCE" in arrest.explain()
    assert {row["story_id"] for row in result.records} == {"x7"}


def test_every_span_of_a_result_lies_in_the_text_as_received(coder):
    text = "\n\n" + STORY.replace("\n\n", "\r\n\r\n")
    result = coder.code(text)
    assert result.story.text == text.replace("\r\n", "\n")
    for row in result.records:
        for part in (*row["actors"], *row["recipients"], *row["attribution"]):
            assert result.story.text[slice(*part["span"])] == part["text"]


def test_the_same_story_gives_the_same_bytes(coder):
    assert rows_of(coder.code(STORY)) == rows_of(coder.code(STORY)) == rows_of(Coder().code(STORY))


def test_without_a_year_the_date_stays_unknown(coder):
    result = coder.code(STORY)
    assert result.story.day is None
    assert all(e.when is None or e.when.basis != "published" for e in result.events)


@pytest.mark.parametrize(
    "day", ["2024-05-14", dt.date(2024, 5, 14), dt.datetime(2024, 5, 14, 9), "2024-05-14T09:00:00Z"]
)
def test_a_day_can_be_given_as_text_or_date(day):
    assert as_day(day) == dt.date(2024, 5, 14)


@pytest.mark.parametrize("day", ["14 May", "2024-13-01", 20240514])
def test_a_day_that_is_none_is_refused(coder, day):
    with pytest.raises(SettingError, match="YYYY-MM-DD"):
        coder.code(STORY, published=day)


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(SettingError, match="en"):
        _ = Coder(language="eng").language
    with pytest.raises(dateline.DataError, match="plover"):
        _ = Coder(codebook="ploverr").codebook


@pytest.mark.parametrize("text", ["", " \n ", "x" * 500_000])
def test_what_is_no_story_is_refused(coder, text):
    with pytest.raises(StoryError):
        coder.code(text)


MANY = [
    STORY,
    {"text": STORY.replace("12", "40"), "id": "a", "published": "2024-05-14"},
    {"text": "", "id": "b", "source": "b.txt"},
    {"body": "no text"},
    {"text": STORY, "published": "soon", "id": "c"},
    7,
    *({"text": STORY.replace("12", str(n)), "id": f"n{n}"} for n in range(20, 40)),
]


def test_a_story_that_fails_is_a_problem_and_the_run_goes_on(coder):
    got = list(coder.code_many(MANY))
    assert len(got) == len(MANY)
    problems = {i: p for i, p in enumerate(got) if isinstance(p, Problem)}
    assert list(problems) == [2, 3, 4, 5]
    assert problems[2].story_id == "b"
    assert problems[2].source == "b.txt"
    assert "found: body" in problems[3].message
    assert "soon" in problems[4].message
    assert isinstance(got[0], Result)


def test_a_crash_in_a_stage_is_a_problem_that_names_it(coder, monkeypatch):
    other = Coder()
    other.__dict__.update(coder.__dict__)
    other.__dict__["parser"] = lambda story: 1 / 0
    [problem] = other.code_many([STORY])
    assert (problem.stage, problem.message) == ("parse", "ZeroDivisionError: division by zero")


def test_a_missing_package_stops_the_run(coder):
    def parser(story):
        raise ModuleNotFoundError("No module named 'onnxruntime'")

    other = Coder()
    other.__dict__.update(coder.__dict__)
    other.__dict__["parser"] = parser
    with pytest.raises(ModuleNotFoundError, match="onnxruntime"):
        list(other.code_many([STORY, STORY]))


def test_a_problem_of_the_reader_is_passed_on(coder):
    problem = Problem(None, "x.bin", "read", "binary")
    assert list(coder.code_many([problem])) == [problem]


def test_stories_are_taken_as_they_come(coder):
    endless = ({"text": STORY, "id": str(n)} for n in count())
    got = list(islice(coder.code_many(endless), 3))
    assert [r.story.id for r in got] == ["0", "1", "2"]


def test_two_workers_give_the_same_bytes_in_the_same_order(coder):
    one = list(coder.code_many(MANY, take=rows_of))
    two = list(coder.code_many(MANY, workers=2, take=rows_of))
    assert one == two


def test_whole_results_come_back_from_workers(coder):
    [result] = coder.code_many([STORY], workers=2)
    assert rows_of(result) == rows_of(coder.code(STORY))
    assert result.events[0].explain()


def test_no_workers_are_refused(coder):
    with pytest.raises(SettingError, match="workers"):
        coder.code_many([STORY], workers=0)


def test_import_is_light():
    code = "import sys, dateline; print(sorted(set(sys.modules) & {'numpy', 'onnxruntime', 'pyarrow', 'rich', 'pandas', 'trafilatura', 'tokenizers'}))"
    got = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert got.stdout.strip() == "[]"


def test_the_version_is_the_package_version():
    from importlib.metadata import version

    assert dateline.__version__ == version("dateline")
