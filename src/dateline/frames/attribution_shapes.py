"""What a cue governs: the content and the source of a verb, adjective or noun, read off the tree."""

from __future__ import annotations

from dateline.frames.attribution_cues import AttributionCues, Sense
from dateline.frames.attribution_interrupted import other_side, quote, relative, set_off
from dateline.frames.attribution_kids import Kids, head_marker
from dateline.frames.attribution_sources import (
    Draft,
    contrasted,
    cue_tokens,
    find_source,
    is_clause,
    lead_in,
    strays,
)
from dateline.frames.attribution_spans import phrase, subtree_without, that_clause
from dateline.frames.attribution_stranded import stranded_draft
from dateline.model import Sentence

_DESCRIBES = frozenset({"object", "object+is", "object+to", "object+of", "preposition"})


def verb_draft(s: Sentence, v: int, senses: tuple[Sense, ...], lemma: str, cues: AttributionCues) -> Draft | None:
    """Match the verb at ``v`` against its senses; return the first shape that finds content, or None."""
    kids = Kids(s, v, cues)
    if any("moves" in sense.shapes for sense in senses) and (moved := _moved(s, v, kids, senses, lemma)) is not None:
        return moved
    senses = tuple(sense for sense in senses if "moves" not in sense.shapes)
    for shape in _ORDER:
        for sense in senses:
            if sense.objects and (kids.obj is None or s.tokens[kids.obj].lemma not in sense.objects):
                continue
            if shape == "preposition":
                found = _preposition(s, v, kids, sense) if sense.prepositions else None
            elif shape in sense.shapes:
                found = _FINDERS[shape](s, v, kids, sense)
            else:
                continue
            if found is None:
                continue
            content, extra = found
            draft = Draft(
                s,
                sense,
                v,
                cue_tokens(s, v) | extra | lead_in(s, v, cues),
                content,
                lemma=lemma,
                passive=kids.passive,
                rule=f"cues/content/{shape}",
            )
            find_source(s, v, kids.subj, kids.agent, draft, cues)
            if sense.group in ("report", "belief"):
                draft.content |= other_side(s, v, draft)
            draft.content -= draft.cue | draft.source
            if not draft.content or _unattributed(s, draft, shape):
                return None
            return draft
    return stranded_draft(s, v, kids, senses, lemma)


def _unattributed(s: Sentence, draft: Draft, shape: str) -> bool:
    """ "A firm called X", "talks focused on Y": a participle that only describes its noun, with nobody named.

    Not "a man accused of theft", "miners believed to be trapped", "a case reported in May": somebody does.
    """
    token, group = s.tokens[draft.head], draft.sense.group
    if token.dep != "acl" or token.xpos != "VBN" or draft.source_head is not None or shape not in _DESCRIBES:
        return False
    return group not in ("accusation", "belief") and (group, shape) != ("report", "object")


def _moved(s: Sentence, v: int, kids: Kids, senses: tuple[Sense, ...], lemma: str) -> Draft | None:
    """What stirs somebody: "the vote worries Y", "Y was angered by the vote"; whoever is stirred is the source."""
    sense = next(x for x in senses if "moves" in x.shapes)
    if kids.subj is None or kids.ccomp is not None:
        return None
    who, what, extra = kids.obj, kids.subj, set[int]()
    if kids.passive:
        who = kids.subj
        cases = [(kids.agent, "by")] if kids.agent is not None else [x for x in kids.obl if x[1] in sense.prepositions]
        if not cases or cases[0][0] is None:
            return None
        what = cases[0][0]
        extra = {c for c in s.children[what] if s.tokens[c].dep == "case"}
    if who is None or what is None or s.tokens[who].text.lower().endswith(("self", "selves")):
        return None
    draft = Draft(
        s, sense, v, cue_tokens(s, v) | extra | lead_in(s, v, kids.cues), set(), lemma=lemma, rule="cues/content/moves"
    )
    draft.source_head, draft.source = who, phrase(s, who) - draft.cue
    draft.content = (set(s.subtree(what)) if kids.passive else _subject(s, what)) - draft.cue - draft.source
    relative = s.tokens[what].xpos in ("WDT", "WP") and not kids.passive
    if relative and (found := _antecedent(s, v)) is not None:
        draft.content = found[0] - draft.cue - draft.source
    return draft if draft.content else None


# --- shapes -----------------------------------------------------------------------------------------------------

Found = tuple[set[int], set[int]] | None


def _tail(s: Sentence, v: int, kids: Kids, after: int, markers: frozenset[str]) -> set[int]:
    """What follows the content and hangs on the cue though it is part of what is said: "opposes tests in all cases"."""
    out: set[int] = set()
    if after < v:
        return out
    for k, marker in (*kids.obl, *kids.advcl):
        if (
            k > after
            and marker in markers
            and not (marker == "as" and s.child(k, "nsubj") is not None)  # when it was said, not what
            and not (
                marker in kids.cues.contrasts and s.tokens[k].lemma in kids.cues.verbs and contrasted(s, k, kids.cues)
            )
            and not _time(s, k, kids.cues)
            and s.tokens[k].lemma not in kids.cues.venues
        ):
            out.update(s.subtree(k))
    return out


def _time(s: Sentence, k: int, cues: AttributionCues) -> bool:
    token = s.tokens[k]
    return token.dep.endswith(("unmarked", "tmod")) or token.lemma.lower() in cues.times


def _clause(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    if kids.ccomp is not None:
        content = subtree_without(s, kids.ccomp, strays(s, v, kids.ccomp, kids.cues))
        if kids.aside is not None and kids.subj is not None:
            return (content | set(s.subtree(kids.aside))) - set(s.subtree(kids.subj)), set()
        told = sense.addressee or sense.group not in ("report", "evidence", "belief")
        if kids.obj is not None and v < kids.obj < kids.ccomp and not told:
            content.update(s.subtree(kids.obj))  # the clause's subject, taken for an object
        for k in s.children[v]:
            if k > kids.ccomp > v and s.tokens[k].dep in ("ccomp", "xcomp", "obj", "nsubj"):
                content.update(s.subtree(k))  # the rest of a clause the tree broke in two
        return content | _tail(s, v, kids, kids.ccomp, kids.cues.reasons), set()
    if kids.passive and kids.subj is not None and kids.xcomp and not sense.addressee:
        return _subject(s, kids.subj) | set(s.subtree(kids.xcomp[0])), set()
    if sense.group == "report" and (clause := _displaced(s, v, kids, sense)) is not None:
        return set(s.subtree(clause)), set()
    return None


def _displaced(s: Sentence, v: int, kids: Kids, sense: Sense) -> int | None:
    """A clause with "that" which the tree hangs on a word between it and its verb: "said in a statement that …"."""
    cues = kids.cues
    over = [k for k, case in kids.obl if case == "to" or s.tokens[k].lemma in cues.documents]
    over += [k for k, case in kids.obl if case in ("at", "during") and s.tokens[k].lemma in cues.venues]
    if sense.addressee:  # "told the daily that"
        over += [k for k in (kids.obj, kids.iobj) if k is not None]
    if kids.subj is not None and kids.subj < v:
        over.append(kids.subj)
    for k, _ in kids.advcl:  # "reported, citing officials, that"
        if s.tokens[k].lemma in cues.chain and s.tokens[k].xpos == "VBG":
            over += s.childs(k, "obj")
    return next(
        (
            c
            for k in over
            for c in s.children[k]
            if c > max(k, v) and s.tokens[c].dep.startswith("acl") and that_clause(s, c)
        ),
        None,
    )


def _to(kids: Kids, after: int) -> list[int]:
    """The infinitives under a verb; one that words part from it hangs there as a purpose: "declined for years to say"."""
    return kids.xcomp or [k for k, mark in kids.advcl if mark == "to" and k > after]


def _infinitive(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    for k in _to(kids, v) if sense.group == "commitment" and kids.obj is None and not kids.passive else kids.xcomp:
        if is_clause(s, k):
            if kids.passive and kids.subj is not None:
                return _subject(s, kids.subj) | set(s.subtree(k)), set()
            if kids.obj is not None and not sense.addressee:
                return None
            return set(s.subtree(k)), set()
    return None


def _object(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    if sense.addressee:
        return None
    if kids.passive:
        return (_subject(s, kids.subj), set()) if kids.subj is not None else _antecedent(s, v)
    if kids.obj is not None:
        if kids.obj < v and s.tokens[kids.obj].upos == "PRON" and s.tokens[kids.obj].xpos in ("WDT", "WP"):
            return _antecedent(s, v) or ({kids.obj}, set())
        if s.tokens[kids.obj].text.lower().endswith(("self", "selves")):
            return None
        content = set(s.subtree(kids.obj)) | _tail(s, v, kids, kids.obj, kids.cues.tight)
        for k in (*kids.xcomp, *([kids.ccomp] if kids.ccomp is not None else [])):
            if k > kids.obj > v and sense.group in ("report", "belief", "evidence"):
                content.update(s.subtree(k))  # the rest of a clause whose subject the tree took for an object
        if sense.group == "evidence":  # "shows the mayor | ahead | by six points"
            ahead = [k for k in s.childs(v, "advmod", "compound:prt") if k > kids.obj]
            ahead += [k for k, case in kids.obl if ahead and case == "by" and k > kids.obj]
            content.update(i for k in ahead for i in s.subtree(k))
        return content, set()
    if s.tokens[v].dep == "acl:relcl" and kids.subj is not None and not (set_off(s, v) and relative(s, v) is None):
        return _antecedent(s, v)
    return None


def _object_infinitive(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    for k in _to(kids, kids.obj) if sense.group == "request" and kids.obj is not None else kids.xcomp:
        if not is_clause(s, k):
            continue
        if kids.obj is not None:
            return set(s.subtree(kids.obj)) | set(s.subtree(k)), set()
        if kids.passive and kids.subj is not None:
            return _subject(s, kids.subj) | set(s.subtree(k)), set()
    if kids.passive and kids.subj is None and kids.xcomp:
        return (_antecedent(s, v) or (set(), set()))[0] | set(s.subtree(kids.xcomp[0])), set()
    return None


def _object_with(s: Sentence, v: int, kids: Kids, prepositions: tuple[str, ...]) -> Found:
    subject = kids.subj if kids.passive else kids.obj
    tails = [k for k, case in (*kids.obl, *kids.advcl) if case in prepositions]
    tails += [
        k for k in (*kids.xcomp, *([kids.ccomp] if kids.ccomp is not None else [])) if head_marker(s, k) in prepositions
    ]
    if kids.obj is not None and not kids.passive:
        tails += [
            k
            for k in s.children[kids.obj]
            if s.tokens[k].dep.startswith(("nmod", "acl")) and head_marker(s, k) in prepositions
        ]
    if not tails:
        return None
    if subject is None:
        base = (_antecedent(s, v) or (set(), set()))[0]
    else:
        base = _subject(s, subject) if kids.passive else set(s.subtree(subject))
    if not base:
        return None
    for k in tails:
        base |= set(s.subtree(k))
    return base | _tail(s, v, kids, max(tails), kids.cues.tight), set()


def _object_of(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    return _object_with(s, v, kids, ("of",))


def _object_for(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    return _object_with(s, v, kids, ("for", "over"))


def _object_to(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    return _object_with(s, v, kids, ("to", "with"))


def _object_as(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    return _object_with(s, v, kids, ("as", "like"))


def _object_is(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    for k in kids.xcomp:
        if kids.obj is not None:
            return set(s.subtree(kids.obj)) | set(s.subtree(k)) | _tail(s, v, kids, k, kids.cues.reasons), set()
        if kids.passive:
            base = _subject(s, kids.subj) if kids.subj is not None else (_antecedent(s, v) or (set(), set()))[0]
            return base | set(s.subtree(k)), set()
        if s.tokens[v].dep == "acl:relcl":
            return (_antecedent(s, v) or (set(), set()))[0] | set(s.subtree(k)), set()
    if kids.ccomp is not None and not kids.passive:
        return set(s.subtree(kids.ccomp)), set()
    if kids.obj is not None and not kids.passive and kids.iobj is not None:
        both = set(s.subtree(kids.iobj)) | set(s.subtree(kids.obj))
        return both | _tail(s, v, kids, max(kids.iobj, kids.obj), kids.cues.reasons), set()
    if kids.obj is not None and not kids.passive and sense.group == "stance":
        if any(case == "for" for _, case in (*kids.obl, *kids.advcl)):
            return None  # "denounced Y for Z"
        return set(s.subtree(kids.obj)), set()
    return None


def _preposition(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    for k, case in kids.obl:
        if case in sense.prepositions and not (sense.group == "report" and s.tokens[k].lemma in kids.cues.venues):
            found = _complement(s, v, k, kids)
            if found is not None:
                found[0].update(_tail(s, v, kids, k, kids.cues.tight))
            if found is not None and sense.group == "request":  # "calls on Y to VP"
                found[0].update(i for x, mark in kids.advcl if mark == "to" and x > k for i in s.subtree(x))
            return found
    for k, mark in (*kids.advcl, *((x, head_marker(s, x)) for x in kids.xcomp)):
        if mark in sense.prepositions and mark:
            return _complement(s, v, k, kids)
    if kids.ccomp is not None and head_marker(s, kids.ccomp) in sense.prepositions:
        return _complement(s, v, kids.ccomp, kids)
    return None


def _complement(s: Sentence, v: int, k: int, kids: Kids) -> Found:
    marks = {c for c in s.children[k] if s.tokens[c].dep in ("case", "mark") and c < k}
    first = {min(marks)} if marks else set()
    content = set(s.subtree(k)) - first
    content |= {i for x in kids.xcomp if x != k for i in s.subtree(x)}
    return content, first


def _raise(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    tail = kids.xcomp[0] if kids.xcomp else kids.ccomp
    if tail is None:
        return None
    if kids.expl or kids.subj is None:
        content = set(s.subtree(tail))
        return content | (set(s.subtree(kids.ccomp)) if kids.ccomp is not None and kids.ccomp > v else set()), set()
    return _subject(s, kids.subj) | set(s.subtree(tail)), set()


def _subject(s: Sentence, k: int) -> set[int]:
    return phrase(s, k) if s.tokens[k].upos not in ("VERB", "AUX") else set(s.subtree(k))


def _antecedent(s: Sentence, v: int) -> Found:
    token = s.tokens[v]
    if token.dep.startswith("acl") and token.head >= 0:
        return phrase(s, token.head, cut=[v]), set()
    return None


_ORDER = (
    "clause", "raise", "object+of", "object+as", "object+to", "object+is", "object+for", "object+inf", "inf", "preposition", "object", "quote",
)  # fmt: skip
_FINDERS = {
    "clause": _clause,
    "quote": quote,
    "inf": _infinitive,
    "object": _object,
    "object+inf": _object_infinitive,
    "object+as": _object_as,
    "object+of": _object_of,
    "object+to": _object_to,
    "object+for": _object_for,
    "object+is": _object_is,
    "raise": _raise,
}
