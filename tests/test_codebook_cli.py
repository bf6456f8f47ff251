"""dateline codebook: from a new folder to a checked codebook, run as a user runs it."""

from __future__ import annotations

import csv
import doctest
import json
import re
import shlex
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dateline import parse, pipeline
from dateline.cli import main
from dateline.cli.codebook_command import command
from dateline.mentions import gazetteer, world
from dateline.record import json_schema
from dateline.rules import codebook as codebooks
from dateline.rules import page
from dateline.rules.codebook import load_codebook
from dateline.rules.hygiene import shadowed

LOADERS = [
    (pipeline, "load_language"),
    (parse, "load_parser"),
    (world, "load_world"),
    (gazetteer, "open_gazetteer"),
]
ONCE = [(module, name, cache(getattr(module, name))) for module, name in LOADERS]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(monkeypatch, tmp_path):
    """Run where a user would; load the tables once for all commands of this file, which saves most of its time."""
    monkeypatch.chdir(tmp_path)
    for module, name, loader in ONCE:
        monkeypatch.setattr(module, name, loader)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words])


@pytest.fixture
def own() -> Path:
    assert run("codebook", "new", "own").exit_code == 0
    return Path("own")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("name", sorted(command.commands))
def test_help_ends_with_an_example_that_works(name):
    got = run("codebook", name, "--help")
    line = re.search(r"Example:\n\s+dateline (.+)\n\Z", got.output).group(1)
    if name == "fit":  # the folder that the example of `new` writes
        assert run("codebook", "new", "my-codebook").exit_code == 0
    done = run(*shlex.split(line))
    assert done.exit_code == 0, done.output
    assert done.output.strip()


# --- new ---------------------------------------------------------------------------------------------------------


def test_a_new_codebook_lacks_nothing_but_examples(own):
    got = run("codebook", "check", own)
    assert got.exit_code == 0
    assert got.stdout.splitlines() == [
        "note: own/PROTEST.yaml:3: PROTEST has 4 sentences that must be coded and 3 that must not; it needs 15 and 8",
        "own@1: 0 failed, 1 notes",
    ]


def test_too_few_examples_fail_once_the_codebook_is_no_draft(own):
    change(own / "codebook.yaml", "status: draft", "status: finished")
    got = run("codebook", "check", own)
    assert got.exit_code == 1
    assert "own/PROTEST.yaml:3: PROTEST has 4" in got.stdout
    assert run("check", "--only", "codebook", "--codebook", own).exit_code == 1


def test_nothing_is_overwritten(own):
    before = (own / "PROTEST.yaml").read_text()
    got = run("codebook", "new", own)
    assert got.exit_code == 2
    assert "own is already there and not empty" in got.stderr
    assert (own / "PROTEST.yaml").read_text() == before


@pytest.mark.parametrize(
    ("name", "message"), [("plover", "shipped codebook"), ("My book", "small letter"), ("1st", "small letter")]
)
def test_a_name_that_cannot_be_used_is_refused(name, message):
    got = run("codebook", "new", name)
    assert got.exit_code == 2
    assert message in got.stderr
    assert not Path(name).exists()


def test_a_new_codebook_codes(own):
    Path("story.txt").write_text(
        "LIMA, May 3 (AP) -- Peruvian teachers marched on the parliament in Lima on Tuesday.\n"
    )
    got = run("code", "story.txt", "--codebook", own, "--published", "2024-05-03")
    [row] = [json.loads(line) for line in got.stdout.splitlines()]
    assert (row["type"], row["mode"], row["codebook"]) == ("PROTEST", ["march"], "own@1")
    assert (row["quad"], row["score"]) == (None, None)
    assert row["context"] == ["education"]
    assert "rule own/PROTEST/people-march" in run("explain", "story.txt", "--codebook", own).stdout
    for suffix in ("csv", "parquet"):
        assert run("code", "story.txt", "--codebook", own, "-o", f"out.{suffix}").exit_code == 0
    assert run("code", "story.txt", "--codebook", own, "--format", "table").exit_code == 0


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "story.txt"
    path.write_text(
        "LIMA, May 3 (AP) -- Some 300 teachers marched against the Peruvian government in Lima on Tuesday. Police fired tear "
        "gas at the protesters and arrested a student.\n"
    )
    return path


def test_mobilisation_in_every_output(story):
    options = ("--codebook", "mobilisation", "--published", "2024-05-03")
    rows = [json.loads(line) for line in run("code", story, *options).stdout.splitlines()]
    assert [(row["type"], row["quad"], row["score"]) for row in rows] == [
        ("DEMONSTRATION", None, None),
        ("REPRESSION", None, None),
    ]
    assert rows[0]["codebook"] == load_codebook("mobilisation").id
    assert rows[0]["magnitude"]["crowd"]["low"] == 300
    for row in rows:
        nulls_are_published(row)
    assert run("code", story, *options, "-o", "out.csv").exit_code == 0
    with open("out.csv", newline="") as stream:
        assert [(r["type"], r["quad"], r["score"]) for r in csv.DictReader(stream)] == [
            ("DEMONSTRATION", "", ""),
            ("REPRESSION", "", ""),
        ]
    assert run("code", story, *options, "-o", "out.parquet").exit_code == 0
    assert pq.read_table("out.parquet").column("score").to_pylist() == [None, None]
    assert "DEMONSTRATION" in run("code", story, *options, "--format", "table").stdout
    tree = run("explain", story, *options).stdout
    assert "type DEMONSTRATION, no quad, no score, in the body, sentence 0" in tree
    assert re.search(r"rule mobilisation/DEMONSTRATION/march   \S*codebooks/mobilisation/DEMONSTRATION\.yaml:\d+", tree)


def nulls_are_published(row: dict) -> None:
    """The two fields that may be null say so in the published schema, and no other top-level text or number does."""
    fields = json_schema()["properties"]
    may_be_null = {name for name, value in row.items() if value is None}
    assert may_be_null - {"date", "place"} == {"happening_id", "quad", "score"}
    for name in may_be_null:
        assert "null" in json.dumps(fields[name])


# --- check -------------------------------------------------------------------------------------------------------


def test_a_failing_example_a_wrong_file_and_an_unknown_context_are_named(own):
    change(own / "PROTEST.yaml", "mode: sit-in\n  - id", "mode: sit-in\n    context: educaton\n  - id")
    change(own / "PROTEST.yaml", "{mode: march, actor: KEN}", "{mode: march, actor: UGA}")
    got = run("codebook", "check", own, "--json")
    assert got.exit_code == 1
    [row] = [json.loads(line) for line in got.stdout.splitlines()]
    wrong, context = row["failures"]
    assert re.match(r"own/PROTEST.yaml:\d+: expected PROTEST: actor 'UGA', found .*KEN", wrong)
    assert re.match(
        r"own/PROTEST.yaml:27: unknown context 'educaton' \(did you mean 'education'\?\); .*: education, economic",
        context,
    )
    change(own / "PROTEST.yaml", "subj: student", "subj: politcal")
    got = run("codebook", "check", own)
    assert got.exit_code == 2
    assert "own/PROTEST.yaml:29: test 'politcal'" in got.stderr


def test_a_mode_that_no_example_shows_is_noted(own):
    change(own / "PROTEST.yaml", "[march, sit-in]", "[march, sit-in, vigil]")
    assert "note: own/PROTEST.yaml:3: no example shows mode vigil of PROTEST" in run("codebook", "check", own).stdout


def test_a_replaced_class_and_a_type_without_rules_are_noted(own):
    change(own / "codebook.yaml", "  schools: school university college campus", "  schools: school\n  talks: chat")
    (own / "REST.yaml").write_text("type: REST\n")
    notes = json.loads(run("codebook", "check", own, "--json").stdout)["notes"]
    assert any(n.startswith("codebook.yaml: word class talks replaces Dateline's own") for n in notes)
    assert "own/REST.yaml:1: no rule codes REST" in notes
    change(own / "PROTEST.yaml", "parties: story", "parties: story\nrefused: REST")
    notes = json.loads(run("codebook", "check", own, "--json").stdout)["notes"]
    assert not any("no rule codes" in n for n in notes)


def test_rules_that_cannot_win_and_ties_are_noted(own):
    change(
        own / "PROTEST.yaml",
        "---\n",
        "  - id: never-first\n    verb: march\n    if: {subj: people}\n    unless: {subj: '@forces'}\n    rank: -1\n"
        "    actor: subj\n"
        "  - id: dead\n    verb: picket\n    actor: subj\n---\n",
    )
    (own / "WALK.yaml").write_text(
        "type: WALK\nparties: story\nrules:\n  - id: walk\n    verb: march\n    if: {to: any}\n    actor: subj\n"
    )
    got = run("codebook", "check", own)
    notes = [line for line in got.stdout.splitlines() if line.startswith("note: ")]
    assert any(
        "rule own/PROTEST/never-first can never win: wherever it holds, own/PROTEST/people-march" in n for n in notes
    )
    assert any("rule own/PROTEST/dead wins on none of the examples" in n for n in notes)
    tied = [n for n in notes if "own/WALK/walk holds as well as own/PROTEST/people-march" in n]
    assert len(tied) == 1
    assert "Kenyan teachers marched to the education ministry" in tied[0]
    assert any("WALK has 0 sentences that must be coded and 0 that must not" in n for n in notes)


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [
        ("{subj: person}", "{subj: person, obj: any}", False),  # the second asks more and is tried first
        ("{subj: person}", "{subj: person}", True),
        ("{subj: person state}", "{subj: person}", True),
        ("{subj: person}", "{subj: person state}", False),
        ("{subj: '@crowds'}", "{subj: people}", True),
        ("{subj: people}", "{subj: '@crowds'}", False),
        ("{subj: any}", "{subj: people}", True),
        ("{subj: any}", "{subj: people none}", False),
        ("{subj: person}", "{obj: person}", False),
    ],
)
def test_what_hides_a_rule(first, second, hidden, own):
    rule = "  - id: {}\n    verb: wander\n    if: {}\n    actor: subj\n"
    change(own / "PROTEST.yaml", "---\n", rule.format("one", first) + rule.format("two", second) + "---\n")
    names = [s.rule.id for s in shadowed(load_codebook(own)) if s.whole]
    assert names == (["own/PROTEST/two"] if hidden else [])


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [("{obj: any}", "{obj: any}", True), ("{obj: film}", "{obj: any}", True), ("{obj: any}", "{obj: film}", False)],
)
def test_what_hides_a_rule_that_excludes(first, second, hidden, own):
    rule = "  - id: {}\n    verb: wander\n    unless: {}\n    actor: subj\n"
    change(own / "PROTEST.yaml", "---\n", rule.format("one", first) + rule.format("two", second) + "---\n")
    assert bool(shadowed(load_codebook(own))) is hidden


# --- test --------------------------------------------------------------------------------------------------------


def test_a_sentence_shows_who_competed_and_why_one_won(own):
    got = run("codebook", "test", own, "Soldiers marched on the Malian parliament.", "Rain fell in Nairobi.")
    assert got.exit_code == 0
    lines = got.stdout.splitlines()
    assert any("fails own/PROTEST/people-march: unless subj: @forces (own/PROTEST.yaml:23)" in line for line in lines)
    assert "  coded as no event" in lines
    assert (
        "  no word that a rule names; read as Rain/NOUN/nsubj fell/VERB/root in/ADP/case Nairobi/PROPN/obl ./PUNCT/punct"
        in lines
    )


def test_parties_that_are_not_enough_are_told(own):
    got = run("codebook", "test", own, "The children protested against the cook.")
    assert "no event: parties: story is not met by" in got.stdout


def test_labelled_sentences(own):
    Path("mine.csv").write_text(
        "text,expected\n"
        "Peruvian teachers marched on the parliament.,PROTEST\n"
        '"Ethiopian soldiers marched into the town, at night.",none\n'
        "The Kenyan minister met teachers.,PROTEST\n"
    )
    got = run("codebook", "test", own, "--file", "mine.csv")
    assert got.exit_code == 1
    assert "mine.csv:4: expected PROTEST: found no event" in got.stdout
    assert got.stdout.splitlines()[-1] == "2 of 3 sentences coded as expected"
    assert "Ethiopian" not in got.stdout
    every = run("codebook", "test", own, "--file", "mine.csv", "--all", "--json")
    rows = [json.loads(line) for line in every.stdout.splitlines()]
    assert [row["right"] for row in rows] == [True, True, False]
    assert rows[0]["predicates"][0]["winner"] == "own/PROTEST/people-march"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "sentence,expected\nx,y\n", r"a.csv:1: no column 'text'; found: sentence, expected"),
        (
            "a.csv",
            "text,expected\nA march.,PROTST\n",
            r"a.csv:2: expected: unknown type 'PROTST' \(did you mean 'PROTEST'",
        ),
        ("a.jsonl", '{"text": "A march."}\n{"txt": "x"}\n', r"a.jsonl:2: no 'text'; found: txt"),
        ("a.jsonl", "A march.\n", r"a.jsonl:1: is not JSON"),
    ],
)
def test_a_wrong_file_of_sentences_is_refused(own, name, text, message):
    Path(name).write_text(text)
    got = run("codebook", "test", own, "--file", name)
    assert got.exit_code == 2
    assert re.search(message, got.stderr)


def test_without_sentences_the_examples_are_tried(own):
    got = run("codebook", "test", own)
    assert got.stdout == "7 of 7 sentences coded as expected\n"


# --- show --------------------------------------------------------------------------------------------------------


def test_a_type_is_shown_in_words(own):
    text = run("codebook", "show", own, "protest").stdout
    for line in (
        "PROTEST  (own@1)",
        "    the verb protest, demonstrate, rally",
        "    unless the subject is one of @sport or one of @business",
        '    recipient: the "against" phrase, else the "outside" phrase',
        "  - Ethiopian soldiers marched into the Somali town.",
    ):
        assert line in text.splitlines()
    row = json.loads(run("codebook", "show", own, "PROTEST", "--json").stdout)
    assert [r["id"] for r in row["rules"]] == ["people-protest", "people-march", "occupy-school", "protest-noun"]
    assert row["modes"] == {"march": None, "sit-in": None}


def test_a_type_that_is_not_there(own):
    got = run("codebook", "show", own, "PROTESTS")
    assert got.exit_code == 2
    assert "own has no type 'PROTESTS' (did you mean 'PROTEST'?); it has: PROTEST" in got.stderr


@pytest.mark.parametrize("name", codebooks.shipped())
def test_every_shipped_codebook_can_be_shown(name):
    row = json.loads(run("codebook", "show", name, "--json").stdout)
    for shown in row["types"]:
        assert run("codebook", "show", name, shown["type"]).exit_code == 0
    assert not row["draft"]


def test_the_examples_in_docstrings_run():
    for module in (page, codebooks):
        failed, tried = doctest.testmod(module)
        assert tried
        assert failed == 0
