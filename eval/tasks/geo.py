"""Place names found and resolved. The gold counts demonyms and places inside names of organisations as well."""

from __future__ import annotations

from typing import Any

from dateline import Coder
from dateline.mentions.places import find_toponyms

INPUTS = ("id", "text")


def answer(item: dict[str, Any], coder: Coder) -> dict[str, Any]:
    """All toponyms of the text, with coordinates and GeoNames ids where they are known."""
    story = coder.read(item["text"], id=item["id"])
    toponyms = find_toponyms(story, coder.parser(story), coder.gazetteer)
    return {
        "id": item["id"],
        "toponyms": [
            {"span": list(t.place.span), "lat": t.place.lat, "lon": t.place.lon, "geonameid": t.place.geonameid}
            for t in toponyms
        ],
    }
