"""Time expressions of a document whose day is given: TIMEX3 type and value."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from dateline import Coder
from dateline.mentions.times import find_times
from dateline.parse import plain_story

INPUTS = ("id", "text", "dct")


def answer(item: dict[str, Any], coder: Coder) -> dict[str, Any]:
    day = dt.date.fromisoformat(item["dct"][:10])
    story = replace(plain_story(item["text"], id=item["id"]), published=day)
    times = find_times(story, coder.parser(story), coder.language.times)
    return {"id": item["id"], "timex": [{"span": list(t.span), "type": t.type, "value": t.value} for t in times]}
