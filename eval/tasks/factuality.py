"""Does the text present the event as fact? The stance of the rules and the graded score, as the kit's four labels.

In a report the stance decides. In personal writing (somebody says "I" or "you" outside quotation marks, asks or
exclaims) wishes, orders and plans are seldom news of something coming: there the graded score decides alone.
"""

from __future__ import annotations

import re
from functools import cache

from dateline.frames.factuality_score import Weights, grade, load_weights
from dateline.parse import plain_story

INPUTS = ("id", "text", "span")

_LABELS = {"asserted": "asserted", "negated": "negated", "denied": "negated", "planned": "planned"}
_QUOTED = re.compile(r'["“][^"”]*["”]?')
_PERSONAL = re.compile(r"\b(?:I|[Yy]ou|[Yy]our|[Mm]y|[Ww]e|[Oo]ur|[Mm]e|us|[Pp]lease)\b")
UNREAL, REAL = -0.7, 0.9  # thresholds of the score in personal writing, tuned on the kit's dev items


@cache
def _weights() -> Weights:
    return load_weights()


def answer(item: dict, coder) -> dict:
    """The kit's answer for one marked event."""
    text, (start, end) = item["text"], item["span"]
    parse = coder.parser(plain_story(text, id=item["id"]))
    for sentence in parse.sentences:
        inside = [
            t for t in sentence.tokens if t.start < end and start < t.end and t.upos not in ("PUNCT", "DET", "ADP")
        ]
        if inside:
            within = {t.index for t in inside}
            token = next(t.index for t in inside if t.head not in within)
            judged, score = grade(sentence, token, coder.language.factuality, _weights())
            return {"id": item["id"], "label": _label(text, judged.stance, score), "score": round(score, 3)}
    return {"id": item["id"], "label": "asserted", "score": 2.0}


def _label(text: str, stance: str, score: float) -> str:
    if _PERSONAL.search(_QUOTED.sub(" ", text)) or text.rstrip()[-1:] in ("?", "!"):
        return "asserted" if score > REAL else "negated" if score < UNREAL else "uncertain"
    return _LABELS.get(stance, "uncertain")
