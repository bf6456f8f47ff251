"""The codebook: event types, their rules as data, and an index of the words that trigger them.

One file per type::

    type: ASSAULT
    quad: material conflict
    score: -9
    definition: Deliberate actions that can do substantial physical harm.
    modes: {abduct: -8.5, firearms: -9}
    planned: ASSAULT                 # the type when the act is only planned; likewise refused ("will not"),
    announced: THREATEN              # and, between two given parties, announced and failed
    parties: one                     # who must be political: none | story (somebody in it) | one | both | actor | recipient
    rules:
      - id: kill
        verb: kill slay gun_down     # lemmas; _ joins a particle
        if: {obj: person}            # role path -> tests, any of which must hold
        unless: {subj: "@disaster"}
        actor: subj                  # role paths, first that is filled
        recipient: obj
        mode: firearms

Role paths walk arguments: ``obj.on`` is the complement with "on" of the object. Tests: ``@class``, a lemma,
(or ``=lemma`` where the lemma is also the name of a test),
``prep:in`` (its own preposition), ``political``, ``person``, ``state``, ``armed``, ``organisation``, ``clause``, ``any``, ``none``, or an event type
in capitals (the argument is itself coded so). ``@sport`` and ``@business`` never hold for the name of a political
organisation. The step
``inside`` leads to the nearest political phrases below, ``above`` to the governing token, ``outer`` to the nouns above,
``aux`` to the auxiliaries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import DataError, did_you_mean
from dateline.rules.words import DATA, Words, load_words, read_classes, split_words
from dateline.rules.yamlfile import Table, at, load

KINDS = ("verb", "noun", "adj")
TESTS = ("political", "person", "state", "armed", "organisation", "clause", "any", "none", "place", "named")
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict", "none")
PARTIES = ("none", "story", "one", "both", "actor", "recipient")
_RULE_KEYS = (
    "id", "verb", "noun", "adj", "if", "unless", "actor", "recipient", "mode", "context", "joint", "absorbs", "rank",
    "parties", "confidence", "type", "stance", "claims",
)  # fmt: skip
_TYPE_KEYS = (
    "type", "quad", "score", "definition", "modes", "planned", "refused", "announced", "failed", "parties", "rules", "notes", "words", "mode_words",
    "lent_mode", "exclusive_modes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on the fillers of a role path: one of ``tests`` must hold for one of the fillers."""

    path: tuple[str, ...]
    tests: tuple[str, ...]
    negate: bool
    where: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One codebook rule; ``order`` is its position, ``where`` its file and line."""

    id: str
    type: str
    kind: str
    lemmas: tuple[str, ...]
    conditions: tuple[Condition, ...]
    actor: tuple[tuple[str, ...], ...]
    recipient: tuple[tuple[str, ...], ...]
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


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of the ontology."""

    name: str
    quad: str
    score: float
    definition: str
    modes: dict[str, float]
    planned: str
    refused: str  # "will not": the type of a future act that is ruled out
    announced: str  # between two given parties: what announcing the act is
    failed: str  # between two given parties: what its not happening is
    parties: str
    lent_mode: str | None  # a joint event takes this mode from the event of it that one party makes at another's
    exclusive_modes: frozenset[str]  # two acts with different ones of these are two events
    mode_words: tuple[
        tuple[str, frozenset[str]], ...
    ]  # mode -> lemmas near the trigger that say it; ^ before a modifier
    where: str


@dataclass(frozen=True)
class Codebook:
    """Types and rules of one ontology, indexed by kind and lemma."""

    name: str
    version: str
    types: dict[str, EventType]
    rules: tuple[Rule, ...]
    words: Words
    folder: Path
    contexts: tuple[tuple[str, frozenset[str]], ...] = ()
    index: dict[tuple[str, str], tuple[Rule, ...]] = field(repr=False, default_factory=dict)
    _lemmas: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Collect the trigger lemmas of each kind once."""
        for kind in KINDS:
            self._lemmas[kind] = frozenset(lemma for k, lemma in self.index if k == kind)

    @property
    def id(self) -> str:
        """``plover@0.1``."""
        return f"{self.name}@{self.version}"

    def rules_for(self, kind: str, lemma: str) -> tuple[Rule, ...]:
        """Rules whose trigger is this lemma, the most specific first."""
        return self.index.get((kind, lemma), ())

    def lemmas(self, kind: str) -> frozenset[str]:
        """All trigger lemmas of a kind."""
        return self._lemmas.get(kind, frozenset())


def load_codebook(name_or_path: str | Path = "plover", words: Words | None = None) -> Codebook:
    """Load a shipped codebook by name, or a folder of type files by path.

    Raises DataError (file:line, what was found, what is allowed) for anything the files get wrong.
    """
    folder = Path(name_or_path)
    shipped = DATA / "codebooks"
    if not folder.is_dir():
        folder = shipped / str(name_or_path)
    if not folder.is_dir():
        names = sorted(p.name for p in shipped.iterdir() if p.is_dir())
        hint = did_you_mean(str(name_or_path), names)
        raise DataError(f"no codebook {str(name_or_path)!r}{hint}; shipped: {', '.join(names)}, or name a folder")
    base = words or load_words()
    meta = load(folder / "codebook.yaml")
    meta.check_keys(("name", "version", "title", "origin", "licence", "words", "contexts"), ("name", "version"))
    if isinstance(meta.get("words"), Table):
        base = base.including(read_classes(meta["words"]))
    contexts = tuple(read_classes(meta["contexts"]).items()) if isinstance(meta.get("contexts"), Table) else ()
    types: dict[str, EventType] = {}
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "codebook.yaml":
            continue
        table = load(path)
        table.check_keys(_TYPE_KEYS, ("type", "quad"))
        event_type = _read_type(table)
        if event_type.name in types:
            raise DataError(
                f"{event_type.where}: type {event_type.name} is already defined in {types[event_type.name].where}"
            )
        types[event_type.name] = event_type
        for item in table.tables("rules"):
            rules.extend(_read_rule(item, event_type, meta.text("name") or "codebook", len(rules), base))
    _check(types, rules)
    index: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules:
        for lemma in rule.lemmas:
            index.setdefault((rule.kind, lemma), []).append(rule)
    frozen = {key: tuple(sorted(value, key=lambda r: (-r.specificity, r.order))) for key, value in index.items()}
    return Codebook(str(meta["name"]), str(meta["version"]), types, tuple(rules), base, folder, contexts, frozen)


def _read_type(table: Table) -> EventType:
    name = str(table["type"])
    quad = str(table["quad"])
    if quad not in QUADS:
        raise DataError(
            f"{table.file}:{table.lines['quad']}: quad {quad!r}{did_you_mean(quad, QUADS)}; allowed: {', '.join(QUADS)}"
        )
    modes = {str(k): _number(v, f"{table.file}:{table.line}") for k, v in (table.get("modes") or {}).items()}
    parties = _one_of(table, "parties", PARTIES, "one")
    mode_words = []
    if isinstance(table.get("mode_words"), Table):
        for mode, value in table["mode_words"].items():
            if mode not in modes:
                raise DataError(
                    f"{at(table['mode_words'])}: mode {mode!r} is not a mode of {name}{did_you_mean(mode, modes)}"
                )
            mode_words.append((str(mode), frozenset(w.lower() for w in split_words(value))))
    return EventType(
        name=name,
        quad=quad,
        score=_number(table.get("score", "0"), f"{table.file}:{table.line}"),
        definition=str(table.get("definition") or ""),
        modes=modes,
        planned=str(table.get("planned") or name),
        refused=str(table.get("refused") or name),
        announced=str(table.get("announced") or table.get("planned") or name),
        failed=str(table.get("failed") or table.get("refused") or name),
        parties=parties,
        lent_mode=table.text("lent_mode"),
        exclusive_modes=frozenset(split_words(table["exclusive_modes"]) if "exclusive_modes" in table else modes),
        mode_words=tuple(mode_words),
        where=f"{table.file}:{table.line}",
    )


def _read_rule(item: Table, event_type: EventType, codebook: str, order: int, words: Words) -> list[Rule]:
    item.check_keys(_RULE_KEYS, ("id",))
    kinds = [k for k in KINDS if k in item]
    if not kinds:
        raise DataError(f"{item.file}:{item.line}: rule {item['id']!r} names no trigger; give verb, noun or adj")
    conditions = (*_conditions(item, "if", False, words), *_conditions(item, "unless", True, words))
    name = str(item.get("type") or event_type.name)
    return [
        Rule(
            id=f"{codebook}/{name}/{item['id']}",
            type=name,
            kind=kind,
            lemmas=_trigger(item, kind, words),
            conditions=conditions,
            actor=_paths(item, "actor"),
            recipient=_with_inside(_paths(item, "recipient")),
            modes=split_words(item.get("mode")),
            contexts=split_words(item.get("context")),
            joint=item.get("joint") == "yes",
            absorbs=item.get("absorbs") == "yes",
            rank=int(_number(item.get("rank", "0"), f"{item.file}:{item.line}")),
            parties=_one_of(item, "parties", PARTIES, "") or None,
            confidence=_number(item.get("confidence", "0.8"), f"{item.file}:{item.line}"),
            stance=item.text("stance"),
            claims=item.get("claims") == "yes",
            where=f"{item.file}:{item.line}",
            order=order + n,
        )
        for n, kind in enumerate(kinds)
    ]


def _trigger(item: Table, kind: str, words: Words) -> tuple[str, ...]:
    out: list[str] = []
    for word in split_words(item[kind]):
        out.extend(sorted(words[word[1:]]) if word.startswith("@") else [word.lower()])
    return tuple(dict.fromkeys(out))


def _paths(item: Table, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(path.split(".")) for path in split_words(item.get(key)))


def _with_inside(paths: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The paths and, after them, whoever stands deeper inside the same clause or object."""
    roots = dict.fromkeys(
        path[0] for path in paths if len(path) > 1 and path[0] in ("comp", "obj", "to", "for", "of", "on")
    )
    return (*paths, *((root, "inside") for root in roots))


def _conditions(item: Table, key: str, negate: bool, words: Words) -> list[Condition]:
    value = item.get(key)
    if value is None:
        return []
    if not isinstance(value, Table):
        raise DataError(f"{item.file}:{item.lines[key]}: {key!r} must be a mapping of role path to tests")
    out = []
    for path, tests in value.items():
        where = f"{value.file}:{value.lines[path]}"
        names = split_words(tests)
        for test in names:
            if test.startswith("@") and test[1:] not in words.classes:
                raise DataError(f"{where}: unknown word class {test}{did_you_mean(test[1:], words.classes)}")
        out.append(Condition(tuple(path.split(".")), names, negate, where))
    return out


def _one_of(table: Table, key: str, allowed: tuple[str, ...], default: str) -> str:
    value = table.text(key)
    if value is None:
        return default
    if value not in allowed:
        raise DataError(
            f"{table.file}:{table.lines[key]}: {key} {value!r}{did_you_mean(value, allowed)}; allowed: {', '.join(allowed)}"
        )
    return value


def _number(value: object, where: str) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise DataError(f"{where}: {value!r} is not a number") from None


def _check(types: dict[str, EventType], rules: list[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        other = seen.get(rule.id)
        if other is not None and other.where != rule.where:
            raise DataError(f"{rule.where}: rule id {rule.id!r} is already used at {other.where}")
        seen[rule.id] = rule
        if rule.type not in types:
            raise DataError(f"{rule.where}: unknown type {rule.type!r}{did_you_mean(rule.type, types)}")
        for mode in rule.modes:
            if mode not in types[rule.type].modes:
                allowed = types[rule.type].modes
                raise DataError(
                    f"{rule.where}: {rule.type} has no mode {mode!r}{did_you_mean(mode, allowed)}; it has: {', '.join(allowed) or 'none'}"
                )
    for event_type in types.values():
        for key in ("planned", "refused", "announced", "failed"):
            if getattr(event_type, key) not in types:
                raise DataError(f"{event_type.where}: {key}: unknown type {getattr(event_type, key)!r}")
