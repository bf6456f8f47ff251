"""The codebook's loader, its errors, and the matcher."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import Coder
from dateline.errors import DataError
from dateline.events.match import match_frames
from dateline.events.view import StoryView
from dateline.frames.predicates import build_clauses, frames_by_head
from dateline.rules.codebook import load_codebook, shipped
from dateline.rules.examples import load_examples
from trees import actor, mentions_of, parse_of, sentence

PLOVER = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
    "ASSAULT".split()
)

META = "name: tiny\nversion: '1'\n"
FIGHT = """\
type: FIGHT
quad: material conflict
score: -5
modes: {guns: -9}
parties: none
rules:
  - id: shoot
    verb: shoot
    actor: subj
    recipient: obj
  - id: shoot-person
    verb: shoot
    if: {obj: armed}
    actor: subj
    recipient: obj
    mode: guns
"""
NONE = """\
type: NONE
quad: none
parties: none
rules:
  - id: film
    verb: shoot
    if: {obj: film video}
    rank: 5
"""


@pytest.fixture
def tiny(tmp_path):
    def make(**files):
        (tmp_path / "codebook.yaml").write_text(files.pop("meta", META))
        for name, text in {"fight": FIGHT, "none": NONE, **files}.items():
            (tmp_path / f"{name}.yaml").write_text(text)
        return tmp_path

    return make


def test_plover_is_whole():
    codebook = load_codebook("plover")
    assert set(codebook.types) - {"NONE"} == PLOVER
    for name in PLOVER:
        kinds = {r.kind for r in codebook.rules if r.type == name}
        assert {"verb", "noun"} <= kinds, name


@pytest.mark.parametrize("name", shipped())
def test_every_type_has_its_examples(name):
    codebook = load_codebook(name)
    examples = load_examples(codebook)
    assert not codebook.draft
    for name in set(codebook.own) - {"NONE"}:
        coded = [e for e in examples if e.type == name and e.expect]
        never = [e for e in examples if e.type == name and not e.expect]
        assert len(coded) >= 15, name
        assert len(never) >= 8, name


@pytest.mark.parametrize("name", shipped())
def test_every_mode_has_an_example(name):
    codebook = load_codebook(name)
    shown = {(x.type, m) for e in load_examples(codebook) for x in e.expect for m in x.modes}
    missing = {(t.name, m) for t in codebook.own_types.values() for m in t.modes if m not in t.labels} - shown
    assert not missing


def test_unknown_codebook_names_the_shipped_ones():
    with pytest.raises(DataError, match="plover"):
        load_codebook("plovr")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("actor: subj", "actr: subj", r"fight.yaml:9: unknown key 'actr'.*did you mean 'actor'"),
        ("{obj: armed}", "{obj: '@weapns'}", r"fight.yaml:13: unknown word class @weapns.*did you mean '@?weapons'"),
        ("mode: guns", "mode: gunz", r"fight.yaml:16: FIGHT has no mode 'gunz'.*did you mean 'guns'"),
        ("quad: material conflict", "quad: conflict", r"fight.yaml:2: quad 'conflict'"),
        (
            "id: shoot-person",
            "id: shoot",
            r"fight.yaml:11: rule id 'tiny/FIGHT/shoot' is already used at .*fight.yaml:7",
        ),
        ("verb: shoot\n    if", "vern: shoot\n    if", r"unknown key 'vern'"),
        ("parties: none", "parties: nobody", r"fight.yaml:5: parties 'nobody'"),
        ("score: -5", "score: low", r"'low' is not a number"),
        ("score: -5", "score: -5\nplanned: PEACE", r"planned: unknown type 'PEACE'"),
        ("score: -5", "score: -5\nscore: -4", r"fight.yaml:4: key 'score' repeats line 3"),
        ("score: -5", "score: -50", r"fight.yaml:3: score -50: allowed: -10 to 10"),
        ("type: FIGHT", "type: Fight", r"fight.yaml:1: type 'Fight': .*one word in capitals"),
        (
            "{obj: armed}",
            "{obj: politcal}",
            r"fight.yaml:13: test 'politcal' is no known word .did you mean 'political'",
        ),
        ("{obj: armed}", "{obj: film persn}", r"fight.yaml:13: test 'persn' is no known word .did you mean 'person'"),
        (
            "{obj: armed}",
            "{obj: FIGTH}",
            r"fight.yaml:13: test 'FIGTH' in capitals .*did you mean 'FIGHT'.*FIGHT, NONE",
        ),
        ("{obj: armed}", "{obj: Army}", r"fight.yaml:13: test 'Army': a lemma is written in lower case"),
        ("{obj: armed}", "{obj: weapons}", r"fight.yaml:13: test 'weapons' .* write @weapons, or the lemma 'weapon'"),
        ("{obj: armed}", "{obj: 'prep:agaist'}", r"fight.yaml:13: test 'prep:agaist'.*did you mean 'against'"),
        ("{obj: armed}", "{obj: '=Army'}", r"fight.yaml:13: test '=Army'"),
        ("{obj: armed}", "{obj: ''}", r"fight.yaml:13: obj: no test; .*political"),
        ("{obj: armed}", "[obj]", r"fight.yaml:13: 'if' must be a mapping"),
        (
            "{obj: armed}",
            "{objct: armed}",
            r"fight.yaml:13: role path 'objct': no role 'objct'.*did you mean 'obj'.*subj",
        ),
        ("{obj: armed}", "{obj.amd: armed}", r"fight.yaml:13: role path 'obj.amd': no role 'amd'.*did you mean 'amod'"),
        ("actor: subj", "actor: sbj", r"fight.yaml:9: role path 'sbj': .*did you mean 'subj'"),
        (
            "actor: subj",
            "actor: subj none.x",
            r"fight.yaml:9: role path 'none.x': 'none' means nobody and stands alone",
        ),
        ("recipient: obj", 'recipient: obj "on"', r"fight.yaml:10: role path '\"on\"': a quotation mark"),
        ("mode: guns", "stance: plannd", r"fight.yaml:16: stance 'plannd' .did you mean 'planned'.*asserted, alleged"),
        ("parties: none", "lent_mode: gun", r"fight.yaml:5: lent_mode: 'gun' is no mode .*did you mean 'guns'"),
        ("parties: none", "exclusive_modes: gunz", r"fight.yaml:5: exclusive_modes: 'gunz' .*did you mean 'guns'"),
        ("parties: none", "mode_words: {gunz: rifle}", r"fight.yaml:5: mode_words: 'gunz' .*did you mean 'guns'"),
        (
            "parties: none",
            "counts: crowds",
            r"fight.yaml:5: counts: 'crowds' is no value .did you mean 'crowd'.*casualties, crowd",
        ),
        ("parties: none", "speech: true", r"fight.yaml:5: speech 'true'; allowed: yes, no"),
        ("parties: none", "refused: FIGT", r"fight.yaml:5: refused: unknown type 'FIGT' .did you mean 'FIGHT'"),
        ("mode: guns", "joint: true", r"fight.yaml:16: joint 'true'; allowed: yes, no"),
        ("mode: guns", "absorbs: ye", r"fight.yaml:16: absorbs 'ye' .did you mean 'yes'..; allowed: yes, no"),
        ("mode: guns", "claims:", r"fight.yaml:16: claims is blank; allowed: yes, no"),
        ("mode: guns", "type: FIGTH", r"fight.yaml:16: unknown type 'FIGTH' .did you mean 'FIGHT'"),
        ("mode: guns", "rank: 1.5", r"fight.yaml:16: rank 1.5 is not a whole number"),
        ("mode: guns", "confidence: 80", r"fight.yaml:16: confidence 80: allowed: 0 to 1"),
        ("verb: shoot\n    if", "verb: '@shot'\n    if", r"fight.yaml:12: unknown word class @shot"),
        ("verb: shoot\n    if", "verb:\n    if", r"fight.yaml:12: verb is blank; .*shoot-person"),
    ],
)
def test_a_wrong_line_is_named(tiny, old, new, message):
    with pytest.raises(DataError, match=message):
        load_codebook(tiny(fight=FIGHT.replace(old, new, 1)))


def test_the_word_itself_may_be_meant(tiny):
    codebook = load_codebook(
        tiny(fight=FIGHT.replace("{obj: armed}", "{obj: '=armd =person statue palace organization'}"))
    )
    assert codebook.rules[1].conditions[0].tests[0] == "=armd"


def test_nobody_is_said_with_none(tiny):
    codebook = load_codebook(tiny(fight=FIGHT.replace("recipient: obj", "recipient: none", 1)))
    assert [rule.recipient for rule in codebook.rules if rule.type == "FIGHT"] == [(), (("obj",),)]


def test_quad_and_scores_may_be_left_out(tiny):
    plain = FIGHT.replace("quad: material conflict\nscore: -5\nmodes: {guns: -9}", "modes: guns knives")
    event_type = load_codebook(tiny(fight=plain)).types["FIGHT"]
    assert (event_type.quad, event_type.score) == (None, None)
    assert event_type.modes == {"guns": None, "knives": None}


def test_a_bare_name_is_the_shipped_codebook_and_a_path_is_a_folder(tiny, monkeypatch):
    folder = tiny()
    own = folder.parent / "plover"
    folder.rename(own)
    monkeypatch.chdir(own.parent)
    assert load_codebook("plover").name == "plover"
    assert len(load_codebook("plover").types) > 2
    assert load_codebook("./plover").name == "tiny"
    assert load_codebook(Path("plover")).name == "tiny"
    assert load_codebook(own).name == "tiny"
    assert Coder(Path("plover")).codebook.name == "tiny"
    assert Coder("plover").codebook.name == "plover"
    with pytest.raises(DataError, match=r"no codebook 'plovre' .did you mean 'plover'.*as \./plover"):
        load_codebook("plovre")


def test_a_folder_without_its_codebook_file_says_how_to_start(tmp_path):
    (tmp_path / "own").mkdir()
    with pytest.raises(DataError, match=r"own: is no codebook: it holds no codebook.yaml; .*codebook new"):
        load_codebook(tmp_path / "own")


def match(folder, s, *actors):
    codebook = load_codebook(folder)
    parse = parse_of(s)
    frames = build_clauses(parse, codebook.words, codebook.lemmas("noun"), codebook.lemmas("adj"))
    view = StoryView(parse, mentions_of(*actors), frames_by_head(frames), codebook.words)
    return match_frames(view, frames, codebook)


SHOT = "They/PRP/nsubj>1 shot/VBD/root>-1 rebels/NNS/obj>1"


def test_the_more_specific_rule_wins_and_the_other_is_told(tiny):
    s = sentence(SHOT, lemmas={"shot": "shoot", "rebels": "rebel"})
    [found] = match(tiny(), s, actor(s, 2, "MLI", "REB"))
    assert found.rule.id == "tiny/FIGHT/shoot-person"
    assert "tiny/FIGHT/shoot" in {n.what for n in found.not_chosen}


def test_a_condition_that_fails_says_why(tiny):
    s = sentence(SHOT, lemmas={"shot": "shoot", "rebels": "rebel"})
    [found] = match(tiny(), s, actor(s, 2, "MLI", "CVL"))
    assert found.rule.id == "tiny/FIGHT/shoot"
    why = {n.what: n.why for n in found.not_chosen}["tiny/FIGHT/shoot-person"]
    assert "obj" in why
    assert "fight.yaml:13" in why


def test_of_two_equal_rules_the_order_decides_and_is_named(tiny):
    peace = (
        "type: PEACE\nparties: none\nrules:\n  - id: salute\n    verb: shoot\n    if: {obj: person}\n    actor: subj\n"
    )
    s = sentence(SHOT, lemmas={"shot": "shoot", "rebels": "rebel"})
    [found] = match(tiny(peace=peace), s, actor(s, 2, "MLI", "REB"))
    assert found.rule.id == "tiny/FIGHT/shoot-person"
    why = {n.what: n.why for n in found.not_chosen}
    assert why["tiny/PEACE/salute"] == "as specific as tiny/FIGHT/shoot-person, which stands before it"
    assert why["tiny/FIGHT/shoot"] == "less specific than tiny/FIGHT/shoot-person"


def test_a_rule_of_none_vetoes(tiny):
    s = sentence("They/PRP/nsubj>1 shot/VBD/root>-1 film/NN/obj>1", lemmas={"shot": "shoot"})
    [found] = match(tiny(), s)
    assert found.rule.type == "NONE"


def test_plover_is_complete():
    """Each type shows at least 60 sentences that must be coded and 30 that must not, each mode 8."""
    from collections import Counter

    from dateline.rules.examples import load_examples

    codebook = load_codebook("plover")
    must, never, modes = Counter(), Counter(), Counter()
    for example in load_examples(codebook):
        (must if example.expect else never)[example.type] += 1
        modes.update({(x.type, mode) for x in example.expect for mode in x.modes})
    for name, event_type in codebook.types.items():
        if name != "NONE":
            assert must[name] >= 60, name
            assert never[name] >= 30, name
            assert all(modes[name, mode] >= 8 for mode in event_type.modes), (name, modes)
