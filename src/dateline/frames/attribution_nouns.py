"""Nouns and adjectives that attribute: "the claim that P", "his refusal to go", "they are sure that P"."""

from __future__ import annotations

from dateline.frames.attribution_cues import AttributionCues
from dateline.frames.attribution_sources import Draft, controller, cue_tokens, lead_in
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
            content, extra = _is_that(s, n)
        if not content:
            continue
        giver = _giver(s, n, cues)
        source = _noun_source(s, n, content, giver)
        if source is None and not extra:
            source = _named(s, n)
        if source is None:
            continue
        draft = Draft(s, sense, n, {n} | extra | _before(s, n), content, lemma=tokens[n].lemma)
        if giver is not None and source == controller(s, giver) and n - giver <= 8:
            draft.cue |= cue_tokens(s, giver) | set(range(giver, n))
        draft.source_head = source
        draft.source = phrase(s, source) - draft.cue - content
        draft.cue -= draft.source | content
        return draft
    return None


def holder_draft(s: Sentence, n: int, cues: AttributionCues) -> Draft | None:
    """Match who holds a stance, said of somebody: "she is a vocal critic of Y"."""
    tokens = s.tokens
    for sense in cues.holders[tokens[n].lemma]:
        of = [
            k for k in s.children[n] if k > n and tokens[k].dep.startswith("nmod") and _case(s, k) in sense.prepositions
        ]
        if not of:
            continue
        case = s.child(of[0], "case")
        copula = s.child(n, "cop")
        source = s.child(n, "nsubj")
        if copula is None or source is None or case is None or source > copula:
            return None
        content = set(s.subtree(of[0])) - {case}
        cue = set(range(copula, n + 1)) | {k for k in s.children[n] if tokens[k].dep == "aux"} | {case}
        draft = Draft(s, sense, n, cue - content, content, lemma=tokens[n].lemma)
        draft.source_head = source
        draft.source = phrase(s, source, cut=[n]) - draft.cue - content
        return draft
    return None


def _is_that(s: Sentence, n: int) -> tuple[set[int], set[int]]:
    """The clause a noun is said to be, and the verb between them: "her hope is | that the port reopens"."""
    token = s.tokens[n]
    if token.dep not in ("nsubj", "nsubj:outer") or token.head < n:
        return set(), set()
    copula = next((k for k in s.children[token.head] if s.tokens[k].dep == "cop" and n < k < token.head), None)
    mark = next((k for k in s.children[token.head] if s.tokens[k].dep == "mark" and k < token.head), None)
    if copula is None or mark is None or copula > mark or s.tokens[mark].text.lower() not in ("that", "to"):
        return set(), set()
    return {k for k in s.subtree(token.head) if k >= mark}, {copula}


def _giver(s: Sentence, n: int, cues: AttributionCues) -> int | None:
    """The verb that only lends a noun its subject: "made" a promise, "raised" questions; None where there is none."""
    token = s.tokens[n]
    if token.dep != "obj" or token.head < 0 or s.tokens[token.head].lemma not in cues.light_verbs:
        return None
    return token.head


def _before(s: Sentence, n: int) -> set[int]:
    """The adjectives directly before a noun: "vocal" criticism."""
    out: set[int] = set()
    for i in range(n - 1, -1, -1):
        if s.tokens[i].head != n or s.tokens[i].dep != "amod" or s.children[i]:
            break
        out.add(i)
    return out


def _case(s: Sentence, k: int) -> str:
    case = s.child(k, "case")
    return "" if case is None else s.tokens[case].text.lower()


def _noun_source(s: Sentence, n: int, content: set[int], giver: int | None) -> int | None:
    owner = s.child(n, "nmod:poss")
    if owner is not None:
        subject = None if giver is None else controller(s, giver)
        return owner if subject is None or s.tokens[owner].upos != "PRON" else subject  # "he kept his promise"
    for k in s.children[n]:
        if k in content or not s.tokens[k].dep.startswith("nmod"):
            continue
        case = s.child(k, "case")
        if case is not None and s.tokens[case].text.lower() in ("by", "from", "among"):
            return k
    return None if giver is None else controller(s, giver)


def _named(s: Sentence, n: int) -> int | None:
    """The name before a noun with a clause: "an Interior Ministry demand that", "German reluctance to"."""
    names = [k for k in s.children[n] if k < n and s.tokens[k].dep in ("compound", "amod", "nmod:poss") and k > 0]
    return next((k for k in reversed(names) if s.tokens[k].text[:1].isupper()), None)


def adjective_draft(s: Sentence, a: int, cues: AttributionCues) -> Draft | None:
    """Match a predicate adjective: "S is sure that P", "S is willing to VP", "it is clear that P"."""
    tokens = s.tokens
    participle = tokens[a].upos == "VERB"
    if participle and (s.child(a, "obj", "obl:agent") is not None or s.child(a, "ccomp") is None):
        return None
    be = s.child(a, "aux:pass" if participle else "cop")
    if be is None and tokens[a].dep not in ("xcomp", "acl", "advcl", "conj"):
        return None
    for sense in cues.adjectives[tokens[a].text.lower() if participle else tokens[a].lemma]:
        content: set[int] = set()
        extra: set[int] = set()
        if sense.under:
            if tokens[a].dep != "xcomp" or tokens[tokens[a].head].lemma not in sense.under:
                continue
            extra = cue_tokens(s, tokens[a].head)
            content = {i for k in s.childs(tokens[a].head, "ccomp", "csubj") if k > a for i in s.subtree(k)}
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
            | lead_in(s, a, cues)
            | {
                k
                for k in s.children[a]
                if tokens[k].dep in ("cop", "aux", "aux:pass") or tokens[k].lemma in ("not", "n't")
            }
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
