"""What the kit's scorer does not say of ``relation``: confusions, surest errors, calibration, few-shot, with its labels.

Used by ``report.py``; every figure comes from the public API on the dev file.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration import curve, expected_error, macro_f1
from dateline import Coder
from dateline.events.ranker import features, objects
from dateline.events.ranker_fit import Item, fit, from_examples, softmax
from dateline.events.view import StoryView
from dateline.frames.predicates import frames_by_head
from dateline.model import Span
from dateline.rules.examples import load_examples
from tasks.relation import FOLD

SEEDS, SIZES, FOLDS = 3, (5, 10, 20), 10


@dataclass
class Found:
    """One item of ``relation`` and what was found of it."""

    id: str
    gold: str
    guess: str | None = None
    rule: str = ""
    confidence: float = 0.0
    shifted: bool = False  # the stance gave another type than the predicate's
    predicate: str = ""
    done_to: tuple[str, ...] = ()


def answers(gold: Path, coder: Coder) -> list[Found]:
    """What the coder finds of every item."""
    out = []
    for line in gold.open(encoding="utf-8"):
        item = json.loads(line)
        spans = [Span(*item[side]["span"]) if item[side]["span"] else None for side in ("source", "target")]
        result = coder.code(item["text"], id=item["id"])
        found, row = result.relation_found(*spans), Found(item["id"], item["root"])
        if found is not None:
            view = StoryView(result.parse, result.mentions, frames_by_head(result.frames.frames), coder.codebook.words)
            frame = next(f for f in result.frames.frames if (f.sentence, f.head) == (found.sentence, found.head))
            row.guess, row.rule, row.confidence = FOLD.get(found.type, found.type), found.rule, found.confidence or 0.0
            row.shifted = found.rule.split("/")[1] != found.type
            row.predicate, row.done_to = frame.lemma, tuple(objects(view, frame, coder.ranker.words))
        out.append(row)
    return out


def confusions(rows: Sequence[Found]) -> list[str]:
    """The confusion matrix as a table: a line for each true root, a column for each answer."""
    names = sorted({r.gold for r in rows})
    count = Counter((r.gold, r.guess) for r in rows)
    lines = ["| gold | " + " | ".join(n[:4] for n in names) + " | none |", "|---" * (len(names) + 2) + "|"]
    for name in names:
        cells = " | ".join(str(count[name, guess] or "") for guess in [*names, None])
        lines.append(f"| {name} | {cells} |")
    return lines


def surest_errors(rows: Sequence[Found], most: int = 30) -> list[str]:
    """The wrong answers of the highest confidence, by id: the texts stay in the kit."""
    wrong = sorted((r for r in rows if r.guess not in (None, r.gold)), key=lambda r: (-r.confidence, r.id))[:most]
    lines = ["| item | gold | answer | rule | confidence |", "|---|---|---|---|---|"]
    return lines + [f"| {r.id} | {r.gold} | {r.guess} | `{r.rule}` | {r.confidence:.2f} |" for r in wrong]


def calibrated(rows: Sequence[Found]) -> list[str]:
    """Expected calibration error and macro-F1 of the surest answers; an item without answer is the least sure."""
    sure = np.array([r.confidence for r in rows])
    guess, gold = [r.guess or "" for r in rows], [r.gold for r in rows]
    there = np.array([r.guess is not None for r in rows])
    right = np.array([a == b for a, b in zip(guess, gold, strict=True)], float)
    lines = [
        f"Expected calibration error of the {there.sum():,} answers: {expected_error(sure[there], right[there]):.3f}."
    ]
    shares = ", ".join(f"{share:.0%}: {value:.3f}" for share, value in curve(sure, guess, gold))
    return [*lines, f"Macro-F1 over the surest share of all items: {shares}."]


def few_shot(rows: Sequence[Found], coder: Coder) -> list[str]:
    """The ranker alone, without any rule, fitted to a few example predicates a type."""
    codebook = coder.codebook
    pool: dict[str, list[Item]] = defaultdict(list)
    for item in from_examples(load_examples(codebook), lambda e: coder.code(e.text, published=e.published), codebook):
        pool[item.type].append(item)
    asked = [r for r in rows if r.guess is not None and not r.shifted]
    lines = ["| examples a type | left-out examples | relation items |", "|---|---|---|"]
    for size in SIZES:
        inside, outside = [], []
        for seed in range(SEEDS):
            rng = random.Random(seed)
            chosen = {name: rng.sample(items, min(size, len(items))) for name, items in pool.items() if name != "NONE"}
            types, weights, bias = fit([i for items in chosen.values() for i in items], coder.vectors)

            def guess(predicate: str, done_to: tuple[str, ...]) -> str:
                scores = features(coder.vectors, predicate, sorted(done_to)) @ weights + bias  # noqa: B023
                return types[int(scores.argmax())]  # noqa: B023

            left = [i for name in chosen for i in pool[name] if i not in chosen[name]]
            inside.append(sum(guess(i.predicate, i.done_to) == i.type for i in left) / len(left))
            named = [guess(r.predicate, r.done_to) for r in asked]
            outside.append(sum(FOLD.get(n, n) == r.gold for n, r in zip(named, asked, strict=True)) / len(asked))
        lines.append(f"| {size} | {np.mean(inside):.3f} | {np.mean(outside):.3f} |")
    return lines


def with_labels(rows: Sequence[Found], coder: Coder) -> tuple[float, float]:
    """Macro-F1 and accuracy in ten-fold cross-validation when the labels of ``relation`` are learned from, too."""
    names, rules = sorted({r.gold for r in rows}), sorted({r.rule for r in rows})
    answer = sorted({r.guess or "" for r in rows})
    x = np.zeros((len(rows), len(answer) + len(rules) + 2 * 384 + 1), np.float32)
    for k, row in enumerate(rows):
        x[k, answer.index(row.guess or "")] = 3.0
        x[k, len(answer) + rules.index(row.rule)] = 1.0
        if row.guess is not None:
            x[k, len(answer) + len(rules) : -1] = 2.0 * features(coder.vectors, row.predicate, sorted(row.done_to))
    x[:, -1] = 1.0
    y = np.array([names.index(r.gold) for r in rows])
    figures = []
    for seed in range(SEEDS):
        fold = np.random.default_rng(seed).permutation(len(y)) % FOLDS
        guess = np.zeros(len(y), int)
        for k in range(FOLDS):
            here = fold == k
            theta = softmax(x[~here], y[~here], np.ones((~here).sum(), np.float32), len(names), penalty=1.0)
            guess[here] = (x[here] @ theta).argmax(1)
        figures.append((macro_f1([names[i] for i in guess], [r.gold for r in rows]), float((guess == y).mean())))
    return tuple(np.mean(figures, 0))


def section(kit: Path, coder: Coder) -> list[str]:
    """The lines of the report."""
    rows = answers(kit / "dev" / "relation.jsonl", coder)
    f1, accuracy = with_labels(rows, coder)
    return [
        "## relation, further",
        "",
        *calibrated(rows),
        "",
        f"Two rows: without any label of this set {macro_f1([r.guess or '' for r in rows], [r.gold for r in rows]):.3f} root "
        f"macro-F1 (what users get); with its labels learned from, too, in ten-fold cross-validation (mean of {SEEDS}) "
        f"{f1:.3f}, accuracy {accuracy:.3f} (target 0.88; ConfliBERT trained on this half, scored on the other: .867).",
        "",
        "The ranker alone, no rule, fitted to a few example predicates a type (accuracy, mean of three draws; relation: the "
        "predicate that links the two phrases is given, items whose type comes from its stance left out):",
        "",
        *few_shot(rows, coder),
        "",
        "Confusions:",
        "",
        *confusions(rows),
        "",
        "The surest errors:",
        "",
        *surest_errors(rows),
    ]
