"""text -> Story: how newswire is laid out, and the readers that turn files into texts."""

from dateline.wire.inputs import Raw, read_inputs
from dateline.wire.layoutcheck import check_layouts
from dateline.wire.layouts import Layouts, load_layouts
from dateline.wire.story import read_story, story_id

__all__ = ["Layouts", "Raw", "check_layouts", "load_layouts", "read_inputs", "read_story", "story_id"]
