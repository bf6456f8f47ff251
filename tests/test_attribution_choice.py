"""Which claims of a story are listed."""

from __future__ import annotations

import json

import pytest

from dateline.errors import DataError
from dateline.frames.attribution import find_claims, load_attribution
from dateline.frames.attribution_choice import chosen, described, load_weights
from dateline.parse import load_parser, plain_story


@pytest.fixture(scope="module")
def read():
    parser, cues = load_parser(), load_attribution()

    def reading(text: str):
        story = plain_story(text)
        parse = parser(story)
        return find_claims(story, parse, cues), story, parse

    return reading


def listed(reading) -> list[str]:
    return [claim.cue_lemma for claim in chosen(*reading, load_weights())]


def test_of_claims_about_the_same_words_the_likeliest_stays(read):
    reading = read("The ministry said the rebels had promised to leave the valley.")
    assert [c.cue_lemma for c in reading[0]] == ["say", "promise"]
    assert listed(reading) == ["say"]


def test_claims_side_by_side_are_all_listed(read):
    assert listed(read("The premier praised the army, saying it had freed nine villages.")) == ["praise", "say"]


def test_no_two_listed_contents_overlap(read):
    claims, story, parse = read(
        "Peru accused Chile of jamming its radars, which Chile denied. The envoy, who urged calm, said she hoped that "
        "both would agree to talks. Critics called the plan a gift to smugglers."
    )
    spans = [c.content for c in chosen(claims, story, parse, load_weights())]
    assert len(spans) >= 3
    assert not any(a.overlaps(b) for i, one in enumerate(spans) for other in spans[:i] for a in one for b in other)


def test_what_i_think_in_a_quotation_is_not_listed(read):
    claims, story, parse = read('Snow fell. "I think the pass is closed." The road was empty.')
    assert claims
    assert chosen(claims, story, parse, load_weights()) == ()


def test_every_weight_has_a_feature_that_occurs(read):
    names = {name.split("=")[0] for name in load_weights().features}
    found = described(*read("The mayor of Lima said on Friday that he would not resign."))
    assert {name.split("=")[0] for row in found for name in row} <= names | {"quoted", "parted"}


def test_a_broken_table_is_told_by_name(tmp_path):
    bad = tmp_path / "weights.json"
    bad.write_text(json.dumps({"model": "x"}))
    with pytest.raises(DataError, match=r"weights\.json: not a table of weights"):
        load_weights(bad)
