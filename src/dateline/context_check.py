"""Checks the contexts of a codebook: every example sentence of its ``contexts.yaml`` through the whole pipeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from dateline.model import Event
from dateline.rules.codebook import Codebook
from dateline.rules.contexts import FILE, load_context_examples

MUST, NEVER = 6, 3  # examples that a context needs


def context_failures(codebook: Codebook, code: Callable[[str], Sequence[Event]]) -> Iterator[str]:
    """One line ``file:line: …`` for each example that fails; ``code`` takes a text and returns its events.

    A sentence of which nothing is coded fails too, whichever it is: it would show nothing.
    """
    for example in load_context_examples(codebook.folder, codebook.contexts):
        events = code(example.text)
        why = None if events else "no event is coded"
        having = [e for e in events if example.context in e.contexts]
        if example.must and events and not having:
            why = f"found {' '.join(dict.fromkeys(c for e in events for c in e.contexts)) or 'no context'}"
        if not example.must and having:
            words = [c.text for e in having for c in e.context_evidence if c.context == example.context]
            why = f"must not be found, but {', '.join(repr(w) for w in dict.fromkeys(words))} says so"
        if why is not None:
            yield f"{example.where}: context {example.context}: {why}: {example.text}"


def too_few_for_contexts(codebook: Codebook) -> Iterator[str]:
    """One line ``file:line: …`` for each context of ``contexts.yaml`` that lacks examples."""
    examples = load_context_examples(codebook.folder, codebook.contexts)
    counts = Counter((example.context, example.must) for example in examples)
    for context in codebook.contexts if (codebook.folder / FILE).is_file() else ():
        must, never = counts[context.name, True], counts[context.name, False]
        if must < MUST or never < NEVER:
            yield (
                f"{context.where}: context {context.name} has {must} sentences that must have it and {never} that must not; "
                f"it needs {MUST} and {NEVER}"
            )
