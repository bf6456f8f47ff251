"""The lines of a Wikidata JSON dump, one entity each, as they come: memory does not grow with the file."""

from __future__ import annotations

import bz2
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dateline.errors import InputError
from dateline.model import Problem

EVERY = 5_000  # lines between two reports of progress

Report = Callable[[int, int, float], None]
"""Told how far it is: the number of the pass, the lines read, the share of the file (0 to 1)."""


@dataclass
class Dump:
    """A dump on disk. A line that is no entity becomes a Problem once, however often the file is read."""

    path: Path
    problem: Callable[[Problem], None]
    report: Report = field(default=lambda number, lines, share: None)
    broken: set[int] = field(default_factory=set)
    lines: int = 0  # of the last pass

    def read(self, number: int) -> Iterator[tuple[int, bytes]]:
        """Line number and text of every entity, in a pass; brackets and commas of the array are taken off.

        Raises InputError when the file cannot be read or ends in the middle.
        """
        size = max(1, self._size())
        at, opened, closed = 0, False, False
        try:
            with self.path.open("rb") as raw, _unpacked(raw, self.path) as lines:
                for at, line in enumerate(lines, 1):
                    if at % EVERY == 0:
                        self.report(number, at, min(1.0, raw.tell() / size))
                    text = line.strip().rstrip(b",")
                    if text in (b"", b"[", b"]"):
                        opened, closed = opened or text == b"[", closed or text == b"]"
                        continue
                    if text[:1] != b"{" or text[-1:] != b"}":
                        self.refuse(at, "is not one JSON object: cut short, or not a dump with one entity a line")
                        continue
                    yield at, text
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(f"{self.path}: cannot be read after line {at:,}: {reason}") from error
        if opened and not closed:
            raise InputError(
                f"{self.path}: ends after line {at:,} without the bracket that closes the array: a part of it is missing"
            )
        self.lines = at
        self.report(number, at, 1.0)

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise InputError(f"{self.path}: cannot be read: {error.strerror}") from error

    def entity(self, at: int, text: bytes) -> dict[str, Any] | None:
        """The entity of a line; None (and a Problem, once) when it is none."""
        try:
            value = json.loads(text)
        except ValueError as error:
            self.refuse(at, f"is not valid JSON: {error}")
            return None
        if not isinstance(value, dict):
            self.refuse(at, f"is no entity but a {type(value).__name__}")
            return None
        return value

    def refuse(self, at: int, why: str) -> None:
        """Report a line that cannot be used."""
        if at not in self.broken:
            self.broken.add(at)
            self.problem(Problem(None, f"{self.path}:{at}", "dump", why))


def _unpacked(raw: IO[bytes], path: Path) -> IO[bytes] | gzip.GzipFile | bz2.BZ2File:
    """The text of the file, unpacked by what its first bytes say rather than by its name."""
    magic = raw.read(3)
    raw.seek(0)
    if magic[:2] == b"\x1f\x8b":
        return gzip.open(raw, "rb")
    if magic == b"BZh":
        return bz2.open(raw, "rb")
    if path.suffix in (".gz", ".bz2"):
        raise InputError(f"{path}: is not packed as its suffix says")
    return raw
