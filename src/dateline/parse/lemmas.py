"""Lemmas: a table of (form, tag) learnt from treebanks, then the commonest suffix change for the tag.

The table (``lemmas.tsv.gz`` beside the model) is built by ``training/build_lemmas.py``.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from dateline.parse.inflect import verb_forms

_VERBS = ("VB", "VBD", "VBN", "VBZ", "VBG")
_LONGEST = 5


class Lemmatizer:
    """``lemmatizer(form, xpos)`` gives the lemma: lower case except for proper names.

    Words seen in the treebanks are looked up; others lose or change their ending as similar words do.
    """

    def __init__(self, words: dict[tuple[str, str], str], endings: dict[tuple[str, str], tuple[int, str]]) -> None:
        """Take the tables as :meth:`load` reads them."""
        self._words = words
        self._endings = endings
        self._known: dict[tuple[str, str], str] = {}

    @classmethod
    def load(cls, path: Path) -> Lemmatizer:
        """Read the table; a row is ``w form tag lemma`` or ``e ending tag cut add``."""
        words: dict[tuple[str, str], str] = {}
        endings: dict[tuple[str, str], tuple[int, str]] = {}
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = line.rstrip("\n").split("\t")
                if row[0] == "w":
                    words[row[1], row[2]] = row[3]
                elif row[0] == "e":
                    endings[row[1], row[2]] = (int(row[3]), row[4])
        verbs = verb_forms()
        # the treebanks have slips ("freed", lemma "fre"): of past forms and -ing forms the list of verbs knows better
        sure = {key: lemma for key, lemma in verbs.items() if key[1] in ("VBD", "VBN", "VBG", "VBZ")}
        return cls({**verbs, **words, **sure}, endings)

    def __call__(self, form: str, xpos: str) -> str:
        """The lemma of ``form`` with this Penn tag."""
        name = xpos.startswith("NNP")
        key = (form if name else form.lower(), xpos)
        lemma = self._words.get(key)
        if lemma is None:
            lemma = self._known.get(key)
            if lemma is None:
                lemma = (self._other_form(key[0]) if xpos.startswith("VB") else None) or self._by_ending(key[0], xpos)
                if len(self._known) < 100_000:
                    self._known[key] = lemma
        return lemma

    def _other_form(self, form: str) -> str | None:
        """What a verb form is under another tag: "scuffle", read as a past tense, is still "scuffle", "froze" "freeze"."""
        return next((self._words[form, tag] for tag in _VERBS if (form, tag) in self._words), None)

    def _by_ending(self, form: str, xpos: str) -> str:
        for length in range(min(_LONGEST, len(form)), -1, -1):
            change = self._endings.get((form[len(form) - length :], xpos))
            if change is not None and change[0] < len(form) + (change[1] != ""):
                cut, add = change
                return (form[: len(form) - cut] + add) or form
        return form
