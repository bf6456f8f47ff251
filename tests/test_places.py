"""Places: the gazetteer file, detection in hand-made parses, resolution."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.mentions.gazetteer import KINDS, Gazetteer, open_gazetteer, pack
from dateline.mentions.places import find_dateline_place, find_places, find_toponyms
from dateline.mentions.places_keys import place_key
from dateline.mentions.places_names import names_of
from dateline.mentions.places_resolve import _NEAR_DEGREES, _NEAR_KM, distance
from dateline.mentions.places_words import load_place_words
from dateline.model import Block, Dateline, Entity, Parse, Place, Sentence, Span, Story, Token

WORD = re.compile(r"\w+(?:\.\w)*\.?(?<=[A-Z]\.)|[\w-]+|['’]s|\S")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def parsed(text: str, *entities: tuple[str, str]) -> tuple[Story, Parse]:
    """A story of one sentence: every word hangs on the first; entities are given as (text, label)."""
    tokens = []
    for match in WORD.finditer(text):
        word = match.group()
        upos = "PROPN" if word[:1].isupper() else "NOUN" if word.isalpha() else "PUNCT"
        i = len(tokens)
        head, dep = (-1, "root") if i == 0 else (0, "dep")
        tokens.append(Token(i, match.start(), match.end(), word, word.lower(), upos, "NN", head, dep))
    found = []
    for name, label in entities:
        start = text.index(name)
        inside = [t.index for t in tokens if start <= t.start and t.end <= start + len(name)]
        found.append(Entity(0, inside[0], inside[-1] + 1, label, Span(start, start + len(name)), name))
    span = Span(0, len(text))
    sentence = Sentence(0, span, tuple(tokens), 0, "body")
    return Story("s-1", text, (Block("body", span),)), Parse((sentence,), tuple(found), "hand@1")


def places(gazetteer: Gazetteer, text: str, *entities: tuple[str, str]) -> dict[str, Place]:
    story, parse = parsed(text, *entities)
    return {p.text: p for p in find_places(story, parse, gazetteer)}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("St. Louis", "saint louis"),
        ("N'Djamena", "ndjamena"),
        ("Deir ez-Zor", "deir al zor"),
        ("Deir el-Zor", "deir al zor"),
        ("São Tomé", "sao tome"),
        ("The Hague", "hague"),
        ("U.S.", "us"),
        ("Łódź", "lodz"),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert place_key(name) == key


def test_names_old_and_new_lead_to_one_place(gazetteer: Gazetteer) -> None:
    for old, new in (("Kiev", "Kyiv"), ("Bombay", "Mumbai"), ("Saigon", "Ho Chi Minh City"), ("Rangoon", "Yangon")):
        ids = [{f.entry.geonameid for f in gazetteer.find(n) if f.entry.kind == "city"} for n in (old, new)]
        assert ids[0] & ids[1], (old, new)


def test_regions_and_seas(gazetteer: Gazetteer) -> None:
    for name, kind in (
        ("Gulf of Aden", "sea"),
        ("Middle East", "region"),
        ("Donbas", "region"),
        ("Africa", "continent"),
    ):
        assert kind in {f.entry.kind for f in gazetteer.find(name)}, name
    assert {f.entry.country for f in gazetteer.find("Darfur")} == {"SDN"}


def test_packed_file_gives_back_what_went_in(gazetteer: Gazetteer) -> None:
    rows = [
        ("Upland", KINDS.index("province"), "NOR", None, 61.5, 9.25, 0, 12, ["Upland"], []),
        ("Lille Havn", KINDS.index("city"), "NOR", 0, 60.125, -0.5, 5000, 34, ["Lille Havn"], ["Small Harbour"]),
    ]
    data = pack(rows, frozenset({"upland"}))
    assert data == pack(rows, frozenset({"upland"}))
    small = Gazetteer(data, gazetteer.countries, gazetteer.words)
    (found,) = small.find("small harbour")
    assert not found.main
    assert (found.entry.name, found.entry.country, found.entry.geonameid, found.entry.province) == (
        "Lille Havn", "NOR", 34, 0,
    )  # fmt: skip
    assert (found.entry.lat, found.entry.lon) == (60.125, -0.5)
    assert small.find("Upland")[0].common
    assert small.find("Nowhere at all") == []


def test_wrong_files_are_data_errors(gazetteer: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not a gazetteer"):
        Gazetteer(b"something else", gazetteer.countries, gazetteer.words)
    with pytest.raises(DataError, match="cut short"):
        Gazetteer(pack([])[:-1] + b"xx", gazetteer.countries, gazetteer.words)
    with pytest.raises(DataError, match=r"places\.bin: cannot be opened"):
        open_gazetteer(tmp_path)
    words = tmp_path / "places_words.yaml"
    words.write_text("kindz: {}\n", encoding="utf-8")
    with pytest.raises(DataError, match="did you mean 'kinds'"):
        load_place_words(words)


def test_containment_beats_size(gazetteer: Gazetteer) -> None:
    found = places(gazetteer, "A storm hit Paris, Texas, on Friday.", ("Paris", "LOC"), ("Texas", "LOC"))
    assert (found["Paris"].country, found["Paris"].admin1) == ("USA", "Texas")
    assert "places/containment" in found["Paris"].rules
    assert any("FRA" in other for other in found["Paris"].others)
    found = places(gazetteer, "Shells fell on Tripoli, Lebanon, overnight.", ("Tripoli", "LOC"), ("Lebanon", "LOC"))
    assert found["Tripoli"].country == "LBN"


def test_size_decides_alone_and_the_story_decides_between_equals(gazetteer: Gazetteer) -> None:
    assert places(gazetteer, "Crowds gathered in Paris.", ("Paris", "LOC"))["Paris"].country == "FRA"
    text = "Ukraine said the shelling of Donetsk came from Luhansk and Mariupol."
    names = [(n, "LOC") for n in ("Ukraine", "Donetsk", "Luhansk", "Mariupol")]
    assert places(gazetteer, text, *names)["Donetsk"].country == "UKR"


def test_kind_of_place_is_read_from_the_words_around(gazetteer: Gazetteer) -> None:
    found = places(gazetteer, "The blast in Kandahar province killed a guard.", ("Kandahar", "LOC"))
    assert found["Kandahar"].precision == "province"
    found = places(gazetteer, "The blast in the city of Kandahar killed a guard.", ("Kandahar", "LOC"))
    assert found["Kandahar"].precision == "city"


def test_a_country_is_a_country_and_no_point(gazetteer: Gazetteer) -> None:
    found = places(gazetteer, "Troops left Chad in May.", ("Chad", "LOC"))
    assert (found["Chad"].country, found["Chad"].precision) == ("TCD", "country")


def test_places_that_the_model_missed(gazetteer: Gazetteer) -> None:
    assert places(gazetteer, "The envoy flew to Nairobi yesterday.")["Nairobi"].country == "KEN"
    assert places(gazetteer, "Later Burkina Faso closed the border.")["Burkina Faso"].country == "BFA"


def test_persons_and_organisations_are_no_places(gazetteer: Gazetteer) -> None:
    assert places(gazetteer, "Vernon Jordan spoke first.", ("Vernon Jordan", "PER")) == {}
    assert places(gazetteer, "Then Jordan spoke.", ("Jordan", "PER")) == {}
    assert places(gazetteer, "The Bank of Japan raised rates.", ("Bank of Japan", "ORG")) == {}


def test_uses_are_told_apart(gazetteer: Gazetteer) -> None:
    text = "The Bank of Japan met Chilean bankers in Lima."
    story, parse = parsed(text, ("Bank of Japan", "ORG"), ("Lima", "LOC"))
    uses = {t.place.text: (t.use, t.place.country) for t in find_toponyms(story, parse, gazetteer)}
    assert uses == {"Japan": ("in-name", "JPN"), "Chilean": ("demonym", "CHL"), "Lima": ("place", "PER")}


def test_unknown_names_borrow_a_position_openly(gazetteer: Gazetteer) -> None:
    found = places(gazetteer, "Police shut Zzyrgale Bridge near Gdansk.", ("Zzyrgale Bridge", "LOC"), ("Gdansk", "LOC"))
    bridge = found["Zzyrgale Bridge"]
    assert (bridge.geonameid, bridge.country, bridge.precision) == (None, "POL", "city")
    assert "places/inside" in bridge.rules
    alone = places(gazetteer, "Police shut Zzyrgale Bridge.", ("Zzyrgale Bridge", "LOC"))["Zzyrgale Bridge"]
    assert (alone.lat, alone.country, alone.precision) == (None, None, None)


def test_one_sense_per_story(gazetteer: Gazetteer) -> None:
    text = "A fire in Springfield, Ohio, spread. Springfield was evacuated."
    story, parse = parsed(text, ("Springfield", "LOC"), ("Ohio", "LOC"))
    second = text.rindex("Springfield")
    index = next(t.index for t in parse.sentences[0].tokens if t.start == second)
    again = Entity(0, index, index + 1, "LOC", Span(second, second + 11), "Springfield")
    parse = Parse(parse.sentences, (*parse.entities, again), parse.model)
    found = [p for p in find_places(story, parse, gazetteer) if p.text == "Springfield"]
    assert [p.admin1 for p in found] == ["Ohio", "Ohio"]


def test_dateline_place(gazetteer: Gazetteer) -> None:
    text = "ACCRA, Ghana (GNA) - Ministers met."
    story, parse = parsed(text)
    line = Dateline("ACCRA, Ghana", Span(0, 12), "ACCRA, Ghana", "GHA", None, "GNA")
    story = Story(story.id, text, story.blocks, dateline=line)
    place = find_dateline_place(story, parse, gazetteer)
    assert place is not None
    assert (place.text, place.country, place.sentence) == ("ACCRA", "GHA", -1)
    assert find_dateline_place(*parsed("Ministers met."), gazetteer) is None


def test_places_told_near_only_by_latitude_are_measured(gazetteer: Gazetteer) -> None:
    """What differs by more degrees of latitude than the bound lies farther than what counts as near."""
    one = gazetteer.find("Ouagadougou")[0].entry
    other = one._replace(lat=one.lat + _NEAR_DEGREES)
    assert distance(one, other) > _NEAR_KM


def test_a_name_means_the_same_however_often_it_is_asked(gazetteer: Gazetteer) -> None:
    names = names_of(gazetteer)
    assert names is names_of(gazetteer)
    for _ in range(2):
        assert (names.known("Ghana"), names.known("Xqzv")) == ("country", None)
        assert [e.country for e, _ in names.candidates("Ouagadougou")] == ["BFA"]
        people = names.people("Chilean")
        assert people is not None
        assert people.country == "CHL"
