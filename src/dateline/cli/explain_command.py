"""``dateline explain``: why each event was coded as it was, and who says what of which event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.options import coder_options, example, go_through, stories_of, story_options, title_of
from dateline.errors import SettingError

if TYPE_CHECKING:
    from dateline.result import Result


@click.command(
    "explain",
    short_help="Show why each event was coded as it was, or who claims it.",
    epilog=example("dateline explain --claims examples/stories"),
)
@story_options
@coder_options
@click.option("--event", "wanted", metavar="ID", help="Only this event: its id, or the first letters of it.")
@click.option("--claims", is_flag=True, help="The story graph instead: who says what of which event.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(("text", "json")),
    help="Of --claims: text (default), or one JSON object a story.",
)
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
    claims: bool,
    kind: str | None,
) -> None:
    """Print the derivation of each event: the words and rules behind every value, and what was not chosen.

    A rule is named with the data file and line where it stands. With --claims, print for each story its claimants and
    events: how the story holds each event, and which claimant asserts, alleges, denies or plans it, in which words.
    """
    from dateline.cli.progress import count_stories
    from dateline.pipeline import Coder
    from dateline.writers import check_writable

    if not claims and kind is not None:
        raise SettingError("--format goes with --claims; the derivation of events is text only")
    if claims and wanted is not None:
        raise SettingError("--event picks one derivation; --claims shows whole stories: give one of the two")
    if errors is not None:
        check_writable(errors)
    raws = stories_of(files, fields, published)
    coder = Coder(codebook=codebook, parser=model, world=world).load()
    if claims:

        def show(got: tuple[str, str, dict[str, Any]]) -> None:
            title, text, graph = got
            click.echo(json.dumps(graph, ensure_ascii=False) if kind == "json" else f"{title}\n\n{text}\n")

        ctx.exit(go_through(coder, raws, errors, 1, as_graph, show, lambda: count_stories(files)))
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


def as_graph(result: Result) -> tuple[str, str, dict[str, Any]]:
    """Title, text and JSON-ready values of the story graph of a result."""
    return title_of(result.story), str(result.claims), result.claims.to_dict()


def as_trees(result: Result) -> list[tuple[str, str]]:
    """Id and tree of every event of a result."""
    return [(event.id, result.explain(event)) for event in result.coded]
