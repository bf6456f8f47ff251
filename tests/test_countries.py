"""Countries: names, demonyms, capitals, ambiguity."""

from __future__ import annotations

import pytest

from dateline.errors import DataError
from dateline.mentions.countries import WORLD, Countries, load_countries


@pytest.fixture(scope="module")
def countries() -> Countries:
    return load_countries()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ivory Coast", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("Zaire", "COD"),
        ("Czechoslovakia", "CZE"),
        ("Swaziland", "SWZ"),
        ("Burma", "MMR"),
        ("ROK", "KOR"),
        ("DPRK", "PRK"),
        ("U.S.", "USA"),
        ("IRAN", "IRN"),
        ("the Netherlands", "NLD"),
        ("Türkiye", "TUR"),
        ("Kosovo", "KOS"),
        ("Scotland", "GBR"),
        ("European Union", "EUR"),
        ("U.N.", "UNO"),
        ("us", None),
        ("car", None),
        ("Korea", None),
        ("Congo", None),
        ("Paris", None),
    ],
)
def test_country_of(countries: Countries, name: str, code: str | None) -> None:
    assert countries.country_of(name) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Israelis", "ISR"),
        ("Filipino", "PHL"),
        ("Emirati", "ARE"),
        ("Kosovar", "KOS"),
        ("Palestinian", "PSE"),
        ("Nigerien", "NER"),
        ("Nigerian", "NGA"),
        ("South Koreans", "KOR"),
        ("Frenchmen", "FRA"),
        ("Basotho", "LSO"),
        ("Soviet", "RUS"),
        ("Kurdish", None),
        ("European", None),
        ("Korean", None),
        ("Dominican", None),
    ],
)
def test_demonym(countries: Countries, word: str, code: str | None) -> None:
    assert countries.demonym(word) == code


def test_forms_capitals_and_states(countries: Countries) -> None:
    assert countries.demonym_form("Afghans") == ("AFG", "people")
    assert countries.readings("Koreans") == ("KOR", "PRK")
    assert countries.capital("Ramallah") == "PSE"
    assert countries.state("HKG") == "CHN"
    assert countries.state("NOR") == "NOR"
    assert countries.part_of("Chechnya") == "RUS"
    assert countries.country_of("Chechnya", parts=False) is None
    assert countries.homonym("Jordan") is not None


def test_every_state_has_what_the_record_needs(countries: Countries) -> None:
    for country in countries:
        assert country.iso3 in ("EUR", "UNO") or country.geonameid
        assert country.state == country.iso3 or countries.get(country.state) is not None
        if country.cow is not None:
            assert country.capitals, country.iso3
            assert country.adjectives, country.iso3
            assert country.lat is not None, country.iso3


def test_missing_table_is_a_data_error(tmp_path: object) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_countries(WORLD / "no-such-folder")
