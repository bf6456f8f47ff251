"""Run the examples of a grammar of time expressions: what ``dateline check`` calls for this data file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from dateline.mentions.timegrammar import DATA, TimeGrammar, load_times
from dateline.mentions.times import Found, find_times_in
from dateline.rules.yamlfile import Table, at, load


def check_times(path: Path | None = None) -> list[str]:
    """The problems of a grammar, one line each, with file and line: examples that fail and rules without example.

    Raises DataError when the file itself is wrong.

    >>> check_times()
    []
    """
    where = path or DATA
    grammar = load_times(path)
    table = load(where, examples=True)
    table.check_keys(("now", "examples"))
    now = dt.date.fromisoformat(table.text("now", "2024-05-16") or "")
    problems: list[str] = []
    used: set[str] = set()
    for example in table.tables("examples"):
        example.check_keys(("say", "times", "none", "without"), ("say",))
        anchor = None if example.text("without") == "yes" else now
        found = find_times_in(example["say"], anchor, grammar)
        used.update(rule for f in found for rule in f.rules)
        expected, got = list(_expected(example)), [_shown(example["say"], f) for f in found]
        wrong = len(expected) != len(got) or any(not g.startswith(e) for e, g in zip(expected, got, strict=False))
        if wrong:
            problems.append(f"{at(example['say'])}: {example['say']!r} must give {expected}, gives {got}")
    hidden = {r.id for r in grammar.index if r.make == "none" or r.unless_verb == "name"}
    silent = [rule for rule in grammar.rule_ids if rule not in used and rule not in hidden]
    problems.extend(f"{grammar.source}: rule {rule!r} has no example that it wins" for rule in silent)
    return problems


def _expected(example: Table) -> Iterator[str]:
    for item in example.tables("times"):
        for words, value in item.items():
            yield f"{words} = {value}"


def _shown(text: str, found: Found) -> str:
    reading = found.reading
    days = f" {reading.start} {reading.end}" if reading.start else ""
    return f"{text[found.start : found.end]} = {reading.type} {reading.value}{days}"


__all__ = ["TimeGrammar", "check_times"]
