"""``dateline check``: every example in every data file."""

from __future__ import annotations

import click

from dateline.cli.options import coder_options


@click.command("check", short_help="Run every example in every data file.")
@coder_options
@click.option("--only", multiple=True, metavar="AREA", help="Only this area: layouts, times, roles, codebook …")
@click.pass_context
def command(ctx: click.Context, codebook: str, model: str, only: tuple[str, ...]) -> None:
    """Run every example in every data file, and say which fail, with file and line.

    A codebook's examples are whole sentences that go through the whole pipeline. Also reported: rules that never
    win on their own examples, and rules without examples.

    \b
    Example:
      dateline check --only times
    """
    from dateline.check import check
    from dateline.pipeline import Coder

    coder = Coder(codebook=codebook, parser=model)
    failed = 0
    for area in check(coder, only):
        for failure in area.failures:
            click.echo(f"{failure}")
        for note in area.notes:
            click.echo(f"note: {note}")
        failed += len(area.failures)
        click.echo(f"{area.name}: {area.examples:,} examples, {len(area.failures):,} failed", err=True)
    ctx.exit(1 if failed else 0)
