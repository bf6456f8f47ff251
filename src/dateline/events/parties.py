"""Who fills a rule's actor and recipient: role paths to actors, event nouns looked through, groups opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dateline.events.view import StoryView
from dateline.model import Actor, Frame
from dateline.rules.rule import Rule

#: sectors that do not make an event political by themselves (private persons, firms, offenders)
PRIVATE = frozenset(
    ("CVL", "BUS", "CRM", "MED", "EDU", "JRN", "REL", "LAB", "MNC", "SOC", "ELI", "REF", "NON", "AGR", "HRI")
)
#: bases by which a country was only guessed
GUESSED = frozenset(("place", "dateline", "context"))


def guessed(actor: Actor) -> bool:
    """Whether the actor's country is only inferred from what stands around it."""
    return not GUESSED.isdisjoint((actor.basis or "").split(", "))


def fill(view: StoryView, frame: Frame, paths: Iterable[tuple[str, ...]]) -> tuple[Actor, ...]:
    """The actors at the first role path that leads to any."""
    for path in paths:
        found: list[Actor] = []
        for head in view.walk(frame, path):
            if (frame.sentence, head) not in view.timed:
                found.extend(actors_at(view, frame.sentence, head))
        if path[-1] == "compound":  # "the Kabul attack" is where it was
            found = [a for a in found if a.kind != "place" and "capital" not in (a.basis or "")]
        if found:
            return tuple(dict.fromkeys(one for actor in found for one in each_country(actor)))
    return ()


def each_country(actor: Actor) -> list[Actor]:
    """The actor once for each country it names: "the two Koreas" are two parties."""
    if len(actor.countries) < 2:
        return [actor]
    return [replace(actor, country=country, countries=()) for country in actor.countries]


def actors_at(view: StoryView, sentence: int, head: int, depth: int = 0) -> list[Actor]:
    """The actors a token stands for: itself, the members of a group, or the doers of an event noun."""
    tokens = view.parse.sentences[sentence].tokens
    token = tokens[head]
    if token.lemma.lower() in view.words["nobody_in_particular"]:
        return []
    actor = view.actor(sentence, head)
    clauses = view.clauses(sentence)
    if depth < 3 and token.lemma.lower() in view.words["groups_of_people"] and not (actor and actor.political):
        inner = [a for k in clauses.get(head, "of") for a in actors_at(view, sentence, k, depth + 1)]
        if inner:
            return inner
    body = actor is not None and actor.kind in ("group", "organisation") and actor.sector is not None
    if depth < 2 and not body and (sentence, head) in view.types and view.types[(sentence, head)] != "NONE":
        doers = [
            a
            for role in ("subj", "by", "poss", "amod", "compound")
            for k in clauses.get(head, role)
            for a in actors_at(view, sentence, k, depth + 1)
        ]
        return [a for a in doers if a.political]
    if actor is None:  # "sniper fire", "rebel shelling"
        inner = [a for k in clauses.get(head, "compound") for a in actors_at(view, sentence, k, depth + 1)]
        return [a for a in inner if a.sector is not None] if depth < 2 else []
    if (
        actor.kind in ("other", "group")
        and actor.sector is None
        and token.lemma.lower() in view.words["private_things"]
    ):
        return [replace(actor, kind="thing")] if acceptable(actor) else []
    if actor.kind == "other" and actor.basis == "complement" and token.lemma.lower() in view.words["nobodys_things"]:
        return []  # "the missiles in Poland", "the surge in Kenya": nobody, wherever it is
    if acceptable(actor) and not (actor.kind == "other" and actor.sector is None and depth < 2):
        return [actor]
    # a thing stands for whoever owns it: "the ministry's website", "Israeli settlements"
    if depth < 2 and actor.kind == "other":
        for role in ("poss", "amod", "compound", "of"):
            inner = [a for k in clauses.get(head, role) for a in actors_at(view, sentence, k, depth + 1) if a.political]
            if inner:
                return inner
    return [actor] if acceptable(actor) else []


def acceptable(actor: Actor) -> bool:
    """Whether an actor may stand in a record: it is somebody."""
    if actor.kind in ("other", "place") and guessed(actor):
        return False  # "the border", somewhere
    return (
        actor.political
        or actor.kind in ("person", "people", "group", "organisation", "state")
        or (actor.kind == "pronoun" and actor.text.lower() not in ("it", "that", "this", "which", "what", "there"))
    )


def weight(actor: Actor) -> int:
    """How political an actor is: 2 for states and armed or governing sectors, 1 for private ones with a country, 0.

    A thing that stands for nobody in office ("the Danish film") counts as private, whatever its country.
    """
    if actor.sector is not None and actor.sector not in PRIVATE:
        return 2
    if actor.country is not None and actor.sector is None and actor.kind == "thing":
        return 0 if guessed(actor) else 1
    if actor.country is not None and actor.sector is None:
        return 0 if guessed(actor) else 2
    return 1 if actor.political else 0


def enough(rule: Rule, default: str, actors: tuple[Actor, ...], recipients: tuple[Actor, ...], story: bool) -> bool:
    """Whether the parties are political enough for the rule (or its type).

    ``story`` says whether the story names any political actor at all, which is enough for an act that is political
    by its nature (an air strike, an abduction).
    """
    need = rule.parties or default
    if need == "story":
        return story
    a = max((weight(x) for x in actors), default=0)
    r = max((weight(x) for x in recipients), default=0)
    if need == "none":
        return True
    if need == "one":
        return max(a, r) >= 2
    if need == "both" and rule.joint:
        return a >= 2 and sum(weight(x) >= 1 for x in (*actors, *recipients)) >= 2
    if need in ("both", "apart"):
        home = {x.country for x in actors} & {x.country for x in recipients}
        return min(a, r) >= 1 and max(a, r) >= 2 and not (need == "apart" and home)
    if need == "actor":
        return a >= 2
    return r >= 2
