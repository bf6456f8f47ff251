"""Who speaks: the source of a cue, read off the tree or, where the tree fails, off the words beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.frames.attribution_cues import AttributionCues, Sense
from dateline.frames.attribution_extent import description, title_before, whole_name
from dateline.frames.attribution_spans import after_comma, own_subject, phrase, that_clause
from dateline.model import Sentence

_NOMINAL = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "appos", "conj", "flat", "compound"})
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


def released(drafts: list[Draft], cues: AttributionCues) -> list[Draft]:
    """Join "issued a statement" and "calling …" to one cue, and drop the statement as content of the issuing."""
    out = list(drafts)
    for draft in drafts:
        s, noun = draft.sentence, draft.sentence.tokens[draft.head].head
        token = s.tokens[draft.head]
        if not token.dep.startswith("acl") or noun < 0 or draft.passive or s.tokens[noun].lemma not in cues.documents:
            continue
        own = s.child(draft.head, "nsubj")
        if (after_comma(s, draft.head) and token.dep != "acl") or (own is not None and s.tokens[own].xpos == "PRP"):
            continue  # "a letter, which shows", "a speech in which he pledged"
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
        if token.dep == "cop" and any(k < c < v for c in s.childs(v, "nsubj")):
            continue  # "That is because they agree"
        if (token.dep in ("aux", "aux:pass", "cop", "compound:prt") and v - 6 <= k <= v + 4) or (
            token.dep == "advmod" and (token.lemma in ("not", "n't", "never") and k < v)
        ):
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


def lead_in(s: Sentence, v: int, cues: AttributionCues) -> set[int]:
    """The words that lead to a cue verb and belong to it: "went on to say", "tried to play down", "was quick to blame"."""
    out: set[int] = set()
    i = v
    while s.tokens[i].dep in ("xcomp", "advcl") and 0 <= s.tokens[i].head < i:
        up = s.tokens[i].head
        far = i - up > (4 if s.tokens[i].dep == "xcomp" else 3)  # "went on to say"
        if far or s.tokens[up].lemma not in cues.lead_ins or s.child(up, "obj", "iobj") is not None:
            break
        if s.tokens[i].dep == "advcl" and not (s.tokens[i].xpos == "VB" and s.tokens[i - 1].text.lower() == "to"):
            break
        out |= cue_tokens(s, up) | set(range(up, i))
        i = up
    return out


def is_clause(s: Sentence, k: int) -> bool:
    """Whether a complement is a clause rather than a predicate noun or adjective."""
    return s.tokens[k].upos in ("VERB", "AUX") or any(s.tokens[c].dep in ("mark", "cop", "aux") for c in s.children[k])


def clause_of(s: Sentence, i: int) -> int:
    """Climb from a noun to the head of the clause it is an argument of."""
    tokens = s.tokens
    while tokens[i].head >= 0 and tokens[i].dep.split(":", 1)[0] in _NOMINAL and not s.childs(i, "cop", "nsubj"):
        i = tokens[i].head
    return i


def find_source(
    s: Sentence, v: int, subject: int | None, agent: int | None, draft: Draft, cues: AttributionCues
) -> None:
    """Fill in the source of a draft: the subject, the agent of a passive, or whoever the governing clause names."""
    if draft.sense.group == "seeming":
        return
    if draft.passive:
        if agent is not None:
            _set_source(s, draft, agent, cues)
        elif subject is not None and _quoted_as(s, v, cues) is not None:
            _set_source(s, draft, subject, cues)
        elif draft.sense.group in ("report", "evidence"):
            where = _stated_in(s, v, cues)
            if where is not None:
                draft.content -= set(s.subtree(where))
                _set_source(s, draft, where, cues)
        return
    head = None
    finite = s.tokens[v].xpos in _FINITE or s.child(v, "aux") is not None
    finite = finite or (s.tokens[v].xpos == "VBN" and s.tokens[v].dep == "root" and min(draft.content) < v)
    if subject is None and finite and (draft.sense.group == "report" or s.tokens[v].dep in ("root", "ccomp", "advcl")):
        head = beside(s, v, draft)
    if head is None:
        above = reporting_above(s, v, cues) if subject is None else None
        head = _quoted_person(s, v, cues) if subject is None else None
        if subject is not None and s.tokens[subject].head != v:
            head = subject  # "Egypt, says his lawyer, has jailed her"
        if head is None and subject is None:
            head = _made_to(s, v, cues)
        if head is None:
            head = controller(s, _told_by(s, v, cues) if above is None else above)
    if head is not None and not (s.tokens[head].dep.startswith("expl")):
        _set_source(s, draft, head, cues)


def _made_to(s: Sentence, v: int, cues: AttributionCues) -> int | None:
    """Who is made to do it, where words part the infinitive from its verb: "forced him, in the end, to admit"."""
    token = s.tokens[v]
    if token.dep != "advcl" or token.xpos != "VB" or s.tokens[token.head].lemma not in cues.causes:
        return None
    whom = s.child(token.head, "obj")
    return whom if whom is not None and token.head < whom < v else None


def _told_by(s: Sentence, v: int, cues: AttributionCues) -> int:
    """The verb whose subject also says what a participle after a speech says: "made a pitch to voters, saying …"."""
    token = s.tokens[v]
    noun = token.head
    if token.xpos != "VBG" or token.dep != "acl" or s.tokens[noun].dep.split(":", 1)[0] not in ("obj", "obl"):
        return v
    verb = s.tokens[noun].head
    return verb if s.tokens[noun].lemma in cues.speeches and s.child(verb, "aux:pass") is None else v


def inherit(drafts: list[Draft], cues: AttributionCues) -> None:
    """Give a second cue verb without a subject the source of the first: "asked the boy, and said …"."""
    for draft in drafts:
        token = draft.sentence.tokens[draft.head]
        if draft.source or token.dep != "conj" or draft.passive or token.xpos not in _FINITE:
            continue
        first = next((d for d in drafts if d.head == token.head and d.source and not d.passive), None)
        if first is not None and draft.sentence.tokens[first.head].xpos == token.xpos:
            draft.source, draft.source_head = first.source - draft.content, first.source_head


def _stated_in(s: Sentence, v: int, cues: AttributionCues) -> int | None:
    """The document that says it: "the shortage is documented in a report"."""
    for k in s.childs(v, "obl"):
        case = s.child(k, "case")
        if k > v and case is not None and s.tokens[case].text.lower() == "in" and s.tokens[k].lemma in cues.documents:
            return k
    return None


def _quoted_person(s: Sentence, v: int, cues: AttributionCues) -> int | None:
    """Who is quoted, for the "saying" of "the daily quoted X as saying"; None where the quoting is passive."""
    up = s.tokens[v].head
    return s.child(up, "obj", "iobj") if up >= 0 and _quoted_as(s, up, cues) == v else None


def _quoted_as(s: Sentence, v: int, cues: AttributionCues) -> int | None:
    """The "saying" of "quoted X as saying", or None."""
    if s.tokens[v].lemma not in cues.chain:
        return None
    clauses = (k for k in s.children[v] if k > v and s.tokens[k].xpos == "VBG" and s.tokens[k].lemma in cues.verbs)
    return next(
        (k for k in clauses if any(s.tokens[c].text.lower() == "as" and c < k for c in s.children[k])),
        None,
    )


def _set_source(s: Sentence, draft: Draft, head: int, cues: AttributionCues) -> None:
    if s.tokens[head].upos in ("VERB", "AUX") and s.tokens[head].dep != "nsubj":
        return
    token = s.tokens[head]
    draft.source_head = head
    if token.xpos in ("WDT", "WP") and s.tokens[token.head].dep == "acl:relcl" and s.tokens[token.head].head >= 0:
        draft.source_head = s.tokens[token.head].head
        if token.text.lower() == "that":
            draft.source = phrase(s, draft.source_head, cut=[token.head]) - draft.cue
            return
    above = [draft.head]
    while s.tokens[above[-1]].head not in (-1, head):
        above.append(s.tokens[above[-1]].head)
    above += [k for k in s.children[head] if k > head and s.tokens[k].lemma.lower() in cues.times]
    above += [k for k in s.children[head] if s.tokens[k].dep.startswith("acl") and that_clause(s, k)]
    names = phrase(s, head, cut=above, loose=head > draft.head) - draft.cue
    if head < draft.head and token.upos == "PROPN":
        names |= description(s, head, draft.head)
    if head < draft.head:  # what follows the cue is not who speaks
        names = {i for i in names if i < draft.head}
        names |= title_before(s, head, min(names)) if names else set()
    draft.source = whole_name(s, names, draft.head)


def beside(s: Sentence, v: int, draft: Draft) -> int | None:
    """The noun phrase next to a reporting verb that the tree gives no subject: "said Minister Jane Doe"."""
    tokens, content, low = s.tokens, draft.content, min(draft.cue)
    if low > 0 and tokens[low - 1].upos in ("NOUN", "PROPN", "PRON") and tokens[low - 1].xpos not in ("WDT", "WP"):
        i = low - 1
        while tokens[i].dep.split(":", 1)[0] in _NAMELIKE and 0 <= tokens[i].head < v and tokens[i].head not in content:
            i = tokens[i].head
        if i not in content or tokens[i].dep.startswith("nsubj"):
            return i
    if low > 2 and tokens[low - 1].text == "," and (subject := _before_comma(s, low - 2, draft)) is not None:
        return subject
    i = v + 1
    fronted = v == 0 or (content and min(content) < v)  # "Said the minister: …"
    if (
        fronted
        and draft.sense.group in ("report", "request")
        and i < len(tokens)
        and tokens[i].upos in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM")
    ):
        while tokens[i].dep.split(":", 1)[0] in _NAMELIKE and tokens[i].head > v:
            i = tokens[i].head
        if tokens[i].upos in ("NOUN", "PROPN", "PRON"):
            return i
    return None


def _before_comma(s: Sentence, i: int, draft: Draft) -> int | None:
    """The subject whose apposition the comma before a cue closes, though the tree gives it to the reported clause."""
    tokens = s.tokens
    while tokens[i].dep.split(":", 1)[0] in _NAMELIKE and 0 <= tokens[i].head < draft.head:
        i = tokens[i].head
    if not tokens[i].dep.startswith("nsubj") or i not in draft.content or tokens[i].upos == "PRON":
        return None
    return i if s.child(i, "appos") is not None else None


def strays(s: Sentence, v: int, clause: int, cues: AttributionCues) -> list[int]:
    """Heads under a reported clause that the tree hangs there though they go with the reporting verb ``v``.

    "He said the plan was dead, adding that …"; "He says the plan is dead and calls for another": the participle after a
    comma and the conjoined verb of the same tense, both reporting verbs without a subject of their own.
    """
    out = []
    finite = s.tokens[v].xpos
    for k in s.subtree(clause):
        token = s.tokens[k]
        if k > clause and token.dep == "advcl" and token.lemma in cues.verbs and contrasted(s, k, cues):
            out.append(k)
            continue
        if k <= clause or token.upos != "VERB" or token.lemma not in cues.verbs or s.child(k, "nsubj") is not None:
            continue
        if token.xpos == "VBG" and token.dep in ("advcl", "acl", "conj") and s.tokens[k - 1].text == ",":
            if cues.verbs[token.lemma][0].group in ("report", "accusation", "stance"):
                out.append(k)
        elif (
            token.dep == "conj"
            and token.head == clause
            and token.xpos == finite in _FINITE
            and (s.tokens[clause].xpos != finite or _tells(token.lemma, cues) > _tells(s.tokens[clause].lemma, cues))
            and s.child(k, "mark") is None
        ):
            out.append(k)
    return out


def _tells(lemma: str, cues: AttributionCues) -> bool:
    return any(sense.group == "report" and "quote" in sense.shapes for sense in cues.verbs.get(lemma, ()))


def contrasted(s: Sentence, k: int, cues: AttributionCues) -> bool:
    """Whether an adverbial clause sets another statement against what is said: "…, though he denied that …"."""
    mark = s.child(k, "mark")
    if mark is None or s.tokens[mark].text.lower() not in cues.contrasts or s.child(k, "nsubj") is None:
        return False
    return s.child(k, "ccomp", "xcomp", "obj") is not None


def reporting_above(s: Sentence, v: int, cues: AttributionCues) -> int | None:
    """The reporting verb that ``v`` goes with although the tree hangs it on the reported clause, or None."""
    up, found = s.tokens[v].head, None
    while up >= 0:
        token = s.tokens[up]
        if token.dep == "ccomp" and token.head >= 0 and s.tokens[token.head].lemma in cues.verbs:
            if v not in strays(s, token.head, up, cues):
                break
            if found is None or _tells(s.tokens[token.head].lemma, cues):
                found = token.head  # "told them he thought it dead, saying …": who told
        up = token.head
    return found


def controller(s: Sentence, v: int) -> int | None:
    """The token that heads the understood subject of a verb: its own, or the one of the clause that governs it."""
    seen = 0
    while seen < 12:
        seen += 1
        own = own_subject(s, v)
        if own is not None:
            return own if s.tokens[own].dep != "expl" else None
        token = s.tokens[v]
        if token.head < 0:
            return None
        dep, up = token.dep.split(":", 1)[0], token.head
        if dep == "xcomp":
            target = s.child(up, "obj", "iobj")
            if target is not None and is_clause(s, v):
                return target
        elif dep == "acl":
            if token.dep == "acl:relcl":
                return None
            owner = s.child(up, "nmod:poss")
            if token.xpos == "VBG" and v > 0 and s.tokens[v - 1].text == "," and clause_of(s, up) != up:
                v = clause_of(s, up)
                continue
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
