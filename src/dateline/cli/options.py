"""What the commands that read stories share: their options, and going through the stories with progress."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from dateline.errors import SettingError
from dateline.model import Problem, Story

if TYPE_CHECKING:
    from dateline.pipeline import Coder
    from dateline.result import Result

F = TypeVar("F", bound=Callable[..., Any])

SHOWN = 20  # problems printed in full on the terminal


def example(line: str) -> str:
    """The end of a command's help: one line that works when pasted.

    >>> print(example("dateline info").splitlines()[-1])
      dateline info
    """
    return f"\b\nExample:\n  {line}"


def story_options(command: F) -> F:
    """The arguments and options of every command that reads stories."""
    for option in reversed(
        [
            click.argument("files", nargs=-1, required=True, metavar="FILE..."),
            click.option(
                "--field",
                "fields",
                multiple=True,
                metavar="NAME=COLUMN",
                help="Which column of a table holds text, date, id or title; may be repeated.",
            ),
            click.option(
                "--published", metavar="DATE", help="Day of publication (YYYY-MM-DD) for stories that carry none."
            ),
            click.option(
                "--errors", type=click.Path(path_type=Path), metavar="FILE", help="Write one JSON line a failed story."
            ),
        ]
    ):
        command = option(command)
    return command


def coder_options(command: F) -> F:
    """The options that choose the knowledge."""
    command = world_option(command)
    command = click.option("--model", default="default", show_default=True, metavar="NAME", help="The parser.")(command)
    return click.option(
        "--codebook",
        default="plover",
        show_default=True,
        metavar="NAME",
        help="A shipped codebook, or the path of a folder (./plover for one with a shipped name).",
    )(command)


def world_option(command: F) -> F:
    """The option that names world files of the user's own."""
    return click.option(
        "--world",
        "world",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Persons, organisations and countries of your own (.yaml or .tsv); may be repeated.",
    )(command)


def parse_fields(fields: tuple[str, ...]) -> dict[str, str]:
    """``("text=body",)`` to ``{"text": "body"}``; SettingError for what is no pair.

    >>> parse_fields(("text=body", "date=day"))
    {'text': 'body', 'date': 'day'}
    """
    out = {}
    for item in fields:
        name, separator, column = item.partition("=")
        if not separator or not name or not column:
            raise SettingError(f"--field {item!r}: write NAME=COLUMN, for example --field text=body")
        out[name.strip()] = column.strip()
    return out


@dataclass
class Problems:
    """The stories that failed: counted, written to the errors file or shown."""

    target: IO[str] | None = None
    count: int = 0
    hidden: int = field(default=0, init=False)

    def add(self, problem: Problem) -> None:
        """Take one failed story."""
        self.count += 1
        if self.target is not None:
            row = {
                "story_id": problem.story_id,
                "source": problem.source,
                "stage": problem.stage,
                "message": problem.message,
            }
            self.target.write(json.dumps(row, ensure_ascii=False) + "\n")
            self.target.flush()
        elif self.count <= SHOWN:
            name = problem.source or problem.story_id or "story"
            click.echo(f"{name}: {problem.stage}: {problem.message}", err=True)
        else:
            self.hidden += 1

    def summary(self, stories: int) -> None:
        """Say on standard error how many failed, if any did."""
        if self.hidden:
            click.echo(f"… and {self.hidden:,} more; --errors FILE keeps them all", err=True)
        if self.count:
            click.echo(f"{self.count:,} of {stories:,} stories could not be coded", err=True)


def title_of(story: Story) -> str:
    """One line that names a story: headline, agency, place, day."""
    day = story.day.isoformat() if story.day else "no date"
    place = story.dateline.place if story.dateline and story.dateline.place else None
    title = " ".join((story.headline or story.source or story.id).split())
    return " · ".join(x for x in (title, story.agency, place, day) if x)


def stories_of(files: tuple[str, ...], fields: tuple[str, ...], published: str | None) -> Iterator[Any]:
    """The stories of the files; wrong options and files that are not there are refused before any is read."""
    from dateline.pipeline import as_day
    from dateline.wire import read_inputs

    return iter(read_inputs(list(files), fields=parse_fields(fields), published=as_day(published)))


def go_through(
    coder: Coder,
    raws: Iterator[Any],
    errors: Path | None,
    workers: int,
    take: Callable[[Result], Any],
    use: Callable[[Any], None],
    total: Callable[[], int | None],
) -> int:
    """Code every story, hand what ``take`` makes of it to ``use``; return the exit status."""
    from dateline.cli.progress import Progress

    stories = 0
    with ExitStack() as stack:
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end: as orderly as Ctrl-C
        stack.callback(signal.signal, signal.SIGTERM, before)
        target = stack.enter_context(errors.open("w", encoding="utf-8")) if errors is not None else None
        problems = Problems(target)
        bar = stack.enter_context(Progress(total))
        try:
            for got in coder.code_many(raws, workers, take=take):
                stories += 1
                bar.advance()
                if isinstance(got, Problem):
                    problems.add(got)
                else:
                    use(got)
        except KeyboardInterrupt:
            bar.stop()
            click.echo(f"interrupted after {stories:,} stories; their rows are written", err=True)
            return 1
        bar.stop()
        problems.summary(stories)
    if not stories:
        click.echo("no stories to code", err=True)
    return 1 if problems.count else 0
