"""Rebuild the weights that say which claims to list.

    python -m dateline.frames.attribution_fit out.json attribution.jsonl

Each line of the input is a document with ``text`` and ``attributions``, lists of ``source``, ``cue`` and ``content`` spans,
as readers marked them (PolNeAR, news of seven publishers). A claim counts as right if a marked attribution agrees in all
three roles (token F1 of .5 or more). Logistic regression with a ridge penalty by Newton's method, on features that many
claims share and no words, so that little of the documents can enter; no random part. Prints what the weights are worth
on documents they have not seen: fitted on half of them, the claims of the other half chosen.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.frames.attribution import find_claims
from dateline.frames.attribution_choice import ClaimWeights, chosen, described
from dateline.model import Claim, Parse, Story
from dateline.wire import read_story

if TYPE_CHECKING:
    import numpy as np

    from dateline import Coder

    Array = np.ndarray[Any, Any]
    Words = frozenset[int]
    Marked = list[tuple[Words, Words, Words]]

SEEN, PENALTY, STEPS, FLOOR = 12, 2.0, 8, 0.2
VERSION = "claims@1"
_CITING = "cues/report/citing"  # readers mark "citing B" as a claim of whoever cites


class Document:
    """A marked text with the claims found in it."""

    def __init__(self, row: dict[str, Any], coder: Coder) -> None:
        self.story: Story = read_story(row["text"], layouts=coder.language.layouts, id=row["id"])
        self.parse: Parse = coder.parser(self.story)
        self.words = [m.span() for m in re.finditer(r"\w+", row["text"])]
        found = find_claims(self.story, self.parse, coder.language.attribution)
        self.claims = tuple(c for c in found if c.rules[0] != _CITING)
        self.features = described(self.claims, self.story, self.parse)
        self.marked: Marked = [
            (self._inside(a["source"]), self._inside(a["cue"]), self._inside(a["content"])) for a in row["attributions"]
        ]
        self.right = [self.agrees(c) is not None for c in self.claims]

    def agrees(self, claim: Claim) -> int | None:
        """Which marked attribution agrees with a claim in all three roles, if any."""
        own = (self._inside(claim.source), self._inside(claim.cue), self._inside(claim.content))
        alike = (all(_alike(a, b) for a, b in zip(own, marked, strict=True)) for marked in self.marked)
        return next((i for i, same in enumerate(alike) if same), None)

    def _inside(self, spans: Any) -> Words:
        return frozenset(i for i, (a, b) in enumerate(self.words) if any(s < b and a < e for s, e in spans))


def _alike(a: Words, b: Words) -> bool:
    return 4 * len(a & b) >= len(a) + len(b)


def fit(documents: list[Document]) -> ClaimWeights:
    """The weights that best tell the claims readers marked from the others."""
    import numpy as np

    rows = [(found, right) for d in documents for found, right in zip(d.features, d.right, strict=True)]
    counts = Counter(name for found, _ in rows for name in found)
    columns = {name: i for i, name in enumerate(sorted(name for name, n in counts.items() if n >= SEEN))}
    matrix = np.zeros((len(rows), len(columns) + 1))
    matrix[:, -1] = 1
    for i, (found, _) in enumerate(rows):
        matrix[i, [columns[name] for name in found if name in columns]] = 1
    weights = _newton(matrix, np.array([float(right) for _, right in rows]))
    table = {name: round(float(weights[i]), 2) for name, i in columns.items()}
    return ClaimWeights(VERSION, round(float(weights[-1]), 2), FLOOR, table)


def _newton(matrix: Array, wanted: Array) -> Array:
    """The weights of a logistic regression with a ridge penalty."""
    import numpy as np

    weights = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-(matrix @ weights)))
        slope = matrix.T @ (wanted - sure) - PENALTY * weights
        curve = (matrix * (sure * (1 - sure))[:, None]).T @ matrix + PENALTY * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def worth(documents: list[Document], weights: ClaimWeights) -> tuple[int, int, int]:
    """How many marked attributions are found, how many claims are chosen, how many attributions are marked."""
    right = found = 0
    for d in documents:
        picked = chosen(d.claims, d.story, d.parse, weights)
        right += len({d.agrees(c) for c in picked} - {None})
        found += len(picked)
    return right, found, sum(len(d.marked) for d in documents)


def main(arguments: list[str]) -> None:
    """Fit and write the weights; print their worth on unseen halves."""
    from dateline import Coder

    out, marked = (Path(a) for a in arguments)
    coder = Coder()
    with marked.open(encoding="utf-8") as lines:
        documents = [Document(json.loads(line), coder) for line in lines]
    halves = [worth(documents[k::2], fit(documents[1 - k :: 2])) for k in (0, 1)]
    right, found, wanted = (sum(n) for n in zip(*halves, strict=True))
    print(f"on unseen halves: {right} right of {found} chosen, {wanted} marked, F1 {2 * right / (found + wanted):.4f}")
    model = fit(documents)
    table = {"model": model.model, "constant": model.constant, "floor": model.floor, "features": model.features}
    out.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
