"""What was said, read off the words beside a reporting verb where the tree hangs it on something else."""

from __future__ import annotations

from dateline.frames.attribution_cues import Sense
from dateline.frames.attribution_kids import Kids
from dateline.frames.attribution_sources import Draft, cue_tokens, find_source, lead_in
from dateline.frames.attribution_spans import phrase
from dateline.model import Sentence

_TELLS = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG"})
_NEAR, _FAR = 10, 25  # words from the verb to the subject of what is said, or to its "that"
_MARKS = frozenset({",", "”", "''", '"', "’", "'"})


def stranded_draft(s: Sentence, v: int, kids: Kids, senses: tuple[Sense, ...], lemma: str) -> Draft | None:
    """A verb of saying without content in its tree: a "that" clause, the next clause, or all before it."""
    sense = next((x for x in senses if x.group in ("report", "belief") and {"clause", "quote"} <= x.shapes), None)
    if sense is None or kids.passive or kids.xcomp or kids.ccomp is not None or s.tokens[v].xpos not in _TELLS:
        return None
    if kids.obj is not None and not sense.addressee:
        return None
    token = s.tokens[v]
    document = token.head >= 0 and s.tokens[token.head].lemma in kids.cues.documents
    if token.xpos == "VBG" and token.dep == "acl" and s.tokens[v - 1].text != "," and not document:
        return None  # "workers protesting poor pay blocked a road"
    content = _that(s, v) or _next(s, v, told=sense.addressee)
    if not content and sense.group == "report" and token.lemma not in kids.cues.lead_ins:
        content = _before(s, v, kids.subj)
    if not content:
        return None
    draft = Draft(
        s, sense, v, cue_tokens(s, v) | lead_in(s, v, kids.cues), content, lemma=lemma, rule="cues/content/clause"
    )
    find_source(s, v, kids.subj, None, draft, kids.cues)
    draft.content -= draft.cue | draft.source
    return draft if draft.content and draft.source else None


def _that(s: Sentence, v: int) -> set[int]:
    """ "wrote in a filing | that …": the first "that" with a clause, unless another verb takes it."""
    tokens = s.tokens
    for i in range(v + 1, min(v + _FAR, len(tokens))):
        token = tokens[i]
        twice = token.dep == "obj" and len(s.childs(token.head, "obj")) > 1  # the verb has an object besides
        if token.text.lower() == "that" and (token.dep == "mark" or twice) and token.head > i:
            if s.child(token.head, "nsubj", "expl") is None or tokens[token.head].dep == "ccomp":
                return set()
            return {k for k in s.subtree(token.head) if k >= i}
        another = token.upos == "VERB" and token.xpos != "VBN" and token.dep in ("conj", "parataxis", "root")
        if another or token.text in (";", ":"):
            return set()
    return set()


def _next(s: Sentence, v: int, *, told: bool) -> set[int]:
    """ "said | the plan would fail": the clause whose subject comes next, wherever the tree hangs it.

    ``told`` says that somebody told may stand between ("told the forum he was ill").
    """
    tokens = s.tokens
    for k in range(v + 1, min(v + _NEAR, len(tokens))):
        if tokens[k].text in (",", ";", ":") or tokens[k].upos in ("SCONJ", "VERB", "AUX", "CCONJ"):
            return set()
        if tokens[k].xpos in ("WDT", "WP"):
            return set()
        if tokens[k].dep == "nsubj" and tokens[k].head == v and s.child(v, "nsubj") != k:
            return {i for i in s.subtree(v) if i >= min(s.subtree(k))}  # the second subject of one verb
        if tokens[k].dep.startswith(("nsubj", "expl")) and tokens[k].head > k:
            start = min(i for i in s.subtree(k) if i > v)
            if start != v + 1 and not (told or tokens[start - 1].text in "“\"‘'``"):
                return set()
            return {i for i in s.subtree(tokens[k].head) if i >= start}
    return set()


def _before(s: Sentence, v: int, subject: int | None) -> set[int]:
    """ "…, the minister said.": all before, where nothing follows the verb but when and where it was said."""
    if subject is None or subject > v:
        return set()
    tokens = s.tokens
    after = [t for t in tokens[v + 1 :] if t.upos != "PUNCT"]
    if any(t.upos == "VERB" for t in after) or len(after) > 6:
        return set()
    core = phrase(s, subject) | cue_tokens(s, v)
    first = min(i for i in core if tokens[i].upos != "PUNCT")
    if first < 3 or tokens[first - 1].text not in _MARKS:
        return set()  # "Hopefully, they said"
    return set(range(first))
