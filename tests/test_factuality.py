"""Stances of hand-made trees: the walk down, its cues, its composition; and the data file's own examples."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.frames import factuality_fit, register_fit
from dateline.frames.cues import form
from dateline.frames.factuality import dated, judge, load_factuality
from dateline.frames.factuality_check import check_factuality
from dateline.frames.factuality_reading import meaning, read
from dateline.frames.factuality_score import choose, grade, load_weights
from dateline.frames.register import features as register_features
from dateline.frames.register import load_register
from dateline.model import Sentence, Span, Token, When
from dateline.parse import load_parser, plain_story


def tree(*words: str) -> Sentence:
    """A sentence from words written ``text/lemma/upos/xpos/head/dep``."""
    tokens, at = [], 0
    for i, word in enumerate(words):
        text, lemma, upos, xpos, head, dep = word.split("/")
        tokens.append(Token(i, at, at + len(text), text, lemma, upos, xpos, int(head), dep))
        at += len(text) + 1
    return Sentence(0, Span(0, at), tuple(tokens), 0, "body")


PLAIN = tree("Troops/troops/NOUN/NNS/1/nsubj", "attacked/attack/VERB/VBD/-1/root", "././PUNCT/./1/punct")
DENIED = tree(
    "Togo/Togo/PROPN/NNP/1/nsubj",
    "denied/deny/VERB/VBD/-1/root",
    "that/that/SCONJ/IN/5/mark",
    "troops/troops/NOUN/NNS/5/nsubj",
    "had/have/AUX/VBD/5/aux",
    "attacked/attack/VERB/VBN/1/ccomp",
    "././PUNCT/./1/punct",
)
VOWED = tree(
    "They/they/PRON/PRP/1/nsubj",
    "vowed/vow/VERB/VBD/-1/root",
    "not/not/PART/RB/4/advmod",
    "to/to/PART/TO/4/mark",
    "attack/attack/VERB/VB/1/xcomp",
)


@pytest.fixture(scope="module")
def cues():
    return load_factuality()


def test_a_word_without_cue_is_asserted(cues):
    judged = judge(PLAIN, 1, cues)
    assert (judged.stance, judged.cues, judged.score) == ("asserted", (), 3.0)


def test_a_denial_is_an_act_and_its_content_is_denied(cues):
    assert judge(DENIED, 1, cues).stance == "asserted"
    judged = judge(DENIED, 5, cues)
    assert judged.stance == "denied"
    assert [(c.text, c.category, c.rule, c.span) for c in judged.cues] == [
        ("denied", "denial", "factuality/deny", Span(5, 11))
    ]
    assert judged.rules == ("factuality/deny",)


def test_cues_compose_from_the_root_down(cues):
    judged = judge(VOWED, 4, cues)
    assert judged.stance == "negated"
    assert [c.text for c in judged.cues] == ["vowed", "not"]


def test_a_negation_inside_the_trigger_changes_nothing(cues):
    assert judge(VOWED, 4, cues, trigger=(2, 3, 4)).stance == "planned"


@pytest.mark.parametrize(("before", "answer"), [(True, "that"), (False, "bare")])
def test_a_subjunctive_is_a_finite_clause_only_with_that(before, answer):
    mark = "that/that/SCONJ/IN/3/mark" if before else "so/so/ADV/RB/3/advmod"
    demanded = tree(
        "Togo/Togo/PROPN/NNP/4/nsubj", mark, "he/he/PRON/PRP/3/nsubj", "resign/resign/VERB/VB/4/ccomp",
        "demanded/demand/VERB/VBD/-1/root",
    )  # fmt: skip
    assert form(demanded, 3) == answer


def test_a_tree_with_a_cycle_ends(cues):
    circle = tree("a/a/NOUN/NN/1/obj", "b/b/VERB/VB/0/xcomp")
    assert judge(circle, 0, cues).stance in ("asserted", "hypothetical")


def test_a_future_date_makes_a_present_tense_planned():
    opens = tree("She/she/PRON/PRP/1/nsubj", "opens/open/VERB/VBZ/-1/root", "parliament/parliament/NOUN/NN/1/obj")
    asserted = judge(opens, 1, load_factuality())
    day = dt.date(2024, 5, 15)
    when = When(dt.date(2024, 5, 17), dt.date(2024, 5, 17), "day", "stated", "Friday", Span(30, 36))
    assert dated(asserted, opens, 1, when, day).stance == "planned"
    assert dated(asserted, opens, 1, when, dt.date(2024, 5, 17)) is asserted
    assert dated(asserted, opens, 1, when, None) is asserted
    assert dated(judge(PLAIN, 1, load_factuality()), PLAIN, 1, when, day).stance == "asserted"


def test_the_graded_score_orders_what_happened(cues):
    weights = load_weights()
    scores = [grade(sentence, token, cues, weights)[1] for sentence, token in ((PLAIN, 1), (DENIED, 5), (VOWED, 4))]
    assert scores[0] > 1.5
    assert scores[0] > scores[1] > scores[2]
    assert all(-3 <= s <= 3 for s in scores)


def reading(text: str, word: str, cues):
    story = load_parser()(plain_story(text)).sentences
    sentence, token = next((s, t.index) for s in story for t in s.tokens if t.text == word)
    return read(story, sentence, token, cues, load_weights(), load_register())


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("The army shelled two villages near Goma on Tuesday, officials said.", "shelled", "asserted"),
        ("The army will withdraw from Goma on Tuesday, officials said.", "withdraw", "planned"),
        ("The army did not shell the villages near Goma on Tuesday, officials said.", "shell", "negated"),
        ("Could you please call me back when you get this?", "call", "negated"),
        ("I really want to visit them!", "visit", "negated"),
    ],
)
def test_a_reader_takes_a_plan_for_news_and_a_wish_for_none(cues, text, word, label):
    found = reading(text, word, cues)
    assert found.label == label
    assert (load_weights().model in found.rules) == (found.odds <= 0)
    if found.odds > 0:
        assert (found.rules, meaning(found.stance)) == (found.stance.rules, label)


def test_the_register_does_not_hear_what_is_quoted():
    said = [("Officials", "NNS"), ("in", "IN"), ("Oslo", "NNP"), ("said", "VBD")]
    quote = [("“", "``"), ("I", "PRP"), ("love", "VBP"), ("you", "PRP"), ("”", "''")]
    assert "w=i" not in register_features(said + quote)
    assert "w=i" in register_features(quote)


def test_in_a_report_expectations_and_beliefs_are_uncertain_and_allegations_are_not(cues):
    story = load_parser()(
        plain_story(
            "Ministers are expected to meet on Friday; a general allegedly fled and is believed to hide in Oslo."
        )
    ).sentences
    words = {t.text: t.index for t in story[0].tokens}
    labels = [meaning(judge(story[0], words[word], cues)) for word in ("meet", "fled", "hide")]
    assert labels == ["uncertain", "asserted", "uncertain"]


def test_the_register_is_fitted_on_files_of_reports_and_letters(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(register_fit, "SEEN", 1)
    monkeypatch.setattr(register_fit, "PENALTY", 1.0)
    row = "{}\t{}\t_\t_\t{}\t0\tdep\t_\t_\t_\n"
    report = [("Police", "NNS"), ("said", "VBD"), (".", ".")]
    letter = [("You", "PRP"), ("rock", "VBP"), ("!", ".")]
    texts = {
        "letters": "".join(row.format(i, *word) for i, word in enumerate(letter, 1)) + "\n",
        "wiki": "# newdoc id = A_news_b\n" + "".join(row.format(i, *word) for i, word in enumerate(report, 1)) + "\n",
        "voice": "".join(f"{text}\t{tag}\tO\n" for text, tag in report) + "\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text * 9, encoding="utf-8")
    out = tmp_path / "out.json"
    register_fit.main([str(out), *(str(tmp_path / name) for name in texts)])
    fitted = load_register(out)
    assert fitted.features["w=said"] > 0 > fitted.features["w=you"]
    assert fitted.model == load_register().model


def test_the_graded_score_is_fitted_to_judgements(tmp_path: Path, monkeypatch, cues):
    monkeypatch.setattr(factuality_fit, "SEEN", 1)
    table = factuality_fit.fit([(PLAIN, 1, 3.0), (DENIED, 5, -3.0), (VOWED, 4, 0.0)] * 40, cues)
    out = tmp_path / "out.json"
    out.write_text(json.dumps(table), encoding="utf-8")
    weights = load_weights(out)
    happened, denied, vowed = (grade(s, t, cues, weights)[1] for s, t in ((PLAIN, 1), (DENIED, 5), (VOWED, 4)))
    assert happened > vowed > denied
    assert weights.constant[1:] == pytest.approx((1 / 3, 1 / 3), abs=0.001)
    assert weights.share == pytest.approx((1 / 3,) * 3, abs=0.001)
    assert weights.reached == (1, 1, 1)  # all three are told apart


def test_a_rare_answer_needs_fewer_readers():
    even = choose(0.1, 0.3, (1, 1, 1), (0, 0, 0))
    rare = choose(0.1, 0.3, (0.6, 0.3, 0.1), (0.8, 0.7, 0.4))
    assert (even, rare) == (0, 2)


@pytest.mark.parametrize("load", [load_weights, load_register])
@pytest.mark.parametrize("text", ["{", "[]", '{"model": "a", "constant": "x", "features": {}}'])
def test_a_wrong_table_of_weights_is_named(tmp_path: Path, load, text: str):
    path = tmp_path / "weights.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"weights\.json: not a table of weights"):
        load(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("effects: {negate: {asserted: negatd}}", "negated"),
        ("effects: {}\nlinks:\n  - {id: a, category: b, effect: pas, words: [if]}", "unknown effect"),
        ("effects: {pass: {}}\nlinks:\n  - {id: a, category: b, effect: pass, words: [if, if]}", "twice"),
        (
            "effects: {pass: {}}\ngovernors:\n  - {id: a, category: b, effect: pass, uses: [{under: [to, to], words: [go]}]}",
            "already in factuality/a",
        ),
        ("effects: {pass: {}}\nlinks:\n  - {id: a, category: b, effect: pass, score: low, words: [if]}", "number"),
        ("efects: {}", "did you mean"),
    ],
)
def test_a_wrong_file_says_where_and_what(tmp_path: Path, text: str, message: str):
    path = tmp_path / "factuality.yaml"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=message) as error:
        load_factuality(path)
    assert "factuality.yaml:" in str(error.value)


def test_the_shipped_examples_hold():
    """The sentences of the data file, through the shipped parser: the floor may only go up."""
    problems = check_factuality(load_parser())
    assert len(problems) <= 8, "\n".join(problems)
