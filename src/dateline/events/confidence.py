"""How sure a record is: a logistic curve over what speaks for a coded predicate and against it.

The coefficients stand in ``language/en/confidence.yaml``, which says what they were fitted on and how well they hold.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dateline.errors import DataError
from dateline.events.match import Match, depth
from dateline.events.ranker import Ranker
from dateline.events.view import StoryView
from dateline.rules.words import DATA
from dateline.rules.yamlfile import load

QUESTIONS = ("record", "type")
_FLOOR, _DEEP = 1e-3, 6  # likelihoods below, and depths above, are not told apart


class Evidence(NamedTuple):
    """What is known of one coded predicate."""

    likely: float  # of its rule's type, says the ranker
    actor: bool  # a political actor was found
    recipient: bool
    depth: int  # tokens above it in the tree

    def values(self) -> dict[str, float]:
        """The terms of the curve by name."""
        return {
            "constant": 1.0,
            "likely": math.log(max(self.likely, _FLOOR)),
            "actor": float(self.actor),
            "recipient": float(self.recipient),
            "depth": float(min(self.depth, _DEEP)),
        }


def weigh(view: StoryView, match: Match, ranker: Ranker, *, actor: bool, recipient: bool) -> Evidence:
    """The evidence for a coded frame; ``actor``, ``recipient``: whether the right kind of party was found."""
    likely = ranker.likely(view, match.frame).get(match.rule.type, 0.0)
    return Evidence(likely, actor, recipient, depth(view, match.frame))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients for the two questions: is the whole record right, is its type right."""

    coefficients: dict[str, dict[str, float]]

    def confidence(self, evidence: Evidence, question: str = "record") -> float:
        """The probability, 0 to 1, two decimals; ``question``: ``record`` (type, actors, recipients) or ``type``."""
        terms = self.coefficients[question]
        score = sum(terms.get(name, 0.0) * value for name, value in evidence.values().items())
        return round(1.0 / (1.0 + math.exp(-score)), 2)


@cache
def load_calibration(language: str = "en") -> Calibration:
    """Read ``confidence.yaml`` of a language pack; DataError for names it does not know."""
    table = load(DATA / "language" / language / "confidence.yaml")
    table.check_keys(QUESTIONS, QUESTIONS)
    known = tuple(Evidence(1.0, True, True, 0).values())
    out: dict[str, dict[str, float]] = {}
    for question in QUESTIONS:
        table[question].check_keys(known)
        try:
            out[question] = {str(name): float(str(value)) for name, value in table[question].items()}
        except ValueError as error:
            raise DataError(f"{table.file}:{table.lines[question]}: {error}") from None
    return Calibration(out)
