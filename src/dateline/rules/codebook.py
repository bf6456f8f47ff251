"""The codebook: event types, their rules as data, and an index of the words that trigger them.

A codebook is a folder: ``codebook.yaml`` (name, version, word classes and contexts of its own), where wanted
``contexts.yaml`` (``rules/contexts.py``), and one file per type::

    type: ASSAULT
    quad: material conflict          # quad and score are left out by an ontology that has none
    score: -9
    definition: Deliberate actions that can do substantial physical harm.
    modes: {abduct: -8.5, firearms: -9}   # or only names: abduct firearms
    planned: ASSAULT                 # the type when the act is only planned; likewise refused ("will not"),
    announced: THREATEN              # and, between two given parties, announced and failed
    codes: {"1711": Confiscate}      # modes that have a label and no score (an ontology of numbers)
    parties: one                     # who must be political: none | story (somebody in it) | one | both |
                                     # apart (both, of two countries) | actor | recipient
    counts: casualties               # numbers told with it: casualties, crowd
    speech: no                       # yes: its own speaker is no source of it
    rules:
      - id: kill
        verb: kill slay gun_down     # lemmas; _ joins a particle
        if: {obj: person}            # role path -> tests, any of which must hold
        unless: {subj: "@disaster"}
        actor: subj                  # role paths, first that is filled; none: nobody
        recipient: obj
        mode: firearms

``rules/condition.py`` says what role paths and tests may hold, ``rules/examples.py`` how a file's examples are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import DataError, did_you_mean
from dateline.rules.condition import Condition, read_conditions
from dateline.rules.contexts import FILE as CONTEXTS
from dateline.rules.contexts import Contexts, load_contexts, of_words
from dateline.rules.crosswalk import FILE as CROSSWALK
from dateline.rules.crosswalk import Line, read_crosswalk
from dateline.rules.event_type import EventType, check_types, read_type
from dateline.rules.rule import KINDS, Rule, read_rule
from dateline.rules.words import DATA, Words, load_words, read_classes
from dateline.rules.yamlfile import Table, load

META = "codebook.yaml"
#: files of a codebook's folder that describe no type
OTHER_FILES = frozenset((META, CROSSWALK, CONTEXTS))
STATUSES = ("draft", "finished")
SHIPPED = DATA / "codebooks"


@dataclass(frozen=True)
class Codebook:
    """Types and rules of one ontology, indexed by kind and lemma."""

    name: str
    version: str
    types: dict[str, EventType]
    rules: tuple[Rule, ...]
    words: Words
    folder: Path
    contexts: Contexts = field(default_factory=Contexts)
    proposals: float | None = None  # how likely a type must be for the ranker to code what no rule knows; None: never
    index: dict[tuple[str, str], tuple[Rule, ...]] = field(repr=False, default_factory=dict)
    own: frozenset[str] = frozenset()  # types that a row may have; with a crosswalk the parent's are in ``types`` too
    crosswalk: tuple[Line, ...] = ()
    draft: bool = False  # its author is not done: too few examples are a note, not a failure
    title: str = ""
    _lemmas: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Collect the trigger lemmas of each kind once."""
        for kind in KINDS:
            self._lemmas[kind] = frozenset(lemma for k, lemma in self.index if k == kind)

    @property
    def id(self) -> str:
        """``plover@0.1``."""
        return f"{self.name}@{self.version}"

    @property
    def own_types(self) -> dict[str, EventType]:
        """The types that a row may have, by name: all but those that a crosswalk recodes."""
        return {name: event_type for name, event_type in self.types.items() if name in self.own}

    def rules_for(self, kind: str, lemma: str) -> tuple[Rule, ...]:
        """Rules whose trigger is this lemma, the most specific first."""
        return self.index.get((kind, lemma), ())

    def lemmas(self, kind: str) -> frozenset[str]:
        """All trigger lemmas of a kind."""
        return self._lemmas.get(kind, frozenset())


def shipped() -> tuple[str, ...]:
    """Names of the codebooks that come with Dateline."""
    return tuple(sorted(p.name for p in SHIPPED.iterdir() if p.is_dir()))


def codebook_folder(name_or_path: str | Path) -> Path:
    """The folder of a codebook. DataError when there is none.

    The name of a shipped codebook always means that one; a folder is named by a path with a separator (``./plover``), by
    any name that no shipped codebook has, or by a :class:`~pathlib.Path`.

    >>> codebook_folder("plover").parent.name
    'codebooks'
    """
    names = shipped()
    if isinstance(name_or_path, str) and name_or_path in names:
        return SHIPPED / name_or_path
    folder = Path(name_or_path)
    if folder.is_dir():
        if not (folder / META).is_file():
            raise DataError(
                f"{folder}: is no codebook: it holds no {META}; `dateline codebook new` writes one to start from"
            )
        return folder
    raise DataError(
        f"no codebook {str(name_or_path)!r}{did_you_mean(str(name_or_path), names)}; shipped: {', '.join(names)}, or name a "
        f"folder that holds a {META} (a folder with the name of a shipped codebook as ./{names[-1]})"
    )


def type_files(folder: Path) -> tuple[Path, ...]:
    """The files of a codebook's folder that describe a type, in order."""
    return tuple(path for path in sorted(folder.glob("*.yaml")) if path.name not in OTHER_FILES)


def load_codebook(name_or_path: str | Path = "plover", words: Words | None = None) -> Codebook:
    """Load a shipped codebook by name, or a folder of type files by path.

    Raises DataError (file:line, what was found, what is allowed) for anything the files get wrong.
    """
    folder = codebook_folder(name_or_path)
    base = words or load_words()
    walk = load(folder / CROSSWALK) if (folder / CROSSWALK).is_file() else None
    parent = None if walk is None else _parent(walk, folder, base)
    base = base if parent is None else parent.words
    meta = load(folder / META)
    meta.check_keys(
        ("name", "version", "title", "origin", "licence", "words", "contexts", "status", "proposals"),
        ("name", "version"),
    )
    base = base.including(_classes(meta, "words"))
    name = str(meta["name"])
    tables = [load(path) for path in type_files(folder)]
    types: dict[str, EventType] = {}
    for table in tables:
        event_type = read_type(table)
        if event_type.name in types:
            raise DataError(
                f"{event_type.where}: type {event_type.name} is already defined in {types[event_type.name].where}"
            )
        types[event_type.name] = event_type
    check_types(types, dict(zip(types, tables, strict=True)))
    every = types if parent is None else {**parent.types, **types}
    rules: list[Rule] = []
    for event_type, table in zip(types.values(), tables, strict=True):
        for item in table.tables("rules"):
            rules.extend(read_rule(item, event_type, name, len(rules), base, every))
    lines: tuple[Line, ...] = ()
    if parent is not None and walk is not None:
        rules = [*parent.rules, *rules]

        def conditions(item: Table, key: str, negate: bool, words: Words) -> list[Condition]:
            return read_conditions(item, key, negate=negate, words=words, types=every)

        lines = read_crosswalk(walk, name, parent.types, rules, types, base, conditions)
    _check_ids(rules)
    return Codebook(
        name=name,
        version=str(meta["version"]),
        types=every,
        rules=tuple(rules),
        words=base,
        folder=folder,
        contexts=_contexts(meta, folder) or (Contexts() if parent is None else parent.contexts),
        proposals=meta.number("proposals", 0.01, 1.0),
        index=_index(rules, name),
        own=frozenset(types),
        crosswalk=lines,
        draft=meta.one_of("status", STATUSES) == "draft",
        title=meta.text("title") or "",
    )


def _parent(walk: Table, folder: Path, words: Words) -> Codebook:
    """The codebook that a crosswalk recodes: shipped, or a folder seen from the crosswalk's."""
    name = walk.text("parent") or ""
    beside = folder / name
    parent = load_codebook(beside if name and beside.is_dir() else name, words)
    if parent.crosswalk:
        raise DataError(f"{walk.where('parent')}: {name!r} has a crosswalk itself; name its parent")
    return parent


def _contexts(meta: Table, folder: Path) -> Contexts:
    """The contexts of a folder's own: those of its ``contexts.yaml``, or the bare lists of its ``codebook.yaml``."""
    found = load_contexts(folder)
    if found is None:
        return of_words(_classes(meta, "contexts"), meta.where("contexts"))
    if "contexts" in meta:
        raise DataError(f"{meta.where('contexts')}: contexts also stand in {CONTEXTS}; move these there")
    return found


def _classes(meta: Table, key: str) -> dict[str, frozenset[str]]:
    value = meta.get(key)
    if value is None:
        return {}
    if not isinstance(value, Table):
        raise DataError(f"{meta.where(key)}: {key!r} must be a mapping of name to words")
    return read_classes(value)


def _check_ids(rules: Iterable[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        other = seen.setdefault(rule.id, rule)
        if other.where != rule.where:
            raise DataError(f"{rule.where}: rule id {rule.id!r} is already used at {other.where}")


def _index(rules: Iterable[Rule], name: str) -> dict[tuple[str, str], tuple[Rule, ...]]:
    index: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules:
        for lemma in rule.lemmas:
            index.setdefault((rule.kind, lemma), []).append(rule)
    return {
        key: tuple(sorted(value, key=lambda r: (-r.specificity, not r.id.startswith(f"{name}/"), r.order)))
        for key, value in index.items()
    }
