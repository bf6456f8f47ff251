"""Fit the coefficients of ``confidence.yaml``: how sure a record is.

    python eval/fit_confidence.py [--kit ../shared/kit] [--write]

Codes the dev files ``wire`` and ``voa`` and fits two ridge-penalised logistic curves over what each record was weighed by:
``record`` (type, actors and recipients agree with the annotation) and ``type``. The labels of ``relation`` are never
used; its items only show how well the second curve carries over. Prints the expected calibration error (ten equal bins)
in ten-fold cross-validation and on ``relation``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from calibration import curve, expected_error
from dateline import Coder
from dateline.model import Span
from tasks.relation import FOLD
from tasks.wire import event_answer

OUT = Path(__file__).parents[1] / "src" / "dateline" / "data" / "language" / "en" / "confidence.yaml"
JOINT = ("CONSULT", "AGREE", "COOPERATE")
PENALTY = 1.0
TERMS = ("constant", "likely", "actor", "recipient", "depth")


def rows(kit: Path, coder: Coder) -> tuple[list[dict[str, float]], list[bool], list[bool]]:
    """The evidence of every coded event of the two files, whether its type and whether the whole record is right."""
    sys.path.insert(0, str(kit))
    score = importlib.import_module("score")
    evidence, types, whole = [], [], []
    for name in ("wire", "voa"):
        for line in (kit / "dev" / f"{name}.jsonl").open(encoding="utf-8"):
            item = json.loads(line)
            result = coder.code(item["text"], id="s-wire")
            answers = [event_answer(record) for record in result.records]
            sentences = score.split_sentences(item["text"])
            pairs = score.match_events(item["events"], answers, sentences, lambda g, p: g["type"] == p["type"])
            gold_of = {p: item["events"][g] for g, p in pairs}
            for k, event in enumerate(result.coded):
                evidence.append(event.evidence)
                types.append(k in gold_of)
                whole.append(k in gold_of and same_parties(gold_of[k], answers[k], score.countries))
    return evidence, types, whole


def same_parties(gold: dict[str, Any], answer: dict[str, Any], countries: Any) -> bool:
    """Whether the countries of both sides agree (in joint types, of both sides together)."""
    sides: list[tuple[str, ...]] = (
        [("actors", "recipients")] if gold["type"] in JOINT else [("actors",), ("recipients",)]
    )
    return all(
        sum((countries(gold[k]) for k in side), Counter()) == sum((countries(answer[k]) for k in side), Counter())
        for side in sides
    )


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Ridge-penalised logistic regression by Newton's method; the first column is the constant, unpenalised."""
    theta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], PENALTY)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ theta))
        gradient = x.T @ (p - y) + penalty * theta
        theta = theta - np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), gradient)
    return theta


def matrix(evidence: list[dict[str, float]], names: tuple[str, ...]) -> np.ndarray:
    return np.array([[row[name] for name in names] for row in evidence])


def crossed(x: np.ndarray, y: np.ndarray, folds: int = 10) -> np.ndarray:
    """What ten-fold cross-validation predicts."""
    fold = np.random.default_rng(7).permutation(len(y)) % folds
    out = np.zeros(len(y))
    for k in range(folds):
        out[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], y[fold != k])))
    return out


def related(kit: Path, coder: Coder) -> tuple[list[dict[str, float]], list[str], list[str]]:
    """Evidence, predicted and true root of the items of ``relation`` that are answered."""
    evidence, guess, gold = [], [], []
    for line in (kit / "dev" / "relation.jsonl").open(encoding="utf-8"):
        item = json.loads(line)
        spans = [Span(*item[side]["span"]) if item[side]["span"] else None for side in ("source", "target")]
        found = coder.code(item["text"], id=item["id"]).relation_found(*spans)
        if found is not None:
            evidence.append(found.evidence)
            guess.append(FOLD.get(found.type, found.type))
            gold.append(item["root"])
    return evidence, guess, gold


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kit", type=Path, default=Path(__file__).parents[2] / "shared" / "kit")
    parser.add_argument("--write", action="store_true", help="write the coefficients to confidence.yaml")
    args = parser.parse_args()
    coder = Coder()
    evidence, types, whole = rows(args.kit, coder)
    found: dict[str, np.ndarray] = {}
    for question, right in (("record", whole), ("type", types)):
        x, y = matrix(evidence, TERMS), np.array(right, float)
        found[question] = fit(x, y)
        predicted = crossed(x, y)
        print(
            f"{question}: {len(y)} records, {y.mean():.3f} right; cross-validated calibration error "
            f"{expected_error(predicted, y):.3f}"
        )
        print("  ", {n: round(float(v), 2) for n, v in zip(TERMS, found[question], strict=True)})
    other, guess, gold = related(args.kit, coder)
    sure = 1 / (1 + np.exp(-matrix(other, TERMS) @ found["type"]))
    right = np.array([a == b for a, b in zip(guess, gold, strict=True)], float)
    print(f"relation: {len(gold)} answered, {right.mean():.3f} right, mean confidence {sure.mean():.3f}, ")
    print(f"  calibration error {expected_error(sure, right):.3f}")
    for share, value in curve(sure, guess, gold):
        print(f"  the surest {share:.0%}: macro-F1 {value:.3f}")
    if args.write:
        head = "".join(line for line in OUT.read_text(encoding="utf-8").splitlines(keepends=True) if line[:1] == "#")
        body = ""
        for question, theta in found.items():
            terms = ", ".join(f"{n}: {v:.2f}" for n, v in zip(TERMS, theta, strict=True))
            body += f"{question}: {{{terms}}}\n"
        OUT.write_text(head + body, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
