"""Any event to its derivation tree: what decided each value, where that rule stands, and what was not chosen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.model import Actor, Event, Span
from dateline.rules.yamlfile import Table, at

if TYPE_CHECKING:
    from dateline.result import Result


@dataclass
class Node:
    """A line of the tree and the lines under it."""

    text: str
    under: list[Node] = field(default_factory=list)

    def add(self, text: str) -> Node:
        """Add a line below and return it."""
        node = Node(text)
        self.under.append(node)
        return node

    def lines(self, first: str = "", rest: str = "") -> Iterator[str]:
        """The tree as text lines."""
        yield first + self.text
        for i, node in enumerate(self.under):
            last = i == len(self.under) - 1
            yield from node.lines(rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))


def explain(event: Event, result: Result) -> str:
    """The derivation of an event of a result as a printable tree."""
    return "\n".join(tree(event, result).lines())


def tree(event: Event, result: Result) -> Node:
    """The derivation of an event as nodes: one branch for each value of the record."""
    where = Positions(result)
    text = result.story.text
    modes = f" ({', '.join(event.modes)})" if event.modes else ""
    root = Node(f"{event.type}{modes}: {_quote(text, *event.trigger)}   {event.id}")
    shown: set[str] = set()

    def rules(node: Node, ids: Iterable[str]) -> None:
        for rule in ids:
            shown.add(rule)
            node.add(f"rule {rule}   {where.of(rule)}")

    quad = "no quad" if event.quad is None else event.quad
    score = "no score" if event.score is None else f"score {event.score:g}"
    what = root.add(f"type {event.type}, {quad}, {score}, in the {event.region}, sentence {event.sentence}")
    rules(what, [r for r in event.rules if r in where.codebook])
    for name in event.contexts:
        why = ", ".join(_quote(text, c.span) for c in event.context_evidence if c.context == name)
        what.add(f"context {name}: {why}" if why else f"context {name}")
    for other in event.mentions[1:]:
        sentence = result.parse.sentences[other[0]]
        token = sentence.tokens[other[1]]
        what.add(f"told again: {_quote(text, Span(token.start, token.end))} in sentence {other[0]} ({sentence.region})")
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for actor in parties:
            branch = root.add(f"{role} {_actor(actor, text)}")
            rules(branch, actor.rules)
            for reading in actor.others:
                branch.add(f"not chosen: {reading}")
        if not parties:
            root.add(f"{role} none")
    _date(root, event, result, rules)
    _place(root, event, text, rules)
    stance = root.add(f"factuality {event.factuality.stance} ({event.factuality.score:+.1f})")
    for cue in event.factuality.cues:
        stance.add(f"cue {_quote(text, cue.span)}: {cue.category}   {where.of(cue.rule)}")
        shown.add(cue.rule)
    rules(stance, [r for r in event.factuality.rules if r not in shown])
    if not event.attribution:
        root.add("according to the reporter's own voice")
    for n, source in enumerate(event.attribution):
        cue_text = f", cue {source.cue!r}" if source.cue else ""
        known = " ".join(x for x in (source.kind, source.country) if x)
        root.add(f"{'according to' if n == 0 else 'as reported by'} {_quote(text, source.span)}: {known}{cue_text}")
    for claim in event.claims:
        who = "nobody named" if claim.span is None else _quote(text, claim.span)
        if claim.name is not None and claim.name != claim.text:
            who += f" = {claim.name}"
        cue_text = "" if claim.cue_span is None else f", cue {_quote(text, claim.cue_span)}"
        via = "" if claim.via is None else f", passed on by {event.claims[claim.via].text}"
        rules(root.add(f"claim {claim.stance} by {who}{cue_text}{via}"), claim.rules)
    for name, count in event.counts:
        number = str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
        who = f", says {count.source}" if count.source else ""
        root.add(f"{name} {f'{count.bound} ' if count.bound else ''}{number} from {_quote(text, count.span)}{who}")
    root.add("background: older than the news of the day" if event.background else "news of the day")
    rest = [r for r in event.rules if r not in shown]
    if rest:
        rules(root.add("further rules"), rest)
    left = root.add(f"confidence {event.confidence:.2f}{_weighed(event)}")
    for line in dict.fromkeys(f"{item.what}: {item.why}" for item in event.not_chosen):  # mentions may share reasons
        left.add(f"not chosen: {line}")
    return root


def _weighed(event: Event) -> str:
    """What the confidence was computed from."""
    if not event.evidence:
        return ": the rule's own, no ranker is fitted to this codebook"
    likely = math.exp(event.evidence["likely"])
    found = " and ".join(role for role in ("actor", "recipient") if event.evidence[role]) or "no party"
    return f": the ranker holds the type {likely:.2f} likely, {found} found, depth {event.evidence['depth']:.0f} in the tree"


def _actor(a: Actor, text: str) -> str:
    known = " ".join(x for x in (a.country, a.sector) if x) or "nothing known"
    office = f", {a.office}" if a.office else ""
    name = f" = {a.name}" if a.name and a.name != a.text else ""
    basis = f" by {a.basis}" if a.basis else ""
    return f"{_quote(text, a.span)}{name}: {known}{office}{basis}"


def _date(root: Node, event: Event, result: Result, rules: Any) -> None:
    when = event.when
    if when is None:
        root.add("date unknown: no time expression belongs to the event")
        return
    days = f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"
    at = f" from {_quote(result.story.text, when.span)}" if when.span is not None else ""
    branch = root.add(f"date {days} ({when.grain}, {when.basis}){at}")
    if when.rule is not None:
        rules(branch, (when.rule,))
    time = next((t for t in result.mentions.times if t.span == when.span), None)
    if time is not None:
        rules(branch, time.rules)
        day = result.story.day
        branch.add(f"value {time.value}, read on {day}" if day else f"value {time.value}")


def _place(root: Node, event: Event, text: str, rules: Any) -> None:
    place = event.place
    if place is None:
        root.add("place unknown")
        return
    parts = ", ".join(x for x in (place.name, place.admin1, place.country) if x)
    branch = root.add(
        f"place {_quote(text, place.span)}: {parts} ({place.precision or 'precision unknown'}, {event.place_basis})"
    )
    rules(branch, place.rules)
    for other in place.others:
        branch.add(f"not chosen: {other}")


def _quote(text: str, *spans: Span) -> str:
    words = " … ".join(" ".join(text[s.start : s.end].split()) for s in spans)
    return f'"{words}" [{spans[0].start}, {spans[-1].end})'


# --- where a rule stands -----------------------------------------------------------------------------------------

AREAS = {"dates": "times", "cues": "attribution"}  # areas of rule ids whose data file has another name
TABLES = {  # areas whose rules are look-ups in a table
    "countries": "data/world/countries.tsv",
    "world": "data/world/leaders.tsv, organisations.tsv",
    "places": "data/world/places.bin",
}


class Positions:
    """Where the rules of a result stand: ``file:line`` in a data file, the table looked up, or the engine."""

    def __init__(self, result: Result) -> None:
        """Read the positions of the language pack once; the codebook knows its own."""
        from dateline.rules.words import DATA

        self.codebook = {rule.id: rule.where for rule in result.codebook.rules}
        self.codebook |= {line.id: line.where for line in result.codebook.crosswalk}
        self.language = _language_rules(DATA / "language" / result.story.language)

    def of(self, rule: str) -> str:
        """The place of one rule id."""
        area, name = rule.split("/", 1)[0], rule.rsplit("/", 1)[-1]
        if area == "world" and ":" in name:  # an entry of the user's own file
            return rule.removeprefix("world/")
        named = self.language.get((area, name)) or self.language.get((AREAS.get(area, area), name))
        return self.codebook.get(rule) or named or TABLES.get(area) or "engine"


@cache
def _language_rules(folder: Path) -> dict[tuple[str, str], str]:
    from dateline.rules.yamlfile import load

    tables = [(path.stem, load(path)) for path in sorted(folder.glob("*.yaml"))]
    out: dict[tuple[str, str], str] = {}
    for names in (_ids, _keys):  # a rule that has an id before a word that merely has its name
        for stem, table in tables:
            for name, where in names(table):
                area = name.split("/", 1)[0] if "/" in name else stem
                out.setdefault((area, name.rsplit("/", 1)[-1].replace(" ", "-")), where)
    return out


def _ids(value: Any) -> Iterator[tuple[str, str]]:
    """The ids of the mappings of a data file, with their places."""
    if isinstance(value, Table) and isinstance(value.get("id"), str):
        yield value["id"], at(value["id"])
    for inner in _inner(value):
        yield from _ids(inner)


def _keys(value: Any) -> Iterator[tuple[str, str]]:
    """The keys of the mappings of a data file, with their places."""
    if isinstance(value, Table):
        yield from ((key, f"{value.file}:{line}") for key, line in value.lines.items())
    for inner in _inner(value):
        yield from _keys(inner)


def _inner(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, Table) else value if isinstance(value, list) else ()
