"""The model as a spaCy pipeline."""

import sys

import pytest
import spacy

import dateline
from dateline.errors import MissingExtra, SettingError
from dateline.parse import load_parser, plain_story

TEXT = "ACCRA -- Norway's  foreign minister, Kari Moe, arrived in\nAccra on Monday.\n\nShe met Ghana's president. "
NLP = dateline.load_model()


def test_the_text_is_kept_character_for_character():
    for text in (TEXT, "", "  ", "\n\nRain fell.\n", "a\tb  c", " x"):
        assert NLP(text).text == text


def test_same_reading_as_the_parser():
    parse = load_parser()(plain_story(TEXT))
    doc = NLP(TEXT)
    words = [word for word in doc if not word.is_space]
    tokens = [token for sentence in parse.sentences for token in sentence.tokens]
    assert [(w.idx, w.text, w.lemma_, w.pos_, w.tag_) for w in words] == [
        (t.start, t.text, t.lemma, t.upos, t.xpos) for t in tokens
    ]
    assert [w.dep_ for w in words] == ["ROOT" if t.head < 0 else t.dep for t in tokens]
    heads = [
        sentence.tokens[t.head].start if t.head >= 0 else t.start
        for sentence in parse.sentences
        for t in sentence.tokens
    ]
    assert [w.head.idx for w in words] == heads
    assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == [
        (e.span.start, e.span.end, e.label) for e in parse.entities
    ]
    assert len(list(doc.sents)) == len(parse.sentences)


def test_words_and_sentences_that_are_given_are_kept():
    doc = spacy.tokens.Doc(NLP.vocab, words=["Kenya", "won", "Rain", "fell"], sent_starts=[True, False, True, False])
    doc = NLP(doc)
    assert [word.text for word in doc if word.dep_ == "ROOT"] == ["won", "fell"]
    assert [len(sentence) for sentence in doc.sents] == [2, 2]


def test_streams_and_worker_processes_agree():
    texts = [TEXT, "Kenya sent troops to Somalia.", ""]
    alone = [[(w.text, w.dep_) for w in doc] for doc in NLP.pipe(texts)]
    assert alone == [[(w.text, w.dep_) for w in doc] for doc in NLP.pipe(texts, n_process=2)]


def test_written_and_read_again(tmp_path):
    NLP.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    assert [w.head.i for w in again(TEXT)] == [w.head.i for w in NLP(TEXT)]
    assert again.meta["version"] == NLP.meta["version"]


def test_it_is_a_parser_of_dateline_too(tmp_path):
    NLP.to_disk(tmp_path / "nlp")
    ours, theirs = load_parser(), load_parser(f"spacy:{tmp_path / 'nlp'}")
    story = plain_story("Norway's foreign minister arrived in Accra on Monday.")
    rows = [[(t.text, t.head, t.dep) for s in parser(story).sentences for t in s.tokens] for parser in (ours, theirs)]
    assert rows[0] == rows[1]


def test_a_model_that_is_none_of_ours(tmp_path):
    NLP.to_disk(tmp_path / "nlp")
    with pytest.raises(SettingError, match="no model of ours"):
        dateline.load_model(f"spacy:{tmp_path / 'nlp'}")


def test_without_spacy(monkeypatch):
    monkeypatch.setitem(sys.modules, "dateline.parse.spacy_pipeline", None)
    with pytest.raises(MissingExtra, match=r"dateline\[spacy\]"):
        dateline.load_model()
