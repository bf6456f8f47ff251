"""text -> Story: how newswire is laid out, and the readers that turn files into texts."""

from dateline.wire.layouts import Layouts, load_layouts
from dateline.wire.story import read_story, story_id

__all__ = ["Layouts", "load_layouts", "read_story", "story_id"]
