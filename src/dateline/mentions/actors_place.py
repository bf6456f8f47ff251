"""The country of an actor that the text does not name: from the place of the clause, or from the dateline."""

from __future__ import annotations

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_read import Reader
from dateline.mentions.actors_role import BODIES, singular
from dateline.mentions.actors_scan import Geo
from dateline.model import Sentence, Story

_MODIFIERS = frozenset(("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked"))
_PARTS = ("nmod", "amod", "compound", "appos", "flat")
_PARTICIPLES = frozenset(
    ("led", "controlled", "backed", "occupied", "run", "held", "administered", "sponsored", "funded")
)
_AWAY = frozenset(("to", "into", "from", "on", "of"))
_LEAVES = frozenset(("flee", "leave", "escape", "quit", "abandon"))
_OWNERS = frozenset(("GOV", "LEG", "MIL", "JUD", "COP"))
_TABLES = frozenset(("table of office holders", "table of organisations"))
_STATE = frozenset(("GOV", "LEG", "JUD", "PTY", "OPP"))
#: from which share of a story's names a country is what the story is about
_MAINLY = 0.85
_IN = frozenset(
    ("in", "at", "near", "outside", "inside", "across", "around", "throughout", "of", "on", "from", "into", "to")
)


class Places:
    """Knows where things happen in a story, sentence by sentence."""

    def __init__(self, story: Story, reader: Reader) -> None:
        """Count the countries that the story names."""
        self.reader = reader
        self.dateline = story.dateline.country if story.dateline is not None else None
        self.counts: dict[str, int] = {}
        for scan in reader.scans:
            last = -1
            for geo in scan.found():
                if geo.first > last and geo.country not in BODIES:
                    self.counts[geo.country] = self.counts.get(geo.country, 0) + 1
                    last = geo.last
            for org in dict.fromkeys(filter(None, scan.org)):
                codes = {e.country for e in org.entries if e.sector in _OWNERS}
                if len(codes) == 1:
                    code = next(iter(codes))
                    self.counts[code] = self.counts.get(code, 0) + 1
        for draft in reader.drafts.values():
            if draft is not None and draft.country and draft.country_basis in _TABLES and draft.country not in BODIES:
                self.counts[draft.country] = self.counts.get(draft.country, 0) + 1
        most = max(self.counts, key=lambda c: self.counts[c], default=None)
        self.only = most if most and self.counts[most] >= _MAINLY * sum(self.counts.values()) else None

    def fill(self, draft: Draft, sentence: Sentence) -> None:
        """Give a draft without country the one of its surroundings; the basis says which: place, dateline, context."""
        if draft.country is not None or draft.foreign or draft.role is None or not draft.role.local:
            return
        if draft.sector == "BUS" or (draft.role.id == "groups/country" and _other(sentence, draft)):
            return
        if self.dateline is None and draft.set_country(self._owner(sentence, draft), "office"):
            return
        if self._told_before(sentence, draft):
            return
        if draft.sector == "JRN" and draft.set_country(self._whose_media(sentence, draft), "context"):
            return
        near = self._near(sentence, draft)
        state = draft.role.kind in ("person", "organisation") and draft.sector in _STATE
        order = (
            ((self.dateline, "dateline"), (near, "place")) if state else ((near, "place"), (self.dateline, "dateline"))
        )
        for code, basis in order:
            if draft.set_country(code, basis):
                return
        if self._apart(sentence, draft):
            code = self._scene(sentence)
            if code is not None and not self._faces(sentence, draft, code):
                draft.set_country(code, "context")
            return
        code = self._context(sentence) or self._company(sentence, draft)
        looks_on = singular(sentence.tokens[draft.head]) in self.reader.roles.onlookers
        if code is not None and not ((state or looks_on) and self._faces(sentence, draft, code)):
            draft.set_country(code, "context")

    def _whose_media(self, sentence: Sentence, draft: Draft) -> str | None:
        """The country whose state media they are: of whom they tell first, wherever the story is written."""
        tokens = sentence.tokens
        if not any(
            tokens[k].text.lower() == "state" and tokens[k].dep in _MODIFIERS for k in sentence.children[draft.head]
        ):
            return None
        verb = tokens[draft.head].head
        if verb < 0 or not tokens[draft.head].dep.startswith("nsubj"):
            return None
        told = sentence.child(verb, "ccomp")
        if told is None and tokens[verb].dep == "parataxis":
            told = tokens[verb].head
        subject = sentence.child(told, "nsubj", "nsubj:pass") if told is not None else None
        other = self.reader.drafts.get((sentence.index, subject)) if subject is not None else None
        return other.country if other is not None and other.country not in BODIES else None

    def _told_before(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether the phrase is "the man", "the men", "the engineer": somebody told of before, who may be from anywhere."""
        if not draft.definite or draft.name is not None or draft.sector != "CVL" or draft.kind != "person":
            return False
        if sentence.child(draft.head, "nmod", "acl", "acl:relcl", "amod", "compound", "nummod") is not None:
            return False
        return not draft.plural or singular(sentence.tokens[draft.head]) in ("man", "woman", "boy", "girl")

    def _faces(self, sentence: Sentence, draft: Draft, code: str) -> bool:
        """Whether the country is only whom the phrase acts upon: "the minister accused Poland"."""
        tokens = sentence.tokens
        subject = self._top(sentence, draft.head)
        verb = tokens[subject].head
        if verb < 0 or not tokens[subject].dep.startswith("nsubj"):
            return False
        named = [g for i, g in enumerate(self.reader.scans[sentence.index].geo) if g is not None and g.first == i]
        if tokens[verb].lemma.lower() in _LEAVES:
            return False  # "Ethnic Albanians fled Kosovo"
        heads = [self._top(sentence, self._head(sentence, g)) for g in named if g.country == code]
        return bool(heads) and all(tokens[h].head == verb and tokens[h].dep in ("obj", "iobj") for h in heads)

    def _top(self, sentence: Sentence, i: int) -> int:
        """The head of the whole phrase that a noun is part of: "spokesman" of "the president's spokesman"."""
        tokens = sentence.tokens
        for _ in range(6):
            if tokens[i].head < 0 or not tokens[i].dep.startswith(_PARTS):
                break
            i = tokens[i].head
        return i

    def _owner(self, sentence: Sentence, draft: Draft) -> str | None:
        """The state that alone calls an office so: "Deputy Secretary of State"."""
        if draft.office is None or not self.reader.roles.owners:
            return None
        words = " ".join(t.text.lower() for t in sentence.tokens[draft.first : draft.last + 2])
        return next((code for office, code in self.reader.roles.owners.items() if office in words), None)

    def _apart(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether the phrase names a people or a faith that lives in several states."""
        ethnic = draft.head > 0 and sentence.tokens[draft.head - 1].text.lower() == "ethnic"
        word = singular(sentence.tokens[draft.head])
        return draft.role is not None and (ethnic or word in self.reader.roles.apart_peoples)

    def _scene(self, sentence: Sentence) -> str | None:
        """The one country that the sentence names by itself, not as somebody's nationality or owner."""
        seen = set()
        for i, geo in enumerate(self.reader.scans[sentence.index].geo):
            if geo is not None and geo.first == i and geo.form not in ("adjective", "person", "people"):
                head = self._head(sentence, geo)
                if sentence.tokens[head].dep not in _MODIFIERS and not sentence.tokens[head].dep.startswith("nsubj"):
                    seen.add(geo.country)
        return next(iter(seen)) if len(seen) == 1 else None

    def _near(self, sentence: Sentence, draft: Draft) -> str | None:
        """The country of the place nearest to the phrase that its own clause names with a preposition of place."""
        tokens = sentence.tokens
        scan = self.reader.scans[sentence.index]
        clause = self._clause(sentence, draft.head)
        best: tuple[int, int, str] | None = None
        for geo in scan.found():
            if geo.form in ("adjective", "person", "people"):
                continue
            head = self._head(sentence, geo)
            if tokens[head].dep == "compound":  # "in Kandahar city", not "on a U.S. base"
                if geo.form == "country":
                    continue
                head = tokens[head].head
            case = sentence.child(head, "case")
            word = tokens[case].lemma.lower() if case is not None else ""
            if word not in _IN or (word in _AWAY and draft.name is not None and draft.kind == "person"):
                continue
            after = [t.text.lower() for t in tokens[geo.last : geo.last + 2] if t.text not in ("-", "–")]
            if after and after[0] in _PARTICIPLES:
                continue  # "in the U.S.-held zone"
            rank = 0 if self._clause(sentence, head) == clause else 1
            if rank == 1 and word in ("from", "to", "of", "into", "on"):
                continue
            distance = abs(head - draft.head)
            if best is None or (rank, distance) < best[:2]:
                best = (rank, distance, geo.country)
        return best[2] if best is not None else None

    def _context(self, sentence: Sentence) -> str | None:
        if self.only is not None:
            return self.only
        seen = {g.country for g in self.reader.scans[sentence.index].geo if g is not None} - BODIES
        return next(iter(seen)) if len(seen) == 1 else None

    def _company(self, sentence: Sentence, draft: Draft) -> str | None:
        """The one country of the other actors in the sentence, when they agree."""
        found: set[str] = set()
        for token in sentence.tokens:
            other = self.reader.drafts.get((sentence.index, token.index))
            if (
                other is not None
                and other is not draft
                and other.country
                and other.country not in BODIES | {"IMG", "NGO", "MNC"}
            ) and other.country_basis != "context":
                found.add(other.country)
        return next(iter(found)) if len(found) == 1 else None

    def _clause(self, sentence: Sentence, i: int) -> int:
        tokens = sentence.tokens
        steps = 0
        while tokens[i].head >= 0 and tokens[i].upos not in ("VERB", "AUX") and steps < 40:
            i = tokens[i].head
            steps += 1
        return i

    def _head(self, sentence: Sentence, geo: Geo) -> int:
        tokens = sentence.tokens
        for i in range(geo.first, geo.last):
            if not geo.first <= tokens[i].head < geo.last:
                return i
        return geo.last - 1


def _other(sentence: Sentence, draft: Draft) -> bool:
    """Whether a phrase is of countries that are none of those the story is about: "other countries", "another nation"."""
    return any(t.lemma.lower() in ("other", "another") for t in sentence.tokens[draft.first : draft.head])
