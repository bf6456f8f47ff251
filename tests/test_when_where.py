"""The day and the place of events: what binds them, and what does not."""

from __future__ import annotations

import datetime as dt

import pytest

import dateline


@pytest.fixture(scope="module")
def code():
    coder = dateline.Coder()

    def run(text, published="2024-06-13"):
        return {e.type: e for e in coder.code(text, published=published).coded}

    return run


@pytest.mark.parametrize(
    ("text", "kind", "place", "basis"),
    [
        ("Soldiers killed nine rebels in fighting that began on Monday west of Herat.", "ASSAULT", "Herat", "stated"),
        ("Gunmen abducted two aid workers at a clinic south of Mopti.", "ASSAULT", "Mopti", "stated"),
        ("Police are on patrol in Nairobi, where gunmen killed two guards.", "ASSAULT", "Nairobi", "stated"),
        ("A drone strike has killed two men driving in a car in Aleppo.", "ASSAULT", "Aleppo", "stated"),
        ("The law followed the attacks on Kenya by Somali militants.", "ASSAULT", "Kenya", "recipient"),
        ("President Lula visits Chile.", "CONSULT", "Chile", "recipient"),
        ("Japan has been bolstering its defence of Okinawa.", "MOBILIZE", "Okinawa", "recipient"),
        ("Kenya condemned the siege of Gao by rebels.", "ACCUSE", None, None),
        ("The tour opens with a visit to Oslo for talks with German Chancellor Olaf Scholz.", "CONSULT", "Oslo", "stated"),
        ("After a visit to Norway, President Stubb met German Chancellor Olaf Scholz.", "CONSULT", None, None),
        ("Two years of war in Tigray have displaced thousands of residents.", "SANCTION", "Tigray", "recipient"),
        ("Peru accused Chile of lying.", "ACCUSE", None, None),
        ("Diplomats from Iran visited five prisoners.", "CONSULT", None, None),
        ("Refugees cross Sudan, which has asked Kenya for help.", "REQUEST", None, None),
        ("Kenya has completed its troop withdrawal from Somalia.", "RETREAT", "Somalia", "recipient"),
        ("Kenya invited delegations from China and Russia.", "AGREE", None, None),
        ("Kenyan troops invaded Somalia.", "ASSAULT", "Somalia", "recipient"),
        ("Japan imposed sanctions on Iran.", "SANCTION", None, None),
        ("Norway's envoy in Cairo said Kenya had invaded Somalia.", "ASSAULT", "Somalia", "recipient"),
    ],
)  # fmt: skip
def test_place(code, text, kind, place, basis):
    event = code(text)[kind]
    assert (event.place.text if event.place is not None else None, event.place_basis) == (place, basis)


@pytest.mark.parametrize(
    ("text", "kind", "start", "basis"),
    [
        ("Kenya passed the law after the August 7, 1998 attacks on the embassy.", "ASSAULT", "1998-08-07", "stated"),
        ("Ghana recalled Friday's deadly raid on the embassy.", "ASSAULT", "2024-06-07", "stated"),
        ("Kenya has kept troops there since the 1980-1988 war with Somalia.", "ASSAULT", "1980-01-01", "stated"),
        ("Kenya amended a 1982 accord with Somalia.", "SUPPORT", None, None),
        (
            "A vote is expected before November 10, when Kenyan ministers meet Somali envoys.",
            "AGREE",
            "2024-11-10",
            "stated",
        ),
        ("Kenya passed the law after Friday. Somali forces attacked the embassy.", "ASSAULT", None, None),
    ],
)
def test_day_before_an_event_noun(code, text, kind, start, basis):
    when = code(text)[kind].when
    assert (when.start.isoformat() if when is not None else None, when.basis if when is not None else None) == (
        start,
        basis,
    )


def test_an_undated_act_of_speech_is_of_the_day_its_speaker_spoke(code):
    told = "Kenyan Foreign Minister Jane Mwangi said on Tuesday that talks had begun. She accused Somalia of lying."
    accused = code(told)["ACCUSE"]
    assert (accused.when.start, accused.when.basis, accused.when.text) == (dt.date(2024, 6, 11), "speech", "Tuesday")
    other = (
        "Kenyan Foreign Minister Jane Mwangi said on Tuesday that talks had begun. Ethiopia accused Somalia of lying."
    )
    assert code(other)["ACCUSE"].when is None
    deed = "Kenyan President William Ruto said on Tuesday that talks had begun. He invaded Somalia."
    assert code(deed)["ASSAULT"].when is None


def test_what_somebody_says_is_of_the_storys_day(code):
    accused = code("Kenyan Foreign Minister Jane Mwangi says talks have begun. She accused Somalia of lying.")["ACCUSE"]
    assert (accused.when.start, accused.when.basis) == (dt.date(2024, 6, 13), "published")
    undated = "Kenyan Foreign Minister Jane Mwangi says talks have begun. She accused Somalia of lying."
    assert code(undated, published=None)["ACCUSE"].when is None
