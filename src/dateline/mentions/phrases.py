"""Noun phrases: which tokens belong to the phrase that a noun heads."""

from __future__ import annotations

from dateline.model import Sentence

INSIDE = frozenset(
    (
        "det",
        "det:predet",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "nmod:desc",
        "flat",
        "flat:name",
        "flat:foreign",
        "goeswith",
        "nmod:unmarked",
        "obl:unmarked",
        "compound:prt",
        "nummod:gov",
        "nmod:npmod",
        "dep",
    )
)
NEVER = frozenset(
    ("acl", "acl:relcl", "appos", "parataxis", "advcl", "advcl:relcl", "list", "orphan", "discourse", "cc:preconj")
)
OF = frozenset(("of", "for"))


def core(sentence: Sentence, head: int) -> tuple[int, int]:
    """Tokens ``[first, last)`` of the phrase without anything that follows a preposition, a comma or a conjunction.

    Determiners, adjectives, possessors, titles and the parts of a name belong to it.
    """
    tokens, children = sentence.tokens, sentence.children
    inside = {head}
    todo = [head]
    while todo:
        i = todo.pop()
        for k in children[i]:
            token = tokens[k]
            if token.dep in NEVER:
                continue
            if i == head:
                if token.dep not in INSIDE and not (
                    token.dep in ("punct", "case") and token.text in ("-", "–", "'", ".", '"')
                ):
                    continue
                if k > head and token.dep not in (
                    "flat",
                    "flat:name",
                    "flat:foreign",
                    "nummod",
                    "compound",
                    "goeswith",
                    "punct",
                ):
                    continue
            inside.add(k)
            todo.append(k)
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head and tokens[first].upos in ("PUNCT", "CCONJ", "ADP") and tokens[first].text not in ("-",):
        if _of_number(sentence, first, head):
            break
        first += 1
    while last > head and tokens[last].upos in ("PUNCT", "PART"):
        last -= 1
    return first, last + 1


def _of_number(sentence: Sentence, i: int, head: int) -> bool:
    """Whether a preposition belongs to the number of a phrase: "at least nine people", "between 15 and 20 men"."""
    tokens = sentence.tokens
    if tokens[i].upos != "ADP":
        return False
    above = tokens[i].head
    if above == head:
        return tokens[i + 1].upos == "NUM" and tokens[i].text.lower() == "between"
    return i < above < head and (tokens[above].upos == "NUM" or tokens[tokens[above].head].upos == "NUM")


def case_of(sentence: Sentence, head: int) -> int | None:
    """The preposition of a phrase, also where the tree hangs it on a title: "son of former president Idriss Mahamat"."""
    case = sentence.child(head, "case")
    if case is not None:
        return case
    for k in sentence.childs(head, "nmod:desc", "compound"):
        if k < head and (case := sentence.child(k, "case")) is not None and case < k:
            return case if sentence.tokens[case].upos == "ADP" else None
    return None


def noun_phrase(sentence: Sentence, head: int, inner: tuple[int, int] | None = None) -> tuple[int, int]:
    """Tokens ``[first, last)`` of the phrase a noun heads, with its "of" and "for" complements.

    Relative clauses, appositions, coordinated siblings and other prepositional phrases are left out: "two top
    officials of the ministry", "crowds of Afghans", "Russian Defense Minister Sergei Shoigu". ``inner`` is the core of
    the phrase where it is known.
    """
    first, last = inner or core(sentence, head)
    return first, _extend(sentence, head, last, 0)


def _extend(sentence: Sentence, head: int, last: int, depth: int) -> int:
    tokens = sentence.tokens
    if depth > 3:
        return last
    for k in sentence.children[head]:
        if k < last or not tokens[k].dep.startswith("nmod"):
            continue
        start, end = core(sentence, k)
        while start > last and tokens[start - 1].head == k and tokens[start - 1].dep in ("case", "det"):
            start -= 1
        case = case_of(sentence, k)
        if start == last and case is not None and tokens[case].lemma.lower() in OF:
            last = _extend(sentence, k, end, depth + 1)
            for c in sentence.childs(k, "conj"):
                begin, finish = core(sentence, c)
                if begin <= last + 1 and finish > last and (begin == last or tokens[last].upos == "CCONJ"):
                    last = _extend(sentence, c, finish, depth + 1)
    return last
