"""One noun phrase -> what it says about itself: role, country, name, from its own words and from the tables."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_members import coordinated
from dateline.mentions.actors_role import BODIES, TO_FROM, RoleReader, is_plural, led_by, singular
from dateline.mentions.actors_scan import Geo, Org, Scan
from dateline.mentions.phrases import core
from dateline.mentions.roles import RoleClass
from dateline.mentions.world_rows import OFFICIAL, Entry
from dateline.model import Entity, Sentence, Token

_SHARED = frozenset(("war", "peninsula", "armistice", "summit"))
_KOREAS = {"North": "PRK", "South": "KOR"}
_KOREA_NAMES = {"North": "North Korea", "South": "South Korea"}
_LOCATIVE = frozenset(
    (
        "in",
        "at",
        "near",
        "inside",
        "across",
        "around",
        "throughout",
        "outside",
        "within",
        "through",
        "over",
        "along",
        "via",
        "toward",
        "towards",
        "beyond",
        "amid",
        "during",
        "after",
        "before",
        "since",
        "until",
        "off",
    )
)
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_STATE_FORMS = ("sh", "ch", "ese", "ss")
_DEMONYM_FORMS = frozenset(("adjective", "person", "people"))

_OF_STATES = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY"))


class Reader(RoleReader):
    """Reads the noun phrases of a story, each once."""

    def read(self, s: int, h: int) -> Draft | None:
        """Read a phrase: as pronoun, person, organisation, place or common noun."""
        sentence = self.sentences[s]
        token = sentence.tokens[h]
        if token.upos == "PRON":
            return self._pronoun(s, h, token)
        scan = self.scans[s]
        leader = led_by(sentence, scan, h)
        if leader is not None:
            return self._leader(s, h, leader)
        first, last = core(sentence, h)
        draft = Draft(s, h, first, last, plural=is_plural(token), core=(first, last))
        determiners = sentence.childs(h, "det")
        draft.definite = (
            any(sentence.tokens[k].lemma.lower() in _DEFINITE for k in determiners) if determiners else False
        )
        people = token.text[-1] == "s" and token.text[:-1].lower() in self.roles.apart_peoples
        name = self._person_name(sentence, scan, h, first, last) if not people or last - first > 3 else None
        if people and name is None and scan.org[h] is None:
            draft.plural = True  # "Yazidis", whatever the model takes the name for
            if (common := self._common(draft, sentence, scan)) is not None:
                common.name, common.kind = None, "people"
                return common
        if name is not None:
            return self._person(draft, sentence, scan, name)
        geo, org = scan.geo[h], scan.org[h]
        if draft.definite and token.text in _KOREAS and self.korea:
            geo = None
        if org is not None and (geo is None or org.last - org.first >= geo.last - geo.first):
            return self._organisation(draft, sentence, scan, org)
        ethnic = h > 0 and sentence.tokens[h - 1].text.lower() == "ethnic"
        if geo is not None and not ethnic and not self._is_role(sentence, h, first, geo):
            return self._geo(draft, sentence, scan, geo)
        if draft.definite and token.text in _KOREAS and self.korea:
            draft.kind, draft.name = "state", _KOREA_NAMES[token.text]
            draft.set_country(_KOREAS[token.text], "coreference")
            draft.set_sector("GOV", "country for government")
            draft.rules.append("coref/korea")
            return draft
        if draft.plural and token.upos == "PROPN" and len(codes := self.world.countries.readings(token.text[:-1])) > 1:
            draft.kind = "state"
            draft.set_countries(codes[:2], "name")
            draft.set_sector("GOV", "country for government")
            return draft
        return self._common(draft, sentence, scan)

    def _pronoun(self, s: int, h: int, token: Token) -> Draft:
        draft = Draft(
            s, h, h, h + 1, kind="pronoun", plural=token.lemma.lower() in ("they", "we", "these", "those", "both")
        )
        return draft

    def _leader(self, s: int, h: int, leader: int) -> Draft | None:
        """ "U.S.-led": the state or body that leads, on the tokens of the modifier."""
        other = self.draft(s, leader)
        if other is None:
            return None
        draft = Draft(s, h, other.first, h + 1, kind=other.kind, name=other.name, entity=other.entity)
        draft.set_country(other.country, "leader of the force")
        draft.set_sector(other.sector, "leader of the force")
        draft.rules.append("actors/led")
        return draft

    def _is_role(self, sentence: Sentence, h: int, first: int, geo: Geo) -> bool:
        if geo.form == "place" and h == geo.last - 1 and sentence.tokens[h].upos == "NOUN":
            return self._match((), sentence.tokens[h])[0] is not None
        return False

    def _person_name(self, sentence: Sentence, scan: Scan, h: int, first: int, last: int) -> tuple[int, int] | None:
        """Tokens of the personal name headed by a token, without titles; None when it is no such name."""
        tokens = sentence.tokens
        entity = scan.label[h]
        geo = scan.geo[h]
        if entity is not None and geo is not None and geo.form != "place":
            whole = geo.first <= entity.first and geo.last >= entity.last
            parts = sentence.childs(h, "nmod:desc", "flat")
            if whole and tokens[h].text not in self.surnames and all(geo.first <= k < geo.last for k in parts):
                return None  # "Sri Lankan", "Colombo": a country taken for a person
        if entity is not None and entity.label == "PER" and tokens[h].upos in ("PROPN", "NOUN", "ADJ", "X"):
            if scan.org[h] is not None and scan.org[h].first <= entity.first and scan.org[h].last >= entity.last:  # type: ignore[union-attr]
                return None
            start, end = (
                entity.first,
                min(max(entity.last, last if tokens[last - 1].dep.startswith("flat") else 0), len(tokens)),
            )
        elif entity is None and (named := self._after_title(sentence, scan, h)) is not None:
            start, end = named.first, named.last
        elif self._of_country(sentence, scan, h):
            start, end = h, h + 1  # "Greece's Mitsotakis"
        elif tokens[h].upos == "PROPN" and entity is None and scan.org[h] is None and scan.geo[h] is None:
            titled = [k for k in sentence.childs(h, "nmod:desc", "compound") if k < h and self._title(tokens[k])]
            if not titled and not self._known_surname(sentence, h, first, last):
                return None
            start, end = h, last
            if self._match((), tokens[h])[0] is not None:
                return None
        else:
            return None
        adjective = scan.geo[start]
        if adjective is not None and adjective.form == "adjective" and adjective.last < end:
            start = adjective.last if self._title(tokens[adjective.last]) else start  # "Omani Sultan Qaboos"
        while start < end and (self._title(tokens[start]) or tokens[start].upos in ("DET", "ADP", "PUNCT")):
            start += 1
        return (start, end) if start < end else None

    def _after_title(self, sentence: Sentence, scan: Scan, h: int) -> Entity | None:
        """The person whose name hangs on a title that was taken for its first word: "Comrade | Kim Jong Un"."""
        if not self._title(sentence.tokens[h]):
            return None
        names = (scan.label[k] for k in sentence.childs(h, "flat") if k > h)
        return next((e for e in names if e is not None and e.label == "PER"), None)

    def _of_country(self, sentence: Sentence, scan: Scan, h: int) -> bool:
        """Whether a word of which a country is the owner is the surname of an office holder of that country."""
        token = sentence.tokens[h]
        if token.upos != "PROPN" or scan.geo[h] is not None or scan.org[h] is not None:
            return False
        owners = {geo.country for k in sentence.childs(h, "nmod:poss") if (geo := scan.geo[k]) is not None}
        if not owners:
            return False
        return any(e.country in owners for e in self.world.lookup([token.text], on=self.day, surname=True))

    def _known_surname(self, sentence: Sentence, h: int, first: int, last: int) -> bool:
        """Whether a name of one word, missed as a name, is the surname of one holder of an office on the day."""
        token = sentence.tokens[h]
        if last - first > 1 or h == 0 or len(token.text) < 6 or not token.text.isalpha():
            return False
        found = self.world.lookup([token.text], on=self.day, surname=True)
        return len({e.country for e in found if e.status in ("current", "undated")}) == 1

    def _title(self, token: Token) -> bool:
        word = token.text.lower()
        return word in self.roles.courtesy or (self._match((), token)[0] is not None and token.text[0].isupper())

    def _person(self, draft: Draft, sentence: Sentence, scan: Scan, name: tuple[int, int]) -> Draft:
        tokens = sentence.tokens
        draft.kind = "person"
        draft.name_tokens = name
        draft.name = self.text[tokens[name[0]].start : tokens[name[1] - 1].end]
        draft.first, draft.last = min(draft.first, name[0]), max(draft.last, name[1])
        draft.plural = False
        for k in sentence.childs(draft.head, "nmod:desc"):  # "Secretary of State Miriam Calder", "of State" in between
            if k < draft.first and any(t.text == "of" for t in tokens[k + 1 : draft.first]):
                draft.first = core(sentence, k)[0]
        first = draft.first
        role, at, size, phrase = self._title_role(tokens, first, name[0])
        self._stated(draft, scan, tokens, first, name[0])
        draft.former = any(self.is_former(t.text) for t in tokens[first : name[0]])
        if role is not None:
            self._apply_role(draft, sentence, scan, role, phrase, first, at - size + 1, complement_of=at)
            if draft.former and draft.sector != "ELI" and self._held_office(tokens, first, name[0]):
                draft.others = (*draft.others, draft.sector or "")
                draft.sector, draft.sector_basis = "ELI", "former office"
        self._possessor(draft, sentence, draft.head)
        self.fill_person(draft)
        return draft

    def _title_role(self, tokens: Sequence[Token], first: int, end: int) -> tuple[RoleClass | None, int, int, str]:
        best: tuple[RoleClass | None, int, int, str] = (None, -1, 0, "")
        words = [t.text.lower() for t in tokens[first:end]]
        for p in range(end - 1, first - 1, -1):
            role, size, phrase = self._match(words[: p - first], tokens[p])
            if p == end - 1 and size == 1 and phrase in self.roles.titles and tokens[p].text[0].isupper():
                role = self.roles.titles[phrase]
            if role is not None and size > best[2] and (role.kind == "person" or role.of):
                best = (role, p, size, phrase)
        return best

    def _held_office(self, tokens: Sequence[Token], first: int, end: int) -> bool:
        """Whether a word right after "former" is a state office: "former president and party leader"."""
        for p in range(first, end - 1):
            if self.is_former(tokens[p].text):
                for q in range(p + 1, min(p + 4, end)):
                    role = self._match((), tokens[q])[0]
                    if role is not None and role.sector in OFFICIAL:
                        return True
        return False

    def fill_person(self, draft: Draft) -> None:
        """Fill from the tables what the text does not say of a named person."""
        if draft.name_tokens is None or (draft.sector is not None and draft.country is not None):
            return
        tokens = self.sentences[draft.sentence].tokens
        words = [t.text for t in tokens[draft.name_tokens[0] : draft.name_tokens[1]] if t.text != "-"]
        entries = [e for e in self.world.lookup(words, on=self.day) if e.kind == "person"] if len(words) > 1 else []
        for k in range(1, len(words) - 1):  # "Respected Comrade Kim Jong Un"
            if entries:
                break
            entries = [e for e in self.world.lookup(words[k:], on=self.day) if e.kind == "person" and e.own]
        self._fill(draft, entries)

    def _fill(self, draft: Draft, entries: Sequence[Entry]) -> None:
        if draft.country is not None:
            entries = [e for e in entries if e.country == draft.country or e.country in BODIES]
        if not entries:
            return
        best = entries[0]
        draft.entity = draft.entity or best.id
        draft.set_country(best.country, "table of office holders")
        if draft.role is None and best.country == draft.country:
            sector = best.sector if best.status != "unknown" else None
            if sector is None and best.country not in BODIES:
                sector = next((e.sector for e in entries if e.status != "unknown" and e.sector), None)
            if draft.set_sector(sector, "table of office holders") and best.office:
                draft.office = draft.office or best.office
        draft.rules.append(best.rule(best.status))

    def _organisation(self, draft: Draft, sentence: Sentence, scan: Scan, org: Org) -> Draft:
        tokens = sentence.tokens
        article = (
            tokens[org.first].text == "The" and org.last - org.first > 2 and not org.entries[0].name.startswith("The ")
        )
        draft.name_tokens = (org.first + article, org.last)
        draft.name = self.text[tokens[org.first + article].start : tokens[org.last - 1].end]
        draft.kind = "organisation"
        draft.first, draft.last = min(draft.first, org.first), max(draft.last, org.last)
        stated = Draft(draft.sentence, draft.head, draft.first, draft.last)
        self._stated(stated, scan, tokens, draft.first, org.first)
        if stated.country is None:
            self._possessor(stated, sentence, draft.head)
        entry = self._choose(org.entries, stated.country)
        if entry is not None and self.elsewhere(draft.sentence, org, entry, stated.country):
            self.scans[draft.sentence].org[draft.head] = None
            return self._common(draft, sentence, scan) or draft
        if entry is not None and stated.country not in (None, entry.country) and entry.sector in _OF_STATES:
            draft.set_country(stated.country, "stated")  # "South Korea's Joint Chiefs of Staff"
            draft.set_sector(entry.sector, "table of organisations")
        elif entry is not None:
            draft.entity = entry.id
            draft.set_country(entry.country, "table of organisations")
            draft.set_sector(entry.sector, "table of organisations")
        else:
            draft.set_country(stated.country, "stated")
            sectors = {e.sector for e in org.entries}
            draft.set_sector(org.entries[0].sector if len(sectors) == 1 else None, "table of organisations")
            draft.readings = tuple(sorted({e.country for e in org.entries}))
        if draft.sector == "JRN":
            draft.kind = "media"
        elif draft.sector in ("REB", "PRM", "CRM", "MIL"):
            draft.kind = "group"
        draft.rules.append("world/organisation" if entry is None else entry.rule("organisation"))
        return draft

    def _geo(self, draft: Draft, sentence: Sentence, scan: Scan, geo: Geo) -> Draft | None:
        tokens = sentence.tokens
        token = tokens[draft.head]
        draft.set_country(
            geo.country,
            "name"
            if geo.form in ("country", "part", "place")
            else "demonym"
            if geo.form in _DEMONYM_FORMS
            else "capital",
        )
        draft.rules.append(f"countries/{geo.form}")
        draft.partial = self.is_partial(tokens, geo)
        if geo.form in _DEMONYM_FORMS:
            self._demonym(draft, sentence, geo, token)
            return draft
        start = geo.first
        if tokens[start].text == "The" and self.world.geo(
            self.text[tokens[start + 1].start : tokens[geo.last - 1].end]
        ):
            start += 1
        draft.name = self.text[tokens[start].start : tokens[geo.last - 1].end]
        draft.name_tokens = (start, geo.last)
        dep, case = self.relation(sentence, draft.head)
        locative = case in _LOCATIVE
        draft.plural = False  # "the United States", "the Philippines" are one
        if geo.form in ("country", "part"):
            draft.kind = "place" if locative else "state"
            draft.set_sector("GOV", "country for government")
        elif geo.form == "capital":
            agent = dep in ("nsubj", "nsubj:pass", "nmod:poss", "obj", "iobj", "obl:agent") or (
                case is not None and not locative and case not in TO_FROM
            )
            draft.kind = "state" if agent else "place"
            draft.set_sector("GOV", "capital for government")
        else:
            draft.kind = "place"
            if dep in ("nsubj", "obl:agent") or case in ("against", "by", "with", "between"):
                draft.set_sector("GOV", "place for government")
        return draft

    def _demonym(self, draft: Draft, sentence: Sentence, geo: Geo, token: Token) -> None:
        """ "Israelis" are people, "a Pakistani" and "the Australian" persons, "the French" and "Russian" the state."""
        modifier = token.dep in ("amod", "compound", "nmod:desc", "nmod:unmarked", "obl:unmarked", "nmod:poss")
        state = token.text.lower().endswith(_STATE_FORMS)  # "the Spanish", "the Chinese": the state rather than people
        plural = (
            (draft.plural and not (state and draft.definite))
            or (geo.form == "people" and not (state and draft.definite))
            or (token.text.lower().endswith("s") and token.lemma.lower() != token.text.lower() and not state)
        )
        counted = any(sentence.tokens[k].lemma.lower() != "the" for k in sentence.childs(draft.head, "det", "nummod"))
        single = draft.definite and not state
        if modifier or not (plural or counted or single):
            draft.kind = "state"
            self._of_both(draft, sentence, token)
            if modifier and self._military(sentence, token):
                draft.set_sector("MIL", "demonym for army")
            draft.set_sector("GOV", "demonym for government")
        else:
            draft.kind = "people" if plural else "person"
            draft.set_sector("CVL", "demonym for people")

    def _of_both(self, draft: Draft, sentence: Sentence, token: Token) -> None:
        """ "The Korean War", "the Korean peninsula": both states that are called so."""
        codes = self.world.countries.readings(token.text)
        if len(codes) > 1 and token.head >= 0 and sentence.tokens[token.head].text.lower() in _SHARED:
            draft.set_countries(codes[:2], "demonym")

    def _military(self, sentence: Sentence, token: Token) -> bool:
        """Whether the noun that a nationality stands before is an act of an army: "an Israeli missile strike"."""
        if token.head < 0 or token.dep == "nmod:poss":
            return False
        return singular(sentence.tokens[token.head]) in self.roles.military_acts

    def _common(self, draft: Draft, sentence: Sentence, scan: Scan) -> Draft | None:
        tokens = sentence.tokens
        h, first = draft.head, draft.first
        token = tokens[h]
        words = [t.text.lower() for t in tokens[first:h]]
        role, size, phrase = self._match(words, token)
        if role is None and words[-1:] == ["ethnic"] and scan.geo[h] is not None:  # "ethnic Albanians"
            role, size, phrase = self.roles.phrases.get("ethnic minority"), 1, ""
        if role is None and token.upos in ("ADJ", "NUM", "DET", "ADV", "X", "SYM") and scan.label[h] is None:
            return None
        after = tokens[h + 1] if h + 1 < len(tokens) else None
        if after is not None and after.head == h and after.text.lower() == "general":  # "attorney general"
            title = self.roles.match((token.text.lower(),), "general")
            if title[1] == 2:
                role, phrase = title[0], title[2]
                draft.last = max(draft.last, h + 2)
        self._stated(draft, scan, tokens, first, h)
        if draft.country is not None and draft.country_basis == "stated":
            draft.set_countries(coordinated(tokens, scan, first, h), "stated")
        draft.former = any(map(self.is_former, (*words, token.text)))
        entity = scan.label[h]
        if role is None and (token.upos == "PROPN" or entity is not None):
            role, size, phrase = self._inner_role(tokens, first, draft.last)
            draft.kind = (
                "organisation"
                if entity is None or entity.label == "ORG"
                else "place"
                if entity.label == "LOC"
                else "person"
                if entity.label == "PER"
                else "other"
            )
            if draft.kind in ("organisation", "person"):
                draft.name = self.text[
                    tokens[first if entity is None else entity.first].start : tokens[draft.last - 1].end
                ]
        elif token.upos == "PROPN" and entity is not None:
            draft.name = entity.text
        if role is not None:
            if self._is_charged(sentence, h, phrase):
                draft.set_sector("CRM", "charged with a crime")
            self._apply_role(draft, sentence, scan, role, phrase, first, h - size + 1, complement_of=h)
        else:
            self._possessor(draft, sentence, h)
            self._complement(draft, sentence, h, None)
        if role is None and draft.country is None and draft.kind == "other":
            return None
        return draft

    def _is_charged(self, sentence: Sentence, h: int, phrase: str) -> bool:
        """Whether a man, a woman, a youth is the one charged with a crime."""
        token = sentence.tokens[h]
        if phrase not in self.roles.neutral or token.head < 0:
            return False
        for k in sentence.childs(h, "acl"):  # "an immigrant accused of plotting", "a man charged with murder"
            told = sentence.tokens[k]
            if told.xpos == "VBN" and told.lemma.lower() in (*self.roles.charged, "accuse", "suspect"):
                return True
        if token.dep not in ("obj", "nsubj:pass", "nmod", "obl"):
            return False
        return sentence.tokens[token.head].lemma.lower() in self.roles.charged and (
            token.dep in ("obj", "nsubj:pass") or self.relation(sentence, h)[1] == "against"
        )

    def _inner_role(self, tokens: Sequence[Token], first: int, last: int) -> tuple[RoleClass | None, int, str]:
        """A role noun inside a proper name whose head is another word: "Ministry" of "Ministry of Public Works"."""
        words = [t.text.lower() for t in tokens[first:last]]
        for p in range(last - 1, first - 1, -1):
            if tokens[p].text[0].isupper():
                role, _, phrase = self._match(words[: p - first], tokens[p])
                if role is not None and role.kind in ("organisation", "group", "media") and not role.of:
                    return role, 1, phrase
        return None, 0, ""
