"""text -> Story: reads the layout of one story as received. Nothing in the text is changed; spans point into it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable

from dateline.errors import StoryError
from dateline.model import Block, Caption, Dateline, Revision, Span, Story
from dateline.wire import captions
from dateline.wire.datelines import Found
from dateline.wire.dates import make_date, year_for
from dateline.wire.language import language_of
from dateline.wire.layouts import NAMES, Layouts, Mark
from dateline.wire.lines import Line, is_wrapped, split_lines, words

_BY_TAIL = re.compile(rf"(?:^|(?<=[\s)=.|]))(?:By|BY) (?P<who>{NAMES})[\s,=]*$")
_BY_HEAD = re.compile(rf"(?:By|BY) (?P<who>{NAMES}) ?(?:\||–|—)\s+")
_POSTED = re.compile(r"\b(?:Posted|Published|First published|Updated|Last updated|UPDATED|PUBLISHED)\b:? ")
_CREDIT_TAIL = re.compile(
    r"\(?\b(?:Additional reporting|Reporting|REPORTING|Writing|Editing|Compiled)(?: and (?:writing|editing|[Ww]riting))? by [^()]{3,300}\)?\s*$"
)
_END_TAIL = re.compile(r"\s*(?:(?:-0-|-30-|Enditem|\((?:END|ENDS|End|Ends|MORE|More|more)\)|#{3,}|/END/|ENDS)\s*)+$")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:[.]\d+)?(?:am|pm|z)?|\d{4}(?:gmt|hrs)?|[+-]\d{2}:?\d{2}|t\d{2}:\d{2}\S*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def read_story(
    text: str,
    *,
    layouts: Layouts,
    source: str | None = None,
    id: str | None = None,
    published: dt.date | None = None,
    title: str | None = None,
    notes: Iterable[str] = (),
) -> Story:
    """Read one story: its dateline, headline, byline, revision, captions, and the blocks that are to be parsed.

    Raises StoryError for a text without words and for one that is not English.

    >>> from dateline.wire import load_layouts
    >>> story = read_story("OSLO, March 12 (NTB) -- Jane Doe met her Finnish counterpart.", layouts=load_layouts())
    >>> story.agency, story.dateline.country, story.text[slice(*story.blocks[0].span)]
    ('NTB', 'NOR', 'Jane Doe met her Finnish counterpart.')
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = split_lines(text)
    if not any(c.isalnum() for c in text):
        raise StoryError(
            "wire", "the text is empty: nothing to read; leave the story out or check the field that holds its text"
        )
    reading = _Reading(text, lines, layouts, published, source or "", id or "", title)
    reading.read()
    return reading.story(id or story_id(text), source, tuple(notes))


def tidy_name(printed: str) -> str:
    """A byline without the stops and blanks around it; the stop of an initial or of "Jr." stays."""
    name = " ".join(printed.split()).rstrip(" =,")
    return name if re.search(r"(?:\b[A-Z]|Jr|Sr)\.$", name) else name.rstrip(".")


def is_titled(line: str) -> bool:
    """Whether a line is printed like a title: nearly all of its longer words begin with a capital.

    >>> is_titled("Ministers Agree on New Fishing Rules."), is_titled("Ministers agreed on Monday.")
    (True, False)
    """
    long = [w for w in line.split() if len(w) > 3]
    return sum(w[0].isupper() for w in long) >= 0.8 * len(long)


def story_id(text: str) -> str:
    """The id of a story that came without one: a hash of its text."""
    return "s-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class _Reading:
    """The reading of one story: filled step by step, read out once."""

    def __init__(
        self,
        text: str,
        lines: list[Line],
        layouts: Layouts,
        given: dt.date | None,
        source: str,
        id: str,
        title: str | None,
    ) -> None:
        self.text, self.lines, self.layouts = text, lines, layouts
        self.given, self.origin, self.title = given, f"{source} {id}", title
        self.wrapped = is_wrapped(text, lines)
        self.dateline: Found | None = None
        self.agency: str | None = None
        self.blocks: list[Block] = []
        self.drafts: list[captions.Draft] = []
        self.pieces: list[tuple[int, int, Line]] = []  # what is left of the head
        self.paragraphs: list[tuple[int, int, bool]] = []  # start, end, whether a new paragraph begins here
        self.revisions: list[tuple[int, Revision, str]] = []
        self.bylines: list[str] = []
        self.credits: list[tuple[str, str]] = []
        self.contact: str | None = None
        self.rights: str | None = None
        self.page_dates: list[tuple[dt.date, str]] = []
        self.rules: list[str] = []
        self.notes: list[str] = []

    # --- walking the lines --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Walk the lines once, then settle headline and blocks."""
        first = self.find_dateline()
        for line in self.lines[: first if first is not None else 0]:
            self.head_line(line.start, line.end, line)
        rest = self.lines
        if first is not None and self.dateline is not None:
            line = self.lines[first]
            if self.dateline.start > line.start:
                self.head_line(line.start, self.dateline.start, line)
            rest = [Line(self.dateline.body, line.end, False, True), *self.lines[first + 1 :]]
            self.settle_head()
            self.body(rest)
        else:
            self.undated(rest)
        self.join_paragraphs()

    def find_dateline(self) -> int | None:
        """Index of the line that holds the dateline."""
        reader = self.layouts.dateline_reader
        prose = 0
        for index, line in enumerate(self.lines[:80]):
            found = reader.at(self.text, line.start, line.end)
            if found is None and line.end - line.start > 30:
                found = reader.inside(self.text, line.start, line.end)
            if found is not None:
                self.dateline, self.agency = found, found.agency
                self.rules.append(f"layouts/dateline/{found.shape}")
                return index
            long = line.end - line.start > (60 if self.wrapped else 160)
            if long and not captions.find_caption(self.text, line.start, line.end, self.layouts):
                prose += line.end - line.start
                if prose > 1500:
                    break
        return None

    def head_line(self, start: int, end: int, line: Line) -> None:
        """Read one line (or the first part of it) that stands before the dateline."""
        text, layouts = self.text, self.layouts
        draft = captions.find_caption(text, start, end, layouts)
        if draft is not None:
            self.drafts.append(draft)
            return
        if self.furniture(start, end, "head"):
            return
        start, end = self.inline_marks(start, end)
        posted = _POSTED.search(text, start, end)
        if posted is not None and posted.start() > start and self.is_date_line(text[posted.start() : end]):
            for date in layouts.dates.find(text, posted.start(), end):
                if date.date is not None:
                    self.page_dates.append((date.date, "leading date"))
            end = posted.start()
        first = _BY_HEAD.match(text, start, end)
        if first is not None:
            self.bylines.append(first["who"])
            start = first.end()
        by = _BY_TAIL.search(text, start, end)
        if by is not None and by.start() > start:
            self.bylines.append(by["who"])
            end = by.start()
        start, end = self.trim(start, end)
        lead = next(layouts.dates.find(text, start, min(end, start + 60)), None)
        if lead is not None and lead.date is not None and self.is_date_line(text[start : lead.start], lead=True):
            self.page_dates.append((lead.date, "leading date"))
            start, end = self.trim(lead.end, end)
        if start < end and any(c.isalnum() for c in text[start:end]):
            self.pieces.append((start, end, line))

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
            by = _BY_TAIL.search(text, position, s)
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

    # --- head and body ------------------------------------------------------------------------------------------

    def settle_head(self) -> None:
        """Tell headline, sub-headline, summary and page furniture apart in what is left of the head."""
        text = self.text
        pieces = self.join_headline(self.pieces)
        while (
            len(pieces) > 1
            and words(text[pieces[0][0] : pieces[0][1]]) < 3
            and words(text[pieces[1][0] : pieces[1][1]]) > 3
        ):
            pieces.pop(0)
        for number, (start, end) in enumerate(pieces):
            length = words(text[start:end])
            ended = _SENTENCE_END.search(text, start, end) is not None
            if length > 32 or (ended and length > 15 and not is_titled(text[start:end])):
                self.blocks.append(Block("body", Span(start, end)))
            elif number < 3 and (number == 0 or length > 2):
                self.blocks.append(Block("headline", Span(start, end)))
            elif length > 6 and ended:
                self.blocks.append(Block("body", Span(start, end)))

    def join_headline(self, pieces: list[tuple[int, int, Line]]) -> list[tuple[int, int]]:
        """Pieces of the head with a headline wrapped over two lines made one."""
        text = self.text
        out: list[tuple[int, int]] = []
        previous: Line | None = None
        for start, end, line in pieces:
            if (
                out
                and previous is not None
                and not line.gap
                and not out[-1][1] > line.start
                and "\n" in text[out[-1][1] : start]
            ):
                head = text[out[-1][0] : out[-1][1]]
                adjacent = text.count("\n", out[-1][1], start) == 1
                short = len(head) < 40 and end - start < 60
                if (
                    adjacent
                    and not _SENTENCE_END.search(head)
                    and (text[start].islower() or short or (self.wrapped and len(head) > 55))
                ):
                    out[-1] = (out[-1][0], end)
                    previous = line
                    continue
            out.append((start, end))
            previous = line
        return out

    def undated(self, lines: list[Line]) -> None:
        """A story without dateline: the head ends where the first paragraph begins."""
        index = 0
        while index < len(lines):
            line = lines[index]
            kept = len(self.pieces)
            start, end = line.start, line.end
            if self.is_paragraph(lines, index):
                break
            self.head_line(start, end, line)
            index += 1
            if len(self.pieces) > kept and len(self.pieces) >= 3:
                break
        self.settle_head()
        self.body(lines[index:])

    def is_paragraph(self, lines: list[Line], index: int) -> bool:
        """Whether the text of an undated story begins on this line."""
        text, line = self.text, lines[index]
        printed = text[line.start : line.end]
        if captions.find_caption(text, line.start, line.end, self.layouts):
            return False
        count = words(printed)
        after = lines[index + 1 :]
        if not after:
            return True
        if count > 30 or line.end - line.start > 220:
            return True
        if self.wrapped and line.end - line.start > 45 and not after[0].gap and not after[0].indent:
            return True
        if _SENTENCE_END.search(printed):
            titled = count <= 18 and is_titled(printed)
            return not titled and count > 3 and not self.known_head(printed)
        return self.pieces != [] and len(self.pieces) >= 2 and count > 12

    def known_head(self, line: str) -> bool:
        return any(m.pattern.fullmatch(line) for m in self.layouts.furniture if m.where != "tail") or any(
            m.pattern.fullmatch(line) for m in self.layouts.bylines
        )

    def body(self, lines: list[Line]) -> None:
        """Read the lines of the body: paragraphs, captions, and the furniture between and after them."""
        text = self.text
        over = False  # past the end mark, or in a list of links
        begun = False
        pending = False  # a caption label stood alone on the line before
        for line in lines:
            start, end = line.start, line.end
            if start >= end:
                continue
            draft = captions.find_caption(text, start, end, self.layouts)
            if draft is not None:
                if draft.span.start >= draft.span.end:
                    pending = draft.credit is None
                    continue
                self.drafts.append(draft)
                for s, e in ((start, draft.outer.start), (draft.outer.end, end)):
                    if any(c.isalnum() for c in text[s:e]):
                        self.paragraph(s, e, line, True)
                        begun = True
                pending = False
                continue
            if pending and end - start < 700:
                self.drafts.append(
                    captions.Draft(Span(start, end), Span(start, end), None, None, ["layouts/caption/label-line"])
                )
                pending = False
                continue
            role = self.furniture(start, end, "body" if begun else "head")
            if role in ("end", "notebook"):
                over = True
            if role is not None:
                continue
            if over:
                if self.wrapped or end - start < 160 or not _SENTENCE_END.search(text, start, end):
                    continue
                self.notes.append("the text goes on after an end mark or a list of links")
                over = False
            over = self.paragraph(start, end, line, line.gap or line.indent) or over
            begun = True
        self.sign()

    def paragraph(self, start: int, end: int, line: Line, fresh: bool) -> bool:
        """Note a stretch of body text; returns whether an end mark closed it."""
        text = self.text
        ended = _END_TAIL.search(text, start, end)
        if ended is not None:
            end = ended.start()
        credit = _CREDIT_TAIL.search(text, max(start, end - 400), end)
        if credit is not None:
            self.credit(credit.group())
            end = credit.start()
        start, end = self.trim(start, end)
        if start < end and any(c.isalnum() for c in text[start:end]):
            self.paragraphs.append((start, end, fresh or not self.wrapped))
        return ended is not None

    def sign(self) -> None:
        """Find the agency that signs at the end of the last paragraph: ``… officials said. - Bernama``."""
        if not self.paragraphs:
            return
        start, end, fresh = self.paragraphs[-1]
        match = self.layouts.signature.search(self.text, max(start, end - 60), end)
        if match is not None:
            agency = self.layouts.agency(match["a"] or match["b"] or "")
            if agency is not None:
                self.agency = self.agency or agency.name
                self.rules.append("layouts/agency/signature")
                start, end = self.trim(start, match.start())
                self.paragraphs[-1:] = [(start, end, fresh)] if start < end else []

    def join_paragraphs(self) -> None:
        """Make blocks of the body: one per paragraph."""
        joined: list[tuple[int, int]] = []
        for start, end, fresh in self.paragraphs:
            if fresh or not joined:
                joined.append((start, end))
            else:
                joined[-1] = (joined[-1][0], end)
        self.blocks.extend(Block("body", Span(s, e)) for s, e in joined)
        self.blocks.extend(Block("caption", d.span) for d in self.drafts if d.span.start < d.span.end)
        if not any(b.kind == "body" for b in self.blocks):
            heads = [b for b in self.blocks if b.kind == "headline"]
            if heads:
                self.blocks = [Block("body", b.span) if b.kind == "headline" else b for b in self.blocks]
            elif not self.blocks:
                self.notes.append("no layout recognised: every line is read as text")
                self.blocks = [Block("body", Span(line.start, line.end)) for line in self.lines]
        self.blocks.sort(key=lambda block: block.span)

    # --- reading out --------------------------------------------------------------------------------------------

    def story(self, id: str, source: str | None, notes: tuple[str, ...]) -> Story:
        """The Story, with its dates settled."""
        text, layouts = self.text, self.layouts
        day, published, basis = self.settle_dates()
        head = next((b for b in self.blocks if b.kind == "headline"), None)
        headline = " ".join(text[head.span.start : head.span.end].split()) if head else self.title
        shown: list[Caption] = []
        for draft in sorted(self.drafts, key=lambda d: d.span):
            if draft.span.start < draft.span.end:
                shown.append(captions.resolve(text, draft, layouts, day or published))
                self.rules.extend(draft.rules)
        revision = None
        if self.revisions:
            _, revision, rule = min(self.revisions, key=lambda r: r[0])
            self.rules.append(f"layouts/revision/{rule}")
        dateline = None
        if self.dateline is not None:
            found = self.dateline
            place = " ".join(found.place.split()) if found.place else None
            country = layouts.gazette.country(place) if place else None
            dateline = Dateline(
                text[found.start : found.end], Span(found.start, found.end), place, country, day, found.agency
            )
        spoken = " ".join(text[b.span.start : b.span.end] for b in self.blocks if b.kind != "caption")
        language = language_of(spoken, layouts)
        if language != "en":
            name = layouts.languages.get(language, language)
            raise StoryError(
                "wire",
                f"the text reads as {name} ({language}), English expected; leave the story out or translate it first",
            )
        return Story(
            id=id,
            text=text,
            blocks=tuple(self.blocks),
            source=source,
            headline=headline,
            agency=self.agency,
            dateline=dateline,
            published=published,
            published_basis=basis,
            byline=self.who(),
            contact=self.contact,
            revision=revision,
            captions=tuple(shown),
            rights=self.rights,
            language=language,
            notes=(*notes, *self.notes),
            rules=tuple(dict.fromkeys(self.rules)),
        )

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
