"""Distances in a tree between an event and what may belong to it: times and places."""

from __future__ import annotations

from dateline.model import Frame, Sentence

#: relations that an event does not look up through: the clause above is another event in another time
BARRIER_UP = frozenset(("ccomp", "parataxis", "acl:relcl", "appos"))
#: markers of clauses and phrases that put an event at another time than the clause above
OTHER_TIME = frozenset(
    "after before since until following ahead_of prior_to despite because_of over amid during_which for about "
    "whether if unless".split()
)


#: markers of phrases whose own time and place are not those of the clause: "after a visit to Oslo in May"
APART = frozenset("after before since until following ahead_of prior_to".split())


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The token of ``[first, last)`` whose head lies outside."""
    for i in range(first, last):
        head = sentence.tokens[i].head
        if head < 0 or not first <= head < last:
            return i
    return first


def marker(sentence: Sentence, i: int) -> str | None:
    """Preposition or subordinator of the token."""
    for k in sentence.children[i]:
        token = sentence.tokens[k]
        if token.dep in ("case", "mark"):
            fixed = [sentence.tokens[j].text.lower() for j in sentence.children[k] if sentence.tokens[j].dep == "fixed"]
            return "_".join([token.text.lower(), *fixed])
    return None


def distance(
    sentence: Sentence,
    frame: Frame,
    target: int,
    events: frozenset[int],
    happen: frozenset[str] = frozenset(),
    *,
    out_of_speech: bool = False,
    said: frozenset[int] = frozenset(),
) -> float | None:
    """Cost of binding the phrase headed by ``target`` to the frame, or None when it belongs elsewhere.

    Steps up from the event stop at clause borders; steps down from there stop at clauses and at other events. A verb of
    happening that modifies an event noun counts as the noun ("the meeting that took place Wednesday"). With
    ``out_of_speech`` the clause of the reporting verb is looked at too, at a cost ("In Oslo, police say two men …").
    ``said`` are acts of speech: what belongs to them is not their object's ("on Tuesday condemned the bombings").
    """
    up: dict[int, float] = {}
    said_of = [
        k
        for k in sentence.children[frame.head]
        if sentence.tokens[k].dep.startswith("acl") and sentence.tokens[k].lemma in happen
    ]
    up.update(dict.fromkeys(said_of, 0.5))
    for start in frame.trigger:
        at, cost = start, 0.0 if start == frame.head else 0.2
        while at >= 0 and up.get(at, 99.0) > cost:
            up[at] = cost
            token = sentence.tokens[at]
            if out_of_speech and token.dep in ("ccomp", "parataxis"):
                cost += 1.5
            elif token.dep in BARRIER_UP or (marker(sentence, at) or "") in OTHER_TIME or cost > 4:
                break
            if token.head in said and token.dep != "conj":
                break
            cost += 0.5 if token.dep in ("conj", "xcomp", "obj") else 1.0
            at = token.head
    best: float | None = None
    at, down = sentence.tokens[target].head, 0.0
    for _ in range(5):
        if at < 0:
            return best
        if at in up:
            cost = up[at] + down
            return cost if best is None else min(best, cost)
        token = sentence.tokens[at]
        if out_of_speech and at not in events and token.dep == "acl" and token.xpos == "VBG":
            down += 0.3  # whom it befell was there: "killed two men travelling in a car in Basra"
        elif out_of_speech and at not in events and token.dep.startswith("acl") and token.lemma in happen:
            down += 0.3  # "fighting that began west of Herat"
        elif at in events or token.upos in ("VERB", "AUX") or token.dep in ("acl", "acl:relcl", "appos"):
            return None
        if (marker(sentence, at) or "") in APART:
            return None
        down += 1.2
        at = token.head
    return best


def in_clause_of(sentence: Sentence, after: int, word: str, event: int) -> bool:
    """Whether an event is told in the clause that a word opens right after a phrase: "Lyon, where police arrested …"."""
    tokens = sentence.tokens
    at = after
    while at < len(tokens) and tokens[at].upos == "PUNCT" and at < after + 2:
        at += 1
    if at >= len(tokens) or tokens[at].lemma.lower() != word or not at < event:
        return False
    clause, up = tokens[at].head, event
    if at < up <= clause:
        return True  # between the word and the verb of its clause, wherever it hangs
    for _ in range(6):
        if up == clause:
            return True
        if up < 0 or tokens[up].dep in BARRIER_UP or (marker(sentence, up) or "") in OTHER_TIME:
            return False
        up = tokens[up].head
    return False
