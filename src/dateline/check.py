"""Runs every example in every data file: the tests, the documentation and the proof of the rules in one.

Each room checks its own tables. A codebook's examples are whole sentences that go through the whole pipeline
(``rules/examples.py`` says how they are written); ``codebook_check.py`` also sees what its rules do to one another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.errors import SettingError, did_you_mean

if TYPE_CHECKING:
    from dateline.model import Parse, Place, Story
    from dateline.pipeline import Coder

MUST, NEVER = 15, 8  # examples that an event type needs


@dataclass
class Area:
    """What checking one area found: ``failures`` start with file:line; ``notes`` fail nothing."""

    name: str
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check(coder: Coder, only: Collection[str] = ()) -> Iterator[Area]:
    """Check every area, or those named; DataError when a data file cannot be read at all."""
    areas: dict[str, Callable[[Coder], Area]] = {
        "layouts": _layouts,
        "tokens": _tokens,
        "times": _times,
        "places": _places,
        "roles": _roles,
        "attribution": _attribution,
        "factuality": _factuality,
        "background": _background,
        "codebook": _codebook,
    }
    for name in only:
        if name not in areas:
            raise SettingError(f"--only {name!r}{did_you_mean(name, areas)}; there are: {', '.join(areas)}")
    for name, run in areas.items():
        if not only or name in only:
            yield run(coder)


def _layouts(coder: Coder) -> Area:
    from dateline.wire.layoutcheck import check_layouts

    return Area("layouts", check_layouts(coder.language.layouts))


def _tokens(coder: Coder) -> Area:
    from dateline.parse.sentences import sentence_starts
    from dateline.parse.tokens import Tokenizer, read_token_rules
    from dateline.rules.words import DATA
    from dateline.rules.yamlfile import at, load

    path = DATA / "language" / coder.language.name / "tokens.yaml"
    rules = read_token_rules(path)
    divide = Tokenizer(rules)
    area = Area("tokens")
    for example in load(path, examples=True).tables("examples"):
        example.check_keys(("text", "tokens"), ("text", "tokens"))
        text = example["text"]
        pieces = divide(text)
        starts = set(sentence_starts(text, pieces, rules)[1:])
        found = " ".join(("| " if i in starts else "") + text[a:b] for i, (a, b) in enumerate(pieces))
        if found != example["tokens"]:
            area.failures.append(f"{at(text)}: expected {example['tokens']}, found {found}")
    return area


def _times(coder: Coder) -> Area:
    from dateline.mentions.timescheck import check_times

    return Area("times", check_times())


def _places(coder: Coder) -> Area:
    from dateline.mentions.places_check import check_places

    return Area("places", check_places(coder.parser, coder.gazetteer))


def _roles(coder: Coder) -> Area:
    from dateline.mentions.places import find_places
    from dateline.mentions.roles_check import check_roles

    def places(story: Story, parse: Parse) -> tuple[Place, ...]:
        return find_places(story, parse, coder.gazetteer)

    return Area("roles", check_roles(coder.parser, coder.world, coder.language.roles, places))


def _attribution(coder: Coder) -> Area:
    from dateline.frames.attribution_check import check_attribution

    return Area("attribution", check_attribution(coder.parser, coder.language.name))


def _factuality(coder: Coder) -> Area:
    from dateline.frames.factuality_check import check_factuality

    return Area("factuality", check_factuality(coder.parser))


def _background(coder: Coder) -> Area:
    from dateline.frames.factuality_check import check_background

    return Area("background", check_background(coder.parser))


def _codebook(coder: Coder) -> Area:
    from dateline.codebook_check import check_codebook

    return check_codebook(coder)
