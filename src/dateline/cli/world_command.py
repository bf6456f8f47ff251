"""``dateline world``: look into the world tables, and build one of your own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.options import example, world_option

if TYPE_CHECKING:
    from dateline.mentions.world_lookup import Known


@click.group(
    "world",
    short_help="Look names up in the world tables; build tables of your own.",
    epilog=example('dateline world lookup "Kofi Annan" --on 2003-05-01'),
)
def command() -> None:
    """Look into the world tables: who held which office when, which organisation is which, countries, places.

    docs/world.md says how names are looked up, what the tables hold, and how to add to them.
    """


@command.command(
    "lookup",
    short_help="Show what is known of a name on a day.",
    epilog=example('dateline world lookup "Kofi Annan" --on 2003-05-01'),
)
@click.argument("words", nargs=-1, required=True, metavar="NAME")
@click.option("--on", "day", metavar="DATE", help="The day (YYYY-MM-DD); without it, offices count as undated.")
@world_option
@click.option("--format", "kind", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("--all", "every", is_flag=True, help="Show every candidate; a table shows the first dozen of each kind.")
@click.pass_context
def lookup(
    ctx: click.Context, words: tuple[str, ...], day: str | None, world: tuple[Path, ...], kind: str, every: bool
) -> None:
    """Show what is known of a name on a day: persons, organisations, countries, demonyms, capitals, places.

    Each candidate has its country, sector and office on that day, its status (current, former, future, undated; unknown
    where the table ends before that day), and the table and line it comes from. Exit status 1: the name is not known.
    """
    from dateline.mentions.gazetteer import open_gazetteer
    from dateline.mentions.world import load_world
    from dateline.mentions.world_lookup import look_up, near
    from dateline.pipeline import as_day

    name = " ".join(" ".join(words).split())
    on = as_day(day, "--on")
    tables = load_world(world)
    found = look_up(name, tables, open_gazetteer(countries=tables.countries), on)
    close = () if found else near(name, tables)
    if kind == "json":
        row = {
            "name": name,
            "on": on.isoformat() if on else None,
            "found": [known.as_dict() for known in found],
            "near": list(close),
        }
        click.echo(json.dumps(row, ensure_ascii=False))
    elif found:
        _show(found, every)
    else:
        click.echo(f"{name}: not in the tables", err=True)
        if close:
            click.echo(f"did you mean: {', '.join(close)}?", err=True)
    ctx.exit(0 if found else 1)


@command.command(
    "build",
    short_help="Build a table from a Wikidata dump.",
    epilog=example("dateline world build examples/wikidata.json --out my-world.tsv"),
)
@click.argument("dump", metavar="DUMP", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.tsv", help="The table to write.")
@click.pass_context
def build(ctx: click.Context, dump: Path, out: Path) -> None:
    """Build a table of office holders and organisations from a Wikidata JSON dump, for --world.

    DUMP is an array with one entity a line, as Wikidata publishes it (latest-all.json, .gz or .bz2). It is read twice, line
    by line. A line that is no entity is named and left out (exit status 1 when there was one); FILE appears when it is whole.
    """
    from dateline.cli.options import Problems
    from dateline.cli.progress import DumpProgress
    from dateline.wikidata import build_table
    from dateline.writers import check_writable

    check_writable(out)
    problems = Problems()
    with DumpProgress() as bar:
        built = build_table(dump, out, problems.add, bar.report)
    if problems.hidden:
        click.echo(f"… and {problems.hidden:,} more", err=True)
    if built.broken:
        click.echo(f"{built.broken:,} of {built.lines:,} lines could not be read", err=True)
    click.echo(f"{built.persons:,} persons and {built.organisations:,} organisations written to {out}", err=True)
    ctx.exit(1 if built.broken else 0)


SHOWN = 12  # candidates of one kind in a table


def _show(found: tuple[Known, ...], every: bool) -> None:
    from dateline.cli.world_table import print_known

    counts: dict[str, int] = {}
    shown = []
    for known in found:
        group = "place" if known.where == "places.bin" else known.kind
        counts[group] = counts.get(group, 0) + 1
        if every or counts[group] <= SHOWN:
            shown.append(known)
    print_known(shown)
    if len(shown) < len(found):
        click.echo(f"… and {len(found) - len(shown):,} more; --all shows them", err=True)
