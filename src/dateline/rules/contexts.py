"""The contexts of a codebook: which words, and whose taking part, say what an event is about.

They stand in ``contexts.yaml`` of the codebook's folder, one mapping for each context::

    military:
      definition: The armed forces of a state and what they do.
      words: troop soldier air_force   # one of them in the event's sentence is enough; _ joins a phrase
      near: arms drill                 # counts only in the event's own clause
      if: {gas: tear_gas canister}     # a word that counts only when one of these stands in the sentence too …
      unless: {base: data tax}         # … and one that does not when one of these does
      not: salvation_army              # phrases whose words never count
      sectors: MIL                     # an actor or recipient of this sector is evidence

A word is a lemma or a form as it is printed ("arms" is not "arm"). Words of ``if`` and ``unless`` that stand neither in
``words`` nor in ``near`` count as ``words``. A codebook may also give bare ``name: words`` pairs under ``contexts`` of its
``codebook.yaml``. The second document holds the examples: sentences of which some event must have the context (``code``),
and of which an event is coded and none may have it (``never``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dateline.errors import DataError, did_you_mean
from dateline.model import SECTORS, Token
from dateline.rules.words import split_words
from dateline.rules.yamlfile import Table, at, load

FILE = "contexts.yaml"
KEYS = ("definition", "words", "near", "if", "unless", "not", "sectors")
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One context: phrases that are evidence of it, and what they need or must not have beside them."""

    name: str
    definition: str = ""
    words: frozenset[Phrase] = frozenset()
    near: frozenset[Phrase] = frozenset()
    company: Mapping[Phrase, frozenset[Phrase]] = field(default_factory=dict)
    ruled_out: Mapping[Phrase, frozenset[Phrase]] = field(default_factory=dict)
    masks: frozenset[Phrase] = frozenset()
    sectors: frozenset[str] = frozenset()
    where: str = ""

    @property
    def phrases(self) -> frozenset[Phrase]:
        """Every phrase that a sentence is searched for: evidence, company and masks."""
        beside = (*self.company.values(), *self.ruled_out.values())
        return frozenset().union(self.words, self.near, self.masks, *beside)


class Hit(NamedTuple):
    """Words of a sentence that are evidence: tokens ``[first, last)``; ``near``: only for an event in whose clause it is."""

    context: str
    first: int
    last: int
    near: bool


class Contexts(tuple[Context, ...]):
    """The contexts of a codebook, in its order, with an index of their phrases by first word."""

    def __init__(self, contexts: Iterable[Context] = ()) -> None:
        """Index the phrases, longest first."""
        index: dict[str, set[Phrase]] = {}
        for phrase in {p for context in self for p in context.phrases}:
            index.setdefault(phrase[0], set()).add(phrase)
        self._index = {word: tuple(sorted(found, key=lambda p: (-len(p), p))) for word, found in index.items()}
        self._owners: dict[Phrase, list[Context]] = {}
        for context in self:
            for phrase in context.words | context.near:
                self._owners.setdefault(phrase, []).append(context)
        self._sectors: dict[str | None, tuple[Context, ...]] = {
            sector: tuple(context for context in self if sector in context.sectors)
            for sector in {s for context in self for s in context.sectors}
        }

    def of_party(self, sector: str | None, tokens: tuple[Token, ...]) -> tuple[str, ...]:
        """The contexts for which a party of this sector is evidence, unless its words (``tokens``) never count."""
        told = self._sectors.get(sector, ())
        if not told:
            return ()
        present = {phrase for phrase, _, _ in self._phrases(tokens)}
        return tuple(context.name for context in told if context.masks.isdisjoint(present))

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(context.name for context in self)

    def find(self, tokens: tuple[Token, ...]) -> list[Hit]:
        """The evidence in the tokens of a sentence, in text order; of words inside other evidence only the longest.

        >>> Contexts([Context("legislative", words=frozenset({("lower", "house")}))]).find(())
        []
        """
        found = list(self._phrases(tokens))
        if not found:
            return []
        present = {phrase for phrase, _, _ in found}
        out: list[Hit] = []
        for phrase, first, last in found:
            for context in self._owners.get(phrase, ()):
                company, apart = context.company.get(phrase), context.ruled_out.get(phrase)
                if (company is not None and company.isdisjoint(present)) or (apart and not apart.isdisjoint(present)):
                    continue
                if context.masks and any(p in context.masks and a <= first and last <= b for p, a, b in found):
                    continue
                out.append(Hit(context.name, first, last, phrase not in context.words))
        return [hit for hit in dict.fromkeys(out) if not any(_within(hit, other) for other in out)]

    def _phrases(self, tokens: tuple[Token, ...]) -> Iterator[tuple[Phrase, int, int]]:
        """Every phrase of the index that stands in the tokens; a hyphen between two words is no word."""
        index = self._index
        for i, token in enumerate(tokens):
            lemma, form = token.lemma.lower(), token.text.lower()
            for word in (lemma, form) if lemma != form else (lemma,):
                for phrase in index.get(word, ()):
                    last = i + 1 if len(phrase) == 1 else _end(tokens, i + 1, phrase)
                    if last:
                        yield phrase, i, last


def _within(hit: Hit, other: Hit) -> bool:
    """Whether a hit adds nothing to a longer one of its context, or to the same words taken as sure."""
    if (
        hit.context != other.context
        or not (other.first <= hit.first and hit.last <= other.last)
        or other.near > hit.near
    ):
        return False
    return other.last - other.first > hit.last - hit.first or other.near < hit.near


def _end(tokens: tuple[Token, ...], at: int, phrase: Phrase) -> int:
    """Where a phrase ends whose first word stands before ``at``; 0 when the rest of it does not follow."""
    for word in phrase[1:]:
        if at < len(tokens) and tokens[at].text == "-":
            at += 1
        if at >= len(tokens) or word not in (tokens[at].lemma.lower(), tokens[at].text.lower()):
            return 0
        at += 1
    return at


# --- reading ----------------------------------------------------------------------------------------------------


def load_contexts(folder: Path) -> Contexts | None:
    """The contexts of a codebook's folder, or None when it has no ``contexts.yaml``. DataError for what is wrong in it."""
    path = folder / FILE
    if not path.is_file():
        return None
    table = load(path)
    return Contexts([_read(name, _table(table, name), table.where(name)) for name in table])


def of_words(words: Mapping[str, Collection[str]], where: str) -> Contexts:
    """Contexts from bare ``name: words`` pairs."""
    return Contexts(
        [Context(name, words=frozenset(_phrase(w) for w in given), where=where) for name, given in words.items()]
    )


def _read(name: str, table: Table, where: str) -> Context:
    table.check_keys(KEYS, ("definition",))
    words, near = _phrases_of(table, "words"), _phrases_of(table, "near")
    both = sorted(words & near)
    if both:
        raise DataError(f"{table.where('near')}: {'_'.join(both[0])!r} stands under 'words' too; keep one of them")
    company, ruled_out = _beside(table, "if"), _beside(table, "unless")
    sectors = frozenset(split_words(table.get("sectors")))
    for sector in sorted(sectors - SECTORS):
        raise DataError(
            f"{table.where('sectors')}: sector {sector!r}{did_you_mean(sector, SECTORS)}; allowed: {', '.join(sorted(SECTORS))}"
        )
    words |= frozenset(company) | frozenset(ruled_out) - near
    if not (words or near or sectors):
        raise DataError(f"{where}: context {name} has no evidence; give it words, near or sectors")
    return Context(
        name=name,
        definition=table.text("definition") or "",
        words=words - near,
        near=near,
        company=company,
        ruled_out=ruled_out,
        masks=_phrases_of(table, "not"),
        sectors=sectors,
        where=where,
    )


def _phrases_of(table: Table, key: str) -> frozenset[Phrase]:
    phrases = [_phrase(word) for word in split_words(table.get(key))]
    twice = {p for p in phrases if phrases.count(p) > 1}
    if twice:
        raise DataError(f"{table.where(key)}: {'_'.join(min(twice))!r} stands twice under {key!r}")
    return frozenset(phrases)


def _beside(table: Table, key: str) -> dict[Phrase, frozenset[Phrase]]:
    """``{gas: natural pipeline}``: a word and those that must, or must not, stand beside it."""
    if table.get(key) is None:
        return {}
    inner = _table(table, key)
    out = {_phrase(word): _phrases_of(inner, word) for word in inner}
    for word in inner:
        if not out[_phrase(word)]:
            raise DataError(f"{inner.where(word)}: {word!r} names no word beside it")
    return out


def _table(table: Table, key: str) -> Table:
    value = table.get(key)
    if not isinstance(value, Table):
        raise DataError(f"{table.where(key)}: {key!r} must be a mapping")
    return value


def _phrase(word: str) -> Phrase:
    return tuple(part for part in word.lower().split("_") if part)


# --- examples ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContextExample:
    """A sentence of which some event must (or, not ``must``, no event may) have the context."""

    context: str
    text: str
    must: bool
    where: str


def load_context_examples(folder: Path, contexts: Contexts) -> tuple[ContextExample, ...]:
    """The examples of a codebook's ``contexts.yaml``, in file order; DataError for a context that it does not define."""
    path = folder / FILE
    if not path.is_file():
        return ()
    table = load(path, examples=True)
    table.check_keys(contexts.names)
    out: list[ContextExample] = []
    for name in table:
        item = _table(table, name)
        item.check_keys(("code", "never"))
        for key in item:
            out += [ContextExample(name, text, key == "code", at(text)) for text in item.texts(key)]
    return tuple(out)
