"""text -> Story: reads the layout of one story as received. Nothing in the text is changed; spans point into it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from dateline.errors import StoryError
from dateline.model import Story
from dateline.wire.layouts import Layouts
from dateline.wire.reading import Reading


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
    if not any(c.isalnum() for c in text):
        raise StoryError(
            "wire", "the text is empty: nothing to read; leave the story out or check the field that holds its text"
        )
    reading = Reading(text, layouts, published, source or "", id or "", title)
    reading.read()
    return reading.story(id or story_id(text), source, tuple(notes))


def story_id(text: str) -> str:
    """The id of a story that came without one: a hash of its text."""
    return "s-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
