"""The shapes of datelines as regular expressions, exact ones and loose ones that are quick to compile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from dateline.wire.dates import DateReader

_UP = r"(?:[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž'’.‘-]*[A-ZÀ-ÞĀ-Ž.]|[A-Z]\b)"
_UPPER = rf"{_UP}(?:[ ](?:{_UP}|of|de|del|da|do|du|la|al-{_UP}|el-{_UP})){{0,4}}"
_TI = r"[A-ZÀ-ÞĀ-Ž][\w'’‘-]+\.?"
_TITLE = rf"{_TI}(?:[ ](?:{_TI}|of|de|del|da|do|du|la|al|es|el|en|sur|the|am)(?=[ ,/(]|$)){{0,4}}"
_AFTER = r"(?:,[ ]?{guard}(?:[A-ZÀ-ÞĀ-Ž][\w.'’&-]*(?:[ ](?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*|of|the|and|de)){{0,4}})){{0,2}}"
_JOIN = r"(?:[ ]?/[ ]?|[ ]and[ ]|,[ ]and[ ])"
_DASH = r"(?:-{1,3}|–|—|―|_|&mdash;|:|\.\s?-)"

SHAPES = (
    "place-date-agency",
    "place-agency",
    "place-agency-date",
    "place-agency-bare",
    "date-agency",
    "agency-only",
    "agency-first",
    "place-date-other",
    "place-other",
    "place-date",
    "place-dash-date",
    "place-dash",
    "place-sentence",
)
"""Every shape that stands at the beginning of a line, in the order in which they are tried."""

SIGNED = frozenset(
    ("place-date-agency", "place-agency", "place-agency-date", "place-agency-bare", "date-agency", "agency-only")
)
"""Shapes with the name of a known agency in brackets or between slashes."""

NAMED = SIGNED | {"agency-first", "inline"}
"""Shapes with the name of a known agency."""

DATED = frozenset(
    (
        "place-date-agency",
        "place-agency-date",
        "date-agency",
        "agency-first",
        "place-date-other",
        "place-date",
        "place-dash-date",
        "place-sentence",
    )
)
"""Shapes with a date."""


@dataclass(frozen=True)
class Expression:
    """A regular expression that is compiled at its first use."""

    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.source)


def either(names: Iterable[str]) -> str:
    """Any of the names, the longest first.

    >>> either(["AP", "APA"])
    '(?:APA|AP)'
    """
    return "(?:" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + ")"


def anything(names: Iterable[str], stop: str) -> str:
    """Whatever stands before one of the signs ``stop``, and first of all the names in which such a sign occurs.

    >>> anything(["AP", "RFE/RL"], "/")
    '(?:RFE/RL|[^/]+)'
    """
    longer = sorted((n for n in names if any(c in n for c in stop)), key=len, reverse=True)
    return "(?:" + "|".join([*map(re.escape, longer), f"[^{re.escape(stop)}]+"]) + ")"


def shapes(dates: DateReader, name: Callable[[str], str], *, guarded: bool) -> dict[str, Expression]:
    """The shapes by name, and ``inline``: a dateline inside a line.

    ``name`` gives the expression of an agency's name that ends before one of some signs (:func:`either`, or the quick
    :func:`anything`); with ``guarded`` a place is kept from running on into a date: ``ROME, May`` before a number.
    """
    after = _AFTER.format(guard=rf"(?!{dates.month}\s?\d|\d)" if guarded else "")
    upper = rf"{_UPPER}{after}(?:{_JOIN}{_UPPER}{after}){{0,3}}"
    title = rf"{_TITLE}{after}(?:{_JOIN}{_TITLE}{after}){{0,3}}"
    day = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ ])?{dates.month_day}"
    iso = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    when = rf"(?P<date>{day}|{iso})"
    several = rf"{name('()')}(?:[-/ ]{name('()')})*" if guarded else name("()")
    sign = rf"(?:\((?P<agency>{several})\)|/(?P<slashed>{name('/')})/\.?|\[(?P<square>{name('[]')})\])"
    sign2 = re.sub(r"P<(agency|slashed|square)>", r"P<\g<1>2>", sign)
    other = r"\((?P<agency>[A-Z][\w.&’' -]{1,30}(?:/[A-Z][\w .]{1,20})?)\)"
    dash = rf"[ ]?{_DASH}"
    either_case = rf"(?P<place>{upper}|{title})"
    sources = {
        "place-date-agency": rf"{either_case}(?:[ ]\[[A-Z][A-Za-z .]+\])?,?[ ]{{1,2}}{when}[.,]?[ ]?{sign}(?P<dash>{dash})?",
        "place-agency": rf"{either_case},?[ ]?{sign}(?P<dash>{dash})",
        "place-agency-date": rf"{either_case},?[ ]?{sign},?[ ]{when}(?P<dash>{dash})",
        "place-agency-bare": rf"(?P<place>{upper})[ ]{sign}(?P<dash>)(?=[ ]?[\"“A-Z])",
        "date-agency": rf"{when}[ ]?{sign}(?P<dash>{dash})",
        "agency-only": rf"{sign}(?P<dash>{dash}|(?=[ ][\"“A-Z]))",
        "agency-first": rf"(?P<agency>{name(',')}),[ ]{when}(?P<dash>{dash})",
        "place-date-other": rf"{either_case},?[ ]{{1,2}}{when}[.,]?[ ]?{other}(?P<dash>{dash})",
        "place-other": rf"(?P<place>{upper}),?[ ]?{other}(?P<dash>[ ]?(?:--|–|—|_|-(?=[ ])))",
        "place-date": rf"{either_case},?[ ]{{1,2}}{when}(?P<dash>[ ]?(?:-{{1,2}}|–|—|_|:)|\.[ ]?[-–—]{{1,2}})",
        "place-dash-date": rf"{either_case}(?P<dash>[ ]?[-–—]{{1,2}})[ ]{when}[ ]?[:–—-]",
        "place-dash": rf"(?P<place>{upper})(?P<dash>[ ]?--|[ ][-–_](?=[ ])|[ ]?—|[ ]?:(?=[ ]))",
        "place-sentence": rf"(?P<place>{upper}),?[ ]{when}(?P<dash>\.)(?=[ ][A-Z])",
        "inline": rf"(?<![\w.(])(?:(?P<place>{upper}),[ ]{{1,2}}{when}[.,]?[ ]?{sign}(?P<dash>{dash})?"
        rf"|{_UPPER}{after}[ ]{sign2}{dash})",
    }
    return {shape: Expression(source) for shape, source in sources.items()}
