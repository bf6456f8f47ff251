"""CoNLL-U out and in, and the errors of a malformed file."""

from __future__ import annotations

import pytest

from dateline.errors import InputError, SettingError
from dateline.parse import Parser, conllu_parser, load_parser, plain_story, to_conllu

ROWS = """\
# text = Chad sent troops.
1\tChad\tChad\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=B-LOC
2\tsent\tsend\tVERB\tVBD\t_\t0\troot\t_\t_
3\ttroops\ttroop\tNOUN\tNNS\t_\t2\tobj\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# text = They don't rest.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\trest\trest\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""


def written(tmp_path, text):
    file = tmp_path / "a.conllu"
    file.write_text(text, encoding="utf-8")
    return file


def test_parses_are_found_by_text(tmp_path):
    parser = conllu_parser(written(tmp_path, ROWS))
    story = plain_story("Chad sent troops. They don't rest.\n\nUnknown words. Chad sent  troops.")
    parse = parser(story)
    assert [s.block for s in parse.sentences] == [0, 0, 1]
    assert [t.text for t in parse.sentences[1].tokens] == ["They", "do", "n't", "rest", "."]
    assert parse.entities[0].text == "Chad"
    assert parse.entities[1].sentence == 2
    for sentence in parse.sentences:
        for token in sentence.tokens:
            assert story.text[token.start : token.end] == token.text
    assert isinstance(parser, Parser)


def test_round_trip(tmp_path):
    story = plain_story("They don't rest. Chad sent troops.")
    first = conllu_parser(written(tmp_path, ROWS))(story)
    text = to_conllu(first, story)
    second = load_parser(str(written(tmp_path, text)))(story)
    assert second.sentences == first.sentences
    assert second.entities == first.entities
    assert "2-3\tdon't" in text
    assert "SpaceAfter=No" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\tChad\n", r"a\.conllu:1: .*10 fields.*found 2"),
        (ROWS.replace("\t2\tobj", "\tx\tobj"), r"a\.conllu:4: the head .*'x'"),
        (ROWS.replace("2\tsent", "7\tsent"), r"a\.conllu:3: word number 2 expected, found '7'"),
        (ROWS.replace("\t0\troot", "\t3\tobj", 1), r"a\.conllu:2: the heads of this sentence are not one tree"),
        (ROWS.replace("\t2\tobj", "\t²\tobj"), r"a\.conllu:4: the head"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        conllu_parser(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read as CoNLL-U"):
        load_parser(str(tmp_path / "none.conllu"))


def test_unknown_parser_names_what_is_allowed():
    with pytest.raises(SettingError, match="did you mean 'default'"):
        load_parser("defualt")
