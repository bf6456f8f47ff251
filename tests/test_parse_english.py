"""The shipped parser: contract, determinism, and text that is not newswire at all."""

from __future__ import annotations

import pickle

import pytest

from dateline.errors import DataError
from dateline.model import Block, Dateline, Span, Story
from dateline.parse import Parser, load_parser, plain_story, to_conllu
from dateline.parse.tree import is_tree

PARSER = load_parser()
TEXT = (
    'The president of Ghana met rebel leaders in Accra on Friday. "We want peace," Ama Mensah said.\n\n'
    "Police arrested three men after the attack, the ministry said."
)


def check(story: Story):
    parse = PARSER(story)
    end = 0
    for index, sentence in enumerate(parse.sentences):
        block = story.blocks[sentence.block]
        assert sentence.index == index
        assert block.span.start <= sentence.span.start < sentence.span.end <= block.span.end
        assert sentence.span.start >= end
        assert is_tree([t.head + 1 for t in sentence.tokens])
        assert [t.dep for t in sentence.tokens if t.head < 0] == ["root"]
        assert sum(t.dep == "root" for t in sentence.tokens) == 1
        for k, token in enumerate(sentence.tokens):
            assert token.index == k
            assert story.text[token.start : token.end] == token.text
            assert token.lemma
        end = sentence.span.end
    for entity in parse.entities:
        tokens = parse.sentences[entity.sentence].tokens
        assert (tokens[entity.first].start, tokens[entity.last - 1].end) == entity.span
        assert entity.text == story.text[entity.span.start : entity.span.end]
        assert entity.label in ("PER", "ORG", "LOC", "NORP")
    return parse


def test_a_simple_story():
    parse = check(plain_story(TEXT))
    assert [s.block for s in parse.sentences] == [0, 0, 1]
    third = parse.sentences[2]
    arrest = next(t for t in third.tokens if t.text == "arrested")
    subject = third.child(arrest.index, "nsubj")
    assert subject is not None
    assert third.tokens[subject].text == "Police"
    assert {(e.text, e.label) for e in parse.entities} >= {("Ghana", "LOC"), ("Accra", "LOC"), ("Ama Mensah", "PER")}
    assert parse.model == PARSER.name
    assert PARSER.name.startswith("dateline-en@")
    assert isinstance(PARSER, Parser)


def test_same_story_same_parse_alone_or_after_others():
    story = plain_story(TEXT)
    first = PARSER(story)
    for other in ("Rain.", "A much longer story. " * 40):
        PARSER(plain_story(other))
    assert PARSER(story) == first


def test_a_worker_gets_the_same_parser():
    story = plain_story(TEXT)
    again = pickle.loads(pickle.dumps(PARSER))
    assert again(story) == PARSER(story)


def test_only_blocks_are_parsed_and_keep_their_region():
    text = "Storm hits coast\nBy A Writer\nA storm hit the coast."
    story = Story(id="s", text=text, blocks=(Block("headline", Span(0, 16)), Block("body", Span(29, len(text)))))
    parse = check(story)
    assert [s.region for s in parse.sentences] == ["headline", "body"]
    assert all(t.text != "Writer" for s in parse.sentences for t in s.tokens)


def test_a_dateline_stands_alone():
    text = "NAIROBI, Kenya (AP) -- A bomb killed two people."
    story = Story(
        id="s",
        text=text,
        blocks=(Block("body", Span(0, len(text))),),
        dateline=Dateline(text[:22], Span(0, 22), "NAIROBI, Kenya", "KEN", None, "AP"),
    )
    parse = check(story)
    assert [story.text[s.span.start : s.span.end] for s in parse.sentences] == [text[:22], text[23:]]
    assert parse.sentences[1].tokens[parse.sentences[1].root].lemma == "kill"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n \t ",
        ".",
        "\x00\x01\x02 \x7f\x85",
        "😀 🇰🇪 👩‍👩‍👧 troops 😀",
        "قال الرئيس إن القوات انسحبت. عاد الهدوء.",
        "‮reversed‬ text \u200b\ufeff\u00ad here",
        "a" * 30_000,
        "word " * 5_000,
        "Anti" + "-anti" * 3_000,
        "(" * 2_000,
        "\"'“”’" * 500,
        "1,2.3/4:5-" * 400,
        "The man " + "and the other man " * 600 + "left.",
        "supercalifragilisticexpialidocious" * 10 + " " + "x\u0301" * 500,
        "line one\r\nline two\vline three\u2028line four",
    ],
)
def test_nothing_breaks_it(text):
    story = Story(id="s", text=text, blocks=(Block("body", Span(0, len(text))),))
    parse = check(story)
    assert max((len(s.tokens) for s in parse.sentences), default=0) <= 120
    to_conllu(parse, story)


def test_no_story_no_sentence():
    assert PARSER(Story(id="s", text="x", blocks=())).sentences == ()


def test_a_folder_without_a_model_is_named(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"no")
    with pytest.raises(DataError, match="not a language model"):
        load_parser(str(tmp_path))
