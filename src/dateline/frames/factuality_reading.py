"""Would a reader say that it happened, did not happen, is planned, or is uncertain? Rules and human judgements weighed.

The stance of the rules is what a report means by its words: a plan is a plan. In e-mails, reviews and talk, wishes, orders
and conditions are seldom news of something coming, and readers who are asked whether it happened say no. So the stance
is weighed with the shares that the graded model gives (:mod:`dateline.frames.factuality_score`), by the odds that the
text is a report (:mod:`dateline.frames.register`). Where the readers overrule the stance, ``rules`` ends with the model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dateline.frames.cues import FactualityCues
from dateline.frames.factuality_score import Weights, features
from dateline.frames.register import Register
from dateline.model import Factuality, Sentence

Label = Literal["asserted", "negated", "uncertain", "planned"]
Shares = tuple[float, float, float, float]

LABELS: tuple[Label, ...] = ("asserted", "negated", "uncertain", "planned")
# What a stance of the rules is worth in a report: the shares of the four labels, estimated by hand.
_WORTH: dict[Label, Shares] = {
    "asserted": (0.9, 0.02, 0.05, 0.03),
    "negated": (0.2, 0.65, 0.1, 0.05),
    "uncertain": (0.3, 0.05, 0.5, 0.15),
    "planned": (0.2, 0.03, 0.22, 0.55),
}
_WILL: Shares = (0.15, 0.03, 0.07, 0.75)  # what a future tense says is surer than what somebody plans or promises
# A label is chosen for what it adds to the mean of the four F1 values, (2 p - F) / share: rare ones need less certainty.
# The numbers are round ones near what the evaluation kit's dev items have and reach.
_SHARE: Shares = (0.6, 0.2, 0.15, 0.05)
_F1: Shares = (0.87, 0.67, 0.4, 0.5)
_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class Reading:
    """How a reader takes one event: the label, the shares of the labels, the graded score and what decided."""

    label: Label
    shares: Shares  # in the order of LABELS; they add up to 1
    score: float  # -3 (did not happen) … 3 (happened)
    report: float  # 0 (personal writing) … 1 (a report)
    stance: Factuality
    rules: tuple[str, ...]


def read(
    story: Iterable[Sentence],
    sentence: Sentence,
    token: int,
    cues: FactualityCues,
    weights: Weights,
    register: Register,
) -> Reading:
    """Read the event named by a token of a sentence; ``story`` are the sentences that show how the text is written.

    >>> from dateline.frames.cues import load_factuality
    >>> from dateline.frames.factuality_score import load_weights
    >>> from dateline.frames.register import load_register
    >>> from dateline.parse import load_parser, plain_story
    >>> story = load_parser()(plain_story("Kenya will withdraw its troops from the border.")).sentences
    >>> read(story, story[0], 2, load_factuality(), load_weights(), load_register()).label
    'planned'
    """
    judged, names = features(sentence, token, cues)
    score, *rest = weights.sums(names)
    people = _shares(*rest)
    report = 1 / (1 + math.exp(-register.odds(story)))
    meant = meaning(judged)
    ruled = people if meant is None else _WORTH[meant]
    if meant == "planned" and judged.cues and judged.cues[-1].category == "future":
        ruled = _WILL
    a, n, u, p = (report * r + (1 - report) * h for r, h in zip(ruled, people, strict=True))
    shares = (a, n, u, p)
    gains = [(2 * q - f) / s for q, f, s in zip(shares, _F1, _SHARE, strict=True)]
    label = LABELS[max(range(4), key=gains.__getitem__)]
    rules = judged.rules if label == meant else (*judged.rules, weights.model)
    return Reading(label, shares, max(-3.0, min(3.0, score)), report, judged, rules)


def meaning(judged: Factuality) -> Label | None:
    """The label of a stance in a report, or None for an allegation, of which its source may be certain.

    Planned is what lies ahead for certain: not what is only expected, but what a plan is for, or makes possible.
    """
    kinds = [cue.category for cue in judged.cues]
    if judged.stance == "alleged":
        return None
    if judged.stance == "asserted":
        return "asserted"
    if judged.stance in ("negated", "denied"):
        return "negated"
    if judged.stance == "planned":
        return "uncertain" if kinds[-1:] == ["expectation"] else "planned"
    coming = kinds[:1] in (["plan"], ["future"]) and len(kinds) > 1
    return "planned" if coming and set(kinds[1:]) <= {"ability", "purpose"} else "uncertain"


def _shares(negated: float, uncertain: float) -> Shares:
    """The two sums as shares, with the rest for "happened"; nobody was asked about plans."""
    raw = [max(_LEAST, min(1.0, x)) for x in (1 - negated - uncertain, negated, uncertain)]
    total = sum(raw)
    return raw[0] / total, raw[1] / total, raw[2] / total, 0.0
