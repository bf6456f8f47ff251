"""Rebuild the weights of the graded score from human judgements.

    python -m dateline.frames.factuality_fit train.jsonl out.json treebank.conllu...

``train.jsonl`` is the training part of UDS-IH2 (one sentence per line with ``text`` and scored ``targets``); the
CoNLL-U files are UD English-EWT, whose gold trees the sentences are matched to. Both are CC BY-SA 4.0. The fit is a
ridge regression, of the score and of two indicators (did not happen; uncertain), over the features of
:mod:`dateline.frames.factuality_score`; it has no random part. The F1 values that go into the choice of a label come from
cross-validation on the same file.

The evaluation kit scores the development part of the same treebank; 22 of its short sentences occur in the training
part, too. MEANTIME is left out although it has judgements of news: all its sentences are in the kit, in one half or the
other.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.frames.cues import FactualityCues, load_factuality
from dateline.frames.factuality_score import Sums, choose, features
from dateline.model import Sentence, Span, Token

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SEEN, PENALTY, SMALLEST = 15, 60.0, 0.02  # least times a feature is seen, ridge penalty, weights left out
FOLDS, ROUNDS = 5, 12
LIMIT = 1.5  # scores beyond it say that something happened, or that it did not
VERSION = "factuality-score@3"


def read_trees(paths: list[Path]) -> dict[str, Sentence]:
    """The sentences of CoNLL-U files by their letters, without white space and hyphens."""
    found: dict[str, Sentence] = {}
    for path in paths:
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
            rows = [row for row in rows if row[0].isdigit()]
            if rows:
                found.setdefault(_plain("".join(row[1] for row in rows)), _tree(rows))
    return found


def _tree(rows: list[list[str]]) -> Sentence:
    tokens, at = [], 0
    for row in rows:
        lemma = row[2] if row[3] == "PROPN" else row[2].lower()
        tokens.append(
            Token(int(row[0]) - 1, at, at + len(row[1]), row[1], lemma, row[3], row[4], int(row[6]) - 1, row[7])
        )
        at += len(row[1]) + 1
    return Sentence(0, Span(0, at), tuple(tokens), 0, "body")


def _plain(text: str) -> str:
    return text.replace("-", "").replace(" ", "").lower()


def read_judgements(path: Path, trees: dict[str, Sentence]) -> Iterator[tuple[Sentence, int, float]]:
    """Tree, token and score of every judged word whose sentence is in the treebank."""
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        words = item["text"].split(" ")
        sentence = trees.get(_plain(item["text"]))
        if sentence is None:
            continue
        starts: dict[int, int] = {}
        at = 0
        for token in sentence.tokens:
            starts.setdefault(at, token.index)
            at += len(_plain(token.text))
        for target in item["targets"]:
            index = starts.get(sum(len(_plain(w)) for w in words[: target["span1"][0]]))
            if index is not None:
                yield sentence, index, float(target["label"])


def fit(judged: list[tuple[Sentence, int, float]], cues: FactualityCues) -> dict[str, object]:
    """The table of weights of a ridge regression: ``model``, ``constant``, ``share``, ``reached``, ``features``."""
    import numpy as np

    rows = [set(features(sentence, token, cues)[1]) for sentence, token, _ in judged]
    scores = np.array([score for _, _, score in judged], dtype=np.float32)
    targets = np.stack([scores, scores <= -LIMIT, np.abs(scores) < LIMIT], axis=1).astype(np.float32)
    names, mean, weights = _regression(rows, targets)
    share, reached = _reached(rows, targets)
    table = {
        name: [round(float(w), 2 if k == 0 else 3) for k, w in enumerate(weights[i])]
        for i, name in enumerate(names)
        if abs(weights[i]).max() >= SMALLEST
    }
    return {
        "model": VERSION,
        "constant": [round(float(m), 3) for m in mean],
        "share": [round(x, 3) for x in share],
        "reached": [round(x, 3) for x in reached],
        "features": table,
    }


def _regression(rows: list[set[str]], targets: Array) -> tuple[list[str], Array, Array]:
    """The features seen often enough, the means of the targets, and the weights."""
    import numpy as np

    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, n in counts.items() if n >= SEEN)
    matrix = _matrix(rows, names)
    mean = targets.mean(0)
    square = matrix.T @ matrix + PENALTY * np.eye(len(names), dtype=np.float32)
    return names, mean, np.linalg.solve(square, matrix.T @ (targets - mean))


def _matrix(rows: list[set[str]], names: list[str]) -> Array:
    import numpy as np

    columns = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)), dtype=np.float32)
    for i, row in enumerate(rows):
        matrix[i, [columns[name] for name in sorted(row) if name in columns]] = 1
    return matrix


def _reached(rows: list[set[str]], targets: Array) -> tuple[Sums, Sums]:
    """Share and F1 of the three labels when each of FOLDS parts is judged by weights fitted to the others.

    The judgements come in the order of their documents, so that a document is hardly ever in two parts. The labels
    depend on the F1 values and these on the labels: a few rounds, from the most likely labels on.
    """
    import numpy as np

    parts = np.arange(len(rows)) * FOLDS // len(rows)
    sums = np.zeros_like(targets)
    for part in range(FOLDS):
        inside = parts == part
        names, mean, weights = _regression([rows[i] for i in np.flatnonzero(~inside)], targets[~inside])
        sums[inside] = _matrix([rows[i] for i in np.flatnonzero(inside)], names) @ weights + mean
    gold = np.where(targets[:, 1] > 0, 1, np.where(targets[:, 2] > 0, 2, 0))
    a, n, u = (max(float((gold == k).mean()), SMALLEST) for k in range(3))
    share, reached = (a, n, u), (0.0, 0.0, 0.0)
    for _ in range(ROUNDS):
        found = np.array(
            [choose(float(s[1]), float(s[2]), share if any(reached) else (1, 1, 1), reached) for s in sums]
        )
        a, n, u = (
            float(2 * ((gold == k) & (found == k)).sum() / max(1, (gold == k).sum() + (found == k).sum()))
            for k in range(3)
        )
        reached = (a, n, u)
    return share, reached


def main(arguments: list[str]) -> None:
    """Fit and write the weights."""
    train, out, *treebanks = (Path(a) for a in arguments)
    judged = list(read_judgements(train, read_trees(treebanks)))
    table = fit(judged, load_factuality())
    out.write_text(json.dumps(table, sort_keys=True).replace("], ", "],\n") + "\n", encoding="utf-8")
    print(f"{len(judged)} judgements -> {out}")


if __name__ == "__main__":
    main(sys.argv[1:])
