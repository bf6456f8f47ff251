"""What a cue governs: the content and the source of a verb, adjective or noun, read off the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.frames.attribution_cues import AttributionCues, Sense
from dateline.frames.attribution_spans import phrase, subtree_without
from dateline.model import Sentence

_LEFT_OF_VERB = frozenset({"aux", "aux:pass", "cop", "advmod", "compound:prt"})
_NOMINAL = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "appos", "conj", "flat", "compound"})
_REASONS = frozenset({"because", "if", "unless", "although", "though", "until", "while"})
_TIGHT = frozenset(
    {"in", "on", "with", "to", "from", "for", "as", "of", "against", "about", "toward", "towards", "over", "because", "if"}
)
_VENUES = frozenset(
    """statement interview speech rally news conference tweet letter email memo post message twitter facebook debate event
    report article briefing address appearance session meeting hearing column podcast video television show radio stop""".split()
)
_TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december today yesterday tomorrow day week month year night morning evening afternoon hour minute
    weekend summer spring autumn fall winter""".split()
)
_COMMAS = frozenset({",", "—", "–", "--", "-"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NAMELIKE = frozenset({"flat", "appos", "compound", "nmod", "amod", "det", "nummod", "case"})


@dataclass(slots=True)
class Draft:
    """A claim in the making, all in token indices of one sentence."""

    sentence: Sentence
    sense: Sense
    head: int  # the cue's main word
    cue: set[int]
    content: set[int]
    source: set[int] = field(default_factory=set)
    source_head: int | None = None
    lemma: str = ""
    passive: bool = False
    rule: str | None = None  # a second rule, for how the content was found
    edge: bool = False  # the attribution stands at the edge of its sentence and covers all of it


def verb_draft(s: Sentence, v: int, senses: tuple[Sense, ...], lemma: str) -> Draft | None:
    """Match the verb at ``v`` against its senses; return the first shape that finds content, or None."""
    kids = _Kids(s, v)
    for shape in _ORDER:
        for sense in senses:
            if shape == "preposition":
                found = _preposition(s, v, kids, sense) if sense.prepositions else None
            elif shape in sense.shapes:
                found = _FINDERS[shape](s, v, kids, sense)
            else:
                continue
            if found is None:
                continue
            content, extra = found
            draft = Draft(s, sense, v, cue_tokens(s, v) | extra, content, lemma=lemma, passive=kids.passive, rule=f"cues/content/{shape}")
            _find_source(s, v, kids, draft)
            draft.content -= draft.cue | draft.source
            if not draft.content:
                return None
            return draft
    return None


def released(drafts: list[Draft], cues: AttributionCues) -> list[Draft]:
    """Join "issued a statement" and "calling …" to one cue, and drop the statement as content of the issuing."""
    out = list(drafts)
    for draft in drafts:
        s, noun = draft.sentence, draft.sentence.tokens[draft.head].head
        token = s.tokens[draft.head]
        if not token.dep.startswith("acl") or noun < 0 or draft.passive or s.tokens[noun].lemma not in cues.documents:
            continue
        verb = s.tokens[noun].head
        if s.tokens[noun].dep != "obj" or verb < 0 or s.tokens[verb].lemma not in cues.release_verbs:
            continue
        issuer = controller(s, verb)
        if issuer is None:
            continue
        draft.cue |= cue_tokens(s, verb) | {noun} | {k for k in s.children[noun] if k < noun and not s.children[k]}
        draft.cue -= draft.content
        draft.source_head, draft.source = issuer, phrase(s, issuer) - draft.cue
        out = [d for d in out if d.head != verb]
    return out


def cue_tokens(s: Sentence, v: int) -> set[int]:
    """The cue with its auxiliaries, negation, particle and the adverbs that stand directly before it."""
    out = {v}
    for k in s.children[v]:
        token = s.tokens[k]
        if token.dep in ("aux", "aux:pass", "cop", "compound:prt"):
            out.add(k)
        elif token.dep == "advmod" and (token.lemma in ("not", "n't", "never") and k < v):
            out.add(k)
    low = min(out)
    left = v - 1
    while left >= 0 and (left > low or s.tokens[left].head == v):
        token = s.tokens[left]
        if token.head == v and token.dep == "advmod" and token.upos in ("ADV", "PART") and not s.children[left]:
            out.add(left)
        elif left not in out:
            break
        left -= 1
    return out


class _Kids:
    """The children of a verb, sorted by what the shapes ask for."""

    __slots__ = ("advcl", "agent", "ccomp", "expl", "iobj", "obj", "obl", "parataxis", "passive", "subj", "xcomp")

    def __init__(self, s: Sentence, v: int) -> None:
        self.subj: int | None = None
        self.obj: int | None = None
        self.iobj: int | None = None
        self.ccomp: int | None = None
        self.expl = False
        self.passive = False
        self.agent: int | None = None
        self.xcomp: list[int] = []
        self.obl: list[tuple[int, str]] = []
        self.advcl: list[tuple[int, str]] = []
        self.parataxis: list[int] = []
        for k in s.children[v]:
            dep = s.tokens[k].dep
            if dep in ("nsubj", "nsubj:outer"):
                self.subj = k if self.subj is None else self.subj
            elif dep in ("nsubj:pass", "csubj:pass"):
                self.subj, self.passive = k, True
            elif dep == "csubj":
                self.ccomp = k if self.ccomp is None else self.ccomp
            elif dep == "aux:pass":
                self.passive = True
            elif dep == "obj":
                if self.obj is not None:
                    self.iobj = self.obj
                self.obj = k
            elif dep == "iobj":
                self.iobj = k
            elif dep == "ccomp":
                if self.ccomp is None or s.tokens[self.ccomp].dep == "csubj":
                    self.ccomp = k
            elif dep == "xcomp":
                self.xcomp.append(k)
            elif dep.startswith("expl"):
                self.expl = True
            elif dep == "parataxis":
                self.parataxis.append(k)
            elif dep.startswith("obl"):
                case = _marker(s, k, "case")
                if dep == "obl:agent" or (case == "by" and self.passive):
                    self.agent = k
                else:
                    self.obl.append((k, case))
            elif dep.startswith("advcl"):
                self.advcl.append((k, _marker(s, k, "mark")))
        if self.obj is None and self.iobj is not None:
            self.obj, self.iobj = self.iobj, None
        token = s.tokens[v]
        if token.xpos == "VBN" and self.subj is None and (token.dep == "acl" or (token.dep == "advcl" and self.obj is None)):
            self.passive = not any(s.tokens[k].dep == "aux" for k in s.children[v])


def _marker(s: Sentence, k: int, dep: str) -> str:
    words = [s.tokens[c].text.lower() for c in s.children[k] if s.tokens[c].dep == dep]
    return words[0] if words else ""


# --- shapes -----------------------------------------------------------------------------------------------------

Found = tuple[set[int], set[int]] | None


def _tail(s: Sentence, v: int, kids: _Kids, after: int, markers: frozenset[str]) -> set[int]:
    """What follows the content and hangs on the cue though it is part of what is said: "opposes tests in all cases"."""
    out: set[int] = set()
    if after < v:
        return out
    for k, marker in (*kids.obl, *kids.advcl):
        if k > after and marker in markers and not is_time(s, k) and s.tokens[k].lemma not in _VENUES:
            out.update(s.subtree(k))
    return out


def is_time(s: Sentence, k: int) -> bool:
    """Whether a phrase is a time: "Monday", "on Tuesday", "last week"."""
    token = s.tokens[k]
    return token.dep.endswith(("unmarked", "tmod")) or token.lemma.lower() in _TIMES


def _clause(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    if kids.ccomp is not None:
        return set(s.subtree(kids.ccomp)) | _tail(s, v, kids, kids.ccomp, _REASONS), set()
    if kids.passive and kids.subj is not None and kids.xcomp and not sense.addressee:
        return _subject(s, kids.subj) | set(s.subtree(kids.xcomp[0])), set()
    return None


def _quote(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    token = s.tokens[v]
    if token.dep == "parataxis" and (kids.subj is not None or kids.agent is not None):
        return subtree_without(s, clause_of(s, token.head), [v]), set()
    if token.dep == "acl:relcl" and "clause" in sense.shapes and _set_off(s, v) and _relative(s, v) is None:
        return subtree_without(s, clause_of(s, token.head), [v]), set()
    for k in kids.parataxis:
        between = range(v + 1, k) if k > v else range(k + 1, v)
        if any(s.tokens[i].text in (":", ",", "“", '"', "‘", "”", "``", "''") for i in between):
            return set(s.subtree(k)), set()
    return None


def _infinitive(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    for k in kids.xcomp:
        if _is_clause(s, k):
            if kids.passive and kids.subj is not None:
                return _subject(s, kids.subj) | set(s.subtree(k)), set()
            if kids.obj is not None and not sense.addressee:
                return None
            return set(s.subtree(k)), set()
    return None


def _object(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    if sense.addressee:
        return None
    if kids.passive:
        return (_subject(s, kids.subj), set()) if kids.subj is not None else _antecedent(s, v)
    if kids.obj is not None:
        if s.tokens[kids.obj].upos == "PRON" and s.tokens[kids.obj].xpos in ("WDT", "WP"):
            return _antecedent(s, v) or ({kids.obj}, set())
        if s.tokens[kids.obj].text.lower().endswith(("self", "selves")):
            return None
        return set(s.subtree(kids.obj)) | _tail(s, v, kids, kids.obj, _TIGHT), set()
    if s.tokens[v].dep == "acl:relcl" and kids.subj is not None:
        return _antecedent(s, v)
    return None


def _object_infinitive(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    for k in kids.xcomp:
        if not _is_clause(s, k):
            continue
        if kids.obj is not None:
            return set(s.subtree(kids.obj)) | set(s.subtree(k)), set()
        if kids.passive and kids.subj is not None:
            return _subject(s, kids.subj) | set(s.subtree(k)), set()
    if kids.passive and kids.subj is None and kids.xcomp:
        return (_antecedent(s, v) or (set(), set()))[0] | set(s.subtree(kids.xcomp[0])), set()
    return None


def _object_with(s: Sentence, v: int, kids: _Kids, prepositions: tuple[str, ...]) -> Found:
    subject = kids.subj if kids.passive else kids.obj
    tails = [k for k, case in (*kids.obl, *kids.advcl) if case in prepositions]
    tails += [k for k in (*kids.xcomp, *([kids.ccomp] if kids.ccomp is not None else [])) if _head_marker(s, k) in prepositions]
    if kids.obj is not None and not kids.passive:
        tails += [
            k for k in s.children[kids.obj] if s.tokens[k].dep.startswith(("nmod", "acl")) and _head_marker(s, k) in prepositions
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
    return base | _tail(s, v, kids, max(tails), _TIGHT), set()


def _object_of(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    return _object_with(s, v, kids, ("of",))


def _object_for(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    return _object_with(s, v, kids, ("for", "over"))


def _object_to(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    return _object_with(s, v, kids, ("to", "with"))


def _object_as(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    return _object_with(s, v, kids, ("as", "like"))


def _object_is(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    for k in kids.xcomp:
        if kids.obj is not None:
            return set(s.subtree(kids.obj)) | set(s.subtree(k)), set()
        if kids.passive:
            base = _subject(s, kids.subj) if kids.subj is not None else (_antecedent(s, v) or (set(), set()))[0]
            return base | set(s.subtree(k)), set()
        if s.tokens[v].dep == "acl:relcl":
            return (_antecedent(s, v) or (set(), set()))[0] | set(s.subtree(k)), set()
    if kids.ccomp is not None and not kids.passive:
        return set(s.subtree(kids.ccomp)), set()
    if kids.obj is not None and not kids.passive and kids.iobj is not None:
        return set(s.subtree(kids.iobj)) | set(s.subtree(kids.obj)), set()
    if kids.obj is not None and not kids.passive and sense.group == "stance":
        return set(s.subtree(kids.obj)), set()
    return None


def _preposition(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    for k, case in kids.obl:
        if case in sense.prepositions:
            return _complement(s, v, k, kids)
    for k, mark in (*kids.advcl, *((x, _head_marker(s, x)) for x in kids.xcomp)):
        if mark in sense.prepositions and mark:
            return _complement(s, v, k, kids)
    if kids.ccomp is not None and _head_marker(s, kids.ccomp) in sense.prepositions:
        return _complement(s, v, kids.ccomp, kids)
    return None


def _complement(s: Sentence, v: int, k: int, kids: _Kids) -> Found:
    marks = {c for c in s.children[k] if s.tokens[c].dep in ("case", "mark") and c < k}
    first = {min(marks)} if marks else set()
    content = set(s.subtree(k)) - first
    content |= {i for x in kids.xcomp if x != k for i in s.subtree(x)}
    return content, first


def _raise(s: Sentence, v: int, kids: _Kids, sense: Sense) -> Found:
    tail = kids.xcomp[0] if kids.xcomp else kids.ccomp
    if tail is None:
        return None
    if kids.expl or kids.subj is None:
        return set(s.subtree(tail)), set()
    return _subject(s, kids.subj) | set(s.subtree(tail)), set()


def clause_of(s: Sentence, i: int) -> int:
    """Climb from a noun to the head of the clause it is an argument of."""
    tokens = s.tokens
    while tokens[i].head >= 0 and tokens[i].dep.split(":", 1)[0] in _NOMINAL and not s.childs(i, "cop", "nsubj"):
        i = tokens[i].head
    return i


def _set_off(s: Sentence, v: int) -> bool:
    under = s.subtree(v)
    first, last = under[0], under[-1]
    left = first > 0 and s.tokens[first - 1].text in _COMMAS or s.tokens[first].text in _COMMAS
    right = last + 1 < len(s.tokens) and s.tokens[last + 1].text in _COMMAS or s.tokens[last].text in _COMMAS
    return left and right


def _relative(s: Sentence, v: int) -> int | None:
    for k in s.children[v]:
        if s.tokens[k].xpos in ("WDT", "WP", "WRB", "WP$") or s.tokens[k].text.lower() == "that":
            return k
    return None


def _is_clause(s: Sentence, k: int) -> bool:
    return s.tokens[k].upos in ("VERB", "AUX") or any(s.tokens[c].dep in ("mark", "cop", "aux") for c in s.children[k])


def _head_marker(s: Sentence, k: int) -> str:
    for c in s.children[k]:
        if s.tokens[c].dep in ("mark", "case") and c < k:
            return s.tokens[c].text.lower()
    return ""


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
    "quote": _quote,
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


# --- sources ----------------------------------------------------------------------------------------------------


def _find_source(s: Sentence, v: int, kids: _Kids, draft: Draft) -> None:
    if draft.sense.group == "seeming":
        return
    if kids.passive:
        if kids.agent is not None:
            _set_source(s, draft, kids.agent)
        return
    head = None
    if kids.subj is None and (s.tokens[v].xpos in _FINITE or s.child(v, "aux") is not None):
        if draft.sense.group == "report" or s.tokens[v].dep in ("root", "ccomp", "advcl"):
            head = beside(s, v, draft)
    if head is None:
        head = controller(s, v)
    if head is not None and not (s.tokens[head].dep.startswith("expl")):
        _set_source(s, draft, head)


def _set_source(s: Sentence, draft: Draft, head: int) -> None:
    if s.tokens[head].upos in ("VERB", "AUX") and s.tokens[head].dep != "nsubj":
        return
    token = s.tokens[head]
    draft.source_head = head
    if token.xpos in ("WDT", "WP") and s.tokens[token.head].dep == "acl:relcl" and s.tokens[token.head].head >= 0:
        draft.source_head = s.tokens[token.head].head
        if token.text.lower() == "that":
            draft.source = phrase(s, draft.source_head, cut=[token.head]) - draft.cue
            return
    draft.source = whole_name(s, phrase(s, head) - draft.cue, draft.head)


def beside(s: Sentence, v: int, draft: Draft) -> int | None:
    """The noun phrase next to a reporting verb that the tree gives no subject: "said Minister Jane Doe"."""
    tokens, content, low = s.tokens, draft.content, min(draft.cue)
    if low > 0 and tokens[low - 1].upos in ("NOUN", "PROPN", "PRON") and tokens[low - 1].xpos not in ("WDT", "WP"):
        i = low - 1
        while tokens[i].dep.split(":", 1)[0] in _NAMELIKE and 0 <= tokens[i].head < v and tokens[i].head not in content:
            i = tokens[i].head
        if i not in content or tokens[i].dep.startswith("nsubj"):
            return i
    i = v + 1
    if draft.sense.group == "report" and i < len(tokens) and tokens[i].upos in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"):
        while tokens[i].dep.split(":", 1)[0] in _NAMELIKE and tokens[i].head > v:
            i = tokens[i].head
        if tokens[i].upos in ("NOUN", "PROPN", "PRON"):
            return i
    return None


def whole_name(s: Sentence, names: set[int], v: int) -> set[int]:
    """Add the words of a name that the tree left outside: all nominal words between a title and the verb."""
    if not names or max(names) >= v:
        return names
    gap = [i for i in range(max(names) + 1, v) if s.tokens[i].dep not in ("aux", "aux:pass", "advmod", "cop")]
    if gap and len(gap) <= 8 and gap[0] == max(names) + 1 and all(s.tokens[i].upos in ("PROPN", "PUNCT") for i in gap):
        if s.tokens[gap[0]].upos == "PROPN":
            return names | set(gap)
    return names


def controller(s: Sentence, v: int) -> int | None:
    """The token that heads the understood subject of a verb: its own, or the one of the clause that governs it."""
    seen = 0
    while seen < 12:
        seen += 1
        own = s.child(v, "nsubj", "csubj")
        if own is not None:
            return own if s.tokens[own].dep != "expl" else None
        token = s.tokens[v]
        if token.head < 0:
            return None
        dep, up = token.dep.split(":", 1)[0], token.head
        if dep == "xcomp":
            target = s.child(up, "obj", "iobj")
            if target is not None and _is_clause(s, v):
                return target
        elif dep == "acl":
            if token.dep == "acl:relcl":
                return None
            owner = s.child(up, "nmod:poss")
            if token.xpos in ("VB",) and owner is not None:
                return owner
            if token.xpos in ("VBG", "VBN"):
                return up
            if token.xpos != "VB" or s.tokens[up].dep.split(":", 1)[0] not in ("obj", "obl", "xcomp", "root"):
                return None
            up = s.tokens[up].head if s.tokens[up].dep != "root" else up
            if up < 0:
                return None
        elif dep in ("conj", "advcl", "ccomp", "parataxis"):
            if s.tokens[up].upos in ("NOUN", "PROPN") and dep == "conj" and s.child(up, "nsubj") is None:
                return None
            if dep == "ccomp" and s.child(v, "mark") is None and token.xpos not in ("VBG", "VB"):
                return None
        elif dep in ("obl", "nmod", "obj", "nsubj", "appos"):
            if token.xpos != "VBG":
                return None
        else:
            return None
        if dep in ("nsubj",):
            return None
        v = up
    return None
