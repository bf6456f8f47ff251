"""Tries a codebook on sentences: what each is coded as, whether that was expected, and which rules competed for it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import DataError, InputError, did_you_mean
from dateline.events.contest import Contest, contests
from dateline.events.examples import failures, show
from dateline.events.match import why_not
from dateline.rules.codebook import Codebook
from dateline.rules.examples import Example, Expected, load_examples

if TYPE_CHECKING:
    from dateline.model import Event
    from dateline.pipeline import Coder

NO_EVENT = "none"
COLUMNS = ("text", "expected")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to try: what is expected of it (None: nothing said), and where it stands."""

    text: str
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence that was coded; ``wrong`` holds a line for each thing found otherwise than expected."""

    sentence: Sentence
    events: tuple[Event, ...]
    contests: tuple[Contest, ...]
    wrong: tuple[str, ...]
    read: tuple[tuple[str, str, str], ...]  # each word with its tag and its relation to its head


def try_sentences(coder: Coder, sentences: Iterable[Sentence]) -> Iterator[Trial]:
    """Code each sentence as a story of its own."""
    for sentence in sentences:
        example = sentence.example
        result = coder.code(sentence.text, published=example.published if example is not None else None)
        events = tuple(result.coded)
        wrong = failures([example], lambda text, day, e=events: e) if example is not None else []  # type: ignore[misc]
        found = contests(result.parse, result.mentions, result.frames, coder.codebook, events)
        read = tuple((token.text, token.upos, token.dep) for s in result.parse.sentences for token in s.tokens)
        yield Trial(sentence, events, found, tuple(wrong), read)


def own_examples(codebook: Codebook) -> tuple[Sentence, ...]:
    """The example sentences of the codebook."""
    return tuple(Sentence(e.text, e) for e in load_examples(codebook))


def read_sentences(path: Path, codebook: Codebook) -> tuple[Sentence, ...]:
    """Sentences of a file: CSV or JSON Lines with ``text`` and ``expected``, or plain text with one on each line.

    ``expected`` names the types that must be found, or ``none`` where nothing may be; a blank one expects nothing.
    InputError when the file cannot be read or has no ``text``, DataError (file:line) for a type the codebook lacks.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8: byte {error.start}") from error
    out = []
    for line, row in _rows(path, text):
        if not (row.get("text") or "").strip():
            raise InputError(
                f"{path}:{line}: no 'text'; found: {', '.join(row) or 'nothing'}; allowed: {', '.join(COLUMNS)}"
            )
        where = f"{path}:{line}"
        expected = (row.get("expected") or "").replace(";", " ").split()
        out.append(Sentence(row["text"], _as_example(row["text"], expected, where, codebook) if expected else None))
    return tuple(out)


def _rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    if path.suffix == ".csv":
        reader = csv.DictReader(text.splitlines(keepends=True))
        if "text" not in (reader.fieldnames or ()):
            raise InputError(f"{path}:1: no column 'text'; found: {', '.join(reader.fieldnames or ()) or 'nothing'}")
        for row in reader:
            yield reader.line_num, row
    elif path.suffix in (".jsonl", ".ndjson"):
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(f"{path}:{number}: is not JSON: {error.msg}") from error
            if not isinstance(row, dict) or not all(isinstance(row.get(k) or "", str) for k in COLUMNS):
                raise InputError(f"{path}:{number}: a line must be an object with the texts {', '.join(COLUMNS)}")
            yield number, row
    else:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield number, {"text": line.strip()}


def _as_example(text: str, types: list[str], where: str, codebook: Codebook) -> Example:
    if types == [NO_EVENT]:
        return Example(text, "NONE", (), None, where)
    for name in types:
        if name not in codebook.own:
            hint = did_you_mean(name, codebook.own)
            raise DataError(
                f"{where}: expected: unknown type {name!r}{hint}; allowed: {', '.join(codebook.own_types)}, or {NO_EVENT} alone"
            )
    blank = (None,) * 8
    return Example(text, types[0], tuple(Expected(name, (), (), *blank) for name in types), None, where)


def lines_of(trial: Trial) -> Iterator[str]:
    """The trial for a reader: the sentence, each predicate with the rules that competed, the events, what is wrong."""
    yield trial.sentence.text
    for contest in trial.contests:
        arguments = ", ".join(f"{role} {word}" for role, word in contest.arguments) or "no arguments"
        yield f'  "{contest.words}" ({contest.frame.kind} {contest.frame.lemma}: {arguments}): {contest.fate}'
        for tried in contest.tried:
            if tried.rule is contest.winner:
                yield f"    won   {tried.rule.id}   {tried.rule.where}"
            elif tried.failed is not None or contest.winner is None:
                yield f"    fails {tried.rule.id}: {tried.failed} ({tried.failed.where if tried.failed else ''})"
            else:
                yield f"    lost  {tried.rule.id}: {why_not(tried, contest.winner)}"
    if not trial.contests:
        yield f"  no word that a rule names; read as {' '.join('/'.join(word) for word in trial.read)}"
    for event in trial.events:
        modes = f" ({', '.join(event.modes)})" if event.modes else ""
        yield f"  coded {show(event)}{modes}, {event.factuality.stance}"
    if not trial.events:
        yield "  coded as no event"
    for line in trial.wrong:
        yield f"  WRONG {line}"
    if trial.sentence.example is not None and not trial.wrong:
        yield "  as expected"


def as_dict(trial: Trial) -> dict[str, Any]:
    """The trial as JSON-ready values."""
    return {
        "text": trial.sentence.text,
        "where": trial.sentence.example.where if trial.sentence.example is not None else None,
        "right": None if trial.sentence.example is None else not trial.wrong,
        "wrong": list(trial.wrong),
        "read": [list(word) for word in trial.read],
        "events": [
            {"type": e.type, "mode": list(e.modes), "factuality": e.factuality.stance, "shown": show(e)}
            for e in trial.events
        ],
        "predicates": [
            {
                "words": c.words,
                "kind": c.frame.kind,
                "lemma": c.frame.lemma,
                "arguments": [list(a) for a in c.arguments],
                "fate": c.fate,
                "winner": c.winner.id if c.winner is not None else None,
                "tried": [
                    {
                        "rule": t.rule.id,
                        "where": t.rule.where,
                        "holds": t.failed is None,
                        "why_not": None
                        if t.rule is c.winner
                        else str(t.failed)
                        if c.winner is None
                        else why_not(t, c.winner),
                    }
                    for t in c.tried
                ],
            }
            for c in trial.contests
        ],
    }
