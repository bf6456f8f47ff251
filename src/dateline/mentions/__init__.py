"""Who, where and when: the mentions of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.model import Mentions, Parse, Story

if TYPE_CHECKING:
    from dateline.language import Language
    from dateline.mentions.gazetteer import Gazetteer
    from dateline.mentions.world import World

__all__ = ["find_mentions"]


def find_mentions(story: Story, parse: Parse, world: World, gazetteer: Gazetteer, language: Language) -> Mentions:
    """Times, places and actors of a parsed story."""
    from dateline.mentions.actors import find_actors
    from dateline.mentions.places import find_places
    from dateline.mentions.times import find_times

    times = find_times(story, parse, language.times)
    places = find_places(story, parse, gazetteer)
    actors = find_actors(story, parse, places, world, language.roles)
    return Mentions(actors, places, times)
