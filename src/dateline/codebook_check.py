"""Checks a codebook: every example sentence through the whole pipeline, then what its rules do to one another.

Failures: an example that is coded otherwise, a type or context with too few examples (a note while the codebook is a draft), an
unknown context. Notes: word classes of Dateline that it replaces, types without a rule, modes that no example shows, rules
that win on no example, rules that another keeps from winning, and pairs of rules of two types between which only their
order decided on some example.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.check import MUST, NEVER, Area
from dateline.context_check import context_failures, too_few_for_contexts
from dateline.events.contest import contests
from dateline.events.examples import failures
from dateline.events.ranker import FILE
from dateline.events.ranker_fit import digest_of
from dateline.rules.codebook import Codebook
from dateline.rules.examples import Example, load_examples
from dateline.rules.hygiene import replaced_classes, shadowed, unknown_contexts, without_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model import Event
    from dateline.pipeline import Coder
    from dateline.rules.rule import Rule


def check_codebook(coder: Coder) -> Area:
    """What checking the coder's codebook finds; DataError when it cannot be loaded."""
    codebook = coder.codebook
    examples = load_examples(codebook)
    won: set[str] = set()
    equal: dict[tuple[str, str], tuple[Rule, Rule, str]] = {}

    def code(text: str, published: str | None) -> Sequence[Event]:
        result = coder.code(text, published=published)
        won.update(rule for event in result.coded for rule in event.rules)
        for contest in contests(result.parse, result.mentions, result.frames, codebook, result.coded):
            for rule in contest.equals:
                assert contest.winner is not None
                if not any(r.id.startswith(f"{codebook.name}/") for r in (contest.winner, rule)):
                    continue  # the parent's own affair
                equal.setdefault((contest.winner.id, rule.id), (contest.winner, rule, text))
        return result.coded

    area = Area("codebook", failures(examples, code))
    area.failures += unknown_contexts(codebook, examples)
    area.failures += context_failures(codebook, lambda text: coder.code(text).coded)
    (area.notes if codebook.draft else area.failures).extend(
        [*too_few(codebook, examples), *too_few_for_contexts(codebook)]
    )
    area.notes += replaced_classes(codebook)
    area.notes += without_rules(codebook)
    area.notes += _modes(codebook, examples)
    area.notes += _shadows(codebook)
    area.notes += _equals(equal.values())
    area.notes += _dead(codebook, won)
    if coder.ranker is not None and coder.ranker.digest != digest_of(codebook, examples):
        area.notes.append(
            f"{codebook.folder / FILE}: fitted to other rules or examples; run `dateline codebook fit {codebook.name}`"
        )
    return area


def too_few(codebook: Codebook, examples: Iterable[Example]) -> Iterator[str]:
    """One line ``file:line: …`` for each type that lacks examples."""
    must: Counter[str] = Counter()
    never: Counter[str] = Counter()
    for example in examples:
        (must if example.expect else never)[example.type] += 1
    for name, event_type in codebook.own_types.items():
        if name != "NONE" and (must[name] < MUST or never[name] < NEVER):
            yield (
                f"{event_type.where}: {name} has {must[name]} sentences that must be coded and {never[name]} that must "
                f"not; it needs {MUST} and {NEVER}"
            )


def _modes(codebook: Codebook, examples: Iterable[Example]) -> Iterator[str]:
    shown = {(x.type, mode) for e in examples for x in e.expect for mode in x.modes}
    for event_type in codebook.own_types.values():
        for mode in event_type.modes:
            if (event_type.name, mode) not in shown:
                yield f"{event_type.where}: no example shows mode {mode} of {event_type.name}"


def _shadows(codebook: Codebook) -> Iterator[str]:
    for shadow in shadowed(codebook):
        by = ", ".join(f"{rule.id} ({rule.where})" for rule in shadow.by)
        on = "" if shadow.whole else f" on {' '.join(shadow.lemmas)}"
        yield (
            f"{shadow.rule.where}: rule {shadow.rule.id} can never win{on}: wherever it holds, {by} holds too and comes first"
        )


def _equals(pairs: Iterable[tuple[Rule, Rule, str]]) -> Iterator[str]:
    for winner, loser, text in pairs:
        yield (
            f"{loser.where}: rule {loser.id} holds as well as {winner.id} ({winner.where}) and asks as much; only the order "
            f"of the files decides; give one of them a rank: {text}"
        )


def _dead(codebook: Codebook, won: set[str]) -> Iterator[str]:
    for rule in codebook.rules:
        if rule.type != "NONE" and rule.id.startswith(f"{codebook.name}/") and rule.id not in won:
            yield f"{rule.where}: rule {rule.id} wins on none of the examples"
    for line in codebook.crosswalk:
        if line.id not in won:
            yield f"{line.where}: crosswalk line {line.id} recodes none of the examples"
