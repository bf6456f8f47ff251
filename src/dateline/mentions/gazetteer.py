"""The gazetteer: places of the world by name, in one memory-mapped file.

``data/world/places.bin`` holds GeoNames data (CC BY 4.0) and ``places.yaml``; ``training/build_gazetteer.py`` makes it.
Layout, little-endian: magic, version and counts; the country codes; fixed-size records; the display names, one per
line, with an offset for every sixteenth; the index: 32-bit hashes of keys in order, a check byte each, and the record
they lead to (its highest bit says that the name is the place's main one, the next that it is a common word).
"""

from __future__ import annotations

import math
import mmap
import struct
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dateline.errors import DataError
from dateline.mentions.countries import Countries, load_countries
from dateline.mentions.places_keys import key_hash, place_key
from dateline.mentions.places_words import PlaceWords, load_place_words

WORLD = Path(__file__).resolve().parent.parent / "data" / "world"
KINDS = ("country", "province", "district", "city", "region", "sea", "continent", "facility")
MAGIC = b"DLPLACES"
VERSION = 2
_HEADER = struct.Struct("<8s5I")  # magic, version, countries, places, length of names, keys
_RECORD = 15  # kind, country, province (3), latitude (3), longitude (3), population, id (3)
_NONE = 0xFFFFFF
_MAIN = 0x800000
_COMMON = 0x400000
_STEP = 16
_REMEMBERED = 20_000  # keys whose places are kept


class Entry(NamedTuple):
    """One place of the gazetteer."""

    number: int
    name: str
    kind: str  # one of KINDS
    country: str | None  # ISO 3166-1 alpha-3
    province: int | None  # number of its province
    lat: float
    lon: float
    fame: int  # people, rounded, raised for a city with a name in many languages; 0 if unknown
    geonameid: int | None


class Found(NamedTuple):
    """A place that has the name looked up.

    ``main``: it is the place's main name, not a spelling or foreign name; ``common``: it is an ordinary word as well.
    """

    entry: Entry
    main: bool
    common: bool


class Gazetteer:
    """Places by name. Opening maps the file; a look-up takes microseconds.

    >>> places = open_gazetteer()
    >>> [f.entry.country for f in places.find("Ouagadougou")]
    ['BFA']
    """

    def __init__(
        self, data: bytes | mmap.mmap, countries: Countries, words: PlaceWords, source: str = "places.bin"
    ) -> None:
        """Read the header. Raises DataError if the data is not a gazetteer of this version."""
        self.countries = countries
        self.words = words
        if len(data) < _HEADER.size or data[:8] != MAGIC:
            raise DataError(f"{source}: is not a gazetteer file: rebuild it with training/build_gazetteer.py")
        _, version, codes_used, places, length, keys = _HEADER.unpack(data[: _HEADER.size])
        if version != VERSION:
            raise DataError(f"{source}: has layout version {version}, this release reads {VERSION}: rebuild it")
        view = memoryview(data)
        at = _HEADER.size
        codes = bytes(view[at : at + 4 * codes_used]).decode("ascii")
        self._codes: list[str | None] = [codes[i : i + 4].strip() or None for i in range(0, len(codes), 4)]
        at += 4 * codes_used
        self._records = view[at : at + _RECORD * places]
        at = _aligned(at + _RECORD * places)
        steps = (places + _STEP - 1) // _STEP
        self._offsets = view[at : at + 4 * steps].cast("I")
        at += 4 * steps
        self._names = view[at : at + length]
        at = _aligned(at + length)
        self._hashes = view[at : at + 4 * keys].cast("I")
        at += 4 * keys
        self._checks = view[at : at + keys]
        at += keys
        self._links = view[at : at + 3 * keys]
        if at + 3 * keys != len(data):
            raise DataError(f"{source}: is cut short: expected {at + 3 * keys} bytes, found {len(data)}")
        self._places = places
        self._found: dict[str, tuple[Found, ...]] = {}
        self.entry = lru_cache(_REMEMBERED)(self._entry)

    def __len__(self) -> int:
        """How many places there are."""
        return int(self._places)

    def find(self, name: str) -> list[Found]:
        """All places with this name, in the order of the file; an empty list if there are none."""
        key = place_key(name)
        found = self.find_key(key)
        if not found:  # the Arabic article may be left out, or be there
            return self.find_key(key[3:] if key.startswith("al ") else f"al {key}")
        return found

    def has(self, name: str) -> bool:
        """Whether some place has this name."""
        return bool(self._numbers(place_key(name)))

    def find_key(self, key: str) -> list[Found]:
        """All places stored under this key (see :func:`dateline.mentions.places_keys.place_key`)."""
        found = self._found.get(key)
        if found is None:
            mask, links = _COMMON - 1, self._numbers(key)
            found = tuple(Found(self.entry(n & mask), bool(n & _MAIN), bool(n & _COMMON)) for n in links)
            if len(self._found) < _REMEMBERED:
                self._found[key] = found
        return list(found)

    def _numbers(self, key: str) -> list[int]:
        if not key:
            return []
        value, check = key_hash(key)
        hashes, links, out = self._hashes, self._links, []
        at = bisect_left(hashes, value)
        while at < len(hashes) and hashes[at] == value:
            if self._checks[at] == check:
                i = 3 * at
                out.append(links[i] | links[i + 1] << 8 | links[i + 2] << 16)
            at += 1
        return out

    def _entry(self, number: int) -> Entry:
        """The place with this number in the file."""
        start = _RECORD * number
        r = self._records[start : start + _RECORD]
        province = r[2] | r[3] << 8 | r[4] << 16
        gid = r[12] | r[13] << 8 | r[14] << 16
        return Entry(
            number=number,
            name=self._name(number),
            kind=KINDS[r[0]],
            country=self._codes[r[1]],
            province=None if province == _NONE else province,
            lat=round((r[5] | r[6] << 8 | r[7] << 16) / _NONE * 180 - 90, 4),
            lon=round((r[8] | r[9] << 8 | r[10] << 16) / _NONE * 360 - 180, 4),
            fame=int(10 ** (r[11] / 32)) if r[11] else 0,
            geonameid=gid or None,
        )

    def _name(self, number: int) -> str:
        step = number // _STEP
        start = self._offsets[step]
        end = self._offsets[step + 1] if step + 1 < len(self._offsets) else len(self._names)
        return bytes(self._names[start:end]).split(b"\n")[number % _STEP].decode("utf-8")


def open_gazetteer(world: Path = WORLD, countries: Countries | None = None) -> Gazetteer:
    """Open the gazetteer with its tables (or with the countries already read).

    Raises DataError when a file is missing or wrong.
    """
    path = world / "places.bin"
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be opened: {error}; rebuild it with training/build_gazetteer.py") from error
    return Gazetteer(data, countries or load_countries(world), load_place_words(world / "places_words.yaml"), str(path))


Row = tuple[str, int, str, int | None, float, float, int, int, list[str], list[str]]


def pack(rows: Iterable[Row], common: frozenset[str] = frozenset()) -> bytes:
    """The bytes of a gazetteer file; ``common`` are the keys that are ordinary words as well.

    A row is name, index of the kind, country code or "", index of the province's row, latitude, longitude,
    fame, GeoNames id or 0, main names, other names.
    """
    rows = list(rows)
    codes = ["", *sorted({row[2] for row in rows} - {""})]
    number = {code: i for i, code in enumerate(codes)}
    records, names, offsets = bytearray(), bytearray(), []
    keys: dict[tuple[int, int, int], int] = {}
    for i, (name, kind, country, province, lat, lon, fame, gid, main, others) in enumerate(rows):
        records += bytes((kind, number[country]))
        records += (_NONE if province is None else province).to_bytes(3, "little")
        records += round((lat + 90) / 180 * _NONE).to_bytes(3, "little")
        records += round((lon + 180) / 360 * _NONE).to_bytes(3, "little")
        records.append(min(255, max(1, round(32 * math.log10(fame)))) if fame > 0 else 0)
        records += gid.to_bytes(3, "little")
        if i % _STEP == 0:
            offsets.append(len(names))
        names += name.replace("\n", " ").encode("utf-8") + b"\n"
        for spelling, is_main in [*((n, True) for n in main), *((n, False) for n in others)]:
            key = place_key(spelling)
            if key:
                at = (*key_hash(key), i)
                keys[at] = keys.get(at, 0) | (_MAIN if is_main else 0) | (_COMMON if key in common else 0)
    order = sorted(keys)
    out = bytearray(_HEADER.pack(MAGIC, VERSION, len(codes), len(rows), len(names), len(order)))
    out += "".join(code.ljust(4) for code in codes).encode("ascii")
    out += records
    out += bytes(_aligned(len(out)) - len(out))
    out += struct.pack(f"<{len(offsets)}I", *offsets)
    out += names
    out += bytes(_aligned(len(out)) - len(out))
    out += struct.pack(f"<{len(order)}I", *(value for value, _, _ in order))
    out += bytes(check for _, check, _ in order)
    for at in order:
        out += (at[2] | keys[at]).to_bytes(3, "little")
    return bytes(out)


def _aligned(at: int) -> int:
    return (at + 3) // 4 * 4
