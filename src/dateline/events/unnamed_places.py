"""Where an event happened that is told of a place without a name: "in an eastern village", "across the country".

Of such a place only the country is known: from its words ("a Kenyan village"), or from what is told around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.events.paths import distance
from dateline.events.view import StoryView
from dateline.events.where import STRONG, role_of
from dateline.mentions.actors_role import BODIES
from dateline.model import Actor, Frame, Place, Span

_FARTHEST = 3.0
#: codes that are no countries
_NOWHERE = BODIES | {"IMG", "ISM", "MNC", "NGO"}
_STRUCK = frozenset(("on", "against"))


def unnamed_place(
    view: StoryView, text: str, frame: Frame, events: frozenset[int], parties: tuple[Actor, ...], *, physical: bool
) -> tuple[Place | None, str | None]:
    """The place and its basis: ``stated`` when its own words say the country, ``context`` when others do.

    ``text`` is the story's. ``physical``: what is done to bodies and things "on" a place happened there.
    """
    sentence = view.parse.sentences[frame.sentence]
    involved = {a.head for a in parties if a.sentence == frame.sentence}
    best: tuple[float, int, Actor] | None = None
    for head, of_country in _unnamed(view, frame.sentence):
        role = role_of(sentence, head, view.words)
        if head in involved or not (role in STRONG or (physical and role in _STRUCK)):
            continue
        cost = distance(sentence, frame, head, events, view.words["happen_verbs"], out_of_speech=True)
        if cost is not None and cost <= _FARTHEST and (best is None or (cost, head) < best[:2]):
            best = (cost, head, of_country)
    if best is None:
        return None, None
    return _place(view, text, frame.sentence, best[1], best[2]), "stated" if best[2].basis == "stated" else "context"


def visited_place(frame: Frame, hosts: tuple[Actor, ...], visits: frozenset[str]) -> tuple[Place | None, str | None]:
    """Where a visit to a thing with a country was: at the thing ("toured the Accra Medical College"); basis ``recipient``.

    ``visits`` are words of visiting only: who "returned to the State Department" went to work for it.
    """
    if frame.lemma not in visits:
        return None, None
    at = (h for h in hosts if h.kind in ("organisation", "thing") and h.sentence == frame.sentence)
    host = next((h for h in at if h.country is not None and h.country not in _NOWHERE), None)
    return (
        (_known_by_country(host.span, host.text, host.sentence, host.tokens, host), "recipient")
        if host
        else (None, None)
    )


def _unnamed(view: StoryView, number: int) -> Iterator[tuple[int, Actor]]:
    """The place nouns of a sentence, each with the phrase that says its country.

    That is where it lies ("a Palestinian camp near the Syrian capital"), or else its own words, or its possessor.
    """
    sentence = view.parse.sentences[number]
    nouns = view.words["place_nouns"] | view.words["countries"]
    for token in sentence.tokens:
        if token.upos != "NOUN" or token.lemma.lower() not in nouns:
            continue
        kids = sentence.children[token.index]
        if any(sentence.tokens[k].lemma.lower() in view.words["other_words"] for k in kids):
            continue  # "in either country", "in another town": not the one that is known
        nearby = (k for k in kids if role_of(sentence, k, view.words) in STRONG)
        owners = (k for k in kids if sentence.tokens[k].dep == "nmod:poss")
        for head in (*nearby, token.index, *owners):
            actor = view.actor(number, head)
            if actor is not None and actor.country is not None:
                yield token.index, actor
                break


def _place(view: StoryView, story: str, number: int, head: int, actor: Actor) -> Place:
    tokens = view.parse.sentences[number].tokens
    own = view.actor(number, head)
    first, last = min(x for x in (head, actor.tokens[0], own.tokens[0] if own is not None else head)), head + 1
    span = Span(tokens[first].start, tokens[head].end)
    return _known_by_country(span, story[span.start : span.end], number, (first, last), actor)


def _known_by_country(span: Span, text: str, sentence: int, tokens: tuple[int, int], actor: Actor) -> Place:
    return Place(
        span=span,
        text=text,
        sentence=sentence,
        tokens=tokens,
        name=text,
        country=actor.country,
        admin1=None,
        lat=None,
        lon=None,
        geonameid=None,
        precision="country",
        rules=("events/unnamed-place", *actor.rules),
    )
