"""The ranker: word vectors, the fit, confidence, proposals, relations that no rule knows."""

from __future__ import annotations

import pickle
import shutil

import numpy as np
import pytest

from dateline import Coder
from dateline.errors import DataError
from dateline.events.confidence import Evidence, load_calibration
from dateline.events.ranker import NONE, load_ranker
from dateline.events.ranker_fit import Item, digest_of, fit, fit_ranker
from dateline.model import Span
from dateline.rules.codebook import SHIPPED, load_codebook
from dateline.rules.examples import load_examples

CODER = Coder()
LITTLE = {
    "codebook.yaml": "name: little\nversion: '1'\nstatus: draft\nproposals: 0.5\n",
    "BLAME.yaml": """type: BLAME
rules:
  - {id: criticise, verb: criticise denounce condemn blame rebuke, actor: subj, recipient: obj}
---
code:
  - text: Kenya criticised Uganda on Monday.
never:
  - The critic blamed the weather.
""",
    "MEET.yaml": """type: MEET
rules:
  - {id: meet, verb: meet visit host welcome receive, actor: subj, recipient: obj}
---
code:
  - text: The Kenyan president met the Ugandan prime minister.
never:
  - The roads meet in Jinja.
""",
}


@pytest.fixture
def little(tmp_path):
    folder = tmp_path / "little"
    folder.mkdir()
    for name, text in LITTLE.items():
        (folder / name).write_text(text)
    return folder


def test_words_of_like_meaning_have_near_vectors():
    v = CODER.vectors
    assert v("condemn") @ v("denounce") > v("condemn") @ v("visit")
    assert v("shoot_down").shape == (384,)
    assert np.linalg.norm(v("shoot_down")) == pytest.approx(1, abs=1e-5)
    assert not v.mean([]).any()
    again = pickle.loads(pickle.dumps(v))
    assert (again("treaty") == v("treaty")).all()


def test_the_fit_tells_unseen_words_by_their_neighbours():
    items = [Item(w, (), "BLAME", 1.0) for w in ("criticise", "denounce", "condemn", "rebuke")]
    items += [Item(w, (), "MEET", 1.0) for w in ("meet", "visit", "welcome", "host")]
    types, weights, bias = fit(items, CODER.vectors)
    assert types == ["BLAME", "MEET", NONE]
    zeros = np.zeros(384, np.float32)

    def guess(word):
        return types[int((np.concatenate([CODER.vectors(word), zeros]) @ weights + bias).argmax())]

    assert [guess(w) for w in ("lambast", "decry", "greet")] == ["BLAME", "BLAME", "MEET"]
    assert (fit(items, CODER.vectors)[1] == weights).all()


def test_likelihoods_add_up_and_depend_on_the_object():
    ranker = CODER.ranker
    likely = ranker.likely_words("strike", ["target"])
    assert sum(likely.values()) == pytest.approx(1, abs=1e-5)
    assert likely["ASSAULT"] > ranker.likely_words("strike", ["deal"])["ASSAULT"]


@pytest.mark.parametrize("name", ["plover", "cameo", "mobilisation"])
def test_the_shipped_rankers_know_their_codebook_s_types(name):
    codebook = load_codebook(name)
    ranker = load_ranker(SHIPPED / name, CODER.vectors)
    assert set(codebook.types) | {NONE} >= set(ranker.types)
    assert len(ranker.digest) == 12


def test_fitting_a_codebook_of_one_s_own(little):
    coder = Coder(codebook=str(little))
    assert coder.ranker is None
    [event] = coder.code("Ghana condemned Togo on Tuesday.", published="2024-05-03").coded
    assert event.evidence == {}
    path, seen = fit_ranker(coder.codebook, lambda e: coder.code(e.text), coder.vectors)
    assert path == little / "ranker.npz"
    assert seen == 2
    fitted = Coder(codebook=str(little))
    assert fitted.ranker.digest == digest_of(fitted.codebook, load_examples(fitted.codebook))
    [event] = fitted.code("Ghana condemned Togo on Tuesday.", published="2024-05-03").coded
    assert event.rules[0] == "little/BLAME/criticise"
    assert set(event.evidence) == {"constant", "likely", "actor", "recipient", "depth"}
    assert 0 < event.confidence < 1


def test_a_codebook_may_ask_for_proposals(little):
    coder = Coder(codebook=str(little))
    fit_ranker(coder.codebook, lambda e: coder.code(e.text), coder.vectors)
    text = "Ghana's government lambasted the government of Togo on Tuesday."
    [event] = Coder(codebook=str(little)).code(text, published="2024-05-03").coded
    assert (event.type, event.rules[0]) == ("BLAME", "little/BLAME/ranker")
    shutil.copytree(little, little.parent / "strict")
    meta = little.parent / "strict" / "codebook.yaml"
    meta.write_text(meta.read_text().replace("proposals: 0.5\n", ""))
    assert Coder(codebook=str(meta.parent)).code(text, published="2024-05-03").coded == ()


@pytest.mark.parametrize("value", ["0", "1.5", "often"])
def test_a_wrong_share_is_named(little, value):
    meta = little / "codebook.yaml"
    meta.write_text(meta.read_text().replace("0.5", value))
    with pytest.raises(DataError, match=r"codebook\.yaml:4: proposals"):
        load_codebook(str(little))


def test_a_broken_ranker_is_named(little):
    (little / "ranker.npz").write_bytes(b"no")
    with pytest.raises(DataError, match="not a ranker"):
        _ = Coder(codebook=str(little)).ranker


def test_confidence_grows_with_the_evidence():
    curve = load_calibration()
    weak, strong = Evidence(0.05, False, False, 4), Evidence(0.95, True, True, 0)
    for question in ("record", "type"):
        assert 0 < curve.confidence(weak, question) < curve.confidence(strong, question) < 1


def test_a_relation_with_its_confidence():
    text = "Ghana condemned Togo on Tuesday."
    result = CODER.code(text, published="2024-05-03")
    found = result.relation_found(Span(0, 5), Span(16, 20))
    assert (found.type, found.rule.split("/")[1]) == ("ACCUSE", "ACCUSE")
    swapped = result.relation_found(Span(16, 20), Span(0, 5))
    assert swapped.confidence < found.confidence
    assert result.relation(Span(0, 5), Span(16, 20)) == "ACCUSE"


def test_explain_says_what_the_confidence_came_from():
    [event] = CODER.code("Ghana condemned Togo on Tuesday.", published="2024-05-03").events
    assert "the ranker holds the type" in event.explain()
