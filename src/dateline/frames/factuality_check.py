"""Run the example sentences of the factuality and background lists: what ``dateline check`` calls for these files.

An example is a sentence with its event words in brackets and what each of them must be, in the same order::

    - {say: "The army [denied] [firing] on the crowd.", is: asserted denied}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from dateline.errors import DataError, did_you_mean
from dateline.frames.background import is_background, load_background
from dateline.frames.cues import STANCES, default_path, load_factuality
from dateline.frames.factuality import judge
from dateline.model import Parse, Sentence, Story
from dateline.parse.plain import plain_story
from dateline.rules.yamlfile import Table, at, load

_MARK = re.compile(r"\[([^]]+)\]")
Found = tuple[Story, Parse, Sentence, int]


def check_factuality(parser: Callable[[Story], Parse], path: Path | None = None) -> list[str]:
    """Failing examples of the factuality file and rules that decide none, one line each with file and line."""
    where = path or default_path("factuality.yaml")
    cues = load_factuality(where)
    problems: list[str] = []
    used: set[str] = set()
    for example in _examples(where):
        for (_, _, sentence, token), expected in _marked(parser, example, STANCES):
            judged = judge(sentence, token, cues)
            used.update(judged.rules)
            if judged.stance != expected:
                why = ", ".join(f"{cue.text} ({cue.rule})" for cue in judged.cues) or "no cue"
                problems.append(_problem(example, sentence.tokens[token].text, expected, f"{judged.stance}: {why}"))
    rules = [*cues.governors.values(), *cues.links.values(), *cues.structures.values()]
    rules += [rule for several in cues.speakers.values() for rule in several]
    rules += [x.rule for literals in cues.modifiers.values() for x in literals if x.rule is not None]
    silent = sorted({r.id for r in rules if r.effect and r.name != "report"} - used)
    return problems + [f"{where.name}: rule {rule!r} decides no example" for rule in silent]


def check_background(parser: Callable[[Story], Parse], path: Path | None = None) -> list[str]:
    """Failing examples of the background file, one line each with file and line."""
    where = path or default_path("background.yaml")
    cues = load_background(where)
    problems = []
    for example in _examples(where):
        for (story, parse, sentence, token), expected in _marked(parser, example, ("new", "old")):
            old, found = is_background(story, parse, sentence.index, token, None, cues)
            if old != (expected == "old"):
                why = ", ".join(f"{cue.text} ({cue.rule})" for cue in found) or "no cue"
                problems.append(
                    _problem(example, sentence.tokens[token].text, expected, f"{'old' if old else 'new'}: {why}")
                )
    return problems


def _examples(where: Path) -> list[Table]:
    table = load(where, examples=True)
    table.check_keys(("examples",))
    return table.tables("examples")


def _marked(parser: Callable[[Story], Parse], example: Table, allowed: tuple[str, ...]) -> Iterator[tuple[Found, str]]:
    """Every event word of an example with its expected value."""
    example.check_keys(("say", "is"), ("say", "is"))
    marked, expected = example["say"], example["is"].split()
    for word in expected:
        if word not in allowed:
            raise DataError(
                f"{at(example['is'])}: {word!r}{did_you_mean(word, allowed)}; allowed: {', '.join(allowed)}"
            )
    plain = _MARK.sub(r"\1", marked)
    starts = [m.start() - 2 * i for i, m in enumerate(_MARK.finditer(marked))]
    if len(starts) != len(expected):
        raise DataError(f"{at(example['say'])}: {len(starts)} words in brackets, {len(expected)} values")
    story = plain_story(plain)
    parse = parser(story)
    for start, value in zip(starts, expected, strict=True):
        found = next(
            ((story, parse, s, t.index) for s in parse.sentences for t in s.tokens if t.start <= start < t.end), None
        )
        if found is None:
            raise DataError(f"{at(example['say'])}: no word at the bracket of {plain!r}")
        yield found, value


def _problem(example: Table, word: str, expected: str, got: str) -> str:
    return f"{at(example['say'])}: {example['say']!r}: {word!r} must be {expected}, is {got}"
