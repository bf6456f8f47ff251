"""A progress bar with rate and time left: only on a terminal, only when the work is long."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

PATIENCE = 2.0  # seconds before a bar is worth its space
QUIET = 60.0  # seconds between two lines where there is no terminal


class Progress:
    """Counts stories on standard error."""

    def __init__(self, total: Callable[[], int | None]) -> None:
        """``total`` is asked how many stories there are, when the bar is first shown."""
        self.total = total
        self.done = 0
        self.started = time.monotonic()
        self.bar: Any = None
        self.task: Any = None
        self.wanted = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        """Start to count."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self.stop()

    def advance(self) -> None:
        """One more story."""
        self.done += 1
        if self.bar is not None:
            self.bar.update(self.task, completed=self.done, rate=self._rate())
        elif self.wanted and time.monotonic() - self.started > PATIENCE:
            self._show()

    def _rate(self) -> str:
        return f"{self.done / max(time.monotonic() - self.started, 1e-6):.1f} stories/s"

    def _show(self) -> None:
        from rich import progress as rich
        from rich.console import Console

        self.bar = rich.Progress(
            rich.TextColumn("coding"),
            rich.BarColumn(),
            rich.MofNCompleteColumn(),
            rich.TextColumn("{task.fields[rate]}"),
            rich.TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.task = self.bar.add_task("coding", total=self.total(), completed=self.done, rate=self._rate())
        self.bar.start()

    def stop(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None
        self.wanted = False


class DumpProgress:
    """How far the reading of a dump is, on standard error: a bar on a terminal, elsewhere a line now and then."""

    PASSES = ("reading offices and classes", "writing the table")

    def __init__(self) -> None:
        """Nothing is shown before the work has taken a while."""
        self.started = self.told = time.monotonic()
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> DumpProgress:
        """Start to count."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()

    def report(self, number: int, lines: int, share: float) -> None:
        """Show the pass, the lines read and the share of the file."""
        now = time.monotonic()
        done = (number - 1 + share) / len(self.PASSES)
        if self.bar is not None:
            self.bar.update(self.task, completed=done, pass_=self.PASSES[number - 1], lines=lines)
        elif sys.stderr.isatty():
            if now - self.started > PATIENCE:
                self._show(done, number, lines)
        elif now - self.told > QUIET:
            self.told = now
            text = f"{self.PASSES[number - 1]} (pass {number} of 2): {lines:,} lines, {share:.0%} of the file"
            print(text, file=sys.stderr, flush=True)

    def _show(self, done: float, number: int, lines: int) -> None:
        from rich import progress as rich
        from rich.console import Console

        self.bar = rich.Progress(
            rich.TextColumn("{task.fields[pass_]}"),
            rich.BarColumn(),
            rich.TaskProgressColumn(),
            rich.TextColumn("{task.fields[lines]:,} lines"),
            rich.TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.task = self.bar.add_task("", total=1.0, completed=done, pass_=self.PASSES[number - 1], lines=lines)
        self.bar.start()


def count_stories(files: tuple[str, ...]) -> int | None:
    """How many stories the files seem to hold, for the time left; None when it cannot be told cheaply."""
    total = 0
    for name in files:
        path = Path(name)
        members = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]
        for member in members:
            count = _count(member)
            if count is None:
                return None
            total += count
    return total


def _count(path: Path) -> int | None:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        import pyarrow.parquet as pq

        try:
            return int(pq.ParquetFile(path).metadata.num_rows)
        except Exception:  # the reader will say what is wrong with it
            return None
    if suffix in (".jsonl", ".ndjson"):
        try:
            with path.open("rb") as stream:
                return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
        except OSError:
            return None
    if suffix == ".csv" or not path.is_file():
        return None
    return 1
