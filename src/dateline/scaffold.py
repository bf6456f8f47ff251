"""While the rooms are being built: compose those that are there. Removed when all are."""

from __future__ import annotations

import importlib
from typing import Any

from dateline.model import Frames, Mentions


def maybe(module: str, name: str, *args: Any) -> Any:
    """``module.name(*args)``, or None where the room is not built yet."""
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ImportError as error:
        if not (error.name or "").startswith("dateline"):
            raise
        return None
    return None if found is None else found(*args)


def _has(module: str, name: str) -> bool:
    try:
        return hasattr(importlib.import_module(module), name)
    except ImportError:
        return False


def find_mentions(story: Any, parse: Any, world: Any, gazetteer: Any, language: Any) -> Any:
    rooms = [("actors", "find_actors"), ("places", "find_places"), ("times", "find_times")]
    if all(_has(f"dateline.mentions.{room}", name) for room, name in rooms):
        return maybe("dateline.mentions", "find_mentions", story, parse, world, gazetteer, language)
    times = maybe("dateline.mentions.times", "find_times", story, parse, language.times) if language.times else ()
    places = maybe("dateline.mentions.places", "find_places", story, parse, gazetteer) if gazetteer is not None else ()
    actors = ()
    if world is not None and language.roles is not None:
        actors = maybe("dateline.mentions.actors", "find_actors", story, parse, places or (), world, language.roles)
    return Mentions(tuple(actors or ()), tuple(places or ()), tuple(times or ()))


def build_frames(story: Any, parse: Any, mentions: Any, codebook: Any, language: Any) -> Any:
    if codebook is not None and _has("dateline.frames", "build_frames"):
        return maybe("dateline.frames", "build_frames", story, parse, mentions, codebook, language)
    claims = maybe("dateline.frames.attribution", "find_claims", story, parse, language.attribution)
    return Frames((), tuple(claims or ()), {})


def code_frames(story: Any, parse: Any, mentions: Any, frames: Any, codebook: Any, language: Any) -> Any:
    if codebook is None or not _has("dateline.events", "code_frames"):
        return ()
    return maybe("dateline.events", "code_frames", story, parse, mentions, frames, codebook, language)


def read_story(text: Any, *, layouts: Any, source: Any, id: Any, published: Any, title: Any) -> Any:
    if _has("dateline.wire", "read_story"):
        from dateline.wire import read_story

        return read_story(text, layouts=layouts, source=source, id=id, published=published, title=title)
    import dataclasses

    from dateline.parse import plain_story

    return dataclasses.replace(plain_story(text, id=id or "s-0"), published=published)
