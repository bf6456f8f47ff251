"""Is a sentence written as a report, or as people write to each other? The odds, from a small linear model.

The weights were fitted on the sentences of news (Voice of America and Wikinews) against those of e-mails, reviews, questions
and weblogs (see ``register_fit`` and ``register_weights.json``). What stands in quotation marks is left out: a
report may quote anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.frames.cues import default_path
from dateline.model import Sentence

Word = tuple[str, str]  # text, Penn tag

_QUOTES = frozenset(['"', "“", "”", "``", "''"])
_CLOSED = frozenset("IN DT PRP PRP$ WDT WP WRB MD CC TO RP EX UH PDT".split())
_FREQUENT = frozenset(
    "be is are was were am do does did have has had 's 're 'm 've 'll 'd n't not said says say told announced reported "
    "according just really very so please thanks here there now also only too then".split()
)
_CALENDAR = frozenset(
    "january february march april june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday".split()
)


@dataclass(frozen=True, slots=True)
class Register:
    """The fitted weights of one language: a constant and a number per feature."""

    model: str  # name@version
    constant: float
    features: dict[str, float]

    def odds(self, sentences: Iterable[Sentence]) -> float:
        """The logarithm of the odds that the sentences are a report's; above 0: more likely than not.

        >>> from dateline.parse import load_parser, plain_story
        >>> parse = load_parser()
        >>> report = parse(plain_story("Police in Lagos arrested three men on Friday, officials said."))
        >>> letter = parse(plain_story("Please let me know if you can't make it, thanks!"))
        >>> load_register().odds(report.sentences) > 0 > load_register().odds(letter.sentences)
        True
        """
        words = [(t.text, t.xpos or "X") for s in sentences for t in s.tokens]
        return self.constant + sum(self.features.get(name, 0.0) for name in sorted(features(words)))


def load_register(path: Path | None = None) -> Register:
    """Read the weights (by default the shipped English ones); DataError if the file is not what it should be."""
    where = path or default_path("register_weights.json")
    try:
        table = json.loads(where.read_text(encoding="utf-8"))
        return Register(
            str(table["model"]), float(table["constant"]), {str(k): float(v) for k, v in table["features"].items()}
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{where.name}: not a table of weights: {error}") from error


def features(words: list[Word]) -> set[str]:
    """The names of the features that hold of a text: its tags, their pairs, its words but names, its length, its capitals."""
    own, quoted = _unquoted(words)
    found = {"quote"} if quoted else set()
    before = "^"
    for text, tag in own:
        lower = text.lower()
        if tag[0].isalpha():
            found.add(f"x={tag}")
            if tag in _CLOSED or lower in _FREQUENT:
                found.add(f"w={lower}")
            if text[:1].isalpha() and tag[0] in "NVJR" and tag not in ("NNP", "NNPS"):
                found.add(f"t={lower}")
            if before[0].isalpha():
                found.add(f"b={before}|{tag}")
        if before == "^":
            found.add(f"b=^|{tag}")
        if len(lower) == 4 and lower.isdigit() and lower[:2] in ("19", "20"):
            found.add("year")
        if lower in _CALENDAR:
            found.add("day")
        if text in ("?", "!"):
            found.add(f"p={text}")
        before = tag
    if own:
        found |= _looks(own)
    return found


def _looks(own: list[Word]) -> set[str]:
    """Length, capitals, names, the last sign: each in a few steps."""
    words = [text for text, _ in own if text[:1].isalpha()]
    long = sum(text[:1].isalnum() for text, _ in own)
    capitals = sum(text[0].isupper() for text in words[1:])
    names = sum(tag in ("NNP", "NNPS") for _, tag in own)
    last = own[-1][0]
    found = {
        f"n={min(long // 4, 10)}",
        f"cap={min(capitals, 5)}",
        f"capr={4 * capitals // max(1, len(words) - 1)}",
        f"end={last if last in '.?!:,' else 'other'}",
        f"nnp={min(5, names)}",
        f"len={2 * sum(map(len, words)) // len(words) if words else 0}",
    }
    if words and words[0][0].islower():
        found.add("low")
    return found


def _unquoted(words: list[Word]) -> tuple[list[Word], bool]:
    """The words outside quotation marks, or all but the marks if hardly any are; whether there are marks."""
    own: list[Word] = []
    inside = False
    for word in words:
        if word[0] in _QUOTES:
            inside = not inside
        elif not inside:
            own.append(word)
    quoted = any(text in _QUOTES for text, _ in words)
    if sum(text[:1].isalnum() for text, _ in own) < 3:
        own = [word for word in words if word[0] not in _QUOTES]
    return own, quoted
