"""The published row: its fields, its schemas, its files."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import made
from dateline import OutputError, SettingError, record
from dateline.model import Caption, Revision, Span
from dateline.writers import (
    FLAT,
    NESTED,
    CsvWriter,
    check_writable,
    dyads,
    finished,
    flatten,
    format_of,
    open_writer,
)

FIELDS = [
    "id",
    "story_id",
    "happening_id",
    "schema",
    "codebook",
    "type",
    "mode",
    "context",
    "quad",
    "score",
    "trigger",
    "sentence",
    "actors",
    "recipients",
    "date",
    "place",
    "magnitude",
    "factuality",
    "factuality_cues",
    "attribution",
    "background",
    "in",
    "confidence",
    "rules",
    "context_evidence",
    "claims",
]


@pytest.fixture
def rows():
    return [dict(row) for row in made.result().records]


def test_the_row_has_the_published_fields_in_their_order(rows):
    assert [list(row) for row in rows] == [FIELDS, FIELDS]
    shot = rows[0]
    assert shot["schema"] == 1
    assert shot["trigger"] == {"text": "shot dead", "span": [39, 48]}
    assert shot["actors"] == [
        {
            "text": "Finnish police",
            "span": [24, 38],
            "name": None,
            "entity": None,
            "country": "FIN",
            "sector": "COP",
            "other_sectors": [],
            "office": None,
            "basis": "adjective",
        }
    ]
    assert shot["date"] == {
        "start": "2024-03-11",
        "end": "2024-03-11",
        "grain": "day",
        "basis": "stated",
        "text": "Monday",
        "span": [74, 80],
    }
    assert shot["place"]["geonameid"] == 3143244
    assert shot["magnitude"] == {
        "dead": {"low": 2, "high": 2, "text": "two", "span": [49, 52], "bound": "at least"},
        "injured": None,
        "arrested": None,
        "displaced": None,
        "crowd": None,
        "money": None,
        "told": [
            {
                "kind": "dead",
                "low": 2,
                "high": 2,
                "text": "two",
                "span": [49, 52],
                "bound": "at least",
                "source": "the ministry",
            }
        ],
    }
    assert shot["factuality_cues"] == ["said"]
    assert shot["attribution"][0]["kind"] == "official"
    start, end = shot["attribution"][0]["span"]
    assert shot["claims"] == [
        {
            "text": "the ministry",
            "span": [start, end],
            "name": None,
            "kind": "official",
            "country": "FIN",
            "sector": "GOV",
            "stance": "reported",
            "cue": "said",
            "cue_span": [end + 1, end + 5],
            "quoted": False,
            "via": None,
        },
        {
            **dict.fromkeys(("text", "span", "name", "country", "sector", "cue", "cue_span")),
            "kind": "anonymous",
            "stance": "alleged",
            "quoted": False,
            "via": 0,
        },
    ]
    assert shot["in"] == "body"


def test_what_is_not_known_is_null_and_never_made_up(rows):
    met = rows[1]
    assert met["date"] is None
    assert met["place"] is None
    assert met["happening_id"] is None
    assert met["attribution"] == []
    assert met["magnitude"].pop("told") == []
    assert set(met["magnitude"].values()) == {None}


def test_spans_slice_to_their_text(rows):
    for row in rows:
        for part in (
            *row["actors"],
            *row["recipients"],
            *row["attribution"],
            *filter(None, [row["date"], row["place"]]),
        ):
            start, end = part["span"]
            assert made.TEXT[start:end] == part["text"]


def test_rows_fit_the_json_schema(rows):
    schema = record.json_schema()
    assert list(schema["properties"]) == schema["required"] == FIELDS
    for row in rows:
        _fits(json.loads(json.dumps(row)), schema)


def _fits(value, schema):
    """The few words of JSON Schema that the row's schema uses."""
    if "anyOf" in schema:
        if value is not None:
            _fits(value, schema["anyOf"][0])
        return
    kind = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    assert isinstance(value, kind[schema["type"]]), (value, schema)
    if schema["type"] == "object":
        assert list(value) == schema["required"]
        for name, inner in schema["properties"].items():
            _fits(value[name], inner)
    elif schema["type"] == "array":
        for item in value:
            _fits(item, schema["items"])


def test_the_arrow_table_keeps_every_value(rows):
    table = made.result().to_arrow()
    assert table.schema.names == FIELDS
    assert table.schema.field("date").type.field("start").type == pa.date32()
    back = table.to_pylist()
    assert back[0]["date"]["start"] == dt.date(2024, 3, 11)
    assert record.arrow_rows(rows) == back


def test_pandas_gets_one_line_an_event():
    frame = made.result().to_pandas()
    assert list(frame["type"]) == ["ASSAULT", "CONSULT"]


def test_every_field_has_help():
    fields = list(record.field_help())
    assert len(fields) > 60
    assert all(kind and text for _, kind, text in fields)
    assert ("actors[].country", "text or null") in [(name, kind) for name, kind, _ in fields]


def test_a_story_row_has_the_published_fields():
    story = made.story(
        captions=(Caption("A bridge", Span(1, 9), dt.date(2024, 3, 11), "NTB", None),),
        revision=Revision("2nd LD", "lead", 2, Span(0, 6)),
    )
    row = record.story_record(story)
    assert list(row) == (
        [
            "id",
            "source",
            "agency",
            "headline",
            "dateline",
            "published",
            "byline",
            "contact",
            "revision",
            "captions",
            "rights",
            "language",
            "notes",
            "text",
        ]
    )
    assert row["dateline"] == {
        "text": "OSLO, March 12 (NTB) --",
        "span": [0, 23],
        "place": "OSLO",
        "country": "NOR",
        "date": "2024-03-12",
    }
    assert row["revision"] == {"text": "2nd LD", "kind": "lead", "number": 2}
    assert row["captions"] == [
        {"text": "A bridge", "span": [1, 9], "date": "2024-03-11", "credit": "NTB", "rights": None}
    ]
    json.dumps(row)


# --- shapes and files --------------------------------------------------------------------------------------------


def test_flat_columns_join_what_a_table_needs(rows):
    flat = flatten(rows[1])
    assert list(flat) == [*FLAT, *NESTED]
    assert flat["actors"] == "Ada;Olav;Oslo"
    assert flat["actor_countries"] == "NOR;;NOR"
    assert flat["date_start"] is None
    assert flatten(rows[0])["dead_low"] == 2
    assert json.loads(flatten(rows[0])["actors_json"])[0]["country"] == "FIN"
    assert json.loads(flatten(rows[0])["claims_json"]) == rows[0]["claims"]


def test_csv_reads_back_as_it_was_written(rows):
    stream = io.StringIO()
    writer = CsvWriter(stream)
    writer.write(rows)
    got = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert [row["type"] for row in got] == ["ASSAULT", "CONSULT"]
    assert got[0]["recipient_sectors"] == "CRM"
    assert got[1]["place"] == ""


def test_dyads_give_one_row_a_pair(rows):
    pairs = [(r["id"], [a["text"] for a in r["actors"]], [a["text"] for a in r["recipients"]]) for r in dyads(rows)]
    assert pairs == [
        ("e-1", ["Finnish police"], ["two smugglers"]),
        ("e-2", ["Ada"], ["Olav"]),
        ("e-2", ["Ada"], ["Oslo"]),
        ("e-2", ["Olav"], ["Oslo"]),
    ]
    lonely = [{**rows[0], "actors": []}, {**rows[0], "recipients": []}]
    assert [(len(r["actors"]), len(r["recipients"])) for r in dyads(lonely)] == [(0, 1), (1, 0)]


def test_jsonl_is_written_story_by_story(tmp_path, rows):
    path = tmp_path / "out.jsonl"
    writer = open_writer("jsonl", path)
    writer.write(rows[:1])
    assert len(path.read_text().splitlines()) == 1  # before the file is closed
    writer.write(rows[1:])
    writer.close()
    assert [json.loads(line) for line in path.read_text().splitlines()] == rows


def test_parquet_gets_its_name_when_it_is_closed(tmp_path, rows):
    path = tmp_path / "out.parquet"
    writer = open_writer("parquet", path)
    writer.write(rows)
    assert not path.exists()
    writer.close()
    assert pq.read_table(path).schema.names == FIELDS
    assert [p.name for p in tmp_path.iterdir()] == ["out.parquet"]


def test_parquet_without_events_is_an_empty_table(tmp_path):
    writer = open_writer("parquet", tmp_path / "none.parquet")
    writer.close()
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0


def test_a_torn_end_is_cut_with_its_story(tmp_path, rows):
    path = tmp_path / "out.jsonl"
    other = [{**row, "story_id": "s-2"} for row in rows]
    lines = [json.dumps(row) + "\n" for row in (*rows, *other)]
    whole = "".join(lines)
    path.write_text(whole)
    assert finished(path) == {"s-1", "s-2"}
    assert path.read_text() == whole
    path.write_text(whole[:-20])
    assert finished(path) == {"s-1"}
    assert path.read_text() == "".join(lines[:2])
    path.write_text(lines[0][:30])
    assert finished(path) == frozenset()
    assert path.read_text() == ""
    assert finished(tmp_path / "none.jsonl") == frozenset()


def test_resume_refuses_a_file_of_something_else(tmp_path):
    path = tmp_path / "other.jsonl"
    path.write_text('{"name": "x"}\n')
    with pytest.raises(OutputError, match=r"other\.jsonl:1: is no row"):
        finished(path)


def test_an_output_that_cannot_be_written_is_named_at_once(tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        check_writable(tmp_path / "no" / "out.jsonl")
    with pytest.raises(OutputError, match="is a folder"):
        check_writable(tmp_path)
    check_writable(tmp_path / "new.jsonl")
    assert not (tmp_path / "new.jsonl").exists()
    kept = tmp_path / "kept.jsonl"
    kept.write_text("x")
    check_writable(kept)
    assert kept.read_text() == "x"


def test_the_suffix_decides_the_format(tmp_path):
    assert format_of(tmp_path / "a.CSV") == "csv"
    with pytest.raises(SettingError, match=r"\.txt"):
        format_of(tmp_path / "a.txt")
    with pytest.raises(SettingError, match="standard output"):
        open_writer("parquet", None)


# --- explanation and rendering -----------------------------------------------------------------------------------


def test_the_explanation_names_values_words_rules_and_what_was_left():
    result = made.result()
    text = result.events[0].explain()
    assert text == result.explain(result.coded[0])
    for part in (
        'ASSAULT (firearms): "shot … dead" [39, 48)',
        "rule plover/ASSAULT/kill",
        'actor "Finnish police" [24, 38): FIN COP by adjective',
        "not chosen: Finland's football team",
        "date 2024-03-11 (day, stated)",
        "rule times/weekday-past",
        "not chosen: Oslo, Minnesota, USA",
        'cue "said"',
        'according to "the ministry"',
        'claim reported by "the ministry"',
        "claim alleged by nobody named, passed on by the ministry",
        "dead at least 2 from",
        "not chosen: plover/COERCE/arrest: if obj: person",
        'told again: "met"',
    ):
        assert part in text
    unknown = result.events[1].explain()
    assert "date unknown" in unknown
    assert "place unknown" in unknown
    assert "the reporter's own voice" in unknown


def test_an_event_without_its_result_says_so():
    event = made.result().events[0]
    with pytest.raises(ValueError, match="result"):
        dataclasses.replace(event, result=None).explain()


def test_the_notebook_view_escapes_the_story():
    page = made.result()._repr_html_()
    assert "<b>Ada" not in page
    assert "&lt;b&gt;" in page
    assert "Finnish police</span>" in page
    assert "ASSAULT (firearms)" in page
    assert 'title="actor of ASSAULT firearms: FIN COP"' in page
