"""Phrases of one sentence that name the same actor: appositions, copulas, and names split from their titles."""

from __future__ import annotations

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_read import Reader
from dateline.model import Sentence

HEADS = frozenset(("president", "prime minister", "premier", "leader", "king", "chancellor", "supreme leader", "emir"))
_PASSED = frozenset(("world/former", "world/unknown"))
_NOMINAL = frozenset(("NOUN", "PROPN"))


def link_phrases(reader: Reader, sentence: Sentence) -> list[tuple[int, int]]:
    """Let phrases in apposition and copula share what each says; return the linked pairs of heads."""
    tokens = sentence.tokens
    pairs: list[tuple[int, int]] = []
    for token in tokens:
        if token.dep == "appos" and token.head >= 0:
            low, high = sorted((token.index, token.head))
            if any(t.text in (";", ":", "--", "—", "–") for t in tokens[low:high]):
                continue
            if sentence.childs(token.head, "conj") and _both(sentence, token.index):
                continue  # "Kenya and Somalia, both countries that …": of the two, not of the first
            pairs.append((token.head, token.index))
        elif token.dep == "nsubj" and token.head >= 0 and tokens[token.head].upos in _NOMINAL:
            predicate = token.head
            cop = sentence.child(predicate, "cop")
            if cop is None or sentence.child(predicate, "case") is not None:
                continue
            if any(
                tokens[k].lemma.lower() in ("not", "never", "no") for k in sentence.childs(predicate, "advmod", "det")
            ):
                continue
            pairs.append((token.index, predicate))
    pairs.extend(_split_titles(reader, sentence))
    linked = []
    for left, right in pairs:
        a, b = reader.draft(sentence.index, left), reader.draft(sentence.index, right)
        if a is None or b is None or not same_kind(a, b):
            continue
        share(a, b)
        linked.append((left, right))
    return linked


def _both(sentence: Sentence, i: int) -> bool:
    return any(sentence.tokens[k].lemma.lower() in ("both", "two") for k in sentence.childs(i, "det", "nummod"))


def _split_titles(reader: Reader, sentence: Sentence) -> list[tuple[int, int]]:
    """A title directly before a name that the tree keeps apart: "the former minister" "Pablo Rojas"."""
    pairs: list[tuple[int, int]] = []
    scan = reader.scans[sentence.index]
    if not any(scan.label):
        return pairs
    for token in sentence.tokens[1:]:
        entity = scan.label[token.index]
        if entity is None or entity.label != "PER" or not entity.first < entity.last:
            continue
        title = sentence.tokens[entity.first - 1] if entity.first > 0 else None
        outside = not entity.first <= token.head < entity.last
        if title is None or not outside or title.upos not in _NOMINAL or title.dep in ("nmod:desc", "compound"):
            continue
        draft = reader.draft(sentence.index, title.index)
        if draft is not None and draft.role is not None and draft.role.kind == "person" and not draft.plural:
            pairs.append((title.index, token.index))
    return pairs


def same_kind(a: Draft, b: Draft) -> bool:
    """Whether two phrases can name one actor."""
    if a.kind in ("pronoun", "place") or b.kind in ("pronoun", "place"):
        return False
    if a.kind == "person" and b.kind == "person":
        return a.name is None or b.name is None or a.plural == b.plural
    if (a.kind == "person") != (b.kind == "person"):
        return False
    return a.plural == b.plural or a.name is not None or b.name is not None


def share(a: Draft, b: Draft) -> None:
    """Each takes from the other what it lacks; the text's role noun wins over a table."""
    for to, other in ((a, b), (b, a)):
        if other.role is not None and to.role is None and to.kind == other.kind and to.kind == "person":
            if other.sector is not None and other.sector_basis in (
                "role noun",
                "modifier",
                "former office",
                "of complement",
                "complement",
                "possessor",
            ):
                head = to.sector == "GOV" and to.office in HEADS and other.sector == "PTY"
                if head:  # "Kim Jong Un, general secretary of the party": still the head of state
                    to.others = (*to.others, "PTY")
                    continue
                to.sector, to.sector_basis = other.sector, "apposition"
            to.role, to.office, to.others = other.role, other.office, other.others
            to.former = to.former or other.former
            to.rules.append(other.role.id)
    for to, other in ((a, b), (b, a)):
        told = other.country_basis in ("stated", "possessor", "of complement")
        if told and to.country_basis == "table of office holders" and _PASSED & set(to.rules):
            to.country = None  # the text knows better than a table that ends before the story
        to.set_country(other.country, "apposition")
        to.set_sector(other.sector, "apposition")
        to.office = to.office or other.office
        to.name = to.name or other.name
        to.entity = to.entity or other.entity
