"""Photo captions: where they stand, who took or carried the photo, the day it shows, the rights printed with it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from dateline.model import Caption, Span
from dateline.wire.dates import Printed, year_for
from dateline.wire.layouts import Layouts

_TAIL = re.compile(r"[\s()\[\].,;/-]*")
_STOP = re.compile(r"[.!?][\"”]?(?=\s)")
_SHOT = ("taken", "captured")


@dataclass(slots=True)
class Draft:
    """A caption as found: its own words, the furniture around it, and what was printed; dates are resolved later."""

    outer: Span
    span: Span
    credit: str | None
    rights: str | None
    rules: list[str]


def find_caption(text: str, start: int, end: int, layouts: Layouts) -> Draft | None:
    """The caption on a line ``[start, end)``: labelled, credited, or opened like one; None if there is none.

    With a label further into the line the caption runs from the label to its credit.
    """
    line = text[start:end]
    for label in layouts.caption_labels:
        match = label.pattern.search(line)
        if match is not None:
            return _draft(text, start + match.start(), start + match.end(), end, layouts, label.id)
    if end - start > 1200:
        return None
    opened = layouts.caption_opening.match(line) is not None
    rights = layouts.caption_rights.search(line)
    if rights is not None and (opened or len(line) - rights.end() < 40):
        return _draft(text, start, start, end, layouts, None)
    for mark in layouts.caption_credits:
        if mark.needs == "opening" and not opened:
            continue
        for match in mark.pattern.finditer(line):
            if _TAIL.fullmatch(line, match.end()) and (match.start() > 15 or opened):
                return _draft(text, start, start, end, layouts, None)
    return None


def is_credit(line: str, layouts: Layouts) -> bool:
    """Whether a line is nothing but a photo credit: ``Photo: Jane Doe/NTB``."""
    return any(
        m.start() < 3 and _TAIL.fullmatch(line, m.end()) is not None
        for mark in layouts.caption_credits
        if (m := mark.pattern.search(line))
    )


def _draft(text: str, outer: int, start: int, end: int, layouts: Layouts, label: str | None) -> Draft:
    while start < end and text[start] in " \t:|":
        start += 1
    rules = [f"layouts/caption/{label}"] if label else []
    body_end, stop = end, end
    credit: str | None = None
    rights_match = layouts.caption_rights.search(text, start, end)
    rights = rights_match["rights"].strip() if rights_match else None
    if rights_match is not None:
        body_end, stop = rights_match.start(), rights_match.end()
    signed = False
    line = text[start:end]
    for mark in layouts.caption_credits:
        for match in mark.pattern.finditer(line):
            at = start + match.start()
            tail = _TAIL.fullmatch(text, start + match.end(), end)
            near = rights_match is not None and 0 <= at - rights_match.end() < 4
            if not (tail or near or (label and mark.id == "agency-bracket")):
                continue
            credit = match["who"].strip()
            rules.append(f"layouts/caption/{mark.id}")
            body_end, stop = min(body_end, at), max(start + match.end(), stop if rights_match else 0)
            signed = True
            break
        if signed:
            break
    signature = layouts.signature.search(text, start, end)
    if not signed and signature is not None and signature["b"]:
        credit, signed = signature["b"], True
        body_end, stop = min(body_end, signature.start("b") - 1), end
    if not signed and rights_match is None:
        closed = _STOP.search(text, start, end) if end - start > 500 else None  # the story goes on behind the caption
        body_end = stop = closed.end() if closed is not None else end
    if end - stop <= 3:
        stop = end
    carried = layouts.carried.search(text, start, body_end)
    if carried is not None:
        name = layouts.possessive.sub("", carried["who"].strip())
        agency = layouts.agency(name) or layouts.agency(carried["who"].strip())
        credit = agency.name if agency else carried["who"].strip()
        rules.append("layouts/caption/carried")
    while body_end > start and text[body_end - 1] in " \t\n/|[(":
        body_end -= 1
    return Draft(Span(outer, stop), Span(start, body_end), credit, rights, rules)


def printed_dates(text: str, draft: Draft, layouts: Layouts) -> list[Printed]:
    """Dates printed in the caption."""
    return list(layouts.dates.find(text, draft.span.start, draft.span.end))


def resolve(text: str, draft: Draft, layouts: Layouts, day: dt.date | None) -> Caption:
    """The caption with the day its photo shows, as far as that is printed.

    A date right beside "carried by" or "released by" is the day it was carried: "the previous day" counts from it,
    and without such words the day of the photo stays unknown.
    """
    start, end = draft.span
    shown: list[Printed] = []
    base: dt.date | None = None
    carried = layouts.carried.search(text, start, end)
    for date in printed_dates(text, draft, layouts):
        beside = carried is not None and carried.start() <= date.start <= carried.end() + 5
        if beside and carried is not None and not carried.group().startswith(_SHOT):
            base = date.date or (year_for(date.month, date.day, day, 60, 2) if day else None)
        else:
            shown.append(date)
    own = text[start:end]
    found: dt.date | None = None
    if shown:
        near = base or day
        found = shown[0].date or (year_for(shown[0].month, shown[0].day, near, 60, 2) if near else None)
        if found is not None and base is None and layouts.previous_day.search(own):
            found -= dt.timedelta(days=1)
    elif base is not None and layouts.previous_day.search(own):
        found = base - dt.timedelta(days=1)
    elif base is not None and layouts.same_day.search(own):
        found = base
    else:
        weekday = layouts.dates.weekday(own)
        near = base or day
        if weekday is not None and near is not None:
            found = near - dt.timedelta(days=(near.weekday() - weekday) % 7)
    return Caption(text=text[start:end], span=draft.span, date=found, credit=draft.credit, rights=draft.rights)
