"""Cue lists: words that change how a text holds what they govern, read from a data file and indexed once.

A cue has a category, an effect (a table from the stance of its context to the stance below it), a score and a
direction: a *governor* acts on its complement along a named edge of the tree, a *modifier* on the word it hangs on,
a *link* (conjunction or preposition) on the clause or noun that it introduces, a *structure* has no word of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from dateline.errors import DataError, did_you_mean
from dateline.model import Sentence, Stance
from dateline.rules import yamlfile
from dateline.rules.yamlfile import Table

STANCES: tuple[Stance, ...] = get_args(Stance)
CLAUSE = frozenset({"xcomp", "ccomp", "csubj", "acl", "advcl"})
Effect = dict[Stance, Stance]

_KEYS = (
    "id",
    "category",
    "effect",
    "score",
    "uses",
    "only",
    "words",
    "deps",
    "pos",
    "on",
    "past",
    "reported",
    "negated",
    "speakers",
    "indefinite",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One cue of the data file: what it is called and what it does to the stance below it."""

    id: str
    category: str
    effect: Effect
    name: str  # of the effect
    score: float
    only: frozenset[str] = frozenset()  # governed lemmas (of a modifier: what it hangs on), when limited
    deps: frozenset[str] = frozenset()  # relations of a modifier or of the clause behind a link
    pos: frozenset[str] = frozenset()
    past: bool = False  # acts only where the clause tells the past (or is a noun)
    reported: Effect | None = None  # instead of effect, below a reporting verb
    indefinite: bool = False  # not before a noun with "the": that is taken as given
    speakers: frozenset[str] = frozenset()  # lemmas of the subject, when limited
    negated: Effect | None = None  # instead of effect and of the negation, when negated


@dataclass(frozen=True, slots=True)
class Literal:
    """A modifier, link or pseudo-cue of one or more words (lower case)."""

    words: tuple[str, ...]
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class FactualityCues:
    """The cue lists of one language, indexed for the walk down the tree."""

    governors: dict[tuple[str, str], Rule]  # (lemma, edge)
    modifiers: dict[str, tuple[Literal, ...]]  # by first and by last word
    speakers: dict[tuple[str, str], tuple[Rule, ...]]  # governors that need a certain subject
    limited: dict[tuple[str, str], tuple[Rule, ...]]  # of words with other rules, too: those for certain words below
    links: dict[str, Rule]  # "in order", "without"
    structures: dict[str, Rule]
    lists: dict[str, frozenset[str]]
    pseudo: dict[str, tuple[tuple[str, ...], ...]]  # by first word
    governing: frozenset[str]  # lemmas of the governors


def default_path(name: str) -> Path:
    """The shipped data file ``name`` of the English language pack."""
    return Path(__file__).resolve().parent.parent / "data" / "language" / "en" / name


def load_factuality(path: Path | None = None) -> FactualityCues:
    """Read a cue file (by default the shipped English one) and index it.

    Raises DataError with file and line for an unknown key, effect or stance, or a word listed twice.

    >>> load_factuality().governors["vow", "to"].category
    'plan'
    """
    table = yamlfile.load(path or default_path("factuality.yaml"))
    table.check_keys(("effects", "governors", "modifiers", "links", "structures", "lists", "pseudo"))
    effects = _read_effects(table)
    modifiers: dict[str, list[Literal]] = {}
    for entry in table.tables("modifiers"):
        rule = _read_rule(entry, effects)
        for word in entry.texts("words"):
            literal = Literal(tuple(word.lower().split()), rule)
            for key in {literal.words[0], literal.words[-1]}:
                modifiers.setdefault(key, []).append(literal)
    links: dict[str, Rule] = {}
    for entry in table.tables("links"):
        rule = _read_rule(entry, effects)
        for word in entry.texts("words"):
            if word in links:
                raise DataError(f"{yamlfile.at(word)}: link {word!r} is listed twice")
            links[word] = rule
    governors, speakers, limited = _read_governors(table, effects)
    pseudo: dict[str, list[tuple[str, ...]]] = {}
    for sequence in table.texts("pseudo"):
        words = tuple(sequence.lower().split())
        pseudo.setdefault(words[0], []).append(words)
    lists = table.get("lists") or Table()
    return FactualityCues(
        governors=governors,
        speakers=speakers,
        limited=limited,
        modifiers={k: tuple(sorted(v, key=lambda x: -len(x.words))) for k, v in modifiers.items()},
        links=links,
        structures={e["id"]: _read_rule(e, effects) for e in table.tables("structures")},
        lists={k: frozenset(lists.texts(k)) for k in lists},
        pseudo={k: tuple(v) for k, v in pseudo.items()},
        governing=frozenset(lemma for lemma, _ in governors),
    )


def _read_effects(table: Table) -> dict[str, Effect]:
    effects: dict[str, Effect] = {}
    for name, transitions in (table.get("effects") or {}).items():
        effect: Effect = {}
        for context, outcome in transitions.items():
            effect[_stance(context, transitions, context)] = _stance(outcome, transitions, context)
        effects[name] = effect
    return effects


def _stance(word: str, table: Table, key: str) -> Stance:
    for stance in STANCES:
        if stance == word:
            return stance
    hint = did_you_mean(word, STANCES)
    raise DataError(f"{table.file}:{table.lines[key]}: unknown stance {word!r}{hint}; allowed: {', '.join(STANCES)}")


def _read_rule(entry: Table, effects: dict[str, Effect]) -> Rule:
    entry.check_keys(_KEYS, required=("id", "category", "effect"))

    def effect(key: str) -> Effect | None:
        name = entry.text(key)
        if name is None:
            return None
        if name not in effects:
            hint = did_you_mean(name, effects)
            raise DataError(
                f"{entry.file}:{entry.lines[key]}: unknown effect {name!r}{hint}; allowed: {', '.join(effects)}"
            )
        return effects[name]

    score = entry.text("score", "0") or "0"
    try:
        number = float(score)
    except ValueError:
        raise DataError(f"{entry.file}:{entry.lines['score']}: score must be a number, found {score!r}") from None
    return Rule(
        id=f"factuality/{entry['id']}",
        category=entry["category"],
        effect=effect("effect") or {},
        name=entry["effect"],
        score=number,
        only=frozenset(entry.texts("only")),
        deps=frozenset(entry.texts("deps") or entry.texts("on")),
        pos=frozenset(entry.texts("pos")),
        indefinite=entry.text("indefinite") == "true",
        past=entry.text("past") == "true",
        speakers=frozenset(entry.texts("speakers")),
        reported=effect("reported"),
        negated=effect("negated"),
    )


def _read_governors(
    table: Table, effects: dict[str, Effect]
) -> tuple[
    dict[tuple[str, str], Rule], dict[tuple[str, str], tuple[Rule, ...]], dict[tuple[str, str], tuple[Rule, ...]]
]:
    found: dict[tuple[str, str], Rule] = {}
    speakers: dict[tuple[str, str], tuple[Rule, ...]] = {}
    limited: dict[tuple[str, str], tuple[Rule, ...]] = {}
    for entry in table.tables("governors"):
        rule = _read_rule(entry, effects)
        for use in entry.tables("uses"):
            use.check_keys(("under", "words"), required=("under", "words"))
            for edge, word in ((e, w) for e in use.texts("under") for w in use.texts("words")):
                key = (str(word), str(edge))
                if rule.speakers:
                    speakers[key] = (*speakers.get(key, ()), rule)
                elif key in found and rule.only and not rule.only & found[key].only:
                    limited[key] = (*limited.get(key, ()), rule)
                elif key in found:
                    raise DataError(f"{yamlfile.at(word)}: {word!r} under {edge!r} is already in {found[key].id}")
                else:
                    found[key] = rule
    return found, speakers, limited


def marker(sentence: Sentence, index: int, *deps: str) -> tuple[str, int]:
    """The conjunction or preposition (``mark`` or ``case``) of a word, fixed words joined: ``("in order", 3)``.

    Infinitive ``to`` counts only when there is no other; an absent marker is ``("", -1)``.
    """
    tokens, best = sentence.tokens, ("", -1)
    for k in sentence.children[index]:
        token = tokens[k]
        if token.dep not in deps:
            continue
        lemma = token.lemma.lower() if token.lemma else token.text.lower()
        for j in sentence.children[k]:
            if tokens[j].dep == "fixed":
                lemma += " " + tokens[j].text.lower()
        if best[1] < 0 or best[0] == "to":
            best = (lemma, k)
    return best


def form(sentence: Sentence, index: int) -> str:
    """The form of a clause: ``to``, ``ing``, ``bare``, ``ed``, ``that`` (finite), ``pred`` (no verb)."""
    tokens = sentence.tokens
    token = tokens[index]
    finite = has_subject = that = having = False
    for k in sentence.children[index]:
        child = tokens[k]
        dep = child.dep
        that = that or (dep == "mark" and child.text.lower() == "that")
        if dep == "mark" and child.text.lower() == "to" and token.xpos != "VBG":
            return "to"
        if dep.startswith("aux") or dep == "cop":
            if child.xpos in ("VBZ", "VBP", "VBD", "MD"):
                finite = True
            elif child.xpos == "TO":
                return "to"
            elif child.xpos == "VBG" and dep.startswith("aux"):
                having = True  # "denied having promised"
        elif dep.startswith("nsubj") or dep == "expl":
            has_subject = True
    if finite or token.xpos in ("VBZ", "VBP", "VBD"):
        return "that"
    if token.xpos == "VBG" or having:
        return "ing"
    if token.xpos == "VBN":
        return "ed"
    if token.xpos == "VB":
        return "that" if that and has_subject else "bare"  # "demanded that he resign"
    return "that" if has_subject else "pred"
