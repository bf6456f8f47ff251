"""One story with two events, built by hand: what the tests of the later rooms start from."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from dateline.model import (
    Actor,
    Block,
    Cue,
    Dateline,
    Event,
    EventClaim,
    Factuality,
    Frames,
    Magnitude,
    Mentions,
    NotChosen,
    Parse,
    Place,
    Sentence,
    Source,
    Span,
    Story,
    Time,
    Token,
    When,
)
from dateline.result import Result

TEXT = "OSLO, March 12 (NTB) -- Finnish police shot dead two smugglers in Oslo on Monday, the ministry said. <b>Ada & Olav met.</b>"
CODEBOOK: Any = SimpleNamespace(id="plover@test", name="plover", rules=(), crosswalk=())


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def actor(words: str, **known: Any) -> Actor:
    return Actor(span=at(words), text=words, sentence=0, head=0, tokens=(0, 1), **known)


def tokens(words: list[str]) -> tuple[Token, ...]:
    out = []
    for i, word in enumerate(words):
        span = at(word)
        out.append(Token(i, *span, word, word.lower(), "X", "X", i - 1, "dep"))
    return tuple(out)


def story(**changes: Any) -> Story:
    values: dict[str, Any] = {
        "id": "s-1",
        "text": TEXT,
        "blocks": (Block("body", Span(24, len(TEXT))),),
        "agency": "NTB",
        "dateline": Dateline("OSLO, March 12 (NTB) --", Span(0, 23), "OSLO", "NOR", dt.date(2024, 3, 12), "NTB"),
    }
    return Story(**{**values, **changes})


def parse() -> Parse:
    first = Sentence(0, at(TEXT[24:101].rstrip()), tokens(["Finnish", "police", "shot", "dead"]), 0, "body")
    second = Sentence(1, at("<b>Ada & Olav met.</b>"), tokens(["Ada", "Olav", "met"]), 0, "body")
    return Parse((first, second), (), "made@1")


def events() -> tuple[Event, ...]:
    monday = When(dt.date(2024, 3, 11), dt.date(2024, 3, 11), "day", "stated", "Monday", at("Monday"))
    oslo = place()
    shot = Event(
        id="e-1",
        type="ASSAULT",
        modes=("firearms",),
        contexts=("police",),
        quad="material conflict",
        score=-9.0,
        sentence=0,
        head=2,
        trigger=(at("shot"), at("dead")),
        mentions=((0, 2), (1, 2)),
        actors=(
            actor(
                "Finnish police",
                country="FIN",
                sector="COP",
                basis="adjective",
                rules=("roles/police",),
                others=("Finland's football team",),
            ),
        ),
        recipients=(actor("two smugglers", sector="CRM", count=(2, 2)),),
        when=monday,
        place=oslo,
        place_basis="stated",
        counts=(("dead", Magnitude(2, 2, "two", at("two"), "at least", "the ministry")),),
        factuality=Factuality("alleged", (Cue(at("said"), "said", "report", "cues/said"),), 1.0, ("cues/said",)),
        attribution=(Source("the ministry", at("the ministry"), None, "official", "FIN", "said", False),),
        background=False,
        region="body",
        confidence=0.87654,
        rules=("plover/ASSAULT/kill", "roles/police", "cues/said"),
        not_chosen=(NotChosen("plover/COERCE/arrest", "if obj: person"),),
        claims=(
            EventClaim(
                "the ministry",
                at("the ministry"),
                None,
                "official",
                actor("the ministry", country="FIN", sector="GOV"),
                "reported",
                "said",
                at("said"),
                False,
            ),
            EventClaim(None, None, None, "anonymous", None, "alleged", None, None, False, 0),
        ),
    )
    met = Event(
        id="e-2",
        type="CONSULT",
        modes=(),
        contexts=(),
        quad="verbal cooperation",
        score=4.0,
        sentence=1,
        head=2,
        trigger=(at("met"),),
        mentions=((1, 2),),
        actors=(actor("Ada", country="NOR"), actor("Olav"), actor("Oslo", country="NOR")),
        recipients=(),
        when=None,
        place=None,
        place_basis=None,
        counts=(),
        factuality=Factuality("asserted"),
        attribution=(),
        background=True,
        region="body",
        confidence=0.5,
        rules=(),
    )
    return shot, met


def place() -> Place:
    return Place(
        span=at("Oslo"),
        text="Oslo",
        sentence=0,
        tokens=(4, 5),
        name="Oslo",
        country="NOR",
        admin1="Oslo",
        lat=59.91,
        lon=10.75,
        geonameid=3143244,
        precision="city",
        rules=("places/largest",),
        others=("Oslo, Minnesota, USA",),
    )


def result() -> Result:
    monday = dt.date(2024, 3, 11)
    time = Time(at("Monday"), "Monday", 0, (5, 6), "DATE", "2024-03-11", monday, monday, "day", ("times/weekday-past",))
    mentions = Mentions((), (place(),), (time,))
    return Result(story(), parse(), mentions, Frames((), (), {}), events(), CODEBOOK)
