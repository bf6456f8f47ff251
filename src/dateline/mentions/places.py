"""The places of a story: found by the detector, resolved together, each with its rules and the senses not chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.mentions.gazetteer import Entry, Gazetteer
from dateline.mentions.places_detect import Detector, Spot, Use
from dateline.mentions.places_keys import place_key
from dateline.mentions.places_names import names_of
from dateline.mentions.places_resolve import Name, Sense, resolve
from dateline.model import Parse, Place, Span, Story

_LEVELS = ("city", "district", "province")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place with its use in the text: ``place``, ``in-name`` (of an organisation), ``demonym`` or ``dateline``."""

    place: Place
    use: Use


def find_places(story: Story, parse: Parse, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that a story names, in text order: no demonyms, no places inside names of organisations.

    A name that the gazetteer lacks keeps ``geonameid`` None; where the text shows the city or province that it lies in,
    it has that one's country and province, and a city's position, with the precision of that place and the rule
    ``places/inside``.
    """
    return tuple(t.place for t in find_toponyms(story, parse, gazetteer) if t.use == "place")


def find_dateline_place(story: Story, parse: Parse, gazetteer: Gazetteer) -> Place | None:
    """The place that the story was filed from, or None; its ``sentence`` is -1, for a dateline is in no sentence."""
    return next((t.place for t in find_toponyms(story, parse, gazetteer) if t.use == "dateline"), None)


def find_toponyms(story: Story, parse: Parse, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Every place name of a story with its use, in text order, demonyms and places inside other names included."""
    spots = Detector(story.text, gazetteer).spots(parse)
    line = _dateline(story)
    if line is not None:
        spots = sorted([line, *(s for s in spots if s.start >= line.end or s.end <= line.start)], key=lambda s: s.start)
    return resolve_spots(story, spots, gazetteer)


def resolve_spots(story: Story, spots: Sequence[Spot], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Resolve place names whose spans are known, together, in the given order."""
    names = [Name(s.start, max(s.end, s.reach), story.text[s.start : max(s.end, s.reach)], s.entry) for s in spots]
    home = [story.dateline.country] if story.dateline is not None and story.dateline.country else []
    senses = resolve(story.text, names, gazetteer, home)
    stand_ins = _StandIns(spots, senses, gazetteer)
    return tuple(
        Toponym(_place(spot, sense, stand_ins.of(i, spot), gazetteer), spot.use)
        for i, (spot, sense) in enumerate(zip(spots, senses, strict=True))
    )


def _dateline(story: Story) -> Spot | None:
    line = story.dateline
    if line is None or not line.place:
        return None
    first = line.place.split(",")[0].split("/")[0].strip()
    if first.lower().startswith("by "):
        return None
    at = story.text.find(first, line.span.start, line.span.end)
    if not first or at < 0:
        return None
    return Spot(-1, 0, 0, at, at + len(first), first, "dateline", "places/dateline")


class _StandIns:
    """For names that the gazetteer lacks: the place of the story that they most probably lie in."""

    def __init__(self, spots: Sequence[Spot], senses: Sequence[Sense], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._spots = spots
        self._senses = senses
        votes: Counter[int] = Counter()
        entries: dict[int, Entry] = {}
        for spot, sense in zip(spots, senses, strict=True):
            if sense.entry is not None and sense.entry.kind in _LEVELS and spot.use != "demonym":
                votes[sense.entry.number] += 3 if spot.use == "dateline" else 1
                entries[sense.entry.number] = sense.entry
        order = sorted(votes, key=lambda n: (-votes[n], _LEVELS.index(entries[n].kind), n))
        main = order[0] if order else None  # of the whole story only if it is most of what is named
        self._main = entries[main] if main is not None and 2 * votes[main] >= votes.total() else None

    def of(self, number: int, spot: Spot) -> Entry | None:
        """The place in the name itself ("Manila Cathedral"), else the city or province named nearest in the sentence
        (after the name first), else the story's main one.
        """
        if self._senses[number].entry is not None:
            return None
        own = self._own(spot.text.split())
        if own is not None:
            return own
        best: tuple[int, int] | None = None
        for i, other in enumerate(self._spots):
            entry = self._senses[i].entry
            if other.sentence != spot.sentence or i == number or entry is None or entry.kind not in _LEVELS:
                continue
            if other.use == "demonym":
                continue
            gap = other.start - spot.end if other.start >= spot.end else 2 * (spot.start - other.end)
            if best is None or (gap, i) < best:
                best = (gap, i)
        return self._senses[best[1]].entry if best is not None else self._main

    def _own(self, words: Sequence[str]) -> Entry | None:
        """The province or city of 100,000 that a longer name begins with, or has after "of"."""
        tries = [words[:n] for n in range(min(3, len(words) - 1), 0, -1)]
        if "of" in words[1:-1]:
            tries.append(words[words.index("of") + 1 :])
        for part in tries:
            name = " ".join(part)
            key = place_key(name)
            for spot, sense in zip(self._spots, self._senses, strict=True):
                if sense.entry is not None and sense.entry.kind in _LEVELS and place_key(spot.text) == key:
                    return sense.entry
            if part[-1][:1].isupper() and name not in self._gazetteer.words.never:
                big = [e for e, score in names_of(self._gazetteer).candidates(name) if score >= 5]
                if big and big[0].kind in _LEVELS and big[0].fame >= 100_000:
                    return big[0]
        return None


def _place(spot: Spot, sense: Sense, stand_in: Entry | None, gazetteer: Gazetteer) -> Place:
    entry = sense.entry or stand_in
    own = sense.entry is not None
    rules = (spot.rule, *sense.rules) if own else (spot.rule, *(("places/inside",) if stand_in is not None else ()))
    located = own or (entry is not None and entry.kind != "province")  # the middle of a province is no position
    precision = None
    if entry is not None:
        precision = "region" if entry.kind == "continent" else entry.kind
    return Place(
        span=Span(spot.start, spot.end),
        text=spot.text,
        sentence=spot.sentence,
        tokens=(spot.first, spot.last),
        name=entry.name if own and entry is not None else spot.text,
        country=entry.country if entry is not None else None,
        admin1=_admin1(entry, gazetteer),
        lat=entry.lat if located and entry is not None else None,
        lon=entry.lon if located and entry is not None else None,
        geonameid=entry.geonameid if own and entry is not None else None,
        precision=precision,
        rules=tuple(dict.fromkeys(rules)),
        others=tuple(_label(e, gazetteer) for e in sense.others),
    )


def _admin1(entry: Entry | None, gazetteer: Gazetteer) -> str | None:
    if entry is None:
        return None
    if entry.kind == "province":
        return entry.name
    return gazetteer.entry(entry.province).name if entry.province is not None else None


def _label(entry: Entry, gazetteer: Gazetteer) -> str:
    """A sense in words: "Paris, Texas, USA"."""
    parts = [entry.name]
    if entry.province is not None:
        parts.append(gazetteer.entry(entry.province).name)
    if entry.country is not None:
        parts.append(entry.country)
    return ", ".join(dict.fromkeys(parts))
