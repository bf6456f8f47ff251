"""Minimal pairs: the same event held differently by two sentences. ``eval/contrast.yaml`` says how they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from dateline import Coder
from dateline.errors import DataError, did_you_mean
from dateline.model import Event, Stance
from dateline.result import Result
from dateline.rules.yamlfile import Text, at, load

STANCES = get_args(Stance)
SETS = {"pairs": "pairs right", "heldout": "held-out pairs right"}


@dataclass(frozen=True)
class Member:
    """One sentence of a pair and what must hold of the event that its marked word names."""

    id: str  # pairs/denied/3/0
    text: str
    word: tuple[int, int]
    types: tuple[str, ...]
    required: bool  # whether leaving the event uncoded is wrong
    stance: str
    country: str | None
    source: str | None  # "nobody": the reporter's own voice
    background: bool | None

    @property
    def pair(self) -> str:
        return self.id.rsplit("/", 1)[0]

    @property
    def category(self) -> str:
        return self.id.split("/")[1]


def members(path: Path) -> Iterator[Member]:
    """Every sentence of the file; DataError with file and line for an expectation that is none."""
    table = load(path)
    table.check_keys(SETS, ("pairs",))
    for name in table:
        for category, pairs in table[name].items():
            for number, pair in enumerate(pairs, 1):
                if not isinstance(pair, list) or len(pair) != 2:
                    raise DataError(f"{at(pair)}: a pair is a list of two sentences")
                for side, line in enumerate(pair):
                    yield _member(line, f"{name}/{category}/{number}/{side}")


def _member(line: Text, name: str) -> Member:
    head, bar, marked = line.partition(" | ")
    found = re.fullmatch(
        r"(?P<types>[A-Z/]+)(?P<may>\?)? (?P<stance>[a-z]+)(?: of (?P<country>[A-Z]{3}))?(?: by (?P<source>\S+))?(?: (?P<age>new|old))?",
        head,
    )
    marks = re.findall(r"\[([^]]+)\]", marked)
    if not bar or found is None or len(marks) != 1:
        raise DataError(
            f"{at(line)}: write TYPE STANCE [of COUNTRY] [by SOURCE] [new|old] | a sentence with one [word]"
        )
    if found["stance"] not in STANCES:
        raise DataError(
            f"{at(line)}: {found['stance']!r}{did_you_mean(found['stance'], STANCES)}; allowed: {', '.join(STANCES)}"
        )
    start = marked.index("[")
    return Member(
        id=name,
        text=marked.replace("[", "", 1).replace("]", "", 1),
        word=(start, start + len(marks[0])),
        types=tuple(found["types"].split("/")),
        required=not found["may"],
        stance=found["stance"],
        country=found["country"],
        source=found["source"],
        background={"new": False, "old": True, None: None}[found["age"]],
    )


def run(gold: Path, out: Path, coder: Coder) -> dict[str, Any]:
    """Write one line for each sentence: the events whose words hold the marked word."""
    items = list(members(gold))
    with out.open("w", encoding="utf-8") as target:
        for item in items:
            result = coder.code(item.text, id="s-contrast")
            events = [_answer(result, event, item.word) for event in result.coded if _covers(result, event, item.word)]
            target.write(json.dumps({"id": item.id, "events": events}) + "\n")
    return {"items": len(items), "failures": []}


def _covers(result: Result, event: Event, word: tuple[int, int]) -> bool:
    """Whether the word is one of those that name the event, at any mention."""
    spans = list(event.trigger)
    for number, head in event.mentions:
        token = result.parse.sentences[number].tokens[head]
        spans.append(type(spans[0])(token.start, token.end))
    return any(span.start < word[1] and word[0] < span.end for span in spans)


def _answer(result: Result, event: Event, word: tuple[int, int]) -> dict[str, Any]:
    stance, sources = event.factuality.stance, [s.text for s in event.attribution]
    if not any(span.start < word[1] and word[0] < span.end for span in event.trigger):  # told again by somebody else
        sentence = next(s for s in result.parse.sentences if s.span.start <= word[0] < s.span.end)
        said = [c for c in event.claims if c.cue_span is not None and sentence.span.overlaps(c.cue_span)]
        near = max((c for c in said if c.cue_span.start < word[0]), key=lambda c: c.cue_span.start, default=None)
        if near is not None:
            stance, sources = near.stance, [near.text]
    return {
        "type": event.type,
        "stance": stance,
        "countries": [a.country for a in event.actors],
        "sources": sources,
        "background": event.background,
    }


def wrong(item: Member, events: list[dict[str, Any]]) -> str | None:
    """What is wrong with the answer for a sentence, in words; None when it is right."""
    event = next((e for e in events if e["type"] in item.types), None)
    if event is None and not item.required:
        return None
    if event is None:
        return f"no {'/'.join(item.types)}, but {', '.join(e['type'] for e in events) or 'nothing'}"
    if event["stance"] != item.stance:
        return f"{event['stance']}, not {item.stance}"
    if item.country is not None and item.country not in event["countries"]:
        return f"actors {event['countries']}, not {item.country}"
    nearest = event["sources"][0] if event["sources"] else None
    if item.source == "nobody":
        if nearest is not None:
            return f"according to {nearest!r}, not the reporter"
    elif item.source is not None and item.source.lower() not in re.findall(r"[\w.]+", (nearest or "").lower()):
        return f"according to {nearest!r}, not {item.source!r}"
    if item.background is not None and item.background != event["background"]:
        return "background" if event["background"] else "not background"
    return None


def score(gold: Path, out: Path) -> dict[str, Any]:
    """Pairs and sentences right, by set and by category, in the shape of the kit's scorer."""
    answers = {a["id"]: a["events"] for a in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    right: dict[str, list[bool]] = {}
    categories: dict[str, list[bool]] = {}
    for item in members(gold):
        right.setdefault(item.pair, []).append(wrong(item, answers[item.id]) is None)
    rows = []
    for name, label in SETS.items():
        sides = [s for pair, s in right.items() if pair.startswith(f"{name}/")]
        if not sides:
            continue
        rows.append({"name": label, "value": sum(map(all, sides)) / len(sides), "note": f"{len(sides)} pairs"})
        single = [s for pair in sides for s in pair]
        rows.append(
            {
                "name": label.replace("pairs", "sentences"),
                "value": sum(single) / len(single),
                "note": f"{len(single)} sentences",
            }
        )
    for pair, sides in right.items():
        if pair.startswith("pairs/"):
            categories.setdefault(pair.split("/")[1], []).append(all(sides))
    for name, pairs in categories.items():
        rows.append({"name": name, "value": sum(pairs) / len(pairs), "note": f"{sum(pairs)} of {len(pairs)} pairs"})
    return {
        "headline": rows[0]["value"],
        "headline_name": rows[0]["name"],
        "lower_is_better": False,
        "rows": rows,
        "per_class": [],
    }
