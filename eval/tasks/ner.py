"""Names in newswire: spans and types of the language model's entities."""

from __future__ import annotations

from dateline.parse import plain_story

INPUTS = ("id", "text")


def answer(item: dict, coder) -> dict:
    """The kit's answer for one document, parsed as plain paragraphs."""
    parse = coder.parser(plain_story(item["text"], id=item["id"]))
    found = [
        {"span": list(e.span), "type": e.label} for e in parse.entities if e.label in ("PER", "ORG", "LOC", "NORP")
    ]
    return {"id": item["id"], "entities": found}
