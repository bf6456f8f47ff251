"""Several mentions of one happening in a story become one event, told at its first mention."""

from __future__ import annotations

from dateline.events.draft import Draft
from dateline.events.parties import guessed
from dateline.events.paths import APART, BARRIER_UP, OTHER_TIME, marker
from dateline.events.sources import same_actor
from dateline.events.when import compatible
from dateline.model import Actor, Sentence
from dateline.rules.codebook import Codebook

#: markers between two predicates of a sentence that keep them two events
BORDERS = OTHER_TIME - {"for", "about", "amid", "over"}


#: two tolls of one happening, early and late, are seldom further apart than this
_TIMES = 4

#: stances towards one happening on which the sources of a story may disagree
_DISPUTED = frozenset({"asserted", "alleged", "denied", "negated"})


def group(drafts: list[Draft], sentences: tuple[Sentence, ...], codebook: Codebook) -> list[list[Draft]]:
    """Partition drafts (in text order) into events; each group is in text order."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        alike = stem(draft.frame.lemma)
        named = [g for g in reversed(groups) if any(stem(d.frame.lemma) == alike for d in g)]
        rest = [g for g in reversed(groups) if g not in named]
        for candidate in reversed(rest) if draft.rule.claims else (*named, *rest):
            if _same(candidate, draft, sentences, codebook.types[draft.type].exclusive_modes):
                candidate.append(draft)
                break
        else:
            groups.append([draft])
    return groups


def _same(candidate: list[Draft], draft: Draft, sentences: tuple[Sentence, ...], exclusive: frozenset[str]) -> bool:
    first = candidate[0]
    if first.type != draft.type:
        return False
    if draft.rule.claims:
        return not all(d.background for d in candidate)
    anaphor = draft.definite and not draft.actors and not draft.recipients and not draft.when
    if anaphor and stem(first.frame.lemma) == stem(draft.frame.lemma) and not _same_noun_phrase(first, draft):
        return True  # "the war" again
    if first.frame.kind == "noun" and told_of(first, draft, sentences):
        return True  # "the bombings that killed 12", whoever is charged with them
    disputed = first.factuality.stance != draft.factuality.stance
    if disputed and not _disputed(candidate, draft):
        return False
    if any(not compatible(d.when, draft.when) or _other_toll(d, draft) for d in candidate):
        return False
    ours = exclusive & set(draft.modes)
    if any((theirs := exclusive & set(d.modes)) and ours and not theirs & ours for d in candidate):
        return False
    if (
        draft.strong
        and (draft.actors or draft.recipients)
        and not any(d.rule.joint == draft.rule.joint for d in candidate if d.strong)
        and any(d.strong for d in candidate)
    ):
        return False  # a meeting is not the visit it was part of
    clash, shared = _parties(candidate, draft)
    known = shares([a for d in candidate for a in d.actors], list(draft.actors))
    if not disputed and known is not False and any(_inside(d, draft, sentences) for d in candidate):
        return True  # "an attack on a post killed two"
    if clash:
        return False
    if disputed:
        return (
            shared
            and stem(first.frame.lemma) == stem(draft.frame.lemma)
            and not _different_background(candidate, draft)
        )
    same_sentence = [d for d in candidate if d.frame.sentence == draft.frame.sentence]
    if same_sentence:
        return any(tied(sentences[draft.frame.sentence], d.frame.head, draft.frame.head) for d in same_sentence)
    weak = not draft.strong or _bare(draft) or all(not d.strong or _bare(d) for d in candidate)
    if shared or (weak and stem(first.frame.lemma) == stem(draft.frame.lemma)):
        return not _different_background(candidate, draft)
    if weak and sentences[first.frame.sentence].region == "headline":
        return True
    return anaphor or (_bare(draft) and _same_place(candidate, draft))


def _other_toll(a: Draft, b: Draft) -> bool:
    """Whether the two count dead or injured in numbers too far apart for one happening: 3 last week, 200 since 1985."""
    for kind in ("dead", "injured"):
        ours, theirs = a.magnitudes.get(kind), b.magnitudes.get(kind)
        if ours is None or theirs is None or not (ours.low and theirs.low):
            continue  # "no casualties" is another matter
        if ours.low > _TIMES * theirs.high or theirs.low > _TIMES * ours.high:
            return True
    return False


def _disputed(candidate: list[Draft], draft: Draft) -> bool:
    """Whether the stances differ because the story's sources do: one says that it happened, another that it did not."""
    both = (candidate[0], draft)
    if any(d.factuality.stance not in _DISPUTED for d in both):
        return False
    return all(d.factuality.stance == "asserted" or any(c.source for c in d.claims) for d in both)


def told_of(noun: Draft, verb: Draft, sentences: tuple[Sentence, ...]) -> bool:
    """Whether the verb is told of the noun in its relative clause, with nobody else as its subject."""
    if verb.frame.kind != "verb" or verb.frame.sentence != noun.frame.sentence:
        return False
    token = sentences[verb.frame.sentence].tokens[verb.frame.head]
    return (
        token.dep == "acl:relcl"
        and token.head == noun.frame.head
        and any(a.role == "subj" and a.head == noun.frame.head for a in verb.frame.args)
    )


def _bare(draft: Draft) -> bool:
    """An event noun that names nobody: "the blast", "a deadly explosion"."""
    return draft.frame.kind == "noun" and not draft.actors and not draft.recipients


def _same_place(candidate: list[Draft], draft: Draft) -> bool:
    known = [d.place for d in candidate if d.place is not None]
    return draft.place is None or not known or any(p.name == draft.place.name for p in known)


def _inside(a: Draft, b: Draft, sentences: tuple[Sentence, ...]) -> bool:
    """One predicate is an argument of the other, and not one that says before or after what it happened."""
    if a.frame.sentence != b.frame.sentence:
        return False
    inner = [x for x, y in ((b, a), (a, b)) if any(arg.head == x.frame.head for arg in y.frame.args)]
    return any((marker(sentences[x.frame.sentence], x.frame.head) or "") not in APART for x in inner)


def stem(lemma: str) -> str:
    """The verb in an event noun: ``meeting`` and ``meet`` are told alike.

    >>> stem("meeting"), stem("war")
    ('meet', 'war')
    """
    return lemma.removesuffix("ing")


def _same_noun_phrase(a: Draft, b: Draft) -> bool:
    """Coordinated or nested nouns are two things: "the attack and the attack on"."""
    return a.frame.sentence == b.frame.sentence and (a.frame.head == b.frame.parent or b.frame.head == a.frame.parent)


def _parties(candidate: list[Draft], draft: Draft) -> tuple[bool, bool]:
    """(the parties contradict each other, some party is shared)."""
    actors = [a for d in candidate for a in d.actors]
    recipients = [a for d in candidate for a in d.recipients]
    if candidate[0].rule.joint and draft.rule.joint:
        ours, theirs = [*actors, *recipients], [*draft.actors, *draft.recipients]
        overlap = shares(ours, theirs, by_country=True)
        return overlap is False or _both_have_others(ours, theirs), overlap is True
    a, r = shares(actors, list(draft.actors)), shares(recipients, list(draft.recipients))
    return a is False or r is False, (a is True and r is not False) or (r is True and a is not False)


def _both_have_others(a: list[Actor], b: list[Actor]) -> bool:
    """Each side of a joint event names a country the other does not: two meetings of one minister."""
    countries_a, countries_b = {x.country for x in a if x.country}, {x.country for x in b if x.country}
    return bool(countries_a - countries_b) and bool(countries_b - countries_a)


def _different_background(candidate: list[Draft], draft: Draft) -> bool:
    """A dated old event and news of the day are not one happening."""
    old = all(d.background for d in candidate)
    return old != draft.background and (draft.when is not None or any(d.when is not None for d in candidate))


def shares(a: list[Actor], b: list[Actor], *, by_country: bool = False) -> bool | None:
    """True: some party is shared; False: both are known and none is shared; None: one side is unknown.

    ``by_country`` takes two actors of one country for the same party whatever their sectors.
    """
    if not a or not b:
        return None
    if any(same_actor(x, y) or _alike(x, y) for x in a for y in b):
        return True
    if all(x.kind == "person" and x.name for x in (*a, *b)):
        return False  # people of other names are other people
    known_a = {(x.country, x.sector) for x in a if x.country and not guessed(x)}
    known_b = {(x.country, x.sector) for x in b if x.country and not guessed(x)}
    if known_a and known_b:
        if known_a & known_b:
            return True
        countries_a, countries_b = {c for c, _ in known_a}, {c for c, _ in known_b}
        sectors_known = all(s for _, s in known_a) and all(s for _, s in known_b)
        return bool(countries_a & countries_b) and (by_country or not sectors_known)
    return None


def _alike(a: Actor, b: Actor) -> bool:
    """Two unnamed parties of one country and sector: "teachers" and "hundreds of teachers"."""
    return a.country is not None and a.sector is not None and (a.country, a.sector) == (b.country, b.sector)


def tied(sentence: Sentence, a: int, b: int) -> bool:
    """Whether two predicates of one sentence stand in one stretch of telling, with no border between them."""
    tokens = sentence.tokens

    def chain(i: int) -> list[int]:
        out = [i]
        while tokens[out[-1]].head >= 0 and len(out) <= len(tokens):
            out.append(tokens[out[-1]].head)
        return out

    up_a, up_b = chain(a), chain(b)
    common = next((i for i in up_a if i in up_b), None)
    if common is None:
        return False
    for path in (up_a, up_b):
        for i in path:
            if i == common:
                break
            if tokens[i].dep in BARRIER_UP - {"acl:relcl"} or (marker(sentence, i) or "") in BORDERS:
                return False
    return True
