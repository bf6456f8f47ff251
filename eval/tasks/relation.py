"""Which relation does a sentence state between two given spans?"""

from __future__ import annotations

from typing import Any

import dateline

INPUTS = ("id", "text", "source", "target")

FOLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # the set's older roots


def answer(item: dict[str, Any], coder: dateline.Coder) -> dict[str, Any]:
    source, target = item["source"]["span"], item["target"]["span"]
    result = coder.code(item["text"], id=item["id"])
    root = dateline.relation(result, tuple(source) if source else None, tuple(target) if target else None)
    return {"id": item["id"], "root": FOLD.get(root, root) if root else None}
