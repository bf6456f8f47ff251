"""The codebook's loader, its errors, and the matcher."""

from __future__ import annotations

import pytest

from dateline.errors import DataError
from dateline.events.match import match_frames
from dateline.events.view import StoryView
from dateline.frames.clauses import build_clauses, frames_by_head
from dateline.rules.codebook import load_codebook
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


def test_every_type_has_its_examples():
    codebook = load_codebook("plover")
    examples = load_examples(codebook)
    for name in PLOVER:
        coded = [e for e in examples if e.type == name and e.expect]
        never = [e for e in examples if e.type == name and not e.expect]
        assert len(coded) >= 15, name
        assert len(never) >= 8, name


def test_every_mode_has_an_example():
    codebook = load_codebook("plover")
    shown = {(x.type, m) for e in load_examples(codebook) for x in e.expect for m in x.modes}
    missing = {(t.name, m) for t in codebook.types.values() for m in t.modes} - shown
    assert not missing


def test_unknown_codebook_names_the_shipped_ones():
    with pytest.raises(DataError, match="plover"):
        load_codebook("plovr")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("actor: subj", "actr: subj", r"fight.yaml:9: unknown key 'actr'.*did you mean 'actor'"),
        ("{obj: armed}", "{obj: '@weapns'}", r"fight.yaml:13: unknown word class @weapns.*did you mean '@?weapons'"),
        ("mode: guns", "mode: gunz", r"fight.yaml:11: FIGHT has no mode 'gunz'.*did you mean 'guns'"),
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
    ],
)
def test_a_wrong_line_is_named(tiny, old, new, message):
    with pytest.raises(DataError, match=message):
        load_codebook(tiny(fight=FIGHT.replace(old, new, 1)))


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


def test_a_rule_of_none_vetoes(tiny):
    s = sentence("They/PRP/nsubj>1 shot/VBD/root>-1 film/NN/obj>1", lemmas={"shot": "shoot"})
    [found] = match(tiny(), s)
    assert found.rule.type == "NONE"
