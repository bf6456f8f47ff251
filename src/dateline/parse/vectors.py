"""Word vectors: the subword table of the language model, read where it lies on disk.

The table is the one that the encoder itself looks words up in, so nothing is stored twice; the file is memory-mapped and
shared by all processes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import DataError

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

WIDTH = 384
_REMEMBERED = 100_000


class WordVectors:
    """Vectors of single words, whatever the sentence: words of like meaning have near vectors.

    Raises DataError when the folder holds no model of ours.

    >>> from dateline.parse import data_folder
    >>> vector = WordVectors(data_folder() / "models" / "en")
    >>> float(vector("criticise") @ vector("denounce")) > float(vector("criticise") @ vector("bridge"))
    True
    """

    def __init__(self, folder: Path) -> None:
        """Open the table (``words.bin``, int8) and the subword vocabulary of a model folder."""
        import numpy as np
        from tokenizers import Tokenizer

        try:
            self._subwords = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._table = np.memmap(folder / "words.bin", np.int8, "r").reshape(-1, WIDTH)
        except Exception as error:  # tokenizers raises a bare exception of its own
            raise DataError(f"{folder}: no word vectors of a Dateline model: {error}") from error
        self._known: dict[str, Array] = {}
        self._folder = folder

    def __reduce__(self) -> tuple[type[WordVectors], tuple[Path]]:
        """Other processes open the table again."""
        return WordVectors, (self._folder,)

    def __call__(self, word: str) -> Array:
        """The vector of a lemma, ``float32[384]`` of length 1; ``_`` joins words that are averaged: ``shoot_down``."""
        import numpy as np

        found = self._known.get(word)
        if found is None:
            ids = self._subwords.encode(word.replace("_", " ")[:100], add_special_tokens=False).ids or [0]
            rows = self._table[ids].astype(np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
            found = rows.mean(0)
            found /= np.linalg.norm(found) + 1e-6
            if len(self._known) < _REMEMBERED:
                self._known[word] = found
        return found

    def mean(self, words: list[str]) -> Array:
        """The mean of the vectors of some words; zeros for no words."""
        import numpy as np

        return np.mean([self(word) for word in words], 0) if words else np.zeros(WIDTH, np.float32)
