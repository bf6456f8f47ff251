"""Read CoNLL-U files for training: sentences of rows, in file order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Word(NamedTuple):
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    dep: str
    space: bool  # white space follows
    misc: str


class Sent(NamedTuple):
    id: str
    doc: str
    text: str
    words: tuple[Word, ...]


def read(path: Path) -> Iterator[Sent]:
    """Yield the sentences of a file; multi-word tokens give their words, with the space after the last one."""
    doc = sent_id = text = ""
    words: list[Word] = []
    covered, covered_space = 0, True
    with path.open(encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                key = key.strip()
                if key.startswith("newdoc"):
                    doc = value.strip()
                elif key == "sent_id":
                    sent_id = value.strip()
                elif key == "text":
                    text = value.strip()
                continue
            if not line:
                if words:
                    yield Sent(sent_id, doc, text, tuple(words))
                words, covered = [], 0
                continue
            row = line.split("\t")
            space = "SpaceAfter=No" not in row[9].split("|")
            if "-" in row[0]:
                covered, covered_space = int(row[0].split("-")[1]), space
            elif row[0].isdigit():
                number = int(row[0])
                if number < covered:
                    space = False
                elif number == covered:
                    space = covered_space
                words.append(Word(row[1], row[2], row[3], row[4], int(row[6]), row[7], space, row[9]))
    if words:
        yield Sent(sent_id, doc, text, tuple(words))
