"""The seed story, when it is there: what it must give by rules that hold in general."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import dateline

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "seed"
FILES = sorted(FOLDER.glob("*.txt"))

if not FILES:
    pytest.skip("the seed story is not there: its text may not be redistributed", allow_module_level=True)


@pytest.fixture(scope="module")
def result() -> dateline.Result:
    return dateline.Coder().code(FILES[0].read_text(encoding="utf-8"))


def day(d: int) -> dt.date:
    return dt.date(2023, 7, d)


def found(result, type, actors, recipients=(), **known):
    """The events of a type whose parties have these countries, with the other values asked for."""
    out = []
    for event in result.events:
        got = [a.country for a in event.actors], [r.country for r in event.recipients]
        if event.type == type and set(actors) <= set(got[0]) and set(recipients) <= set(got[1]):
            values = {
                "stance": event.factuality.stance,
                "background": event.background,
                "mode": " ".join(event.modes),
                "place": event.place.name if event.place else None,
                "when": (event.when.start, event.when.end) if event.when else None,
            }
            if all(want in (values[k] or "") if k == "mode" else values[k] == want for k, want in known.items()):
                out.append(event)
    return out


def test_layout(result):
    story = result.story
    assert story.agency == "Yonhap"
    assert story.dateline.country == "KOR"
    assert story.dateline.date == story.published == day(27)
    assert story.dateline.place.title() == "Seoul"
    assert "@" in story.contact
    assert len(story.captions) == 2
    for caption in story.captions:
        assert "Korean Central News Agency" in caption.credit or caption.credit == "KCNA"
        assert caption.date == day(26)
        assert "For Use Only in the Republic of Korea" in caption.rights
        assert "No Redistribution" in caption.rights


def test_the_meeting_is_one_event(result):
    meetings = [
        e for e in result.events if e.type == "CONSULT" and e.when and (e.when.start, e.when.end) == (day(26), day(26))
    ]
    assert len(meetings) == 1
    meeting = meetings[0]
    parties = {(p.country, p.sector) for p in (*meeting.actors, *meeting.recipients)}
    assert ("PRK", "GOV") in parties
    assert parties & {("RUS", "GOV"), ("RUS", "MIL")}
    assert "visit" in meeting.modes
    assert meeting.place.name == "Pyongyang"
    assert meeting.factuality.stance == "asserted"
    assert not meeting.background
    assert any("state media" in s.text or "KCNA" in s.text or "Korean Central" in s.text for s in meeting.attribution)
    assert len({sentence for sentence, _ in meeting.mentions}) >= 3


def test_the_three_day_visit(result):
    [visit] = found(result, "CONSULT", ["RUS"], ["PRK"], when=(day(25), day(27)))
    assert "visit" in visit.modes
    assert visit.place.name == "Pyongyang"
    assert visit.factuality.stance == "asserted"


def test_the_invitation(result):
    [invitation] = found(result, "AGREE", ["PRK"], ["CHN", "RUS"], stance="asserted")
    assert invitation.actors[0].basis


def test_the_condemnation_and_the_war(result):
    accusations = [e for e in result.events if e.type == "ACCUSE" and "RUS" in [r.country for r in e.recipients]]
    [accusation] = accusations
    assert accusation.background
    assert "disapprove" in accusation.modes
    [war] = found(result, "ASSAULT", ["RUS"], ["UKR"])
    assert war.background


def test_the_arms_are_alleged(result):
    [arms] = found(result, "AID", ["PRK"], ["RUS"])
    assert arms.factuality.stance == "alleged"
    assert "military" in arms.contexts


def test_the_letter(result):
    letters = [
        e
        for e in result.events
        if e.type in ("SUPPORT", "CONSULT", "AID")
        and "RUS" in [a.country for a in e.actors]
        and "PRK" in [r.country for r in e.recipients]
        and any("KCNA" in s.text or "Korean Central" in s.text for s in e.attribution)
    ]
    assert any(e.type in ("SUPPORT", "CONSULT") for e in letters)


def test_nothing_else_of_weight(result):
    types = {e.type for e in result.events}
    assert not types & {"PROTEST", "MOBILIZE", "THREATEN", "SANCTION", "COERCE"}
    assert not any("Yonhap" in a.text for e in result.events for a in (*e.actors, *e.recipients))
    assaults = [e for e in result.events if e.type == "ASSAULT"]
    assert not any(e.when and e.when.start.year < 2000 for e in assaults)
    assert len(assaults) == 1
