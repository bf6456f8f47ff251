"""Files, folders, patterns and standard input become the texts of stories; what cannot be read becomes a Problem."""

import csv
import datetime as dt
import gzip
import io
import json

import pytest

from dateline.errors import InputError, SettingError
from dateline.model import Problem
from dateline.wire import Raw, load_layouts, read_inputs, read_story
from dateline.wire.days import read_day

STORY = "LIMA, May 3 (Andina) -- The cabinet met on Tuesday in the capital, and the minister spoke to reporters.\n"


def read(*paths, **options):
    return list(read_inputs([str(p) for p in paths], **options))


def only(*paths, **options):
    (item,) = read(*paths, **options)
    return item


@pytest.fixture
def folder(tmp_path):
    return tmp_path


class TestPaths:
    def test_a_text_file_is_one_story(self, folder):
        (folder / "a.txt").write_text(STORY)
        raw = only(folder / "a.txt")
        assert raw == Raw(STORY, None, str(folder / "a.txt"))

    def test_a_folder_is_read_to_the_bottom_in_sorted_order(self, folder):
        (folder / "b").mkdir()
        (folder / "b" / "one.txt").write_text("One. " + STORY)
        (folder / "a.txt").write_text("Two. " + STORY)
        (folder / ".hidden").write_text("not this")
        assert [raw.text[:3] for raw in read(folder)] == ["Two", "One"]

    def test_a_pattern_matches_files(self, folder):
        for name in ("x1.txt", "x2.txt", "y.txt"):
            (folder / name).write_text(name + " " + STORY)
        assert [raw.text[:2] for raw in read(folder / "x*.txt")] == ["x1", "x2"]

    def test_a_missing_path_stops_the_run_and_names_a_near_one(self, folder):
        (folder / "stories.jsonl").write_text("{}")
        with pytest.raises(InputError, match=r"no such file or folder \(did you mean 'stories.jsonl'\?\)"):
            read(folder / "storys.jsonl")

    def test_a_pattern_without_a_match_and_an_empty_folder_stop_the_run(self, folder):
        with pytest.raises(InputError, match="no file matches"):
            read(folder / "*.txt")
        with pytest.raises(InputError, match="holds no files"):
            read(folder)

    def test_an_unreadable_file_is_a_problem_and_the_run_goes_on(self, folder):
        (folder / "a.txt.gz").write_bytes(gzip.compress(STORY.encode())[:-12])
        (folder / "b.txt").write_text(STORY)
        first, second = read(folder)
        assert isinstance(first, Problem)
        assert first.stage == "read"
        assert "a.txt.gz: cannot be read" in first.message
        assert second.text == STORY

    def test_standard_input(self):
        assert only("-", stdin=io.BytesIO(STORY.encode())).text == STORY
        lines = json.dumps({"text": STORY, "id": "7"}).encode()
        assert only("-", stdin=io.BytesIO(lines)).id == "7"

    def test_an_unknown_field_is_refused(self):
        with pytest.raises(SettingError, match="did you mean 'title'"):
            read("-", fields={"titel": "x"})


class TestBytes:
    def test_bom_and_crlf_are_normalised(self, folder):
        (folder / "a.txt").write_bytes(b"\xef\xbb\xbfFirst line\r\nsecond line\rthird\n")
        assert only(folder / "a.txt").text == "First line\nsecond line\nthird\n"

    def test_utf16_with_a_mark(self, folder):
        (folder / "a.txt").write_bytes("Zażółć gęślą jaźń".encode("utf-16"))
        assert only(folder / "a.txt").text == "Zażółć gęślą jaźń"

    def test_another_encoding_is_guessed_and_stated(self, folder):
        text = "The café owner, Renée Müller, said “no” to the mayor of Besançon on Tuesday – again."
        (folder / "a.txt").write_bytes(text.encode("cp1252"))
        raw = only(folder / "a.txt")
        assert raw.text == text
        assert raw.notes == ("encoding guessed: cp1252",)
        assert read_story(raw.text, layouts=load_layouts(), notes=raw.notes).notes[:1] == raw.notes

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "the file is empty"),
            (b"  \n \n", "only blanks"),
            (b"%PDF-1.4 ...", "a PDF document"),
            (b"abc\0def", "NUL bytes"),
            (b"{\\rtf1 text}", "RTF"),
        ],
    )
    def test_what_is_no_text_is_a_problem(self, folder, data, words):
        (folder / "a.txt").write_bytes(data)
        problem = only(folder / "a.txt")
        assert isinstance(problem, Problem)
        assert words in problem.message

    def test_gzip_of_anything(self, folder):
        (folder / "a.txt.gz").write_bytes(gzip.compress(STORY.encode()))
        (folder / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": STORY}).encode()))
        assert [raw.text for raw in read(folder)] == [STORY, STORY]

    def test_a_line_of_ten_megabytes(self, folder):
        (folder / "a.txt").write_text("word " * 2_000_000)
        assert len(only(folder / "a.txt").text) == 10_000_000

    def test_an_unknown_suffix_is_looked_into(self, folder):
        (folder / "a.dat").write_text(json.dumps({"text": STORY}) + "\n" + json.dumps({"text": STORY}))
        (folder / "b").write_text(STORY)
        assert [raw.text for raw in read(folder)] == [STORY] * 3


class TestJsonLines:
    def test_common_names_are_found(self, folder):
        row = {"Body": STORY, "pub_date": "2021-05-04T10:00:00Z", "doc_id": 12, "Headline": "Cabinet meets"}
        (folder / "a.jsonl").write_text(json.dumps(row))
        raw = only(folder / "a.jsonl")
        assert raw == Raw(STORY, "12", f"{folder}/a.jsonl:1", dt.date(2021, 5, 4), "Cabinet meets")

    def test_named_fields(self, folder):
        (folder / "a.jsonl").write_text(json.dumps({"text": "short", "long": STORY, "when": "4 May 2021"}))
        raw = only(folder / "a.jsonl", fields={"text": "long", "date": "when"})
        assert (raw.text, raw.published) == (STORY, dt.date(2021, 5, 4))

    def test_a_missing_field_names_what_there_is(self, folder):
        (folder / "a.jsonl").write_text(json.dumps({"headline": "x", "contents": STORY}))
        with pytest.raises(
            InputError,
            match=r"a.jsonl:1: no column 'content' for the field text \(did you mean 'contents'\?\); found: headline, contents",
        ):
            read(folder / "a.jsonl", fields={"text": "content"})

    def test_bad_lines_are_problems_with_file_and_line(self, folder):
        good = json.dumps({"text": STORY, "date": "2021-05-04"})
        lines = [
            good,
            '{"text": "cut off',
            "[1, 2]",
            json.dumps({"text": ""}),
            json.dumps({"text": STORY, "date": "soon"}),
            "",
            json.dumps({"no": 1}),
            good,
        ]
        (folder / "a.jsonl").write_text("\n".join(lines))
        items = read(folder / "a.jsonl")
        assert [type(i).__name__ for i in items] == [
            "Raw",
            "Problem",
            "Problem",
            "Problem",
            "Problem",
            "Problem",
            "Raw",
        ]
        messages = [i.message.removeprefix(f"{folder}/") for i in items if isinstance(i, Problem)]
        assert messages[0].startswith("a.jsonl:2: not valid JSON")
        assert messages[1] == "a.jsonl:3: a JSON object expected, found list"
        assert messages[2] == "a.jsonl:4: the field 'text' is empty"
        assert messages[3] == "a.jsonl:5: field 'date': the date 'soon' cannot be read; write it as YYYY-MM-DD"
        assert messages[4] == "a.jsonl:7: no field 'text'; found: no"

    def test_lines_are_read_one_at_a_time(self, folder):
        (folder / "a.jsonl").write_text((json.dumps({"text": STORY}) + "\n") * 3 + "broken")
        stream = read_inputs([str(folder / "a.jsonl")])
        assert isinstance(next(stream), Raw)

    def test_a_json_list(self, folder):
        (folder / "a.json").write_text(json.dumps([{"text": STORY}, {"text": STORY}]))
        assert [raw.source.removeprefix(f"{folder}/") for raw in read(folder / "a.json")] == ["a.json#1", "a.json#2"]

    def test_the_given_day_fills_in(self, folder):
        (folder / "a.jsonl").write_text(json.dumps({"text": STORY, "date": None}))
        assert only(folder / "a.jsonl", published=dt.date(2020, 1, 2)).published == dt.date(2020, 1, 2)


class TestTables:
    def test_csv_with_line_breaks_inside_cells(self, folder):
        with open(folder / "a.csv", "w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["id", "date", "text"])
            out.writerow(["001", "2021-05-04", "First line,\nsecond line."])
            out.writerow(["002", "", "NA"])
        first, second = read(folder / "a.csv")
        assert first == Raw("First line,\nsecond line.", "001", f"{folder}/a.csv:row 2", dt.date(2021, 5, 4))
        assert (second.id, second.text, second.published) == ("002", "NA", None)

    def test_other_separators(self, folder):
        (folder / "a.csv").write_text("id;body\n1;Rain, wind and snow.\n")
        (folder / "b.tsv").write_text("id\tbody\n1\tRain, wind and snow.\n")
        assert [raw.text for raw in read(folder)] == ["Rain, wind and snow."] * 2

    def test_a_row_with_too_many_cells_is_a_problem(self, folder):
        (folder / "a.csv").write_text("id,text\n1,Rain fell.\n2,Rain,fell.\n3,Snow fell.\n")
        items = read(folder / "a.csv")
        assert [i.text for i in items if isinstance(i, Raw)] == ["Rain fell.", "Snow fell."]
        (problem,) = [i for i in items if isinstance(i, Problem)]
        assert "2 cells expected, found 3" in problem.message

    def test_csv_without_a_text_column_stops_the_run(self, folder):
        (folder / "a.csv").write_text("id,when\n1,2\n")
        with pytest.raises(
            InputError,
            match=r"no column holds the text of the stories; found: id, when; name it with --field text=COLUMN",
        ):
            read(folder / "a.csv")

    def test_csv_in_another_encoding(self, folder):
        (folder / "a.csv").write_bytes(
            'id,text\n1,"L\'été à Besançon où les élèves étaient là, a dit Renée"\n'.encode("cp1252")
        )
        raw = only(folder / "a.csv")
        assert "été à Besançon" in raw.text
        assert raw.notes == ("encoding guessed: cp1252",)

    def test_parquet(self, folder):
        import pyarrow as pa
        from pyarrow import parquet

        table = pa.table({"content": [STORY, None], "date": pa.array([dt.date(2021, 5, 4), None]), "extra": [1, 2]})
        parquet.write_table(table, folder / "a.parquet")
        raw, problem = read(folder / "a.parquet")
        assert (raw.text, raw.published, raw.source) == (STORY, dt.date(2021, 5, 4), f"{folder}/a.parquet:row 1")
        assert problem.message.endswith("row 2: the field 'content' is empty")

    def test_a_broken_parquet_file_is_a_problem(self, folder):
        (folder / "a.parquet").write_bytes(b"PAR1 and then nothing")
        assert "not readable as Parquet" in only(folder / "a.parquet").message


class TestHtml:
    PAGE = """<html><head><title>Port reopens in Mombasa</title><meta property="article:published_time" content="2021-05-04">
      <script>document.write("never run")</script></head><body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav>
      <article><h1>Port reopens in Mombasa</h1>
      <p>The port of Mombasa reopened on Tuesday after dockers and the harbour authority agreed on higher wages.</p>
      <p>The strike had lasted eleven days and had stopped nearly all traffic, the authority said in a statement.</p>
      <p>Ships waited off the coast while talks went on in the governor's office until late on Monday evening.</p></article>
      <footer>Copyright 2021</footer></body></html>"""

    def test_the_article_its_title_and_date(self, folder):
        (folder / "a.html").write_text(self.PAGE)
        raw = only(folder / "a.html")
        assert raw.published == dt.date(2021, 5, 4)
        assert raw.title == "Port reopens in Mombasa"
        assert raw.text.startswith("Port reopens in Mombasa\n")
        assert raw.text.count("Port reopens in Mombasa") == 1
        assert "higher wages" in raw.text
        assert "never run" not in raw.text
        assert "Sport" not in raw.text

    def test_a_page_without_an_article_is_a_problem(self, folder):
        (folder / "a.html").write_text("<html><body></body></html>")
        assert "no article text found" in only(folder / "a.html").message


@pytest.mark.parametrize(
    "value",
    [
        "2023-07-27",
        "2023/7/27",
        "20230727",
        "2023-07-27T09:00:00+09:00",
        "Thu, 27 Jul 2023 09:15:00 GMT",
        "July 27, 2023",
        "27 July 2023",
        "27/07/2023",
        dt.date(2023, 7, 27),
        dt.datetime(2023, 7, 27, 9),
    ],
)
def test_days(value):
    assert read_day(value) == dt.date(2023, 7, 27)


@pytest.mark.parametrize("value", ["soon", "03/04/2023", "2023-02-30", "July 2023", "12"])
def test_days_that_are_refused(value):
    with pytest.raises(ValueError, match="date"):
        read_day(value)


def test_a_file_without_stories_among_others_is_one_problem(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"story_id": null, "message": "x"}\n')
    (tmp_path / "b.txt").write_text("Mali expelled the French ambassador on Friday.")
    first, second = read_inputs([tmp_path])
    assert isinstance(first, Problem)
    assert "no column holds the text" in first.message
    assert second.text.startswith("Mali")


def test_an_empty_path_is_refused():
    with pytest.raises(InputError, match="an empty path"):
        read_inputs([""])
