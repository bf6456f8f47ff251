"""Dateline reads newswire and keeps the record: who did what to whom, where, when, and according to whom.

>>> import dateline
>>> coder = dateline.Coder()
>>> result = coder.code("OSLO, March 12 (NTB) -- Norway's foreign minister Jane Doe met her Finnish counterpart.")
>>> result.story.agency
'NTB'
"""

from __future__ import annotations

from dateline.errors import (
    DataError,
    DatelineError,
    InputError,
    MissingExtra,
    OutputError,
    SettingError,
    StoryError,
)
from dateline.model import Event, Problem, Story
from dateline.parse.base import load_model
from dateline.pipeline import Coder, Settings
from dateline.result import Result

__version__ = "0.1.0.dev0"

__all__ = [
    "Coder",
    "DataError",
    "DatelineError",
    "Event",
    "InputError",
    "MissingExtra",
    "OutputError",
    "Problem",
    "Result",
    "SettingError",
    "Settings",
    "Story",
    "StoryError",
    "__version__",
    "load_model",
]
