"""``dateline check``: every example in every data file."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli.options import coder_options, example


@click.command(
    "check", short_help="Run every example in every data file.", epilog=example("dateline check --only times")
)
@coder_options
@click.option("--only", multiple=True, metavar="AREA", help="Only this area: layouts, times, roles, codebook …")
@click.option("--notes", is_flag=True, help="Also show what fails nothing: rules that win on none of the examples.")
@click.pass_context
def command(
    ctx: click.Context, codebook: str, model: str, world: tuple[Path, ...], only: tuple[str, ...], notes: bool
) -> None:
    """Run every example in every data file, and say which fail, with file and line.

    A codebook's examples are whole sentences that go through the whole pipeline. A type with too few of them fails too.
    """
    from dateline.check import check
    from dateline.pipeline import Coder

    coder = Coder(codebook=codebook, parser=model, world=world)
    failed = 0
    for area in check(coder, only):
        for failure in area.failures:
            click.echo(failure)
        for note in area.notes if notes else ():
            click.echo(f"note: {note}")
        failed += len(area.failures)
        click.echo(f"{area.name}: {len(area.failures):,} failed, {len(area.notes):,} notes", err=True)
    ctx.exit(1 if failed else 0)
