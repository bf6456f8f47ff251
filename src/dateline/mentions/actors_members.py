"""Members that a phrase counts up: "delegates of nine states, including Chad and Niger", "12 people, including a Dane"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_scan import Geo, Scan
from dateline.model import Sentence, Token

_REST = frozenset(("another", "other", "others"))
_OBJECTS = ("obj", "nsubj:pass", "conj")
_COUNTING = frozenset(("including", "include", "such", "like"))
_ORGANS = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
_GUESSED = ("context", "dateline")


def read_members(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
    """Let every phrase that counts up members have their countries as well as its own."""
    by_head = {(d.sentence, d.head): d for d in drafts}
    for draft in drafts:
        sentence = sentences[draft.sentence]
        if not draft.plural or draft.kind == "pronoun":
            continue
        codes = [m.country for m in _members(draft, sentence, by_head) if m.country is not None]
        if codes:
            _add(draft, codes)
            outer = _whole(draft, sentence, by_head)
            if outer is not None:
                _add(outer, codes)


def _add(draft: Draft, codes: Sequence[str]) -> None:
    guessed = draft.country_basis in _GUESSED and draft.country in codes
    own = [] if draft.country is None or guessed else list(draft.countries or (draft.country,))
    every = tuple(dict.fromkeys((*own, *codes)))
    if len(every) > 1:
        draft.set_countries(every, draft.country_basis or "members")
        draft.rules.append("actors/including")
    elif draft.country is None:
        draft.set_country(every[0], "members")
        draft.rules.append("actors/including")


def _members(draft: Draft, sentence: Sentence, by_head: Mapping[tuple[int, int], Draft]) -> list[Draft]:
    """The drafts after "including", with those coordinated with them."""
    found: list[Draft] = []
    for k in sentence.childs(draft.head, "nmod", "acl", "obl"):
        case = sentence.child(k, "case")
        if k < draft.head or case is None or sentence.tokens[case].text.lower() not in _COUNTING:
            continue
        for head in (k, *sentence.childs(k, "conj")):
            member = by_head.get((draft.sentence, head))
            if member is not None and member.kind != "place":
                found.append(member)
    return found


def _whole(draft: Draft, sentence: Sentence, by_head: Mapping[tuple[int, int], Draft]) -> Draft | None:
    """The phrase that the counted states belong to: "envoys" of "envoys of nine states, including Chad"."""
    token = sentence.tokens[draft.head]
    case = sentence.child(draft.head, "case")
    if token.dep != "nmod" or case is None or sentence.tokens[case].lemma.lower() not in ("of", "from"):
        return None
    outer = by_head.get((draft.sentence, token.head))
    if outer is None or not outer.plural or (draft.kind != "state" and outer.country_basis != draft.country_basis):
        return None
    return outer if outer.country is None or outer.country == draft.country else None


def share_nationality(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
    """ "The Israeli police and army", "Kenya's president and foreign minister": one nationality stands before both.

    Only organs of a state without a name or a determiner of their own share it: "and rebels", "and a minister" do not.
    """
    by_head = {(d.sentence, d.head): d for d in drafts}
    for draft in drafts:
        tokens, sentence = sentences[draft.sentence].tokens, sentences[draft.sentence]
        token = tokens[draft.head]
        first = by_head.get((draft.sentence, token.head))
        if token.dep != "conj" or first is None or first.head > draft.head or first.country is None:
            continue
        if draft.country is not None or draft.name is not None or draft.foreign or draft.sector not in _ORGANS:
            continue
        if first.country_basis not in ("stated", "possessor") or first.name is not None:
            continue
        if sentence.child(draft.head, "det") is None and sentence.child(draft.head, "nmod:poss", "nmod") is None:
            draft.set_country(first.country, "coordination")
            draft.rules.append("actors/shared-nationality")


def read_rest(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
    """ "A bomb killed a Nepalese soldier and wounded another": the rest are of the kind told before."""
    for i, draft in enumerate(drafts):
        sentence = sentences[draft.sentence]
        token = sentence.tokens[draft.head]
        if (
            draft.country is not None
            or token.text.lower() not in _REST
            or sentence.child(draft.head, "nmod") is not None
        ):
            continue
        for other in reversed(drafts[:i]):
            if other.sentence != draft.sentence:
                break
            if not sentence.tokens[other.head].dep.startswith(_OBJECTS) or other.sector is None:
                continue
            if other.kind in ("person", "people", "group") and other.country is not None:
                draft.kind, draft.role = other.kind, other.role
                draft.set_country(other.country, "ellipsis")
                draft.set_sector(other.sector, "ellipsis")
                draft.rules.append("actors/rest")
                break


def coordinated(tokens: Sequence[Token], scan: Scan, first: int, h: int) -> tuple[str, ...]:
    """The countries of "the Russian, Iranian and Turkish presidents"; empty where one nationality stands alone."""
    run: list[Geo] = []
    linked = False
    for i in range(first, h):
        geo = scan.geo[i]
        if geo is not None:
            if geo.first != i:
                continue
            if run and not linked:
                run = []
            run.append(geo)
            linked = False
        elif run and tokens[i].text in (",", "and"):
            linked = True
        elif len(run) > 1 and not linked:
            break
        else:
            run, linked = [], False
    return tuple(dict.fromkeys(g.country for g in run))
