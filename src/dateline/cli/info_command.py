"""``dateline info``: what is installed, where its data come from, and what a row holds."""

from __future__ import annotations

import json

import click

from dateline.cli.options import example


@click.command("info", short_help="Show versions, data files, fields.", epilog=example("dateline info --fields"))
@click.option("--fields", "what", flag_value="fields", help="The fields of a row, with their help.")
@click.option("--schema", "what", flag_value="schema", help="JSON Schema of a row.")
def command(what: str | None) -> None:
    """Show versions, codebooks, the model, and every data file with origin, licence and size."""
    from dateline import record

    if what == "fields":
        rows = list(record.field_help())
        width = max(len(name) for name, _, _ in rows)
        for name, kind, text in rows:
            click.echo(f"{name:<{width}}  {kind:<24}  {text}")
    elif what == "schema":
        click.echo(json.dumps(record.json_schema(), indent=2))
    else:
        _about()


def _about() -> None:
    import platform
    from importlib import metadata

    from dateline import __version__, record
    from dateline.manifest import load_manifest
    from dateline.rules.words import DATA

    click.echo(f"dateline {__version__}, row schema {record.SCHEMA}, Python {platform.python_version()}")
    names = ("numpy", "onnxruntime", "tokenizers", "pyarrow", "trafilatura")
    click.echo("  " + ", ".join(f"{name} {metadata.version(name)}" for name in names))
    codebooks = sorted(p.name for p in (DATA / "codebooks").iterdir() if p.is_dir())
    models = sorted(p.name for p in (DATA / "models").iterdir() if p.is_dir())
    click.echo(f"codebooks: {', '.join(codebooks)}\nmodels: {', '.join(models)}\ndata: {DATA}")
    for entry in load_manifest():
        size = sum(p.stat().st_size for p in entry.paths()) / 1024
        click.echo(f"\n{entry.file}  {size:,.0f} KiB, {entry.licence}\n  {entry.origin}")
