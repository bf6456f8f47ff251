"""What the furniture of a story says: revision marks, bylines, dates, contact, rights; noted as lines are read."""

from __future__ import annotations

import datetime as dt
import re

from dateline.model import Revision, Span
from dateline.wire import captions
from dateline.wire.datelines import Found
from dateline.wire.dates import make_date, year_for
from dateline.wire.layouts import NAMES, Layouts, Mark

BY_TAIL = re.compile(rf"(?:^|(?<=[\s)=.|]))(?:By|BY) (?P<who>{NAMES})[\s,=]*$")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:[.]\d+)?(?:am|pm|z)?|\d{4}(?:gmt|hrs)?|[+-]\d{2}:?\d{2}|t\d{2}:\d{2}\S*",
    re.IGNORECASE,
)


def tidy_name(printed: str) -> str:
    """A byline without the stops and blanks around it; the stop of an initial or of "Jr." stays."""
    name = " ".join(printed.split()).rstrip(" =,")
    return name if re.search(r"(?:\b[A-Z]|Jr|Sr)\.$", name) else name.rstrip(".")


class Furniture:
    """Reads the lines that belong to no block, and settles what they say together."""

    def __init__(
        self,
        text: str,
        layouts: Layouts,
        given: dt.date | None,
        source: str,
        id: str,
    ) -> None:
        """Start with nothing noted; ``given`` is the day of publication that came with the text."""
        self.text, self.layouts = text, layouts
        self.given, self.origin = given, f"{source} {id}"
        self.dateline: Found | None = None
        self.drafts: list[captions.Draft] = []
        self.revisions: list[tuple[int, Revision, str]] = []
        self.bylines: list[str] = []
        self.credits: list[tuple[str, str]] = []
        self.contact: str | None = None
        self.rights: str | None = None
        self.page_dates: list[tuple[dt.date, str]] = []
        self.rules: list[str] = []
        self.notes: list[str] = []

    def inline_marks(self, start: int, end: int) -> tuple[int, int]:
        """Take revision marks out of a head line; what lies between the marks (the headline) is left."""
        text = self.text
        cuts: list[tuple[int, int]] = []
        for mark in self.layouts.revisions:
            if mark.whole:
                continue
            for match in mark.pattern.finditer(text[start:end]):
                s, e = start + match.start(), start + match.end()
                if any(s < b and a < e for a, b in cuts):
                    continue
                cuts.append((s, e))
                self.revise(mark, match, s, e)
        if not cuts:
            return start, end
        best = (start, start)
        position = start
        for s, e in [*sorted(cuts), (end, end)]:
            if s - position > best[1] - best[0]:
                best = (position, s)
            by = BY_TAIL.search(text, position, s)
            if by is not None and (s, e) == (end, end):
                self.bylines.append(by["who"])
                if best == (position, s):
                    best = (position, by.start())
            position = e
        s, e = self.trim(*best)
        while s < e and text[s] in "-–—:) ":
            s += 1
        return s, e

    def revise(self, mark: Mark, match: re.Match[str], start: int, end: int) -> None:
        """Note a revision mark."""
        printed = match.group().strip().strip("()").strip()
        number = match.groupdict().get("n")
        known = {"LEAD": 1}.get(printed) if number is None else int(number)
        revision = Revision(printed.rstrip(":!"), mark.kind, known if number else None, Span(start, end))
        rank = self.layouts.revision_order.index(mark.kind)
        self.revisions.append(
            (
                rank * 1000 + [m.id for m in self.layouts.revisions].index(mark.id) * 20 + min(len(self.revisions), 19),
                revision,
                mark.id,
            )
        )

    def furniture(self, start: int, end: int, zone: str) -> str | None:
        """The role of a line that belongs to no block, or None; what it says is noted."""
        text, layouts = self.text, self.layouts
        line = text[start:end]
        if len(line) > 420:
            return None
        for mark in layouts.revisions:
            if mark.whole and (match := mark.pattern.fullmatch(line)):
                self.revise(mark, match, start, end)
                return "revision"
        if zone != "body" or len(line) < 200:
            role = self.byline(line, zone)
            if role:
                return role
        for mark in layouts.furniture:
            if mark.where != "any" and (mark.where == "head") != (zone == "head"):
                continue
            match = mark.pattern.fullmatch(line)
            if match is None or not line.strip():
                continue
            if mark.kind == "transmission" and "yy" in match.groupdict():
                self.file_time(match)
            elif mark.kind in ("slug", "transmission"):
                self.inline_marks(start, end)
            elif mark.kind == "contact" and self.contact is None:
                address = _EMAIL.findall(line)
                self.contact = ", ".join(address) if address else line
            elif mark.kind == "rights" and self.rights is None:
                self.rights = line
            return mark.kind
        if self.is_date_line(line):
            for date in layouts.dates.find(line):
                if date.date is not None:
                    self.page_dates.append((date.date, "leading date" if zone == "head" else "page date"))
            return "date"
        if captions.is_credit(line, layouts) and len(line) < 80:
            return "credit"
        return None

    def byline(self, line: str, zone: str) -> str | None:
        """Note a byline or a line of credits; returns the role "byline", or None where the line is neither."""
        layouts = self.layouts
        for mark in layouts.bylines:
            if mark.where == "head" and zone != "head":
                continue
            match = mark.pattern.fullmatch(line)
            if match is None:
                continue
            if mark.id == "credit":
                self.credit(line)
            else:
                self.bylines.append(match["who"].strip())
                rest = match.groupdict().get("rest") or ""
                for date in layouts.dates.find(rest):
                    if date.date is not None:
                        self.page_dates.append((date.date, "leading date"))
            return "byline"
        if zone == "head" and self.bylines and layouts.job_title.fullmatch(line):
            return "byline"
        return None

    def credit(self, line: str) -> None:
        """Note who reported, wrote and edited."""
        for match in self.layouts.credit_role.finditer(line):
            self.credits.append((match["role"].lower(), match["who"].strip(" .,")))

    def file_time(self, match: re.Match[str]) -> None:
        """Note the day of a transmission line: ``212101 GMT Nov 18`` is 21 November 2018, 21:01."""
        month = self.layouts.dates.months.get(match["mon"].lower())
        year = int(match["yy"])
        if month:
            year += 0 if year > 99 else (2000 if year < 70 else 1900)
            date = make_date(year, month, int(match.group()[:2]))
            if date is not None:
                self.page_dates.append((date, "transmission line"))

    def is_date_line(self, line: str, lead: bool = False) -> bool:
        """Whether a line holds a date and nothing else that matters: ``Published: 4 March 2022, 10:30 GMT``."""
        if len(line) > 120:
            return False
        rest, found, clock = line, False, False
        for date in reversed(list(self.layouts.dates.find(line))):
            rest, found = rest[: date.start] + " " + rest[date.end :], True
        for word in re.split(r"[\s()|,/]+", rest):
            bare = word.strip(".:;-–—·•").casefold()
            if _CLOCK.fullmatch(bare):
                clock = True
            elif len(bare) <= 2 and (bare.isdigit() or not bare):  # "10: 30"
                continue
            elif bare not in self.layouts.date_words and bare not in self.layouts.dates.weekdays:
                return False
        return found or clock or lead

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """A span without the blanks and heading signs around it."""
        text = self.text
        while start < end and text[start] in " \t\n\u00a0#":
            start += 1
        while end > start and text[end - 1] in " \t\n\u00a0=<":
            end -= 1
        return start, end

    def who(self) -> str | None:
        """The byline: who signs at the head, else who reported, else who wrote."""
        if self.bylines:
            return tidy_name(self.bylines[0])
        for wanted in ("report", "writ", "compil"):
            for role, who in self.credits:
                if role.startswith(wanted):
                    return tidy_name(re.split(r" (?:in|at|from) (?=[A-Z])", who)[0])
        return None

    def settle_dates(self) -> tuple[dt.date | None, dt.date | None, str | None]:
        """The dateline's day, the day of publication, and what the latter rests on; None where nothing printed tells."""
        found = self.dateline.date if self.dateline else None
        day = found.date if found else None
        order = {"leading date": 0, "transmission line": 1, "page date": 2}
        page = min(self.page_dates, key=lambda p: order[p[1]], default=None)
        published, basis = (self.given, "given") if self.given else (None, None)
        if published is None and page is not None and page[1] == "leading date":
            published, basis = page
        if published is None and day is not None:
            published, basis = day, "dateline"
        if published is None and page is not None:
            published, basis = page
        if found is not None and day is None:
            day = self.complete(found.month, found.day, published)
            if day is None:
                self.notes.append("the dateline prints no year and nothing else in the story tells it")
            elif published is None:
                published, basis = day, "dateline"
        return day, published, basis

    def complete(self, month: int, day: int, published: dt.date | None) -> dt.date | None:
        """The dateline's day with the year that other printed dates give, or None."""
        if published is not None:
            return year_for(month, day, published, before=31, after=2)
        for draft in self.drafts:
            for date in captions.printed_dates(self.text, draft, self.layouts):
                if date.date is not None and (found := year_for(month, day, date.date, before=7, after=14)):
                    return found
        for named in self.layouts.dates.in_name(self.origin):
            if found := year_for(month, day, named, before=3, after=3):
                self.notes.append("year of the dateline from the date in the story's id or source name")
                return found
        return None
