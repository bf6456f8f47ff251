"""Write docs/fields.md from the row's class: python docs/build.py."""

from __future__ import annotations

from pathlib import Path

from dateline.record import SCHEMA, field_help

PAGE = Path(__file__).parent / "fields.md"


def fields_page() -> str:
    """The page of the row's fields."""
    lines = [
        "# The fields of a row",
        "",
        f"Schema {SCHEMA}. `dateline code` writes one row an event, with these fields in this order; what is not known is null",
        "or an empty list. A span is `[start, end)` in characters (code points) of the story's text as received. Fields may be",
        "added under the same schema number; none is renamed or removed. Made by `python docs/build.py` from `record.py`.",
        "",
        "| field | type | meaning |",
        "|---|---|---|",
        *(f"| `{name}` | {kind} | {text} |" for name, kind, text in field_help()),
        "",
        "CSV has one value a column instead: lists are joined by `;` (an unknown member is empty), so that",
        "`actor_countries` reads `PER;BOL`; the nested values follow as JSON in the columns that end in `_json`.",
        "With `--dyads` an event is written once for each pair of actor and recipient (a joint event: for each two actors);",
        "the rows of an event share its id.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(fields_page(), encoding="utf-8")
