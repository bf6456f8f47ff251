"""Runs the examples of the role files: own sentences with the actors that they must give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from dateline.errors import DataError
from dateline.mentions.actors import find_actors
from dateline.mentions.roles import FILES, FOLDER, Roles, load_roles
from dateline.mentions.world import World
from dateline.model import Actor, Block, Parse, Place, Span, Story
from dateline.rules.yamlfile import Table, at, load

FIELDS = ("country", "sector", "kind", "office", "name")


def check_roles(
    parser: Callable[[Story], Parse],
    world: World,
    roles: Roles | None = None,
    places: Callable[[Story, Parse], tuple[Place, ...]] | None = None,
    paths: Iterable[Path] | None = None,
) -> list[str]:
    """Run every example of the role files; return one line for each that fails, with file and line.

    ``places`` finds the places of a parsed story (without it, only countries and capitals are known). An example names
    the expected actor by the word that heads its phrase; fields that are not written are not compared. ``others`` are
    words that get no sector.
    """
    lexicon = roles if roles is not None else load_roles()
    failures: list[str] = []
    for path in paths if paths is not None else [FOLDER / name for name in FILES]:
        for example in load(path, examples=True).tables("examples"):
            example.check_keys(("text", "actors", "others"), ("text",))
            story = _story(example["text"])
            parse = parser(story)
            found = find_actors(story, parse, places(story, parse) if places is not None else (), world, lexicon)
            for expected in example.tables("actors"):
                failures.extend(_compare(expected, found, parse))
            heads = {parse.sentences[a.sentence].tokens[a.head].text: a.sector for a in found}
            for word in example.texts("others"):
                if heads.get(word) is not None:
                    failures.append(f"{at(word)}: {word!r}: sector should be none, is {heads[word]}")
    return failures


def _compare(expected: Table, found: tuple[Actor, ...], parse: Parse) -> Iterable[str]:
    expected.check_keys(("text", *FIELDS), ("text",))
    word = expected["text"]
    for actor in found:
        tokens = parse.sentences[actor.sentence].tokens
        named = actor.kind == "person" and actor.name is not None and actor.name.split()[-1] == word
        if tokens[actor.head].text != word and not named:
            continue
        for field in FIELDS:
            if field in expected and getattr(actor, field) != expected[field]:
                yield f"{at(word)}: {word!r}: {field} should be {expected[field]}, is {getattr(actor, field)}"
        return
    yield f"{at(word)}: no actor is headed by {word!r}"


def _story(text: str) -> Story:
    if not text.strip():
        raise DataError(f"{at(text)}: an example needs a text")
    return Story("example", text, (Block("body", Span(0, len(text))),))
