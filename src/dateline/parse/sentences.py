"""The sentence splitter: where, in the words of one block, sentences begin.

Works on words, so that abbreviations are already known: a sentence ends after a word that can end one, its closing
quotes and brackets included, unless what follows shows that it goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.parse.tokens import Piece, TokenRules

_CLOSERS = frozenset({'"', "”", "’", "'", "''", "’’", "»", ")", "]", "}"})
_OPENERS = frozenset({'"', "“", "‘", "``", "‘‘", "«", "(", "[", "{", "'", "—", "–", "-", "--"})
_STRAIGHT = frozenset({'"', "'"})
_FACE = re.compile(r"[:;]-?[()DP]")
_SMALL = frozenset({"the", "of", "a", "an", "his", "her", "their", "its", "de", "al", "bin", "-", "and", "one"})


def sentence_starts(text: str, words: Sequence[Piece], rules: TokenRules) -> list[int]:
    """Indices of the words that begin a sentence (the first is 0); empty for no words.

    ``text`` is the whole text, ``words`` the spans of the words of one block.
    """
    if not words:
        return []
    forms = [text[a:b] for a, b in words]
    lower_only = not any(form[0].isupper() for form in forms)
    starts = [0]
    index = 0
    size = len(forms)
    while index < size - 1:
        form = forms[index]
        last = form[-1]
        if _FACE.fullmatch(form) and index > starts[-1] and forms[index + 1][0].isupper():
            starts.append(index + 1)
            index += 1
            continue
        if last not in ".?!…" or index == size - 1:
            index += 1
            continue
        after = _past_closers(text, words, forms, index + 1, index - starts[-1])
        if after >= size:
            break
        if after > index + 1 and form[0] in "?!" and _goes_on(forms, after, rules):
            index += 1
            continue
        if _ends(text, words, forms, index, after, starts[-1], rules, lower_only):
            starts.append(after)
            index = after
        else:
            index += 1
    return starts


def _past_closers(text: str, words: Sequence[Piece], forms: Sequence[str], index: int, length: int) -> int:
    """Index of the first word after the closing quotes and brackets at ``index``."""
    while index < len(forms) and forms[index] in _CLOSERS:
        gap = words[index][0] > words[index - 1][1]
        if forms[index] in _STRAIGHT and gap:
            # a straight quote with a space before it closes only if nothing is glued to its right
            glued = index + 1 < len(forms) and words[index + 1][0] == words[index][1]
            if glued or not _open_quote(forms, index, length):
                break
        index += 1
    while index < len(forms) and forms[index][0] in "?!." and forms[index][-1] in "?!.":
        index += 1
    while index + 2 < len(forms) and forms[index] == "[" and forms[index + 1].isdigit() and forms[index + 2] == "]":
        index += 3  # a reference mark belongs to the sentence before it
    while index < len(forms) and _FACE.fullmatch(forms[index]):
        index += 1  # and so does a face: "I love her. :)"
    return index


def _open_quote(forms: Sequence[str], index: int, length: int) -> bool:
    start = max(0, index - 1 - length)
    return sum(1 for form in forms[start:index] if form == forms[index]) % 2 == 1


def _goes_on(forms: Sequence[str], after: int, rules: TokenRules) -> bool:
    """Whether a reporting verb follows a quoted question ("Why?" Mr. Gray asked)."""
    for form in forms[after : after + 7]:
        if form in rules.said:
            return True
        if not (form[0].isupper() or form in _SMALL):
            return False
    return False


def _ends(
    text: str,
    words: Sequence[Piece],
    forms: Sequence[str],
    index: int,
    after: int,
    start: int,
    rules: TokenRules,
    lower_only: bool,
) -> bool:
    form = forms[index]
    opener = after
    while opener < len(forms) - 1 and forms[opener] in _OPENERS:
        opener += 1
    follower = forms[opener]
    quoted = opener > after or after > index + 1
    if form in rules.titles:
        return False
    if len(form) > 1 and form[-1] == "." and form[0] != ".":
        return _abbreviation_ends(form, follower, quoted, rules)
    if form == "." and index - start == 1 and forms[start].isdigit() and len(forms[start]) <= 2:
        return False  # the number of a list item: "2. …"
    if follower[0].islower():
        if lower_only or (not quoted and form[0] in "?!"):
            return True
        before = forms[index - 1] if index > start else ""
        if form == "." and not quoted and len(before) > 3 and before.isalpha() and before.islower():
            return True
        hyphened = follower in rules.low_starters and opener + 1 < len(forms) and forms[opener + 1] == "-"
        return hyphened and form == "."
    if form[0] in ".…" and len(form) > 1 and not (follower[0].isupper() or opener > after):
        return False
    if form != "." and after < len(forms) and forms[after] in (",", ";", ":", ")", "--"):
        return False
    return forms[after] not in (",", ";", ":")


def _abbreviation_ends(form: str, follower: str, quoted: bool, rules: TokenRules) -> bool:
    if form in rules.clock:
        named = follower in rules.after_clock or (follower.isupper() and follower not in rules.starters)
        return follower[0].isupper() and not named
    if form in rules.before_number and follower[0].isdigit():
        return False
    if form[:-1].isalpha() and form.islower() and form not in rules.before_number and follower[0].isupper():
        return True  # "etc. Then"
    return follower in rules.starters or (quoted and follower[0].isupper())
