"""The country of an actor that the text does not name: from the place of the clause, or from the dateline."""

from __future__ import annotations

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_read import Reader
from dateline.mentions.actors_role import BODIES
from dateline.mentions.actors_scan import Geo
from dateline.model import Sentence, Story

_STATE = frozenset(("GOV", "LEG", "JUD", "PTY", "OPP"))
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
            for i, geo in enumerate(scan.geo):
                if geo is not None and i == geo.first and i > last:
                    self.counts[geo.country] = self.counts.get(geo.country, 0) + 1
                    last = geo.last
        self.only = next(iter(self.counts)) if len(self.counts) == 1 else None

    def fill(self, draft: Draft, sentence: Sentence) -> None:
        """Give a draft without country the one of its surroundings; the basis says which: place, dateline, context."""
        if draft.country is not None or draft.foreign or draft.role is None or not draft.role.local:
            return
        if draft.sector == "BUS":
            return
        near = self._near(sentence, draft)
        state = draft.role.kind in ("person", "organisation") and draft.sector in _STATE
        order = (
            ((self.dateline, "dateline"), (near, "place")) if state else ((near, "place"), (self.dateline, "dateline"))
        )
        for code, basis in order:
            if draft.set_country(code, basis):
                return
        draft.set_country(self._context(sentence) or self._company(sentence, draft), "context")

    def _near(self, sentence: Sentence, draft: Draft) -> str | None:
        """The country of the place nearest to the phrase that its own clause names with a preposition of place."""
        tokens = sentence.tokens
        scan = self.reader.scans[sentence.index]
        clause = self._clause(sentence, draft.head)
        best: tuple[int, int, str] | None = None
        for i, geo in enumerate(scan.geo):
            if geo is None or geo.first != i or geo.form in ("adjective", "person", "people"):
                continue
            head = self._head(sentence, geo)
            if tokens[head].dep == "compound":  # "in Kandahar city"
                head = tokens[head].head
            case = sentence.child(head, "case")
            word = tokens[case].lemma.lower() if case is not None else ""
            if word not in _IN:
                continue
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
        seen = {g.country for g in self.reader.scans[sentence.index].geo if g is not None}
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
