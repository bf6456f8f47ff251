"""The evaluation runner and report, on a kit of our own in the kit's format."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from dateline import Coder
from dateline.errors import DataError

EVAL = Path(__file__).resolve().parents[1] / "eval"
STORY = "QUITO, May 6 (EFE) -- Ecuadorean police arrested two Peruvian miners near the border on Monday."


def load(name: str):
    sys.path.insert(0, str(EVAL))
    try:
        spec = importlib.util.spec_from_file_location(f"eval_{name}", EVAL / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(EVAL))


@pytest.mark.parametrize("name", sorted(path.stem for path in EVAL.glob("*.py")))
def test_every_module_of_the_evaluation_can_be_loaded(name):
    assert load(name).__doc__


@pytest.fixture(scope="module")
def run():
    return load("run")


@pytest.fixture(scope="module")
def report():
    return load("report")


@pytest.fixture(scope="module")
def coder():
    return Coder()


def answers(run, coder, task, items, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    gold, out = tmp_path / "gold.jsonl", tmp_path / "answers.jsonl"
    gold.write_text("".join(json.dumps(item) + "\n" for item in items))
    done = run.run(task, gold, out, coder)
    return done, [json.loads(line) for line in out.read_text().splitlines()]


def test_a_wire_answer_has_the_kit_s_shape(run, coder, tmp_path, monkeypatch):
    gold = {"id": "x", "text": STORY, "events": "never read", "story": "never read"}
    done, [answer] = answers(run, coder, "wire", [gold], tmp_path, monkeypatch)
    assert done["items"] == 1
    assert done["failures"] == []
    assert answer["story"]["agency"] == "EFE"
    assert answer["story"]["dateline_country"] == "ECU"
    arrest = next(e for e in answer["events"] if e["type"] == "COERCE")
    assert set(arrest) == {
        "type",
        "mode",
        "trigger",
        "actors",
        "recipients",
        "date",
        "place",
        "factuality",
        "attribution",
        "background",
        "magnitude",
    }
    start, end = arrest["trigger"]["span"]
    assert STORY[start:end] == arrest["trigger"]["text"]
    assert [a["country"] for a in arrest["actors"]] == ["ECU"]


def test_relation_and_quiet(run, coder, tmp_path, monkeypatch):
    source, target = "Ecuadorean police", "two Peruvian miners"
    item = {
        "id": "x",
        "text": STORY,
        "source": {"text": source, "span": [STORY.index(source), STORY.index(source) + len(source)]},
        "target": {"text": target, "span": [STORY.index(target), STORY.index(target) + len(target)]},
    }
    empty = {**item, "id": "y", "source": {"span": None}, "text": "."}
    _, got = answers(run, coder, "relation", [item, empty], tmp_path, monkeypatch)
    assert got == [{"id": "x", "root": "COERCE"}, {"id": "y", "root": None}]
    _, got = answers(run, coder, "quiet", [{"id": "x", "text": STORY}, {"id": "y", "text": "."}], tmp_path, monkeypatch)
    assert [g["events"] > 0 for g in got] == [True, False]


def test_a_task_sees_its_inputs_only(run, coder, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    import tasks.quiet

    seen = []
    monkeypatch.setattr(tasks.quiet, "answer", lambda item, coder: seen.append(item) or {"id": item["id"], "events": 0})
    answers(run, coder, "quiet", [{"id": "x", "text": "t", "events": 0, "kind": "k"}], tmp_path, monkeypatch)
    assert seen == [{"id": "x", "text": "t"}]


@pytest.mark.parametrize("path", sorted((EVAL / "tasks").glob("[a-z]*.py")), ids=lambda p: p.stem)
def test_every_task_names_its_inputs_or_runs_files(path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    module = importlib.import_module(f"tasks.{path.stem}")
    gold_fields = {
        "events",
        "root",
        "quad",
        "binary",
        "timex",
        "attributions",
        "toponyms",
        "entities",
        "label",
        "score",
    }
    if hasattr(module, "run"):
        assert not hasattr(module, "INPUTS")
    else:
        assert {"id", "text"} <= set(module.INPUTS)
        assert not gold_fields & set(module.INPUTS)


RESULT = {
    "headline": 0.5,
    "headline_name": "macro",
    "lower_is_better": False,
    "rows": [{"name": "x F1", "value": 0.4, "note": ""}, {"name": "false alarms", "value": 0.2, "note": ""}],
    "per_class": [{"class": "A", "p": 1.0, "r": 0.5, "f1": 0.667, "gold": 2}],
    "items": 3,
    "failures": [],
    "seconds": 1.0,
}
BAR = {
    "name": "t",
    "task": "t",
    "floors": ["headline", "false alarms"],
    "targets": [["headline", ">=", 0.6], ["false alarms", "<=", 0.25]],
    "published": "none",
    "classes": True,
}


def test_floors_only_go_up(report):
    floors = {"t": {"headline": 0.45, "false alarms": 0.1}}
    assert report.raised(BAR, RESULT, floors) == {"headline": 0.5, "false alarms": 0.1}
    assert report.raised(BAR, RESULT, {}) == {"headline": 0.5, "false alarms": 0.2}


def test_a_figure_below_its_floor_is_named(report):
    assert report.below_floor(BAR, RESULT, {"t": {"headline": 0.5, "false alarms": 0.2}}) == []
    missed = report.below_floor(BAR, RESULT, {"t": {"headline": 0.55, "false alarms": 0.1}})
    assert missed == ["t: headline is 0.5000, its floor is 0.5500", "t: false alarms is 0.2000, its floor is 0.1000"]


def test_classes_counted_together(report):
    rows = [
        {"class": "A", "p": 0.5, "r": 1.0, "gold": 2},
        {"class": "B", "p": 0.0, "r": 0.0, "gold": 2},
        {"class": "C", "p": 1.0, "r": 1.0, "gold": 9},
    ]
    row = report.pooled("A and B", ["A", "B"], {"per_class": rows})
    assert (row["name"], row["value"]) == ("A and B", 0.5)  # 2 right of 4 given and 4 gold


def test_the_report_shows_targets_met_and_missed(report):
    text = report.markdown([BAR], {"t": RESULT}, Path("kit"), {"t": {"headline": 0.45}})
    assert "| t | macro | 0.5000 | >= 0.6 | **no** |" in text
    assert "| t | false alarms | 0.2000 | <= 0.25 | yes |" in text
    assert "| A | 1.000 | 0.500 | 0.667 | 2 |" in text
    assert "Published: none." in text


def test_every_bar_has_a_task():
    tasks = {p.stem for p in (EVAL / "tasks").glob("*.py")}
    bars = json.loads((EVAL / "bars.json").read_text())
    assert {bar["task"] for bar in bars} <= tasks
    floors = json.loads((EVAL / "floors.json").read_text())
    names = {bar["name"]: set(bar["floors"]) for bar in bars}
    assert all(set(figures) <= names[name] for name, figures in floors.items())


UNIT_TESTS = """<Sentences>
<Sentence date="20150104" id="A-1" category="DEMO" sentence="true">
<EventCoding sourcecode="NORGOV" targetcode="FRA" eventcode="122"></EventCoding>
<Text>
Norway condemned
France on Monday.
</Text></Sentence>
<Sentence date="20150104" id="A-2" category="DEMO" sentence="true">
<EventCoding sourcecode="GON" targetcode="XYZ" eventcode="345"></EventCoding>
<Text>Gondor attacked Norway.</Text></Sentence>
<Sentence date="20150104" id="A-3" category="DEMO" sentence="true">
<EventCoding noevents = "True"></EventCoding>
<Text>The lake is deep &amp;amp; cold.</Text></Sentence>
<Sentence date="20150104" id="A-4" category="ERROR" sentence="true">
<EventCoding error="dateline"></EventCoding>
<Text>Norway met Ghana.</Text></Sentence>
</Sentences>"""


def test_petrarch_unit_tests(run, coder, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    import tasks.petrarch

    gold, out = tmp_path / "gold.xml", tmp_path / "answers.jsonl"
    gold.write_text(UNIT_TESTS)
    done = run.run("petrarch", gold, out, coder)
    assert (done["items"], done["failures"]) == (4, [])
    first, second, third, fourth = [json.loads(line) for line in out.read_text().splitlines()]
    assert first["events"] == [{"source": "NOR", "target": "FRA", "root": "11", "code": "111"}]
    assert [(e["source"], e["target"]) for e in second["events"]] == [("GON", "NOR")]
    assert third["events"] == []
    assert {(e["source"], e["target"]) for e in fourth["events"]} == {("NOR", "GHA"), ("GHA", "NOR")}
    scored = tasks.petrarch.score(gold, out)
    rows = {row["name"]: row for row in scored["rows"]}
    assert scored["headline"] == rows["pair F1, all records"]["value"] == 0.5
    assert rows["pair F1, all records"]["note"].startswith("3 records, 2 gold pairs, 2 found, 1 right")
    assert rows["pair F1, records with real actors only"]["value"] == 1.0
    assert rows["root accuracy on right pairs"]["value"] == 1.0
    assert rows["silent records left silent"]["value"] == 1.0


ENTITIES = """# newdoc id = D_1
# text = Kenyan minister Jane Mwangi flew to Oslo.
1\tKenyan\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-person-new-
2\tminister\t_\t_\t_\t_\t_\t_\t_\t_
3\tJane\t_\t_\t_\t_\t_\t_\t_\t_
4\tMwangi\t_\t_\t_\t_\t_\t_\t_\tEntity=1)
5\tflew\t_\t_\t_\t_\t_\t_\t_\t_
6\tto\t_\t_\t_\t_\t_\t_\t_\t_
7\tOslo\t_\t_\t_\t_\t_\t_\t_\tEntity=(2-place-new-)
8\t.\t_\t_\t_\t_\t_\t_\t_\t_

# text = She praised it.
1\tShe\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-person-giv-)
2\tpraised\t_\t_\t_\t_\t_\t_\t_\t_
3\tit\t_\t_\t_\t_\t_\t_\t_\tEntity=(2-place-giv-)
4\t.\t_\t_\t_\t_\t_\t_\t_\t_
"""


def test_pronouns_and_their_antecedents(run, coder, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    import tasks.pronouns

    gold, out = tmp_path / "gold.conllu", tmp_path / "answers.jsonl"
    gold.write_text(ENTITIES)
    document = next(iter(tasks.pronouns.documents(gold)))
    assert [document.text[slice(*at)] for _, at in document.asked()] == ["She", "it"]
    assert run.run("pronouns", gold, out, coder)["items"] == 2
    out.write_text('{"id": "D_1", "found": [[21, 27], null]}')
    rows = {row["name"]: row["value"] for row in tasks.pronouns.score(gold, out)["rows"]}
    assert (rows["pronouns right"], rows["she: right"], rows["it: right"]) == (0.5, 1.0, 0.0)


def test_a_task_without_its_file_is_skipped_with_a_reason(report, tmp_path, capsys, monkeypatch):
    (tmp_path / "score.py").write_text("")
    monkeypatch.setattr(report, "score", lambda bar, kit: pytest.fail("must not be scored"))
    assert report.main(["--kit", str(tmp_path), "--only", "petrarch", "--no-write"]) == 0
    assert "petrarch     skipped: " in capsys.readouterr().out


PAIRS = """pairs:
  denied:
    - - ASSAULT asserted by army | The Chadian army said it had [shelled] the camp.
      - ASSAULT denied by army | The Chadian army denied that it had [shelled] the camp.
    - - ASSAULT asserted by rebels | The Chadian army said it had [shelled] the camp.
      - CONSULT? planned | The Chadian army [left] the camp.
heldout:
  told:
    - - ASSAULT asserted of TCD by nobody | Chadian soldiers [shelled] the camp.
      - ASSAULT denied of TCD by nobody | Chadian soldiers [shelled] the camp.
"""


def test_contrast_pairs(run, coder, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    import tasks.contrast

    gold, out = tmp_path / "pairs.yaml", tmp_path / "answers.jsonl"
    gold.write_text(PAIRS)
    assert run.run("contrast", gold, out, coder)["items"] == 6
    scored = tasks.contrast.score(gold, out)
    rows = {row["name"]: row["value"] for row in scored["rows"]}
    assert scored["headline"] == rows["pairs right"] == 0.5
    assert rows["sentences right"] == 0.75
    assert rows["held-out pairs right"] == 0.0
    assert rows["held-out sentences right"] == 0.5
    assert rows["denied"] == 0.5
    answers = {a["id"]: a["events"] for a in map(json.loads, out.read_text().splitlines())}
    wrong = [tasks.contrast.wrong(m, answers[m.id]) for m in tasks.contrast.members(gold)]
    assert wrong == [None, None, "according to 'The Chadian army', not 'rebels'", None, None, "asserted, not denied"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("ASSAULT asserted | Nobody is marked.", "one \\[word\\]"),
        ("ASSAULT asserted | The army [shelled] the [camp].", "one \\[word\\]"),
        ("ASSAULT denyed | The army [shelled] it.", "'denyed'.*denied"),
        ("asserted | The army [shelled] it.", "write TYPE STANCE"),
    ],
)
def test_an_expectation_that_is_none_is_named_by_line(line, error, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    import tasks.contrast

    gold = tmp_path / "pairs.yaml"
    gold.write_text(PAIRS.replace("CONSULT? planned | The Chadian army [left] the camp.", line))
    with pytest.raises(DataError, match=rf"pairs\.yaml:6: .*{error}"):
        list(tasks.contrast.members(gold))


def test_the_contrast_file_holds_what_it_says(monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    import tasks.contrast

    items = list(tasks.contrast.members(EVAL / "contrast.yaml"))
    pairs = {m.pair for m in items}
    assert sum(p.startswith("pairs/") for p in pairs) >= 200
    assert sum(p.startswith("heldout/") for p in pairs) == 60
    assert (
        len(
            {m.text for m in items if m.id.startswith("heldout/")}
            & {m.text for m in items if m.id.startswith("pairs/")}
        )
        == 0
    )


def test_own_actor_file(coder, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    from tasks import actors

    gold = EVAL / "actors.yaml"
    assert len(list(actors.items(gold))) > 500
    assert len({item.category for item in actors.items(gold)}) > 20
    actors.run(gold, tmp_path / "out.jsonl", coder)
    result = actors.score(gold, tmp_path / "out.jsonl")
    assert result["headline"] > 0.95
    assert {"country right", "sector right", "office right"} < {row["name"] for row in result["rows"]}


def test_an_actor_item_is_wrong_where_one_field_is(monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    from tasks.actors import Item, wrong

    item = Item("a-1", "a", "2024-01-01", "", "", "PRK+KOR", "GOV&PRE", "president")
    right = {"country": ["KOR", "PRK"], "sector": "GOV", "other_sectors": ["PRE"], "office": "president"}
    assert wrong(item, right) == []
    assert wrong(item, {**right, "country": ["KOR"]}) == ["country"]
    assert wrong(item, {**right, "other_sectors": [], "office": None}) == ["sector", "office"]
    nobody = Item("a-2", "a", "2024-01-01", "", "", "-", "?CVL", None)
    assert wrong(nobody, {"country": None, "sector": None, "other_sectors": [], "office": None}) == []
    assert wrong(nobody, {"country": ["DNK"], "sector": "GOV", "other_sectors": [], "office": None}) == [
        "country",
        "sector",
    ]


def test_an_actor_item_with_an_unknown_code_is_refused(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EVAL))
    from tasks import actors

    path = tmp_path / "gold.yaml"
    path.write_text('categories:\n  a:\n    - {on: 2024-01-01, text: Oslo agreed., who: Oslo, is: "NOX GOV"}\n')
    with pytest.raises(DataError, match=r"gold.yaml:3: unknown code 'NOX'"):
        list(actors.items(path))
    path.write_text('categories:\n  a:\n    - {on: 2024-01-01, text: Oslo agreed., who: Bergen, is: "NOR GOV"}\n')
    with pytest.raises(DataError, match="'Bergen' does not stand in the text"):
        list(actors.items(path))
