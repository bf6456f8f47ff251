"""Which earlier phrase a pronoun stands for: agreement, subjects first, near before far."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dateline.mentions.actors_draft import Draft
from dateline.mentions.speakers import Speakers
from dateline.model import Sentence

_SHE = frozenset(("she", "her", "hers", "herself"))
_HE = frozenset(("he", "him", "his", "himself"))
_IT = frozenset(("it", "its", "itself"))
_THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
_THIRD = _SHE | _HE | _IT | _THEY
_FEMALE = frozenset(
    (
        "mrs.",
        "mrs",
        "ms.",
        "ms",
        "miss",
        "queen",
        "princess",
        "woman",
        "spokeswoman",
        "chairwoman",
        "wife",
        "mother",
        "girl",
        "daughter",
        "sister",
        "congresswoman",
        "actress",
        "widow",
        "policewoman",
        "empress",
        "nun",
        "businesswoman",
        "lady",
    )
)
_MALE = frozenset(
    (
        "mr.",
        "mr",
        "sir",
        "king",
        "prince",
        "man",
        "spokesman",
        "chairman",
        "husband",
        "father",
        "boy",
        "son",
        "brother",
        "congressman",
        "emperor",
        "policeman",
        "businessman",
        "pope",
        "imam",
        "ayatollah",
        "sheikh",
        "emir",
        "sultan",
        "gunman",
    )
)
_BODY = frozenset(("organisation", "state", "group", "media"))
_MEMBERS = frozenset(("state", "person", "organisation", "group"))
_SUBJECT = ("nsubj", "root")


def find_antecedent(sentences: Sequence[Sentence], drafts: Sequence[Draft], i: int, speakers: Speakers) -> Draft | None:
    """The earlier draft that the pronoun at position ``i`` stands for, or None."""
    pronoun = drafts[i]
    sentence = sentences[pronoun.sentence]
    token = sentence.tokens[pronoun.head]
    word = token.text.lower()
    if word not in _THIRD or token.dep.startswith("expl"):
        return None
    best: tuple[float, Draft] | None = None
    before = drafts[:i][::-1]
    here = [*takewhile(lambda d: d.sentence == pronoun.sentence, before)]
    facing = {d.chain for d in here if _bound(sentence, pronoun.head, d.head)}
    if word in _THEY:
        excluded = _called_it(sentence, here)
    else:
        excluded = speakers.chains(before, pronoun) if word in _SHE | _HE else frozenset()
    for other in before:
        distance = pronoun.sentence - other.sentence
        if distance > 2:
            break
        if not agrees(word, other, sentences) or (distance == 0 and _bound(sentence, pronoun.head, other.head)):
            continue
        if distance == 0 and other.kind != "pronoun" and _said_by(sentence, pronoun.head, other.head):
            continue
        if other.chain is not None and other.chain in facing:
            continue
        if other.chain is not None and other.chain in excluded:
            continue
        dep = sentences[other.sentence].tokens[other.head].dep
        score = 3.0 * distance + (0.0 if dep.startswith(_SUBJECT) else 2.5 if dep.startswith("nmod") else 1.5)
        if distance > 0 and dep.startswith("nsubj") and _embedded(sentences[other.sentence], other.head):
            score += 0.6
        score += 0.02 * (pronoun.head - other.head) if distance == 0 else 0.0
        if other.kind == "pronoun":
            score -= 0.5
        if word in _IT and other.kind == "place":
            score += 2.0
        if dep in ("compound", "amod"):
            score += 2.0
        if distance == 0 and dep.startswith(_SUBJECT) and _above(sentence, pronoun.head, other.head):
            score -= 1.0
        if distance == 0 and _controls(sentence, pronoun.head, other.head):
            score -= 3.0
        if best is None or score < best[0]:
            best = (score, other)
    if best is None or best[1].sentence < pronoun.sentence:
        ahead = _ahead(sentence, drafts, i)
        if ahead is not None and agrees(word, ahead, sentences):
            return ahead
    return best[1] if best is not None else None


def _called_it(sentence: Sentence, here: Sequence[Draft]) -> frozenset[int]:
    """The chains that a sentence calls "it" before: they are not "they" in it."""
    pronouns = (d for d in here if d.kind == "pronoun" and sentence.tokens[d.head].text.lower() in _IT)
    return frozenset(d.chain for d in pronouns if d.chain is not None)


def find_pair(sentences: Sequence[Sentence], drafts: Sequence[Draft], i: int) -> list[Draft]:
    """The coordinated subjects that "they" stands for: "Saudi Arabia and Iran agreed. They will reopen embassies."."""
    pronoun = drafts[i]
    if sentences[pronoun.sentence].tokens[pronoun.head].text.lower() not in _THEY or pronoun.sentence == 0:
        return []
    sentence = sentences[pronoun.sentence - 1]
    before = {d.head: d for d in drafts[:i] if d.sentence == sentence.index}
    for head, draft in before.items():
        if not sentence.tokens[head].dep.startswith("nsubj") or draft.plural:
            continue
        group = [draft, *(before[k] for k in sentence.childs(head, "conj") if k in before)]
        if len(group) > 1 and all(d.country is not None and d.kind in _MEMBERS for d in group):
            return group
    return []


def _ahead(sentence: Sentence, drafts: Sequence[Draft], i: int) -> Draft | None:
    """The subject that follows a possessive in front of it: "Following his visit to Malta, the king flew to Rome"."""
    tokens = sentence.tokens
    at = drafts[i].head
    if tokens[at].dep != "nmod:poss":
        return None
    for _ in range(8):
        above = tokens[at].head
        if above < 0:
            return None
        if tokens[at].dep.startswith(("obl", "advcl")) and above > at:
            subject = sentence.child(above, "nsubj", "nsubj:pass")
            if subject is None or subject < drafts[i].head:
                return None
            return next((d for d in drafts[i:] if (d.sentence, d.head) == (drafts[i].sentence, subject)), None)
        at = above
    return None


def agrees(word: str, other: Draft, sentences: Sequence[Sentence]) -> bool:
    """Whether a pronoun and a phrase agree in number, gender and kind."""
    if other.kind == "pronoun":
        same = sentences[other.sentence].tokens[other.head].text.lower()
        return any(word in group and same in group for group in (_SHE, _HE, _IT, _THEY)) and other.chain is not None
    if word in _IT:
        return other.kind in _BODY and not other.plural
    if word in _THEY:
        return other.plural or other.kind in ("people", "group")
    if other.kind != "person" or other.plural:
        return False
    tokens = sentences[other.sentence].tokens[other.first : other.last]
    words = {t.text.lower() for t in tokens} | {t.lemma.lower() for t in tokens}
    if other.office:
        words |= set(other.office.split())
    if word in _SHE:
        return not words & _MALE
    return not words & _FEMALE


def _bound(sentence: Sentence, pronoun: int, other: int) -> bool:
    """Whether the two are arguments of one verb, so that only a reflexive could link them."""
    tokens = sentence.tokens
    if tokens[pronoun].dep == "nmod:poss":
        i = pronoun  # "his brother": not the brother himself
        steps = 0
        while tokens[i].dep in ("nmod:poss", "compound") and steps < 5:
            i = tokens[i].head
            steps += 1
            if i == other:
                return True
        return False
    if tokens[pronoun].text.lower().endswith(("self", "selves")):
        return False
    return tokens[pronoun].head == tokens[other].head or _does(sentence, tokens[pronoun].head, other)


def _does(sentence: Sentence, verb: int, other: int) -> bool:
    """Whether the other is who does an infinitive without a subject: "prosecutors made plans to bring them to Spain"."""
    tokens = sentence.tokens
    for _ in range(4):
        token = tokens[verb]
        if token.upos != "VERB" or sentence.child(verb, "nsubj", "nsubj:pass") is not None or token.head < 0:
            return False
        above = token.head
        if token.dep == "acl" and tokens[above].dep == "obj":
            above = tokens[above].head
        elif token.dep != "xcomp" or sentence.child(above, "obj", "iobj") is not None:
            return False
        if tokens[other].head == above and tokens[other].dep == "nsubj":
            return True
        verb = above
    return False


def _said_by(sentence: Sentence, pronoun: int, other: int) -> bool:
    """Whether the other is named in what the pronoun says: who says "Ruto will come" is not Ruto."""
    tokens = sentence.tokens
    verb = tokens[pronoun].head
    if verb < 0 or not tokens[pronoun].dep.startswith("nsubj"):
        return False
    told = tokens[verb].head if tokens[verb].dep == "parataxis" and pronoun > other else None
    at = other
    for _ in range(40):
        above = tokens[at].head
        if told is not None and at == told:
            return True
        if above == verb:
            return tokens[at].dep in ("ccomp", "parataxis")
        if above < 0 or at == verb:
            return False
        at = above
    return False


def _above(sentence: Sentence, pronoun: int, subject: int) -> bool:
    """Whether the subject's verb governs the pronoun."""
    verb = sentence.tokens[subject].head
    i, steps = pronoun, 0
    while i >= 0 and steps < 40:
        if i == verb:
            return True
        i = sentence.tokens[i].head
        steps += 1
    return False


def _controls(sentence: Sentence, pronoun: int, other: int) -> bool:
    """Whether the other is asked, helped or made to do what the pronoun's verb says: "let Peru use its ports"."""
    tokens = sentence.tokens
    if not tokens[other].dep.startswith(("iobj", "obj")) or tokens[other].head < 0:
        return False
    at, steps = pronoun, 0
    while at >= 0 and steps < 12:
        above = tokens[at].head
        if tokens[at].upos == "VERB" and sentence.child(at, "nsubj", "nsubj:pass") is None:
            if tokens[at].dep == "xcomp" and above == tokens[other].head:
                return True
            if tokens[at].dep == "acl" and tokens[above].head == tokens[other].head and tokens[other].dep == "iobj":
                return True
        elif tokens[at].upos == "VERB":
            return False
        at, steps = above, steps + 1
    return False


def _embedded(sentence: Sentence, subject: int) -> bool:
    """Whether the subject's verb is in a clause inside another: "officials say their troops left"."""
    verb = sentence.tokens[subject].head
    for _ in range(6):
        if verb < 0:
            return False
        dep = sentence.tokens[verb].dep
        if dep.startswith("conj"):
            verb = sentence.tokens[verb].head
            continue
        return dep.startswith(("ccomp", "advcl", "acl", "xcomp", "csubj"))
    return False
