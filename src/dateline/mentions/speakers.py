"""Who speaks in a quotation: "he" inside it is somebody else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dateline.mentions.actors_draft import Draft
from dateline.model import Sentence
from dateline.parse.quotes import Quote, quote_around

#: a quotation that follows another by at most so many sentences goes on with its speaker
_GOES_ON = 2


class Speakers:
    """The quotations of a story, and who may be their speaker."""

    def __init__(self, sentences: Sequence[Sentence], quotes: tuple[Quote, ...]) -> None:
        """Keep the quotations in text order, without those in single marks."""
        self.sentences = sentences
        self.quotes = tuple(q for q in quotes if not q.single)
        starts = [s.span.start for s in sentences]
        self._quoted = {
            i
            for q in self.quotes
            for i in range(max(0, bisect_right(starts, q.start) - 1), bisect_left(starts, q.end))
            if q.start < sentences[i].span.end
        }

    def chains(self, drafts: Sequence[Draft], pronoun: Draft) -> frozenset[int]:
        """The chains, of the drafts before the pronoun (nearest first), that may speak in the quotation that it stands in.

        They have a subject outside the marks, in the sentence of the quotation, in one shortly before that has a quotation too, or
        in the sentence right before a quotation that nothing in its own sentence introduces.
        """
        quote = quote_around(self.quotes, self.sentences[pronoun.sentence].tokens[pronoun.head].start)
        if quote is None:
            return frozenset()
        out = set()
        for draft in drafts:
            if pronoun.sentence - draft.sentence > _GOES_ON:
                break
            if draft.chain is not None and self._speaks(draft, pronoun, quote):
                out.add(draft.chain)
        return frozenset(out)

    def _speaks(self, other: Draft, pronoun: Draft, quote: Quote) -> bool:
        sentence = self.sentences[other.sentence]
        token = sentence.tokens[other.head]
        if not token.dep.startswith("nsubj") or quote_around(self.quotes, token.start) is not None:
            return False
        if other.sentence == pronoun.sentence:
            return True
        if sentence.tokens[token.head].dep not in ("root", "parataxis"):
            return False  # only told of there: "Lee said that Park would come"
        if sentence.span.start < quote.end and quote.start < sentence.span.end:
            return True
        if other.sentence in self._quoted:
            return True
        opens = self.sentences[pronoun.sentence].span.start >= quote.start
        return pronoun.sentence - other.sentence == 1 and opens
