"""A graded score of factuality, from -3 (did not happen) to 3 (happened): a linear model over the walk's cues.

The stance is decided by rules alone (:mod:`dateline.frames.factuality`). This model only grades: it adds up small
weights for the cues met, the form of the word, its auxiliaries, its governor and its subject. A second and a third sum
give the share of people who would say that the event did not happen, and of those who would not say. The weights were
fitted to human judgements (see ``factuality_fit`` and ``factuality_weights.json``); adding them up needs no library.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.frames.cues import FactualityCues, default_path, form, marker
from dateline.frames.factuality_context import FIRST, SECOND, context, person, tense
from dateline.frames.factuality_walk import Walk
from dateline.model import Factuality, Sentence

_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj"})


_LEAST = 0.01  # of a share
Sums = tuple[float, float, float]  # score, share of "did not happen", share of "uncertain"


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted weights of one language: a constant and three numbers per feature.

    ``share`` and ``reached`` are of the judgements that the weights were fitted to, in the order happened, did not happen,
    uncertain: how many there are of each, and the F1 that the weights reach in cross-validation.
    """

    model: str  # name@version
    constant: Sums
    share: Sums
    reached: Sums
    features: dict[str, Sums]

    def sums(self, names: list[str]) -> Sums:
        """Score, share of "did not happen" and share of "uncertain" for the features that hold; not yet cut to their ranges."""
        found = [self.constant, *(self.features[name] for name in names if name in self.features)]
        return sum(f[0] for f in found), sum(f[1] for f in found), sum(f[2] for f in found)

    def choose(self, sums: Sums) -> int:
        """The answer of most readers: 0 it happened, 1 it did not, 2 uncertain; a rare answer needs fewer of them."""
        return choose(sums[1], sums[2], self.share, self.reached)


def choose(negated: float, uncertain: float, share: Sums, reached: Sums) -> int:
    """The label that adds most to the mean of the three F1 values, (2 p - F1) / share, by the two sums."""
    raw = [max(_LEAST, min(1.0, x)) for x in (1 - negated - uncertain, negated, uncertain)]
    total = sum(raw)
    gains = [(2 * p / total - f) / n for p, f, n in zip(raw, reached, share, strict=True)]
    return max(range(3), key=gains.__getitem__)


def load_weights(path: Path | None = None) -> Weights:
    """Read the weights (by default the shipped English ones); DataError if the file is not what it should be."""
    where = path or default_path("factuality_weights.json")
    try:
        table = json.loads(where.read_text(encoding="utf-8"))
        constant, share, reached = (_sums(table[key]) for key in ("constant", "share", "reached"))
        return Weights(
            str(table["model"]), constant, share, reached, {str(k): _sums(v) for k, v in table["features"].items()}
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{where.name}: not a table of weights: {error}") from error


def _sums(row: list[float]) -> Sums:
    score, negated, uncertain = (float(x) for x in row)
    return score, negated, uncertain


def grade(sentence: Sentence, token: int, cues: FactualityCues, weights: Weights) -> tuple[Factuality, float]:
    """The judgement of :func:`judge` and the graded score of the event named by a token.

    >>> from dateline.frames.cues import load_factuality
    >>> grade(sentence, token, load_factuality(), load_weights())  # doctest: +SKIP
    """
    judged, names = features(sentence, token, cues)
    return judged, max(-3.0, min(3.0, weights.sums(names)[0]))


def features(sentence: Sentence, token: int, cues: FactualityCues) -> tuple[Factuality, list[str]]:
    """The judgement of a token and the names of the features that hold of it."""
    walk = Walk(sentence, cues)
    judged = walk.down_to(token)
    tokens, children = sentence.tokens, sentence.children
    here = tokens[token]
    last = judged.rules[-1][11:] if judged.rules else "-"
    names = [f"s={judged.stance}", f"s={judged.stance}|{last}", f"x={here.xpos}", f"l={here.lemma.lower()}"]
    names += [f"c={id[11:]}" for id in dict.fromkeys(rule.id for rule in walk.fired)]
    names += [f"d={rule[11:]}|{judged.stance}" for rule in judged.rules]
    base = here.dep.split(":", 1)[0]
    shape = form(sentence, token)
    names += [f"e={here.dep}|{shape}", f"e={base}|{here.xpos}"]
    aux, subject, thing = [], "", ""
    for k in children[token]:
        child = tokens[k]
        dep = child.dep.split(":", 1)[0]
        text = child.text.lower()
        if dep in ("aux", "cop"):
            aux.append(text)
            names.append(f"a={text}")
        elif dep in ("advmod", "discourse", "obl") and dep != "obl":
            names.append(f"v={text}")
        elif dep in ("nsubj", "csubj"):
            subject = person(text, child.upos)
        elif dep == "obj":
            thing = child.upos
        elif dep in ("advcl", "ccomp", "xcomp", "parataxis"):
            names.append(f"k={dep}|{marker(sentence, k, 'mark')[0]}")
    names.append("A=" + " ".join(aux) + "|" + here.xpos)
    names.append(f"S={subject}|{here.xpos}|{' '.join(aux[:1])}")
    names.append(f"O={thing}|{subject}")
    names.append(f"o={subject}|{judged.stance}")
    mark = marker(sentence, token, "mark", "case")[0]
    if mark:
        names.append(f"m={mark}|{base}")
    head = here.head
    if head >= 0:
        governor = tokens[head]
        edge = f"{base}|{mark or shape}"
        names += [
            f"g={governor.lemma.lower()}|{edge}",
            f"G={governor.xpos}|{edge}",
            f"h={governor.upos}|{base}|{judged.stance}",
        ]
        if base in _CLAUSAL or base == "conj":
            other = sentence.child(head, "nsubj")
            who = "" if other is None else person(tokens[other].text.lower(), tokens[other].upos)
            names.append(f"p={who}|{edge}")
            names.append(
                "q=" + " ".join(tokens[k].text.lower() for k in children[head] if tokens[k].dep.startswith("aux"))
            )
    depth, top, seen = 0, token, 0
    finite = ""
    while seen < 40:
        if not finite:
            finite = tense(sentence, top)
        if tokens[top].head < 0:
            break
        top = tokens[top].head
        depth += 1
        seen += 1
    names += [f"t={finite}", f"t={finite}|{base}", f"t={finite}|{judged.stance}", f"n={min(depth, 4)}"]
    names.append(f"r={tokens[top].xpos}|{tense(sentence, top)}|{base}")
    final = tokens[-1].text[:1]
    names.append(f"z={final if final in '?!.:' else ''}|{'root' if depth == 0 else 'below'}")
    texts = {t.text.lower() for t in tokens}
    names.append(f"w={bool(texts & FIRST):d}{bool(texts & SECOND):d}")
    names.append(f"w={bool(texts & FIRST):d}{bool(texts & SECOND):d}|{judged.stance}")
    return judged, [*names, *context(sentence, token, judged)]
