"""The command line, run as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dateline import parse, pipeline
from dateline.cli import COMMANDS, main
from dateline.mentions import gazetteer, world

ROOT = Path(__file__).resolve().parents[1]
STORY = (
    "LUSAKA, July 3 (Xinhua) -- Zambian police arrested 20 protesters in Lusaka on Monday, the interior ministry said."
)


LOADERS = [
    (pipeline, "load_language"),
    (parse, "load_parser"),
    (world, "load_world"),
    (gazetteer, "open_gazetteer"),
]
ONCE = [(module, name, cache(getattr(module, name))) for module, name in LOADERS]


@pytest.fixture(autouse=True)
def _in_a_clone(monkeypatch):
    """Run beside the examples; load the tables once for all commands of this file, which saves most of its time."""
    monkeypatch.chdir(ROOT)
    for module, name, loader in ONCE:
        monkeypatch.setattr(module, name, loader)


def run(*words: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], input=stdin)


def rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "stories.jsonl"
    items = [{"id": f"s{n}", "text": STORY.replace("20", str(n)), "date": "2023-07-03"} for n in range(20, 24)]
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    return path


# --- help --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_ends_with_an_example_that_works(name):
    got = run(*([name] if name else []), "--help")
    assert got.exit_code == 0
    example = re.search(r"Example:\n\s+dateline (.+)\n\Z", got.output).group(1)  # nothing follows it
    done = run(*shlex.split(example))
    assert done.exit_code == 0, done.output
    assert done.output.strip()


def test_help_and_version_come_at_once():
    start = time.perf_counter()
    got = subprocess.run([sys.executable, "-m", "dateline", "--help"], capture_output=True, text=True, check=True)
    assert time.perf_counter() - start < 2
    assert got.stdout.startswith("Usage:")
    assert run("--version").output.startswith("dateline 0.")


def test_an_unknown_command_or_option_is_a_usage_error():
    assert run("cod").exit_code == 2
    assert run("code", "--forma", "x").exit_code == 2
    assert run("code").exit_code == 2


# --- formats -----------------------------------------------------------------------------------------------------


def test_in_a_pipe_rows_are_jsonl(table):
    got = run("code", table)
    assert got.exit_code == 0, got.output
    assert [row["story_id"] for row in rows(got.stdout)] == ["s20", "s21", "s22", "s23"]
    assert {row["type"] for row in rows(got.stdout)} == {"COERCE"}


def test_all_formats_hold_the_same_events(table, tmp_path):
    out = {kind: tmp_path / f"events.{kind}" for kind in ("jsonl", "csv", "parquet")}
    for path in out.values():
        assert run("code", table, "-o", path).exit_code == 0
    jsonl = [row["id"] for row in rows(out["jsonl"].read_text())]
    assert jsonl
    assert [row["id"] for row in csv.DictReader(io.StringIO(out["csv"].read_text()))] == jsonl
    assert pq.read_table(out["parquet"]).column("id").to_pylist() == jsonl
    assert [p.name for p in tmp_path.glob("*.part")] == []


def test_the_table_shows_who_what_whom_when_where_and_according_to_whom(table):
    got = run("code", table, "--format", "table")
    assert got.exit_code == 0
    for word in ("2023-07-03", "COERCE", "ZMB COP", "Lusaka", "asserted", "interior ministry", "4 events in 4 stories"):
        assert word in got.output


def test_a_story_can_come_from_standard_input():
    got = run("code", "-", "--published", "2023-07-03", stdin=STORY)
    assert got.exit_code == 0, got.output
    assert rows(got.stdout)[0]["date"]["start"] == "2023-07-03"


def test_folders_patterns_and_pages(tmp_path):
    whole = run("code", "examples/stories")
    assert whole.exit_code == 0, whole.output
    pattern = run("code", "examples/stories/*")
    assert pattern.stdout == whole.stdout
    page = rows(run("code", "examples/stories/afp-2021-03-02.html").stdout)
    assert page
    assert all("none of this is text" not in json.dumps(row) for row in page)


def test_columns_can_have_any_names():
    fields = [w for pair in ("text=body", "date=day", "id=key", "title=head") for w in ("--field", pair)]
    got = run("code", "examples/stories.jsonl", *fields)
    assert got.exit_code == 0, got.output
    assert {row["story_id"] for row in rows(got.stdout)} == {"a1", "a2", "a3"}


def test_dyads_give_one_row_a_pair(table):
    plain, pairs = rows(run("code", table).stdout), rows(run("code", table, "--dyads").stdout)
    assert len(pairs) >= len(plain)
    assert all(len(row["actors"]) <= 1 and len(row["recipients"]) <= 1 for row in pairs)


def test_two_workers_write_the_same_bytes(table):
    assert run("code", table).stdout == run("code", table, "--workers", "2").stdout


# --- the other commands ------------------------------------------------------------------------------------------


def test_read_shows_the_layout():
    got = run("read", "examples/stories/vna-2023-08-09.txt")
    [row] = rows(got.stdout)
    assert row["agency"] == "VNA"
    assert row["dateline"]["country"] == "VNM"
    assert row["captions"][0]["date"] == "2023-08-08"
    page = run("read", "examples/stories/vna-2023-08-09.txt", "--format", "table").output
    assert "agency     VNA" in page
    assert "caption" in page


def test_explain_names_rules_with_file_and_line(table):
    got = run("explain", table)
    assert got.exit_code == 0, got.output
    assert re.search(r"rule plover/COERCE/\S+   \S*codebooks/plover/COERCE\.yaml:\d+", got.output)
    assert "date 2023-07-03 (day, stated)" in got.output
    first = rows(run("code", table).stdout)[0]["id"]
    one = run("explain", table, "--event", first)
    assert one.output.count("confidence") == 1
    assert run("explain", table, "--event", "e-none").exit_code == 2


def test_info_names_every_data_file_and_every_field():
    got = run("info")
    assert got.exit_code == 0
    assert "GeoNames" in got.output
    assert "CC BY" in got.output
    assert "attribution[].cue" in run("info", "--fields").output
    assert json.loads(run("info", "--schema").output)["properties"]["type"]["type"] == "string"


# --- bad input ---------------------------------------------------------------------------------------------------


def test_bad_files_are_problems_and_the_others_are_coded(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "empty.txt").write_text("")
    (folder / "german.txt").write_text(
        "BERLIN (dpa) - Die Bundesregierung hat am Montag neue Maßnahmen gegen die hohe Inflation beschlossen. "
        "Der Minister sagte, die Hilfen sollten noch vor dem Winter bei den Bürgern ankommen."
    )
    (folder / "long.txt").write_text("The army said it was raining. " * 350_000)
    (folder / "old.txt").write_bytes(
        "BOGOTÁ, July 3 (AP) – Peru’s president met Colombia’s foreign minister.".encode("cp1252")
    )
    errors = tmp_path / "errors.jsonl"
    got = run("code", folder, "--errors", errors)
    assert got.exit_code == 1, got.output
    problems = {Path(p["source"]).name: p for p in rows(errors.read_text())}
    assert sorted(problems) == ["binary.txt", "empty.txt", "german.txt", "long.txt"]
    assert all(p["message"] and p["stage"] for p in problems.values())
    assert "4 of 6 stories could not be coded" in got.stderr
    assert {row["type"] for row in rows(got.stdout)} >= {"COERCE", "CONSULT"}


def test_a_malformed_line_is_named_and_skipped(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"text": STORY}) + "\n{oops\n" + json.dumps({"text": STORY.replace("20", "30")}) + "\n")
    got = run("code", path)
    assert got.exit_code == 1
    assert re.search(r"x\.jsonl:2\b", got.stderr)
    assert len({row["story_id"] for row in rows(got.stdout)}) == 2


def test_a_missing_field_is_named_with_those_found(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("headline,story\na,b\n")
    got = run("code", path, "--field", "text=body")
    assert got.exit_code in (1, 2)
    assert "body" in got.stderr
    assert "headline" in got.stderr
    assert "story" in got.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["code", "no/such/file.txt"], "no/such/file.txt"),
        (["code", "examples/stories", "-o", "no/such/folder/x.jsonl"], "does not exist"),
        (["code", "examples/stories", "-o", "x.docx"], "no format"),
        (["code", "examples/stories", "--format", "parquet"], "--output"),
        (["code", "examples/stories", "--resume"], "--output FILE.jsonl"),
        (["code", "examples/stories", "--published", "yesterday"], "YYYY-MM-DD"),
        (["code", "examples/stories", "--field", "text"], "NAME=COLUMN"),
        (["code", "examples/stories", "--codebook", "ploverr"], "plover"),
        (["check", "--only", "tims"], "times"),
    ],
)
def test_wrong_usage_is_said_clearly_with_status_2(words, message):
    got = run(*words)
    assert got.exit_code == 2
    assert message in got.stderr
    assert "Traceback" not in got.output
    assert got.stdout == ""


def test_an_output_that_cannot_be_written_is_refused_before_coding(tmp_path):
    kept = tmp_path / "kept.jsonl"
    kept.write_text("kept\n")
    assert run("code", "examples/stories", "-o", kept, "--codebook", "none").exit_code == 2
    assert kept.read_text() == "kept\n"


# --- interrupted runs --------------------------------------------------------------------------------------------


def test_resume_skips_the_stories_that_are_there(table, tmp_path):
    out = tmp_path / "events.jsonl"
    assert run("code", table, "-o", out).exit_code == 0
    whole = out.read_text()
    lines = whole.splitlines(keepends=True)
    out.write_text(lines[0] + lines[1][:40])  # torn in the second story
    got = run("code", table, "-o", out, "--resume")
    assert got.exit_code == 0, got.output
    assert out.read_text() == whole
    assert run("code", table, "-o", out, "--resume").exit_code == 0
    assert out.read_text() == whole


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_what_it_has_written(tmp_path, ending):
    path, out = tmp_path / "many.jsonl", tmp_path / "events.jsonl"
    items = [{"id": f"s{n}", "text": STORY.replace("20", str(n + 2))} for n in range(20_000)]
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    command = [sys.executable, "-m", "dateline", "code", str(path), "-o", str(out)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while (not out.exists() or out.stat().st_size < 1000) and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(ending)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1, said
    assert "interrupted after" in said
    assert "Traceback" not in said
    written = rows(out.read_text())
    done = len({row["story_id"] for row in written})
    assert 0 < done < len(items)
    items = items[: done + 40]
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    assert run("code", path, "-o", out, "--resume").exit_code == 0
    assert [row["story_id"] for row in rows(out.read_text())] == [item["id"] for item in items]
