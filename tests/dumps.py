"""Entities of a Wikidata dump, made by hand: just enough of the format, in the order of keys of the real one."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]


def item(q: str) -> Json:
    value = {"entity-type": "item", "numeric-id": int(q[1:]), "id": q}
    return {
        "snaktype": "value",
        "datavalue": {"value": value, "type": "wikibase-entityid"},
        "datatype": "wikibase-item",
    }


def day(text: str) -> Json:
    """A time as exact as it is written: ``2020``, ``2020-05``, ``2020-05-17``."""
    parts = [*text.split("-"), "00", "00"][:3]
    value = {"time": f"+{'-'.join(parts)}T00:00:00Z", "timezone": 0, "precision": 9 + text.count("-")}
    return {"snaktype": "value", "datavalue": {"value": value, "type": "time"}, "datatype": "time"}


def text(value: str) -> Json:
    return {"snaktype": "value", "datavalue": {"value": value, "type": "string"}, "datatype": "external-id"}


SOMEVALUE: Json = {"snaktype": "somevalue"}
NOVALUE: Json = {"snaktype": "novalue"}


def claim(snak: Json, rank: str = "normal", **qualifiers: Json) -> Json:
    """A statement, without its property."""
    return {
        "mainsnak": snak,
        "type": "statement",
        "qualifiers": {prop: [{**s, "property": prop}] for prop, s in qualifiers.items()},
        "rank": rank,
        "references": [
            {"snaks": {"P143": [{"snaktype": "value", "property": "P143", "datavalue": item("Q328")["datavalue"]}]}}
        ],
    }


def entity(q: str, label: str | None, *aliases: str, **claims: Json | list[Json] | str) -> Json:
    """An item; a claim is an item's number, a snak, a statement, or a list of statements."""
    found: Json = {}
    for prop, value in claims.items():
        values = value if isinstance(value, list) else [value]
        snaks = [item(v) if isinstance(v, str) else v for v in values]
        made = [s if "mainsnak" in s else claim(s) for s in snaks]
        found[prop] = [
            {**s, "mainsnak": {"snaktype": s["mainsnak"]["snaktype"], "property": prop, **s["mainsnak"]}} for s in made
        ]
    return {
        "type": "item",
        "id": q,
        "labels": {"en": {"language": "en", "value": label}} if label else [],
        "descriptions": [],
        "aliases": {"en": [{"language": "en", "value": a} for a in aliases]} if aliases else [],
        "claims": found or [],
        "sitelinks": [],
    }


def line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump(lines: list[str]) -> bytes:
    """The array as it is published."""
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()
