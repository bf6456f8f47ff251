"""A whole story: its layout and its events.

The kit gives the text only, no date. Its ids hold the day of publication, which ``Coder`` would read from them as it
does from a file's name; that would be a look at the answer, so the id is not passed on.
"""

from __future__ import annotations

from typing import Any

from dateline import Coder

INPUTS = ("id", "text")
PRONOUNS = ("he", "she", "it", "they", "who", "which", "that")


def answer(item: dict[str, Any], coder: Coder) -> dict[str, Any]:
    result = coder.code(item["text"], id="s-wire")
    story, line = result.story, result.story.dateline
    return {
        "id": item["id"],
        "story": {
            "agency": story.agency,
            "dateline_place": line.place if line else None,
            "dateline_country": line.country if line else None,
            "published": story.published.isoformat() if story.published else None,
            "byline": story.byline,
            "revision": story.revision.text if story.revision else None,
            "captions": [{"span": list(c.span)} for c in story.captions],
        },
        "events": [event_answer(record) for record in result.records],
    }


def event_answer(r: dict[str, Any]) -> dict[str, Any]:
    date, place = r["date"], r["place"]
    return {
        "type": r["type"],
        "mode": r["mode"],
        "trigger": r["trigger"],
        "actors": [_party(a) for a in r["actors"]],
        "recipients": [_party(a) for a in r["recipients"]],
        "date": {"start": date["start"], "end": date["end"]} if date else None,
        "place": {"text": place["text"], "name": place["name"], "country": place["country"]} if place else None,
        "factuality": r["factuality"],
        "attribution": [_source(s) for s in r["attribution"]],
        "background": r["background"],
        "magnitude": {
            k: {"low": m["low"], "high": m["high"]} if (m := r["magnitude"][k]) else None for k in ("dead", "injured")
        },
    }


def _source(s: dict[str, Any]) -> str:
    """A source as the set names it: the words of the text, or who a pronoun stands for."""
    return s["name"] if s["name"] and s["text"].lower() in PRONOUNS else s["text"]


def _party(a: dict[str, Any]) -> dict[str, Any]:
    return {"text": a["name"] or a["text"], "country": a["country"], "sector": a["sector"]}
