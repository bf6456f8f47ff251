"""Nouns and adjectives that attribute: "the claim that P", "his refusal to go", "they are sure that P"."""

from __future__ import annotations

from dateline.frames.attribution_cues import AttributionCues
from dateline.frames.attribution_sources import Draft, controller
from dateline.frames.attribution_spans import phrase
from dateline.model import Sentence


def noun_draft(s: Sentence, n: int, cues: AttributionCues) -> Draft | None:
    """Match a noun with a clause ("that P", "to VP") or with one of its prepositions; None without content."""
    tokens = s.tokens
    for sense in cues.nouns[tokens[n].lemma]:
        content: set[int] = set()
        extra: set[int] = set()
        by = [k for k in s.children[n] if k > n and tokens[k].dep.startswith("nmod") and _case(s, k) in ("by", "from")]
        for k in (*s.children[n], *(c for b in by for c in s.children[b] if tokens[c].dep.startswith("acl"))):
            token = tokens[k]
            if k < n:
                continue
            if token.dep in ("acl", "ccomp", "acl:relcl"):
                mark = next((tokens[c].text.lower() for c in s.children[k] if tokens[c].dep == "mark"), "")
                if token.head in by:  # "accusations from a woman that …"
                    if mark == "that" and s.child(k, "nsubj") is not None:
                        content = set(s.subtree(k))
                elif (
                    (mark in ("that", "whether") and token.dep != "acl:relcl")
                    or (mark == "to" and "inf" in sense.shapes and sense.group in ("commitment", "request"))
                    or (mark in sense.prepositions and mark)
                ):
                    content = set(s.subtree(k))
            elif token.dep.startswith("nmod") and token.dep != "nmod:poss" and not content:
                case = s.child(k, "case")
                if case is not None and tokens[case].text.lower() in sense.prepositions:
                    content, extra = set(s.subtree(k)) - {case}, {case}
        if not content:
            continue
        source = _noun_source(s, n, content)
        if source is None and tokens[n].dep != "obj":
            continue
        draft = Draft(s, sense, n, {n} | extra, content, lemma=tokens[n].lemma)
        if source is not None:
            draft.source_head = source
            draft.source = phrase(s, source) - draft.cue - content
            return draft
        return None
    return None


def _case(s: Sentence, k: int) -> str:
    case = s.child(k, "case")
    return "" if case is None else s.tokens[case].text.lower()


def _noun_source(s: Sentence, n: int, content: set[int]) -> int | None:
    owner = s.child(n, "nmod:poss")
    if owner is not None:
        return owner
    for k in s.children[n]:
        if k in content or not s.tokens[k].dep.startswith("nmod"):
            continue
        case = s.child(k, "case")
        if case is not None and s.tokens[case].text.lower() in ("by", "from"):
            return k
    token = s.tokens[n]
    if token.dep == "obj" and token.head >= 0 and s.tokens[token.head].lemma in (
        "make", "issue", "give", "express", "have", "voice", "take", "offer", "hold", "repeat", "renew", "raise",
    ):  # fmt: skip
        return controller(s, token.head)
    return None


def adjective_draft(s: Sentence, a: int, cues: AttributionCues) -> Draft | None:
    """Match a predicate adjective: "S is sure that P", "S is willing to VP", "it is clear that P"."""
    tokens = s.tokens
    if s.child(a, "cop") is None and tokens[a].dep not in ("xcomp", "acl", "advcl", "conj"):
        return None
    for sense in cues.adjectives[tokens[a].lemma]:
        content: set[int] = set()
        extra: set[int] = set()
        for k in s.children[a]:
            token = tokens[k]
            if token.dep in ("ccomp", "csubj") or (
                token.dep in ("xcomp", "advcl") and k > a and sense.group != "seeming"
            ):
                if token.dep == "advcl":
                    mark = s.child(k, "mark")
                    if mark is None or tokens[mark].text.lower() not in ("that", *sense.prepositions):
                        continue
                content = set(s.subtree(k))
            elif token.dep == "obl" and k > a and not content:
                case = s.child(k, "case")
                if case is not None and tokens[case].text.lower() in sense.prepositions:
                    content, extra = set(s.subtree(k)) - {case}, {case}
        if not content:
            continue
        cue = (
            {a}
            | extra
            | {k for k in s.children[a] if tokens[k].dep in ("cop", "aux") or tokens[k].lemma in ("not", "n't")}
        )
        draft = Draft(s, sense, a, cue, content - cue, lemma=tokens[a].lemma)
        if sense.group != "seeming":
            head = controller(s, a)
            if head is None:
                return None
            draft.source_head = head
            draft.source = phrase(s, head) - cue - content
        return draft
    return None
