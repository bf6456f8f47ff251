"""Attachments that no English tree has, put right, and compounds that tokens divide.

The model scores arcs one by one, and now and then hangs "state" of "…, state media said" on a noun before the comma, or
the finite verb of "was not believed to be involved and condemned it" on the infinitive. A premodifier hangs on the noun
that follows it; a finite verb is coordinated with a finite one. An object has no preposition, a noun right after its active
verb is its object, and no verb has two subjects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.model import Token

_PREMODIFIERS = frozenset(("compound", "amod", "det"))
_FINITE = ("VBD", "VBZ", "VBP")
_NOMINAL = ("NOUN", "PROPN")
#: what a verb has that opens a clause of its own
_OPENERS = ("nsubj", "nsubj:pass", "mark", "cc", "aux")
_INSIDE = ("NOUN", "PROPN", "ADJ", "NUM", "PART")


def mended(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens, each premodifier whose head stands before a verb or comma to its left moved to its own noun.

    A finite verb that is coordinated with an infinitive is moved to the verb above it; "killed between 30 and 40 rebels" has
    an object.
    """
    out = list(tokens)
    for token in tokens:
        if token.dep not in _PREMODIFIERS or not 0 <= token.head < token.index - 1:
            continue
        between = tokens[token.head + 1 : token.index]
        if not any(t.upos in ("VERB", "AUX", "PUNCT") for t in between):
            continue
        noun = _noun_after(tokens, token.index)
        if noun is not None and not _under(out, noun, token.index):
            out[token.index] = token._replace(head=noun)
    for token in tokens:
        if token.dep == "conj" and token.xpos in _FINITE and not _child(out, token.index, "nsubj"):
            above = out[token.head]
            if above.dep == "xcomp" and above.xpos not in _FINITE and _infinitive(out, above.index):
                out[token.index] = token._replace(head=above.head)
    for token in tokens:
        if token.dep.startswith("acl") and (noun := _told_by(out, token.index)) is not None:
            out[token.index] = token._replace(head=noun, dep="acl")
        if token.dep in ("obl", "nsubj") and not _child(out, token.head, "obj"):
            if token.dep == "nsubj" and not _second_subject(out, token.index):
                continue
            if _counted_between(out, token.index) or _bare_object(out, token.index):
                out[token.index] = token._replace(dep="obj")
        elif token.dep == "obj" and _marked(out, token.index):
            out[token.index] = token._replace(dep="obl")
        elif token.dep == "obl:agent" and (noun := _done_to(out, token.index)) is not None:
            out[token.index] = token._replace(head=noun, dep="nmod")
        elif token.dep == "nmod" and _before_its_head(out, token.index):
            out[token.index] = token._replace(head=out[token.head].head, dep="obl")
        elif token.dep == "nmod" and (noun := _shared(out, token.index)) is not None:
            out[token.index] = token._replace(head=noun)
    root = next((t.index for t in out if t.head < 0), None)
    if root is not None and (verb := _main_verb(out, root)) is not None:
        _reduced(out, root, verb)
    for token in tokens:
        if token.xpos in _FINITE and (start := _speakers_start(out, token.index)) is not None:
            _told_by_last(out, start, token.index)
    return tuple(out)


def _before_its_head(tokens: Sequence[Token], i: int) -> bool:
    """Whether a phrase with a preposition hangs on a later one of the same verb: "sided | with the mayor | in a dispute"."""
    later = tokens[i].head
    verb = tokens[later].head if later > i else -1
    if not 0 <= verb < i or tokens[verb].upos != "VERB" or tokens[later].dep != "obl":
        return False
    first, second = (min((t.index for t in tokens if t.head == n and t.dep == "case"), default=-1) for n in (i, later))
    return verb < first < i < second and all(t.upos != "PUNCT" for t in tokens[verb:second])


def _main_verb(tokens: Sequence[Token], root: int) -> int | None:
    """The finite verb that a root without one hides: "The delegation led by a minister, …, visited Oslo"."""
    below = [t.dep for t in tokens if t.head == root]
    if tokens[root].upos != "VERB" or tokens[root].xpos not in ("VBN", "VBD") or "nsubj:pass" not in below:
        return None
    if any(dep.startswith("aux") for dep in below):
        return None
    clauses = ("advcl", "conj", "parataxis", "ccomp")
    later = (t for t in tokens[root + 1 :] if t.dep == "acl:relcl" or (t.head == root and t.dep in clauses))
    bare = (t for t in later if t.xpos in _FINITE and not any(k.head == t.index and k.dep in _OPENERS for k in tokens))
    return next((t.index for t in bare), None)


def _reduced(tokens: list[Token], root: int, verb: int) -> None:
    """Make the verb the root, and the old root a participle of its subject."""
    subject = next(t.index for t in tokens if t.head == root and t.dep == "nsubj:pass")
    tokens[subject] = tokens[subject]._replace(head=verb, dep="nsubj")
    tokens[root] = tokens[root]._replace(head=subject, dep="acl", xpos="VBN")
    tokens[verb] = tokens[verb]._replace(head=-1, dep="root")
    for token in tokens[verb + 1 :]:
        if token.head == root:
            tokens[token.index] = token._replace(head=verb)


def _done_to(tokens: Sequence[Token], i: int) -> int | None:
    """The object of an active verb that has a subject: a "by" phrase behind it is of it ("defied calls | by lawmakers")."""
    verb = tokens[i].head
    if not _child(tokens, verb, "nsubj") or any(t.head == verb and t.dep == "aux:pass" for t in tokens):
        return None
    return next((t.index for t in tokens[verb:i] if t.head == verb and t.dep == "obj"), None)


def _shared(tokens: Sequence[Token], i: int) -> int | None:
    """The noun that a "between" phrase is of, when it hangs above it: "years of war in Chad | between clans"."""
    near = tokens[i].head
    if not any(t.head == i and t.dep == "case" and t.text.lower() == "between" for t in tokens):
        return None
    of = (t.head for t in tokens[near:i] if t.dep == "case" and t.text.lower() == "of")
    return next((n for n in of if tokens[n].head == near < n < i and tokens[n].upos == "NOUN"), None)


def _speakers_start(tokens: Sequence[Token], verb: int) -> int | None:
    """The first word of who told it, in "killed three soldiers and two drivers, army and town officials said".

    The verb has a clause before it and no subject, and the noun before the verb was taken for one more of the dead.
    """
    last = tokens[verb - 1] if verb else None
    if last is None or last.upos not in _NOMINAL or last.dep != "conj":
        return None
    if _child(tokens, verb, "nsubj") or not any(t.head == verb and t.dep == "ccomp" and t.index < verb for t in tokens):
        return None
    at = verb - 1
    while at >= 0 and tokens[at].upos in (*_INSIDE, "CCONJ", "DET"):
        at -= 1
    return at + 1 if at >= 0 and tokens[at].text == "," and last.head < at else None


def _told_by_last(tokens: list[Token], start: int, verb: int) -> None:
    """Make the noun before the verb its subject, and what stands in its phrase and hung outside of it the noun's own."""
    noun = verb - 1
    tokens[noun] = tokens[noun]._replace(head=verb, dep="nsubj")
    for i in range(start, noun):
        if not start <= tokens[i].head <= noun:
            tokens[i] = tokens[i]._replace(head=noun, dep="amod" if tokens[i].upos == "ADJ" else "compound")


def _second_subject(tokens: Sequence[Token], i: int) -> bool:
    """Whether another subject of the same verb stands before it: no verb has two."""
    verb = tokens[i].head
    return verb < i and any(t.head == verb and t.dep == "nsubj" and t.index < verb for t in tokens)


def _bare_object(tokens: Sequence[Token], i: int) -> bool:
    """Whether a noun without a preposition stands right after its active verb: it is what the verb is done to."""
    token, verb = tokens[i], tokens[tokens[i].head]
    if token.upos not in _NOMINAL or verb.upos != "VERB" or not verb.index < i:
        return False
    if any(t.head == i and t.dep in ("case", "mark", "cop") for t in tokens):
        return False
    if any(t.head == verb.index and t.dep in ("aux:pass", "nsubj:pass", "ccomp", "xcomp", "iobj") for t in tokens):
        return False
    return all(t.head == i and t.dep in _PREMODIFIERS | {"nummod", "nmod:poss"} for t in tokens[verb.index + 1 : i])


def _marked(tokens: Sequence[Token], i: int) -> bool:
    """Whether a preposition of its own stands before the noun, and not before its number ("up to 20 men")."""
    return any(
        t.head == i
        and t.dep == "case"
        and t.upos == "ADP"
        and t.text.lower() != "by"
        and t.index < i
        and tokens[t.index + 1].upos != "NUM"
        for t in tokens
    )


def _told_by(tokens: Sequence[Token], i: int) -> int | None:
    """The noun of a that-clause that hangs on who tells it: "accusations from a doctor that troops beat him"."""
    who = tokens[tokens[i].head]
    if who.dep != "nmod" or tokens[who.head].upos != "NOUN":
        return None
    if not any(t.head == who.index and t.dep == "case" and t.text.lower() in ("from", "by") for t in tokens):
        return None
    that = any(t.head == i and t.dep == "mark" and t.text.lower() == "that" for t in tokens)
    return who.head if that else None


def _counted_between(tokens: Sequence[Token], i: int) -> bool:
    """Whether "between" belongs to the number of a noun: "between 30 and 40 rebels"."""
    between = next((t for t in tokens if t.head == i and t.dep == "case" and t.text.lower() == "between"), None)
    return between is not None and tokens[between.index + 1].upos == "NUM" and between.index + 1 < i


def joined(tokens: Sequence[Token], compounds: Mapping[str, str]) -> list[Token]:
    """The tokens, the noun of each hyphenated compound ("sit - ins") given the compound's lemma.

    ``compounds`` has lemmas by compound in lower case. The words and the tree stay as they are: the noun is the half
    that the other hangs on, or else the second.
    """
    out = list(tokens)
    for first, hyphen, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if hyphen.text != "-" or first.end != hyphen.start or hyphen.end != second.start:
            continue
        compound = f"{first.text}-{second.text}".lower()
        lemma = compounds.get(compound) or compounds.get(compound.removesuffix("s"))
        if lemma is None:
            continue
        noun = first if second.head == first.index else second
        tag = "NNS" if compound not in compounds else "NN"
        out[noun.index] = noun._replace(lemma=lemma, upos="NOUN", xpos=tag)
    return out


def _child(tokens: Sequence[Token], i: int, dep: str) -> bool:
    return any(t.head == i and t.dep.split(":")[0] == dep for t in tokens)


def _infinitive(tokens: Sequence[Token], i: int) -> bool:
    return any(t.head == i and t.upos == "PART" and t.text.lower() == "to" for t in tokens)


def _noun_after(tokens: Sequence[Token], i: int) -> int | None:
    """The last noun of the run of nominal words that begins right after ``i``."""
    last = None
    for token in tokens[i + 1 : i + 6]:
        if token.upos not in _INSIDE:
            break
        if token.upos in _NOMINAL:
            last = token.index
    return last


def _under(tokens: Sequence[Token], i: int, head: int) -> bool:
    """Whether ``i`` hangs below ``head`` (moving ``head`` under it would make a cycle)."""
    for _ in range(len(tokens)):
        if i == head:
            return True
        i = tokens[i].head
        if i < 0:
            return False
    return True
