"""Crosswalks: codebooks made from another one, and CAMEO, which is one."""

from __future__ import annotations

import json

import pytest

from dateline import Coder
from dateline.errors import DataError
from dateline.model import Span
from dateline.rules.codebook import load_codebook
from dateline.rules.examples import load_examples

META = "name: mine\nversion: '1'\n"
TALK = """\
type: TALK
quad: verbal cooperation
codes: {"1": Meets, "2": Hosts}
"""
REST = """\
type: REST
quad: none
score: 0
modes: {old: 1}
rules:
  - id: dance
    type: CONSULT
    verb: dance
    if: {with: political}
    joint: yes
    actor: subj
    recipient: with
"""
WALK = """\
parent: plover
directed: yes
lines:
  - {id: host, type: CONSULT, rule: CONSULT/host*, to: "2", swap: yes}
  - {id: meet, type: CONSULT, lemma: meet, to: TALK/1, joint: yes}
  - {id: dance, type: CONSULT, rule: CONSULT/dance, to: old}
  - {id: talk, type: CONSULT, to: TALK}
  - {id: war, type: ASSAULT, to: NONE}
  - {id: rest, type: ACCUSE AGREE AID COERCE CONCEDE COOPERATE MOBILIZE PROTEST REJECT REQUEST RETREAT SANCTION SUPPORT THREATEN, to: REST}
"""


@pytest.fixture
def folder(tmp_path):
    def make(walk=WALK, **files):
        for name, text in {"codebook": META, "talk": TALK, "rest": REST, "crosswalk": walk, **files}.items():
            (tmp_path / f"{name}.yaml").write_text(text)
        return tmp_path

    return make


@pytest.fixture(scope="module")
def cameo():
    return Coder("cameo")


def shown(coder, text):
    result = coder.code(text)
    return [(e.type, e.modes, [a.country for a in e.actors], [r.country for r in e.recipients]) for e in result.events]


def test_a_user_s_crosswalk_recodes(folder):
    coder = Coder(folder())
    assert shown(coder, "Ghana hosted the Togolese president on Monday.") == [("TALK", ("2",), ["GHA"], ["TGO"])]
    assert shown(coder, "Norway met Ghana.") == [("TALK", ("1",), ["NOR", "GHA"], [])]
    assert shown(coder, "Norway talked with Ghana.") == [("TALK", (), ["NOR"], ["GHA"])]
    assert shown(coder, "Norway danced with Ghana.") == [("REST", ("old",), ["NOR"], ["GHA"])]
    assert shown(coder, "Norway condemned Ghana.") == [("REST", (), ["NOR"], ["GHA"])]
    assert shown(coder, "Norway bombed Ghana.") == []


def test_ids_do_not_depend_on_the_code(folder):
    text = "Ghana hosted the Togolese president on Monday. Norway condemned Mali."
    ids = [[e.id for e in Coder(book).code(text).events] for book in ("plover", "cameo", folder())]
    assert ids[0] == ids[1] == ids[2]
    assert len(ids[0]) == 2


def test_a_row_names_the_rule_and_the_line(cameo):
    [event] = cameo.code("Ghana hosted the Togolese president on Monday.").events
    assert event.rules[:2] == ("plover/CONSULT/host", "cameo/crosswalk/host")
    tree = event.explain()
    assert "rule plover/CONSULT/host   data/codebooks/plover/CONSULT.yaml:" in tree
    assert "rule cameo/crosswalk/host   data/codebooks/cameo/crosswalk.yaml:" in tree
    assert "no score" in tree


def test_a_cameo_row(cameo):
    [row] = cameo.code("Finland urged Russia to release the sailors.").records
    assert (row["codebook"], row["type"], row["mode"]) == ("cameo@0.1", "02", ["0253"])
    assert (row["quad"], row["score"]) == ("verbal cooperation", None)
    assert json.loads(json.dumps(row))["score"] is None


def test_cameo_rows_as_a_table(cameo):
    table = cameo.code("Finland urged Russia to release the sailors.").to_arrow()
    assert table.column("type").to_pylist() == ["02"]
    assert table.column("mode").to_pylist() == [["0253"]]
    assert table.column("score").to_pylist() == [None]


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Finland urged Russia to release the sailors.", "02"),
        ("Finland demanded that Russia release the sailors.", "10"),
        ("Finland met Russia.", "04"),
        ("Finland will mobilize its army against Russia.", "13"),
        ("Finland will withdraw its troops from Russia.", "03"),
        ("Finland believes Russia can cope.", "01"),
        ("The mountains of Finland look like Russia.", None),
    ],
)
def test_relation_answers_cameo_roots(cameo, text, root):
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in ("Finland", "Russia")]
    assert cameo.code(text).relation(*spans) == root


def test_a_dropped_event_is_no_relation(folder):
    text = "Norway bombed Ghana."
    assert Coder(folder()).code(text).relation(Span(0, 6), Span(14, 19)) is None


def test_cameo_is_whole():
    codebook = load_codebook("cameo")
    assert sorted(codebook.own) == [f"{n:02}" for n in range(1, 21)]
    quads = [("verbal cooperation", 5), ("material cooperation", 3), ("verbal conflict", 5), ("material conflict", 7)]
    assert [t.quad for t in codebook.own_types.values()] == [quad for quad, n in quads for _ in range(n)]
    for name, event_type in codebook.own_types.items():
        assert all(code.startswith(name) and code.isdigit() and 3 <= len(code) <= 4 for code in event_type.modes)
        assert all(code[:3] in event_type.modes for code in event_type.modes)
        assert name + "0" in event_type.modes
        assert set(event_type.modes.values()) == {None}
        assert event_type.score is None
        assert all(event_type.labels.values())
    assert "0311" in codebook.types["03"].modes


def test_every_root_has_its_examples():
    examples = load_examples(load_codebook("cameo"))
    for name in load_codebook("cameo").own:
        assert sum(e.type == name and bool(e.expect) for e in examples) >= 15, name
        assert sum(e.type == name and not e.expect for e in examples) >= 8, name


def test_every_code_that_can_be_given_has_an_example():
    codebook = load_codebook("cameo")
    given = {(x.to_type, x.to_mode) for x in codebook.crosswalk}
    given |= {(r.type, m) for r in codebook.rules if r.type in codebook.own for m in r.modes}
    expected = {(x.type, m) for e in load_examples(codebook) for x in e.expect for m in x.modes}
    assert all(mode for _, mode in given)
    assert given - expected == {("14", "140")}  # the last line of PROTEST: every rule there has a mode


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: host, type: CONSULT", "id: host, type: CONSLT", r"crosswalk.yaml:4: unknown type 'CONSLT'.*CONSULT"),
        ("rule: CONSULT/host*", "rule: CONSULT/hots*", r"crosswalk.yaml:4: no rule 'CONSULT/hots\*'"),
        ('to: "2"', 'to: "3"', r"crosswalk.yaml:4: '3' is no type or mode"),
        ("lemma: meet", "mode: visitt", r"crosswalk.yaml:5: unknown mode 'visitt'.*visit"),
        ("lemma: meet", "lemma: '@meting'", r"unknown word class @meting"),
        ("lemma: meet", "stance: plannd", r"crosswalk.yaml:5: unknown stance 'plannd'.*planned"),
        ("lemma: meet", "actor: Norway", r"crosswalk.yaml:5: actor 'Norway' is no party"),
        ("lemma: meet", "lema: meet", r"crosswalk.yaml:5: unknown key 'lema'.*lemma"),
        ("id: talk,", "id: meet,", r"crosswalk.yaml:7: line id 'mine/crosswalk/meet' is used twice"),
        ("lemma: meet, ", "", r"crosswalk.yaml:6: line 'mine/crosswalk/dance' is never reached: .*crosswalk.yaml:5"),
        ("type: ACCUSE AGREE", "type: ACCUSE", r"crosswalk.yaml:3: AGREE may stay uncoded"),
        ("parent: plover", "parent: plovr", r"no codebook 'plovr'"),
        ("parent: plover", "parent: cameo", r"crosswalk.yaml:1: 'cameo' has a crosswalk itself"),
    ],
)
def test_a_wrong_line_is_named(folder, old, new, message):
    assert old in WALK
    with pytest.raises(DataError, match=message):
        load_codebook(folder(WALK.replace(old, new, 1)))


def test_a_mode_of_two_types_must_name_its_type(folder):
    with pytest.raises(DataError, match=r"'1' is a mode of .*; write"):
        load_codebook(folder(WALK.replace("to: TALK/1", 'to: "1"'), rest=REST.replace("{old: 1}", "{old: 1, '1': 2}")))


def test_a_parent_may_stand_beside(tmp_path, folder):
    parent = tmp_path / "parent"
    parent.mkdir()
    (parent / "codebook.yaml").write_text("name: base\nversion: '1'\n")
    (parent / "fight.yaml").write_text(
        "type: FIGHT\nquad: material conflict\nparties: none\n"
        "rules:\n  - {id: hit, verb: hit, actor: subj, recipient: obj}\n"
    )
    walk = "parent: parent\nlines:\n  - {id: hit, type: FIGHT, to: TALK}\n"
    codebook = load_codebook(folder(walk, rest=REST.split("rules:")[0]))
    assert {r.id for r in codebook.rules} == {"base/FIGHT/hit"}
    assert codebook.own == {"TALK", "REST"}
    assert set(codebook.own_types) == {"TALK", "REST"}


def test_statements_need_two_countries(cameo):
    assert shown(cameo, "Poland believes Hungary can cope.") == [("01", ("010",), ["POL"], ["HUN"])]
    assert shown(cameo, "The Polish president believes Polish farmers can cope.") == []


def test_what_an_act_is_about(cameo):
    [event] = cameo.code("Norway demanded that Iran admit the inspectors.").events
    assert (event.type, event.modes) == ("10", ("1055",))
    [event] = cameo.code("Norway asked Iran for humanitarian aid.").events
    assert (event.type, event.modes) == ("02", ("0233",))


def test_the_examples_of_cameo_pass(cameo):
    from dateline.check import check

    [area] = check(cameo, ["codebook"])
    assert area.failures == []
