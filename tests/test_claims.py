"""Who says what of which event: the claims of an event, the story graph, and the command that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline import Coder
from dateline.cli import main
from dateline.errors import DataError
from dateline.frames.attribution import load_attribution
from dateline.model import Event, EventClaim
from dateline.record import claim_row

STORY = """BAMAKO, May 3 (AMAP) -- The Malian army shelled a depot near Kidal on Tuesday, the defence ministry said.

The Azawad rebels denied that the army had shelled the depot. They vowed to march on the capital.

Radio Sahel reported, citing two witnesses, that Malian soldiers had detained a teacher.

France accused Russia of arming the junta. Moscow denied the accusation.

French troops have reportedly left the base."""


@pytest.fixture(scope="module")
def coder():
    return Coder().load()


@pytest.fixture(scope="module")
def result(coder):
    return coder.code(STORY, published="2023-05-03")


def only(coder: Coder, text: str, type: str) -> Event:
    """The one event of a type of a text."""
    [event] = [e for e in coder.code(text).coded if e.type == type]
    return event


def said(event: Event) -> list[tuple[str | None, str]]:
    return [(c.text, c.stance) for c in event.claims]


# --- one event, several claimants ---------------------------------------------------------------------------------


def test_sources_that_disagree_share_one_event(result):
    [shelling] = [e for e in result.coded if e.type == "ASSAULT"]
    assert shelling.factuality.stance == "asserted"
    assert [s.text for s in shelling.attribution] == ["the defence ministry"]  # not that of the denial
    assert said(shelling) == [("the defence ministry", "asserted"), ("The Azawad rebels", "denied")]
    for claim, cue in zip(shelling.claims, ("said", "denied"), strict=True):
        assert STORY[claim.span.start : claim.span.end] == claim.text
        assert STORY[claim.cue_span.start : claim.cue_span.end] == claim.cue == cue
    assert [(c.kind, c.actor.country, c.actor.sector) for c in shelling.claims] == [
        ("official", "MLI", "GOV"),
        ("armed group", "MLI", "REB"),
    ]


def test_the_order_of_the_telling_does_not_matter(coder):
    text = "The Chadian rebels denied that the army had bombed the camp. The Chadian army said it had bombed the camp."
    event = only(coder, text, "ASSAULT")
    assert event.factuality.stance == "denied"
    assert said(event) == [("The Chadian rebels", "denied"), ("The Chadian army", "asserted")]


def test_different_events_stay_apart(coder):
    text = "Malian rebels said they had attacked a convoy. The Chadian army denied that it had attacked a school."
    assert [e.factuality.stance for e in coder.code(text).coded if e.type == "ASSAULT"] == ["asserted", "denied"]


def test_what_hurt_nobody_is_not_the_denied_attack(coder):
    text = "The Iraqi sheikh said he was not killed in an attack by gunmen."
    assert "denied" not in {e.factuality.stance for e in coder.code(text).coded if "attack" in e.rules[0]}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Kenyan troops attacked the camp, the mayor said.", "asserted"),
        ("Kenyan troops attacked the camp, the mayor claimed.", "alleged"),
        ("Kenyan troops, the mayor alleged, attacked the camp.", "alleged"),
        ("The mayor denied that Kenyan troops had attacked the camp.", "denied"),
        ("Kenyan troops had not attacked the camp, the mayor insisted.", "denied"),
        ("The mayor said Kenyan troops had not attacked the camp.", "negated"),
        ("The mayor said Kenyan troops would attack the camp.", "planned"),
        ("The mayor said Kenyan troops could attack the camp.", "hypothetical"),
        ("According to the mayor, Kenyan troops attacked the camp.", "asserted"),
        ("The mayor accused Kenyan troops of attacking the camp.", "alleged"),
        ('"Kenyan troops attacked the camp," the mayor said.', "asserted"),
        ("The mayor condemned Kenya for attacking the camp.", "asserted"),
    ],
)
def test_each_claimant_has_a_stance_of_his_own(coder, text, stance):
    assert [s for who, s in said(only(coder, text, "ASSAULT")) if "mayor" in who.lower()] == [stance]


def test_the_stance_of_a_source_is_not_that_of_the_story(coder):
    event = only(coder, "It is unclear whether the Kenyan army denied shelling the camp.", "ASSAULT")
    assert event.factuality.stance == "hypothetical"
    assert said(event) == [("the Kenyan army", "denied")]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor did not say that Kenyan troops had attacked the camp.",
        "The mayor declined to confirm that Kenyan troops had attacked the camp.",
        "The mayor asked whether Kenyan troops had attacked the camp.",
        "The mayor did not know that Kenyan troops had attacked the camp.",
        "The mayor discussed the attack by Kenyan troops on the camp.",
    ],
)
def test_who_does_not_say_so_claims_nothing(coder, text):
    events = [e for e in coder.code(text).coded if e.type == "ASSAULT"]
    assert all(not e.claims and not e.attribution for e in events)


def test_who_denies_having_said_it_is_a_claimant(coder):
    text = (
        "Serbia threatened to close its border with Kosovo. Serbia denied that it had threatened to close its border."
    )
    [event] = [e for e in coder.code(text).coded if e.type == "THREATEN"]
    assert (event.factuality.stance, said(event), event.attribution) == ("asserted", [("Serbia", "denied")], ())


# --- chains -------------------------------------------------------------------------------------------------------


def test_who_passes_a_claim_on_reports_it(result):
    [arrest] = [e for e in result.coded if e.type == "COERCE"]
    assert [s.text for s in arrest.attribution] == ["two witnesses", "Radio Sahel"]
    assert said(arrest) == [("Radio Sahel", "reported"), ("two witnesses", "asserted")]
    assert [c.via for c in arrest.claims] == [None, 0]


def test_a_chain_of_three(coder):
    text = "The daily said the ministry had reported that Kenyan rebels denied attacking the camp."
    event = only(coder, text, "ASSAULT")
    assert [(c.text, c.stance, c.via) for c in event.claims] == [
        ("The daily", "reported", None),
        ("the ministry", "reported", 0),
        ("Kenyan rebels", "denied", 1),
    ]


def test_nobody_named_is_a_claimant_too(result):
    [left] = [e for e in result.coded if e.type == "RETREAT"]
    [claim] = left.claims
    assert (claim.text, claim.span, claim.kind, claim.cue) == (None, None, "anonymous", "reportedly")
    assert claim_row(claim).country is None


def test_a_pronoun_has_the_name_of_whom_it_stands_for(coder):
    text = "The Malian governor arrived late. He said gunmen had attacked a garrison near Gao."
    [claim] = only(coder, text, "ASSAULT").claims
    assert (claim.text, claim.name, claim.kind) == ("He", "The Malian governor", "official")


# --- answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("Moscow denied the accusation.", "denied"),
        ("Moscow rejected the charge.", "denied"),
        ("Moscow denied it.", "denied"),
        ("Moscow confirmed the report.", "asserted"),
        ("Moscow denied involvement.", "denied"),
        ("Moscow denied any role.", "denied"),
        ("Moscow did not deny the accusation.", None),
        ("Moscow may deny it.", None),
        ("Moscow denied that it had been informed.", None),
        ("Nobody denied it.", None),
    ],
)
def test_an_answer_is_a_claim_about_what_was_said(coder, answer, stance):
    event = only(coder, f"Finland accused Russia of shelling a village. {answer}", "ASSAULT")
    assert said(event) == [("Finland", "alleged"), *([("Moscow", stance)] if stance else [])]


def test_an_answer_to_something_else_is_no_claim_about_the_event(coder):
    text = "Nurses in Malawi went on strike. Their union accused the ministry of breaking promises. The ministry denied it."
    assert all(not e.claims for e in coder.code(text).coded if e.type == "PROTEST")


def test_a_reply_with_an_unknown_stance_is_refused_by_line(tmp_path):
    source = Path(__file__).resolve().parents[1] / "src" / "dateline" / "data" / "language" / "en"
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "attribution_kinds.yaml").write_text((source / "attribution_kinds.yaml").read_text())
    text = (source / "attribution.yaml").read_text()
    (folder / "attribution.yaml").write_text(text.replace("to: words, stance: denied", "to: words, stance: denyed", 1))
    with pytest.raises(DataError, match=r"attribution\.yaml:\d+: stance 'denyed'.*denied"):
        load_attribution("en", tmp_path)


# --- the story graph ----------------------------------------------------------------------------------------------


def test_the_graph_joins_claimants_and_events(result):
    graph = result.claims.to_dict()
    names = {c["id"]: c["name"] for c in graph["claimants"]}
    types = {e["id"]: e["type"] for e in graph["events"]}
    assert [e["id"] for e in graph["events"]] == [row["id"] for row in result.records]
    assert [e["trigger"] for e in graph["events"]] == [row["trigger"] for row in result.records]
    assert [(names[c["claimant"]], types[c["event"]], c["stance"]) for c in graph["claims"]] == [
        ("the defence ministry", "ASSAULT", "asserted"),
        ("The Azawad rebels", "ASSAULT", "denied"),
        ("Radio Sahel", "COERCE", "reported"),
        ("two witnesses", "COERCE", "asserted"),
        ("France", "AID", "alleged"),
        ("Moscow", "AID", "denied"),
        ("nobody named", "RETREAT", "asserted"),
    ]
    assert {types[e["id"]] for e in graph["events"] if e["contested"]} == {"ASSAULT", "AID"}
    via = [c["via"] for c in graph["claims"] if names[c["claimant"]] == "two witnesses"]
    assert [names[v] for v in via] == ["Radio Sahel"]
    for claim in graph["claims"]:
        if claim["span"] is not None:
            assert STORY[slice(*claim["span"])] == claim["text"]
        assert " ".join(STORY[slice(*claim["cue_span"])].split()) == claim["cue"]
    json.dumps(graph)


def test_a_claimant_is_one_whatever_words_name_him(coder):
    text = (
        "Lao police arrested two monks, the KPL news agency reported. KPL said Lao soldiers had also closed a market. "
        "A teacher said Lao police had freed a nun. She said Lao police had arrested a bus driver."
    )
    graph = coder.code(text).claims
    found = {c.name: [m.text for m in c.mentions] for c in graph.claimants}
    assert found == {"KPL": ["the KPL news agency", "KPL"], "A teacher": ["A teacher", "She"]}


def test_the_same_claims_whatever_the_number_of_workers(coder):
    stories = [{"id": f"s{n}", "text": STORY, "published": "2023-05-03"} for n in range(4)]
    one = [json.dumps(r.claims.to_dict()) for r in coder.code_many(stories)]
    two = list(coder.code_many(stories, workers=2, take=as_text))
    assert one == two


def as_text(result) -> str:
    return json.dumps(result.claims.to_dict())


def test_the_text_shows_the_table_first(result):
    lines = str(result.claims).splitlines()
    assert lines[0].split()[:3] == ["claimant", "1", "ASSAULT"]
    assert lines[2].startswith("the story itself")
    assert "alleged" in lines[2]
    assert any(line.startswith("The Azawad rebels [MLI REB]") and "denied" in line for line in lines)
    assert all(len(line) <= 100 for line in lines[: lines.index("")])
    text = "\n".join(lines)
    assert "CONTESTED" in text
    assert "   reported     Radio Sahel" in text
    assert "     asserted     two witnesses" in text  # under who passes it on
    assert "in the story's own voice" in text


def test_a_story_without_claims_says_so(coder):
    assert "no event that a source tells" in str(coder.code("Togo recalled its ambassador to Benin on Monday.").claims)


# --- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def story(tmp_path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def test_the_command_for_people_and_for_machines(story, result):
    shown = CliRunner().invoke(main, ["explain", "--claims", str(story), "--published", "2023-05-03"])
    assert shown.exit_code == 0
    assert "The Azawad rebels [MLI REB]" in shown.stdout
    assert "AMAP · BAMAKO · 2023-05-03" in shown.stdout
    made = CliRunner().invoke(
        main, ["explain", "--claims", str(story), "--format", "json", "--published", "2023-05-03"]
    )
    [line] = made.stdout.splitlines()
    assert json.loads(line)["claims"] == result.claims.to_dict()["claims"]


def test_options_that_do_not_go_together_are_refused(story):
    alone = CliRunner().invoke(main, ["explain", str(story), "--format", "json"])
    assert alone.exit_code == 2
    assert "--format goes with --claims" in alone.stderr
    both = CliRunner().invoke(main, ["explain", str(story), "--claims", "--event", "e-1"])
    assert both.exit_code == 2
    assert "give one of the two" in both.stderr


def test_a_claim_by_hand_has_no_more_than_it_is_given():
    claim = EventClaim("the mayor", None, None, "official", None, "denied", None, None, False)
    row = claim_row(claim)
    assert (row.country, row.sector, row.span, row.cue_span, row.via) == (None, None, None, None, None)
