"""Typed YAML with positions: every scalar stays text, every key and item knows its line.

A plain YAML loader turns ``NO`` into False and ``0311`` into 201, forgets where a value stood and lets a repeated
key win silently. Here scalars stay text, repeated keys are refused, and :func:`at` names the file and line.
A file may hold two documents: the first holds the rules, the second (after a line ``---``) their examples, which
coding never reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import yaml

from dateline.errors import DataError, did_you_mean

_PACKAGE = Path(__file__).resolve().parent.parent


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads nothing into a scalar: what it might be besides text need not be worked out."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


class Text(str):
    """A scalar of a data file: a str that remembers where it stood."""

    __slots__ = ("file", "line")
    file: str
    line: int


class Items(list[Any]):
    """A sequence of a data file, with the line it starts on."""

    file: str = ""
    line: int = 0


class Table(dict[str, Any]):
    """A mapping of a data file, with its line and the line of each key."""

    file: str = ""
    line: int = 0

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}

    def check_keys(self, allowed: Iterable[str], required: Iterable[str] = ()) -> None:
        """Raise DataError for a key that is not allowed or a required one that is missing."""
        names = list(allowed)
        for key in self:
            if key not in names:
                hint = did_you_mean(key, names)
                raise DataError(
                    f"{self.file}:{self.lines[key]}: unknown key {key!r}{hint}; allowed: {', '.join(names)}"
                )
        for key in required:
            if key not in self:
                raise DataError(f"{self.file}:{self.line}: missing key {key!r}")

    def text(self, key: str, default: str | None = None) -> str | None:
        """The scalar under ``key`` (DataError if it is a list or a mapping)."""
        value = self.get(key, default)
        if value is None or isinstance(value, str):
            return value
        raise DataError(f"{self.file}:{self.lines[key]}: {key!r} must be one value, found a {_kind(value)}")

    def texts(self, key: str) -> tuple[str, ...]:
        """The values under ``key``: a list of scalars, or one scalar, or nothing."""
        value = self.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise DataError(f"{self.file}:{self.lines[key]}: {key!r} must be a list of words, found a {_kind(value)}")

    def tables(self, key: str) -> list[Table]:
        """The list of mappings under ``key``, or an empty list."""
        value = self.get(key)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(v, Table) for v in value):
            return list(value)
        raise DataError(f"{self.file}:{self.lines[key]}: {key!r} must be a list of mappings, found a {_kind(value)}")

    def where(self, key: str) -> str:
        """``file:line`` of a key, or of the mapping when it lacks the key."""
        return f"{self.file}:{self.lines.get(key, self.line)}"

    def one_of(self, key: str, allowed: Iterable[str]) -> str | None:
        """The scalar under ``key``, which must be one of ``allowed``; None when the key is absent or blank."""
        value = self.text(key)
        names = list(allowed)
        if value is not None and value not in names:
            raise DataError(
                f"{self.where(key)}: {key} {value!r}{did_you_mean(value, names)}; allowed: {', '.join(names)}"
            )
        return value

    def yes(self, key: str) -> bool:
        """Whether ``key`` says ``yes``; an absent key says ``no``, and nothing else is allowed."""
        if key not in self:
            return False
        value = self.one_of(key, ("yes", "no"))
        if value is None:
            raise DataError(f"{self.where(key)}: {key} is blank; allowed: yes, no")
        return value == "yes"

    def number(self, key: str, low: float, high: float) -> float | None:
        """The number under ``key``, between ``low`` and ``high``; None when the key is absent or blank."""
        value = self.text(key)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError:
            raise DataError(f"{self.where(key)}: {key}: {value!r} is not a number") from None
        if not low <= number <= high:
            raise DataError(f"{self.where(key)}: {key} {value}: allowed: {low:g} to {high:g}")
        return number


def at(value: Any) -> str:
    """``file:line`` of a value read by :func:`load`."""
    return f"{getattr(value, 'file', '?')}:{getattr(value, 'line', 0)}"


def load(path: Path, *, examples: bool = False) -> Table:
    """Read the first document of a data file (or, with ``examples``, the second) as a Table.

    Raises DataError with file and line when it cannot be read, is not YAML, or repeats a key. An absent second
    document is an empty Table.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: is not UTF-8: byte {error.start}") from error
    first, separator, second = text.partition("\n---\n")
    offset = first.count("\n") + 2 if examples else 0
    source = second if examples else first
    return parse(source, file=_short(path), offset=offset) if (separator or not examples) else Table()


def parse(source: str, *, file: str, offset: int = 0) -> Table:
    """Read one YAML document whose top level is a mapping; ``offset`` lines are added to positions."""
    try:
        node = yaml.compose(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1 + offset) if error.problem_mark else 0
        raise DataError(f"{file}:{line}: not valid YAML: {error.problem}") from error
    if node is None:
        table = Table()
        table.file = file
        return table
    value = _convert(node, file, offset)
    if not isinstance(value, Table):
        raise DataError(f"{file}:{1 + offset}: the top level must be a mapping, found a {_kind(value)}")
    return value


def _convert(node: Any, file: str, offset: int) -> Any:
    line = node.start_mark.line + 1 + offset
    if isinstance(node, yaml.ScalarNode):
        if not node.style and node.value in ("", "~", "null"):
            return None
        text = Text(node.value)
        text.file, text.line = file, line
        return text
    if isinstance(node, yaml.SequenceNode):
        items = Items(_convert(child, file, offset) for child in node.value)
        items.file, items.line = file, line
        return items
    table = Table()
    table.file, table.line = file, line
    for key_node, value_node in node.value:
        key = key_node.value
        where = key_node.start_mark.line + 1 + offset
        if not isinstance(key, str):
            raise DataError(f"{file}:{where}: a key must be a word")
        if key in table:
            raise DataError(f"{file}:{where}: key {key!r} repeats line {table.lines[key]}")
        table[key] = _convert(value_node, file, offset)
        table.lines[key] = where
    return table


def _kind(value: Any) -> str:
    return {Text: "word", Items: "list", Table: "mapping", type(None): "blank"}.get(type(value), type(value).__name__)


def _short(path: Path) -> str:
    """``data/…`` for a shipped file, else the path as it was given."""
    return str(path.relative_to(_PACKAGE)) if path.is_relative_to(_PACKAGE / "data") else str(path)
