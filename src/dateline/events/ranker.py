"""The ranker: how likely each event type is for a predicate, from its words alone.

A linear model over the language model's word vectors: the predicate, and what it is done to, with names replaced by what
they stand for (``language/en/ranker.yaml``). It is fitted to one codebook, from that codebook's own rules and examples
(``ranker_fit.py``), and lies in the codebook's folder as ``ranker.npz``. Rules decide wherever they are precise; the
ranker is the main part of a record's confidence and, in codebooks that ask for it, proposes a type for a verb between
political parties that no rule knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import DataError
from dateline.events.view import StoryView
from dateline.model import Frame
from dateline.parse.vectors import WordVectors
from dateline.rules.words import DATA
from dateline.rules.yamlfile import load

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

NONE = "NONE"
FILE = "ranker.npz"
_OBJECTS = ("obj", "iobj", "of")


@dataclass(frozen=True, slots=True)
class StandIns:
    """The words read in place of names and numbers, and the verbs that are never proposed."""

    sectors: dict[str, str]
    country: str
    person: str
    name: str
    number: str
    light: frozenset[str]


def load_stand_ins(language: str = "en") -> StandIns:
    """Read ``ranker.yaml`` of a language pack."""
    table = load(DATA / "language" / language / "ranker.yaml")
    table.check_keys(
        ("sectors", "country", "person", "name", "number", "light"), ("sectors", "country", "person", "name", "number")
    )
    sectors = {str(k): str(v) for k, v in table["sectors"].items()}
    light = frozenset(str(table.get("light") or "").split())
    country, person, name, number = (str(table[key]) for key in ("country", "person", "name", "number"))
    return StandIns(sectors, country, person, name, number, light)


@dataclass(frozen=True)
class Ranker:
    """Types and weights for one codebook."""

    types: tuple[str, ...]  # NONE is one of them
    weights: Array  # [2 * width, type]: predicate, then objects
    bias: Array
    vectors: WordVectors
    words: StandIns
    digest: str  # of the rules and examples it was fitted to
    _known: dict[tuple[str, ...], dict[str, float]] = field(default_factory=dict, repr=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """What it remembers of words seen does not travel."""
        return Ranker, (self.types, self.weights, self.bias, self.vectors, self.words, self.digest)

    def likely(self, view: StoryView, frame: Frame) -> dict[str, float]:
        """How likely each type is for a predicate; the values add up to 1, ``NONE`` among them."""
        return self.likely_words(frame.lemma, objects(view, frame, self.words))

    def likely_words(self, predicate: str, done_to: Sequence[str] = ()) -> dict[str, float]:
        """The same for words: the lemma of a predicate and the lemmas of what it is done to."""
        import numpy as np

        key = (predicate, *sorted(done_to))
        found = self._known.get(key)
        if found is None:
            scores = features(self.vectors, predicate, key[1:]) @ self.weights + self.bias
            scores = np.exp(scores - scores.max())
            found = dict(zip(self.types, (scores / scores.sum()).tolist(), strict=True))
            if len(self._known) < 100_000:
                self._known[key] = found
        return found


def features(vectors: WordVectors, predicate: str, done_to: Sequence[str]) -> Array:
    """``float32[2 * width]``: the vector of the predicate, then the mean of the vectors of its objects."""
    import numpy as np

    return np.concatenate([vectors(predicate), vectors.mean(list(done_to))])


def objects(view: StoryView, frame: Frame, words: StandIns) -> list[str]:
    """The words of what a predicate is done to, in the order of the text."""
    heads = dict.fromkeys(a.head for a in frame.args if a.role in _OBJECTS)
    return [stand_in(view, frame.sentence, head, words) for head in sorted(heads)]


def stand_in(view: StoryView, sentence: int, head: int, words: StandIns) -> str:
    """A noun's lemma, or the word that stands for what a name means."""
    actor = view.actor(sentence, head)
    token = view.parse.sentences[sentence].tokens[head]
    if actor is not None and (actor.name is not None or token.upos in ("PROPN", "PRON")):
        if actor.sector in words.sectors:
            return words.sectors[actor.sector]
        return words.country if actor.kind in ("place", "state") else words.person
    if token.upos == "PROPN":
        return words.name
    return words.number if token.upos == "NUM" else view.clauses(sentence).lemma(head)


def load_ranker(folder: Path, vectors: WordVectors, language: str = "en") -> Ranker | None:
    """The ranker in a codebook's folder, or None when it has none. DataError when the file is not one."""
    import numpy as np

    path = folder / FILE
    if not path.is_file():
        return None
    try:
        with np.load(path) as arrays:
            types = tuple(str(name) for name in arrays["types"])
            weights, bias = arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32)
            digest = str(arrays["digest"])
    except Exception as error:
        raise DataError(f"{path}: not a ranker: {error}; make it again with dateline codebook fit") from error
    return Ranker(types, weights, bias, vectors, load_stand_ins(language), digest)
