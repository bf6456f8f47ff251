"""``dateline code``: stories in, rows out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.options import coder_options, example, go_through, stories_of, story_options, title_of
from dateline.errors import SettingError, StoryError
from dateline.writers import FORMATS, check_writable, dyads, finished, format_of, open_writer

if TYPE_CHECKING:
    from dateline.pipeline import Coder
    from dateline.result import Result


@click.command(
    "code", short_help="Code stories into events.", epilog=example("dateline code examples/stories --format table")
)
@story_options
@coder_options
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Default: table on a terminal, jsonl in a pipe.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Its suffix decides: .jsonl .csv .parquet"
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Processes.")
@click.option("--dyads", "pairs", is_flag=True, help="One row for each pair of actor and recipient.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted -o FILE.jsonl: its stories are skipped.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    fields: tuple[str, ...],
    published: str | None,
    errors: Path | None,
    codebook: str,
    model: str,
    world: tuple[Path, ...],
    kind: str | None,
    output: Path | None,
    workers: int,
    pairs: bool,
    resume: bool,
) -> None:
    """Code stories into events: who did what to whom, where, when, and according to whom.

    FILE is a text file (one story), an HTML page, a JSON Lines, CSV or Parquet table (one story a row), a folder, a
    pattern, or - for standard input. Rows already written stay whatever ends the run: jsonl and csv are written
    story by story; parquet gets its name when the run ends or is interrupted.
    """
    from dateline.cli.progress import count_stories
    from dateline.pipeline import Coder
    from dateline.workers import settle

    kind = _format(kind, output)
    if resume and (output is None or kind != "jsonl"):
        raise SettingError("--resume needs --output FILE.jsonl, the file of the interrupted run")
    for path in (output, errors):
        if path is not None:
            check_writable(path)
    raws = stories_of(files, fields, published)
    coder = Coder(codebook=codebook, parser=model, world=world).load()
    settle()
    done = finished(output) if resume and output is not None else frozenset[str]()
    if done:
        click.echo(f"{output}: going on after {len(done):,} stories with events", err=True)
        raws = (raw for raw in raws if not _is_done(raw, coder, done))
    writer: Any
    if kind == "table":
        from dateline.cli.table import TableWriter

        writer = TableWriter()
    else:
        writer = open_writer(kind, output, resume=resume)
    take = as_page if kind == "table" else as_rows
    written = 0

    def use(got: Any) -> None:
        nonlocal written
        head, rows = got
        shaped = list(dyads(rows)) if pairs else list(rows)
        written += len(shaped)
        writer.write(shaped, head) if kind == "table" else writer.write(shaped)

    try:
        status = go_through(coder, raws, errors, workers, take, use, lambda: count_stories(files))
    finally:
        writer.close()
    if output is not None:
        click.echo(f"{written:,} rows written to {output}", err=True)
    ctx.exit(status)


def _format(kind: str | None, output: Path | None) -> str:
    if kind is None:
        if output is not None:
            return format_of(output)
        return "table" if sys.stdout.isatty() else "jsonl"
    if kind == "table" and output is not None:
        raise SettingError("a table is for reading on the terminal; for --output choose jsonl, csv or parquet")
    return kind


def as_rows(result: Result) -> tuple[None, tuple[dict[str, Any], ...]]:
    """What the file writers need of a result."""
    return None, result.records


def as_page(result: Result) -> tuple[str, tuple[dict[str, Any], ...]]:
    """What the table needs of a result: a title for the story, and its rows."""
    return title_of(result.story), result.records


def _is_done(raw: Any, coder: Coder, done: frozenset[str]) -> bool:
    from dateline.workers import as_fields

    try:
        text, fields = as_fields(raw)
        return coder.read(text, **fields).id in done
    except (StoryError, SettingError):
        return False
