"""Which phrase a pronoun stands for, on documents of GUM (CoNLL-U with ``Entity=``; not part of this repository).

Asked are the pronouns of the third person, "it" and "they" where they stand for a person, an organisation or a place, that
have an earlier phrase of their entity that is no pronoun. A pronoun is right when the nearest such phrase of its chain has its
head inside a phrase of the same entity.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline import Coder, StoryError
from dateline.model import Actor
from dateline.result import Result

WORDS = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "they": ("they", "them", "their", "theirs", "themselves"),
    "it": ("it", "its", "itself"),
}
KIND = {form: name for name, forms in WORDS.items() for form in forms}
NAMED = ("person", "organization", "place")
Phrase = tuple[int, int]


@dataclass
class Document:
    """A text and its entities, each a list of phrases as character offsets, in text order."""

    id: str
    text: str = ""
    words: list[Phrase] = field(default_factory=list)
    entities: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[str, str] = field(default_factory=dict)

    def asked(self) -> Iterator[tuple[str, Phrase]]:
        """The entity and place of each pronoun that has an antecedent."""
        for name, phrases in self.entities.items():
            for at in phrases:
                kind = KIND.get(self.text[slice(*at)].lower())
                if kind is None or (kind in ("it", "they") and self.kinds[name] not in NAMED):
                    continue
                if any(p[1] <= at[0] and self.text[slice(*p)].lower() not in KIND for p in phrases):
                    yield name, at


def documents(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file."""
    for part in re.split(r"(?m)^# newdoc id = ", path.read_text(encoding="utf-8"))[1:]:
        name, _, body = part.partition("\n")
        doc, opened = Document(name.strip()), defaultdict(list)
        for block in body.split("\n\n"):
            _read(doc, block.split("\n"), opened)
        yield doc


def _read(doc: Document, lines: list[str], opened: dict[str, list[int]]) -> None:
    """Add a sentence to the document; ``opened`` has the first words of the phrases that are not closed yet."""
    text = next((line[9:] for line in lines if line.startswith("# text = ")), None)
    if text is None:
        return
    at = len(doc.text)
    doc.text += text + " "
    for line in lines:
        cells = line.split("\t")
        if len(cells) < 10 or not cells[0].isdigit():
            continue
        start = doc.text.find(cells[1], at)
        start, at = (start, start + len(cells[1])) if start >= 0 else (at, at)
        doc.words.append((start, at))
        marked = re.search(r"Entity=([^|]*)", cells[9])
        for piece in re.findall(r"\([^()]*\)?|[^()]*\)", marked[1]) if marked else ():
            name, *rest = piece.strip("()").split("-")
            if piece.startswith("("):
                opened[name].append(start)
                doc.kinds.setdefault(name, rest[0] if rest else "")
            if piece.endswith(")") and opened[name]:
                doc.entities[name].append((opened[name].pop(), at))


def antecedent(result: Result, at: int) -> Phrase | None:
    """The nearest phrase before the pronoun at a character, of its chain and no pronoun: the head of it, or None."""

    def head(actor: Actor) -> Phrase:
        token = result.parse.sentences[actor.sentence].tokens[actor.head]
        return token.start, token.end

    actors = result.mentions.actors
    pronoun = next((a for a in actors if head(a)[0] == at), None)
    if pronoun is None or pronoun.chain is None:
        return None
    others = (head(a) for a in actors if a.chain == pronoun.chain)
    return max((h for h in others if h[0] < at and result.story.text[slice(*h)].lower() not in KIND), default=None)


def run(gold: Path, out: Path, coder: Coder) -> dict[str, Any]:
    """Write one line for each document: the antecedent of every pronoun that is asked."""
    failures, n = [], 0
    with out.open("w", encoding="utf-8") as target:
        for doc in documents(gold):
            places = [at for _, at in doc.asked()]
            n += len(places)
            try:
                result = coder.code(doc.text, id="s-pronouns")
                found = [antecedent(result, start) for start, _ in places]
            except StoryError as error:
                failures.append(f"{doc.id}: {error.stage}: {error}")
                found = [None] * len(places)
            target.write(json.dumps({"id": doc.id, "found": found}) + "\n")
    return {"items": n, "failures": failures}


def score(gold: Path, out: Path) -> dict[str, Any]:
    """The share of pronouns that are right, of all and by pronoun."""
    answers = {row["id"]: row["found"] for row in map(json.loads, out.open(encoding="utf-8"))}
    asked: dict[str, list[tuple[bool, bool]]] = {name: [] for name in WORDS}
    for doc in documents(gold):
        for (name, at), found in zip(doc.asked(), answers[doc.id], strict=True):
            right = found is not None and any(start <= found[0] < end for start, end in doc.entities[name])
            asked[KIND[doc.text[slice(*at)].lower()]].append((found is not None, right))
    every = [row for rows in asked.values() for row in rows]
    rows = [_row("pronouns right", every), *(_row(f"{name}: right", rows) for name, rows in asked.items())]
    return {
        "headline": rows[0]["value"],
        "headline_name": "pronouns right",
        "lower_is_better": False,
        "rows": rows,
        "per_class": [],
    }


def _row(name: str, rows: list[tuple[bool, bool]]) -> dict[str, Any]:
    found, right = sum(f for f, _ in rows), sum(r for _, r in rows)
    return {
        "name": name,
        "value": right / len(rows) if rows else 0.0,
        "note": f"n {len(rows)}  resolved {found}  right {right}",
    }
