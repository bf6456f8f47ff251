"""Deep arguments: passives undone, coordination spread, subjects found."""

from __future__ import annotations

import pytest

from dateline.frames.clauses import Clauses
from dateline.frames.predicates import build_clauses
from dateline.rules.words import load_words
from trees import parse_of, sentence

WORDS = load_words()


def roles(s, i):
    return sorted((a.role, s.tokens[a.head].text) for a in Clauses(s, WORDS).args(i))


def test_active():
    s = sentence("Police/NNS/nsubj>1 arrested/VBD/root>-1 dozens/NNS/obj>1 in/IN/case>4 Lima/NNP/obl>1")
    assert roles(s, 1) == [("in", "Lima"), ("obj", "dozens"), ("subj", "Police")]


def test_passive_with_agent_and_deadline():
    s = sentence(
        "Two/CD/nummod>1 men/NNS/nsubj:pass>3 were/AUX/aux:pass>3 arrested/VBN/root>-1 by/IN/case>5 troops/NNS/obl:agent>3"
    )
    assert roles(s, 3) == [("obj", "men"), ("subj", "troops")]
    s = sentence("Talks/NNS/nsubj:pass>3 will/MD/aux>3 be/AUX/aux:pass>3 held/VBN/root>-1 by/IN/case>5 March/NNP/obl>3")
    assert ("subj", "March") not in roles(s, 3)


def test_passive_with_two_objects():
    s = sentence("He/PRP/nsubj:pass>2 was/AUX/aux:pass>2 given/VBN/root>-1 asylum/NN/obj>2")
    assert roles(s, 2) == [("iobj", "He"), ("obj", "asylum")]


def test_object_control_and_subject_control():
    s = sentence(
        "Oslo/NNP/nsubj>1 urged/VBD/root>-1 Rome/NNP/obj>1 to/TO/mark>4 leave/VB/xcomp>1", lemmas={"urged": "urge"}
    )
    assert ("subj", "Rome") in roles(s, 4)
    s = sentence(
        "Oslo/NNP/nsubj>1 promised/VBD/root>-1 Rome/NNP/obj>1 to/TO/mark>4 leave/VB/xcomp>1",
        lemmas={"promised": "promise"},
    )
    assert ("subj", "Oslo") in roles(s, 4)


@pytest.mark.parametrize(
    ("verb", "lemma", "preposition", "who"),
    [
        ("accused", "accuse", "of", "Rome"),
        ("kept", "keep", "from", "Rome"),
        ("blamed", "blame", "for", "Rome"),
        ("used", "use", "for", "Oslo"),
        ("visited", "visit", "before", "Oslo"),
    ],
)
def test_who_does_what_an_ing_clause_says(verb, lemma, preposition, who):
    s = sentence(
        f"Oslo/NNP/nsubj>1 {verb}/VBD/root>-1 Rome/NNP/obj>1 {preposition}/IN/mark>4 shelling/VBG/advcl>1 Bern/NNP/obj>4",
        lemmas={verb: lemma, "shelling": "shell"},
    )
    assert [a for a in roles(s, 4) if a[0] == "subj"] == [("subj", who)]


def test_an_infinitive_asked_of_somebody_is_a_complement_and_a_purpose_is_not():
    s = sentence(
        "Oslo/NNP/nsubj>1 pressed/VBD/root>-1 Rome/NNP/obj>1 to/TO/mark>4 leave/VB/advcl>1", lemmas={"pressed": "press"}
    )
    assert ("comp", "leave") in roles(s, 1)
    s = sentence(
        "Oslo/NNP/nsubj>1 sold/VBD/root>-1 ships/NNS/obj>1 to/TO/mark>4 save/VB/advcl>1", lemmas={"sold": "sell"}
    )
    assert ("purpose", "save") in roles(s, 1)


def test_relative_pronoun_stands_for_its_noun():
    s = sentence("gunmen/NNS/root>-1 who/WP/nsubj>2 killed/VBD/acl:relcl>0 two/CD/obj>2")
    assert ("subj", "gunmen") in roles(s, 2)


def test_participles():
    s = sentence("men/NNS/root>-1 held/VBN/acl>0 in/IN/case>3 Cairo/NNP/obl>1")
    assert ("obj", "men") in roles(s, 1)
    s = sentence("men/NNS/root>-1 carrying/VBG/acl>0 guns/NNS/obj>1")
    assert ("subj", "men") in roles(s, 1)


def test_what_a_noun_says_is_its_complement_in_the_passive_too():
    s = sentence("hopes/NNS/root>-1 that/IN/mark>4 Oslo/NNP/nsubj:pass>4 was/VBD/aux:pass>4 freed/VBN/acl>0")
    assert ("comp", "freed") in roles(s, 0)
    s = sentence("ships/NNS/root>-1 freed/VBN/acl>0 by/IN/case>3 Oslo/NNP/obl:agent>1")
    assert ("by", "Oslo") in roles(s, 0)
    assert ("comp", "freed") not in roles(s, 0)


def test_coordination_spreads_arguments():
    s = sentence("Mali/NNP/nsubj>3 and/CC/cc>2 Niger/NNP/conj>0 met/VBD/root>-1")
    assert roles(s, 3) == [("subj", "Mali"), ("subj", "Niger")]
    s = sentence("Police/NNS/nsubj>1 arrested/VBD/root>-1 and/CC/cc>3 deported/VBD/conj>1 him/PRP/obj>3")
    assert ("obj", "him") in roles(s, 1)
    assert ("subj", "Police") in roles(s, 3)


def test_passive_shared_by_coordinated_participles():
    s = sentence("He/PRP/nsubj:pass>2 was/AUX/aux:pass>2 arrested/VBN/root>-1 and/CC/cc>4 deported/VBN/conj>2")
    assert ("obj", "He") in roles(s, 4)


def test_light_verb_lends_its_arguments():
    s = sentence(
        "Rebels/NNS/nsubj>1 launched/VBD/root>-1 an/DT/det>3 attack/NN/obj>1 on/IN/case>5 Goma/NNP/obl>1",
        lemmas={"launched": "launch"},
    )
    assert ("subj", "Rebels") in roles(s, 3)
    assert ("on", "Goma") in roles(s, 3)


def test_undergoer_of_a_light_verb():
    s = sentence("Oslo/NNP/nsubj>1 faces/VBZ/root>-1 sanctions/NNS/obj>1", lemmas={"faces": "face"})
    assert roles(s, 2) == [("undergoer", "Oslo")]


def test_headline_participle_is_passive():
    words = "Minister/NN/nsubj>1 urged/VBD/root>-1 to/TO/mark>3 resign/VB/xcomp>1"
    assert Clauses(sentence(words, region="headline"), WORDS).passive(1)
    assert not Clauses(sentence(words), WORDS).passive(1)


def test_a_name_before_the_verb_is_its_subject_whatever_the_parser_called_it():
    s = sentence("Kim/NNP/flat>1 met/VBD/root>-1 him/PRP/obj>1")
    assert ("subj", "Kim") in roles(s, 1)


def test_a_cycle_of_inheritance_ends():
    s = sentence("agreed/VBD/root>-1 signed/VBD/conj>0 met/VBD/conj>1")
    assert roles(s, 2) == []


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Police/NNS/nsubj>1 shot/VBD/root>-1 him/PRP/obj>1", ["verb"]),
        ("attack/NN/compound>1 helicopters/NNS/root>-1", []),
        ("The/DT/det>1 attack/NN/root>-1", ["noun"]),
    ],
)
def test_frames(words, kinds):
    frames = build_clauses(parse_of(sentence(words)), WORDS, frozenset({"attack"}), frozenset())
    assert [f.kind for f in frames] == kinds


def test_particles_belong_to_the_lemma():
    s = sentence(
        "They/PRP/nsubj>1 shot/VBD/root>-1 down/RP/compound:prt>1 a/DT/det>4 jet/NN/obj>1", lemmas={"shot": "shoot"}
    )
    [frame] = build_clauses(parse_of(s), WORDS, frozenset(), frozenset())
    assert frame.lemma == "shoot_down"
    assert frame.trigger == (1, 2)
