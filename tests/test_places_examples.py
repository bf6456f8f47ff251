"""The examples of the places run through the shipped parser."""

from __future__ import annotations

from dateline.mentions.gazetteer import open_gazetteer
from dateline.mentions.places_check import check_places
from dateline.parse import load_parser


def test_examples() -> None:
    assert check_places(load_parser(), open_gazetteer()) == []
