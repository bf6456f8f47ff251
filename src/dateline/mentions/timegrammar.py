"""The compiled grammar of time expressions: word classes and patterns read from YAML, indexed by first word.

A pattern is words and classes: ``[early|late] <weekday> [(night|morning)]``. ``<class>`` or ``<class:slot>`` binds a
slot; ``[...]`` may be absent; ``(...)`` groups; ``|`` separates alternatives; a blank in the pattern is white space in
the text, ``~`` is white space or a hyphen, ``_`` is white space or nothing, and no blank is nothing. Everything else is the word itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dateline.errors import DataError, did_you_mean
from dateline.mentions.timeindex import RuleIndex
from dateline.mentions.timenumbers import number_regex
from dateline.rules.yamlfile import Table, at, load

DATA = Path(__file__).resolve().parent.parent / "data" / "language" / "en" / "times.yaml"
GAP = r"(?:[^\S\n]+\n?[^\S\n]*|\n[^\S\n]*)"
_ITEM = re.compile(
    r"(?P<gap>\s*)(?:(?P<mark>[\[\]()|~_])|<(?P<cls>[a-z0-9]+)(?::(?P<slot>[a-z0-9]+))?>|(?P<word>[^\s\[\]()|<>~_]+))"
)
_FIRST = re.compile(r"[A-Za-z]+|\d|['’]")
_BEFORE = r"(?:{})[\s\-]*$"
_RULE_KEYS = ("id", "patterns", "make", "with", "not_after", "not_before", "needs_before", "unless_verb")
_CLASS_KEYS = ("case", "lower", "words", "regex")
NUMBER_SIGN = "#"


@dataclass(frozen=True, slots=True)
class WordClass:
    """A class of words or word sequences with their values, or a regular expression whose match is the value."""

    name: str
    regex: str
    values: Mapping[str, str]
    firsts: frozenset[str]

    def value(self, found: str) -> str:
        """The value of the words as they were found in the text (the words themselves for a regex class)."""
        return self.values.get(plain(found), found) if self.values else found


@dataclass(frozen=True)
class TimeRule:
    """One pattern of one rule: ``regex`` is matched at a word, ``make`` names the builder of the value."""

    id: str
    order: int
    source: str  # of the regular expression
    needs: tuple[frozenset[str], ...]  # of each of these sets one word must follow, or the rule cannot match
    make: str
    args: Mapping[str, str]
    slots: tuple[tuple[str, WordClass], ...]
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    needs_before: re.Pattern[str] | None
    unless_verb: str  # "yes": not where the parser sees a verb; "name": only where it sees a name

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled at its first use: most rules never meet their words in a story."""
        return re.compile(self.source, re.I)


@dataclass(frozen=True, slots=True)
class Joint:
    """Two neighbouring results that are one expression: ``9 a.m.`` + ``Tuesday``; the gap between them is a regex."""

    id: str
    left: str
    right: str
    gap: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TimeGrammar:
    """Everything that :func:`dateline.mentions.times.find_times` knows about the language; see ``load_times``."""

    index: RuleIndex
    widen: tuple[tuple[str, re.Pattern[str]], ...]  # words before a result that belong to it, by result type
    widen_not: re.Pattern[str]  # durations that start so are not widened
    joints: tuple[Joint, ...]
    cues: Mapping[str, frozenset[str]]  # word sets that decide tense and direction
    numbers: Mapping[str, int]
    words: frozenset[str]  # every word of every pattern: what may follow an article
    rule_ids: tuple[str, ...]
    source: str
    version: str = "times/en@1"


def plain(words: str) -> str:
    """Words as they stand in the data: lower case, single blanks, straight apostrophe, hyphens as blanks."""
    return re.sub(r"[\s\-–]+", " ", words.lower().replace("’", "'")).strip()


def load_times(path: Path | None = None) -> TimeGrammar:
    """Read and compile a grammar of time expressions (the shipped English one by default).

    Raises DataError, with file and line, for an unknown class, builder or key, or a pattern that cannot be read.

    >>> "dates/weekday" in load_times().rule_ids
    True
    """
    from dateline.mentions.timevalues import BUILDERS  # the builders import this file

    table = load(path or DATA)
    table.check_keys(("classes", "numbers", "rules", "widen", "widen_not", "joints", "cues"), ("classes", "rules"))
    numbers = {word: int(value) for word, value in _mapping(table, "numbers").items()}
    classes = {name: _word_class(name, body) for name, body in _tables(table, "classes").items()}
    classes["number"] = WordClass(
        "number", number_regex(numbers), {}, frozenset(_first(w) for w in numbers) | {NUMBER_SIGN}
    )
    rules: list[tuple[TimeRule, frozenset[str]]] = []
    for body in table.tables("rules"):
        body.check_keys(_RULE_KEYS, ("id", "patterns", "make"))
        make = body["make"]
        if make not in BUILDERS:
            raise DataError(
                f"{at(make)}: unknown builder {make!r}{did_you_mean(make, BUILDERS)}; allowed: {', '.join(sorted(BUILDERS))}"
            )
        for pattern in body.texts("patterns"):
            rules.append(_rule(body, pattern, classes, len(rules)))
    index: dict[str, list[TimeRule]] = {}
    for rule, firsts in rules:
        for first in firsts:
            index.setdefault(first, []).append(rule)
    widen = tuple(
        (kind, re.compile(rf"(?<!\w)(?:{regex})(?:{GAP}|-)$", re.I)) for kind, regex in _mapping(table, "widen").items()
    )
    joints = []
    for body in table.tables("joints"):
        body.check_keys(("id", "left", "right", "gap"), ("id", "left", "right", "gap"))
        joints.append(
            Joint(
                str(body["id"]),
                str(body["left"]),
                str(body["right"]),
                re.compile(f"(?:{body['gap']})".replace(" ", r"\s"), re.I),
            )
        )
    cues_table = table.get("cues") or Table()
    cues = {name: frozenset(str(w) for w in cues_table.texts(name)) for name in cues_table}
    ids = tuple(dict.fromkeys([r.id for r, _ in rules] + [j.id for j in joints]))
    widen_not = re.compile(table.text("widen_not") or r"(?!)", re.I)
    indexed = RuleIndex({first: tuple(found) for first, found in index.items()})
    words = _words(table, classes)
    return TimeGrammar(indexed, widen, widen_not, tuple(joints), cues, numbers, words, ids, table.file)


def _words(table: Table, classes: Mapping[str, WordClass]) -> frozenset[str]:
    """Every word of the patterns and classes, with the sign for figures."""
    words = {NUMBER_SIGN}
    for body in table.tables("rules"):
        for pattern in body.texts("patterns"):
            words.update(w.lower() for w in re.findall(r"[A-Za-z]+", re.sub(r"<[^>]*>", " ", pattern)))
    for cls in classes.values():
        words.update(cls.firsts)
        words.update(w for value in cls.values for w in re.findall(r"[a-z]+", value))
    return frozenset(words)


def _tables(table: Table, key: str) -> dict[str, Table]:
    body = table.get(key)
    if not isinstance(body, Table) or not all(isinstance(v, Table) for v in body.values()):
        raise DataError(f"{table.file}:{table.lines.get(key, table.line)}: {key!r} must be a mapping of mappings")
    return dict(body)


def _mapping(table: Table, key: str) -> dict[str, str]:
    body = table.get(key)
    if body is None:
        return {}
    if not isinstance(body, Table) or not all(isinstance(v, str) for v in body.values()):
        raise DataError(f"{table.file}:{table.lines[key]}: {key!r} must be a mapping of words")
    return {str(k): str(v) for k, v in body.items()}


def _word_class(name: str, body: Table) -> WordClass:
    body.check_keys(_CLASS_KEYS)
    regex = body.text("regex")
    if regex is not None:
        try:
            re.compile(f"(?:{regex})")
        except re.error as error:
            raise DataError(f"{at(regex)}: not a regular expression: {error}") from error
        firsts = frozenset(str(w) for w in body.texts("words")) or frozenset({NUMBER_SIGN})
        return WordClass(name, f"(?:{regex})", {}, firsts)
    words = _mapping(body, "words")
    if not words:
        raise DataError(f"{body.file}:{body.line}: class {name!r} needs words or a regex")
    ordered = sorted(words, key=len, reverse=True)
    if body.text("case") == "name":
        forms = [form for word in ordered for form in dict.fromkeys((word.title().replace("'S", "'s"), word.upper()))]
        forms += body.texts("lower")
        regex = "(?-i:" + "|".join(_literal(form) for form in forms) + ")"
    else:
        regex = "(?:" + "|".join(_literal(word) for word in ordered) + ")"
    return WordClass(name, regex, {plain(k): v for k, v in words.items()}, frozenset(_first(w) for w in ordered))


def _literal(words: str) -> str:
    escaped = re.sub(r"\\[ \-](?=.)", r"[\\s\\-]{1,2}", re.escape(words)).replace("'", "['’]")
    return escaped


def _first(word: str) -> str:
    match = _FIRST.match(word)
    if match is None:
        return word[:1]
    found = match[0]
    return NUMBER_SIGN if found.isdigit() else "'" if found in "'’" else found.lower()


# --- patterns ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    kind: str  # word | class | seq | alt
    gap: str = ""
    optional: bool = False
    text: str = ""
    slot: str = ""
    nodes: list[_Node] = field(default_factory=list)


def _rule(body: Table, pattern: str, classes: Mapping[str, WordClass], order: int) -> tuple[TimeRule, frozenset[str]]:
    where = at(pattern)
    node = _parse(pattern, where)
    slots: dict[str, WordClass] = {}
    regex = _compile(node, classes, slots, where)
    args = _mapping(body, "with")
    try:
        guards = {
            k: re.compile(form.format(v), re.I) if (v := body.text(k)) else None
            for k, form in (("not_after", _BEFORE), ("needs_before", _BEFORE), ("not_before", r"[\s\-]*(?:{})"))
        }
    except re.error as error:
        raise DataError(f"{where}: cannot be compiled: {error}") from error
    rule = TimeRule(
        str(body["id"]), order, regex + r"(?![\w%])(?![.,/]\d)", _needs(node, classes), str(body["make"]), args, tuple(slots.items()),
        guards["not_after"], guards["not_before"], guards["needs_before"], body.text("unless_verb") or "",
    )  # fmt: skip
    return rule, _firsts(node, classes)[0]


def _parse(pattern: str, where: str) -> _Node:
    stack: list[list[_Node]] = [[_Node("seq")]]
    opened: list[tuple[str, str]] = []
    gaps: list[str] = []
    pending = ""
    pos = 0
    for match in _ITEM.finditer(pattern):
        if match.start() != pos:
            break
        pos = match.end()
        gap = pending or (GAP if match["gap"] else "")
        pending = ""
        mark = match["mark"]
        if mark == "~":
            pending = rf"(?:{GAP}|-)"
        elif mark == "_":
            pending = rf"(?:{GAP})?"
        elif mark in ("[", "("):
            opened.append((mark, gap))
            stack.append([_Node("seq")])
        elif mark == "|":
            stack[-1].append(_Node("seq"))
        elif mark in ("]", ")"):
            if not opened or (opened[-1][0] == "[") != (mark == "]"):
                raise DataError(f"{where}: unbalanced {mark!r} in pattern {pattern!r}")
            kind, gap = opened.pop()
            branches = stack.pop()
            stack[-1][-1].nodes.append(_Node("alt", gap, kind == "[", nodes=branches))
        else:
            node = (
                _Node("class", gap, text=match["cls"], slot=match["slot"] or match["cls"])
                if match["cls"]
                else _Node("word", gap, text=match["word"])
            )
            stack[-1][-1].nodes.append(node)
    if pos != len(pattern.rstrip()) or opened or gaps:
        raise DataError(f"{where}: cannot read pattern {pattern!r} from column {pos + 1}")
    return _Node("alt", nodes=stack[0])


def _compile(node: _Node, classes: Mapping[str, WordClass], slots: dict[str, WordClass], where: str) -> str:
    if node.kind == "word":
        return _literal(node.text)
    if node.kind == "class":
        if node.text not in classes:
            raise DataError(f"{where}: unknown class <{node.text}>{did_you_mean(node.text, classes)}")
        if not node.slot.isidentifier():
            raise DataError(f"{where}: slot {node.slot!r} must begin with a letter")
        if node.slot in slots:
            raise DataError(f"{where}: slot {node.slot!r} is bound twice")
        slots[node.slot] = classes[node.text]
        return f"(?P<{node.slot}>{classes[node.text].regex})"
    if node.kind == "alt":
        return "(?:" + "|".join(_compile(n, classes, slots, where) for n in node.nodes) + ")"
    out: list[str] = []
    solid = False
    for i, child in enumerate(node.nodes):
        inner = _compile(child, classes, slots, where)
        before = child.gap if solid else ""
        if not child.optional:
            out.append(before + inner)
            solid = True
        elif solid:
            out.append(f"(?:{before}{inner})?")
        else:
            after = node.nodes[i + 1].gap if i + 1 < len(node.nodes) else ""
            out.append(f"(?:{inner}{after})?")
    return "".join(out)


def _needs(node: _Node, classes: Mapping[str, WordClass]) -> tuple[frozenset[str], ...]:
    """The sets of words of which a pattern needs one each; none where a pattern has several branches."""
    if len(node.nodes) != 1:
        return ()
    nodes = node.nodes[0].nodes
    found = (
        _openers(child, classes)
        for i, child in enumerate(nodes)
        if not child.optional and _apart(nodes, i) and not (i and child.gap == "" and not _is_sign(nodes[i - 1]))
    )
    return tuple(dict.fromkeys(words for words in found if words is not None))


def _openers(node: _Node, classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    """The words a node can open with as they stand in a text, or None where they are not known for certain."""
    if node.kind == "alt":
        parts = [
            _openers(n.nodes[0], classes) if n.nodes and not n.nodes[0].optional and _apart(n.nodes, 0) else None
            for n in node.nodes
        ]
        return None if None in parts else frozenset().union(*(p for p in parts if p is not None))
    if node.kind == "class":
        known = node.text == "number" or bool(classes[node.text].values)
        words = classes[node.text].firsts if known else frozenset()
    else:
        words = frozenset({_first(node.text)})
    return words if words and all(w == NUMBER_SIGN or (w.isalpha() and w.isascii()) for w in words) else None


def _apart(nodes: list[_Node], i: int) -> bool:
    """Whether a gap or a sign follows a node, whichever of the nodes after it are there."""
    for after in nodes[i + 1 :]:
        if after.gap == "" and not _is_sign(after):
            return False
        if not after.optional:
            break
    return True


def _is_sign(node: _Node) -> bool:
    return node.kind == "word" and not node.text[0].isalnum() and not node.text[-1].isalnum()


def _firsts(node: _Node, classes: Mapping[str, WordClass]) -> tuple[frozenset[str], bool]:
    """First words a node can start with, and whether it can be empty."""
    if node.kind == "word":
        return frozenset({_first(node.text)}), False
    if node.kind == "class":
        return classes[node.text].firsts, False
    found: set[str] = set()
    if node.kind == "alt":
        empty = node.optional
        for child in node.nodes:
            words, blank = _firsts(child, classes)
            found |= words
            empty = empty or blank
        return frozenset(found), empty
    for child in node.nodes:
        words, blank = _firsts(child, classes)
        found |= words
        if not (blank or child.optional):
            return frozenset(found), False
    return frozenset(found), True
