"""The forms of English verbs, regular and irregular, led back to the verb."""

from __future__ import annotations

from pathlib import Path

from dateline.errors import DataError
from dateline.rules.words import DATA, split_words
from dateline.rules.yamlfile import Table, load

_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_HISSING = ("s", "sh", "ch", "x", "z", "o")


def verb_forms(path: Path | None = None) -> dict[tuple[str, str], str]:
    """``(form, Penn tag) -> lemma`` for the verbs of the language pack; DataError when the file is wrong.

    >>> forms = verb_forms()
    >>> forms["shaking", "VBG"], forms["planned", "VBD"], forms["shot", "VBN"]
    ('shake', 'plan', 'shoot')
    """
    table = load(path or DATA / "language" / "en" / "verbs.yaml")
    table.check_keys(("regular", "doubled", "irregular"))
    irregular = table.get("irregular") or {}
    if not isinstance(irregular, Table):
        raise DataError(
            f"{table.file}:{table.lines['irregular']}: 'irregular' must be a mapping of verb to its two past forms"
        )
    doubled = frozenset(split_words(table.get("doubled")))
    out: dict[tuple[str, str], str] = {}
    for verb in (*split_words(table.get("regular")), *irregular):
        stem = verb + verb[-1] if verb in doubled else verb
        past = [_past(verb, stem)] * 2
        if verb in irregular:
            past = str(irregular[verb]).split()
            if len(past) != 2:
                where = f"{irregular.file}:{irregular.lines[verb]}"
                raise DataError(f"{where}: {verb!r} needs a past tense and a participle, found {irregular[verb]!r}")
        for form, tags in (
            (verb, ("VB", "VBP")),
            (past[0], ("VBD",)),
            (past[1], ("VBN",)),
            (_ing(verb, stem), ("VBG",)),
            (_third_person(verb), ("VBZ",)),
        ):
            for tag in tags:
                out.setdefault((form, tag), verb)
        if verb in doubled and verb.endswith("l"):  # "canceled" beside "cancelled"
            for form, tag in ((verb + "ed", "VBD"), (verb + "ed", "VBN"), (verb + "ing", "VBG")):
                out.setdefault((form, tag), verb)
    return out


def _past(verb: str, stem: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] in _CONSONANTS:
        return verb[:-1] + "ied"
    return stem + "ed"


def _ing(verb: str, stem: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return stem + "ing"


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] in _CONSONANTS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(_HISSING) else "s")
