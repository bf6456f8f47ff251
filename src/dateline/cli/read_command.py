"""``dateline read``: the layout of stories."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from dateline.cli.options import Problems, example, stories_of, story_options
from dateline.errors import SettingError, StoryError
from dateline.model import Problem


@click.command(
    "read", short_help="Show how a story is laid out.", epilog=example("dateline read examples/stories --format jsonl")
)
@story_options
@click.option("--format", "kind", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write JSON Lines to FILE.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    fields: tuple[str, ...],
    published: str | None,
    errors: Path | None,
    kind: str | None,
    output: Path | None,
) -> None:
    """Show how stories are laid out: agency, dateline, headline, byline, revision mark, captions, contact."""
    from dateline.pipeline import Coder
    from dateline.record import story_record
    from dateline.workers import as_fields
    from dateline.writers import check_writable

    kind = kind or ("jsonl" if output is not None or not sys.stdout.isatty() else "table")
    if kind == "table" and output is not None:
        raise SettingError("a table is for reading on the terminal; --output writes jsonl")
    for path in (output, errors):
        if path is not None:
            check_writable(path)
    raws = stories_of(files, fields, published)
    coder = Coder()
    _ = coder.language
    target = output.open("w", encoding="utf-8") if output is not None else sys.stdout
    problems = Problems(errors.open("w", encoding="utf-8") if errors is not None else None)
    stories = 0
    try:
        for raw in raws:
            stories += 1
            if isinstance(raw, Problem):
                problems.add(raw)
                continue
            text, given = as_fields(raw)
            try:
                row = story_record(coder.read(text, **given))
            except (StoryError, SettingError) as error:
                problems.add(Problem(given.get("id"), given.get("source"), "wire", str(error)))
                continue
            target.write(json.dumps(row, ensure_ascii=False) + "\n" if kind == "jsonl" else _page(row))
    finally:
        if output is not None:
            target.close()
        if problems.target is not None:
            problems.target.close()
    problems.summary(stories)
    ctx.exit(1 if problems.count else 0)


def _page(row: dict[str, Any]) -> str:
    lines = [row["headline"] or row["source"] or row["id"]]
    line = row["dateline"] or {}
    shown = {
        "agency": row["agency"],
        "dateline": line.get("text"),
        "place": " ".join(x for x in (line.get("place"), line.get("country")) if x),
        "date": line.get("date"),
        "published": row["published"],
        "byline": row["byline"],
        "revision": (row["revision"] or {}).get("text"),
        "contact": row["contact"],
        "rights": row["rights"],
    }
    lines += [f"  {name:<10} {value}" for name, value in shown.items() if value]
    for caption in row["captions"]:
        known = ", ".join(f"{k} {caption[k]}" for k in ("date", "credit", "rights") if caption[k])
        lines.append(f"  {'caption':<10} {' '.join(caption['text'].split())}{f' ({known})' if known else ''}")
    lines += [f"  {'note':<10} {note}" for note in row["notes"]]
    return "\n".join(lines) + "\n\n"
