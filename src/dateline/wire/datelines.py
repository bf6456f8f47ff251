"""Finds the dateline of a story: ``SEOUL, July 27 (Yonhap) --`` and its many relatives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dateline.wire.dateline_shapes import DATED, NAMED, SHAPES, SIGNED, Expression, anything, either, shapes
from dateline.wire.dates import DateReader, Printed
from dateline.wire.gazette import Gazette, fold

_DIGIT = re.compile(r"\d")
_ROUND = re.compile(r"\(([^()]+)\)")
_SQUARE = re.compile(r"\[([^\[\]]+)\]")
_BETWEEN = re.compile(r"[-/ ]")


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
    """Finds datelines; the shapes are compiled when they are first needed.

    Each shape has two expressions: a loose one, in which anything may stand for the name of an agency, and the exact
    one, which spells all names out. What the loose one finds is looked up in the tables; the exact one, slow to
    compile, is asked only where they do not confirm it, since it may then still find another way to read the line.
    """

    def __init__(
        self, agencies: Mapping[str, Agency], dates: DateReader, gazette: Gazette, not_places: frozenset[str]
    ) -> None:
        """Keep the tables; nothing is compiled yet."""
        self.agencies, self.dates, self.gazette, self.not_places = agencies, dates, gazette, not_places
        self._longest = max(map(len, agencies), default=0)
        self._dated_part = re.compile(rf",[ ]?(?:{dates.month}\s?\d|\d)")

    @cached_property
    def _loose(self) -> Mapping[str, Expression]:
        return shapes(self.dates, lambda stop: anything(self.agencies, stop), guarded=False)

    @cached_property
    def _exact(self) -> Mapping[str, Expression]:
        known = either(self.agencies)
        return shapes(self.dates, lambda _: known, guarded=True)

    def at(self, text: str, start: int, end: int) -> Found | None:
        """The dateline that begins exactly at ``start`` of a line that stops at ``end``, or None."""
        window = min(end, start + 220)
        signed = self._signed(text, start, window)
        dated = _DIGIT.search(text, start, window) is not None
        for name in SHAPES:
            if (name in SIGNED and not signed) or (name in DATED and not dated):
                continue
            match = self._match(name, text, start, window)
            if match is not None and self._fits(name, match, text, end):
                return self._found(name, match, text, end)
        return None

    def inside(self, text: str, start: int, end: int) -> Found | None:
        """The dateline further into a line, after a date, a headline or a byline printed on the same line."""
        window = min(end, start + 700)
        if not self._signed(text, start, window):
            return None
        loose = self._loose["inline"].pattern
        at = start
        while (near := loose.search(text, at, window)) is not None:
            at = near.start() + 1
            match = (
                near
                if self._confirms("inline", near)
                else self._exact["inline"].pattern.match(text, near.start(), window)
            )
            if match is None:
                continue
            found = self.at(text, self._place_start(text, match.start(), match.end()), end)
            if found is not None and found.agency is not None:
                return found
        return None

    def _match(self, name: str, text: str, start: int, end: int) -> re.Match[str] | None:
        """What the exact expression of a shape matches, found with the loose one where the tables confirm it."""
        match = self._loose[name].pattern.match(text, start, end)
        if match is None or self._confirms(name, match):
            return match
        return self._exact[name].pattern.match(text, start, end)

    def _signed(self, text: str, start: int, end: int) -> bool:
        """Whether the name of an agency stands in brackets or between slashes."""
        if any(self._named(m[1]) for m in _ROUND.finditer(text, start, end)):
            return True
        if any(m[1] in self.agencies for m in _SQUARE.finditer(text, start, end)):
            return True
        first = text.find("/", start, end)
        while first >= 0:
            stop = min(end, first + self._longest + 2)
            last = text.find("/", first + 1, stop)
            while last >= 0:
                if text[first + 1 : last] in self.agencies:
                    return True
                last = text.find("/", last + 1, stop)
            first = text.find("/", first + 1, end)
        return False

    def _named(self, printed: str) -> bool:
        """Whether a text is the name of an agency, or several with a hyphen, a slash or a blank between them."""
        if printed in self.agencies:
            return True
        cuts = (m.start() for m in _BETWEEN.finditer(printed))
        return any(printed[:cut] in self.agencies and self._named(printed[cut + 1 :]) for cut in cuts)

    def _confirms(self, name: str, match: re.Match[str]) -> bool:
        """Whether the agencies of a loose match are in the tables and its place holds nothing that is a date."""
        group = match.groupdict()
        place = match.end("place") if group.get("place") is not None else match.start()
        if name in NAMED:
            for key, printed in group.items():
                if printed is None or key in ("place", "date", "dash"):
                    continue
                if not (self._named(printed) if key.startswith("agency") else printed in self.agencies):
                    return False
                if name == "inline" and group["place"] is None:
                    place = match.start(key)
        part = self._dated_part.search(match.string, match.start(), match.endpos)
        return part is None or part.start() >= place

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
