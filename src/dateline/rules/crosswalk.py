"""A crosswalk: how a codebook recodes what its parent codebook has coded.

A folder with a ``crosswalk.yaml`` is a codebook made from another one. The parent's rules find the events, the lines
of the crosswalk give each of them a type and a mode of the folder's own, and the folder's rules add what the parent
does not code::

    parent: plover                        # a shipped codebook, or a folder (seen from this one)
    directed: yes                         # "signed with": who stands in the recipient's place is a recipient
    lines:
      - id: host                          # the row names it: cameo/crosswalk/host
        type: CONSULT                     # the parent's type; several are alternatives
        rule: CONSULT/host*               # the rule that matched, without the codebook's name; * stands for anything
        to: "043"                         # a mode of one of the own types, or TYPE, or TYPE/MODE; NONE drops the event
        swap: yes                         # actors and recipients change places
      - id: meet
        type: CONSULT
        lemma: meet
        to: "040"
        joint: yes                        # all stay actors, in spite of "directed"
      - id: consult                       # the last line of a type asks for nothing else: nothing is left uncoded
        type: CONSULT
        to: "040"

The folder's rules may give types of the parent too (``type: CONSULT`` in the rule); those are recoded like the parent's.
The first line that holds wins. A line may ask for ``type``, ``mode`` (``none``: no mode), ``context``, ``rule``,
``lemma`` (of the predicate; ``@class``), ``stance``, ``actor`` and ``recipient`` (party codes such as ``RUS``,
``RUS/GOV``, ``/MIL``; ``state``: a country, its government or army; ``none``: nobody), and, with ``if`` and ``unless``, for what a rule may ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from re import fullmatch
from typing import TYPE_CHECKING

from dateline.errors import DataError, did_you_mean
from dateline.rules.words import Words, split_words
from dateline.rules.yamlfile import Table

if TYPE_CHECKING:
    from dateline.rules.condition import Condition
    from dateline.rules.event_type import EventType
    from dateline.rules.rule import Rule

FILE = "crosswalk.yaml"
STANCES = ("asserted", "alleged", "denied", "planned", "hypothetical", "negated")
_ASKS = ("type", "mode", "context", "rule", "lemma", "stance", "actor", "recipient", "if", "unless")
_KEYS = ("id", *_ASKS, "to", "swap", "joint")

Conditions = Callable[[Table, str, bool, Words], "list[Condition]"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it asks of the parent's event (an empty value asks for nothing) and the code it gives."""

    id: str
    types: tuple[str, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    rules: tuple[str, ...]
    lemmas: frozenset[str]
    stances: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    conditions: tuple[Condition, ...]
    to_type: str
    to_mode: str | None
    swap: bool
    directed: bool  # parties of a joint event that stand in the recipient's place are recipients
    where: str

    @property
    def catch_all(self) -> bool:
        """Whether the line asks for nothing but the type."""
        return not (
            self.modes
            or self.contexts
            or self.rules
            or self.lemmas
            or self.stances
            or self.actors
            or self.recipients
            or self.conditions
        )

    def of_rule(self, rule: str) -> bool:
        """Whether the line takes in a rule id (``plover/CONSULT/host``).

        >>> from dateline.rules.codebook import load_codebook
        >>> line = next(x for x in load_codebook("cameo").crosswalk if x.id == "cameo/crosswalk/host")
        >>> line.of_rule("plover/CONSULT/host-for"), line.of_rule("plover/CONSULT/meet")
        (True, False)
        """
        name = rule.split("/", 1)[-1]
        return not self.rules or any(fnmatchcase(name, pattern) for pattern in self.rules)


def read_crosswalk(
    table: Table,
    name: str,
    parent_types: Mapping[str, EventType],
    rules: Iterable[Rule],
    own: Mapping[str, EventType],
    words: Words,
    conditions: Conditions,
) -> tuple[Line, ...]:
    """The lines of a crosswalk file, in order.

    Raises DataError (file:line, found, allowed) for an unknown type, mode, rule, code or word class, for a line that
    none can reach, and for a type of the parent without a last line.
    """
    table.check_keys(("parent", "directed", "lines"), ("parent", "lines"))
    directed = table.get("directed") == "yes"
    known = sorted({rule.id.split("/", 1)[-1] for rule in rules})
    lines: list[Line] = []
    closed: dict[str, Line] = {}
    for item in table.tables("lines"):
        line = _line(item, name, parent_types, known, own, words, conditions, directed)
        shut = [closed[t] for t in line.types if t in closed]
        if len(shut) == len(line.types):
            raise DataError(f"{line.where}: line {line.id!r} is never reached: {shut[0].where} takes all of its type")
        if any(line.id == other.id for other in lines):
            raise DataError(f"{line.where}: line id {line.id!r} is used twice")
        if line.catch_all:
            closed.update({t: line for t in line.types if t not in closed})
        lines.append(line)
    missing = [t for t in parent_types if t != "NONE" and t not in closed]
    if missing:
        raise DataError(
            f"{table.file}:{table.lines['lines']}: {', '.join(missing)} may stay uncoded; end with a line that asks for "
            "nothing but the type, for example {id: other, type: " + missing[0] + ", to: ...}"
        )
    return tuple(lines)


def _line(
    item: Table,
    name: str,
    parent_types: Mapping[str, EventType],
    known: list[str],
    own: Mapping[str, EventType],
    words: Words,
    conditions: Conditions,
    directed: bool,
) -> Line:
    item.check_keys(_KEYS, ("id", "type", "to"))
    types = _among(item, "type", [t for t in parent_types if t != "NONE"])
    modes = _among(item, "mode", ["none", *dict.fromkeys(m for t in types for m in parent_types[t].modes)])
    rules = split_words(item.get("rule"))
    for pattern in rules:
        if not any(fnmatchcase(rule, pattern) for rule in known):
            raise DataError(f"{_at(item, 'rule')}: no rule {pattern!r}{did_you_mean(pattern, known)}")
    to_type, to_mode = _target(item, own)
    return Line(
        id=f"{name}/crosswalk/{item['id']}",
        types=types,
        modes=modes,
        contexts=split_words(item.get("context")),
        rules=rules,
        lemmas=frozenset(
            lemma
            for word in split_words(item.get("lemma"))
            for lemma in (words[word[1:]] if word.startswith("@") else (word.lower(),))
        ),
        stances=_among(item, "stance", STANCES),
        actors=_parties(item, "actor"),
        recipients=_parties(item, "recipient"),
        conditions=(*conditions(item, "if", False, words), *conditions(item, "unless", True, words)),
        to_type=to_type,
        to_mode=to_mode,
        swap=item.get("swap") == "yes",
        directed=directed and item.get("joint") != "yes",
        where=f"{item.file}:{item.line}",
    )


def _target(item: Table, own: Mapping[str, EventType]) -> tuple[str, str | None]:
    """Type and mode of the code that a line gives."""
    code = item.text("to") or ""
    if code == "NONE":
        return code, None
    if code in own:
        return code, None
    first, _, second = code.partition("/")
    if second and first in own and second in own[first].modes:
        return first, second
    having = [t for t in own if code in own[t].modes]
    if len(having) == 1:
        return having[0], code
    if having:
        raise DataError(f"{_at(item, 'to')}: {code!r} is a mode of {' and '.join(having)}; write {having[0]}/{code}")
    allowed = [*own, *(m for t in own.values() for m in t.modes)]
    raise DataError(f"{_at(item, 'to')}: {code!r} is no type or mode of this codebook{did_you_mean(code, allowed)}")


def _among(item: Table, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
    values = split_words(item.get(key))
    names = list(allowed)
    for value in values:
        if value not in names:
            hint = did_you_mean(value, names)
            raise DataError(f"{_at(item, key)}: unknown {key} {value!r}{hint}; allowed: {', '.join(names)}")
    return values


def _parties(item: Table, key: str) -> tuple[str, ...]:
    codes = split_words(item.get(key))
    for code in codes:
        if code not in ("state", "none") and not fullmatch(r"[A-Z]{3}|(?:[A-Z]{3})?/[A-Z]{3}", code):
            raise DataError(f"{_at(item, key)}: {key} {code!r} is no party; write RUS, RUS/GOV, /GOV, state or none")
    return codes


def _at(item: Table, key: str) -> str:
    return f"{item.file}:{item.lines.get(key, item.line)}"
