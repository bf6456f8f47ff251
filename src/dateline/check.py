"""Runs every example in every data file: the tests, the documentation and the proof of the rules in one.

Each room checks its own tables. A codebook's examples are whole sentences that go through the whole pipeline
(``rules/examples.py`` says how they are written); here it is also seen which rules win on none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.errors import SettingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model import Event
    from dateline.pipeline import Coder

MUST, NEVER = 15, 8  # examples that an event type needs


@dataclass
class Area:
    """What checking one area found: ``failures`` start with file:line; ``notes`` fail nothing."""

    name: str
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check(coder: Coder, only: Collection[str] = ()) -> Iterator[Area]:
    """Check every area, or those named; DataError when a data file cannot be read at all."""
    areas: dict[str, Callable[[Coder], Area]] = {
        "times": _times,
        "codebook": _codebook,
    }
    for name in only:
        if name not in areas:
            raise SettingError(f"--only {name!r}{did_you_mean(name, areas)}; there are: {', '.join(areas)}")
    for name, run in areas.items():
        if not only or name in only:
            yield run(coder)


def _times(coder: Coder) -> Area:
    from dateline.mentions.timescheck import check_times

    return Area("times", check_times())


def _codebook(coder: Coder) -> Area:
    """Every example sentence, then rules that win on none of them and types with too few."""
    from dateline.events.examples import failures
    from dateline.rules.examples import load_examples

    won: set[str] = set()

    def code(text: str, published: str | None) -> Sequence[Event]:
        events = coder.code(text, published=published).coded
        won.update(rule for event in events for rule in event.rules)
        return events

    examples = load_examples(coder.codebook)
    area = Area("codebook", failures(examples, code))
    must = Counter(e.type for e in examples if e.expect)
    never = Counter(e.type for e in examples if not e.expect)
    for name, event_type in coder.codebook.types.items():
        if name != "NONE" and (must[name] < MUST or never[name] < NEVER):
            area.failures.append(
                f"{event_type.where}: {name} has {must[name]} sentences that must be coded and {never[name]} that must "
                f"not; it needs {MUST} and {NEVER}"
            )
    for rule in coder.codebook.rules:
        if rule.type != "NONE" and rule.id not in won:
            area.notes.append(f"{rule.where}: rule {rule.id} wins on none of the examples")
    return area
