"""Entities from BIO tags: illegal sequences are repaired, never passed on."""

from __future__ import annotations

from collections.abc import Sequence


def spans_of(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """``(first, last, label)`` of each entity in a BIO sequence; an I- without its B- opens an entity.

    >>> spans_of(["B-PER", "I-PER", "O", "I-ORG"])
    [(0, 2, 'PER'), (3, 4, 'ORG')]
    """
    out: list[tuple[int, int, str]] = []
    first, label = -1, ""
    for index, tag in enumerate(tags):
        kind = tag[2:]
        if first >= 0 and not (tag[0] == "I" and kind == label):
            out.append((first, index, label))
            first, label = -1, ""
        if tag != "O" and first < 0:
            first, label = index, kind
    if first >= 0:
        out.append((first, len(tags), label))
    return out
