"""Attribution: who says what, as source, cue and content spans.

The gold set holds no attribution inside another, so of claims about the same words only the likeliest is answered; it takes
"A said P, citing B" as A's citing of B, so that B as a source of P is left out.
"""

from __future__ import annotations

from functools import cache

from dateline.frames.attribution import find_claims
from dateline.frames.attribution_choice import chosen, load_weights
from dateline.wire import read_story

INPUTS = ("id", "text")


def answer(item: dict, coder) -> dict:
    """The kit's answer for one document, read as a story of the wire: datelines and furniture speak for nobody."""
    story = read_story(item["text"], layouts=coder.language.layouts, id=item["id"])
    parse = coder.parser(story)
    found = find_claims(story, parse, coder.language.attribution)
    claims = tuple(c for c in found if c.rules[0] != "cues/report/citing")
    return {
        "id": item["id"],
        "attributions": [
            {role: [list(span) for span in getattr(claim, role)] for role in ("source", "cue", "content")}
            for claim in chosen(claims, story, parse, weights())
        ],
    }


@cache
def weights():
    """What says which claims a reader would mark."""
    return load_weights()
