"""How many: what is told with the act, and what is told apart from it."""

from __future__ import annotations

import pytest

import dateline


@pytest.fixture(scope="module")
def told():
    coder = dateline.Coder()

    def run(text, type):
        events = [e for e in coder.code(text).coded if e.type == type]
        return [(kind, m.low, m.high, m.bound, m.source) for kind, m in events[0].counts]

    return run


@pytest.mark.parametrize(
    ("text", "kind", "counts"),
    [
        ("A bomb killed 12 people, including three children, in Herat.", "ASSAULT", [("dead", 12, 12, None, None)]),
        (
            "At least two dozen soldiers were killed and scores wounded in an ambush by rebels in Mali.",
            "ASSAULT",
            [("dead", 24, 24, "at least", None), ("injured", 40, 199, None, None)],
        ),
        ("Kenyan troops killed between 30 and 40 rebels.", "ASSAULT", [("dead", 30, 40, None, None)]),
        ("Kenyan troops killed 30 to 40 rebels.", "ASSAULT", [("dead", 30, 40, None, None)]),
        ("Kenyan troops killed twenty-five rebels.", "ASSAULT", [("dead", 25, 25, None, None)]),
        ("Kenyan police arrested 37-year-old Omar Odinga in Nairobi.", "COERCE", [("arrested", 1, 1, None, None)]),
        ("A 24-year-old Palestinian was killed by Israeli troops.", "ASSAULT", [("dead", 1, 1, None, None)]),
        ("Up to 300 protesters marched in Lima.", "PROTEST", [("crowd", 300, 300, "at most", None)]),
        ("Thousands marched in Lima against the government.", "PROTEST", [("crowd", 2000, 9999, None, None)]),
        ("Kenyan police arrested some 40 marchers.", "COERCE", [("arrested", 40, 40, "about", None)]),
        ("Somali militants displaced about 5,400 people.", "SANCTION", [("displaced", 5400, 5400, "about", None)]),
        ("A raid by Kenyan troops on rebels left no casualties.", "ASSAULT", [("dead", 0, 0, None, None), ("injured", 0, 0, None, None)]),
        ("Rebels attacked a base in Mali on Friday. No one was hurt.", "ASSAULT", [("injured", 0, 0, None, None)]),
        ("The death toll from the bombing of the embassy by militants rose to 17.", "ASSAULT", [("dead", 17, 17, None, None)]),
        ("Rebels attacked a base in Mali on Friday. The army put the toll at nine.", "ASSAULT", [("dead", 9, 9, None, None)]),
        ("A blast by rebels left three soldiers dead and ten wounded in Mali.", "ASSAULT", [("dead", 3, 3, None, None), ("injured", 10, 10, None, None)]),
        ("The shelling by Kenyan troops left 300 people homeless.", "ASSAULT", [("displaced", 300, 300, None, None)]),
        (
            "Police put the crowd at the rally in Nairobi against the government at 2,000; organisers said 20,000 took part.",
            "PROTEST",
            [("crowd", 2000, 2000, None, None), ("crowd", 20000, 20000, None, "organisers")],
        ),
    ],
)  # fmt: skip
def test_numbers(told, text, kind, counts):
    assert told(text, kind) == counts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rebels attacked a base in Mali. The toll road to the capital cost 12 million francs.", "ASSAULT"),
        ("Rebels attacked a base in Mali. The minister took part in the talks.", "ASSAULT"),
        ("Rebels may attack a base in Mali. The death toll of the flood rose to 17.", "ASSAULT"),
    ],
)
def test_numbers_of_something_else(told, text, kind):
    assert told(text, kind) == []


def test_a_killer_is_not_among_the_killed():
    row = dateline.Coder().code("A suicide bomber killed himself and four police officers in Kabul.").records[0]
    assert [r["text"] for r in row["recipients"]] == ["four police officers"]
    assert row["magnitude"]["dead"]["high"] == 4
