"""Common nouns that stand for an actor named before: "the ministry", "the country", "the two leaders"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_link import same_kind
from dateline.mentions.actors_read import Reader

_TEXT = frozenset(
    (
        "role noun",
        "modifier",
        "former office",
        "apposition",
        "of complement",
        "complement",
        "possessor",
        "organisation in the phrase",
    )
)


_ARMED = frozenset(("REB", "PRM"))


class NounResolver(ABC):
    """Finds what a definite common noun stands for among the drafts before it."""

    def __init__(self, reader: Reader, drafts: Sequence[Draft]) -> None:
        """Keep the drafts in text order."""
        self.reader = reader
        self.drafts = sorted(drafts, key=lambda d: (d.sentence, d.head))
        self.by_head = {(d.sentence, d.head): d for d in self.drafts}

    @abstractmethod
    def join(self, a: Draft, b: Draft) -> None:
        """Put two drafts in one chain."""

    def resolve_noun(self, i: int, draft: Draft) -> None:
        """Resolve the definite common noun at position ``i`` of the drafts, if it is one."""
        role = draft.role
        sentence = self.reader.sentences[draft.sentence]
        token = sentence.tokens[draft.head]
        lemma = token.lemma.lower()
        if role is None:
            return
        before = {t.lemma.lower() for t in sentence.tokens[draft.first : draft.head]}
        two = "both" in before or lemma == "both" or (draft.definite and "two" in before)
        if not draft.definite and not two:
            return
        if draft.plural and lemma in ("side", "party") and two:
            self._sides(i, draft)
        elif draft.plural and two and draft.country is None:
            self._pair(i, draft)
        elif role.id == "groups/country" and draft.country is None:
            self._state(i, draft)
        elif (
            draft.country_basis in (None, "role noun")
            or (draft.country_basis == "stated" and draft.kind == "person" and not draft.plural)
        ) and draft.kind != "place":
            self._anaphor(i, draft, draft.office.split()[-1] if draft.office and "-" in draft.office else lemma)

    def _anaphor(self, i: int, draft: Draft, lemma: str) -> None:
        """ "the minister", "the court", "the panel": the nearest earlier actor called so."""
        role = draft.role
        generic = lemma in self.reader.roles.generic and not draft.plural
        before = self.drafts[max(0, i - 80) : i][::-1]
        same_words = [o for o in before if self._called(o, lemma)]
        armed = draft.plural and role is not None and role.sector in _ARMED
        for other in (*same_words, *before):
            named_group = armed and other.name is not None and other.kind == "group" and other.sector in _ARMED
            if (
                (other.role is None and other.entity is None)
                or (other.plural != draft.plural and not named_group)
                or other.kind == "pronoun"
                or other is draft
            ):
                continue
            if other.country is None and other.name is None:
                continue
            if draft.country is not None and (other.country != draft.country or other.name is None):
                continue
            same_word = self._called(other, lemma)
            same_class = generic and other.kind in ("organisation", "group", "media") and other.name is not None
            if draft.plural and role is not None and other.role is not None and role.id == other.role.id:
                same_class = other.country_basis != "context" and role.sector in ("REB", "PRM", "UAF", "CRM")
            same_class = same_class or named_group  # "the militants" after "Hezbollah"
            if other.kind == "media" and (role is None or role.sector != "JRN"):
                same_class = False
            if not (same_word or same_class) or (same_word and not same_kind(draft, other)):
                continue
            if same_class and not same_word and role is not None and role.kind == "person":
                continue
            if draft.plural and draft.country is None:
                draft.set_countries(other.countries, "coreference")
            draft.set_country(other.country, "coreference")
            if other.sector is not None and (generic or draft.sector_basis == "role noun" or draft.sector is None):
                draft.sector, draft.sector_basis, draft.others = other.sector, "coreference", other.others
            elif draft.country in ("UNO", "EUR", "IGO"):
                draft.sector, draft.sector_basis = None, None
            draft.name, draft.entity = other.name, other.entity
            draft.rules.append("coref/" + ("noun" if same_word else "generic"))
            self.join(other, draft)
            return

    def _called(self, draft: Draft, lemma: str) -> bool:
        if draft.word == lemma or (draft.office is not None and lemma in draft.office.split()):
            return True
        same = self.reader.roles.synonyms.get(lemma)
        return same is not None and (draft.word in same or draft.office in same)

    def _state(self, i: int, draft: Draft) -> None:
        """ "the country", "the island", "the reclusive state": an epithet decides, else the state most spoken of so far."""
        tokens = self.reader.sentences[draft.sentence].tokens
        before = self.text_words(draft)
        epithet = next((c for w, c in self.reader.roles.epithets.items() if w in before), None)
        score: dict[str, float] = {}
        last: dict[str, Draft] = {}
        for other in self.drafts[:i]:
            if other.kind not in ("state", "place") or other.country is None:
                continue
            if other.country_basis == "leader of the force":  # the same word was read as the country
                continue
            if other.sentence == draft.sentence and tokens[other.head].head == tokens[draft.head].head:
                continue  # what somebody does to a state, he does not do to himself
            gap = draft.sentence - other.sentence
            worth = 3.0 if gap == 0 else 2.0 if gap == 1 else 1.0 / gap
            if self.reader.sentences[other.sentence].tokens[other.head].dep in ("amod", "compound", "obl:unmarked"):
                worth /= 2  # "the U.S.-led forces in Afghanistan"
            score[other.country] = score.get(other.country, 0.0) + worth
            last[other.country] = other
        home = self.reader.dateline
        if home in score:
            score[home] += 1.0
        code = epithet if epithet in last else max(last, key=lambda c: score[c], default=None)
        if code is not None:
            draft.set_country(code, "coreference")
            draft.rules.append("coref/state")
            self.join(last[code], draft)

    def text_words(self, draft: Draft) -> str:
        """The words of a draft's phrase, in lower case and with hyphens closed."""
        tokens = self.reader.sentences[draft.sentence].tokens[draft.first : draft.last]
        return " ".join(t.text.lower() for t in tokens).replace(" - ", "-")

    def _pair(self, i: int, draft: Draft) -> None:
        """ "the two countries", "both leaders": the last two actors of that kind, two told together before others."""
        wants = "person" if draft.role is not None and draft.role.kind == "person" else "state"
        found = self._together(i, draft) if wants == "state" else []
        for other in reversed(self.drafts[:i]) if not found else ():
            if (
                other.plural
                or other.country is None
                or other.kind not in ((wants,) if wants == "person" else ("state", "person", "place"))
            ):
                continue
            if other.country not in {f.country for f in found}:
                found.append(other)
            if len(found) == 2:
                break
        if len(found) < 2:  # named later in the sentence: "the two leaders discussed ties between Chad and Niger"
            here = [d for d in self.drafts if d.sentence == draft.sentence and d.country and d is not draft]
            same = [d for d in here if d.kind in ("state", "place")]
            if len({d.country for d in same}) < 2:  # "the two nations" of a president and a country
                same = [d for d in here if d.kind in ("state", "place") or (d.kind == "person" and d.name is not None)]
            if len({d.country for d in same}) == 2:
                found = list({d.country: d for d in reversed(same)}.values())
        if len(found) == 2:
            found.reverse()
            draft.set_countries(tuple(f.country or "" for f in found), "coreference")
            draft.set_sector(found[0].sector, "coreference")
            draft.rules.append("coref/pair")

    def _together(self, i: int, draft: Draft) -> list[Draft]:
        """The last two countries that stand side by side in the sentence before or in this one: "China and Russia"."""
        for other in reversed(self.drafts[:i]):
            if draft.sentence - other.sentence > 1:
                break
            token = self.reader.sentences[other.sentence].tokens[other.head]
            first = self.reader.drafts.get((other.sentence, token.head)) if token.dep == "conj" else None
            if first is None or not first.country or not other.country or first.country == other.country:
                continue
            if first.kind in ("state", "place") and other.kind in ("state", "place"):
                return [other, first]
        return []

    def _sides(self, i: int, draft: Draft) -> None:
        """ "both sides", "the two parties": the last two actors that faced each other."""
        found: list[Draft] = []
        for other in reversed(self.drafts[:i]):
            token = self.reader.sentences[other.sentence].tokens[other.head]
            if draft.sentence - other.sentence > 3:
                break
            if other.sentence == draft.sentence or token.dep in ("compound", "amod", "nmod:poss", "nmod:desc", "appos"):
                continue
            if other.kind in ("place", "pronoun") or other.country is None or other.sector in (None, "CVL", "JRN"):
                continue
            if all((f.chain, f.chain is None) != (other.chain, other.chain is None) or f.chain is None for f in found):
                found.append(other)
            if len(found) == 2:
                break
        if len(found) < 2:
            return
        first, second = found[1], found[0]
        codes = tuple(dict.fromkeys(c for d in (first, second) for c in (d.countries or (d.country or "",))))
        draft.set_countries(codes, "coreference")
        draft.set_country(first.country, "coreference")
        draft.sector, draft.sector_basis = first.sector, "coreference"
        draft.rules.append("coref/sides")
