"""What is wrong in a codebook that can be seen without any text: rules that cannot win, codes that it does not define."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.errors import did_you_mean
from dateline.rules.codebook import META, Codebook
from dateline.rules.condition import TESTS, Condition
from dateline.rules.event_type import LATER
from dateline.rules.examples import Example
from dateline.rules.rule import Rule
from dateline.rules.words import Words, load_words


@dataclass(frozen=True, slots=True)
class Shadow:
    """A rule that never wins on some of its lemmas: wherever its conditions hold, those of ``by`` hold and are tried first."""

    rule: Rule
    by: tuple[Rule, ...]
    lemmas: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether no lemma is left on which the rule can win."""
        return len(self.lemmas) == len(self.rule.lemmas)


def shadowed(codebook: Codebook) -> tuple[Shadow, ...]:
    """Rules that another rule keeps from winning, on all or some of their lemmas, in file order."""
    found: dict[tuple[str, str], dict[str, Rule]] = {}
    for (_, lemma), rules in codebook.index.items():
        for n, rule in enumerate(rules):
            before = next((other for other in rules[:n] if asks_no_more(other, rule, codebook.words)), None)
            if before is not None:
                found.setdefault((rule.id, rule.kind), {})[lemma] = before
    return tuple(
        Shadow(rule, tuple({r.id: r for r in by_lemma.values()}.values()), tuple(by_lemma))
        for rule in codebook.rules
        if rule.id.startswith(f"{codebook.name}/") and (by_lemma := found.get((rule.id, rule.kind)))
    )


def asks_no_more(one: Rule, other: Rule, words: Words) -> bool:
    """Whether ``one`` holds wherever ``other`` does: each condition of it follows from a condition of the other."""
    return all(any(_follows(mine, theirs, words) for theirs in other.conditions) for mine in one.conditions)


def _follows(mine: Condition, theirs: Condition, words: Words) -> bool:
    if mine.path != theirs.path or mine.negate != theirs.negate:
        return False
    wide, narrow = (theirs, mine) if mine.negate else (mine, theirs)
    return all(_covered(test, wide.tests, words) for test in narrow.tests)


def _covered(test: str, tests: Sequence[str], words: Words) -> bool:
    """Whether one of the tests passes whatever passes this one."""
    if test in tests:
        return True
    if test == "none":  # nothing stands there: no other test passes that
        return False
    if "any" in tests:
        return True
    lemmas = words[test[1:]] if test.startswith("@") else {test.removeprefix("=")} if _is_lemma(test) else None
    if lemmas is None:
        return False
    return any(t.startswith("@") and lemmas <= words[t[1:]] for t in tests)


def _is_lemma(test: str) -> bool:
    return test not in TESTS and not test.isupper() and not test.startswith("prep:")


def replaced_classes(codebook: Codebook) -> Iterator[str]:
    """One line for each of Dateline's word classes that the codebook defines anew: the clause reader uses it too."""
    for name, lemmas in load_words().items():
        if codebook.words[name] != lemmas:
            yield f"{META}: word class {name} replaces Dateline's own, which other readers use too; another name is safer"


def without_rules(codebook: Codebook) -> Iterator[str]:
    """One line ``file:line: …`` for each type that no rule codes and no other type leads to."""
    coded = {rule.type for rule in codebook.rules} | {line.to_type for line in codebook.crosswalk}
    led_to = {getattr(t, key) for t in codebook.types.values() if t.name in coded for key in LATER}
    for event_type in codebook.own_types.values():
        if event_type.name not in coded | led_to:
            yield f"{event_type.where}: no rule codes {event_type.name}"


def unknown_contexts(codebook: Codebook, examples: Sequence[Example]) -> Iterator[str]:
    """One line ``file:line: …`` for each context that a rule or an example names and ``codebook.yaml`` does not define."""
    names = codebook.contexts.names
    used = [(rule.where, context) for rule in codebook.rules for context in rule.contexts]
    used += [(e.where, context) for e in examples for x in e.expect for context in x.contexts]
    for where, context in dict.fromkeys(used):
        if context not in names:
            yield (
                f"{where}: unknown context {context!r}{did_you_mean(context, names)}; the codebook defines: "
                f"{', '.join(names) or 'none'}"
            )
