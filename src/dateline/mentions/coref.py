"""In-story coreference: surnames, titles alone, "the ministry", "the North", "the two countries", pronouns.

Names are clustered over the whole story first, because a headline may print a surname before the body prints the
full name. The rest is resolved in text order, each phrase against what stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_link import HEADS
from dateline.mentions.actors_read import Reader
from dateline.mentions.actors_role import BODIES, singular
from dateline.mentions.coref_late import late_names
from dateline.mentions.coref_nouns import NounResolver
from dateline.mentions.coref_pronouns import find_antecedent, find_pair
from dateline.mentions.coref_tails import ends_with, tail_of
from dateline.mentions.phrases import case_of
from dateline.mentions.speakers import Speakers
from dateline.mentions.world_names import fold_token, name_key
from dateline.mentions.world_rows import OFFICIAL, Entry
from dateline.model import Story
from dateline.parse.quotes import find_quotes

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


_CHIEF = frozenset(("president", "prime minister", "leader", "chancellor", "king", "supreme leader", "shah", "emperor"))
_WEAK = frozenset((None, "role noun", "complement", "of complement"))
_SAID = frozenset(
    ("stated", "possessor", "of complement", "complement", "coreference", "table of organisations", "name")
)


@dataclass(slots=True)
class Chain:
    """What one story says of one actor."""

    id: int
    mentions: list[Draft] = field(default_factory=list)


class Coreference(NounResolver):
    """Resolves the drafts of one story; after ``resolve`` they carry chains and what they inherit."""

    def __init__(
        self, story: Story, reader: Reader, drafts: Sequence[Draft], links: Sequence[tuple[int, int, int]]
    ) -> None:
        """Keep the drafts in text order; ``links`` are (sentence, head, head) of phrases that name one actor."""
        super().__init__(reader, drafts)
        self.links = links
        self.dateline = story.dateline.country if story.dateline is not None else None
        self.chains: list[Chain] = []
        self.speakers = Speakers(reader.sentences, find_quotes(story))

    def resolve(self) -> None:
        """Cluster names, then resolve common nouns and pronouns in text order."""
        self._names()
        self._organisations()
        for sentence, left, right in self.links:
            a, b = self.by_head.get((sentence, left)), self.by_head.get((sentence, right))
            if a is not None and b is not None:
                self.join(a, b)
        for told, name in late_names(self.reader, self.drafts):
            self.join(name, told)
        for chain in self.chains:
            self._spread(chain)
        self._surnames()
        for i, draft in enumerate(self.drafts):
            self._own(draft)
            if draft.kind == "pronoun":
                self._pronoun(i, draft)
            elif draft.name is None or (draft.name_tokens is None and draft.country is None and draft.kind == "person"):
                self._noun(i, draft)
        for draft in self.drafts:
            self._own(draft)
            self._retake(draft)
            self._serves(draft)
            self._private(draft)
            self._officer(draft)
            if draft.chain is None:
                self._new(draft)

    def _noun(self, i: int, draft: Draft) -> None:
        """Resolve a common noun; who shares its name takes the country that it got: "the man, Scott Harper, …"."""
        named, role, office = draft.name is not None, draft.role, draft.office
        name, entity = draft.name, draft.entity
        self.resolve_noun(i, draft)
        if named:
            draft.name, draft.entity, draft.role, draft.office = name, entity, role, office
        self._bridge(i, draft)
        if draft.country is not None and named and draft.chain is not None:
            for mention in self.chains[draft.chain].mentions:
                mention.set_country(draft.country, "coreference")

    def _bridge(self, i: int, draft: Draft) -> None:
        """ "Lawmakers" after a parliament, "police" after "Thai police": those of the same state."""
        role = draft.role
        if draft.country is not None or role is None or role.apart or draft.foreign:
            return
        if not role.local and role.kind != "group":
            return
        if role.sector not in OFFICIAL or role.kind == "state" or self._owned(draft):
            return
        for other in reversed(self.drafts[max(0, i - 40) : i]):
            if draft.sentence - other.sentence > 2:
                return
            if other.country is None or other.kind in ("pronoun", "place", "state"):
                continue
            if other.country_basis not in _SAID:
                continue
            alike = other.role is not None and other.role.id == role.id
            same = alike and (not role.local or self._called(other, draft.word))
            member = role.sector == "LEG" and other.sector == "LEG" and other.kind == "organisation"
            if same or member:
                draft.set_country(other.country, "coreference")
                draft.rules.append("coref/bridge")
                return

    def _owned(self, draft: Draft) -> bool:
        sentence = self.reader.sentences[draft.sentence]
        return any(
            sentence.tokens[k].dep == "nmod:poss" or case_of(sentence, k) is not None
            for k in sentence.childs(draft.head, "nmod")
        )

    def _new(self, draft: Draft) -> Chain:
        chain = Chain(len(self.chains), [draft])
        draft.chain = chain.id
        self.chains.append(chain)
        return chain

    def join(self, a: Draft, b: Draft) -> None:
        """Put two drafts in one chain."""
        if a.chain is None and b.chain is None:
            self._new(a)
        if a.chain is not None and b.chain is not None:
            if a.chain != b.chain:
                gone = self.chains[b.chain]
                for draft in gone.mentions:
                    draft.chain = a.chain
                    self.chains[a.chain].mentions.append(draft)
                gone.mentions = []
        elif a.chain is not None:
            b.chain = a.chain
            self.chains[a.chain].mentions.append(b)
        elif b.chain is not None:
            a.chain = b.chain
            self.chains[b.chain].mentions.append(a)

    def _words(self, draft: Draft) -> list[str]:
        if draft.name_tokens is None:
            return []
        tokens = self.reader.sentences[draft.sentence].tokens[draft.name_tokens[0] : draft.name_tokens[1]]
        folds = [fold_token(t.text) for t in tokens]
        return [f for f in folds if len(f) > 1]

    def _names(self) -> None:
        people = [(d, self._words(d)) for d in self.drafts if d.kind == "person" and d.name_tokens is not None]
        full: list[tuple[Draft, list[str]]] = []
        for draft, words in people:
            if len(words) < 2:
                continue
            for other, seen in full:
                if words == seen or (words[0] == seen[0] and words[-1] == seen[-1]) or "".join(words) == "".join(seen):
                    self.join(other, draft)
                    break
            else:
                self._new(draft)
                full.append((draft, words))
        for draft, words in people:
            if len(words) != 1:
                continue
            best: tuple[int, Draft] | None = None
            for other, seen in full:
                if words[0] != seen[-1] and words[0] != seen[0]:
                    continue
                before = (other.sentence, other.head) < (draft.sentence, draft.head)
                role = draft.role is not None and other.role is not None and draft.role.id == other.role.id
                score = 4 * role + 2 * (words[0] == seen[-1]) + before
                if best is None or score > best[0]:
                    best = (score, other)
            if best is not None:
                self.join(best[1], draft)
            else:
                full.append((draft, words))
                self._new(draft)

    def _organisations(self) -> None:
        seen: dict[str, Draft] = {}
        for draft in self.drafts:
            if draft.name is None or draft.kind in ("person", "pronoun"):
                continue
            key = draft.entity or (draft.country if draft.kind == "state" else None) or name_key(draft.name.split())
            if draft.kind in ("state", "place"):
                key = f"{draft.country}/{name_key(draft.name.split())}" if draft.kind == "place" else f"{draft.country}"
            if draft.entity is None and draft.kind != "state" and key not in seen:
                tail = tail_of(draft.name)
                if tail is not None:
                    key = next((k for k, d in seen.items() if ends_with(d, tail)), key)
            if key in seen:
                self.join(seen[key], draft)
            else:
                seen[key] = draft
                if draft.chain is None:
                    self._new(draft)

    def _spread(self, chain: Chain) -> None:
        """Every mention of a name gets what any of them says; roles in the text win over tables."""
        drafts = sorted(chain.mentions, key=lambda d: (d.sentence, d.head))
        if len(drafts) < 2 or drafts[0].kind in ("state", "place"):
            return
        roles = [d for d in drafts if d.role is not None and d.sector is not None and d.sector_basis in _TEXT]
        people = any(d.kind == "person" for d in drafts)
        roles.sort(key=lambda d: (d.sector == "CVL", d.name is None))
        best = roles[0] if roles else None
        name = max((d.name for d in drafts if d.name), key=len, default=None)
        for draft in drafts:
            weak = draft.sector_basis not in _TEXT or (
                draft.sector == "CVL" and best is not None and best.sector != "CVL"
            )
            if best is not None and best.sector == "PTY" and draft.sector == "GOV" and draft.office in HEADS:
                weak = False
            if people and best is not None and draft is not best and weak:
                draft.sector, draft.sector_basis, draft.others = best.sector, "coreference", best.others
            if people and best is not None and draft.role is None:
                draft.role, draft.office = best.role, best.office
            for other in drafts:
                draft.set_country(other.country, "coreference")
                draft.set_sector(other.sector, "coreference")
                draft.office = draft.office or other.office
                draft.entity = draft.entity or other.entity
            if people or draft.name is None:
                draft.name = name or draft.name

    def _surnames(self) -> None:
        """Surnames that nothing introduces: the office holder of that name, if there is only one in sight."""
        for chain in self.chains:
            if not chain.mentions or chain.mentions[0].kind != "person":
                continue
            draft = chain.mentions[0]
            words = self._words(draft)
            if len(words) != 1 or draft.name_tokens is None or (draft.country is not None and draft.sector is not None):
                continue
            entry = self._holder(draft, self.reader.world.lookup([words[0]], on=self.reader.day, surname=True))
            if entry is None:
                continue
            for mention in chain.mentions:
                mention.set_country(entry.country, "table of office holders")
                if (
                    mention.country == entry.country
                    and mention.role is None
                    and mention.set_sector(entry.sector, "table of office holders")
                ):
                    mention.office = mention.office or entry.office
                mention.entity = mention.entity or entry.id
                mention.rules.append(entry.rule("surname"))

    def _holder(self, draft: Draft, entries: Sequence[Entry]) -> Entry | None:
        live = [e for e in entries if e.status in ("current", "undated")] or [
            e for e in entries if e.status == "former" and e.own
        ]
        if (draft.name or "").lower().split(" ")[-1] in self.reader.roles.surnames:
            live = [e for e in live if e.office in _CHIEF]
        if draft.country is not None:
            live = [e for e in live if e.country == draft.country]
        codes = {e.country for e in live}
        if len(codes) > 1:
            named = {d.country for d in self.drafts if d.kind in ("state", "place") and d.country} | {self.dateline}
            live = [e for e in live if e.country in named] or live
            codes = {e.country for e in live}
        if len(codes) > 1:
            live = [e for e in live if e.own]
            codes = {e.country for e in live}
        if len(codes) != 1:
            return None
        heads = [e for e in live if e.office in _CHIEF]
        return (heads or live)[0]

    def _own(self, draft: Draft) -> None:
        """Country from an owner that only coreference or a table knows: "its ambassador", "Bush's aide"."""
        if draft.country is not None or (draft.role is not None and draft.role.apart):
            return
        sentence = self.reader.sentences[draft.sentence]
        for k in sentence.childs(draft.head, "nmod:poss", "compound", "nmod"):
            owner = self.by_head.get((draft.sentence, k))
            if owner is None or owner.country is None:
                continue
            if sentence.tokens[k].dep == "nmod":
                case = case_of(sentence, k)
                if case is None or sentence.tokens[case].lemma.lower() not in ("of", "for", "from"):
                    continue
            if draft.plural:
                draft.set_countries(owner.countries, "possessor")
            draft.set_country(owner.country, "possessor")
            if (
                draft.role is not None
                and draft.role.of
                and draft.role.sector is None
                and draft.role.takes(owner.sector)
            ):
                draft.set_sector(owner.sector, "possessor")

    def _serves(self, draft: Draft) -> None:
        """The chief of an international body is of that body, whatever state he comes from: "the agency's chief"."""
        if draft.role is None or not draft.role.of or draft.role.apart or draft.country in BODIES:
            return
        sentence = self.reader.sentences[draft.sentence]
        for k in sentence.childs(draft.head, "nmod:poss"):
            owner = self.by_head.get((draft.sentence, k))
            if owner is not None and owner.kind == "organisation" and owner.country in BODIES:
                mates = self.chains[draft.chain].mentions if draft.chain is not None else [draft]
                for mate in mates:
                    if mate is draft or mate.country_basis in ("apposition", "table of office holders", "coreference"):
                        mate.country, mate.country_basis = owner.country, "possessor"
                        if mate.sector == "GOV":
                            mate.sector, mate.sector_basis = None, None

    def _private(self, draft: Draft) -> None:
        """ "The neighbor sued his rival": persons, where no state or office holder is whose neighbour or rival they are."""
        role = draft.role
        if role is None or draft.country is not None or draft.countries or draft.sector_basis != "role noun":
            return
        sentence = self.reader.sentences[draft.sentence]
        if role.sector != "GOV" or singular(sentence.tokens[draft.head]) not in self.reader.roles.near:
            return
        for k in sentence.childs(draft.head, "nmod:poss", "nmod", "compound", "amod"):
            owner = self.by_head.get((draft.sentence, k))
            if owner is None and sentence.tokens[k].dep == "nmod:poss":
                return
            if owner is not None and (owner.kind == "state" or owner.sector in OFFICIAL or owner.country is not None):
                return
        draft.kind, draft.sector, draft.sector_basis = "person", "CVL", "role noun"

    def _officer(self, draft: Draft) -> None:
        """ "The officers" of a story that speaks of soldiers and of no police are the army's."""
        if draft.role is None or draft.role.id != "roles/officers" or draft.sector_basis != "role noun":
            return
        told = [d.sector for d in self.drafts if d.sector in ("MIL", "COP") and d.role is not draft.role]
        if told and "COP" not in told:
            draft.sector, draft.sector_basis = "MIL", "coreference"
            draft.rules.append("coref/officers")

    def _retake(self, draft: Draft) -> None:
        """A relational noun whose owner only coreference knows: "a spokesman for the group", "its leader"."""
        role = draft.role
        if role is None or not role.of or role.apart or draft.kind == "pronoun" or draft.sector_basis not in _WEAK:
            return
        sentence = self.reader.sentences[draft.sentence]
        for k in sentence.childs(draft.head, "nmod:poss", "nmod"):
            owner = self.by_head.get((draft.sentence, k))
            if owner is None or "coreference" not in (owner.sector_basis, owner.country_basis):
                continue
            case = case_of(sentence, k)
            if sentence.tokens[k].dep == "nmod" and (
                case is None or sentence.tokens[case].lemma.lower() not in ("of", "for")
            ):
                continue
            if owner.kind in ("state", "place") or (owner.kind == "person" and role.sector is not None):
                continue
            if role.takes(owner.sector) and owner.sector not in ("CVL", "ELI"):
                draft.sector, draft.sector_basis = owner.sector, "coreference"
            elif owner.country in BODIES and owner.sector is None:
                draft.sector, draft.sector_basis = None, None
            if draft.country_basis in (None, "context", "dateline", "place") and owner.country is not None:
                draft.country, draft.country_basis = owner.country, "coreference"
            return

    def _pronoun(self, i: int, draft: Draft) -> None:
        other = find_antecedent(self.reader.sentences, self.drafts, i, self.speakers)
        if other is None or other.sentence < draft.sentence - 1:
            both = find_pair(self.reader.sentences, self.drafts, i)
            if both:
                draft.plural = True
                draft.set_countries(tuple(dict.fromkeys(d.country or "" for d in both)), "coreference")
                draft.set_sector(both[0].sector, "coreference")
                draft.rules.append("coref/pair")
                return
        if other is None:
            return
        draft.set_country(other.country, "coreference")
        draft.set_sector(other.sector, "coreference")
        draft.name, draft.entity, draft.others, draft.office = other.name, other.entity, other.others, other.office
        draft.role = other.role
        draft.plural = draft.plural or other.plural
        draft.rules.append("coref/pronoun")
        if other.chain is None:
            self._new(other)
        self.join(other, draft)
