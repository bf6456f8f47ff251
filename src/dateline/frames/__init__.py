"""Predicates with their arguments, attributions, and the stance of the story towards every predicate."""

from __future__ import annotations

from dateline.frames.attribution import find_claims, reporting_verbs
from dateline.frames.factuality import judge
from dateline.frames.predicates import build_clauses
from dateline.language import Language
from dateline.model import Frames, Mentions, Parse, Story
from dateline.rules.codebook import Codebook

__all__ = ["build_frames"]


def build_frames(story: Story, parse: Parse, mentions: Mentions, codebook: Codebook, language: Language) -> Frames:
    """The frames of every verb and of every noun and adjective the codebook knows, claims, and stances."""
    frames = build_clauses(parse, codebook.words, codebook.lemmas("noun"), codebook.lemmas("adj"))
    claims = find_claims(story, parse, language.attribution)
    stances = {
        (f.sentence, f.head): judge(
            parse.sentences[f.sentence],
            f.head,
            language.factuality,
            f.trigger,
            reporting_verbs(claims, parse.sentences[f.sentence], f.head),
        )
        for f in frames
        if codebook.rules_for(f.kind, f.lemma)
    }
    return Frames(frames, claims, stances)
