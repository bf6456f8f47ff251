"""The words around place names, read from ``data/world/places_words.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.mentions.places_keys import place_key
from dateline.rules import yamlfile

WORLD = Path(__file__).resolve().parent.parent / "data" / "world"
_KEYS = (
    "kinds", "facilities", "directions", "before", "person_before", "person_after", "never", "adjectives", "abbreviations", "short_forms",
    "weights", "seats", "seat_before", "seat_on", "going", "gone_into", "aiming", "site_nouns"
)  # fmt: skip
_WEIGHTS = (
    "country", "continent", "region", "sea", "facility", "capital", "other_name", "province_with_city", "province", "district",
    "contained", "kind_said", "same_country", "same_province", "near", "close_country"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What the data file says, ready for look-up."""

    kinds: dict[str, str]  # word -> kind of place: "governorate" -> "province"
    facilities: frozenset[str]
    directions: frozenset[str]
    before: frozenset[str]
    person_before: frozenset[str]
    person_after: frozenset[str]
    never: frozenset[str]
    adjectives: dict[str, str]  # key of "African" -> "Africa"
    abbreviations: dict[str, tuple[str, str]]  # "Tex." -> ("Texas", "USA")
    short_forms: dict[str, tuple[str, str]]  # "NYC" -> ("New York City", "USA")
    weights: dict[str, float]
    seats: frozenset[str]  # keys of sites that also stand for who works there
    seat_on: frozenset[str]  # those of them that "on" leads to
    seat_before: frozenset[str]
    going: frozenset[str]
    gone_into: frozenset[str]
    aiming: frozenset[str]
    site_nouns: frozenset[str]


def load_place_words(path: Path = WORLD / "places_words.yaml") -> PlaceWords:
    """Read the file. Raises DataError with file and line when it is wrong."""
    data = yamlfile.load(path)
    data.check_keys(_KEYS, required=_KEYS)
    weights = {}
    data["weights"].check_keys(_WEIGHTS, required=_WEIGHTS)
    for name in _WEIGHTS:
        text = data["weights"].text(name)
        try:
            weights[name] = float(text)
        except (TypeError, ValueError):
            raise DataError(f"{yamlfile.at(text)}: weight {name!r} must be a number, found {text!r}") from None
    return PlaceWords(
        kinds={word: kind for kind in data["kinds"] for word in data["kinds"].texts(kind)},
        facilities=frozenset(data.texts("facilities")),
        directions=frozenset(data.texts("directions")),
        before=frozenset(data.texts("before")),
        person_before=frozenset(data.texts("person_before")),
        person_after=frozenset(data.texts("person_after")),
        never=frozenset(data.texts("never")),
        adjectives={place_key(word): name for name in data["adjectives"] for word in data["adjectives"].texts(name)},
        abbreviations=_by_country(data["abbreviations"]),
        short_forms=_by_country(data["short_forms"]),
        weights=weights,
        seats=frozenset(place_key(name) for name in data.texts("seats")),
        seat_on=frozenset(place_key(name) for name in data.texts("seat_on")),
        seat_before=frozenset(data.texts("seat_before")),
        going=frozenset(data.texts("going")),
        gone_into=frozenset(data.texts("gone_into")),
        aiming=frozenset(data.texts("aiming")),
        site_nouns=frozenset(data.texts("site_nouns")),
    )


def _by_country(table: yamlfile.Table) -> dict[str, tuple[str, str]]:
    return {str(short): (str(name), str(country)) for country in table for short, name in table[country].items()}
