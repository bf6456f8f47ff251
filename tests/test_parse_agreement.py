"""Names agree within a story: votes by likelihood, family names, titles, countries and peoples."""

from __future__ import annotations

from dateline.model import Token
from dateline.parse import data_folder
from dateline.parse.agreement import Found, NameWords, agreed, read_known

LABELS = ("PER", "ORG", "LOC", "NORP")
WORDS = NameWords(
    titles=frozenset({"President", "General"}),
    offices=frozenset({"Highness"}),
    directions=frozenset({"South", "North"}),
    known={"Chad": "LOC", "Chadian": "NORP", "Fiji": "LOC"},
)


def sentence(text, *names, sure=0.9):
    tokens, at = [], 0
    for k, word in enumerate(text.split()):
        upos = "PROPN" if word[0].isupper() else "VERB"
        tokens.append(Token(k, at, at + len(word), word, word, upos, "NNP", -1, "root"))
        at += len(word) + 1
    kinds = [[0.0] * 4 for _ in tokens]
    for first, last, label in names:
        for k in range(first, last):
            kinds[k] = [(1 - sure) / 3] * 4
            kinds[k][LABELS.index(label)] = sure
    return Found(tokens, list(names), kinds)


def test_family_name_follows_full_name():
    story = [sentence("Mara Okello resigned", (0, 2, "PER")), sentence("Okello left", (0, 1, "LOC"), sure=0.6)]
    assert agreed(story, LABELS, WORDS)[1] == [(0, 1, "PER")]


def test_likelier_label_wins_and_missed_mentions_are_added():
    story = [
        sentence("Zebrax grew", (0, 1, "ORG")),
        sentence("Zebrax fell", (0, 1, "LOC"), sure=0.5),
        sentence("they bought Zebrax"),
    ]
    assert agreed(story, LABELS, WORDS) == [[(0, 1, "ORG")], [(0, 1, "ORG")], [(2, 3, "ORG")]]


def test_titles_are_cut_and_bare_offices_dropped():
    story = [sentence("President General Abdi spoke", (0, 3, "PER")), sentence("Highness spoke", (0, 1, "PER"))]
    assert agreed(story, LABELS, WORDS) == [[(2, 3, "PER")], []]


def test_countries_and_peoples_are_known():
    story = [sentence("Chad met Chadian rebels in Fiji", (0, 1, "ORG"))]
    assert agreed(story, LABELS, WORDS) == [[(0, 1, "LOC"), (2, 3, "NORP"), (5, 6, "LOC")]]
    assert agreed([sentence("Chad Lund left", (0, 2, "PER"))], LABELS, WORDS) == [[(0, 2, "PER")]]


def test_direction_joins_demonym():
    story = [sentence("the South Sudanese army", (1, 2, "LOC"), (2, 3, "NORP"))]
    assert agreed(story, LABELS, WORDS) == [[(1, 3, "NORP")]]
    assert agreed([sentence("the South Sudanese army", (2, 3, "NORP"))], LABELS, WORDS) == [[(1, 3, "NORP")]]
    wide = [sentence("New South Sudanese army", (0, 2, "ORG"), (2, 3, "NORP"))]
    assert agreed(wide, LABELS, WORDS) == [[(0, 2, "ORG"), (2, 3, "NORP")]]


def test_currency_signs_are_no_names():
    assert agreed([sentence("costs US$ today", (1, 2, "LOC"))], LABELS, WORDS) == [[]]


def test_known_names_of_the_shipped_table():
    known = read_known(data_folder() / "world" / "countries.tsv")
    assert known["UAE"] == "LOC"
    assert known["South Korean"] == known["Saudi"] == "NORP"
    assert known["EU"] == "ORG"
    assert known["U.S."] == known["Hong Kong"] == known["Myanmar"] == "LOC"
    assert all(name[0].isupper() for name in known)
