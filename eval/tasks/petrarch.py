"""The unit-test sentences of PETRARCH (MIT, not part of this repository), coded with the codebook ``cameo``.

Every record is one raw sentence with the events that PETRARCH must give: source and target codes and an event code. Its
trees are not used. Most records are about invented countries; PETRARCH is tested with a dictionary of their names, and
``eval/petrarch_actors.yaml`` gives Dateline the same names.

What is compared: the country part (first three letters) of source and target, as a set for each record. A row is every
pair of an actor and a recipient, in both directions for consultations (04, and 036 when planned) and rows with actors
only, as CAMEO counts a meeting once for each side. Pairs with an unknown side are left out of the answer; in the gold they stay.

The event codes of the records are no CAMEO: they come from a dictionary made for the tests, in the older scheme WEIS
(032 visit, 122 denounce) and, where a test needed some code or other, in numbers without meaning (345, 903, 1717). So the
code is compared as far as it goes: the WEIS group of a code names the CAMEO roots that it may be, and codes that name
none are left out of the code figures (counted in the note); so are codes that the tests give against their meaning (100,
036, 042 to 046 …). The table is made by hand and allows a group several roots.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cached_property
from html import unescape
from itertools import permutations
from pathlib import Path
from typing import Any

from dateline import Coder, StoryError
from dateline.mentions.world import World, load_world
from dateline.mentions.world_file import WorldFile
from dateline.mentions.world_rows import Row
from dateline.rules import yamlfile

HERE = Path(__file__).resolve().parent
Pair = tuple[str, str]

#: WEIS code (longest match first) -> CAMEO roots that cover it
ROOTS: dict[str, tuple[str, ...]] = {
    "02": ("01",), "03": ("04", "03"), "04": ("05",), "05": ("03",), "06": ("05", "06", "03"), "07": ("07",),
    "08": ("05", "06", "03"), "09": ("02",), "10": ("02", "10"), "11": ("12", "11"), "12": ("11",), "13": ("11",),
    "14": ("12", "01"), "15": ("10",), "16": ("13",), "17": ("13",), "18": ("14", "15"), "19": ("16", "12"),
    "20": ("17", "16"), "21": ("17",), "22": ("18", "19"), "030": ("03",), "194": ("19",), "066": ("08",),
}  # fmt: skip
MEANINGLESS = re.compile(r"345|[89]\d\d|\d{4,}|\d{3}[A-Z]|100|103|036|046|045|044|042|043|075")
QUADS = {
    f"{n:02}": q for q, group in enumerate(((1, 5), (6, 8), (9, 13), (14, 20))) for n in range(group[0], group[1] + 1)
}


class WithActors(Coder):
    """A coder whose world knows the invented countries and persons too."""

    @cached_property
    def world(self) -> World:
        table = yamlfile.load(HERE.parent / "petrarch_actors.yaml")
        rows = []
        for item in table.tables("countries"):
            row = {"iso3": str(item.get("as") or item["code"]), "name": item["names"][0]}
            rows.append(row | {c: "|".join(item.texts(c)) for c in ("names", "parts", "adjectives", "people")})
        mine = WorldFile("petrarch_actors.yaml", countries=rows)
        for code, names in table["persons"].items():
            for name in names:
                mine.rows.append((Row("o", name, f"{code}/GOV///", True, mine.name, name.line, True), (name,)))
        return load_world([mine])


def records(gold: Path) -> list[dict[str, Any]]:
    """The records: number and id, text, day, gold triples; ``kind`` is coded, silent (no events) or error."""
    out = []
    for n, text in enumerate(re.findall(r"<Sentence .*?</Sentence>", gold.read_text(encoding="utf-8"), re.DOTALL)):
        head = _attributes(text.split(">", 1)[0])
        events = [_attributes(e) for e in re.findall(r"<EventCoding(.*?)>", text)]
        words = " ".join(unescape(unescape(re.search(r"<Text>(.*?)</Text>", text, re.DOTALL)[1])).split())
        triples = [
            (e.get("sourcecode", "---")[:3], e.get("targetcode", "---")[:3], e["eventcode"])
            for e in events
            if "eventcode" in e
        ]
        kind = "error" if any("error" in e for e in events) else "coded" if triples else "silent"
        day = head["date"]
        out.append(
            {
                "id": f"{n}-{head['id']}",
                "text": words,
                "day": f"{day[:4]}-{day[4:6]}-{day[6:8]}",
                "gold": triples,
                "category": head["category"],
                "kind": kind,
            }
        )
    return out


def run(gold: Path, out: Path, coder: Coder) -> dict[str, Any]:
    """Write one line for each record: the pairs with their codes. ``coder`` only says which parser is used."""
    own = WithActors("cameo", coder.settings.parser)
    failures = []
    items = records(gold)
    with out.open("w", encoding="utf-8") as target:
        for item in items:
            try:
                rows: Iterable[dict[str, Any]] = own.code(item["text"], id="s-petrarch", published=item["day"]).records
            except StoryError as error:
                failures.append(f"{item['id']}: {error.stage}: {error}")
                rows = ()
            coded = [
                {"source": s, "target": t, "root": row["type"], "code": (row["mode"] or [""])[0]}
                for row in rows
                for s, t in pairs(row)
            ]
            target.write(json.dumps({"id": item["id"], "events": coded}) + "\n")
    return {"items": len(items), "failures": failures}


def pairs(row: dict[str, Any]) -> list[Pair]:
    """Country pairs of a row in the directions that CAMEO counts; only those with both sides known."""
    actors = list(dict.fromkeys(a["country"] for a in row["actors"] if a["country"]))
    recipients = list(dict.fromkeys(r["country"] for r in row["recipients"] if r["country"]))
    if not recipients:
        return list(permutations(actors, 2))
    out = [(a, r) for a in actors for r in recipients]
    return out + [(r, a) for a, r in out if row["type"] == "04" or row["mode"] == ["036"]]


def score(gold: Path, out: Path) -> dict[str, Any]:
    """Micro-averaged figures over records, in the shape of the kit's scorer."""
    items = records(gold)
    answers = {a["id"]: a["events"] for a in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    table = yamlfile.load(HERE.parent / "petrarch_actors.yaml")
    same = dict(table["same"])
    renamed = {str(c["as"]): str(c["code"]) for c in table.tables("countries") if c.get("as")}
    invented = {str(c["code"]) for c in table.tables("countries")} | {
        "HOB",
        "ORC",
        "FRO",
        "BIL",
        "SAM",
        "ELR",
        "GAL",
        "###",
    }

    def code(value: str) -> str:
        return same.get(value, value)

    def gold_pairs(item: dict[str, Any]) -> set[Pair]:
        return {(code(s), code(t)) for s, t, _ in item["gold"]}

    def our_pairs(item: dict[str, Any]) -> set[Pair]:
        return {
            (code(renamed.get(e["source"], e["source"])), code(renamed.get(e["target"], e["target"])))
            for e in answers[item["id"]]
        }

    scored = [i for i in items if i["kind"] != "error"]
    real = [i for i in scored if i["kind"] == "silent" or not {x for s, t, _ in i["gold"] for x in (s, t)} & invented]
    rows = [_row("pair F1, all records", scored, gold_pairs, our_pairs)]
    rows.append(_row("pair F1, records with real actors only", real, gold_pairs, our_pairs))
    named = [i for i in scored if not {x for s, t, _ in i["gold"] for x in (s, t)} & {"---", "###"}]
    rows.append(_row("pair F1, records whose gold names both sides", named, gold_pairs, our_pairs))
    once = list({i["text"]: i for i in scored}.values())
    rows.append(_row("pair F1, each text once", once, gold_pairs, our_pairs))
    rows += _codes(scored, answers, code, renamed)
    silent = [i for i in scored if i["kind"] == "silent"]
    quiet = sum(not answers[i["id"]] for i in silent) / len(silent)
    rows.append({"name": "silent records left silent", "value": quiet, "note": f"{len(silent)} records"})
    errors = len(items) - len(scored)
    rows[0]["note"] += f"; {errors} records that test input errors are not scored"
    return {
        "headline": rows[0]["value"],
        "headline_name": rows[0]["name"],
        "lower_is_better": False,
        "rows": rows,
        "per_class": [
            _class(name, [i for i in scored if i["category"] == name], gold_pairs, our_pairs)
            for name in dict.fromkeys(i["category"] for i in scored)
        ],
    }


def _class(name: str, items: list[dict[str, Any]], gold: Any, ours: Any) -> dict[str, Any]:
    """Precision, recall and F1 of the pairs of one category of the tests."""
    hit = sum(len(gold(i) & ours(i)) for i in items)
    want, found = sum(len(gold(i)) for i in items), sum(len(ours(i)) for i in items)
    p, r, f1 = (hit / n if n else 0.0 for n in (found, want, (want + found) / 2))
    return {"class": name, "p": p, "r": r, "f1": f1, "gold": want}


def _row(name: str, items: list[dict[str, Any]], gold: Any, ours: Any) -> dict[str, Any]:
    hit = sum(len(gold(i) & ours(i)) for i in items)
    want, found = sum(len(gold(i)) for i in items), sum(len(ours(i)) for i in items)
    value = 2 * hit / (want + found) if want + found else 0.0
    note = f"{len(items)} records, {want} gold pairs, {found} found, {hit} right"
    return {"name": name, "value": value, "note": note}


def _codes(
    items: list[dict[str, Any]], answers: dict[str, Any], code: Any, renamed: dict[str, str]
) -> list[dict[str, Any]]:
    """Root and quad over the pairs that gold and answer share, and the triple (pair with root) as F1."""
    right = shared = quads = left_out = want = found = 0
    for item in items:
        gold: dict[Pair, set[str]] = {}
        for s, t, event in item["gold"]:
            if MEANINGLESS.fullmatch(event):
                left_out += 1
                gold.setdefault((code(s), code(t)), set()).add("")
            else:
                gold.setdefault((code(s), code(t)), set()).update(ROOTS.get(event) or ROOTS[event[:2]])
        ours: dict[Pair, set[str]] = {}
        for e in answers[item["id"]]:
            pair = (code(renamed.get(e["source"], e["source"])), code(renamed.get(e["target"], e["target"])))
            ours.setdefault(pair, set()).add(e["root"])
        meant = {p: roots for p, roots in gold.items() if "" not in roots}
        want += len(meant)
        found += sum(p not in gold or p in meant for p in ours)
        for pair in meant.keys() & ours.keys():
            shared += 1
            right += bool(meant[pair] & ours[pair])
            quads += bool({QUADS[r] for r in meant[pair]} & {QUADS[r] for r in ours[pair]})
    note = f"{want} gold pairs whose code has a meaning, {left_out} events whose code has none left out"
    return [
        {"name": "triple F1 (pair and root, by WEIS group)", "value": 2 * right / (want + found), "note": note},
        {"name": "root accuracy on right pairs", "value": right / shared, "note": f"{shared} pairs"},
        {"name": "quad accuracy on right pairs", "value": quads / shared, "note": f"{shared} pairs"},
    ]


def _attributes(text: str) -> dict[str, str]:
    return dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', text))
