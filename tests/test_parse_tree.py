"""The tree decoder and the entity decoder against what defines them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Token
from dateline.parse.english import _penn
from dateline.parse.mend import joined, mended
from dateline.parse.names import best_tags, legal, spans_of
from dateline.parse.tree import best_tree, is_tree
from trees import sentence


@pytest.mark.parametrize(
    ("heads", "answer"),
    [
        ([0], True),
        ([2, 0], True),
        ([0, 0], False),
        ([2, 1], False),
        ([2, 3, 2], False),
        ([3, 3, 0], True),
        ([9, 0], False),
    ],
)
def test_is_tree(heads, answer):
    assert is_tree(heads) is answer


def total(scores, heads):
    logs = (
        scores
        - np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1, keepdims=True))
        - scores.max(1, keepdims=True)
    )
    return sum(logs[word, head] for word, head in enumerate(heads))


@pytest.mark.parametrize("seed", range(40))
def test_best_tree_is_the_best_of_all_trees(seed):
    size = 2 + seed % 4
    scores = np.random.default_rng(seed).normal(0, 3, (size, size + 1)).astype(np.float32)
    scores[np.arange(size), np.arange(size) + 1] = -1e4
    found = best_tree(scores)
    trees = [h for h in itertools.product(range(size + 1), repeat=size) if is_tree(list(h))]
    assert is_tree(found)
    assert total(scores, found) == pytest.approx(max(total(scores, h) for h in trees), abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(0, 10_000))
def test_any_scores_give_a_tree(size, seed):
    rng = np.random.default_rng(seed)
    scores = rng.choice([0.0, 1.0, 50.0, -1e4], (size, size + 1)).astype(np.float32)
    assert is_tree(best_tree(scores))


@pytest.mark.parametrize("seed", range(20))
def test_best_tags_is_the_best_legal_sequence(seed):
    labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    scores = np.random.default_rng(seed).normal(0, 2, (4, 5)).tolist()
    found = best_tags(scores, labels)
    every = [p for p in itertools.product(range(5), repeat=4) if legal([labels[k] for k in p])]
    best = max(every, key=lambda p: sum(scores[w][k] for w, k in enumerate(p)))
    assert legal(found)
    assert found == [labels[k] for k in best]


def test_spans_of():
    assert spans_of(["B-LOC", "B-LOC", "I-LOC", "O", "B-PER"]) == [(0, 1, "LOC"), (1, 3, "LOC"), (4, 5, "PER")]
    assert spans_of(["I-LOC", "I-PER"]) == [(0, 1, "LOC"), (1, 2, "PER")]
    assert spans_of([]) == []
    assert best_tags([], ["O"]) == []


@pytest.mark.parametrize(
    ("rows", "at", "lemma", "tag"),
    [
        ([("sit", "compound", 2), ("-", "punct", 0), ("ins", "obj", -1)], 2, "sit-in", "NNS"),
        ([("Walk", "compound", 2), ("-", "punct", 0), ("out", "nsubj", -1)], 2, "walkout", "NN"),
        ([("Flare", "nsubj", -1), ("-", "punct", 0), ("up", "compound", 0)], 0, "flareup", "NN"),
        ([("well", "advmod", 2), ("-", "punct", 0), ("known", "amod", -1)], 2, "known", "NN"),
    ],
)
def test_the_lemma_of_a_hyphenated_compound(rows, at, lemma, tag):
    tokens, start = [], 0
    for k, (text, dep, head) in enumerate(rows):
        tokens.append(Token(k, start, start + len(text), text, text.lower(), "NOUN", "NN", head, dep))
        start += len(text)
    compounds = {"sit-in": "sit-in", "walk-out": "walkout", "flare-up": "flareup"}
    assert (joined(tokens, compounds)[at].lemma, joined(tokens, compounds)[at].xpos) == (lemma, tag)
    apart = [t._replace(start=t.start + t.index, end=t.end + t.index) for t in tokens]
    assert joined(apart, compounds) == apart


def heads_after(text):
    s = sentence(text)
    return {t.text: s.tokens[t.head].text if t.head >= 0 else None for t in mended(s.tokens)}


def test_a_premodifier_behind_a_comma_goes_to_its_own_noun():
    heads = heads_after(
        "Bern/NNP/nsubj>1 left/VBD/root>-1 town/NN/obj>1 ,/,/punct>1 state/NN/compound>2 media/NNS/nsubj>6 said/VBD/parataxis>1"
    )
    assert heads["state"] == "media"


def test_a_finite_verb_is_coordinated_with_a_finite_one():
    text = "Bern/NNP/nsubj>1 seemed/VBD/root>-1 to/TO/mark>3 agree/VB/xcomp>1 and/CC/cc>5 {verb}/{tag}/conj>3 Rome/NNP/obj>5"
    assert heads_after(text.format(verb="praised", tag="VBD"))["praised"] == "seemed"
    assert heads_after(text.format(verb="praise", tag="VB"))["praise"] == "agree"


@pytest.mark.parametrize(
    ("form", "upos", "tag", "answer"),
    [
        ("airlifted", "VERB", "VBG", "VBD"),
        ("airlifted", "VERB", "JJ", "VBN"),
        ("airlifting", "VERB", "VBN", "VBG"),
        ("held", "VERB", "VBN", "VBN"),
        ("embargo", "NOUN", "VBN", "NN"),
        ("Oslo", "PROPN", "NN", "NNP"),
    ],
)
def test_the_penn_tag_agrees_with_the_universal_one_and_the_ending(form, upos, tag, answer):
    assert _penn(form, upos, tag) == answer


@pytest.mark.parametrize(
    ("rows", "at", "dep"),
    [
        ([("suspended", "VERB", -1, "root"), ("seven", "NUM", 2, "nummod"), ("judges", "NOUN", 0, "obl")], 2, "obj"),
        ([("voted", "VERB", -1, "root"), ("on", "ADP", 2, "case"), ("laws", "NOUN", 0, "obl")], 2, "obl"),
        ([("Chad", "PROPN", 1, "nsubj"), ("fired", "VERB", -1, "root"), ("judges", "NOUN", 1, "nsubj")], 2, "obj"),
        ([("fired", "VERB", -1, "root"), ("judges", "NOUN", 0, "nsubj")], 1, "nsubj"),
        ([("pulled", "VERB", -1, "root"), ("of", "ADP", 2, "case"), ("bloc", "NOUN", 0, "obj")], 2, "obl"),
        ([("killed", "VERB", -1, "root"), ("to", "ADP", 3, "case"), ("20", "NUM", 3, "nummod"), ("men", "NOUN", 0, "obj")], 3, "obj"),
    ],
)  # fmt: skip
def test_objects_and_obliques(rows, at, dep):
    tokens = [Token(k, 10 * k, 10 * k + 9, w, w, upos, "NN", head, rel) for k, (w, upos, head, rel) in enumerate(rows)]
    assert mended(tokens)[at].dep == dep


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        # who told it stands last: not one more of the dead
        (
            "Bombs/NNS/nsubj>1 killed/VBD/ccomp>9 soldiers/NNS/obj>1 and/CC/cc>4 drivers/NNS/conj>2 ,/,/punct>8 army/NN/conj>2 "
            "and/CC/cc>8 officials/NNS/conj>2 said/VBD/root>-1",
            "officials",
            "said",
        ),
        # a phrase does not hang on a later one
        (
            "Judges/NNS/nsubj>1 sided/VBD/root>-1 with/IN/case>3 Ruto/NNP/nmod>5 in/IN/case>5 disputes/NNS/obl>1",
            "Ruto",
            "sided",
        ),
        (
            "He/PRP/nsubj>1 defied/VBD/root>-1 calls/NNS/obj>1 by/IN/case>4 lawmakers/NNS/obl:agent>1",
            "lawmakers",
            "calls",
        ),
        (
            "Envoys/NNS/nsubj:pass>1 led/VBN/root>-1 by/IN/case>3 Ruto/NNP/obl:agent>1 ,/,/punct>5 visited/VBD/acl:relcl>3 "
            "Oslo/NNP/obj>5",
            "Envoys",
            "visited",
        ),
        (
            "Years/NNS/root>-1 of/IN/case>2 war/NN/nmod>0 between/IN/case>4 clans/NNS/nmod>0",
            "clans",
            "war",
        ),
    ],
)
def test_phrases_go_where_they_belong(text, word, head):
    assert heads_after(text)[word] == head
