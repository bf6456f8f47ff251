"""Finds the dateline of a story: ``SEOUL, July 27 (Yonhap) --`` and its many relatives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.wire.dates import DateReader, Printed
from dateline.wire.gazette import Gazette, fold

_UP = r"(?:[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž'’.‘-]*[A-ZÀ-ÞĀ-Ž.]|[A-Z]\b)"
_UPPER = rf"{_UP}(?:[ ](?:{_UP}|of|de|del|da|do|du|la|al-{_UP}|el-{_UP})){{0,4}}"
_TI = r"[A-ZÀ-ÞĀ-Ž][\w'’‘-]+\.?"
_TITLE = rf"{_TI}(?:[ ](?:{_TI}|of|de|del|da|do|du|la|al|es|el|en|sur|the|am)(?=[ ,/(]|$)){{0,4}}"
_AFTER = r"(?:,[ ]?(?!{month})(?:[A-ZÀ-ÞĀ-Ž][\w.'’&-]*(?:[ ](?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*|of|the|and|de)){{0,4}})){{0,2}}"
_JOIN = r"(?:[ ]?/[ ]?|[ ]and[ ]|,[ ]and[ ])"
_DASH = r"(?:-{1,3}|–|—|―|_|&mdash;|:|\.\s?-)"


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency: the name a record carries, and its seat."""

    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline as found: where it stands, where the story's text begins after it, and its parts."""

    start: int
    end: int  # end of the dateline proper, the dash left out
    body: int  # first character of the text after it
    place: str | None
    date: Printed | None
    agency: str | None
    shape: str


class DatelineReader:
    """Finds datelines; compiled once from the layouts."""

    def __init__(
        self, agencies: Mapping[str, Agency], dates: DateReader, gazette: Gazette, not_places: frozenset[str]
    ) -> None:
        """Compile the shapes of datelines."""
        self.agencies, self.dates, self.gazette, self.not_places = agencies, dates, gazette, not_places
        known = "|".join(re.escape(a) for a in sorted(agencies, key=len, reverse=True))
        after = _AFTER.format(month=rf"{dates.month}\s?\d|\d")
        upper = rf"{_UPPER}{after}(?:{_JOIN}{_UPPER}{after}){{0,3}}"
        title = rf"{_TITLE}{after}(?:{_JOIN}{_TITLE}{after}){{0,3}}"
        day = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ ])?{dates.month_day}"
        iso = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
        when = rf"(?P<date>{day}|{iso})"
        sign = (
            rf"(?:\((?P<agency>(?:{known})(?:[-/ ](?:{known}))*)\)|/(?P<slashed>{known})/\.?|\[(?P<square>{known})\])"
        )
        other = r"\((?P<agency>[A-Z][\w.&’' -]{1,30}(?:/[A-Z][\w .]{1,20})?)\)"
        dash = rf"[ ]?{_DASH}"
        self.shapes: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
            (name, re.compile(source))
            for name, source in (
                ("place-date-agency", rf"(?P<place>{upper}|{title}),?[ ]{{1,2}}{when}[.,]?[ ]?{sign}(?P<dash>{dash})?"),
                ("place-agency", rf"(?P<place>{upper}|{title}),?[ ]?{sign}(?P<dash>{dash})"),
                ("place-agency-date", rf"(?P<place>{upper}|{title}),?[ ]?{sign},?[ ]{when}(?P<dash>{dash})"),
                ("place-agency-bare", rf"(?P<place>{upper})[ ]{sign}(?P<dash>)(?=[ ]?[\"“A-Z])"),
                ("date-agency", rf"{when}[ ]?{sign}(?P<dash>{dash})"),
                ("agency-only", rf"{sign}(?P<dash>{dash})"),
                ("agency-first", rf"(?P<agency>{known}),[ ]{when}(?P<dash>{dash})"),
                ("place-date-other", rf"(?P<place>{upper}|{title}),?[ ]{{1,2}}{when}[.,]?[ ]?{other}(?P<dash>{dash})"),
                ("place-other", rf"(?P<place>{upper}),?[ ]?{other}(?P<dash>[ ]?(?:--|–|—|_|-(?=[ ])))"),
                (
                    "place-date",
                    rf"(?P<place>{upper}|{title}),?[ ]{{1,2}}{when}(?P<dash>[ ]?(?:-{{1,2}}|–|—|_|:)|\.[ ]?[-–—]{{1,2}})",
                ),
                ("place-dash-date", rf"(?P<place>{upper}|{title})(?P<dash>[ ]?[-–—]{{1,2}})[ ]{when}[ ]?[:–—-]"),
                ("place-dash", rf"(?P<place>{upper})(?P<dash>[ ]?--|[ ][-–_](?=[ ])|[ ]?—|[ ]?:(?=[ ]))"),
                ("place-sentence", rf"(?P<place>{upper}),?[ ]{when}(?P<dash>\.)(?=[ ][A-Z])"),
            )
        )
        self._inline = re.compile(
            rf"(?<![\w.(])(?:(?P<place>{upper}),[ ]{{1,2}}{when}[.,]?[ ]?{sign}(?P<dash>{dash})?|{_UPPER}{after}[ ]{sign.replace('P<agency>', 'P<agency2>').replace('P<slashed>', 'P<slashed2>').replace('P<square>', 'P<square2>')}{dash})"
        )

    def at(self, text: str, start: int, end: int) -> Found | None:
        """The dateline that begins exactly at ``start`` of a line that stops at ``end``, or None."""
        window = min(end, start + 220)
        for name, pattern in self.shapes:
            match = pattern.match(text, start, window)
            if match is not None and self._fits(name, match, text, end):
                return self._found(name, match, text, end)
        return None

    def inside(self, text: str, start: int, end: int) -> Found | None:
        """The dateline further into a line, after a date, a headline or a byline printed on the same line."""
        match = self._inline.search(text, start, min(end, start + 700))
        while match is not None:
            found = self.at(text, self._place_start(text, match.start(), match.end()), end)
            if found is not None and found.agency is not None:
                return found
            match = self._inline.search(text, match.start() + 1, min(end, start + 700))
        return None

    def _place_start(self, text: str, start: int, end: int) -> int:
        """Where the place begins in a run of capitals that may open with a name: ``By JANE DOE OSLO, …``."""
        run = re.split(r"[,(/]", text[start:end], maxsplit=1)[0].rstrip()
        places = [m.start() for m in re.finditer(r"\S+", run)]
        return next((start + p for p in places if self.gazette.knows(run[p:])), start)

    def _fits(self, shape: str, match: re.Match[str], text: str, end: int) -> bool:
        group = match.groupdict()
        place = group.get("place")
        known = place is not None and self.gazette.knows(place)
        if place is not None and (fold(place) in self.not_places or place[:3].casefold() == "by "):
            return False
        if place is not None and not known and fold(place.split()[0]) in self.not_places:
            return False
        rest = text[match.end() : end].strip(" -–—_")
        if shape == "place-dash-date":
            return known
        if shape == "place-other":
            return (known or len(match["dash"]) > 1) and rest[:1].isupper()
        if shape in ("place-date", "place-sentence"):
            assert place is not None
            return (known or place.split(",")[0].isupper()) and (
                not rest or not rest[0].islower() or rest[:2] in ("de", "al")
            )
        if shape == "place-dash":
            assert place is not None
            if not rest or len(rest) < 40 or not any(c.islower() for c in rest[:60]):
                return False
            first = rest.lstrip("\"'“‘«([")[:1]
            if not (first.isupper() or first.isdigit()):
                return False
            if known:
                return True
            return (
                match["dash"].strip() in ("--", "—", "–", "_")
                and text[match.end() : match.end() + 1].isspace()
                and len(place) > 3
                and "." not in place[-2:]
                and place.count(" ") < 3
            )
        return True

    def _found(self, shape: str, match: re.Match[str], text: str, end: int) -> Found:
        group = match.groupdict()
        printed = group.get("agency") or group.get("slashed") or group.get("square")
        agency = None
        if printed:
            agency = self._agency(printed)
        date = None
        if group.get("date"):
            date = next(self.dates.find(text, match.start("date"), match.end("date")), None)
        body = match.end()
        while body < end and text[body] in " \t-–—_":
            body += 1
        stop = match.start("dash") if match.start("dash") >= 0 else match.end()
        while stop > match.start() and text[stop - 1] in " ,.":
            if text[stop - 1] == "." and shape not in ("place-date-agency",):
                break
            stop -= 1
        return Found(match.start(), stop, body, group.get("place"), date, agency, shape)

    def _agency(self, printed: str) -> str:
        agency = self.agencies.get(printed)
        if agency is not None:
            return agency.name
        first = self.agencies.get(re.split(r"[-/]", printed)[0])
        return first.name if first is not None else printed
