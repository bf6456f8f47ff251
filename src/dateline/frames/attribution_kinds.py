"""What kind of source a phrase names: official, military, police, media, witness …"""

from __future__ import annotations

import re

from dateline.frames.attribution_cues import AttributionCues
from dateline.model import Actor

_WORD = re.compile(r"[^\W\d_][\w.'’&-]*")


def kind_of_source(text: str, actor: Actor | None, cues: AttributionCues) -> str:
    """Return the kind of a source: one of RECORD's words, ``other`` where nothing says.

    The last telling word of the phrase before a preposition or comma decides ("the police spokesman for the ministry"
    is police), then any word of it, then the actor's sector.

    >>> from dateline.frames.attribution_cues import load_attribution
    >>> cues = load_attribution()
    >>> kind_of_source("a spokesman for the army", None, cues), kind_of_source("two witnesses", None, cues)
    ('military', 'witness')
    """
    words = [w.lower().removesuffix("’s").removesuffix("'s").rstrip(".") for w in _WORD.findall(text)]
    plain = " ".join(words)
    for kind, singles, phrases in cues.kinds:
        if any(word in singles for word in words) or any(f" {p} " in f" {plain} " for p in phrases):
            return kind
    if actor is not None:
        for sector in (actor.sector, *actor.other_sectors):
            if sector is not None and sector in cues.kind_by_sector:
                return cues.kind_by_sector[sector]
    return "other"
