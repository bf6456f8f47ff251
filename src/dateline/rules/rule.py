"""A codebook rule: the words that trigger it, the conditions it asks for, and what it says when it wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from dateline.errors import DataError, did_you_mean
from dateline.model import Stance
from dateline.rules.condition import Condition, Path, read_conditions, read_paths
from dateline.rules.event_type import PARTIES, EventType
from dateline.rules.words import Words, split_words
from dateline.rules.yamlfile import Table

KINDS = ("verb", "noun", "adj")
STANCES: tuple[str, ...] = get_args(Stance)
HIGHEST_RANK = 99
KEYS = (
    "id", "verb", "noun", "adj", "if", "unless", "actor", "recipient", "mode", "context", "joint", "absorbs", "rank",
    "parties", "confidence", "type", "stance", "claims",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One codebook rule; ``order`` is its position, ``where`` its file and line."""

    id: str
    type: str
    kind: str
    lemmas: tuple[str, ...]
    conditions: tuple[Condition, ...]
    actor: tuple[Path, ...]
    recipient: tuple[Path, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    joint: bool
    absorbs: bool
    rank: int
    parties: str | None
    confidence: float
    stance: str | None  # of the act itself, where the predicate says it: "is set to"
    claims: bool  # the actor claims an act told before: "claimed responsibility"
    where: str
    order: int

    @property
    def specificity(self) -> int:
        """How much the rule asks for: explicit rank first, then the number of positive conditions."""
        return self.rank * 100 + 10 * sum(not c.negate for c in self.conditions)


def read_rule(
    item: Table, home: EventType, codebook: str, order: int, words: Words, types: Mapping[str, EventType]
) -> list[Rule]:
    """The rule of one item, once for each kind of trigger it names; DataError with file and line.

    ``home`` is the type in whose file it stands, ``order`` the position of the first.
    """
    item.check_keys(KEYS, ("id",))
    kinds = [k for k in KINDS if k in item]
    if not kinds:
        raise DataError(f"{item.where('id')}: rule {item['id']!r} names no trigger; give verb, noun or adj")
    conditions = (
        *read_conditions(item, "if", negate=False, words=words, types=types),
        *read_conditions(item, "unless", negate=True, words=words, types=types),
    )
    name = item.text("type") or home.name
    if name not in types:
        raise DataError(
            f"{item.where('type')}: unknown type {name!r}{did_you_mean(name, types)}; there are: {', '.join(types)}"
        )
    return [
        Rule(
            id=f"{codebook}/{name}/{item['id']}",
            type=name,
            kind=kind,
            lemmas=_trigger(item, kind, words),
            conditions=conditions,
            actor=read_paths(item, "actor", words),
            recipient=_with_inside(read_paths(item, "recipient", words)),
            modes=_modes(item, types[name]),
            contexts=split_words(item.get("context")),
            joint=item.yes("joint"),
            absorbs=item.yes("absorbs"),
            rank=_rank(item),
            parties=item.one_of("parties", PARTIES),
            confidence=_or(item.number("confidence", 0, 1), 0.8),
            stance=item.one_of("stance", STANCES),
            claims=item.yes("claims"),
            where=f"{item.file}:{item.line}",
            order=order + n,
        )
        for n, kind in enumerate(kinds)
    ]


def _or(number: float | None, default: float) -> float:
    return default if number is None else number


def _rank(item: Table) -> int:
    rank = _or(item.number("rank", -HIGHEST_RANK, HIGHEST_RANK), 0)
    if rank != int(rank):
        raise DataError(f"{item.where('rank')}: rank {item['rank']} is not a whole number")
    return int(rank)


def _trigger(item: Table, kind: str, words: Words) -> tuple[str, ...]:
    out: list[str] = []
    for word in split_words(item[kind]):
        if word.startswith("@") and word[1:] not in words:
            raise DataError(f"{item.where(kind)}: unknown word class {word}{did_you_mean(word[1:], words)}")
        out.extend(sorted(words[word[1:]]) if word.startswith("@") else [word.lower()])
    if not out:
        raise DataError(f"{item.where(kind)}: {kind} is blank; name the lemmas that trigger rule {item['id']!r}")
    return tuple(dict.fromkeys(out))


def _modes(item: Table, event_type: EventType) -> tuple[str, ...]:
    modes = split_words(item.get("mode"))
    for mode in modes:
        if mode not in event_type.modes:
            allowed = event_type.modes
            raise DataError(
                f"{item.where('mode')}: {event_type.name} has no mode {mode!r}{did_you_mean(mode, allowed)}; "
                f"it has: {', '.join(allowed) or 'none'}"
            )
    return modes


def _with_inside(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths and, after them, whoever stands deeper inside the same clause or object."""
    roots = dict.fromkeys(
        path[0] for path in paths if len(path) > 1 and path[0] in ("comp", "obj", "to", "for", "of", "on")
    )
    return (*paths, *((root, "inside") for root in roots))
