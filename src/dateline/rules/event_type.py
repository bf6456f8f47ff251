"""An event type of an ontology: what its file says before its rules."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.errors import DataError, did_you_mean
from dateline.rules.words import split_words
from dateline.rules.yamlfile import Table

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict", "none")
PARTIES = ("none", "story", "one", "both", "apart", "actor", "recipient")
COUNTS = ("casualties", "crowd")
LOWEST, HIGHEST = -10, 10  # the range of a score: conflict to cooperation
KEYS = (
    "type", "quad", "score", "definition", "modes", "planned", "refused", "announced", "failed", "parties", "rules", "notes", "words", "mode_words",
    "lent_mode", "exclusive_modes", "speech", "counts", "codes",
)  # fmt: skip
LATER = ("planned", "refused", "announced", "failed")


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of the ontology. An ontology without quads or scores has None there."""

    name: str
    quad: str | None
    score: float | None
    definition: str
    modes: dict[str, float | None]
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
    speech: bool  # an act of speech: its own speaker is no source of it
    counts: frozenset[str]  # which numbers told with it are its own: casualties, crowd
    labels: dict[str, str]  # mode -> what it is called, for modes given as ``codes``
    where: str


def read_type(table: Table) -> EventType:
    """The type that a file describes; DataError with file and line for anything wrong in it."""
    table.check_keys(KEYS, ("type",))
    name = table.text("type") or ""
    if not name or name != name.upper() or name != "".join(name.split()):
        raise DataError(f"{table.where('type')}: type {name!r}: write its name as one word in capitals")
    labels = _labels(table)
    modes = _modes(table) | dict.fromkeys(labels)
    score = table.number("score", LOWEST, HIGHEST)
    return EventType(
        name=name,
        quad=table.one_of("quad", QUADS),
        score=score,
        definition=table.text("definition") or "",
        modes=modes,
        planned=table.text("planned") or name,
        refused=table.text("refused") or name,
        announced=table.text("announced") or table.text("planned") or name,
        failed=table.text("failed") or table.text("refused") or name,
        parties=table.one_of("parties", PARTIES) or "one",
        lent_mode=next(iter(_own_modes(table, "lent_mode", modes)), None),
        exclusive_modes=frozenset(_own_modes(table, "exclusive_modes", modes) if "exclusive_modes" in table else modes),
        mode_words=_mode_words(table, modes),
        speech=table.yes("speech"),
        counts=frozenset(_each_of(table, "counts", COUNTS)),
        labels=labels,
        where=f"{table.file}:{table.line}",
    )


def check_types(types: dict[str, EventType], tables: dict[str, Table]) -> None:
    """Raise DataError where a type names another one that the codebook lacks."""
    for event_type in types.values():
        for key in LATER:
            named = getattr(event_type, key)
            if named not in types:
                where = tables[event_type.name].where(key)
                raise DataError(
                    f"{where}: {key}: unknown type {named!r}{did_you_mean(named, types)}; there are: {', '.join(types)}"
                )


def _modes(table: Table) -> dict[str, float | None]:
    """``{demo: -5, riot: -7}``, or only the names where a mode has no score of its own."""
    value = table.get("modes")
    if isinstance(value, Table):
        return {mode: value.number(mode, LOWEST, HIGHEST) for mode in value}
    return dict.fromkeys(split_words(value))


def _labels(table: Table) -> dict[str, str]:
    """``{"1711": Confiscate}``: modes that have a label and no score."""
    value = table.get("codes")
    if value is None:
        return {}
    if not isinstance(value, Table):
        raise DataError(f"{table.where('codes')}: 'codes' must be a mapping of code to label")
    return {code: value.text(code) or "" for code in value}


def _own_modes(table: Table, key: str, modes: dict[str, float | None]) -> tuple[str, ...]:
    return _each_of(table, key, tuple(modes), what="mode of this type")


def _each_of(table: Table, key: str, allowed: tuple[str, ...], what: str = "value") -> tuple[str, ...]:
    names = split_words(table.get(key))
    for name in names:
        if name not in allowed:
            raise DataError(
                f"{table.where(key)}: {key}: {name!r} is no {what}{did_you_mean(name, allowed)}; "
                f"allowed: {', '.join(allowed) or 'none'}"
            )
    return names


def _mode_words(table: Table, modes: dict[str, float | None]) -> tuple[tuple[str, frozenset[str]], ...]:
    value = table.get("mode_words")
    if value is None:
        return ()
    if not isinstance(value, Table):
        raise DataError(f"{table.where('mode_words')}: 'mode_words' must be a mapping of mode to words")
    for mode in value:
        if mode not in modes:
            raise DataError(
                f"{value.where(mode)}: mode_words: {mode!r} is no mode of this type{did_you_mean(mode, modes)}; "
                f"allowed: {', '.join(modes) or 'none'}"
            )
    return tuple((mode, frozenset(w.lower() for w in split_words(words))) for mode, words in value.items())
