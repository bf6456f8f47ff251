"""Numbers told apart from the act: "the death toll rose to 17", "no casualties were reported", "20,000 took part"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.events.draft import Draft
from dateline.events.view import StoryView
from dateline.frames.attribution import sources_of
from dateline.mentions.actors_count import bound_of, count_of, many, number_at
from dateline.model import Claim, Magnitude, Sentence, Span
from dateline.rules.codebook import Codebook

#: how many sentences back an event may stand that a number is told of
REACH = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A number told of some event: its kind, where it stands, and how much it is."""

    sentence: int
    token: int
    kind: str
    low: int
    high: int
    first: int  # tokens [first, last) that are the number
    last: int


def with_tolls(view: StoryView, drafts: list[Draft], claims: tuple[Claim, ...], codebook: Codebook) -> list[Draft]:
    """The drafts, each with the numbers told of it elsewhere in its sentence or in the sentences after it."""
    out = list(drafts)
    for sentence in view.parse.sentences:
        for told in (*_tolls(view, sentence), *_left(view, sentence), *_none(view, sentence), *_crowds(view, sentence)):
            at = _bound_to(told, out, codebook)
            if at is None:
                continue
            tokens = sentence.tokens
            span = Span(tokens[told.first].start, tokens[told.last - 1].end)
            text = " ".join(t.text for t in tokens[told.first : told.last])
            bound = bound_of(sentence, told.first, view.words)
            source = source_of(view, sources_of(claims, told.sentence, told.token, view.parse))
            magnitude = Magnitude(told.low, told.high, text, span, bound, source)
            out[at] = replace(out[at], told=(*out[at].told, (told.kind, magnitude)))
    return out


def source_of(view: StoryView, claims: tuple[Claim, ...]) -> str | None:
    """The nearest source that has words of its own."""
    for claim in claims:
        if claim.source and claim.source_head is not None:
            actor = view.actor(*claim.source_head)
            if actor is not None:
                return actor.name or actor.text
            sentence, head = claim.source_head
            return view.parse.sentences[sentence].tokens[head].text
    return None


def _bound_to(told: Told, drafts: list[Draft], codebook: Codebook) -> int | None:
    """The draft that a number is told of: the nearest of its sentence that takes such numbers, else the last before it."""
    needed = "crowd" if told.kind == "crowd" else "casualties"
    fit = [
        (told.sentence - d.frame.sentence, abs(told.token - d.frame.head), n)
        for n, d in enumerate(drafts)
        if needed in codebook.types[d.type].counts
        and 0 <= told.sentence - d.frame.sentence <= REACH
        and d.factuality.stance not in ("planned", "hypothetical")
    ]
    return min(fit)[2] if fit else None


def _tolls(view: StoryView, sentence: Sentence) -> Iterator[Told]:
    """The number that a toll is said to have: "toll of 17", "toll rose to 17", "brought the toll to 17", "toll was 17"."""
    for token in sentence.tokens:
        if token.upos not in ("NOUN", "PROPN") or token.lemma.lower() != "toll":
            continue
        holders = [token.index]
        if token.dep.startswith(("nsubj", "obj", "nmod", "obl")) and token.head >= 0:
            holders.append(token.head)
        for holder in holders:
            found = _number_under(view, sentence, holder, ("to", "at", "of"), bare=holder != token.index)
            if found is not None:
                yield Told(sentence.index, token.index, "dead", *found)
                break


_LEFT = (("dead", "left_dead"), ("injured", "left_injured"), ("displaced", "left_displaced"))


def _left(view: StoryView, sentence: Sentence) -> Iterator[Told]:
    """What an event left behind: "left three soldiers dead and ten wounded"."""
    tokens = sentence.tokens
    kinds = {word: kind for kind, names in reversed(_LEFT) for word in view.words[names]}
    for token in tokens:
        kind = kinds.get(token.text.lower())
        if kind is None or not _leaves(sentence, token.index):
            continue
        at = token.index - 1
        counted = at if tokens[at].upos == "NUM" or many(tokens[at].text) else _counted(sentence, token.index)
        found = _amount(sentence, counted) if counted is not None else None
        if found is not None:
            yield Told(sentence.index, token.index, kind, *found)


def _amount(sentence: Sentence, i: int) -> tuple[int, int, int, int] | None:
    """(low, high, first, last) of a number, of people counted, or of a word such as "dozens"."""
    tokens = sentence.tokens
    first = min([i, *(n for n in sentence.subtree(i) if n <= i and tokens[n].upos == "NUM")])
    value = number_at(sentence, first, i + 1) if tokens[i].upos == "NUM" else count_of(sentence, i, first)
    value = many(tokens[i].text) if value is None else value
    return (*value, first, i + 1) if value is not None else None


def _leaves(sentence: Sentence, i: int) -> bool:
    """Whether the word says how somebody was left: under "leave", or coordinated there."""
    tokens = sentence.tokens
    for _ in range(4):
        if tokens[i].upos == "VERB" and tokens[i].lemma == "leave":
            return True
        if tokens[i].head < 0 or tokens[i].dep not in ("xcomp", "conj", "amod", "obj", "acl"):
            return False
        i = tokens[i].head
    return False


def _counted(sentence: Sentence, i: int) -> int | None:
    """The noun that the word tells of: what it stands after, or the object of the "leave" over it."""
    token = sentence.tokens[i]
    return token.head if token.dep in ("amod", "acl") else sentence.child(token.head, "obj")


def _number_under(
    view: StoryView, sentence: Sentence, i: int, markers: tuple[str, ...], *, bare: bool
) -> tuple[int, int, int, int] | None:
    """(low, high, first, last) of the number under a word: after one of the markers, or (``bare``) as object or predicate."""
    tokens = sentence.tokens
    if bare and tokens[i].upos == "NUM":
        value = number_at(sentence, i, i + 1)
        return (*value, i, i + 1) if value is not None else None
    for k in sentence.children[i]:
        case = sentence.child(k, "case")
        marked = case is not None and tokens[case].text.lower() in markers
        if not marked and not (bare and tokens[k].dep in ("obj", "xcomp")):
            continue
        first = min((n for n in sentence.subtree(k) if n <= k and tokens[n].upos == "NUM"), default=None)
        if tokens[k].upos == "NUM":
            start = first if first is not None else k
            value = number_at(sentence, start, k + 1)
            if value is not None:
                return (*value, start, k + 1)
        elif first is not None and tokens[k].lemma.lower() in view.words["counted"]:
            value = count_of(sentence, k, first)
            if value is not None:
                return (*value, first, k + 1)
    return None


def _none(view: StoryView, sentence: Sentence) -> Iterator[Told]:
    """Nobody harmed: "no casualties were reported", "no one was hurt", "without casualties"."""
    tokens = sentence.tokens
    for token in tokens:
        i, lemma = token.index, token.lemma.lower()
        if token.upos == "NOUN" and (kinds := _harm(view, lemma)) and _denied(view, sentence, i):
            first = min([i, *(k for k in sentence.children[i] if tokens[k].dep == "det")])
            for kind in kinds:
                yield Told(sentence.index, i, kind, 0, 0, first, i + 1)
        nobody = lemma == "nobody" or (lemma == "one" and i > 0 and tokens[i - 1].text.lower() == "no")
        if nobody and token.dep.startswith(("nsubj", "obj")) and token.head >= 0:
            verb = tokens[token.head].lemma
            for kind, names in (("dead", "kill_verbs"), ("injured", "injure_verbs")):
                if verb in view.words[names]:
                    first = i if lemma == "nobody" else i - 1
                    yield Told(sentence.index, i, kind, 0, 0, first, i + 1)


_HARM = (("dead", "harm_dead"), ("injured", "harm_injured"))


def _harm(view: StoryView, lemma: str) -> list[str]:
    """The kinds of harm that a noun names."""
    every = lemma in view.words["harm"]
    return [kind for kind, names in _HARM if every or lemma in view.words[names]]


def _denied(view: StoryView, sentence: Sentence, i: int) -> bool:
    """Whether the noun is denied: "no casualties", "no reports of casualties", "without casualties"."""
    tokens = sentence.tokens
    around = [i]
    if tokens[i].dep == "nmod" and tokens[tokens[i].head].lemma.lower() in view.words["harm_told"]:
        around.append(tokens[i].head)
    return any(
        (tokens[k].dep == "det" and tokens[k].text.lower() == "no")
        or (tokens[k].dep == "case" and tokens[k].text.lower() == "without")
        for n in around
        for k in sentence.children[n]
    )


def _crowds(view: StoryView, sentence: Sentence) -> Iterator[Told]:
    """How many came: "20,000 took part", "police put the crowd at 2,000", "a crowd of 500", "turnout was 300"."""
    tokens = sentence.tokens
    for token in tokens:
        i, lemma = token.index, token.lemma.lower()
        if lemma in view.words["crowd_nouns"] and token.upos == "NOUN":
            holders = [i, token.head] if token.head >= 0 and token.dep.startswith(("obj", "nsubj")) else [i]
            for holder in holders:
                found = _number_under(view, sentence, holder, ("at", "of", "to"), bare=holder != i)
                if found is not None:
                    yield Told(sentence.index, i, "crowd", *found)
                    break
        elif token.upos == "VERB" and _joins(view, sentence, i):
            subject = sentence.child(i, "nsubj")
            found = _amount(sentence, subject) if subject is not None else None
            if found is not None and found[1] > 1:
                yield Told(sentence.index, i, "crowd", *found)


def _joins(view: StoryView, sentence: Sentence, i: int) -> bool:
    """Whether a verb says that somebody joined in, and what they joined is a gathering (or is not said)."""
    tokens = sentence.tokens
    lemma = tokens[i].lemma
    taken = [k for k in sentence.children[i] if tokens[k].dep in ("obj", "obl")]
    if lemma == "take":
        return any(tokens[k].lemma == "part" for k in taken)
    if lemma not in view.words["join_verbs"]:
        return False
    whereto = [k for k in taken if tokens[k].dep == "obj" or (sentence.child(k, "case") is not None)]
    gatherings = view.words["gatherings"]
    return lemma in ("gather", "turn", "assemble") or any(tokens[k].lemma.lower() in gatherings for k in whereto)
