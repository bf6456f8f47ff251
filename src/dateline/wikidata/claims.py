"""What an entity of Wikidata says: names, statements by rank, items and days as values.

Nothing is taken for granted: deleted parts of an entity, the empty list that dumps print for an empty mapping, values that
are unknown (``somevalue``) or that there are none of (``novalue``), deprecated statements.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

LANGUAGES = ("en", "mul", "en-gb", "en-us", "en-ca")  # "mul": one name for all languages
_TIME = re.compile(r"([+-]?)0*(\d{1,4})-(\d\d)-(\d\d)T")
DAY, MONTH, YEAR = 11, 10, 9  # Wikidata's precisions


def number(entity: Json) -> int | None:
    """The number of an item: 42 for Q42; None for a property, a lexeme, or what has no id."""
    return as_number(entity.get("id"))


def as_number(text: object) -> int | None:
    """42 for ``"Q42"``, else None."""
    if isinstance(text, str) and text[:1] == "Q" and text[1:].isdigit():
        return int(text[1:])
    return None


def label(entity: Json) -> str | None:
    """The English name, or None."""
    labels = _mapping(entity, "labels")
    for language in LANGUAGES:
        text = _value(labels.get(language))
        if text:
            return text
    return None


def names(entity: Json) -> list[str]:
    """The English name and the other names, each once; empty when it has none."""
    found = {text: None for text in [label(entity)] if text}
    aliases = _mapping(entity, "aliases")
    for language in LANGUAGES:
        items = aliases.get(language)
        for item in items if isinstance(items, list) else ():
            if (text := _value(item)) is not None:
                found[text] = None
    return list(found)


def statements(entity: Json, prop: str, *, best: bool = False) -> list[Json]:
    """The statements of a property that are not deprecated; with ``best`` only the preferred ones where there are any."""
    found = _mapping(entity, "claims").get(prop)
    kept = [s for s in found if isinstance(s, dict)] if isinstance(found, list) else []
    kept = [s for s in kept if s.get("rank") != "deprecated"]
    if best:
        return [s for s in kept if s.get("rank") == "preferred"] or kept
    return kept


def items(entity: Json, prop: str, *, best: bool = True) -> list[int]:
    """The items that a property names, by number; those that hold no longer come last."""
    found = [(bool(qualifiers(s, "P582")), item_of(s.get("mainsnak"))) for s in statements(entity, prop, best=best)]
    return list(dict.fromkeys(q for _, q in sorted(found, key=lambda pair: pair[0]) if q is not None))


def present_items(entity: Json, prop: str) -> list[int]:
    """The items that a property names and that still hold; all of them when none does."""
    held = [s for s in statements(entity, prop, best=True) if not qualifiers(s, "P582")]
    found = [q for s in held if (q := item_of(s.get("mainsnak"))) is not None]
    return list(dict.fromkeys(found)) or items(entity, prop)


def texts(entity: Json, prop: str) -> list[str]:
    """The texts of a property, such as a country's codes."""
    values = (_data(s.get("mainsnak")) for s in statements(entity, prop, best=True))
    return [value for value in values if isinstance(value, str)]


def qualifiers(statement: Json, prop: str) -> list[Json]:
    """The snaks of a qualifier of a statement."""
    found = statement.get("qualifiers")
    snaks = found.get(prop) if isinstance(found, dict) else None
    return [s for s in snaks if isinstance(s, dict)] if isinstance(snaks, list) else []


def item_of(snak: object) -> int | None:
    """The number of the item that a snak names; None for an unknown value or none."""
    value = _data(snak)
    if not isinstance(value, dict):
        return None
    numeric = value.get("numeric-id")
    if value.get("entity-type", "item") != "item":
        return None
    return numeric if isinstance(numeric, int) else as_number(value.get("id"))


def day_of(snak: object, *, last: bool = False) -> str:
    """The day of a snak as ``2013-12-17``: the first one of a month or year, or with ``last`` the last one.

    An empty text for what is less exact than a year, before our era, or unknown.

    >>> snak = {"datavalue": {"value": {"time": "+2013-12-00T00:00:00Z", "precision": 10}}}
    >>> day_of(snak), day_of(snak, last=True), day_of({"snaktype": "somevalue"})
    ('2013-12-01', '2013-12-31', '')
    """
    value = _data(snak)
    if not isinstance(value, dict):
        return ""
    precision, match = value.get("precision", DAY), _TIME.match(str(value.get("time")))
    if match is None or match[1] == "-" or not isinstance(precision, int) or precision < YEAR:
        return ""
    year, month, day = (int(part) for part in match.groups()[1:])
    if precision < MONTH or not 1 <= month <= 12:
        month = day = 0
    elif precision < DAY:
        day = 0
    if year < 1:
        return ""
    month = month or (12 if last else 1)
    longest = calendar.monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{min(day, longest) or (longest if last else 1):02}"


def days(entity: Json, prop: str, *, last: bool = False) -> str:
    """The day of the first statement of a property that has one."""
    found = (day_of(s.get("mainsnak"), last=last) for s in statements(entity, prop, best=True))
    return next((day for day in found if day), "")


def unknown(snaks: list[Json], kind: str) -> bool:
    """Whether the snaks say ``somevalue`` (there is one, nobody knows which) or ``novalue`` (there is none)."""
    return any(s.get("snaktype") == kind for s in snaks)


def redirect(entity: Json) -> Iterator[tuple[int, int]]:
    """The redirections that a line states: from which item to which."""
    pairs = [(entity.get("entity"), entity.get("redirect"))]
    if isinstance(moved := entity.get("redirects"), dict):
        pairs.append((moved.get("from"), moved.get("to")))
    for old, new in pairs:
        source, target = as_number(old), as_number(new)
        if source is not None and target is not None:
            yield source, target


def _data(snak: object) -> object:
    if not isinstance(snak, dict) or snak.get("snaktype", "value") != "value":
        return None
    data = snak.get("datavalue")
    return data.get("value") if isinstance(data, dict) else None


def _mapping(entity: Json, key: str) -> Json:
    value = entity.get(key)
    return value if isinstance(value, dict) else {}  # a dump prints [] for an empty mapping


def _value(item: object) -> str | None:
    text = item.get("value") if isinstance(item, dict) else None
    return " ".join(text.split()) or None if isinstance(text, str) else None
