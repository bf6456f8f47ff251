"""The spaCy adapter: its translation of ClearNLP labels, on words made by hand (spaCy itself is optional)."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest

from dateline.errors import MissingExtra, SettingError
from dateline.parse import load_parser, plain_story
from dateline.parse.spacy_adapter import SpacyParser, to_universal
from dateline.parse.tree import is_tree

# form, tag, coarse tag, lemma, head (1-based, 0 the root), relation
PASSIVE = [
    ("Two", "CD", "NUM", "two", 2, "nummod"),
    ("men", "NNS", "NOUN", "man", 4, "nsubjpass"),
    ("were", "VBD", "AUX", "be", 4, "auxpass"),
    ("arrested", "VBN", "VERB", "arrest", 0, "ROOT"),
    ("by", "IN", "ADP", "by", 4, "agent"),
    ("police", "NN", "NOUN", "police", 5, "pobj"),
    ("in", "IN", "ADP", "in", 4, "prep"),
    ("Lagos", "NNP", "PROPN", "Lagos", 7, "pobj"),
    (".", ".", "PUNCT", ".", 4, "punct"),
]
COPULA = [
    ("She", "PRP", "PRON", "she", 2, "nsubj"),
    ("is", "VBZ", "AUX", "be", 0, "ROOT"),
    ("minister", "NN", "NOUN", "minister", 2, "attr"),
    ("of", "IN", "ADP", "of", 3, "prep"),
    ("trade", "NN", "NOUN", "trade", 4, "pobj"),
    (".", ".", "PUNCT", ".", 2, "punct"),
]


class Word:
    def __init__(self, i, idx, row):
        self.text, self.tag_, self.pos_, self.lemma_, _, self.dep_ = row
        self.i, self.idx, self.is_space = i, idx, False
        self.head = self


def made(rows):
    words, at = [], 0
    for i, row in enumerate(rows):
        words.append(Word(i, at, row))
        at += len(row[0]) + 1
    for word, row in zip(words, rows, strict=True):
        word.head = words[row[4] - 1] if row[4] else word
    return words, " ".join(row[0] for row in rows)


def relations(rows):
    words, text = made(rows)
    tokens = to_universal(words, 0, text)
    assert is_tree([t.head + 1 for t in tokens])
    assert all(text[t.start : t.end] == t.text for t in tokens)
    return {t.text: (t.dep, tokens[t.head].text if t.head >= 0 else None) for t in tokens}


def test_passive_and_prepositions():
    assert relations(PASSIVE) == {
        "Two": ("nummod", "men"),
        "men": ("nsubj:pass", "arrested"),
        "were": ("aux:pass", "arrested"),
        "arrested": ("root", None),
        "by": ("case", "police"),
        "police": ("obl:agent", "arrested"),
        "in": ("case", "Lagos"),
        "Lagos": ("obl", "arrested"),
        ".": ("punct", "arrested"),
    }


def test_copula():
    found = relations(COPULA)
    assert found["minister"] == ("root", None)
    assert found["is"] == ("cop", "minister")
    assert found["She"] == ("nsubj", "minister")
    assert found["trade"] == ("nmod", "minister")


def test_universal_labels_pass_through():
    rows = [("Rain", "NN", "NOUN", "rain", 2, "nsubj"), ("fell", "VBD", "VERB", "fall", 0, "root")]
    assert relations(rows) == {"Rain": ("nsubj", "fell"), "fell": ("root", None)}


def test_a_pipeline_reads_blocks(monkeypatch):
    words, text = made(PASSIVE)

    class Found(list):
        ents = (
            type("Ent", (list,), {"label_": "GPE"})([words[7]]),
            type("Ent", (list,), {"label_": "DATE"})([words[0]]),
        )

    spacy = ModuleType("spacy")
    spacy.load = lambda name: Pipeline()

    class Pipeline:
        meta = {"name": "toy", "version": "1"}  # noqa: RUF012

        def __call__(self, seen):
            assert seen == text
            return SimpleNamespace(sents=[Found(words)])

    monkeypatch.setitem(sys.modules, "spacy", spacy)
    parser = load_parser("spacy:toy")
    parse = parser(plain_story(text))
    assert isinstance(parser, SpacyParser)
    assert parser.name == parse.model == "spacy:toy@1"
    assert [(e.text, e.label) for e in parse.entities] == [("Lagos", "LOC")]


def test_spacy_absent(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtra, match=r"dateline\[spacy\]"):
        load_parser("spacy:en_core_web_sm")


def test_a_pipeline_that_is_not_there(monkeypatch):
    spacy = ModuleType("spacy")

    def load(name):
        raise OSError("E050")

    spacy.load = load
    monkeypatch.setitem(sys.modules, "spacy", spacy)
    with pytest.raises(SettingError, match="no pipeline 'none'"):
        load_parser("spacy:none")
