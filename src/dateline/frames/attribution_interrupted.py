"""A sentence that its attribution interrupts or follows: "The plan, he said, was dead"; "P", said the envoy."""

from __future__ import annotations

from dateline.frames.attribution_cues import Sense
from dateline.frames.attribution_kids import Kids, head_marker
from dateline.frames.attribution_sources import Draft, clause_of
from dateline.frames.attribution_spans import subtree_without
from dateline.model import Sentence

Found = tuple[set[int], set[int]] | None

_COMMAS = frozenset({",", "—", "–", "--", "-"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "PRON"})


def quote(s: Sentence, v: int, kids: Kids, sense: Sense) -> Found:
    """The clause that a verb of saying follows or interrupts, and no words besides; None where it does neither."""
    token = s.tokens[v]
    if token.dep == "parataxis" and (kids.subj is not None or kids.agent is not None or _noted(s, v)):
        return subtree_without(s, clause_of(s, token.head), [v]), set()
    bare = kids.subj is not None and kids.obj is None and not kids.xcomp
    if (
        token.dep == "advcl"
        and "inf" in sense.shapes
        and sense.group == "report"
        and bare
        and head_marker(s, v) == "as"
    ):
        return subtree_without(
            s, clause_of(s, token.head), [v]
        ), set()  # "as the mayor noted, P"; not "as talks went on"
    if token.dep == "acl:relcl" and "clause" in sense.shapes and set_off(s, v) and relative(s, v) is None:
        return subtree_without(s, clause_of(s, token.head), [v]), set()
    if token.dep == "acl:relcl" and kids.subj is None and (speaker := _apposed(s, v)) is not None:
        return subtree_without(s, clause_of(s, token.head), [v, speaker]), set()
    for k in kids.parataxis:
        between = range(v + 1, k) if k > v else range(k + 1, v)
        if any(s.tokens[i].text in (":", ",", "“", '"', "‘", "”", "``", "''") for i in between):
            return set(s.subtree(k)), set()
    return None


def other_side(s: Sentence, v: int, draft: Draft) -> set[int]:
    """The rest of a sentence that "he said" interrupts: "The plan, he said, was dead"."""
    tokens = s.tokens
    if not draft.source or not draft.content or min(draft.content) > v:
        return set()
    core = draft.cue | draft.source
    low, high = min(core), max(core)
    if high - low > 14 or low == 0 or high + 2 >= len(tokens) or tokens[high + 1].text != ",":
        return set()
    if not any(tokens[i].text == "," for i in range(max(0, low - 2), low)):
        return set()
    rest = range(high + 2, len(tokens))
    first = next((tokens[i] for i in rest if tokens[i].upos != "PUNCT"), None)
    if first is None or first.upos in ("CCONJ", "SCONJ", "ADP") or first.xpos in ("VBG", "VBN", "TO", "WDT", "WP"):
        return set()
    if any(tokens[i].dep == "advcl" and tokens[i].head == v and tokens[i].xpos == "VBG" for i in rest):
        return set()
    return set(range(min(draft.content), low)) | set(rest)


def _noted(s: Sentence, v: int) -> bool:
    """ "The plan, many argue, could fail", where the tree gives the verb no subject."""
    return v > 1 and s.tokens[v].xpos in _FINITE and s.tokens[v - 1].upos in _NOMINAL and set_off(s, v)


def set_off(s: Sentence, v: int) -> bool:
    """Whether commas or dashes stand on both sides of the clause of a verb, the end of the sentence counting as one."""
    under = s.subtree(v)
    first, last = under[0], under[-1]
    left = (first > 0 and s.tokens[first - 1].text in _COMMAS) or s.tokens[first].text in _COMMAS
    right = (last + 1 < len(s.tokens) and s.tokens[last + 1].text in _COMMAS) or s.tokens[last].text in _COMMAS
    return left and (right or all(t.upos == "PUNCT" for t in s.tokens[last + 1 :]))


def _apposed(s: Sentence, v: int) -> int | None:
    """Who says it in "Rebels, a general said, fled", where the tree takes "a general" for another name of the rebels."""
    if v < 2 or v + 1 >= len(s.tokens) or s.tokens[v + 1].text not in _COMMAS or relative(s, v) is not None:
        return None
    for k in s.children[s.tokens[v].head]:
        if s.tokens[k].dep == "appos":
            names = [i for i in s.subtree(k) if s.tokens[i].upos != "PUNCT"]
            if max(names) == v - 1 and s.tokens[min(names) - 1].text in _COMMAS:
                return k
    return None


def relative(s: Sentence, v: int) -> int | None:
    """The relative pronoun, or "that", under a verb; None where it has none."""
    for k in s.children[v]:
        if s.tokens[k].xpos in ("WDT", "WP", "WRB", "WP$") or s.tokens[k].text.lower() == "that":
            return k
    return None
