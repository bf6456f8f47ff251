"""The command line: thin; each command parses its options, calls the library and shows what came back.

Exit status: 0 done, 1 some stories could not be coded (an example failed, a name is not known), 2 wrong usage, data or output.
"""

from __future__ import annotations

import importlib
import sys

import click

from dateline.cli.options import example
from dateline.errors import DatelineError

COMMANDS = {
    "read": "Show how a story is laid out: agency, dateline, headline, captions.",
    "code": "Code stories into events.",
    "explain": "Show why each event was coded as it was, or who claims it.",
    "check": "Run every example in every data file.",
    "codebook": "Write, check, try and read a codebook of your own.",
    "world": "Look names up in the world tables; build tables of your own.",
    "info": "Show versions, data files with their licences, and the fields of a row.",
}


class _Commands(click.Group):
    """Commands are imported when they are used, so that --help and errors come at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"dateline.cli.{name}_command")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            click.echo(f"dateline: {error}", err=True)
            ctx.exit(2)
        except ModuleNotFoundError as error:
            name = error.name or str(error)
            click.echo(f"dateline: the package {name!r} is not installed: run 'pip install dateline' again", err=True)
            ctx.exit(2)
        except BrokenPipeError:  # the reader of our output has seen enough
            sys.stderr.close()
            ctx.exit(0)


@click.command(
    cls=_Commands,
    epilog=example("dateline code examples/stories"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="dateline", message="dateline %(version)s")
def main() -> None:
    """Reads newswire and keeps the record: who did what to whom, where, when, and according to whom."""
