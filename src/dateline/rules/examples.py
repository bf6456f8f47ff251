"""The examples of a codebook: sentences each type must code, and sentences it must never touch.

They are the second YAML document of a type's file::

    code:
      - text: Kenyan police arrested two Ugandan journalists in Mombasa on Tuesday.
        expect:                       # each must be found; what is not written is not compared
          - {type: COERCE, mode: arrest, actor: KEN/COP, recipient: UGA, stance: asserted}
    never:                            # no event of this file's type
      - The striker was arrested by the beauty of the goal.

A party is written ``KEN``, ``KEN/COP``, ``/COP`` or as words of its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError, did_you_mean
from dateline.rules.codebook import Codebook, type_files
from dateline.rules.rule import STANCES
from dateline.rules.words import split_words
from dateline.rules.yamlfile import Table, at, load

_EXPECT = (
    "type",
    "mode",
    "actor",
    "recipient",
    "stance",
    "source",
    "date",
    "place",
    "trigger",
    "background",
    "context",
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What one event of an example must show; None is not compared."""

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actor: str | None
    recipient: str | None
    stance: str | None
    source: str | None
    date: str | None
    place: str | None
    trigger: str | None
    background: bool | None


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what must (or, with nothing expected, must not) be coded in it."""

    text: str
    type: str  # of the file it stands in
    expect: tuple[Expected, ...]
    published: str | None
    where: str


def load_examples(codebook: Codebook) -> tuple[Example, ...]:
    """All examples of a codebook, in file order. DataError for unknown keys, types or modes."""
    out: list[Example] = []
    for path in type_files(codebook.folder):
        out.extend(_of_file(path, codebook))
    return tuple(out)


def _of_file(path: Path, codebook: Codebook) -> list[Example]:
    type_name = str(load(path)["type"])
    table = load(path, examples=True)
    table.check_keys(("code", "never"))
    out: list[Example] = []
    for item in table.tables("code"):
        item.check_keys(("text", "expect", "published"), ("text",))
        expect = tuple(_expected(e, type_name, codebook) for e in item.tables("expect"))
        if not expect:
            expect = (Expected(type_name, (), (), None, None, None, None, None, None, None, None),)
        out.append(Example(str(item["text"]), type_name, expect, item.text("published"), f"{item.file}:{item.line}"))
    for text in table.get("never") or []:
        if not isinstance(text, str):
            raise DataError(f"{at(text)}: an item of 'never' must be a sentence")
        out.append(Example(str(text), type_name, (), None, at(text)))
    return out


def _expected(item: Table, type_name: str, codebook: Codebook) -> Expected:
    item.check_keys(_EXPECT)
    name = item.text("type") or type_name
    if name not in codebook.own:
        raise DataError(f"{item.where('type')}: unknown type {name!r}{did_you_mean(name, codebook.own)}")
    modes = split_words(item.get("mode"))
    for mode in modes:
        if mode not in codebook.types[name].modes:
            hint = did_you_mean(mode, codebook.types[name].modes)
            raise DataError(f"{item.where('mode')}: {name} has no mode {mode!r}{hint}")
    return Expected(
        type=name,
        modes=modes,
        contexts=split_words(item.get("context")),
        actor=item.text("actor"),
        recipient=item.text("recipient"),
        stance=item.one_of("stance", STANCES),
        source=item.text("source"),
        date=item.text("date"),
        place=item.text("place"),
        trigger=item.text("trigger"),
        background=item.yes("background") if "background" in item else None,
    )


def party_code(text: str) -> tuple[str | None, str | None] | None:
    """``(country, sector)`` of a party written as codes, or None when it is written in words.

    >>> party_code("KEN/COP"), party_code("/COP"), party_code("two journalists")
    (('KEN', 'COP'), (None, 'COP'), None)
    """
    match = re.fullmatch(r"([A-Z]{3})?(?:/([A-Z]{3}))?", text)
    return (match.group(1), match.group(2)) if match and text else None
