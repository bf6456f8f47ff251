"""Attribution: who says what, as source, cue and content spans.

The gold set holds no attribution inside another, so only the outermost claims are answered; it takes "A said P, citing
B" as A's citing of B, so that B as a source of P is left out.
"""

from __future__ import annotations

from dateline.frames.attribution import find_claims, outermost
from dateline.wire import read_story

INPUTS = ("id", "text")


def answer(item: dict, coder) -> dict:
    """The kit's answer for one document, read as a story of the wire: datelines and furniture speak for nobody."""
    story = read_story(item["text"], layouts=coder.language.layouts, id=item["id"])
    claims = find_claims(story, coder.parser(story), coder.language.attribution)
    return {
        "id": item["id"],
        "attributions": [
            {role: [list(span) for span in getattr(claim, role)] for role in ("source", "cue", "content")}
            for claim in outermost(tuple(c for c in claims if c.rules[0] != "cues/report/citing"))
        ],
    }
