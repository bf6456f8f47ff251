"""The tables of office holders and organisations, and the spelling of names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.mentions.countries import load_countries
from dateline.mentions.roles import load_roles
from dateline.mentions.world import World, load_world
from dateline.mentions.world_names import name_key


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("Sergey Shoygu", "Sergei Shoigu"),
        ("Abdel Fattah al-Sisi", "Abdel Fattah Sisi"),
        ("Andrés Manuel", "Andres Manuel"),
        ("Mohammed Omar", "Muhammad Omar"),
        ("U.N.", "UN"),
    ],
)
def test_spellings_of_one_name_meet(left: str, right: str) -> None:
    assert name_key(left.split()) == name_key(right.split())


def test_abbreviations_keep_their_capitals() -> None:
    assert name_key(["WHO"]) != name_key(["who"])


def test_office_depends_on_the_day(world: World) -> None:
    before = world.lookup("Angela Merkel", on=dt.date(2010, 1, 1))[0]
    after = world.lookup("Angela Merkel", on=dt.date(2023, 1, 1))[0]
    assert (before.country, before.sector, before.status) == ("DEU", "GOV", "current")
    assert (after.country, after.sector, after.status) == ("DEU", "ELI", "former")


def test_order_of_a_name_does_not_matter(world: World) -> None:
    assert world.lookup("Jong Un Kim", on=dt.date(2018, 1, 1))[0].country == "PRK"


def test_surname_of_an_office_holder(world: World) -> None:
    assert {e.country for e in world.lookup("Mugabe", on=dt.date(2000, 1, 1), surname=True)} == {"ZWE"}


def test_unknown_name_is_empty(world: World) -> None:
    assert world.lookup("Quentin Abernathy") == []
    assert world.lookup("") == []


def test_armed_group_that_took_power(world: World) -> None:
    assert world.lookup("Taliban", on=dt.date(2010, 1, 1))[0].sector == "REB"
    assert world.lookup("Taliban", on=dt.date(2024, 1, 1))[0].sector == "GOV"


def test_wrong_table_is_refused_with_its_line() -> None:
    with pytest.raises(DataError, match=r"mine\.tsv:3"):
        World(load_countries(), [("mine.tsv", 3, "p\tonly two columns")])


def test_role_file_with_an_unknown_sector_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text("classes:\n  - {id: x/y, sector: GVO, kind: person, words: [a]}\n", encoding="utf-8")
    with pytest.raises(DataError, match="GVO"):
        load_roles([path])


def test_role_noun_in_two_classes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text(
        "classes:\n  - {id: x/y, kind: person, words: [a]}\n  - {id: x/z, kind: person, words: [a]}\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="already in x/y"):
        load_roles([path])


def test_longest_phrase_wins() -> None:
    role, size, phrase = load_roles().match(["the", "deputy", "police"], "chief")
    assert role is not None
    assert (role.sector, size, phrase) == ("COP", 2, "police chief")
