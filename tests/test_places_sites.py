"""Facilities: which names they are, when seats of power are places, which of several sites is meant."""

from __future__ import annotations

import pytest

from dateline import Coder
from dateline.mentions.gazetteer import WORLD, Entry, Gazetteer, open_gazetteer
from dateline.mentions.places import Toponym, find_toponyms
from dateline.parse import plain_story
from dateline.rules import yamlfile


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def named(coder: Coder, text: str) -> dict[str, Toponym]:
    story = plain_story(text, id="s-1")
    return {t.place.text: t for t in find_toponyms(story, coder.parser(story), coder.gazetteer)}


def sites(gazetteer: Gazetteer, name: str) -> list[Entry]:
    return [f.entry for f in gazetteer.find(name) if f.entry.kind == "facility"]


def test_every_facility_of_the_table_is_found_by_each_name(gazetteer: Gazetteer) -> None:
    table = yamlfile.load(WORLD / "places.yaml")["facilities"]
    for key, entry in table.items():
        lat, lon = (float(v) for v in entry.texts("at"))
        for name in (key, *entry.texts("names"), *entry.texts("also")):
            near = [e for e in sites(gazetteer, name) if abs(e.lat - lat) < 0.01 and abs(e.lon - lon) < 0.01]
            assert [e.country for e in near[:1]] == [entry.text("country")], (key, name)


def test_every_seat_is_a_facility(gazetteer: Gazetteer) -> None:
    for name in yamlfile.load(WORLD / "places_words.yaml").texts("seats"):
        assert sites(gazetteer, name), name


@pytest.mark.parametrize("name", ["Evin prison", "Evin jail", "Rafah border crossing", "Bushehr nuclear power plant"])
def test_words_of_its_class_name_a_site(gazetteer: Gazetteer, name: str) -> None:
    assert len(sites(gazetteer, name)) == 1


def test_the_city_keeps_its_own_name(gazetteer: Gazetteer) -> None:
    assert sites(gazetteer, "Bushehr") == []


@pytest.mark.parametrize(
    "text",
    [
        "The Kremlin denied the report.",
        "The Pentagon said the strike killed two fighters.",
        "The senator lashed out at the White House.",
        "Pressure on the Kremlin is growing.",
        "He informed the White House on Friday of his decision.",
        "White House spokeswoman Ann Miller answered questions.",
    ],
)
def test_a_seat_that_acts_is_no_place(coder: Coder, text: str) -> None:
    assert [t for t in named(coder, text).values() if t.use == "place"] == []


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The two presidents will meet at the White House Friday.", "White House", "USA"),
        ("The ministers held talks in the Kremlin.", "Kremlin", "RUS"),
        ("Demonstrators gathered outside Downing Street.", "Downing Street", "GBR"),
        ("Police arrested protesters on Capitol Hill.", "Capitol Hill", "USA"),
        ("The crowd marched to the Elysee Palace.", "Elysee Palace", "FRA"),
        ("Workers stormed the Blue House.", "Blue House", "KOR"),
        ("Troops stormed al-Aqsa Mosque on Friday.", "al-Aqsa Mosque", "PSE"),
        ("Two men were shot at the Qalandia checkpoint.", "Qalandia", "PSE"),
        ("Detainees at Guantanamo Bay began a hunger strike.", "Guantanamo Bay", "CUB"),
    ],
)
def test_a_site_is_a_place(coder: Coder, text: str, name: str, country: str) -> None:
    place = named(coder, text)[name].place
    assert (place.country, place.precision) == (country, "facility")


def test_another_citys_square_is_not_taken_for_a_known_one(coder: Coder) -> None:
    place = named(coder, "Thousands rallied in Freedom Square in Tallinn.")["Freedom Square"].place
    assert (place.country, place.precision) == ("EST", "city")
    assert "places/inside" in place.rules


def test_a_country_in_a_participle_is_no_place(coder: Coder) -> None:
    found = named(coder, "Russian-held towns and the U.S.-led forces were shelled in Kherson.")
    assert {n: t.use for n, t in found.items()} == {"Russian": "demonym", "U.S.": "demonym", "Kherson": "place"}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Gunmen attacked a bus near Bagram.", "AFG"),
        ("The defense secretary met Saudi officials at the Pentagon.", "USA"),
        ("Thousands rallied in Tahrir Square.", "EGY"),
        ("Two rockets hit the U.S.-controlled Green Zone on Sunday.", "IRQ"),
        ("The writer was jailed in Evin prison.", "IRN"),
    ],
)
def test_events_are_placed_at_sites(coder: Coder, text: str, country: str) -> None:
    places = [e.place for e in coder.code(text, id="s-1").events]
    assert [(p.country, p.precision) for p in places if p is not None] == [(country, "facility")]
