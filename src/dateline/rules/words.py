"""Word classes: named sets of lemmas that the codebook and the clause reader refer to.

>>> from dateline.rules.words import load_words
>>> "negotiation" in load_words()["talks"]
True
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.errors import DataError, did_you_mean
from dateline.rules.yamlfile import Table, at, load

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Words(Mapping[str, frozenset[str]]):
    """Word classes by name. A missing class raises DataError with the closest name."""

    classes: dict[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        """The lemmas of a class."""
        try:
            return self.classes[name]
        except KeyError:
            raise DataError(f"unknown word class @{name}{did_you_mean(name, self.classes)}") from None

    def __contains__(self, name: object) -> bool:
        """Whether there is a class of this name."""
        return name in self.classes

    def __iter__(self) -> Iterator[str]:
        """Iterate over class names."""
        return iter(self.classes)

    def __len__(self) -> int:
        """Count the classes."""
        return len(self.classes)

    def including(self, extra: Mapping[str, frozenset[str]]) -> Words:
        """These classes and some more; a class of the same name is replaced."""
        return Words({**self.classes, **extra})


def split_words(value: object) -> tuple[str, ...]:
    """Words of a data value: a list, or one text split at white space. ``_`` stands for a space inside a word."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(value.split())
    if isinstance(value, list):
        return tuple(w for item in value for w in split_words(item))
    raise DataError(f"{at(value)}: must be words")


def read_classes(table: Table) -> dict[str, frozenset[str]]:
    """Read ``name: words`` pairs; a word ``@other`` takes in another class of the same file, defined above it."""
    out: dict[str, frozenset[str]] = {}
    for name, value in table.items():
        lemmas: set[str] = set()
        for word in split_words(value):
            if word.startswith("@"):
                if word[1:] not in out:
                    raise DataError(f"{table.file}:{table.lines[name]}: {word} is not defined above this line")
                lemmas |= out[word[1:]]
            else:
                lemmas.add(word.lower())
        out[name] = frozenset(lemmas)
    return out


def load_words(paths: Iterable[Path] | None = None) -> Words:
    """Load the word classes of the English language pack (or of the given files)."""
    files = list(paths) if paths is not None else [DATA / "language" / "en" / "words.yaml"]
    classes: dict[str, frozenset[str]] = {}
    for path in files:
        classes.update(read_classes(load(path)))
    return Words(classes)


def known_word(word: str, words: Words) -> bool:
    """Whether a word is surely English: one of the given classes, or a common one of the model's vocabulary."""
    return word in _common() or any(word in lemmas for lemmas in words.values())


@cache
def _common() -> frozenset[str]:
    """The whole words of the shipped model's subword vocabulary: some 20,000, no misspelling among them."""
    tokenizer = json.loads((DATA / "models" / "en" / "tokenizer.json").read_text(encoding="utf-8"))
    return frozenset(word for word in tokenizer["model"]["vocab"] if word.isalpha())
