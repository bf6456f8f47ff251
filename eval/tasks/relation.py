"""Which relation does a sentence state between two given spans?"""

from __future__ import annotations

from typing import Any

from dateline import Coder, StoryError
from dateline.model import Span

INPUTS = ("id", "text", "source", "target")

FOLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # the set's older roots


def answer(item: dict[str, Any], coder: Coder) -> dict[str, Any]:
    spans = [Span(*item[side]["span"]) if item[side]["span"] else None for side in ("source", "target")]
    try:
        root = coder.code(item["text"], id=item["id"]).relation(*spans)
    except StoryError:  # no story at all: no relation found
        root = None
    return {"id": item["id"], "root": FOLD.get(root, root) if root else None}
