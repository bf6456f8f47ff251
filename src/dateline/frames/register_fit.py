"""Rebuild the weights that tell a report from what people write to each other.

    python -m dateline.frames.register_fit out.json letters.conllu wiki.conllu... voice.conll

``letters.conllu`` is the training part of UD English-EWT (CC BY-SA 4.0): weblogs, newsgroups, e-mails, reviews, answers.
The reports are the news documents of GUM (``wiki.conllu``, Wikinews, CC BY) and every sixth sentence of the Voice of America
part of the Groningen Meaning Bank (``voice.conll``: word, tag, name; public domain, extract ODbL). Each of the three
counts as a whole: both kinds of news as much as all letters together. Logistic regression by Newton's method; no random
part.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.frames.register import Word, features

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SEEN, PENALTY, STEPS, EVERY, SMALLEST = 40, 30.0, 6, 6, 0.01
# Added to the constant. A model that has not seen Wikinews gives it this much too little (calibrated on it and on letters).
SHIFT = 1.0
VERSION = "register@1"


def read_conllu(path: Path, genre: str = "") -> list[list[Word]]:
    """The words and Penn tags of the sentences of a CoNLL-U file, of the documents with ``genre`` in their id."""
    found, document = [], ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        for line in block.splitlines():
            if line.startswith("# newdoc id ="):
                document = line.split("=", 1)[1]
        rows = [line.split("\t") for line in block.splitlines() if line.split("\t", 1)[0].isdigit()]
        if rows and genre in document:
            found.append([(row[1], row[4]) for row in rows])
    return found


def read_conll(path: Path) -> list[list[Word]]:
    """The words and tags of a file of one word a line, sentences apart by an empty line."""
    found: list[list[Word]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line]
        if rows:
            found.append([(row[0], row[1]) for row in rows])
    return found


def fit(letters: list[list[Word]], *reports: list[list[Word]]) -> dict[str, object]:
    """The table of weights: ``model``, ``constant``, ``features``."""
    import numpy as np

    groups = [letters, *reports]
    rows = [features(words) for group in groups for words in group]
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, n in counts.items() if n >= SEEN)
    columns = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names) + 1), np.float32)
    matrix[:, -1] = 1
    for i, row in enumerate(rows):
        matrix[i, [columns[name] for name in sorted(row) if name in columns]] = 1
    share = len(letters) / len(reports)
    is_report = np.repeat([0.0, *(1.0 for _ in reports)], [len(g) for g in groups]).astype(np.float32)
    heavy = np.repeat([1.0, *(share / len(g) for g in reports)], [len(g) for g in groups]).astype(np.float32)
    weights = _newton(matrix, is_report, heavy)
    table = {name: round(float(weights[i]), 2) for name, i in columns.items() if abs(weights[i]) >= SMALLEST}
    return {"model": VERSION, "constant": round(float(weights[-1]) + SHIFT, 3), "features": table}


def _newton(matrix: Array, wanted: Array, heavy: Array) -> Array:
    """The weights of a logistic regression with a ridge penalty."""
    import numpy as np

    weights = np.zeros(matrix.shape[1], np.float32)
    ridge = PENALTY * np.eye(len(weights), dtype=np.float32)
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-(matrix @ weights)))
        slope = matrix.T @ (heavy * (wanted - sure)) - PENALTY * weights
        curve = (matrix * (heavy * sure * (1 - sure))[:, None]).T @ matrix + ridge
        weights += np.linalg.solve(curve, slope)
    return weights


def main(arguments: list[str]) -> None:
    """Fit and write the weights."""
    out, letters, *wiki, voice = (Path(a) for a in arguments)
    news = [words for path in wiki for words in read_conllu(path, "_news_")]
    table = fit(read_conllu(letters), news, read_conll(voice)[::EVERY])
    out.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(news)} sentences of Wikinews -> {out}")


if __name__ == "__main__":
    main(sys.argv[1:])
