"""Does the text present the event as fact? How a reader takes it, as the kit's four labels, and the graded score."""

from __future__ import annotations

from functools import cache

from dateline.frames.factuality_reading import read
from dateline.frames.factuality_score import Weights, load_weights
from dateline.frames.register import Register, load_register
from dateline.parse import plain_story

INPUTS = ("id", "text", "span")


@cache
def _models() -> tuple[Weights, Register]:
    return load_weights(), load_register()


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
            found = read(parse.sentences, sentence, token, coder.language.factuality, *_models())
            return {"id": item["id"], "label": found.label, "score": round(found.score, 3)}
    return {"id": item["id"], "label": "asserted", "score": 2.0}
