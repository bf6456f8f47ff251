"""Runs the examples of ``layouts.yaml``: each text must give the fields written beside it."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.errors import StoryError
from dateline.model import Story
from dateline.rules import yamlfile
from dateline.wire.layouts import Layouts
from dateline.wire.story import read_story

FIELDS = (
    *("text", "agency", "place", "country", "published", "basis", "headline", "byline", "revision", "kind"),
    *("contact", "credit", "photo date", "rights", "blocks"),
)


def check_layouts(layouts: Layouts) -> list[str]:
    """What the examples of the data file get wrong, each with file and line; an empty list where all is right.

    >>> from dateline.wire import load_layouts
    >>> check_layouts(load_layouts())
    []
    """
    failures: list[str] = []
    for example in yamlfile.load(layouts.path, examples=True).tables("examples"):
        example.check_keys(FIELDS, ["text"])
        where = f"{example.file}:{example.line}"
        try:
            story = read_story(example.text("text") or "", layouts=layouts)
        except StoryError as error:
            failures.append(f"{where}: {error}")
            continue
        failures.extend(f"{where}: {line}" for line in _differences(example, story))
    return failures


def _differences(example: yamlfile.Table, story: Story) -> Iterator[str]:
    found = fields_of(story)
    for key in example:
        if key in ("text", "blocks"):
            continue
        wanted = example.text(key)
        if (wanted or "none") != (found[key] or "none"):
            yield f"{key} {wanted!r} expected, found {found[key]!r}"
    if "blocks" in example:
        wanted_blocks = example.texts("blocks")
        printed = [f"{b.kind}: {story.text[b.span.start : b.span.end]}" for b in story.blocks]
        if len(printed) != len(wanted_blocks) or not all(
            p.startswith(w) for p, w in zip(printed, wanted_blocks, strict=False)
        ):
            yield f"blocks {list(wanted_blocks)} expected, found {[p[:40] for p in printed]}"


def fields_of(story: Story) -> dict[str, str | None]:
    """The fields of a story that an example may name, as text."""
    line, caption, revision = story.dateline, story.captions[0] if story.captions else None, story.revision
    return {
        "agency": story.agency,
        "place": line.place if line else None,
        "country": line.country if line else None,
        "published": story.published.isoformat() if story.published else None,
        "basis": story.published_basis,
        "headline": story.headline,
        "byline": story.byline,
        "revision": revision.text if revision else None,
        "kind": revision.kind if revision else None,
        "contact": story.contact,
        "credit": caption.credit if caption else None,
        "photo date": caption.date.isoformat() if caption and caption.date else None,
        "rights": caption.rights if caption else None,
    }
