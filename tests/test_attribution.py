"""Who says what: claims, their nesting, quotations, kinds of sources."""

from __future__ import annotations

import pytest

from dateline.errors import DataError
from dateline.frames.attribution import find_claims, kind_of_source, load_attribution, outermost, sources_of
from dateline.frames.attribution_check import check_attribution
from dateline.model import Claim, Parse, Story
from dateline.parse import load_parser, plain_story
from dateline.parse.quotes import find_quotes


@pytest.fixture(scope="module")
def parser():
    return load_parser()


@pytest.fixture(scope="module")
def cues():
    return load_attribution()


def read(parser, cues, text: str) -> tuple[Story, Parse, tuple[Claim, ...]]:
    story = plain_story(text)
    parse = parser(story)
    return story, parse, find_claims(story, parse, cues)


def shown(text: str, claim: Claim) -> tuple[str, str, str]:
    return tuple(" … ".join(text[s.start : s.end] for s in spans) for spans in (claim.source, claim.cue, claim.content))


def test_every_example_of_the_data_files_holds(parser):
    assert check_attribution(parser) == []


def test_source_cue_and_content_are_spans_of_the_text(parser, cues):
    text = "The Kenyan navy said on Monday that it had freed a Greek tanker."
    _, parse, claims = read(parser, cues, text)
    (claim,) = claims
    assert shown(text, claim) == ("The Kenyan navy", "said", "that it had freed a Greek tanker")
    assert claim.cue_lemma == "say"
    assert claim.rules[0] == "cues/report/say"
    assert parse.sentences[claim.source_head[0]].tokens[claim.source_head[1]].text == "navy"
    assert not claim.quoted


def test_a_broken_quotation_is_one_claim(parser, cues):
    text = '"The bridge is closed," said Ana Ruiz, the mayor of Quito. "Nobody may cross it."'
    _, _, claims = read(parser, cues, text)
    top = outermost(claims)
    assert len(top) == 1
    assert shown(text, top[0])[2] == '"The bridge is closed," … "Nobody may cross it."'
    assert top[0].quoted


def test_a_quotation_runs_on_in_the_next_paragraph(parser, cues):
    text = '"We held the line at the river," the commander said.\n\n"It was the worst night of the war."'
    _, _, claims = read(parser, cues, text)
    assert [len(c.content) for c in outermost(claims)] == [2]


def test_a_scare_quote_has_no_source(parser, cues):
    assert read(parser, cues, 'The "peace village" was closed by snow.')[2] == ()


def test_claims_nest_and_sources_come_nearest_first(parser, cues):
    text = "The newspaper reported that the ministry said three soldiers had been killed."
    _, parse, claims = read(parser, cues, text)
    killed = next(t for t in parse.sentences[0].tokens if t.text == "killed")
    chain = sources_of(claims, 0, killed.index, parse)
    assert [shown(text, c)[0] for c in chain] == ["the ministry", "The newspaper"]
    assert [shown(text, c)[0] for c in outermost(claims)] == ["The newspaper"]


def test_a_promise_does_not_vouch_for_what_is_promised(parser, cues):
    text = "Norway promised to send two frigates."
    _, parse, claims = read(parser, cues, text)
    send = next(t for t in parse.sentences[0].tokens if t.text == "send")
    assert claims
    assert sources_of(claims, 0, send.index, parse) == ()


def test_quotation_marks_pair_by_paragraph():
    text = "“One ‘inner’ word,” he said.\n\n“Two\n\n“Three.”"
    quotes = find_quotes(plain_story(text))
    assert [text[q.start : q.end] for q in quotes] == ["“One ‘inner’ word,”", "“Two", "“Three.”"]
    assert [q.runs_on for q in quotes] == [False, True, False]


def test_an_apostrophe_opens_no_quotation():
    assert find_quotes(plain_story("The ministers' aides didn't see the workers' march.")) == ()


def test_kind_of_source(cues):
    assert kind_of_source("the police chief of Lagos", None, cues) == "police"
    assert kind_of_source("Jane Doe", None, cues) == "other"


def test_an_unknown_group_names_file_and_line(tmp_path):
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "attribution.yaml").write_text(
        "verbs:\n  - id: say\n    group: reprot\n    words: [say]\nnouns: []\ndocuments: []\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"attribution\.yaml:3: unknown group 'reprot' \(did you mean 'report'\?\)"):
        load_attribution("en", tmp_path)


def test_a_quotation_after_a_claim_without_a_cue():
    from dateline.frames.attribution_speech import Work, _last_speaker
    from dateline.model import Span
    from dateline.parse import plain_story
    from dateline.parse.quotes import Quote

    story = plain_story('Okello, minister. All is well. "It is over."')
    said = Work(0, (Span(0, 6),), (), [Span(18, 30)], (0, 0), None, "report")
    quote = Quote(Span(31, 44), single=False, closed=True, runs_on=False)
    assert _last_speaker(story, quote, [said], []) is said


def test_words_that_lead_to_a_cue_belong_to_it_and_only_to_it(parser, cues):
    text = "The abbess seemed to suggest that the well was dry."
    _, _, claims = read(parser, cues, text)
    assert [shown(text, c) for c in claims] == [("The abbess", "seemed to suggest", "that the well was dry")]
    _, _, claims = read(parser, cues, "The abbess went to Oslo to say that the well was dry.")
    assert claims[0].cue_lemma == "say"
    assert claims[0].cue[0].end - claims[0].cue[0].start == len("say")


def test_who_stopped_saying_so_does_not_say_so(parser, cues):
    _, parse, claims = read(parser, cues, "The abbess stopped saying that rebels had burned the mill.")
    token = next(t.index for t in parse.sentences[0].tokens if t.text == "burned")
    assert sources_of(claims, 0, token, parse) == ()


def test_a_mood_is_no_source_of_what_it_is_about(parser, cues):
    text = "The shelling of the mill angered shepherds."
    _, parse, claims = read(parser, cues, text)
    assert [shown(text, c) for c in claims] == [("shepherds", "angered", "The shelling of the mill")]
    assert sources_of(claims, 0, 1, parse) == ()
    _, parse, claims = read(parser, cues, "The prefect's interest in the shelling has faded.")
    assert claims
    assert sources_of(claims, 0, 5, parse) == ()


def test_who_asks_is_not_who_answers(parser, cues):
    text = "Asked about the missing barge, the Gambian minister said it had sunk."
    _, _, (asked, said) = read(parser, cues, text)
    assert (asked.source, asked.source_head) == ((), None)
    assert shown(text, said)[0] == "the Gambian minister"


def test_speakers_of_a_dialogue_by_name_and_colon(parser, cues):
    turns = ("Ines Vale: The mill burned at noon.", "Osk: Who lit it?", "Ines Vale: Nobody knows.", "Osk: Then ask.")
    text = "\n\n".join(("Two millers meet.", *turns))
    _, _, claims = read(parser, cues, text)
    assert [shown(text, c)[0] for c in claims if c.rules[0] == "cues/report/label"] == ["Ines Vale", "Osk"] * 2
    text = "Two millers meet.\n\nPhoto: The mill burned at noon.\n\nIt was old."
    assert read(parser, cues, text)[2] == ()


def test_a_paragraph_set_apart_after_a_verb_and_a_colon(parser, cues):
    text = "The mill burned at noon.\n\nThe miller added:\n\nIt was old and nobody wept."
    _, _, claims = read(parser, cues, text)
    assert ("The miller", "added", "It was old and nobody wept.") in [shown(text, c) for c in claims]


def test_a_curly_mark_closed_by_a_straight_one():
    story = plain_story('“The mill burned," she said, calling it "a pity" for all.')
    assert [story.text[q.start : q.end] for q in find_quotes(story)] == ['“The mill burned,"', '"a pity"']


def test_a_quotation_goes_on_with_what_was_uttered_not_with_what_was_alluded_to(parser, cues):
    text = '"The mill is gone," the mayor said, referring to the old mill. "Nobody wept for it."'
    _, _, claims = read(parser, cues, text)
    said = next(c for c in claims if c.cue_lemma == "say")
    assert "Nobody wept for it" in shown(text, said)[2]
    assert all("wept" not in shown(text, c)[2] for c in claims if c.cue_lemma == "refer")


def test_an_event_that_may_happen_is_no_venue(parser, cues):
    _, parse, claims = read(parser, cues, "Suva will close the port in the event that pirates kill sailors.")
    token = next(t.index for t in parse.sentences[0].tokens if t.text == "kill")
    assert sources_of(claims, 0, token, parse) == ()


def test_what_goes_on_meanwhile_says_nothing(parser, cues):
    for text in ("Gunmen burned the mill as troops began a sweep.", "Gunmen burned the mill as talks continued."):
        assert read(parser, cues, text)[2] == ()
