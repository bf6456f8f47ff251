"""Would a reader say that it happened, did not happen, is planned, or is uncertain? The rules for reports, people for letters.

The stance of the rules is what a report means by its words: a plan is a plan. In e-mails, reviews and talk, wishes, orders
and conditions are seldom news of something coming, and readers who are asked whether it happened say no. So the odds that
the text is a report (:mod:`dateline.frames.register`) say who decides: the rules, or the model of human judgements
(:mod:`dateline.frames.factuality_score`). Where the model decides, ``rules`` ends with its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dateline.frames.cues import FactualityCues
from dateline.frames.factuality_score import Weights, features
from dateline.frames.register import Register
from dateline.model import Factuality, Sentence

Label = Literal["asserted", "negated", "uncertain", "planned"]
LABELS: tuple[Label, ...] = ("asserted", "negated", "uncertain")  # what people were asked; none was asked about plans


@dataclass(frozen=True, slots=True)
class Reading:
    """How a reader takes one event: the label, the graded score, the odds that the text is a report, what decided."""

    label: Label
    score: float  # -3 (did not happen) … 3 (happened)
    odds: float  # logarithm; above 0 the text is taken for a report
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
    sums = weights.sums(names)
    score = max(-3.0, min(3.0, sums[0]))
    odds = register.odds(story)
    if odds > 0:
        return Reading(meaning(judged), score, odds, judged, judged.rules)
    return Reading(LABELS[weights.choose(sums)], score, odds, judged, (*judged.rules, weights.model))


def meaning(judged: Factuality) -> Label:
    """The label of a stance in a report.

    Planned is what lies ahead for certain: not what is only expected, but what a plan is for, or makes possible. What
    is alleged is certain for whoever alleges it, unless he only believes it.
    """
    kinds = [cue.category for cue in judged.cues]
    if judged.stance == "alleged":
        return "uncertain" if kinds[-1:] == ["belief"] else "asserted"
    if judged.stance == "asserted":
        return "asserted"
    if judged.stance in ("negated", "denied"):
        return "negated"
    if judged.stance == "planned":
        return "uncertain" if kinds[-1:] == ["expectation"] else "planned"
    coming = kinds[:1] in (["plan"], ["future"]) and len(kinds) > 1
    return "planned" if coming and set(kinds[1:]) <= {"ability", "purpose"} else "uncertain"
