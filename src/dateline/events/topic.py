"""Stories about sport or the markets, where the words of conflict and cooperation mean something else."""

from __future__ import annotations

from dateline.events.parties import weight
from dateline.events.view import StoryView
from dateline.model import Actor

#: word classes whose density says what a story is about when that is no politics
OFF_TOPICS = ("sport_story", "business_story")
#: so many different words of a class, and such a share of all words (of 524 stories of a general news pool 17 and 10
#: are taken for sport and business, of 200 political ones one)
DIFFERENT, SHARE = 4, 0.03


def off_topic(view: StoryView) -> bool:
    """Whether the story is about sport or the markets."""
    lemmas = [t.lemma.lower() for s in view.parse.sentences for t in s.tokens]
    for name in OFF_TOPICS:
        hits = [w for w in lemmas if w in view.words[name]]
        if len(set(hits)) >= DIFFERENT and len(hits) >= SHARE * len(lemmas):
            return True
    return False


def between_states(actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> bool:
    """In such a story only what one political party does to another counts."""
    known = [a for a in (*actors, *recipients) if weight(a) >= 2 and a.country is not None]
    return len({(a.country, a.sector) for a in known}) >= 2
