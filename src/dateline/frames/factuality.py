"""How the story holds an event: a walk from the root of the sentence down to the event through the cues on the way.

The walk starts with the stance *asserted*. Each governor ("denied", "plans"), link ("if", "without"), modifier
("not", "may", "alleged") and structure (a question, a to-infinitive of purpose) changes the stance by the table of
its effect, so that nested cues compose: what is planned under an accusation is alleged, what somebody failed to
prevent is asserted. The cues that made the final stance are returned with it.
"""

from __future__ import annotations

import datetime as dt

from dateline.frames.cues import FactualityCues, load_factuality
from dateline.frames.factuality_walk import Walk
from dateline.model import Cue, Factuality, Sentence, When

__all__ = ["FactualityCues", "dated", "judge", "load_factuality"]

_NOT_PAST = frozenset({"VBZ", "VBP", "VBG", "VB", "NN", "NNS", "JJ"})


def judge(
    sentence: Sentence, token: int, cues: FactualityCues, trigger: tuple[int, ...] = (), told: tuple[int, ...] = ()
) -> Factuality:
    """Say how the sentence holds the event named by a token: stance, score in [-3, 3] and the cues that decided it.

    ``token`` may be a verb, an event noun or an adjective; ``cues`` comes from :func:`load_factuality`. A word with
    no cue on its way is asserted. ``trigger`` lists the tokens that name the event: a negation or an obligation among
    them is part of its meaning ("will not work with" is a refusal) and changes nothing. ``told`` lists reporting verbs
    known to govern the event although the tree does not say so ("Troops, a spokesman claimed, fled").
    """
    return Walk(sentence, cues, trigger).down_to(token, told)


def dated(judged: Factuality, sentence: Sentence, token: int, when: When | None, day: dt.date | None) -> Factuality:
    """The judgement once the event's date is known: what is told as a fact but lies ahead is planned.

    "The queen opens parliament on Friday", written on a Wednesday, is no report. Only a stated date after the
    story's ``day`` counts, and a past tense is left alone.
    """
    if judged.stance != "asserted" or when is None or day is None or when.basis != "stated" or when.start <= day:
        return judged
    if sentence.tokens[token].xpos not in _NOT_PAST:
        return judged
    rule = "factuality/future-date"
    cues = () if when.span is None else (Cue(when.span, when.text or "", "future", rule),)
    return Factuality("planned", cues, -1.5, (rule,))
