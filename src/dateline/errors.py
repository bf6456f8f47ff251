"""The exceptions of Dateline.

    DatelineError
    ├── DataError       a shipped or user data file is wrong (stops before the first story)
    ├── InputError      an input file or stream cannot be read as what it claims to be
    ├── StoryError      one story cannot be coded (becomes a Problem row; the run goes on)
    ├── OutputError     the result cannot be written where it was asked to be
    ├── SettingError    an option has a value that is not allowed
    └── MissingExtra    an optional package is needed for what was asked

Each message says what was wrong, where, what was found, what is allowed, and what to do next.
The library raises; only the command line prints and exits.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class DatelineError(Exception):
    """The parent of every error that Dateline raises on purpose."""


class DataError(DatelineError):
    """A data file is wrong: the message starts with ``file:line:``."""


class InputError(DatelineError):
    """An input cannot be read: the message names the file (and line) and what was found."""


class StoryError(DatelineError):
    """One story cannot be coded; ``stage`` says which arrow failed."""

    def __init__(self, stage: str, message: str) -> None:
        super().__init__(message)
        self.stage = stage

    def __reduce__(self) -> tuple[type[StoryError], tuple[str, str]]:
        """Pickle with the stage, so that a process of a pool can raise it."""
        return type(self), (self.stage, str(self))


class OutputError(DatelineError):
    """The output cannot be written."""


class SettingError(DatelineError):
    """An option has a value that is not allowed."""


class MissingExtra(DatelineError):
    """An optional dependency is not installed; the message names the extra to install."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the package {package!r}: pip install 'dateline[{extra}]'")


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """Return `` (did you mean 'x'?)`` for the closest allowed word, or an empty string.

    >>> did_you_mean("recipent", ["actor", "recipient"])
    " (did you mean 'recipient'?)"
    """
    close = difflib.get_close_matches(found, list(allowed), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
