"""Names of one word that stand for a longer one of the story: "the Tigers" for "Tamil Tigers"."""

from __future__ import annotations

from dateline.mentions.actors_draft import Draft


def tail_of(name: str) -> str | None:
    """The word of a name of one word, without its plural; None for a longer or a very short name."""
    words = [w for w in name.lower().split() if w != "the"]
    return words[0].rstrip("s") if len(words) == 1 and len(words[0]) > 3 else None


def ends_with(full: Draft, tail: str) -> bool:
    """Whether a longer name ends with this word."""
    if full.name is None or full.kind in ("state", "place", "person"):
        return False
    words = full.name.lower().split()
    return len(words) > 1 and words[-1].rstrip("s") == tail
