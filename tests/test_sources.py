"""According to whom: the chain of sources of an event, where the claims alone do not settle it."""

from __future__ import annotations

import pytest

import dateline


@pytest.fixture(scope="module")
def sources():
    coder = dateline.Coder()

    def run(text, type="ASSAULT"):
        event = next(e for e in coder.code(text, published="2024-06-13").coded if e.type == type)
        return [s.text for s in event.attribution], event.factuality.stance

    return run


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.S.-led coalition in Somalia says Kenyan forces attacked militants.", (["The U.S.-led coalition in Somalia"], "asserted")),
        ("The report included accusations from a doctor that Kenyan soldiers tortured him.", (["a doctor"], "alleged")),
        ("News Analysis: Kenyan forces attacked Somali rebels", ([], "asserted")),
        ("A Kenyan minister said schools had been closed since the rebels' attack on Garissa in 2015.", ([], "asserted")),
        ("A Kenyan minister said rebels had attacked Garissa in 2015.", (["A Kenyan minister"], "asserted")),
    ],
)  # fmt: skip
def test_sources(sources, text, found):
    assert sources(text) == found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("SEOUL, March 3 (Yonhap) -- North Korean leader Kim Jong-un inspected a plant, state media said.", "PRK"),
        ("DUBAI, March 3 (Reuters) - State television said Iranian forces had seized a tanker.", "IRN"),
        ("BEIJING, March 3 (Reuters) - A fire killed nine people, state media said.", "CHN"),
    ],
)
def test_state_media_are_of_the_state_they_tell_of(text, country):
    result = dateline.Coder().code(text)
    assert {a.country for a in result.mentions.actors if a.sector == "JRN"} == {country}
