"""Which way a clause looks: back, ahead, or neither, for expressions such as a bare weekday that need to know.

With a parse the verb that governs the words decides; without one the words before them in the sentence do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.model import Sentence, Token

PAST, FUTURE = -1, 1
_STOP = re.compile(r"[.!?](?:\s|[\"'”’])|\n\n")
_WORD = re.compile(r"[A-Za-z’']+")


def guess_direction(text: str, at: int, cues: Mapping[str, frozenset[str]]) -> int | None:
    """Direction from the twelve words before ``at`` in its sentence: a modal or a plan word looks ahead."""
    window = text[max(0, at - 90) : at]
    stops = list(_STOP.finditer(window))
    if stops:
        window = window[stops[-1].end() :]
    words = [w.lower() for w in _WORD.findall(window)][-12:]
    for word in reversed(words):
        if word in cues.get("future", ()) or word in ("until", "till"):
            return FUTURE
        if word.endswith("ed") or word in cues.get("pastforms", ()):
            return FUTURE if _lemma(word) in cues.get("forward", ()) else PAST
    return None


def _lemma(word: str) -> str:
    return word[:-2] if word.endswith("ed") else word


def direction(sentence: Sentence, index: int, cues: Mapping[str, frozenset[str]]) -> int | None:
    """Direction of the clause that the token ``index`` stands in: -1 past, 1 future, None when it does not say."""
    tokens = sentence.tokens
    i, steps = index, 0
    for k in sentence.children[index]:
        if tokens[k].dep == "case" and tokens[k].lemma in cues.get("until", ()):
            return FUTURE
    while steps < 12:
        token = tokens[i]
        if token.upos in ("VERB", "AUX") or _is_predicate(sentence, i):
            found = _tense(sentence, i, cues)
            if found is not None:
                return found
        elif token.dep in ("nmod", "obl", "amod", "acl", "compound", "nmod:poss") and token.lemma in cues.get("forwardnouns", ()):
            return FUTURE
        if token.head < 0:
            return None
        i, steps = token.head, steps + 1
    return None


def _is_predicate(sentence: Sentence, i: int) -> bool:
    return any(sentence.tokens[k].dep in ("cop", "aux", "aux:pass") for k in sentence.children[i])


def _tense(sentence: Sentence, i: int, cues: Mapping[str, frozenset[str]]) -> int | None:
    """Tense of one predicate, its auxiliaries, and for an infinitive or participle of what governs it."""
    token = sentence.tokens[i]
    helpers = [sentence.tokens[k] for k in sentence.children[i] if sentence.tokens[k].dep in ("aux", "aux:pass", "cop", "mark")]
    forward = cues.get("forward", frozenset())
    for helper in helpers:
        if helper.text.lower() in cues.get("future", ()) and helper.upos == "AUX":
            return FUTURE if "have" not in (h.lemma for h in helpers) else PAST
    finite = [h for h in helpers if h.upos == "AUX" and h.xpos in ("VBD", "VBZ", "VBP")]
    if token.lemma in forward and (finite or token.xpos in ("VBN", "VBD", "VBZ", "VBP", "JJ")):
        return FUTURE if token.xpos in ("VBN", "JJ") or not finite else _finite(finite, token, helpers)
    if finite:
        return _finite(finite, token, helpers)
    if token.xpos == "VBD":
        return PAST
    if token.xpos in ("VBZ", "VBP"):
        return None
    if token.xpos == "VB" and any(h.text.lower() == "to" for h in helpers):
        return _infinitive(sentence, i, cues)
    return None


def _finite(finite: list[Token], token: Token, helpers: list[Token]) -> int | None:
    if any(h.xpos == "VBD" for h in finite):
        return PAST
    if any(h.lemma == "have" for h in finite):
        return PAST
    return PAST if token.xpos == "VBN" and any(h.lemma == "be" for h in helpers) else None


def _infinitive(sentence: Sentence, i: int, cues: Mapping[str, frozenset[str]]) -> int | None:
    head = sentence.tokens[i].head
    if head < 0:
        return FUTURE
    governor = sentence.tokens[head]
    if governor.lemma in cues.get("forward", ()):
        return FUTURE
    if governor.lemma == "be" or any(sentence.tokens[k].lemma == "be" and sentence.tokens[k].dep == "aux" for k in sentence.children[i]):
        return FUTURE
    return None
