"""A row in a reader's words: the cells of the table that the terminal and the notebook show."""

from __future__ import annotations

from typing import Any

COLUMNS = ("date", "event", "actors → recipients", "words", "place", "stance", "according to")


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """One cell for each of :data:`COLUMNS`; what is not known is left empty."""
    mode = f" ({', '.join(row['mode'])})" if row["mode"] else ""
    who = " + ".join(party(p) for p in row["actors"]) or "?"
    whom = " + ".join(party(p) for p in row["recipients"])
    place = row["place"]
    stance = row["factuality"] + (", background" if row["background"] else "")
    return (
        date(row["date"]),
        row["type"] + mode,
        f"{who} → {whom}" if whom else who,
        row["trigger"]["text"].replace("\n", " "),
        "" if place is None else ", ".join(x for x in (place["name"], place["country"]) if x),
        stance,
        ", ".join(s["name"] or s["text"] for s in row["attribution"]).replace("\n", " "),
    )


def shortened(text: str, width: int) -> str:
    """The text, cut to a width with an ellipsis.

    >>> shortened("the foreign ministry", 12)
    'the foreign…'
    """
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def party(p: dict[str, Any]) -> str:
    """A party with what is known of it: ``Jane Doe [NOR GOV]``."""
    known = " ".join(x for x in (p["country"], p["sector"]) if x)
    text = str(p["name"] or p["text"]).replace("\n", " ")
    return f"{text} [{known}]" if known else text


def date(value: dict[str, Any] | None) -> str:
    """A day or an interval, with its basis when the story does not state it for this event."""
    if value is None:
        return ""
    days = value["start"] if value["start"] == value["end"] else f"{value['start']} – {value['end']}"
    return days if value["basis"] == "stated" else f"{days} ({value['basis']})"
