"""How well confidences tell right answers from wrong ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BINS = 10


def expected_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: the mean gap, weighted by size, between confidence and share right in ten equal bins."""
    bins = np.minimum((np.asarray(confidence) * BINS).astype(int), BINS - 1)
    gaps = [
        (bins == k).mean() * abs(confidence[bins == k].mean() - right[bins == k].mean()) for k in set(bins.tolist())
    ]
    return float(sum(gaps))


def macro_f1(guess: Sequence[str], gold: Sequence[str]) -> float:
    """The unweighted mean F1 over the classes of ``gold``."""
    values = []
    for name in sorted(set(gold)):
        both = sum(a == b == name for a, b in zip(guess, gold, strict=True))
        values.append(2 * both / (sum(a == name for a in guess) + sum(b == name for b in gold)))
    return sum(values) / len(values)


def curve(
    confidence: np.ndarray,
    guess: Sequence[str],
    gold: Sequence[str],
    shares: Sequence[float] = (1.0, 0.95, 0.9, 0.8, 0.7),
) -> list[tuple[float, float]]:
    """Macro-F1 over the surest share of the answers, for each share."""
    order = np.argsort(-np.asarray(confidence), kind="stable")
    out = []
    for share in shares:
        kept = order[: round(share * len(order))]
        out.append((share, macro_f1([guess[k] for k in kept], [gold[k] for k in kept])))
    return out
