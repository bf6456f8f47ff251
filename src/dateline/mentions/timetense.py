"""Which way a clause looks: back, ahead, or neither, for expressions such as a bare weekday that need to know.

With a parse the verb that governs the words decides; without one the words before them in the sentence do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.model import Sentence, Token

PAST, FUTURE = -1, 1
_STOP = re.compile(r"[.!?](?:\s|[\"'”’])|\n\n")
_CLOCK = re.compile(r"[ap]\.?m\.?|noon|midnight|[A-Z]{2,4}|early|late|at|least", re.I)
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
    """Direction of the clause that the token ``index`` stands in: -1 past, 1 future, None when it does not say.

    The first predicate up the tree that shows a tense decides. ``until`` looks ahead, unless its verb is in the past
    perfect; what belongs to a weekday ("Wednesday's ruling") has happened, unless it is a scheduled thing ("Sunday's
    election").
    """
    tokens = sentence.tokens
    until = _until(sentence, index, cues)
    i = index
    if index and not until:
        before = tokens[index - 1]
        if before.lemma in cues.get("adjacent", ()):
            return FUTURE
        if before.xpos in ("VBD", "VBN") and before.lemma not in cues.get("scheduled", ()):
            i = index - 1  # "announced Friday": the words right before say it, whatever the tree says
            if before.xpos == "VBN" and not _helpers(sentence, i):
                return PAST
    for _ in range(12):
        token = tokens[i]
        if token.lemma in cues.get("scheduled", ()) and token.upos in ("ADJ", "NOUN"):
            return FUTURE
        if token.upos in ("VERB", "AUX") or _is_predicate(sentence, i):
            if until:
                return PAST if _perfect(sentence, i) else FUTURE
            found = _tense(sentence, i, index, cues)
            if found is not None:
                return found
        if token.dep == "nmod:poss" and token.head >= 0 and tokens[token.head].lemma not in cues.get("meetings", ()):
            return PAST
        if token.head < 0:
            break
        i = token.head
    return FUTURE if until else None


def _until(sentence: Sentence, index: int, cues: Mapping[str, frozenset[str]]) -> bool:
    tokens, until = sentence.tokens, cues.get("until", frozenset())
    near = [k for k in sentence.children[index] if tokens[k].dep in ("case", "mark")]
    k = index - 1
    while k > 0 and (tokens[k].upos in ("NUM", "PUNCT", "DET", "SYM") or _CLOCK.fullmatch(tokens[k].text)):
        k -= 1
    return any(tokens[k].lemma in until for k in (*near, k) if k >= 0)


def _is_predicate(sentence: Sentence, i: int) -> bool:
    return any(sentence.tokens[k].dep in ("cop", "aux", "aux:pass") for k in sentence.children[i])


def _helpers(sentence: Sentence, i: int) -> list[Token]:
    tokens = sentence.tokens
    return [tokens[k] for k in sentence.children[i] if tokens[k].dep in ("aux", "aux:pass", "cop", "mark")]


def _perfect(sentence: Sentence, i: int) -> bool:
    return any(h.lemma == "have" and h.xpos == "VBD" for h in _helpers(sentence, i))


def _tense(sentence: Sentence, i: int, index: int, cues: Mapping[str, frozenset[str]]) -> int | None:
    """Tense of one predicate and its auxiliaries, and for an infinitive of what governs it."""
    tokens = sentence.tokens
    token = tokens[i]
    helpers = _helpers(sentence, i)
    for helper in helpers:
        word = helper.text.lower()
        if word in cues.get("future", ()) and helper.upos == "AUX":
            denied = word == "could" and any(tokens[k].lemma in ("not", "n't") for k in sentence.children[i])
            return PAST if denied or any(h.lemma == "have" for h in helpers) else FUTURE
    if any(h.lemma == "have" and h.xpos == "VBD" for h in helpers):
        return PAST
    if token.lemma in cues.get("plans", ()) and token.xpos in ("VBD", "VBN") and i < index:
        return FUTURE
    if token.lemma in cues.get("scheduled", ()) and _aims(sentence, i, index, cues):
        return FUTURE
    if any(h.xpos == "TO" for h in helpers):
        return _infinitive(sentence, i, cues)
    finite = [h for h in helpers if h.upos == "AUX" and h.xpos in ("VBD", "VBZ", "VBP")]
    if finite:
        present = all(h.xpos != "VBD" for h in finite) and all(h.lemma != "have" for h in finite)
        return FUTURE if present and token.lemma in cues.get("scheduled", ()) else _finite(finite, token, helpers)
    if token.xpos == "VBD" or (token.xpos == "VBN" and token.dep.startswith("acl")):
        return PAST
    if token.xpos in ("VBZ", "VBP") and token.lemma in cues.get("timetable", ()) and i < index:
        return FUTURE if sentence.region != "headline" else None
    return None


def _aims(sentence: Sentence, i: int, index: int, cues: Mapping[str, frozenset[str]]) -> bool:
    """Whether the time is what a planning verb aims at: ``scheduled for Friday``, ``extended to Nov. 20``."""
    tokens = sentence.tokens
    if tokens[i].xpos not in ("VBN", "VBD"):
        return tokens[i].upos == "ADJ"
    aims = cues.get("aims", frozenset())
    before = range(max(0, index - 2), index)
    if any(
        tokens[k].lemma in aims and tokens[k].upos in ("ADP", "SCONJ", "PART")
        for k in (*sentence.children[index], *before)
    ):
        return True
    return tokens[i].xpos == "VBN" and i < index and _between_infinitive(sentence, i, index)


def _between_infinitive(sentence: Sentence, i: int, index: int) -> bool:
    return any(sentence.tokens[k].xpos == "TO" for k in range(i + 1, index))


def _finite(finite: list[Token], token: Token, helpers: list[Token]) -> int | None:
    if any(h.xpos == "VBD" for h in finite) or any(h.lemma == "have" for h in finite):
        return PAST
    return PAST if token.xpos == "VBN" and any(h.lemma == "be" for h in helpers) else None


def _infinitive(sentence: Sentence, i: int, cues: Mapping[str, frozenset[str]]) -> int | None:
    head = sentence.tokens[i].head
    if head < 0:
        return FUTURE
    governor = sentence.tokens[head]
    if sentence.tokens[i].dep.startswith("acl") and any(h.xpos == "VB" for h in _helpers(sentence, i)):
        return FUTURE
    if (
        governor.lemma in cues.get("forward", ())
        or governor.lemma in cues.get("scheduled", ())
        or governor.lemma == "be"
    ):
        return PAST if _perfect(sentence, head) else FUTURE
    if any(h.lemma == "be" and h.dep == "aux" for h in _helpers(sentence, i)):
        return FUTURE
    return None
