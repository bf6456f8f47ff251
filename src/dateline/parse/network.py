"""The language model: an int8 ONNX graph read with onnxruntime on one thread.

Words in, scores out: tags, entity tags and, for every word, a score for every head. One call reads the sentences of
one story only, grouped by length, so that no result depends on other stories.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import DataError

if TYPE_CHECKING:
    import numpy as np

BATCH = 1500  # subwords in one call
LONGEST = 250  # subwords in one sentence; the position table ends at 256
PER_WORD = 12  # subwords of one word that are read


@dataclass(frozen=True)
class Labels:
    """The names of the model's output classes."""

    name: str
    version: str
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    dep: tuple[str, ...]
    ner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says about one sentence, as indices into :class:`Labels`; heads are 1-based, 0 the root."""

    heads: list[int]
    deps: list[int]
    upos: list[int]
    xpos: list[int]
    ner: list[int]
    arcs: np.ndarray[Any, Any]


class Network:
    """The model of one folder (``model.onnx``, ``tokenizer.json``, ``labels.json``); pickles as its path."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer as Subwords

        self.folder = folder
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._subwords = Subwords.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the two libraries raise bare exceptions of their own
            raise DataError(f"{folder}: not a language model of Dateline: {error}") from error
        self.labels = Labels(
            name=labels["name"],
            version=labels["version"],
            upos=tuple(labels["upos"]),
            xpos=tuple(labels["xpos"]),
            dep=tuple(labels["dep"]),
            ner=tuple(labels["ner"]),
        )
        self._subwords.no_padding()
        self._subwords.no_truncation()
        vocabulary = self._subwords.get_vocab()
        self._start, self._stop, self._unknown = (vocabulary[t] for t in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def __reduce__(self) -> tuple[type[Network], tuple[Path]]:
        """Worker processes load the model again from its folder."""
        return Network, (self.folder,)

    def subwords(self, word: str) -> int:
        """How many subwords the word takes."""
        return len(self._word(word)[0])

    def _word(self, word: str) -> tuple[list[int], list[int]]:
        known = self._known.get(word)
        if known is None:
            ids = self._subwords.encode(word[:100], add_special_tokens=False).ids[:PER_WORD] or [self._unknown]
            known = (ids, [shape(word)] * len(ids))
            if len(self._known) < 200_000:
                self._known[word] = known
        return known

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Read the sentences (lists of words) of one story; each must stay under ``LONGEST`` subwords."""
        rows = []
        for words in sentences:
            ids, shapes, first = [self._start], [0], []
            for word in words:
                word_ids, word_shapes = self._word(word)
                first.append(len(ids))
                ids += word_ids
                shapes += word_shapes
            ids.append(self._stop)
            shapes.append(0)
            rows.append((ids, shapes, first))
        order = sorted(range(len(rows)), key=lambda k: len(rows[k][0]))
        out: list[Reading | None] = [None] * len(rows)
        at = 0
        while at < len(order):
            end = at + 1
            while end < len(order) and len(rows[order[end]][0]) * (end - at + 1) <= BATCH:
                end += 1
            for index, reading in zip(order[at:end], self._run([rows[k] for k in order[at:end]]), strict=True):
                out[index] = reading
            at = end
        return [reading for reading in out if reading is not None]

    def _run(self, rows: list[tuple[list[int], list[int], list[int]]]) -> list[Reading]:
        import numpy as np

        count = len(rows)
        length = max(len(row[0]) for row in rows)
        width = max(len(row[2]) for row in rows)
        ids = np.zeros((count, length), np.int64)
        mask = np.zeros((count, length), np.int64)
        shapes = np.zeros((count, length), np.int64)
        first = np.zeros((count, width), np.int64)
        words = np.zeros((count, width), np.float32)
        for k, (row_ids, row_shapes, row_first) in enumerate(rows):
            ids[k, : len(row_ids)] = row_ids
            mask[k, : len(row_ids)] = 1
            shapes[k, : len(row_ids)] = row_shapes
            first[k, : len(row_first)] = row_first
            words[k, : len(row_first)] = 1
        arcs, heads, deps, upos, xpos, ner = self._session.run(
            ["A", "H", "L", "U", "X", "N"], {"ids": ids, "mask": mask, "sh": shapes, "first": first, "wmask": words}
        )
        out = []
        for k, row in enumerate(rows):
            n = len(row[2])
            out.append(
                Reading(
                    heads[k, :n].tolist(),
                    deps[k, :n].tolist(),
                    upos[k, :n].tolist(),
                    xpos[k, :n].tolist(),
                    ner[k, :n].tolist(),
                    arcs[k, :n, : n + 1],
                )
            )
        return out


def shape(word: str) -> int:
    """The letter case of a word as the model reads it: it knows words in lower case only.

    1 with a digit, 2 no letter, 3 lower, 4 one capital, 5 all capitals, 6 capitalised, 7 mixed.
    """
    if word.isalpha():
        if word.islower():
            return 3
        if word.isupper():
            return 4 if len(word) == 1 else 5
        return 6 if word[0].isupper() and word[1:].islower() else 7
    if any(c.isdigit() for c in word):
        return 1
    if not any(c.isalpha() for c in word):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 5
    return 6 if word[0].isupper() and word[1:].islower() else 7
