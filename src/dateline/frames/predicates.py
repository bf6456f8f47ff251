"""Which words of a parse are frames: every verb, and the nouns and adjectives that name events in the codebook."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.frames.clauses import Clauses
from dateline.model import Frame, Parse, Sentence, Token
from dateline.rules.words import Words


def build_clauses(parse: Parse, words: Words, nouns: frozenset[str], adjectives: frozenset[str]) -> tuple[Frame, ...]:
    """The frames of a parse: every verb, and the nouns and adjectives that name events in the codebook.

    ``nouns`` and ``adjectives`` are lower-case lemmas. Frames come in text order.
    """
    frames: list[Frame] = []
    for sentence in parse.sentences:
        clauses = Clauses(sentence, words)
        for token in sentence.tokens:
            kind = _kind_of(token, clauses, nouns, adjectives)
            if kind is not None:
                frames.append(_frame(sentence, clauses, token, kind))
    return tuple(frames)


def _kind_of(token: Token, clauses: Clauses, nouns: frozenset[str], adjectives: frozenset[str]) -> str | None:
    if (
        token.upos == "VERB"
        and not (token.lemma.lower() in nouns and clauses.nominal(token.index))
        and token.dep not in ("amod", "compound", "case", "mark", "fixed")
    ):
        return "verb"
    if token.upos in ("NOUN", "PROPN", "VERB") and token.lemma.lower() in nouns:
        compound = token.dep in ("compound", "flat", "nmod:desc", "amod")
        return None if compound else "noun"
    if token.upos == "ADJ" and token.lemma.lower() in adjectives:
        return "adj"
    return None


def _frame(sentence: Sentence, clauses: Clauses, token: Token, kind: str) -> Frame:
    i = token.index
    light = clauses.light_verb(i) if kind == "noun" else None
    trigger = {i}
    if light is not None:
        trigger.add(light)
    trigger.update(k for k in sentence.children[i] if sentence.tokens[k].dep == "compound:prt")
    trigger.update(_hyphened(sentence, i))
    parent = token.head if token.head >= 0 else None
    return Frame(
        sentence=sentence.index,
        head=i,
        kind=kind,  # type: ignore[arg-type]
        lemma=clauses.lemma(i),
        trigger=tuple(sorted(trigger)),
        args=clauses.args(i),
        passive=kind == "verb" and clauses.passive(i),
        light=light,
        parent=parent,
        parent_role=token.dep.split(":", 1)[0] if parent is not None else None,
        rules=(f"clauses/{kind}",),
    )


def _hyphened(sentence: Sentence, i: int) -> list[int]:
    """The other half of a hyphenated compound: "sit" of "sit-in"."""
    tokens = sentence.tokens
    return [
        other
        for other, hyphen in ((i - 2, i - 1), (i + 2, i + 1))
        if 0 <= other < len(tokens)
        and tokens[hyphen].text == "-"
        and tokens[min(i, other)].end == tokens[hyphen].start
        and tokens[max(i, other)].start == tokens[hyphen].end
        and tokens[other].head == i
    ]


def frames_by_head(frames: tuple[Frame, ...]) -> Mapping[tuple[int, int], Frame]:
    """Index frames by (sentence, head token)."""
    return {(f.sentence, f.head): f for f in frames}
