"""What a phrase takes from its role noun, the words before it, its owner and its complements."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Sequence

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_scan import Geo, Org, Scan
from dateline.mentions.phrases import case_of
from dateline.mentions.roles import RoleClass, Roles
from dateline.mentions.world import World
from dateline.mentions.world_rows import OFFICIAL, Entry
from dateline.model import Sentence, Token

BODIES = frozenset(("UNO", "EUR", "IGO"))
_LED = frozenset(
    ("led", "based", "held", "born", "run", "controlled", "occupied", "ruled", "administered", "dominated")
)
_AGAINST = frozenset(("pro", "anti", "non", "ex"))
TO_FROM = frozenset(("to", "from", "into", "of", "for"))
_KIN = frozenset(("ELI",))
_COMPLEMENT = frozenset(("of", "for", "from", "in", "at", "to", "with", "within"))
_MEMBER = frozenset(("of", "for", "with", "from", "within", "at", "in"))
#: those who work for a body without being of a sector of its own: "UN inspectors", "EU officers", "IAEA staff"
_STAFF = frozenset(("roles/policeman", "roles/officers", "roles/labour"))
_PROPER = frozenset(("knesset", "duma", "bundestag"))


class RoleReader(ABC):
    """Fills drafts from role nouns; the dispatch over kinds of phrases is in the subclass."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        text: str,
        scans: Sequence[Scan],
        world: World,
        roles: Roles,
        day: dt.date | None,
        dateline: str | None = None,
    ) -> None:
        """Keep the story's sentences and their scans."""
        self.sentences = sentences
        self.text = text
        self.scans = scans
        self.world = world
        self.roles = roles
        self.day = day
        self.dateline = dateline
        self.drafts: dict[tuple[int, int], Draft | None] = {}
        self.named = {geo.country for scan in scans for geo in filter(None, scan.geo)}
        persons = [e for scan in scans for e in scan.entities("PER")]
        self.surnames = {parts[-1] for e in persons if len(parts := e.text.split()) > 1}
        self.korea = bool(self.named & {"PRK", "KOR"})

    def draft(self, s: int, h: int) -> Draft | None:
        """The draft of the phrase headed by a token; None when it is no actor."""
        key = (s, h)
        if key not in self.drafts:
            self.drafts[key] = None  # guards against cycles
            draft = self.drafts[key] = self.read(s, h)
            if draft is not None:
                draft.word = self.sentences[s].tokens[h].lemma.lower()
        return self.drafts[key]

    def _match(self, before: Sequence[str], token: Token) -> tuple[RoleClass | None, int, str]:
        text, word = token.text.lower(), singular(token)
        if text.startswith("ex-"):  # "ex-general" in one token
            found = self.roles.match(before, word[3:])
            if found[0] is not None:
                return found
        if len(before) >= 2 and before[-1] == "-":  # "secretary-general", "hard-liners"
            joined, size, phrase = self.roles.match(before[:-2], f"{before[-2]}-{word}")
            if joined is not None:
                return joined, size + 2, phrase
        found = self.roles.match(before, word)
        if found[0] is None and text != word:
            found = self.roles.match(before, text)
        if found[0] is None and token.text[-1] == "s" and text[:-1] in self.roles.apart_peoples:
            found = self.roles.match(before, text[:-1])
        if found[2] in self.roles.capital and token.text.islower():
            return None, 0, ""
        return found

    def is_former(self, word: str) -> bool:
        """Whether a word says that an office is no longer held: "former", "ousted", "ex-minister"."""
        word = word.lower()
        return word in self.roles.former or word.startswith("ex-")

    def relation(self, sentence: Sentence, h: int) -> tuple[str, str | None]:
        """Dependency and preposition of a token, those of the first conjunct for a coordinated one."""
        tokens = sentence.tokens
        steps = 0
        case = sentence.child(h, "case")
        while tokens[h].dep == "conj" and tokens[h].head >= 0 and steps < 12 and case is None:
            h = tokens[h].head
            case = sentence.child(h, "case")
            steps += 1
        if case is not None and tokens[case].text in ("'s", "'", "’s", "’"):
            return "nmod:poss", None
        return tokens[h].dep, tokens[case].lemma.lower() if case is not None else None

    def _choose(self, entries: Sequence[Entry], country: str | None) -> Entry | None:
        if country is not None:
            for entry in entries:
                if entry.country == country:
                    return entry
        own = [e for e in entries if e.own]
        if own:
            return own[0]
        return entries[0] if len({e.country for e in entries}) == 1 else None

    def elsewhere(self, s: int, org: Org, entry: Entry, stated: str | None) -> bool:
        """Whether a name such as "Congress" or "Labour Party" is more likely a body of the story's own country."""
        home = self.dateline
        if home is None or entry.country == home or stated == entry.country:
            return False
        tokens = self.sentences[s].tokens[org.first : org.last]
        _, size, phrase = self.roles.match([t.text.lower() for t in tokens[:-1]], singular(tokens[-1]))
        if size != len(tokens):
            return False
        if phrase not in self.roles.shared:
            return phrase not in _PROPER and entry.country not in self.named
        if home not in self.roles.shared[phrase]:
            return False
        here = {g.country for g in self.scans[s].geo if g is not None}
        return home in here or entry.country not in here

    def _apply_role(
        self,
        draft: Draft,
        sentence: Sentence,
        scan: Scan,
        role: RoleClass,
        phrase: str,
        first: int,
        start: int,
        complement_of: int,
    ) -> None:
        """Fill a draft from its role noun, the words before it and its complements."""
        tokens = sentence.tokens
        draft.role = role
        draft.rules.append(role.id)
        draft.kind = role.kind if draft.kind in ("other", "organisation", "place") else draft.kind
        if role.kind == "person" and phrase:
            draft.office = phrase
        before = [t.text.lower() for t in tokens[first:start]]
        if any(w in self.roles.foreign for w in before):
            draft.foreign = True
        if role.owned or (role.apart and role.kind == "state"):
            draft.country, draft.country_basis, draft.foreign = None, None, True
        if draft.country is None and role.country is not None:
            draft.set_country(role.country, "role noun")
        if role.of:
            self._sector_before(draft, scan, tokens, first, start, role)
        self._possessor(draft, sentence, draft.head)
        self._complement(draft, sentence, complement_of, role)
        draft.set_sector(role.sector, "role noun")
        if draft.former and draft.sector in OFFICIAL:
            draft.others = (*draft.others, draft.sector or "")
            draft.sector, draft.sector_basis = "ELI", "former office"
        if draft.country in BODIES and (draft.sector == "GOV" or role.id in _STAFF):
            draft.sector, draft.sector_basis = None, None

    def _sector_before(
        self, draft: Draft, scan: Scan, tokens: Sequence[Token], first: int, start: int, role: RoleClass
    ) -> None:
        """The sector of a relational noun from the words in front of it: "opposition leader", "Hamas fighters"."""
        words = [t.text.lower() for t in tokens[first:start]]
        for p in range(start - 1, first - 1, -1):
            org = scan.org[p]
            if org is not None:
                entry = self._choose(org.entries, draft.country)
                if entry is not None and role.takes(entry.sector):
                    draft.set_sector(entry.sector, "organisation in the phrase")
                    return
                if entry is not None and entry.country in BODIES and role.sector == "GOV":
                    return
            pair = f"{words[p - first - 1]} {words[p - first]}" if p > first else ""
            modifier = self.roles.modifier((words[p - first], pair), role)
            if modifier is not None:
                draft.set_sector(modifier.sector, "modifier")
                draft.rules.append(modifier.id)
                return
            if tokens[p].upos in ("NOUN", "PROPN"):
                inner, _, _ = self._match(words[: p - first], tokens[p])
                if inner is not None and role.takes(inner.sector) and inner.kind != "person":
                    draft.set_sector(inner.sector, "modifier")
                    draft.rules.append(inner.id)
                    return

    def _stated(self, draft: Draft, scan: Scan, tokens: Sequence[Token], first: int, end: int) -> None:
        """The country named by the words of the phrase: nationality, country, capital or organisation."""
        if not any(scan.geo[first:end]) and not any(scan.org[first:end]):
            return
        for p in range(end - 1, first - 1, -1):
            geo, org = scan.geo[p], scan.org[p]
            if geo is None and org is None:
                continue
            hyphen = p + 2 < len(tokens) and p + 2 <= end and tokens[p + 1].text in ("-", "–")
            if hyphen and tokens[p + 2].upos in ("VERB", "ADJ") and tokens[p + 2].text.lower() not in _LED:
                continue  # "Iranian-backed", but not "U.S.-led"
            if p >= first + 1 and tokens[p - 1].text in ("-", "–") and tokens[p - 2].text.lower() in _AGAINST:
                continue
            if tokens[p].text.lower().startswith(("anti-", "pro-", "non-")):
                continue
            if org is not None and (geo is None or org.last - org.first > geo.last - geo.first):
                entry = self._choose(org.entries, None)
                if entry is not None and self.elsewhere(draft.sentence, org, entry, None):
                    continue
                if entry is not None and draft.set_country(entry.country, "stated"):
                    return
            elif geo is not None and draft.set_country(geo.country, "stated"):
                draft.partial = self.is_partial(tokens, geo)
                return

    def is_partial(self, tokens: Sequence[Token], geo: Geo) -> bool:
        """Whether a name is that of a territory that acts as a state without being recognised as one."""
        return " ".join(t.text.lower() for t in tokens[geo.first : geo.last]).replace(" - ", "-") in self.roles.partial

    def _possessor(self, draft: Draft, sentence: Sentence, h: int) -> None:
        if draft.role is not None and draft.role.apart:
            return
        for k in sentence.childs(h, "nmod:poss"):
            owner = self.draft(draft.sentence, k)
            if owner is not None and owner.kind != "pronoun":
                self._take(draft, owner, "possessor")

    def _complement(self, draft: Draft, sentence: Sentence, h: int, role: RoleClass | None) -> None:
        tokens = sentence.tokens
        members: RoleClass | None = None
        for k in sentence.childs(h, "nmod"):
            if tokens[k].dep in ("nmod:poss", "nmod:desc", "nmod:unmarked"):
                continue
            case = case_of(sentence, k)
            word = tokens[case].lemma.lower() if case is not None else ""
            if word in TO_FROM and word not in ("of", "for") and sentence.child(h, "nmod:poss") is not None:
                continue  # "its ambassador to Peru", "their troops from Mali"
            if word not in _COMPLEMENT or (word == "to" and draft.kind == "person"):
                continue
            other = self.draft(draft.sentence, k)
            if other is None or other.kind == "pronoun":
                continue
            if role is not None and role.kind == "group" and role.of and role.sector is None and word == "of":
                draft.kind = other.kind if other.kind != "other" else draft.kind
                draft.foreign = draft.foreign or other.foreign
                members = other.role
            if (
                word == "for"
                and other.kind in ("state", "place")
                and draft.country is None
                and role is not None
                and role.sector is None
            ):
                continue
            if (
                draft.plural
                and other.country is not None
                and (other.kind in ("state", "place") or (other.kind == "organisation" and other.country in BODIES))
            ):
                siblings = [self.draft(draft.sentence, c) for c in sentence.childs(k, "conj")]
                codes = dict.fromkeys(
                    [
                        *(other.countries or (other.country,)),
                        *(d.country for d in siblings if d is not None and d.kind in ("state", "place") and d.country),
                    ]
                )
                if draft.country in (None, other.country):
                    draft.set_countries(tuple(codes), "of complement")
            elif (
                word == "of"
                and draft.kind == other.kind == "other"
                and other.countries
                and draft.country in (None, other.country)
            ):  # "the resumption of ties with Chad and Mali"
                draft.set_countries(other.countries, "of complement")
            self._take(
                draft,
                other,
                "of complement" if word == "of" else "complement",
                sector=word in _MEMBER and (word != "in" or (other.kind == "organisation" and draft.kind == "person")),
            )
        if members is not None:
            draft.role = members

    def _take(self, draft: Draft, other: Draft, basis: str, *, sector: bool = True) -> None:
        """Take country, and for a relational noun the sector, from whom the phrase belongs to."""
        if other.country_basis not in ("place", "dateline", "context") and draft.set_country(other.country, basis):
            draft.partial = other.partial
            if other.partial and draft.role is not None and draft.role.id == "groups/settlement":
                draft.set_sector("GOV", "place for government")  # "its breakaway region of Abkhazia"
        role = draft.role
        rebels = other.kind in ("group", "organisation") and other.sector in ("REB", "PRM")
        if sector and role is not None and role.sector == "MIL" and rebels:
            draft.set_sector(other.sector, basis)  # "Hamas's military commander"
        if sector and role is not None and role.of and draft.sector is None:
            source = other.sector
            if other.kind in ("state", "place") and role.sector is not None:
                source = None
            if (source == "ELI" and role.only != _KIN) or (source == "CVL" and role.sector == "GOV"):
                source = source if other.kind != "person" else None
            if (
                source is not None
                and role.only == _KIN
                and other.kind == "person"
                and (other.sector in OFFICIAL or other.sector == "ELI")
            ):
                source = "ELI"
            if role.takes(source):
                draft.set_sector(source, basis)
                if other.others:
                    draft.others = other.others

    @abstractmethod
    def read(self, s: int, h: int) -> Draft | None:
        """Read the phrase headed by a token."""


def led_by(sentence: Sentence, scan: Scan, i: int) -> int | None:
    """The token that leads, for the participle of "U.S.-led", "Saudi-led"; None when the word is no such participle."""
    tokens = sentence.tokens
    if i < 2 or tokens[i].text.lower() != "led" or tokens[i - 1].text not in ("-", "–"):
        return None
    return i - 2 if scan.geo[i - 2] is not None or scan.org[i - 2] is not None else None


def singular(token: Token) -> str:
    """The singular of a noun as the role files print it; proper nouns lose their plural by rule."""
    word, text = token.lemma.lower(), token.text.lower()
    if token.upos == "PROPN" or word == text:
        plural = token.xpos in ("NNS", "NNPS")
        if len(text) > 4 and text.endswith("ies"):
            return text[:-3] + "y"
        if (
            len(text) > 3
            and text.endswith("s")
            and not text.endswith(("ss", "us") if plural else ("ss", "us", "is"))
            and (token.upos == "PROPN" or plural)
        ):
            return text[:-1]
    return word


def is_plural(token: Token) -> bool:
    """Whether a noun is in the plural."""
    return token.xpos in ("NNS", "NNPS") or token.lemma.lower() in ("people", "police")
