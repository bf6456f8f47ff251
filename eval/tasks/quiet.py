"""Texts without political events: how many are coded all the same?"""

from __future__ import annotations

from typing import Any

from dateline import Coder, StoryError

INPUTS = ("id", "text")


def answer(item: dict[str, Any], coder: Coder) -> dict[str, Any]:
    try:
        return {"id": item["id"], "events": len(coder.code(item["text"], id=item["id"]).events)}
    except StoryError:  # no story at all: nothing coded
        return {"id": item["id"], "events": 0}
