"""The rule tokenizer: a block of text becomes words as Universal Dependencies divides English (EWT and GUM).

Clitics are words (``do`` ``n't``, ``Kyiv`` ``'s``), hyphens are words except after a prefix (``anti-war``), the period
of an abbreviation belongs to it. The word lists are data (``data/language/en/tokens.yaml``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.rules import yamlfile

Piece = tuple[int, int]

_KEYS = (
    "titles",
    "abbreviations",
    "before_number",
    "clock",
    "after_clock",
    "starters",
    "low_starters",
    "said",
    "prefixes",
    "whole",
    "compounds",
    "split",
    "units",
    "honorifics",
    "offices",
    "directions",
    "glued",
)


@dataclass(frozen=True)
class TokenRules:
    """The word lists of the tokenizer and the sentence splitter."""

    titles: frozenset[str]
    abbreviations: frozenset[str]
    before_number: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    starters: frozenset[str]
    low_starters: frozenset[str]
    said: frozenset[str]
    prefixes: frozenset[str]
    whole: frozenset[str]
    compounds: dict[str, str]
    split: dict[str, tuple[str, ...]]
    units: frozenset[str]
    honorifics: frozenset[str]
    offices: frozenset[str]
    directions: frozenset[str]
    glued: frozenset[str]

    @property
    def dotted(self) -> frozenset[str]:
        """Every word that keeps its period wherever it stands."""
        return self.titles | self.abbreviations | self.clock


def read_token_rules(path: Path) -> TokenRules:
    """Read ``tokens.yaml``; DataError (file:line) when a list is missing, unknown, or a split does not add up.

    >>> from dateline.parse import data_folder
    >>> "Gov." in read_token_rules(data_folder() / "language" / "en" / "tokens.yaml").titles
    True
    """
    table = yamlfile.load(path)
    table.check_keys(_KEYS, required=_KEYS)
    split_table = _mapping(table, "split", "word to its parts")
    compounds_table = _mapping(table, "compounds", "compound to its lemma")
    compounds = {compound: str(lemma) for compound, lemma in compounds_table.items()}
    for compound in compounds:
        if compound.count("-") != 1 or compound != compound.lower():
            raise DataError(
                f"{table.file}:{compounds_table.lines[compound]}: found {compound!r}; write two words in lower case with "
                "one hyphen between them"
            )
    split: dict[str, tuple[str, ...]] = {}
    for word, parts in split_table.items():
        pieces = tuple(str(parts).split())
        if "".join(pieces) != word:
            raise DataError(
                f"{table.file}:{split_table.lines[word]}: the parts of {word!r} do not add up to it: {parts}"
            )
        split[word] = pieces
    lists = {key: frozenset(map(str, table.texts(key))) for key in _KEYS if key not in ("split", "compounds")}
    return TokenRules(compounds=compounds, split=split, **lists)


def _mapping(table: yamlfile.Table, key: str, what: str) -> yamlfile.Table:
    found = table[key]
    if not isinstance(found, yamlfile.Table):
        raise DataError(f"{table.file}:{table.lines[key]}: {key!r} must be a mapping of {what}")
    return found


_LETTER = r"[^\W\d_]"
_SCAN = re.compile(
    rf"""
    (?P<url>(?:https?|ftp)://[^\s<>"“”]+ | www\.[^\s<>"“”]+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
        | (?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|mil|info|int|co\.uk|gov\.uk|ac\.uk)\b(?:/[^\s<>"“”]*)?
        | (?<![\w.])\w[\w-]*\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|html?|txt|csv|zip|mp[34])\b(?!\.\w)
        | (?<![\w.])[a-z]{{2,}}(?:\.[a-z][a-z-]*){{2,}}(?![\w@]))
  | (?P<acronym>(?:{_LETTER}\.){{2,}}(?!{_LETTER}{{2}}) | (?:[A-Z]\.)+[A-Z](?![\w.]))
  | (?P<number>
        (?<![\w-])\d{{3}}-\d{{3}}-\d{{4}}(?!\d) | (?<![\w-])\d{{1,4}}-\d{{1,2}}-\d{{1,4}}(?!\d)
      | (?<!\w)[.]\d+(?!\w) | (?:\+(?=\d))?(?:\d{{1,3}}(?:,\d{{2,3}})*,\d{{3}}(?!\d)(?:\.\d+)? | \d+(?:[.:/]\d+)*(?:,\d{{1,2}}(?![\d,]))?)(?:(?:st|nd|rd|th|ST|ND|RD|TH|s|['’]s)(?!\w))? )
  | (?P<dollars>\${{2,}})
  | (?P<money>(?:US|A|C|HK|NZ|S|NT|R|Z)?\$)
  | (?P<amp>[A-Z]{{1,3}}(?:&[A-Z]{{1,3}})+(?!\w))
  | (?P<tag>(?<!\w)[\#@]{_LETTER}\w+)
  | (?P<year>['’]\d\ds?(?!\w))
  | (?P<word>{_LETTER}[\w\u00ad\u0300-\u036f]*(?:['’‘`]{_LETTER}[\w\u0300-\u036f]*)*)
  | (?P<quote>``|''|‘‘|’’)
  | (?P<clitic>['’](?:s|S|m|M|d|D|re|RE|ve|VE|ll|LL)(?!\w))
  | (?P<dots>\.{{2,}}|…+)
  | (?P<marks>[!?]+)
  | (?P<face>[:;]-?[()DP](?!\w))
  | (?P<same>(?P<sign>[-–—*=_~+<>\#|])(?P=sign)*)
  | (?P<mark>\w|[^\w\s])
    """,
    re.VERBOSE,
)
_CHUNK = re.compile(r"[^\s\u200b\ufeff\u2028\x00-\x1f\x7f-\x9f]+")
_CLITIC = re.compile(r"(?:n['’]t|['’](?:s|m|d|re|ve|ll))$", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"[A-Za-z]|[A-Za-z](?<![aeiouyAEIOUY])[b-df-hj-np-tv-xz]{1,2}")
_HYPHENED = re.compile(r"[-/]\w+")
_NUMBER_UNIT = re.compile(r"[^\W\d_].*")
_MAX_CHUNK = 500  # longer runs without white space are cut: no newswire word is that long
_CACHE = 100_000


class Tokenizer:
    """Divides text into words; ``tokenizer(text, start, end)`` gives ``(start, end)`` pairs in text order.

    Runs of characters between white space are divided on their own (the next character is looked at only for
    abbreviations such as ``No.``), so the results of frequent runs are remembered.
    """

    def __init__(self, rules: TokenRules) -> None:
        """Take the word lists."""
        self.rules = rules
        self._dotted = rules.dotted
        self._inner = tuple(
            sorted((w for w in rules.dotted if w.find(".") not in (-1, len(w) - 1)), key=len, reverse=True)
        )
        self._known: dict[str, tuple[Piece, ...]] = {}
        names = "|".join(sorted(map(re.escape, rules.glued), reverse=True))
        self._glued = re.compile(rf"(?<=[A-Za-z])(?:{names})|(?:{names})(?=[A-Za-z])")

    def __call__(self, text: str, start: int = 0, end: int | None = None) -> list[Piece]:
        """The words of ``text[start:end]`` as spans of ``text``."""
        out: list[Piece] = []
        known = self._known
        before_number = self.rules.before_number
        stop = len(text) if end is None else end
        for match in _CHUNK.finditer(text, start, stop):
            a, b = match.span()
            chunk = match.group()
            if b - a < _MAX_CHUNK and chunk.isalpha() and chunk.isascii() and chunk.lower() not in self.rules.split:
                out.append((a, b))
                continue
            if b - a > _MAX_CHUNK:
                for at in range(a, b, _MAX_CHUNK):
                    part = text[at : min(at + _MAX_CHUNK, b)]
                    out.extend((at + x, at + y) for x, y in self._divide(part))
                continue
            pieces = known.get(chunk)
            if pieces is None:
                pieces = self._divide(chunk)
                if len(known) < _CACHE:
                    known[chunk] = pieces
            for x, y in pieces:
                out.append((a + x, a + y))
            if chunk[-1] == "." and len(pieces) > 1 and _digit_follows(text, b, stop):
                x, y = pieces[-2]
                if chunk[x:y] + "." in before_number:
                    out[-2:] = [(a + x, b)]
        cuts = (
            [at for match in self._glued.finditer(text, start, stop) for at in match.span()] if self.rules.glued else []
        )
        return _cut(out, cuts) if cuts else out

    def _divide(self, chunk: str) -> tuple[Piece, ...]:
        out: list[Piece] = []
        position = 0
        size = len(chunk)
        while position < size:
            match = _SCAN.match(chunk, position)
            if match is None:  # a character of no class: white space was never passed in
                position += 1
                continue
            end = match.end()
            kind = match.lastgroup
            if kind == "word":
                end = self._word(chunk, position, end, out)
            elif kind == "url":
                end = _trim_url(chunk, position, end)
                out.append((position, end))
            elif kind == "number":
                end = self._number(chunk, position, end, out)
            else:
                out.append((position, end))
            position = max(end, position + 1)
        return tuple(out)

    def _word(self, chunk: str, start: int, end: int, out: list[Piece]) -> int:
        rules = self.rules
        word = chunk[start:end]
        if chunk[start : end + 1] in rules.whole:
            out.append((start, end + 1))
            return end + 1
        for known in self._inner:  # "Ph.D."
            if chunk.startswith(known, start) and not chunk[start + len(known) : start + len(known) + 1].isalpha():
                out.append((start, start + len(known)))
                return start + len(known)
        if chunk[end : end + 1] == ".":
            follower = chunk[end + 1 : end + 2]
            initial = len(word) == 1 and word.isupper()
            if (word + "." in self._dotted or initial) and not follower.islower():
                out.append((start, end + 1))
                return end + 1
        if chunk[end : end + 1] == "/":
            longer = _whole_ahead(chunk, start, end, rules.whole)
            if longer:
                out.append((start, longer))
                return longer
        if chunk[end : end + 1] == "-":
            if _BROKEN_OFF.fullmatch(word) and (end + 1 == len(chunk) or chunk[end + 1] in "-–—"):
                out.append((start, end + 1))  # "w- we went": a word that the speaker broke off
                return end + 1
            longer = _whole_ahead(chunk, start, end, rules.whole)
            if longer:
                out.append((start, longer))
                return longer
            if word.lower() in rules.prefixes and chunk[end + 1 : end + 2].isalnum():
                match = _SCAN.match(chunk, end + 1)
                if match is not None and match.lastgroup in ("word", "number"):
                    pieces: list[Piece] = []
                    stop = self._word(chunk, end + 1, match.end(), pieces) if match.lastgroup == "word" else match.end()
                    first_end = pieces[0][1] if pieces else match.end()
                    out.append((start, first_end))
                    out.extend(pieces[1:])
                    return stop
        parts = rules.split.get(word.lower())
        if parts is not None:
            at = start
            for part in parts:
                out.append((at, at + len(part)))
                at += len(part)
            return end
        clitic = _CLITIC.search(word)
        if clitic is not None and clitic.start() > 0:
            out.append((start, start + clitic.start()))
            out.append((start + clitic.start(), end))
            return end
        out.append((start, end))
        return end

    def _number(self, chunk: str, start: int, end: int, out: list[Piece]) -> int:
        rest = _NUMBER_UNIT.match(chunk, end)
        if rest is not None:
            word = _SCAN.match(chunk, end)
            unit = word.group() if word is not None else ""
            if unit in self.rules.units:
                out.append((start, end))
                out.append((end, end + len(unit)))
                return end + len(unit)
            end += len(unit)
        out.append((start, end))
        return end


def _cut(pieces: list[Piece], cuts: list[int]) -> list[Piece]:
    """The pieces, each divided at the cuts that lie inside it."""
    out = []
    for start, end in pieces:
        for cut in cuts:
            if start < cut < end:
                out.append((start, cut))
                start = cut
        out.append((start, end))
    return out


def _digit_follows(text: str, position: int, stop: int) -> bool:
    while position < stop and text[position].isspace():
        position += 1
    return position < stop and text[position].isdigit()


def _trim_url(chunk: str, start: int, end: int) -> int:
    while end > start + 1 and chunk[end - 1] in ".,;:!?'’)]}»\"”":
        if chunk[end - 1] == ")" and "(" in chunk[start:end]:
            break
        end -= 1
    return end


def _whole_ahead(chunk: str, start: int, end: int, whole: frozenset[str]) -> int:
    match = _HYPHENED.match(chunk, end)
    return match.end() if match is not None and chunk[start : match.end()] in whole else 0
