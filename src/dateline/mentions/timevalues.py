"""All builders by the name that a rule gives them in ``make``.

A builder turns the slots of a matched pattern into a reading, given the scene it stands in. It returns None when the
words are no time after all (``Feb. 31``), and the next pattern is tried. What the words denote without any known day
stays open: ``XXXX-07-27``.
"""

from __future__ import annotations

from collections.abc import Mapping

from dateline.mentions import timeamounts, timedates, timeparts, timerelative
from dateline.mentions.timescene import Builder

BUILDERS: Mapping[str, Builder] = {
    "duration": timeamounts.duration,
    "vague": timeamounts.vague,
    "every": timeamounts.every,
    "none": timeamounts.none,
    "fixed": timeamounts.fixed,
    "clock": timeamounts.clock,
    "date": timedates.date,
    "month": timedates.month,
    "year": timedates.year,
    "decade": timedates.decade,
    "century": timedates.century,
    "numeric": timedates.numeric,
    "day_number": timedates.day_number,
    "nth_weekday": timedates.nth_weekday,
    "feast": timedates.feast,
    "quarter": timeparts.quarter,
    "the_quarter": timeparts.the_quarter,
    "quarter_ended": timeparts.quarter_ended,
    "year_end": timeparts.year_end,
    "week_of": timeparts.week_of,
    "half": timeparts.half,
    "season": timeparts.season,
    "weekday": timerelative.weekday,
    "day": timerelative.day,
    "same_year": timerelative.same_year,
    "relative": timerelative.relative,
    "ago": timerelative.ago,
}
