"""What one sentence of a story says of the day, the place and the sameness of what the next one tells."""

from __future__ import annotations

import pytest

import dateline


@pytest.fixture(scope="module")
def coder():
    return dateline.Coder()


@pytest.fixture(scope="module")
def code(coder):
    def run(text, published="2024-06-13"):
        return coder.code(text, published=published).coded

    return run


def day_of(events, kind):
    when = next(e.when for e in events if e.type == kind)
    return when and when.start.isoformat()


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        # the same actor goes on, in the next sentence
        ("Police found a bomb near Lyon on Sunday. They arrested two Dutch men.", "COERCE", "2024-06-09"),
        ("Police found a bomb near Lyon on Sunday. It was old. They arrested two Dutch men.", "COERCE", None),
        # or says what somebody "also" did
        ("Kenya expelled two Dutch envoys on Sunday. Talks failed. It also arrested a Dutch priest.", "COERCE", "2024-06-09"),
        # a day in front frames what follows, whoever does it
        ("On May 3, 1921, the rising began. Turkish soldiers arrested Greek priests.", "COERCE", "1921-05-03"),
        ("The rising began on May 3, 1921. Turkish soldiers arrested Greek priests.", "COERCE", None),
        # but no saying of somebody else's
        ("On Sunday, the army left Gao. Mali accused France of lying.", "ACCUSE", None),
        # nor what is told of another time, or of a sentence with two days
        ("On Sunday, the army left Gao. Malian rebels had arrested two French priests.", "COERCE", None),
        ("On Sunday, the army left Gao. Malian rebels arrested two French priests in 2021.", "COERCE", "2021-01-01"),
        ("Kenya expelled an envoy on Sunday over a raid on Friday. It arrested a Dutch priest.", "COERCE", None),
    ],
)  # fmt: skip
def test_the_day_goes_on(code, text, kind, day):
    assert day_of(code(text), kind) == day


def test_what_somebody_says_on_a_day_is_not_of_that_day(code):
    events = code("President William Ruto on Tuesday condemned the bombing of the Kenyan embassy in Juba.")
    assert day_of(events, "ACCUSE") == "2024-06-11"
    assert day_of(events, "ASSAULT") is None


def test_a_time_behind_since_dates_what_since_speaks_of(code):
    events = code("Hundreds of Fijian soldiers have been killed by rebels since the invasion in 2001.")
    assert [(e.when and e.when.start.year) for e in events] == [None, 2001]


def test_the_year_of_an_act_of_parliament_is_not_the_events(code):
    events = code("The court ruled against Ghana under the Marriage Act of 1993.")
    assert day_of(events, "REJECT") is None


@pytest.mark.parametrize(
    ("text", "place", "country", "basis"),
    [
        ("Kenyan police arrested 12 people in a Kenyan village.", "a Kenyan village", "KEN", "stated"),
        ("Violence has risen in Chad since rebels attacked nurses in a northern village.", "a northern village", "TCD", "context"),
        ("The U.S.-led force left Mali. Rebels attacked two nurses in the country's north.", "the country's north", "MLI", "context"),
        ("Malian soldiers arrested two nurses in another country.", None, None, None),
        ("Malian soldiers arrested two nurses at a rally.", None, None, None),
    ],
)  # fmt: skip
def test_a_place_without_a_name(code, text, place, country, basis):
    event = next(e for e in code(text) if e.type in ("ASSAULT", "COERCE") and e.recipients)
    found = event.place
    assert (found and found.text, found and found.country, event.place_basis) == (place, country, basis)
    assert found is None or (found.lat is None and found.precision == "country")


def test_people_of_other_names_are_other_people(code):
    events = code("President Emmanuel Macron praised Giorgia Meloni. President Emmanuel Macron praised Matteo Salvini.")
    assert len([e for e in events if e.type == "SUPPORT"]) == 2


def test_tolls_too_far_apart_are_of_two_happenings(code):
    events = code("Rebels killed three Malian soldiers last week. Rebels have killed 200 Malian soldiers in the war.")
    assert len([e for e in events if e.type == "ASSAULT" and e.recipients]) == 2


def test_what_the_story_says_itself_needs_no_source(coder):
    told = coder.code(
        "Rebels attacked a garrison near Gao on Monday. The rebels attacked the garrison from two sides, the mayor said."
    )
    attack = next(e for e in told.coded if e.type == "ASSAULT")
    assert len(attack.mentions) == 2
    assert attack.attribution == ()


def test_a_war_between_two_is_theirs(code):
    war = next(
        e for e in code("Three years of war in Kordofan between rebels and the army ended.") if e.type == "ASSAULT"
    )
    assert [a.text for a in war.actors] == ["rebels", "the army"]


def test_a_story_of_private_crime(code):
    told = (
        "A teenager was fatally shot outside a nightclub on Monday, detectives said. A neighbor heard gunfire and found the "
        "victim in a parking lot. The suspect fled his apartment with a handgun and was arrested. {} Homicide detectives "
        "recovered six bullet casings."
    )
    assert not code(told.format("A caller said the gunman was his girlfriend's neighbor."))
    police = code(told.format("Kenyan police shot two unarmed protesters."))
    assert [(e.type, e.actors[0].sector) for e in police] == [("ASSAULT", "COP")]


def test_where_somebody_spoke(code):
    told = (
        "Kenyan Foreign Minister Jane Mwangi told reporters in Oslo that talks had begun. {} accused Somalia of lying."
    )
    places = [next(e for e in code(told.format(who)) if e.type == "ACCUSE").place for who in ("She", "Ethiopia")]
    assert [p and p.name for p in places] == ["Oslo", None]


def test_a_visit_to_a_thing_is_there(code):
    found = [
        next(e for e in code(text) if e.type == "CONSULT").place
        for text in ("The Dutch king toured the Accra Medical College.", "The Kenyan parliament visited Pope Francis.")
    ]
    assert [p and (p.text, p.country) for p in found] == [("the Accra Medical College", "GHA"), None]


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Gunmen attacked a market in Gao on Sunday, three days after Malian police arrested two priests.", "COERCE", "2024-06-06"),
        ("Gunmen attacked a market in Gao on Sunday. The attack came a day after Malian police arrested two priests.", "COERCE", "2024-06-08"),
        ("Gunmen attacked a market in Gao on Sunday. The blast came hours after Mali accused France of lying.", "ACCUSE", "2024-06-09"),
        ("Gunmen attacked a market in Gao on Sunday. The man fled a day after Malian police arrested two priests.", "COERCE", None),
        ("At 6 a.m. a man saw the car, ten days before Malian police arrested two priests.", "COERCE", None),
    ],
)  # fmt: skip
def test_a_day_told_by_its_distance(code, text, kind, day):
    assert day_of(code(text), kind) == day


def test_why_an_event_has_a_day_that_its_sentence_does_not_name(code):
    police = "Police found a bomb near Lyon on Sunday. They arrested two Dutch men."
    assert "events/scene" in next(e for e in code(police) if e.type == "COERCE").rules
    told = "Gunmen attacked a market in Gao on Sunday, a day after Malian police arrested two priests."
    assert "events/offset" in next(e for e in code(told) if e.type == "COERCE").rules
    said = "Kenyan Foreign Minister Jane Mwangi said on Tuesday that talks had begun. She accused Somalia of lying."
    assert "events/occasion" in next(e for e in code(said) if e.type == "ACCUSE").rules
