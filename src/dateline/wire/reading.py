"""Walks the lines of one story: head, dateline, body; what is left of the lines becomes the blocks."""

from __future__ import annotations

import datetime as dt
import re

from dateline.errors import StoryError
from dateline.model import Block, Caption, Dateline, Span, Story
from dateline.wire import captions
from dateline.wire.furniture import BY_TAIL, Furniture
from dateline.wire.language import language_of
from dateline.wire.layouts import NAMES, Layouts
from dateline.wire.lines import Line, is_wrapped, split_lines, words

_BY_HEAD = re.compile(rf"(?:By|BY) (?P<who>{NAMES}) ?(?:\||–|—)\s+")
_POSTED = re.compile(r"\b(?:Posted|Published|First published|Updated|Last updated|UPDATED|PUBLISHED)\b:? ")
_CREDIT_TAIL = re.compile(
    r"\(?\b(?:Additional reporting|Reporting|REPORTING|Writing|Editing|Compiled)(?: and (?:writing|editing|[Ww]riting))? by [^()]{3,300}\)?\s*$"
)
_END_TAIL = re.compile(r"\s*(?:(?:-0-|-30-|Enditem|\((?:END|ENDS|End|Ends|MORE|More|more)\)|#{3,}|/END/|ENDS)\s*)+$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def is_titled(line: str) -> bool:
    """Whether a line is printed like a title: nearly all of its longer words begin with a capital.

    >>> is_titled("Ministers Agree on New Fishing Rules."), is_titled("Ministers agreed on Monday.")
    (True, False)
    """
    long = [w for w in line.split() if len(w) > 3]
    return sum(w[0].isupper() for w in long) >= 0.8 * len(long)


class Reading(Furniture):
    """The reading of one story: filled step by step by :meth:`read`, read out once by :meth:`story`."""

    def __init__(
        self, text: str, layouts: Layouts, given: dt.date | None, source: str, id: str, title: str | None
    ) -> None:
        """Split the text into lines; nothing is read yet."""
        super().__init__(text, layouts, given, source, id)
        self.title = title
        self.lines = split_lines(text)
        self.wrapped = is_wrapped(text, self.lines)
        self.agency: str | None = None
        self.blocks: list[Block] = []
        self.pieces: list[tuple[int, int, Line]] = []  # what is left of the head
        self.paragraphs: list[tuple[int, int, bool]] = []  # start, end, whether a new paragraph begins here

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
        by = BY_TAIL.search(text, start, end)
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
        """Whether a line is furniture that stands in heads, or a byline."""
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
