"""``dateline explain``: why each event was coded as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.options import coder_options, example, go_through, stories_of, story_options

if TYPE_CHECKING:
    from dateline.result import Result


@click.command(
    "explain",
    short_help="Show why each event was coded as it was.",
    epilog=example("dateline explain examples/stories"),
)
@story_options
@coder_options
@click.option("--event", "wanted", metavar="ID", help="Only this event: its id, or the first letters of it.")
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
    wanted: str | None,
) -> None:
    """Print the derivation of each event: the words and rules behind every value, and what was not chosen.

    A rule is named with the data file and line where it stands.
    """
    from dateline.cli.progress import count_stories
    from dateline.pipeline import Coder
    from dateline.writers import check_writable

    if errors is not None:
        check_writable(errors)
    raws = stories_of(files, fields, published)
    coder = Coder(codebook=codebook, parser=model, world=world).load()
    shown = 0

    def use(trees: list[tuple[str, str]]) -> None:
        nonlocal shown
        for name, text in trees:
            if wanted is None or name.startswith(wanted):
                click.echo(text + "\n")
                shown += 1

    status = go_through(coder, raws, errors, 1, as_trees, use, lambda: count_stories(files))
    if wanted is not None and not shown:
        click.echo(f"no event has the id {wanted!r} in these stories", err=True)
        status = 2
    ctx.exit(status)


def as_trees(result: Result) -> list[tuple[str, str]]:
    """Id and tree of every event of a result."""
    return [(event.id, result.explain(event)) for event in result.coded]
