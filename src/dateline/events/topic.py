"""Stories about sport, the markets, space or private crime, where the words of conflict and cooperation are no politics."""

from __future__ import annotations

from dateline.events.parties import weight
from dateline.events.view import StoryView
from dateline.model import Actor

#: word classes whose density says what a story is about when that is no politics, and what they are called
OFF_TOPICS = {
    "sport_story": "sport",
    "business_story": "the markets",
    "space_story": "space",
    "crime_story": "private crime",
}
#: so many different words of a class, and such a share of all words (of 365 local reports of shootings 213 are taken for
#: crime; of 524 stories of a general news pool 17 and 10 for sport and business; of 222 political ones one)
DIFFERENT, SHARE = 4, 0.03
_LAW = frozenset(("COP", "JUD"))


def off_topic(view: StoryView) -> str | None:
    """The word class of what the story is about, when that is none of politics."""
    lemmas = [t.lemma.lower() for s in view.parse.sentences for t in s.tokens]
    for name in OFF_TOPICS:
        hits = [w for w in lemmas if w in view.words[name]]
        if len(set(hits)) >= DIFFERENT and len(hits) >= SHARE * len(lemmas):
            return name
    return None


def political_there(topic: str, kind: str, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> bool:
    """Whether an event of such a story counts: what one political party does to another.

    In a story of crime: what police do with force, and all that has a party beyond police, courts and private persons.
    """
    strong = [a for a in (*actors, *recipients) if weight(a) >= 2]
    if topic == "crime_story":
        return any(a.sector not in _LAW for a in strong) or (
            kind == "ASSAULT" and any(a.sector == "COP" for a in actors)
        )
    return len({(a.country, a.sector) for a in strong if a.country is not None}) >= 2
