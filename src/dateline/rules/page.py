"""A codebook for its readers: what a type is, its modes, its rules in plain words, its examples."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.errors import SettingError, did_you_mean
from dateline.rules.codebook import Codebook
from dateline.rules.condition import Condition, Path
from dateline.rules.event_type import EventType
from dateline.rules.examples import Example, Expected
from dateline.rules.rule import Rule

WIDTH = 110

_STEPS = {
    "subj": "subject", "obj": "object", "iobj": "indirect object", "comp": "clause it takes", "advcl": "clause beside it",
    "purpose": "purpose", "tmod": "time", "undergoer": "undergoer", "poss": "possessor", "amod": "adjective",
    "compound": "noun before it", "inside": "nearest political party inside", "outer": "noun it hangs on",
    "above": "governing word", "content": "content", "topic": "subject of the noun", "aux": "auxiliary", "self": "word itself",
}  # fmt: skip
_TESTS = {
    "political": "a political party", "person": "a person", "state": "a state or its organ", "armed": "an armed force",
    "organisation": "an organisation", "clause": "a clause", "any": "anything", "none": "absent", "place": "a place",
    "named": "somebody named",
}  # fmt: skip
_PARTIES = {
    "none": "nobody need be political",
    "story": "somebody in the story must be political",
    "one": "one party must be political",
    "both": "both parties must be political",
    "apart": "both parties must be political and of two countries",
    "actor": "the actor must be political",
    "recipient": "the recipient must be political",
}


def codebook_page(codebook: Codebook, examples: Sequence[Example]) -> dict[str, Any]:
    """The codebook and a line for each type, as JSON-ready values."""
    return {
        "codebook": codebook.id,
        "title": codebook.title,
        "folder": str(codebook.folder),
        "draft": codebook.draft,
        "types": [
            {
                "type": t.name,
                "quad": t.quad,
                "score": t.score,
                "definition": t.definition,
                "rules": len({r.id for r in codebook.rules if r.type == t.name}),
                "must": sum(bool(e.expect) for e in examples if e.type == t.name),
                "never": sum(not e.expect for e in examples if e.type == t.name),
            }
            for t in codebook.own_types.values()
        ],
        "contexts": list(codebook.contexts.names),
    }


def type_page(codebook: Codebook, name: str, examples: Sequence[Example]) -> dict[str, Any]:
    """One type with its modes, rules and examples, as JSON-ready values; SettingError for a type it has not."""
    types = codebook.own_types
    event_type = types.get(name) or types.get(name.upper())
    if event_type is None:
        hint = did_you_mean(name.upper(), types)
        raise SettingError(f"{codebook.name} has no type {name!r}{hint}; it has: {', '.join(types)}")
    own = [e for e in examples if e.type == event_type.name]
    return {
        "type": event_type.name,
        "codebook": codebook.id,
        "quad": event_type.quad,
        "score": event_type.score,
        "where": event_type.where,
        "definition": event_type.definition,
        "modes": event_type.modes,
        "notes": list(_notes(event_type)),
        "rules": list(_rules(codebook, event_type)),
        "must": [{"text": e.text, "expect": [_expected(x) for x in e.expect]} for e in own if e.expect],
        "never": [e.text for e in own if not e.expect],
    }


def show_codebook(page: dict[str, Any]) -> Iterator[str]:
    """The lines of a codebook's page."""
    yield f"{page['codebook']}{' (draft)' if page['draft'] else ''}: {page['title']}"
    yield page["folder"]
    for row in page["types"]:
        yield ""
        known = [x for x in (row["quad"], _score(row["score"])) if x]
        size = f"{row['rules']} rules, {row['must']} sentences that must be coded, {row['never']} that must not"
        yield f"{row['type']}  {', '.join((*known, size))}"
        yield from _wrapped(row["definition"], "  ")
    if page["contexts"]:
        yield ""
        yield from _wrapped(f"contexts: {', '.join(page['contexts'])}", "")


def show_type(page: dict[str, Any]) -> Iterator[str]:
    """The lines of a type's page."""
    yield ", ".join(x for x in (f"{page['type']}  ({page['codebook']})", page["quad"], _score(page["score"])) if x)
    yield page["where"]
    yield from _wrapped(page["definition"], "  ")
    if page["modes"]:
        modes = (f"{mode} {score:g}" if score is not None else mode for mode, score in page["modes"].items())
        yield from _wrapped(f"modes: {', '.join(modes)}", "  ")
    for note in page["notes"]:
        yield from _wrapped(note, "  ")
    yield ""
    yield f"Rules ({len(page['rules'])}), of those that hold the one that asks most wins"
    for rule in page["rules"]:
        yield f"  {rule['id']}   {rule['where']}"
        for line in rule["says"]:
            yield from _wrapped(line, "    ")
    yield ""
    yield f"Must be coded ({len(page['must'])})"
    for example in page["must"]:
        yield from _wrapped(f"+ {example['text']}", "  ")
        for expected in example["expect"]:
            yield f"      {', '.join(f'{k} {v}' for k, v in expected.items())}"
    yield ""
    yield f"Must not be coded so ({len(page['never'])})"
    for text in page["never"]:
        yield from _wrapped(f"- {text}", "  ")


def path_in_words(path: Path) -> str:
    """A role path as a reader would say it.

    >>> path_in_words(("obj", "on"))
    'the "on" phrase of the object'
    """
    names = (_STEPS.get(step) or f'"{step.replace("_", " ")}" phrase' for step in reversed(path))
    return " of ".join(f"the {name}" for name in names)


def condition_in_words(condition: Condition) -> str:
    """A condition as a reader would say it.

    >>> condition_in_words(Condition(("subj",), ("person", "@crowds", "union"), True, ""))
    'unless the subject is a person, one of @crowds or "union"'
    >>> condition_in_words(Condition(("on",), ("any",), False, ""))
    'if the "on" phrase is there'
    """
    when = f"{'unless' if condition.negate else 'if'} {path_in_words(condition.path)}"
    if condition.tests == ("any",):
        return f"{when} is there"
    tests = [_test(t) for t in condition.tests]
    said = tests[0] if len(tests) == 1 else f"{', '.join(tests[:-1])} or {tests[-1]}"
    return f"{when} is {said}"


def _test(test: str) -> str:
    if test in _TESTS:
        return _TESTS[test]
    if test.startswith("@"):
        return f"one of {test}"
    if test.startswith("prep:"):
        return f'marked with "{test[5:]}"'
    if test.isupper():
        return f"itself coded {test}"
    return f'"{test.removeprefix("=")}"'


def _notes(event_type: EventType) -> Iterator[str]:
    yield f"parties: {_PARTIES[event_type.parties]}, unless a rule says otherwise"
    if event_type.planned != event_type.name:
        yield f"only planned, it is {event_type.planned}"
    if event_type.refused != event_type.name:
        yield f"ruled out for the future, it is {event_type.refused}"
    for mode, words in event_type.mode_words:
        yield f"mode {mode} where one of these words stands near: {', '.join(sorted(words))}"
    if event_type.counts:
        yield f"numbers: {', '.join(sorted(event_type.counts))}"
    if event_type.speech:
        yield "an act of speech: its own speaker is no source of it"


def _rules(codebook: Codebook, event_type: EventType) -> Iterator[dict[str, Any]]:
    by_id: dict[str, list[Rule]] = {}
    for rule in codebook.rules:
        if rule.type == event_type.name:
            by_id.setdefault(rule.id, []).append(rule)
    for rules in by_id.values():
        first = rules[0]
        yield {
            "id": first.id.rsplit("/", 1)[-1],
            "where": first.where,
            "triggers": {rule.kind: list(rule.lemmas) for rule in rules},
            "rank": first.rank,
            "says": list(_says(rules, event_type)),
        }


def _says(rules: list[Rule], event_type: EventType) -> Iterator[str]:
    first = rules[0]
    yield "; ".join(
        f"{_KINDS[rule.kind]} {', '.join(lemma.replace('_', ' ') for lemma in rule.lemmas)}" for rule in rules
    )
    yield from (condition_in_words(c) for c in first.conditions)
    if event_type.name == "NONE":
        yield "then it is no event"
        return
    actor = _who(first.actor)
    if first.joint:
        yield f"everybody is an actor: {actor}, and {_who(first.recipient)}"
    else:
        yield f"actor: {actor}"
        yield f"recipient: {_who(first.recipient)}"
    if first.modes:
        yield f"mode: {', '.join(first.modes)}"
    if first.contexts:
        yield f"context: {', '.join(first.contexts)}"
    if first.parties is not None and first.parties != event_type.parties:
        yield f"parties: {_PARTIES[first.parties]}"
    if first.rank:
        yield f"rank {first.rank}: before every rule of a lower rank"
    if first.absorbs:
        yield "takes in the acts it governs: they are no events of their own"
    if first.stance:
        yield f"the act is {first.stance}"
    if first.claims:
        yield "its actor becomes the actor of the act told before"


_KINDS = {"verb": "the verb", "noun": "the noun", "adj": "the adjective"}


def _who(paths: tuple[Path, ...]) -> str:
    return ", else ".join(path_in_words(path) for path in paths) or "nobody"


def _expected(expected: Expected) -> dict[str, Any]:
    written = {k: v for k, v in dataclasses.asdict(expected).items() if v not in (None, ())}
    return {k.removesuffix("s"): " ".join(v) if isinstance(v, tuple) else v for k, v in written.items()}


def _score(score: float | None) -> str | None:
    return None if score is None else f"score {score:g}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
