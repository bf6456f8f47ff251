"""Which claims of a story to list: the likely ones, no two about the same words.

``find_claims`` gives every reading of who says what, claims inside claims with it, for whoever asks about one event. A
list of attributions wants less: what a reader would mark. A small linear model weighs each claim by its cue, its source
and its place (see ``attribution_fit`` and ``attribution_weights.json``); of claims about the same words the likeliest stays.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.frames.attribution import outermost
from dateline.frames.cues import default_path
from dateline.model import Claim, Parse, Story, Token
from dateline.parse.quotes import Quote, find_quotes, quote_around

_US = frozenset({"i", "we", "you", "my", "our", "your"})
_IT = frozenset({"it", "that", "which", "this", "its", "what", "these", "those"})
_THEY = frozenset({"who", "he", "she", "they", "his", "her", "their"})
_PREDICATED = frozenset({"object+is", "object+as", "object+to", "object+of", "object+for"})
_ROLES = frozenset({"root", "advcl", "conj", "xcomp", "ccomp", "parataxis", "acl"})
_LENGTHS = ((2, "2"), (5, "5"), (10, "10"), (40, "40"))
_KINDS = {"NOUN": "shape=noun", "ADJ": "shape=adjective"}


@dataclass(frozen=True, slots=True)
class ClaimWeights:
    """The fitted weights of one language: a constant and a number per feature; claims less likely than ``floor`` go."""

    model: str  # name@version
    constant: float
    floor: float
    features: dict[str, float]

    def chance(self, found: list[str]) -> float:
        """How likely a claim with these features is one that a reader would mark, its source and cue too."""
        return 1 / (1 + math.exp(-self.constant - sum(self.features.get(name, 0.0) for name in found)))


def load_weights(path: Path | None = None) -> ClaimWeights:
    """Read the weights (by default the shipped English ones); DataError if the file is not what it should be."""
    where = path or default_path("attribution_weights.json")
    try:
        table = json.loads(where.read_text(encoding="utf-8"))
        weights = {str(k): float(v) for k, v in table["features"].items()}
        return ClaimWeights(str(table["model"]), float(table["constant"]), float(table["floor"]), weights)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{where.name}: not a table of weights: {error}") from error


def chosen(claims: tuple[Claim, ...], story: Story, parse: Parse, weights: ClaimWeights) -> tuple[Claim, ...]:
    """Return the claims to list, in text order: from the likeliest on, each whose content overlaps none taken before.

    >>> from dateline.frames.attribution import find_claims, load_attribution
    >>> from dateline.parse import load_parser, plain_story
    >>> story = plain_story("The radio said the rebels had promised to leave.")
    >>> parse = load_parser()(story)
    >>> claims = find_claims(story, parse, load_attribution())
    >>> [c.cue_lemma for c in claims], [c.cue_lemma for c in chosen(claims, story, parse, load_weights())]
    (['say', 'promise'], ['say'])
    """
    chances = [weights.chance(found) for found in described(claims, story, parse)]
    taken: list[int] = []
    for i in sorted(range(len(claims)), key=lambda i: (-chances[i], i)):
        if chances[i] < weights.floor:
            break
        if not any(a.overlaps(b) for j in taken for a in claims[i].content for b in claims[j].content):
            taken.append(i)
    return tuple(claims[i] for i in sorted(taken))


def described(claims: tuple[Claim, ...], story: Story, parse: Parse) -> list[list[str]]:
    """The names of the features that hold of each claim."""
    quotes = find_quotes(story)
    outer = {id(claim) for claim in outermost(claims)}
    return [_features(claim, story, parse, quotes) + (["outermost"] if id(claim) in outer else []) for claim in claims]


def _features(claim: Claim, story: Story, parse: Parse, quotes: tuple[Quote, ...]) -> list[str]:
    head = _head(claim, parse)
    found = [f"group={claim.rules[0].split('/')[1]}", _shape(claim, head), f"source={_source(claim, parse)}"]
    if head is not None:
        role = head.dep if head.dep in _ROLES else "relative" if head.dep.endswith("relcl") else "other"
        found.append(f"role={role}")
        if head.upos == "VERB":
            found.append(f"form={head.xpos}")
    around = quote_around(quotes, claim.cue[0].start) if claim.cue else None
    if around is not None and not around.single:
        found.append("quoted")
    if len(claim.cue) > 1:
        found.append("parted")
    words = len(story.text[claim.content[0].start : claim.content[-1].end].split())
    found.append("words=" + next((name for most, name in _LENGTHS if words <= most), "more"))
    return found


def _head(claim: Claim, parse: Parse) -> Token | None:
    """The main word of the cue."""
    if claim.cue_lemma is None:
        return None
    inside = (t for t in parse.sentences[claim.sentence].tokens if any(s.start <= t.start < s.end for s in claim.cue))
    lemma = claim.cue_lemma.split()[0]
    return next((t for t in inside if t.lemma == lemma), None)


def _shape(claim: Claim, head: Token | None) -> str:
    if claim.cue_lemma is None:
        return "shape=label"
    content = next((r.rsplit("/", 1)[1] for r in claim.rules if r.startswith("cues/content/")), None)
    if content is None:
        return _KINDS.get(head.upos if head is not None else "", "shape=phrase")
    return "shape=predicated" if content in _PREDICATED else f"shape={content}"


def _source(claim: Claim, parse: Parse) -> str:
    """What kind of word the source is: nobody, "I" or "you", "it", a person's pronoun, a name, a noun."""
    if not claim.source or claim.source_head is None:
        return "none"
    head = parse.sentences[claim.source_head[0]].tokens[claim.source_head[1]]
    word = head.text.lower()
    for words, kind in ((_US, "us"), (_IT, "it"), (_THEY, "they")):
        if word in words:
            return kind
    if any(e.span.start <= head.start < e.span.end for e in parse.entities):
        return "name"
    return "noun" if head.upos == "NOUN" else "other"
