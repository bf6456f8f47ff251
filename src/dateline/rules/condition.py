"""What a codebook rule asks of a predicate: role paths through its arguments, and tests on what stands at their end.

A role path walks arguments: ``obj.on`` is the complement with "on" of the object. Its steps are the roles of grammar
(:data:`ROLES`), the steps that leave the arguments (:data:`STEPS`), and the prepositions of the language pack (the word
class ``prepositions``, which also holds the words that open a clause: ``when``, ``that``).

Tests: ``@class``, a lemma, (or ``=lemma`` where the lemma is also the name of a test), ``prep:in`` (its own preposition),
one of :data:`TESTS`, or an event type in capitals (the argument is itself coded so). ``@sport`` and ``@business`` never hold
for the name of a political organisation.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.errors import DataError, did_you_mean
from dateline.rules.words import Words, known_word, split_words
from dateline.rules.yamlfile import Table

#: roles that the clause reader gives, besides one for each preposition
ROLES = ("subj", "obj", "iobj", "comp", "advcl", "purpose", "tmod", "undergoer", "poss", "amod", "compound")
#: the nearest political phrases below; all that the act is about; the subject of a predicate that is no verb; the nouns
#: above; the governing token; the auxiliaries; the predicate itself
STEPS = ("inside", "content", "topic", "outer", "above", "aux", "self")
TESTS = ("political", "person", "state", "armed", "organisation", "clause", "any", "none", "place", "named")
NOBODY = "none"  # as the only path of an actor or recipient: whoever it is, it stands nowhere in the clause

CLOSE = (
    0.8  # likeness (0 to 1) from which an unknown word is taken for a misspelt test; of PLOVER's words none is so close
)

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on the fillers of a role path: one of ``tests`` must hold for one of the fillers."""

    path: Path
    tests: tuple[str, ...]
    negate: bool
    where: str

    def __str__(self) -> str:
        """``if obj: person @crowds``."""
        return f"{'unless' if self.negate else 'if'} {'.'.join(self.path)}: {' '.join(self.tests)}"


def read_conditions(rule: Table, key: str, *, negate: bool, words: Words, types: Iterable[str]) -> list[Condition]:
    """The conditions under ``if`` or ``unless`` of a rule; DataError with file and line for what cannot hold."""
    value = rule.get(key)
    if value is None:
        return []
    if not isinstance(value, Table):
        raise DataError(f"{rule.where(key)}: {key!r} must be a mapping of role path to tests")
    out = []
    for path, tests in value.items():
        where = value.where(path)
        names = split_words(tests)
        if not names:
            raise DataError(f"{where}: {path}: no test; write a lemma, @class, or one of: {', '.join(TESTS)}")
        for test in names:
            check_test(test, where, words, types)
        out.append(Condition(read_path(path, where, words), names, negate, where))
    return out


def read_paths(rule: Table, key: str, words: Words) -> tuple[Path, ...]:
    """The role paths under ``actor`` or ``recipient``; none of them for the one word ``none``."""
    paths = split_words(rule.get(key))
    if paths == (NOBODY,):
        return ()
    return tuple(read_path(path, rule.where(key), words) for path in paths)


def read_path(text: str, where: str, words: Words) -> Path:
    """A role path: ``obj.on`` to ``("obj", "on")``; DataError for a step that nothing can fill."""
    path = tuple(text.split("."))
    for step in path:
        if step in ROLES or step in STEPS or step in words["prepositions"]:
            continue
        if '"' in step or "'" in step:
            raise DataError(
                f"{where}: role path {text!r}: a quotation mark inside a value is part of it; quote the whole value, or none of it"
            )
        if step == NOBODY:
            raise DataError(f"{where}: role path {text!r}: 'none' means nobody and stands alone")
        hint = did_you_mean(step, (*ROLES, *STEPS, *words["prepositions"]))
        raise DataError(
            f"{where}: role path {text!r}: no role {step!r}{hint}; allowed: {', '.join(ROLES)}, the steps "
            f"{', '.join(STEPS)}, or a preposition (word class @prepositions)"
        )
    return path


def check_test(test: str, where: str, words: Words, types: Iterable[str]) -> None:
    """Raise DataError for a test that can never hold: an unknown class or type, or a misspelt name of a test."""
    if test.startswith("@"):
        if test[1:] not in words:
            raise DataError(f"{where}: unknown word class {test}{did_you_mean(test[1:], words)}")
    elif test.startswith("prep:"):
        if test[5:] not in words["prepositions"]:
            hint = did_you_mean(test[5:], words["prepositions"])
            raise DataError(f"{where}: test {test!r}: no preposition {test[5:]!r}{hint}")
    elif test.startswith("="):
        if test == "=" or test != test.lower():
            raise DataError(f"{where}: test {test!r}: a lemma in lower case must follow the '='")
    elif test.isupper():
        if test not in types:
            names = list(types)
            raise DataError(
                f"{where}: test {test!r} in capitals must be a type of the codebook{did_you_mean(test, names)}; "
                f"it has: {', '.join(names)}; a lemma is written in lower case"
            )
    elif test != test.lower():
        raise DataError(f"{where}: test {test!r}: a lemma is written in lower case, a type in capitals")
    elif test not in TESTS:
        _check_lemma(test, where, words)


def _check_lemma(test: str, where: str, words: Words) -> None:
    if test in words and test.endswith("s") and test[:-1] in words[test]:
        raise DataError(
            f"{where}: test {test!r} is the name of a word class: write @{test}, or the lemma {test[:-1]!r}"
        )
    close = _like_a_test(test)
    if close is not None and not known_word(test, words):
        raise DataError(
            f"{where}: test {test!r} is no known word (did you mean {close!r}?); tests are {', '.join(TESTS)}; "
            f"={test} stands for the word itself"
        )


@cache
def _like_a_test(word: str) -> str | None:
    """The named test that a word may be a misspelling of: it begins alike and is about as long."""
    near = [t for t in TESTS if t[0] == word[0] and abs(len(t) - len(word)) < 3]
    return next(iter(difflib.get_close_matches(word, near, n=1, cutoff=CLOSE)), None) if near else None
