"""Attributions without a reporting verb: "according to X", "reportedly", headline ends, labels of a transcript."""

from __future__ import annotations

from dateline.frames.attribution_cues import AttributionCues, Sense
from dateline.frames.attribution_sources import Draft
from dateline.frames.attribution_spans import phrase, subtree_without, that_clause
from dateline.model import Sentence


def phrase_drafts(s: Sentence, cues: AttributionCues) -> list[Draft]:
    """Drafts for the prepositional and adverbial cues of one sentence."""
    out: list[Draft] = []
    for token in s.tokens:
        word = token.text.lower()
        if word == "according":
            draft = _according(s, token.index, cues)
        elif token.upos == "ADV" and word in cues.adverbs:
            draft = _adverb(s, token.index, cues.adverbs[word])
        elif token.dep.startswith("obl"):
            draft = _oblique(s, token.index, cues)
        else:
            continue
        if draft is not None and draft.content:
            out.append(draft)
    return out


def _according(s: Sentence, i: int, cues: AttributionCues) -> Draft | None:
    tokens = s.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].text.lower() != "to" or "according to" not in cues.sources_after:
        return None
    if tokens[i].dep in ("case", "mark"):
        source = tokens[i].head
        top = source
    else:
        below = [k for k in s.children[i] if tokens[k].dep.split(":", 1)[0] in ("obl", "obj", "nmod")]
        if not below:
            return None
        source, top = below[0], i
    rule = cues.sources_after["according to"]
    sense = Sense(rule, "report", frozenset())
    content, edge = _clause_around(s, top)
    cue = {i, i + 1}
    names = phrase(s, source) - cue
    return Draft(s, sense, i, cue, content - names - cue, names, source, "according to", edge=edge)


def _clause_around(s: Sentence, top: int) -> tuple[set[int], bool]:
    """The clause an adverbial talks about: the whole sentence if it stands at its edge, else what it hangs on."""
    tokens = s.tokens
    under = [i for i in s.subtree(top) if tokens[i].upos != "PUNCT"] or [top]
    first, last = under[0], under[-1]
    words = [t.index for t in tokens if t.upos != "PUNCT"]
    head = tokens[top].head
    if head < 0:
        return set(), False
    at_edge = first <= words[0] or (last >= words[-1] and first > 0 and tokens[first - 1].upos == "PUNCT")
    if at_edge and first > words[0]:
        return set(range(first)), True
    if at_edge:
        head = s.root
    elif tokens[head].upos not in ("VERB", "AUX") and not s.childs(head, "cop", "nsubj"):
        while tokens[head].head >= 0 and tokens[head].dep.split(":", 1)[0] in ("nmod", "obl", "obj", "nsubj", "appos"):
            head = tokens[head].head
    while not at_edge and tokens[head].dep == "xcomp" and s.child(head, "nsubj") is None:
        head = tokens[head].head  # "continues to lead in the polls"
    return subtree_without(s, head, [top]), at_edge


def _adverb(s: Sentence, i: int, rule: str) -> Draft | None:
    head = s.tokens[i].head
    if head < 0:
        return None
    content = subtree_without(s, head, [i])
    return Draft(s, Sense(rule, "report", frozenset()), i, {i}, content, lemma=s.tokens[i].text.lower())


def _oblique(s: Sentence, i: int, cues: AttributionCues) -> Draft | None:
    token = s.tokens[i]
    case = s.child(i, "case")
    if case is None:
        return None
    preposition = s.tokens[case].text.lower()
    for row in cues.phrases:
        if token.lemma not in row.nouns or preposition not in row.prepositions:
            continue
        owner = s.child(i, "nmod:poss")
        if row.group == "belief":
            if owner is None:
                return None
            names = phrase(s, owner)
            cue = {case, i}
            source: int = owner
        else:
            names, cue, source = phrase(s, i) - {case}, {case}, i
        content, _ = _clause_around(s, i)
        return Draft(
            s, Sense(row.rule, row.group, frozenset()), i, cue, content - names - cue, names, source, token.lemma
        )
    return None


def cited(s: Sentence, drafts: list[Draft], cues: AttributionCues) -> list[Draft]:
    """Drafts for "A reported P, citing B": B as a source of P, besides A's claim that it cites B."""
    out: list[Draft] = []
    for token in s.tokens:
        if token.lemma not in cues.chain or token.xpos != "VBG":
            continue
        whom = s.child(token.index, "obj")
        if whom is None:
            continue
        own = next((d for d in drafts if d.head == token.index), None)  # that somebody cites them is a claim too
        above = own.source_head if own is not None else token.head
        reports = [d for d in drafts if d is not own and d.sense.group == "report" and above in (d.source_head, d.head)]
        reports = [d for d in reports if d.source_head is not None]
        if above is None or not reports:
            continue
        report = min(reports, key=lambda d: abs(d.head - token.index))
        cue = {token.index} if own is None else set(own.cue)
        apart = [k for k in s.children[whom] if k in report.content and that_clause(s, k)]  # "citing B, that P"
        names = phrase(s, whom, cut=apart)
        content = report.content - names - cue
        if own is not None:
            for k in apart:
                own.content -= set(s.subtree(k))
            content -= own.content
        sense = Sense("cues/report/citing", "report", frozenset())
        out.append(Draft(s, sense, token.index, cue, content, names, whom, token.lemma))
    return out
