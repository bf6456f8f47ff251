"""Own sentences with a mention in each: are country, sector and office resolved as they must be?

The gold is ``eval/actors.yaml`` (or a file like it); its header says how an item is written. A mention is the actor whose
phrase is headed by that word, or the shortest phrase whose name holds it. An item is right when everything that it states is right.
An actor that is not found has neither country nor sector.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dateline import Coder, StoryError
from dateline.errors import DataError
from dateline.mentions.countries import load_countries
from dateline.model import SECTORS, Actor
from dateline.result import Result
from dateline.rules import yamlfile
from dateline.rules.yamlfile import Table, at

BODIES = ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM", "KOS", "PSE")
OFFICE_FROM = 2  # the third word of ``is`` and what follows


class Item(NamedTuple):
    """One mention and what it must be."""

    id: str
    category: str
    on: str
    text: str
    who: str
    country: str
    sector: str
    office: str | None


def items(gold: Path) -> Iterator[Item]:
    """The items of a file. DataError for an unknown key or code, or a mention that the text does not hold."""
    codes = {country.iso3 for country in load_countries()} | set(BODIES)
    table = yamlfile.load(gold)
    table.check_keys(("categories",), ("categories",))
    groups = table["categories"]
    for category in groups:
        for n, row in enumerate(groups.tables(category), 1):
            row.check_keys(("on", "text", "who", "is"), ("on", "text", "who", "is"))
            yield _item(f"{category}-{n}", str(category), row, codes)


def _item(name: str, category: str, row: Table, codes: set[str]) -> Item:
    words = row["is"].split()
    if len(words) < OFFICE_FROM:
        raise DataError(f"{at(row['is'])}: expected a country and a sector, found {row['is']!r}")
    for value, allowed in ((words[0], codes), (words[1], SECTORS)):
        for code in re.split(r"[|&+]", value.removeprefix("?")):
            if code not in allowed and code not in ("-", "*"):
                raise DataError(f"{at(row['is'])}: unknown code {code!r}")
    if _place(row["text"], row["who"]) is None:
        raise DataError(f"{at(row['who'])}: {row['who']!r} does not stand in the text")
    office = " ".join(words[OFFICE_FROM:]) or None
    return Item(name, category, row["on"], row["text"], row["who"], words[0], words[1], office)


def _place(text: str, who: str) -> tuple[int, int] | None:
    """Where the mention stands: "he/2" is the second "he"."""
    word, _, count = who.partition("/")
    found = list(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text))
    n = int(count or 1)
    return found[n - 1].span() if len(found) >= n else None


def resolved(result: Result, who: str) -> Actor | None:
    """The actor of a mention, or None."""
    span = _place(result.story.text, who)
    assert span is not None
    named: list[Actor] = []
    for actor in result.mentions.actors:
        head = result.parse.sentences[actor.sentence].tokens[actor.head]
        if span[0] <= head.start < span[1]:
            return actor
        inside = actor.span.start <= span[0] and span[1] <= actor.span.end
        if inside and actor.name is not None and who.partition("/")[0] in actor.name:
            named.append(actor)
    return min(named, key=lambda a: a.span.end - a.span.start, default=None)


def run(gold: Path, out: Path, coder: Coder) -> dict[str, Any]:
    """Write one line for each item: what the mention was resolved to."""
    failures, n = [], 0
    with out.open("w", encoding="utf-8") as target:
        for item in items(gold):
            n += 1
            actor = None
            try:
                actor = resolved(coder.code(item.text, id="s-actors", published=item.on), item.who)
            except StoryError as error:
                failures.append(f"{item.id}: {error.stage}: {error}")
            reply = {
                "id": item.id,
                "country": actor and (list(actor.countries) or [actor.country]),
                "sector": actor and actor.sector,
                "other_sectors": list(actor.other_sectors) if actor else [],
                "office": actor and actor.office,
                "basis": actor and actor.basis,
            }
            target.write(json.dumps(reply) + "\n")
    return {"items": n, "failures": failures}


def wrong(item: Item, answer: dict[str, Any]) -> list[str]:
    """The fields in which an answer is not what the item says."""
    countries = [c for c in answer["country"] or () if c]
    out = []
    if not _fits(item.country, set(countries), "+"):
        out.append("country")
    sectors = {s for s in (answer["sector"], *answer["other_sectors"]) if s} if "&" in item.sector else None
    if not _fits(item.sector, sectors if sectors is not None else {answer["sector"]} - {None}, "&"):
        out.append("sector")
    if item.office is not None and item.office != answer["office"]:
        out.append("office")
    return out


def _fits(want: str, found: set[str], joined: str) -> bool:
    if want == "*":
        return True
    if want.startswith("?") and not found:
        return True
    readings = [set() if w == "-" else set(w.split(joined)) for w in want.removeprefix("?").split("|")]
    return any(r <= found if joined == "&" and len(r) > 1 else r == found for r in readings)


def score(gold: Path, out: Path) -> dict[str, Any]:
    """Share of items right, overall, by field and by category, in the shape of the kit's scorer."""
    answers = {a["id"]: a for a in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    every = list(items(gold))
    missed = {i.id: wrong(i, answers[i.id]) for i in every}
    rows = [_row("items right", every, missed)]
    for field in ("country", "sector", "office"):
        asked = [i for i in every if getattr(i, field) not in ("*", None)]
        rows.append(_row(f"{field} right", asked, {i.id: [f for f in missed[i.id] if f == field] for i in asked}))
    for category in dict.fromkeys(i.category for i in every):
        rows.append(_row(f"category {category}", [i for i in every if i.category == category], missed))
    return {
        "headline": rows[0]["value"],
        "headline_name": "items right",
        "lower_is_better": False,
        "rows": rows,
        "per_class": [],
        "missed": {i: fields for i, fields in missed.items() if fields},
    }


def _row(name: str, chosen: list[Item], missed: dict[str, list[str]]) -> dict[str, Any]:
    right = sum(not missed[i.id] for i in chosen)
    return {"name": name, "value": right / len(chosen) if chosen else 0.0, "note": f"{right} of {len(chosen)}"}
