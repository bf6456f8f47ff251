"""The language model: an int8 ONNX graph read with onnxruntime on one thread.

Words in, scores out: tags, entity tags and, for every word, a score for every head. One call reads sentences of one
story only, grouped by length, so that no result depends on other stories.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import DataError
from dateline.parse.names import best_tags, legal
from dateline.parse.tree import best_tree, is_tree

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

BATCH = 512  # subwords in one call: what the caches of a CPU hold
SLACK = 1.12  # a call may hold this many times its own subwords, padding included
LONGEST = 250  # subwords in one sentence; the position table ends at 256
PER_WORD = 12  # subwords of one word that are read
_OUTPUTS = ["A", "H", "L", "U", "X", "N", "D", "G"]
_REMEMBERED = 200_000

Row = tuple[list[int], list[int], list[int]]


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
    """What the model says about one sentence; heads are 1-based, 0 the root, and form one tree with one root."""

    heads: list[int]
    deps: list[str]
    upos: list[str]
    xpos: list[str]
    ner: list[str]
    kinds: Array  # [word, kind]: how likely each kind of name is


class Network:
    """The model of one folder.

    Its files: ``model.onnx`` with ``words.bin``, ``relations.npz``, ``tokenizer.json``, ``labels.json``.

    Raises DataError when the folder holds no such model. Pickles as its path.
    """

    def __init__(self, folder: Path) -> None:
        """Load the model, on one thread."""
        import numpy as np
        import onnxruntime
        from tokenizers import Tokenizer as Subwords

        self.folder = folder
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._subwords = Subwords.from_file(str(folder / "tokenizer.json"))
            with np.load(folder / "relations.npz") as arrays:
                self._relation_weight, self._relation_bias = arrays["weight"], arrays["bias"]
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
        self.kinds = tuple(dict.fromkeys(tag[2:] for tag in self.labels.ner if tag != "O"))
        self._kind_tags = [[k for k, tag in enumerate(self.labels.ner) if tag[2:] == kind] for kind in self.kinds]
        self._root_label = self.labels.dep.index("root")
        self._subwords.no_padding()
        self._subwords.no_truncation()
        vocabulary = self._subwords.get_vocab()
        self._start, self._stop, self._unknown = (vocabulary[t] for t in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def __reduce__(self) -> tuple[type[Network], tuple[Path]]:
        """Worker processes load the model again from its folder."""
        return Network, (self.folder,)

    def subwords(self, word: str) -> int:
        """How many subwords of the word are read."""
        return len(self._word(word)[0])

    def _word(self, word: str) -> tuple[list[int], list[int]]:
        known = self._known.get(word)
        if known is None:
            ids = self._subwords.encode(word[:100], add_special_tokens=False).ids[:PER_WORD] or [self._unknown]
            known = (ids, [shape(word)] * len(ids))
            if len(self._known) < _REMEMBERED:
                self._known[word] = known
        return known

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Read sentences (lists of words) of one story; each must stay under ``LONGEST`` subwords."""
        rows: list[Row] = []
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
        out: dict[int, Reading] = {}
        at = 0
        while at < len(order):
            end, own = at + 1, len(rows[order[at]][0])
            while end < len(order):
                longest = len(rows[order[end]][0])
                size = longest * (end - at + 1)
                if size > BATCH or size > SLACK * (own + longest):
                    break
                own += longest
                end += 1
            out.update(zip(order[at:end], self._run([rows[k] for k in order[at:end]]), strict=True))
            at = end
        return [out[k] for k in range(len(rows))]

    def _run(self, rows: list[Row]) -> list[Reading]:
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
        feeds = {"ids": ids, "mask": mask, "sh": shapes, "first": first, "wmask": words}
        arcs, heads, deps, upos, xpos, ner, by_word, by_head = self._session.run(_OUTPUTS, feeds)
        tags = ner.argmax(-1)
        likely = np.exp(ner - ner.max(-1, keepdims=True))
        likely /= likely.sum(-1, keepdims=True)
        kinds = np.stack([likely[:, :, tags_of].sum(-1) for tags_of in self._kind_tags], -1)
        labels = self.labels
        out = []
        for k, row in enumerate(rows):
            n = len(row[2])
            row_heads, row_deps = heads[k, :n].tolist(), deps[k, :n].tolist()
            if not is_tree(row_heads):
                best = best_tree(arcs[k, :n, : n + 1])
                changed = [w for w in range(n) if best[w] != row_heads[w]]
                self._relabel(row_deps, changed, best, by_word[k], by_head[k])
                row_heads = best
            root = row_heads.index(0)
            wrong = [w for w in range(n) if (row_deps[w] == self._root_label) != (w == root)]
            if wrong:
                self._relabel(row_deps, wrong, row_heads, by_word[k], by_head[k])
            row_tags = [labels.ner[t] for t in tags[k, :n].tolist()]
            if not legal(row_tags):
                row_tags = best_tags(ner[k, :n].tolist(), labels.ner)
            out.append(
                Reading(
                    row_heads,
                    [labels.dep[d] for d in row_deps],
                    [labels.upos[t] for t in upos[k, :n].tolist()],
                    [labels.xpos[t] for t in xpos[k, :n].tolist()],
                    row_tags,
                    kinds[k, :n],
                )
            )
        return out

    def _relabel(self, deps: list[int], which: list[int], heads: list[int], by_word: Array, by_head: Array) -> None:
        """Choose anew the relations of the words ``which``: ``root`` for the root and for no other word."""
        import numpy as np

        at = np.array(which)
        joined = np.maximum(by_word[at] + by_head[np.array([heads[w] for w in which])], 0.0)
        scores = joined @ self._relation_weight.T + self._relation_bias
        scores[:, self._root_label] = -np.inf
        for word, label in zip(which, scores.argmax(1).tolist(), strict=True):
            deps[word] = self._root_label if heads[word] == 0 else label


def shape(word: str) -> int:
    """The letter case of a word as the model reads it: its vocabulary knows words in lower case only.

    1 with a digit, 2 no letter, 3 lower, 4 one capital, 5 all capitals, 6 capitalised, 7 mixed.

    >>> [shape(w) for w in ("1990s", ",", "troops", "A", "NATO", "Kyiv", "McCain")]
    [1, 2, 3, 4, 5, 6, 7]
    """
    if any(c.isdigit() for c in word):
        return 1
    if not any(c.isalpha() for c in word):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) == 1 else 5
    return 6 if word[0].isupper() and word[1:].islower() else 7
