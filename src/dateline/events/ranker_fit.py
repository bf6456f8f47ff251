"""Fit a ranker to a codebook: a softmax over word vectors, from the codebook's rules and examples. No GPU, no torch.

What it learns from: every coded predicate of the sentences that must be coded, with the type of the rule that coded it;
the predicates of the sentences that must not be coded, as ``NONE``; and, with less weight, the words that the rules name,
each trigger with the words that its object may be. The fit is deterministic.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.events.match import match_frames
from dateline.events.ranker import FILE, NONE, StandIns, features, load_stand_ins, objects
from dateline.events.view import StoryView
from dateline.frames.predicates import frames_by_head
from dateline.parse.vectors import WordVectors
from dateline.rules.codebook import Codebook
from dateline.rules.examples import Example, load_examples
from dateline.rules.rule import Rule

if TYPE_CHECKING:
    import numpy as np

    from dateline.result import Result

    Array = np.ndarray[Any, Any]

RULE_WEIGHT = 0.3  # of a word of a rule, beside 1 for a predicate of an example
PENALTY = 1 / 30  # ridge penalty on the weights
ROUNDS = 400
_WORDS_OF_TEST = 6  # words of one rule's object that are paired with each of its triggers


class Item(NamedTuple):
    """One predicate to learn from."""

    predicate: str
    done_to: tuple[str, ...]
    type: str
    weight: float


def fit_ranker(codebook: Codebook, code: Callable[[Example], Result], vectors: WordVectors) -> tuple[Path, int]:
    """Fit to the codebook's rules and examples and write ``ranker.npz`` into its folder.

    ``code`` codes an example sentence with this codebook; that takes some milliseconds an example, the fit itself seconds.
    Returns the path and the number of predicates of examples that it was fitted to.
    """
    import numpy as np

    examples = load_examples(codebook)
    seen = list(from_examples(examples, code, codebook))
    types, weights, bias = fit([*from_rules(codebook), *seen], vectors)
    path = codebook.folder / FILE
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            types=np.array(types),
            weights=weights.astype(np.float16),
            bias=bias.astype(np.float32),
            digest=np.array(digest_of(codebook, examples)),
        )
    return path, len(seen)


def digest_of(codebook: Codebook, examples: Iterable[Example]) -> str:
    """A short digest of what a ranker is fitted to: the words of the rules and the examples."""
    whole = hashlib.sha256()
    for item in from_rules(codebook):
        whole.update(repr(tuple(item)).encode())
    for example in examples:
        whole.update(f"{example.type}|{bool(example.expect)}|{example.text}\n".encode())
    return whole.hexdigest()[:12]


def from_examples(
    examples: Iterable[Example], code: Callable[[Example], Result], codebook: Codebook, words: StandIns | None = None
) -> Iterator[Item]:
    """The predicates of example sentences: coded ones with their rule's type, those that must not be as ``NONE``."""
    stand_ins = words or load_stand_ins()
    for example in examples:
        result = code(example)
        view = StoryView(result.parse, result.mentions, frames_by_head(result.frames.frames), codebook.words)
        matched = {m.frame: m.rule for m in match_frames(view, result.frames.frames, codebook)}
        coded = {at for event in result.coded for at in event.mentions}
        for frame in result.frames.frames:
            rule = matched.get(frame)
            done_to = tuple(objects(view, frame, stand_ins))
            if rule is not None and (frame.sentence, frame.head) in coded:
                yield Item(frame.lemma, done_to, rule.type, 1.0)
            elif not example.expect and (rule is None or rule.type == NONE):
                yield Item(frame.lemma, done_to, NONE, 1.0)


def from_rules(codebook: Codebook) -> Iterator[Item]:
    """The words of the rules: each trigger with the words that its object may be."""
    words = load_stand_ins()
    for rule in codebook.rules:
        named = _object_words(rule, codebook, words)[:_WORDS_OF_TEST]
        for lemma in rule.lemmas:
            for word in named:
                yield Item(lemma, (word,), rule.type, RULE_WEIGHT / len(named))
            if not named:
                yield Item(lemma, (), rule.type, RULE_WEIGHT)


def _object_words(rule: Rule, codebook: Codebook, words: StandIns) -> list[str]:
    stands = {
        "political": words.country,
        "state": words.country,
        "person": words.person,
        "armed": words.sectors["MIL"],
        "organisation": words.sectors["PTY"],
    }
    role = "of" if rule.kind == "noun" else "obj"
    out: list[str] = []
    for condition in rule.conditions:
        if condition.negate or condition.path[-1] != role:
            continue
        for test in condition.tests:
            if test.startswith("@"):
                out += sorted(codebook.words[test[1:]])[: 2 * _WORDS_OF_TEST : 2]
            elif test in stands:
                out.append(stands[test])
            elif test.islower() and test not in ("any", "none", "clause", "place", "named") and ":" not in test:
                out.append(test.removeprefix("="))
    return list(dict.fromkeys(out))


def fit(items: Sequence[Item], vectors: WordVectors) -> tuple[list[str], Array, Array]:
    """Types, weights ``[2 * width, type]`` and bias of a softmax fitted to the items; ``NONE`` is always among the types."""
    import numpy as np

    merged: dict[tuple[str, tuple[str, ...], str], float] = {}
    for item in items:
        key = (item.predicate, item.done_to, item.type)
        merged[key] = merged.get(key, 0.0) + item.weight
    types = sorted({*(t for _, _, t in merged), NONE})
    number = {name: k for k, name in enumerate(types)}
    x = np.stack([features(vectors, predicate, sorted(done_to)) for predicate, done_to, _ in merged])
    x = np.hstack([x, np.ones((len(x), 1), np.float32)])
    y = np.array([number[t] for _, _, t in merged])
    theta = softmax(x, y, np.array(list(merged.values()), np.float32), len(types))
    return types, theta[:-1], theta[-1]


def softmax(x: Array, y: Array, weight: Array, classes: int, penalty: float = PENALTY) -> Array:
    """Coefficients ``[feature, class]`` of a ridge-penalised softmax; the last feature is the constant, all but unpenalised.

    Accelerated gradient descent on a convex function: no random part.
    """
    import numpy as np

    theta = np.zeros((x.shape[1], classes), np.float32)
    ahead = theta.copy()
    penalties = np.full((x.shape[1], 1), penalty, np.float32)
    penalties[-1] = 1e-3
    vector: Array = np.ones(x.shape[1], np.float32)
    for _ in range(30):  # the largest eigenvalue bounds the curvature
        vector = x.T @ (weight * (x @ vector))
        vector /= np.linalg.norm(vector)
    step = 1.0 / (0.5 * float(vector @ (x.T @ (weight * (x @ vector)))) + penalty)
    for k in range(ROUNDS):
        scores = x @ ahead
        scores = np.exp(scores - scores.max(1, keepdims=True))
        scores /= scores.sum(1, keepdims=True)
        scores[np.arange(len(y)), y] -= 1.0
        following = ahead - step * (x.T @ (weight[:, None] * scores) + penalties * ahead)
        ahead = following + k / (k + 3.0) * (following - theta)
        theta = following
    return theta
