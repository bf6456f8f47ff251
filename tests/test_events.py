"""Events of whole (own) stories: parties, dates, places, stances, merging."""

from __future__ import annotations

import datetime as dt

import pytest

import dateline


@pytest.fixture(scope="module")
def code():
    coder = dateline.Coder()
    return lambda text, **known: coder.code(text, **known)


def only(result, type):
    [event] = [e for e in result.events if e.type == type]
    return event


def countries(parties):
    return [p.country for p in parties]


def test_a_meeting_told_three_times_is_one(code):
    result = code(
        "Peru, Chile ministers meet in Lima\n\n"
        "LIMA, March 5 (Reuters) - Peruvian Foreign Minister Ana Salas met her Chilean counterpart Luis Prado in Lima on "
        "Tuesday, the ministry said.\n\nDuring the meeting, Salas and Prado discussed border security.\n",
        published="2024-03-05",
    )
    meeting = only(result, "CONSULT")
    assert {"PER", "CHL"} <= set(countries((*meeting.actors, *meeting.recipients)))
    assert len(meeting.mentions) >= 2
    assert meeting.when.start == meeting.when.end == dt.date(2024, 3, 5)
    assert meeting.place.name == "Lima"
    assert "ministry" in meeting.attribution[0].text


def test_the_day_of_saying_is_not_the_day_of_the_event(code):
    result = code(
        "ACCRA, May 9 (GNA) -- Gunmen killed four soldiers near the northern border, the army said on Thursday.",
        published="2024-05-09",
    )
    attack = only(result, "ASSAULT")
    assert attack.when is None
    assert attack.attribution[0].cue == "say"


def test_a_visit_lasts(code):
    result = code(
        "BERN, June 3 (APA) -- Austrian President Karl Huber arrived in Switzerland on Monday for a four-day visit.",
        published="2024-06-03",
    )
    visit = only(result, "CONSULT")
    assert (visit.when.start, visit.when.end) == (dt.date(2024, 6, 3), dt.date(2024, 6, 6))
    assert countries(visit.actors) == ["AUT"]
    assert "visit" in visit.modes


def test_an_announced_meeting_is_an_agreement_planned(code):
    result = code(
        "TOKYO, Sept. 2 (Kyodo) -- Japanese Prime Minister Kenji Mori will visit India next week.",
        published="2024-09-02",
    )
    plan = only(result, "AGREE")
    assert plan.factuality.stance == "planned"
    assert countries(plan.actors) == ["JPN"]


def test_a_refusal_is_no_negated_meeting(code):
    result = code(
        "ANKARA, Sept. 2 (AA) -- Turkey will not cooperate with the Syrian government.", published="2024-09-02"
    )
    refusal = only(result, "REJECT")
    assert refusal.factuality.stance == "asserted"
    assert countries(refusal.actors) == ["TUR"]


def test_an_accusation_and_what_it_alleges(code):
    result = code(
        "BAKU, April 2 (APA) -- Azerbaijan accused Armenia of shelling villages near the border.",
        published="2024-04-02",
    )
    accusation, shelling = only(result, "ACCUSE"), only(result, "ASSAULT")
    assert accusation.factuality.stance == "asserted"
    assert accusation.attribution == ()
    assert shelling.factuality.stance == "alleged"
    assert countries(shelling.actors) == ["ARM"]
    assert countries(accusation.recipients) == ["ARM"]


def test_a_place_in_the_reporting_clause(code):
    result = code("In Mosul, police say two soldiers were killed in a roadside bombing.", published="2024-04-02")
    attack = only(result, "ASSAULT")
    assert attack.place.name == "Mosul"
    assert attack.magnitudes["dead"].low == 2


def test_numbers_of_an_event(code):
    result = code(
        "Rebels killed at least 12 policemen and wounded 30 others in an attack in Niger.", published="2024-04-02"
    )
    attack = only(result, "ASSAULT")
    assert attack.magnitudes["dead"].low == 12


def test_a_purpose_is_no_event(code):
    result = code("The king of Jordan flew home to meet the need for reform.", published="2024-04-02")
    assert not [e for e in result.events if e.type == "CONSULT" and e.factuality.stance == "hypothetical"]


def test_an_anniversary_is_no_war(code):
    result = code("Veterans in Seoul marked the anniversary of the war on Friday.", published="2024-04-02")
    assert not [e for e in result.events if e.type == "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "type", "coded"),
    [
        ("The World Bank lent Kenya 700 million dollars.", "AID", True),
        ("The bank lent the brewery 20 million dollars.", "AID", False),
        ("The Arab League endorsed Mauritania's candidate.", "SUPPORT", True),
        ("The league suspended two Kenyan players.", "SANCTION", False),
    ],
)
def test_the_name_of_a_party_is_no_bank_and_no_league(code, text, type, coded):
    assert (type in [e.type for e in code(text).events]) == coded


def test_ids_do_not_depend_on_the_code(code, tmp_path):
    text = "Kenyan police arrested two opposition lawmakers in Nairobi."
    [event] = code(text, id="s-1").events
    assert event.id.startswith("e-")
    assert event.id == code(text, id="s-1").events[0].id
    assert event.id != code(text, id="s-2").events[0].id


def test_what_was_not_chosen_is_kept(code):
    [event] = code("Ghana sent 200 soldiers to its border with Togo.").events
    assert event.type == "MOBILIZE"
    assert any(n.what.startswith("plover/") and n.why for n in event.not_chosen)


@pytest.mark.parametrize(
    ("text", "source", "target", "type"),
    [
        ("France condemned Mali over the expulsion of its envoy.", "France", "Mali", "ACCUSE"),
        ("Germany sent tents and blankets to Turkey after the quake.", "Germany", "Turkey", "AID"),
        ("Ethiopia refused to meet with Sudan.", "Ethiopia", "Sudan", "REJECT"),
        ("Doctors said the weather was fine.", "Doctors", "weather", None),
    ],
)
def test_relation_between_two_phrases(code, text, source, target, type):
    result = code(text)
    a, b = text.index(source), text.index(target)
    assert result.relation((a, a + len(source)), (b, b + len(target))) == type


@pytest.mark.parametrize(("words", "days"), [("early", (1, 10)), ("mid", (11, 20)), ("late", (21, 30))])
def test_thirds_of_a_month(code, words, days):
    joined = "mid-April" if words == "mid" else f"{words} April"
    result = code(f"LIMA, June 3 (EFE) -- Peruvian police arrested two lawmakers in {joined}.", published="2024-06-03")
    arrest = only(result, "COERCE")
    assert (arrest.when.start, arrest.when.end) == (dt.date(2024, 4, days[0]), dt.date(2024, 4, days[1]))


def test_what_is_told_as_done_ends_on_the_storys_day(code):
    result = code("LIMA, June 13 (EFE) -- Peruvian police arrested two lawmakers this month.", published="2024-06-13")
    arrest = only(result, "COERCE")
    assert (arrest.when.start, arrest.when.end) == (dt.date(2024, 6, 1), dt.date(2024, 6, 13))


def test_who_names_or_repels_an_attack_did_not_make_it(code):
    named = only(code("The Kenyan president called the murder of the policeman a crime."), "ASSAULT")
    foiled = only(code("Kenyan guards foiled an attack on the embassy."), "ASSAULT")
    assert list(named.actors) == list(foiled.actors) == []


def test_whoever_it_may_be_is_no_party(code):
    arrest = only(code("Police in Kenya detained anyone who marched."), "COERCE")
    assert list(arrest.recipients) == []
    assert code("Ghana does not fear any attack on anybody.").events == ()


def test_who_is_asked_or_charged_does_what_follows(code):
    backed = only(code("Kenya charged the Ugandan government with backing Somali rebels."), "SUPPORT")
    assert countries(backed.actors) == ["UGA"]
    asked = only(code("The president of Chad called on Norway to help Somalia."), "REQUEST")
    assert (countries(asked.actors), countries(asked.recipients)) == (["TCD"], ["NOR"])


def test_a_killing_told_in_the_relative_clause_of_the_attack_is_the_attack(code):
    result = code("A Kenyan judge charged 29 people with the 2004 Mombasa bombings that killed 191 people.")
    attack = only(result, "ASSAULT")
    assert attack.factuality.stance == "asserted"
    assert attack.magnitudes["dead"].high == 191


def test_two_sides_that_attack_each_other_in_one_sentence_are_two_events(code):
    result = code("Kenyan troops were raiding compounds in Lamu on Sunday when Somali militants attacked them.")
    attack = only(result, "ASSAULT")
    assert (countries(attack.actors), [r.text for r in attack.recipients]) == (["SOM"], ["them"])


def test_a_month_named_in_a_saying_is_not_its_day(code):
    result = code("Kenya dismissed a Somali statement pledging a truce throughout this month.", published="2024-06-13")
    assert all(e.when is None or e.when.grain != "month" for e in result.coded if e.type == "REJECT")


def test_a_film_stands_for_no_country(code):
    for text in (
        "The critic praised the Danish film.",
        "Fans criticized the French team.",
        "Critics condemned the Chinese restaurant chain.",
    ):
        assert code(text, published="2024-05-07").events == ()
    sanction = only(code("The United States imposed sanctions on Russian oil.", published="2024-05-07"), "SANCTION")
    assert [(p.country, p.sector) for p in sanction.recipients] == [("RUS", "GOV")]


def test_who_is_blamed_did_it_in_the_telling(code):
    result = code("The European Union blamed authorities in Tashkent for the violence.", published="2005-05-14")
    violence = only(result, "ASSAULT")
    assert countries(violence.actors) == ["UZB"]
    assert violence.factuality.stance == "alleged"


def test_a_series_of_attacks_and_a_fight_between_two_sides(code):
    text = "Militants staged a series of attacks on Nigerian oil facilities."
    attack = only(code(text, published="2006-01-20"), "ASSAULT")
    assert [a.sector for a in attack.actors] == ["REB"]
    text = "Police said fighting between rebels and soldiers in Darfur, Sudan, killed 40 villagers."
    fight = next(e for e in code(text, published="2006-01-20").events if e.type == "ASSAULT")
    assert {a.sector for a in fight.actors} == {"REB", "MIL"}


def test_sniper_fire_is_the_sniper_s(code):
    text = "A Lebanese man was killed by sniper fire in Baghdad."
    killing = only(code(text, published="2006-01-20"), "ASSAULT")
    assert [(a.country, a.sector) for a in killing.actors] == [("IRQ", "UAF")]


def test_an_adjective_keeps_its_subject_for_the_infinitive(code):
    text = "Nimr Haddad, the Jordanian foreign minister, is set to hold talks with the Maltese president on Friday."
    talks = code(text, published="2017-12-14").events[0]
    assert {"JOR", "MLT"} <= set(countries((*talks.actors, *talks.recipients)))
