"""The first pass over a dump: countries, offices and parties, redirections, and what is a subclass of what.

An entity may speak of an office that comes later in the dump, so the second pass needs these tables whole. They are kept
compact: an edge of the class tree is eight bytes, and of the other items only those that may be an office are kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from dateline.mentions.countries import Countries
from dateline.wikidata import claims
from dateline.wikidata.claims import Json
from dateline.wikidata.classes import Classes
from dateline.wikidata.dump import Dump

HUMAN = 5
OFFICES = frozenset((4164871, 294414))  # position, public office
PARTY = 7278
DEPTH = 12  # steps down the class tree; what is further away is kin by mistake

_SIGNS = (
    *(b'"%s"' % prop for prop in (b"P279", b"P298", b"P1001", b"P1308", b"P2389")),
    *(sign % number for number in (PARTY, *sorted(OFFICES)) for sign in (b'"Q%d"', b'"numeric-id":%d,')),
    b'"redirect',
)


class Office(NamedTuple):
    """An office that a person may hold: its name, what it is of (a country, a city, a body), and the country it is in."""

    name: str | None
    of: tuple[int, ...]
    countries: tuple[int, ...]


@dataclass
class Index:
    """What the second pass asks."""

    classes: Classes
    countries: dict[int, str] = field(default_factory=dict)
    offices: dict[int, Office] = field(default_factory=dict)
    parties: dict[int, tuple[int, ...]] = field(default_factory=dict)
    redirects: dict[int, int] = field(default_factory=dict)
    _below: array[int] = field(default_factory=lambda: array("I"), repr=False)
    _above: array[int] = field(default_factory=lambda: array("I"), repr=False)
    position_of: dict[int, int] = field(default_factory=dict)  # item -> number of its class in the list
    organisation_of: dict[int, int] = field(default_factory=dict)

    def item(self, number: int) -> int:
        """The item that a number means now."""
        return self.redirects.get(number, number)

    def code(self, number: int) -> str | None:
        """The code of a country or of a body with a code of its own."""
        number = self.item(number)
        return self.classes.bodies.get(number) or self.countries.get(number)

    def codes(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """The codes of those items that have one, each once."""
        return tuple(dict.fromkeys(code for n in numbers if (code := self.code(n)) is not None))

    def take(self, entity: Json, table: Countries) -> None:
        """Keep what the second pass may ask of an entity."""
        self.redirects.update(claims.redirect(entity))
        number = claims.number(entity)
        if number is None or number > 0xFFFFFFFF:
            return
        kinds = claims.items(entity, "P31", best=False)
        if HUMAN in kinds:
            return
        iso = next((code for text in claims.texts(entity, "P298") if table.get(code := text.upper())), None)
        if number in self.classes.countries:
            self.countries[number] = self.classes.countries[number]
        elif iso is not None:
            self.countries[number] = iso
        if PARTY in kinds:
            self.parties[number] = tuple(claims.present_items(entity, "P17"))
        classes = claims.items(entity, "P279", best=False)
        of = claims.present_items(entity, "P1001") + claims.present_items(entity, "P2389")
        office = not OFFICES.isdisjoint(kinds) or bool(claims.statements(entity, "P1308"))  # held by somebody
        if classes or of or office:
            where = claims.present_items(entity, "P17")
            if of or where:
                self.offices[number] = Office(claims.label(entity), tuple(of), tuple(where))
            if of or where or office:
                classes = [*classes, *(kind for kind in kinds if kind not in OFFICES)]
            for parent in classes:
                if parent <= 0xFFFFFFFF:
                    self._below.append(number)
                    self._above.append(parent)

    def finish(self) -> None:
        """Work out which items are below the wanted classes."""
        below = np.asarray(self._below, dtype=np.uint32)
        above = np.asarray(self._above, dtype=np.uint32)
        order = np.argsort(above, kind="stable")
        tree = (above[order], below[order])
        wanted = self.classes
        self.position_of = _under([(c.number, False) for c in wanted.positions], *tree)
        self.organisation_of = _under([(c.number, c.alone) for c in wanted.organisations], *tree)
        self._below, self._above = array("I"), array("I")


def _under(roots: Sequence[tuple[int, bool]], above: np.ndarray, below: np.ndarray) -> dict[int, int]:
    """Every item below the roots, with the number of the first root that it is below."""
    found: dict[int, int] = {}
    for number, (root, alone) in enumerate(roots):
        if root in found:
            continue
        found[root] = number
        level = [] if alone else [root]
        for _ in range(DEPTH):
            nearer = []
            for item in level:
                first, last = np.searchsorted(above, [item, item + 1])
                for child in below[first:last].tolist():
                    if child not in found:
                        found[child] = number
                        nearer.append(child)
            level = nearer
    return found


def read_index(dump: Dump, classes: Classes, table: Countries) -> Index:
    """The first pass."""
    index = Index(classes)
    for at, text in dump.read(1):
        if any(sign in text for sign in _SIGNS):
            entity = dump.entity(at, text)
            if entity is not None:
                index.take(entity, table)
    index.finish()
    return index
