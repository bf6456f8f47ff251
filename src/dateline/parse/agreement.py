"""Names agree within a story: the same name gets the same label wherever it stands.

The model reads one sentence at a time, so it may take a surname for a place in one sentence and know the full name
in the next. What it holds likeliest over the whole story decides; nothing outside the story is consulted but the names
of countries and peoples, which no reading can make anything else.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.model import Token

Name = tuple[int, int, str]
Words = tuple[str, ...]

_SUFFIXES = frozenset({"Jr.", "Sr.", "II", "III", "IV"})
_SHORT = 3  # a shorter part of a person's name is not taken for the family name


@dataclass(frozen=True)
class NameWords:
    """What is known about the words of names before any text is read."""

    titles: frozenset[str] = frozenset()  # cut from the front of a person's name: "President"
    offices: frozenset[str] = frozenset()  # no names when they stand alone: "Highness"
    directions: frozenset[str] = frozenset()  # join the demonym after them: "South" African
    known: Mapping[str, str] = field(default_factory=dict)  # "Kenya": LOC, "Kenyan": NORP


@dataclass(frozen=True)
class Found:
    """One sentence: its tokens, the names the model found, and how likely it holds each kind for each token."""

    tokens: Sequence[Token]
    names: Sequence[Name]
    kinds: Any  # array [word, kind]


def read_known(path: Path) -> dict[str, str]:
    """Names of countries (LOC), of their peoples (NORP), and of the UN and the EU (ORG) from the table of countries.

    >>> from dateline.parse import data_folder
    >>> read_known(data_folder() / "world" / "countries.tsv")["Kenyan"]
    'NORP'
    """
    known: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            place = "LOC" if row["iso2"] else "ORG"  # the table has the UN and the EU too
            for column, label in (("names", place), ("adjectives", "NORP"), ("people", "NORP")):
                for name in re.split(r"[|/]", row[column]):
                    same = label == "NORP" and (name.isupper() or name == row["name"])  # "UK", "Hong Kong" police
                    if name[:1].isupper() and not same:
                        known[name] = label
    return known


def agreed(story: Sequence[Found], labels: Sequence[str], words: NameWords) -> list[list[Name]]:
    """The names of each sentence, ``(first, last, label)`` in text order, after a vote within the story.

    ``labels`` are the labels whose likelihoods ``Found.kinds`` gives.
    """
    names = [_tidy(found, words) for found in story]
    votes: dict[Words, dict[str, float]] = defaultdict(lambda: dict.fromkeys(labels, 0.0))
    family: Counter[str] = Counter()
    for found, here in zip(story, names, strict=True):
        for first, last, label in here:
            name = _words(found.tokens, first, last)
            start = last - 1 if label == "NORP" else first  # "Korean" says what "South Korean" is
            for k in range(start, last):
                for kind, mass in zip(labels, found.kinds[k], strict=True):
                    votes[name][kind] += float(mass) / (last - start)
            if label == "PER" and len(name) > 1:
                surname = name[-1] if name[-1] not in _SUFFIXES else name[-2]
                for word in {name[0], surname}:
                    if len(word) >= _SHORT and word[0].isupper():
                        family[word] += 1
    decided = {name: _decide(name, count, family, words) for name, count in votes.items()}
    out = [
        [(first, last, decided[_words(found.tokens, first, last)]) for first, last, _ in here]
        for found, here in zip(story, names, strict=True)
    ]
    _spread(story, out, words)
    return [sorted(here) for here in out]


def _words(tokens: Sequence[Token], first: int, last: int) -> Words:
    return tuple(token.text for token in tokens[first:last])


def _tidy(found: Found, words: NameWords) -> list[Name]:
    """The names without titles, bare offices and currency signs; "South African" is one name."""
    tokens = found.tokens
    out: list[Name] = []
    for first, last, label in found.names:
        while label == "PER" and first < last - 1 and tokens[first].text in words.titles:
            first += 1
        if tokens[last - 1].text[-1] == "$" or all(t.text in words.titles | words.offices for t in tokens[first:last]):
            continue
        if label == "NORP" and first and tokens[first - 1].text in words.directions:
            if out and out[-1][:2] == (first - 1, first):
                out.pop()
            if not out or out[-1][1] < first:
                first -= 1
        out.append((first, last, label))
    return out


def _decide(name: Words, count: dict[str, float], family: Counter[str], words: NameWords) -> str:
    """The label of a name in this story."""
    known = words.known.get(" ".join(name))
    if known is not None and (known == "NORP" or count["PER"] < max(count.values())):
        return known
    if len(name) == 1 and family[name[0]]:
        others = max(mass for label, mass in count.items() if label != "PER")
        if others <= count["PER"] + family[name[0]]:
            return "PER"
    return max(count, key=count.__getitem__)


def _spread(story: Sequence[Found], names: list[list[Name]], words: NameWords) -> None:
    """Add the mentions that the model missed, of names that it mostly found and of countries and peoples."""
    found: dict[str, Counter[tuple[Words, str]]] = defaultdict(Counter)
    for sentence, here in zip(story, names, strict=True):
        for first, last, label in here:
            name = _words(sentence.tokens, first, last)
            if len(name[0]) > 1 and name[0][0].isupper():
                found[name[0]][name, label] += 1
    options = {start: sorted(named, key=lambda o: (-len(o[0]), o)) for start, named in found.items()}
    missed: dict[tuple[Words, str], list[tuple[int, int, int]]] = defaultdict(list)
    for number, sentence in enumerate(story):
        tokens = sentence.tokens
        taken = {k for first, last, _ in names[number] for k in range(first, last)}
        at = 0
        while at < len(tokens):
            token, step = tokens[at], 1
            if at not in taken and token.text[0].isupper():
                if token.upos == "PROPN" and token.text in options:
                    for name, label in options[token.text]:
                        end = at + len(name)
                        if _words(tokens, at, end) == name and taken.isdisjoint(range(at, end)):
                            missed[name, label].append((number, at, end))
                            step = len(name)
                            break
                elif token.text in words.known and token.upos in ("PROPN", "ADJ"):
                    names[number].append((at, at + 1, words.known[token.text]))
            at += step
    for (name, label), places in missed.items():
        if found[name[0]][name, label] >= len(places) or " ".join(name) in words.known:
            for number, first, last in places:
                names[number].append((first, last, label))
