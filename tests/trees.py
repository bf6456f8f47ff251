"""Hand-built trees for tests: ``Police/NNS/nsubj>2 shot/VBD/root>-1 …`` with heads as positions from 0."""

from __future__ import annotations

from dateline.model import Actor, Mentions, Parse, Sentence, Span, Time, Token

_UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "VB": "VERB", "VBD": "VERB", "VBZ": "VERB",
    "VBP": "VERB", "VBN": "VERB", "VBG": "VERB", "JJ": "ADJ", "IN": "ADP", "TO": "PART", "DT": "DET", "CC": "CCONJ",
    "PRP": "PRON", "WP": "PRON", "CD": "NUM", "RB": "ADV", "MD": "AUX", "AUX": "AUX", "POS": "PART", "RP": "ADP",
    ",": "PUNCT",
}  # fmt: skip


def sentence(
    text: str, *, lemmas: dict[str, str] | None = None, region: str = "body", index: int = 0, at: int = 0
) -> Sentence:
    """A sentence from ``form/XPOS/dep>head`` words; a lemma is the lower-cased form unless given."""
    tokens = []
    where = at
    for number, word in enumerate(text.split()):
        form, xpos, rest = word.split("/")
        dep, head = rest.split(">")
        lemma = (lemmas or {}).get(form, form.lower())
        tokens.append(Token(number, where, where + len(form), form, lemma, _UPOS.get(xpos, "X"), xpos, int(head), dep))
        where += len(form) + 1
    return Sentence(index, Span(at, where - 1), tuple(tokens), 0, region)  # type: ignore[arg-type]


def parse_of(*sentences: Sentence) -> Parse:
    """A parse of hand-built sentences."""
    return Parse(sentences, (), "by hand")


def actor(s: Sentence, head: int, country: str | None, sector: str | None, **known: object) -> Actor:
    """An actor at a token."""
    token = s.tokens[head]
    values: dict[str, object] = {"kind": "group", "name": None, **known}
    return Actor(
        Span(token.start, token.end),
        token.text,
        s.index,
        head,
        (head, head + 1),
        country=country,
        sector=sector,
        **values,
    )  # type: ignore[arg-type]


def mentions_of(*actors: Actor, times: tuple[Time, ...] = ()) -> Mentions:
    """Mentions with these actors and times."""
    return Mentions(actors, (), times)
