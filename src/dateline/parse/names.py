"""Entities from the scores of BIO tags: the best sequence that is legal (an ``I-`` continues its own ``B-``)."""

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


def legal(tags: Sequence[str]) -> bool:
    """Whether every ``I-X`` follows ``B-X`` or ``I-X``.

    >>> legal(["B-PER", "I-PER"]), legal(["O", "I-PER"])
    (True, False)
    """
    before = "O"
    for tag in tags:
        if tag[0] == "I" and before[1:] != tag[1:]:
            return False
        before = tag
    return True


def best_tags(scores: Sequence[Sequence[float]], labels: Sequence[str]) -> list[str]:
    """The legal tag sequence with the highest sum of ``scores[word][label]`` (Viterbi).

    >>> best_tags([[0.0, 2.0, 0.0], [1.0, 0.0, 1.5]], ["O", "B-PER", "I-PER"])
    ['B-PER', 'I-PER']
    """
    if not scores:
        return []
    sources = [[k for k, before in enumerate(labels) if label[0] != "I" or before[1:] == label[1:]] for label in labels]
    best = [score if labels[k][0] != "I" else float("-inf") for k, score in enumerate(scores[0])]
    back: list[list[int]] = []
    for row in scores[1:]:
        froms = [max(options, key=best.__getitem__) for options in sources]
        best = [best[source] + score for source, score in zip(froms, row, strict=True)]
        back.append(froms)
    at = max(range(len(labels)), key=best.__getitem__)
    path = [at]
    for froms in reversed(back):
        at = froms[at]
        path.append(at)
    return [labels[k] for k in reversed(path)]
