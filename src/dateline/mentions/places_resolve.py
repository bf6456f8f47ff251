"""Which place a name means: containment, the countries of the story, size, neighbours; one sense per story."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.mentions.gazetteer import Entry, Gazetteer
from dateline.mentions.places_keys import place_key
from dateline.mentions.places_names import Container, names_of

_AFTER_COMMA = re.compile(r",\s+((?:[A-Z][\w.'’&-]*|D\.C\.)(?:\s+(?:of\s+)?[A-Z][\w.'’-]*){0,3})")
_AFTER_IN = re.compile(r"\s+(?:in|of)\s+(?:the\s+)?((?:[A-Z][\w.'’-]*)(?:\s+(?:of\s+)?[A-Z][\w.'’-]*){0,3})")
_BRACKET = re.compile(r"\s+\(([A-Z][^)]{2,30})\)")
_KIND_AFTER = re.compile(r"[\s-]+([a-z]+)\b")
_KIND_BEFORE = re.compile(r"\b([a-z]+)\s+of\s+(?:the\s+)?$|\b([a-z]+)\s+$")
_OWNER = re.compile(r"([A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)['’]s?\s+(?:[a-z-]+\s+){0,4}$")
_NEAR_KM = 150.0
_KNOWN = 50_000  # people of a city that says where a facility is
_NEAR_DEGREES = 1.35  # of latitude: a little more than that
_SURE = 1.0  # a lead of this much is certain
_SHOWN = 0.8  # what the story must add for a facility whose name is not its own, or is another's as well


@dataclass(frozen=True, slots=True)
class Name:
    """A place name found in a text, to be resolved. ``entry`` is set where the detector knows it (a demonym)."""

    start: int
    end: int
    text: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """The place chosen for a name, the others considered (best first), and the rules that decided."""

    entry: Entry | None
    others: tuple[Entry, ...]
    rules: tuple[str, ...]


@dataclass(slots=True)
class _Case:
    """What is known about one name while it is being resolved."""

    name: Name
    key: str
    entries: tuple[tuple[Entry, float], ...]  # with prior score
    inside: frozenset[Container]  # containers stated in the text: country, province
    kind: str | None
    close: frozenset[str]  # countries named right before
    best: Entry | None = None
    sure: float = 1.0  # how far the best place leads the best one of another country: 0 to 1
    rules: tuple[str, ...] = ()
    ranked: tuple[Entry, ...] = ()


def resolve(text: str, names: Sequence[Name], gazetteer: Gazetteer, home: Sequence[str] = ()) -> list[Sense]:
    """Resolve all names of one text together; ``home`` are countries known from elsewhere (the dateline).

    The answer has one sense per name, in order. A name that the gazetteer does not hold has no entry.
    """
    cases = [_case(text, name, gazetteer) for name in names]
    votes = _Votes([], ())
    for case in cases:  # by what the name itself says
        _choose(case, votes, gazetteer)
    for _ in range(2):  # by the company it keeps
        votes = _Votes(cases, home)
        for case in cases:
            _choose(case, votes, gazetteer)
    _one_sense(cases)
    return [Sense(c.best, c.ranked, c.rules) for c in cases]


def distance(a: Entry, b: Entry) -> float:
    """Kilometres between two places, on a sphere."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def _case(text: str, name: Name, gazetteer: Gazetteer) -> _Case:
    key = place_key(name.text)
    if name.entry is not None:
        return _Case(name, key, ((name.entry, 0.0),), frozenset(), None, frozenset())
    kind = _kind_said(text, name, gazetteer)
    entries = names_of(gazetteer).candidates(name.text, gazetteer.words.kinds.get(name.text.rsplit(" ", 1)[-1].lower()))
    if any(e.kind == "facility" for e, _ in entries):
        stated = _stated(text, name, gazetteer)
        entries = tuple((e, prior) for e, prior in entries if e.kind != "facility" or _lies(e, stated))
    return _Case(name, key, entries, _containers(text, name, gazetteer), kind, _close(text, name, gazetteer))


def _kind_said(text: str, name: Name, gazetteer: Gazetteer) -> str | None:
    """The kind of place that a word beside the name states: "Kandahar province", "the city of Kandahar"."""
    kinds = gazetteer.words.kinds
    own = kinds.get(name.text.rsplit(" ", 1)[-1].lower()) if " " in name.text else None
    if own:
        return own
    after = _KIND_AFTER.match(text, name.end)
    if after and after.group(1) in kinds:
        return kinds[after.group(1)]
    before = _KIND_BEFORE.search(text, max(0, name.start - 30), name.start)
    if before:
        return kinds.get(before.group(1) or before.group(2))
    return None


def _containers(text: str, name: Name, gazetteer: Gazetteer) -> frozenset[Container]:
    for pattern in (_AFTER_COMMA, _BRACKET, _AFTER_IN):
        match = pattern.match(text, name.end)
        if match:
            found = names_of(gazetteer).container(match.group(1))
            if found:
                return found
    owner = _OWNER.search(text, max(0, name.start - 60), name.start)
    return names_of(gazetteer).container(owner.group(1)) if owner else frozenset()


def _stated(text: str, name: Name, gazetteer: Gazetteer) -> list[Entry]:
    """The countries, provinces and larger cities that "in" after a name may mean: "the Green Zone in Baghdad"."""
    match = _AFTER_IN.match(text, name.end)
    words, names = match.group(1).split() if match else [], names_of(gazetteer)
    for size in range(len(words), 0, -1):
        phrase = " ".join(words[:size]).rstrip(",.;:")
        found = [e for e, _ in names.candidates(phrase) if e.kind in ("country", "province") or e.fame >= _KNOWN]
        if found:
            return found
    return []


def _lies(facility: Entry, stated: Sequence[Entry]) -> bool:
    """Whether a facility lies in one of the places; True if there are none."""
    return not stated or any(
        distance(facility, e) < _NEAR_KM if e.kind == "city" else facility.country in (e.country, None) for e in stated
    )


def _close(text: str, name: Name, gazetteer: Gazetteer) -> frozenset[str]:
    """Countries whose names or demonyms stand in the few words before the name."""
    out = set()
    for word in re.findall(r"[A-Z][\w'’.-]+", text[max(0, name.start - 50) : name.start]):
        bare = word.removesuffix("'s").removesuffix("’s")
        code = gazetteer.countries.demonym(bare) or gazetteer.countries.country_of(bare)
        if code:
            out.add(code)
    return frozenset(out)


class _Votes:
    """How often the story speaks of each country and province, apart from one name's own votes."""

    def __init__(self, cases: Sequence[_Case], home: Sequence[str]) -> None:
        self._countries: dict[str, float] = dict.fromkeys(home, 3.0)
        self._provinces: Counter[int] = Counter()
        self._own: dict[str, tuple[dict[str, float], set[int]]] = {}
        self._points: dict[int, Entry] = {}  # cities and districts chosen, by number
        self._near: dict[int, bool] = {}
        times = Counter((c.key, c.best.country) for c in cases if c.best is not None)
        for case in cases:
            entry = case.best
            if entry is None or entry.country is None:
                continue
            countries, provinces = self._own.setdefault(case.key, ({}, set()))
            # Different names weigh more than one name repeated, and doubtful ones little.
            vote = case.sure * (2 + min(times[case.key, entry.country], 3))
            countries[entry.country] = max(vote, countries.get(entry.country, 0.0))
            province = entry.number if entry.kind == "province" else entry.province
            if province is not None:
                provinces.add(province)
            if entry.kind in ("city", "district"):
                self._points[entry.number] = entry
        for countries, provinces in self._own.values():
            for code, vote in countries.items():
                self._countries[code] = self._countries.get(code, 0.0) + vote
            self._provinces.update(provinces)

    def country(self, code: str, key: str) -> float:
        """Votes for a country by names other than ``key``."""
        own = self._own.get(key)
        return self._countries.get(code, 0.0) - (own[0].get(code, 0.0) if own else 0.0)

    def province(self, number: int, key: str) -> int:
        """How many names other than ``key`` lie in a province, or name it."""
        own = self._own.get(key)
        return self._provinces[number] - (1 if own and number in own[1] else 0)

    def near(self, entry: Entry) -> bool:
        """Whether another place that the story speaks of, with another name, lies near."""
        found = self._near.get(entry.number)
        if found is None:
            found = any(
                abs(p.lat - entry.lat) < _NEAR_DEGREES and p.name != entry.name and distance(p, entry) < _NEAR_KM
                for p in self._points.values()
            )
            self._near[entry.number] = found
        return found


def _choose(case: _Case, votes: _Votes, gazetteer: Gazetteer) -> None:
    weights = gazetteer.words.weights
    if case.name.entry is not None:
        case.best, case.rules = case.name.entry, ("places/demonym",)
        return
    scored = []
    for entry, prior in case.entries:
        score, why = prior, "places/population"
        within = None if entry.kind == "province" else entry.province
        for code, number in case.inside:
            if entry.kind != "country" and entry.country == code and (number is None or number == within):
                score += weights["contained"]
                why = "places/containment"
                break
        if case.kind is not None and entry.kind == case.kind:
            score += weights["kind_said"]
        if entry.country:
            n = votes.country(entry.country, case.key)
            gain = weights["same_country"] * n / (n + 6)
            province = entry.number if entry.kind == "province" else entry.province
            if province is not None:
                also = votes.province(province, case.key)
                gain += weights["same_province"] * also / (also + 1)
            if entry.country in case.close and entry.kind != "country":
                gain += weights["close_country"]
            if gain > 0.8 and why == "places/population":
                why = "places/country"
            score += gain
        if entry.kind in ("city", "district", "facility") and votes.near(entry):
            score += weights["near"]
        scored.append((score, entry, why))
    scored.sort(key=lambda s: (-s[0], s[1].number))
    case.best = scored[0][1] if scored else None
    case.ranked = tuple(s[1] for s in scored[1:6])
    other = next((s[0] for s in scored if s[1].country != scored[0][1].country), None)
    case.sure = 1.0 if other is None else min(1.0, (scored[0][0] - other) / _SURE)
    if case.best is not None and case.best.kind == "facility" and not _shown(scored[0][0], case, other, weights):
        case.best, case.ranked = None, tuple(s[1] for s in scored[:5])
    if case.best is not None:
        case.rules = (
            (f"places/{case.best.kind}",) if len(scored) == 1 or case.best.kind == "country" else (scored[0][2],)
        )


def _shown(score: float, case: _Case, other: float | None, weights: dict[str, float]) -> bool:
    """Whether a facility is meant: its name is its own, or the story shows which of several it is."""
    prior = next(p for e, p in case.entries if e is case.best)
    if prior < weights["facility"] and score - prior < _SHOWN:
        return False
    return other is None or score - other >= _SHOWN / 2


def _one_sense(cases: Sequence[_Case]) -> None:
    """A name means one place in a story: the sense stated by containment first, else the most frequent one."""
    groups: dict[str, list[_Case]] = defaultdict(list)
    for case in cases:
        if case.name.entry is None and case.best is not None:
            groups[case.key].append(case)
    for group in groups.values():
        stated = [c for c in group if "places/containment" in c.rules]
        votes = Counter(c.best.number for c in (stated or group) if c.best is not None)
        top = max(votes, key=lambda n: (votes[n], -n))
        best = next(c.best for c in group if c.best is not None and c.best.number == top)
        for case in group:
            if case in stated or case.best is best or case.kind is not None:
                continue
            if case.best is not None and case.best.number != top:
                case.ranked = (case.best, *(e for e in case.ranked if e.number != top))[:5]
                case.best, case.rules = best, ("places/one-sense",)
