"""Run the examples of ``places_words.yaml``: what ``dateline check`` calls for the places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dateline.mentions.gazetteer import Gazetteer
from dateline.mentions.places import Toponym, find_toponyms
from dateline.mentions.places_words import WORLD
from dateline.rules.yamlfile import at, load

if TYPE_CHECKING:
    from dateline.parse import Parser


def check_places(parser: Parser, gazetteer: Gazetteer, path: Path = WORLD / "places_words.yaml") -> list[str]:
    """The examples that fail, one line each, with file and line. Raises DataError when the file itself is wrong."""
    from dateline.parse import plain_story

    table = load(path, examples=True)
    table.check_keys(("examples",))
    problems = []
    for example in table.tables("examples"):
        example.check_keys(("say", "places"), ("say", "places"))
        text = example["say"]
        story = plain_story(text, id="s-example")
        found = {t.place.text: _shown(t) for t in find_toponyms(story, parser(story), gazetteer)}
        expected = {str(name): str(shown) for name, shown in example["places"].items()}
        if found != expected:
            problems.append(f"{at(text)}: {text!r} must give {expected}, gives {found}")
    return problems


def _shown(toponym: Toponym) -> str:
    place = toponym.place
    parts = [place.country or "-", place.admin1 or "-", place.precision or "-"]
    return ", ".join(parts if toponym.use == "place" else [*parts, toponym.use])
