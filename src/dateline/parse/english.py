"""The default parser: rules divide a story into sentences and words, the language model reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from dateline.model import Entity, Parse, Sentence, Span, Story, Token
from dateline.parse.agreement import Found, NameWords, agreed, read_known
from dateline.parse.lemmas import Lemmatizer
from dateline.parse.mend import joined, mended
from dateline.parse.names import spans_of
from dateline.parse.network import LONGEST, PER_WORD, Network, Reading
from dateline.parse.sentences import sentence_starts
from dateline.parse.tokens import Piece, Tokenizer, read_token_rules

MOST_WORDS = 120  # a longer sentence is cut: trees beyond this are noise, and memory grows with the square
_CUTS = (
    frozenset({";", "...", "…", "?", "!", "."}),
    frozenset({":", "--", "—", "–", '"', "”", "''", "|", "*", "•"}),
    frozenset({","}),
)
_GROUP = 400  # sentences handed to the model at once: bounds memory for huge stories


class EnglishParser:
    """Story -> Parse for English: the model in ``folder``, the word lists in ``rules``, the table of countries."""

    def __init__(self, folder: Path, rules: Path, countries: Path) -> None:
        """Read the word lists and load the model."""
        self._rules = read_token_rules(rules)
        self._tokenizer = Tokenizer(self._rules)
        self._network = Network(folder)
        self._lemma = Lemmatizer.load(folder / "lemmas.tsv.gz")
        self._words = NameWords(
            self._rules.honorifics, self._rules.offices, self._rules.directions, read_known(countries)
        )
        self._source = (folder, rules, countries)
        self.name = f"{self._network.labels.name}@{self._network.labels.version}"

    def __reduce__(self) -> tuple[type[EnglishParser], tuple[Path, Path, Path]]:
        """Worker processes load the parser again from its files."""
        return EnglishParser, self._source

    def __call__(self, story: Story) -> Parse:
        """Parse the blocks of a story; text outside blocks is left alone and no sentence crosses a block."""
        pieces: list[tuple[int, list[Piece]]] = []
        for number in range(len(story.blocks)):
            pieces.extend((number, words) for words in self.sentences(story, number))
        tokens, names = self.read(story.text, [words for _, words in pieces])
        sentences = tuple(
            Sentence(index, Span(words[0][0], words[-1][1]), tokens[index], number, story.blocks[number].kind)
            for index, (number, words) in enumerate(pieces)
        )
        entities: list[Entity] = []
        for index, first, last, label in names:
            where = Span(tokens[index][first].start, tokens[index][last - 1].end)
            entities.append(Entity(index, first, last, label, where, story.text[where.start : where.end]))
        return Parse(sentences, tuple(entities), self.name)

    def read(
        self, text: str, sentences: Sequence[Sequence[Piece]]
    ) -> tuple[list[tuple[Token, ...]], list[tuple[int, int, int, str]]]:
        """The analysed words of sentences that are already divided, and their names as (sentence, first, last, kind).

        ``sentences`` are those of one text, each a list of spans of ``text`` and none longer than the model reads.
        """
        tokens: list[tuple[Token, ...]] = []
        found: list[Found] = []
        for at in range(0, len(sentences), _GROUP):
            group = sentences[at : at + _GROUP]
            readings = self._network.read([[text[a:b] for a, b in words] for words in group])
            for words, reading in zip(group, readings, strict=True):
                tokens.append(self._tokens(text, words, reading))
                found.append(Found(tokens[-1], spans_of(reading.ner), reading.kinds))
        names = [
            (index, first, last, label)
            for index, names in enumerate(agreed(found, self._network.kinds, self._words))
            for first, last, label in names
        ]
        return tokens, names

    def words(self, text: str, start: int = 0, end: int | None = None) -> list[Piece]:
        """The words of a stretch of text, as spans of ``text``."""
        return self._tokenizer(text, start, len(text) if end is None else end)

    def divide(self, text: str, words: list[Piece]) -> Iterator[list[Piece]]:
        """The sentences of the words of one paragraph, cut where one is longer than the model can read."""
        starts = [*sentence_starts(text, words, self._rules), len(words)]
        for first, last in pairwise(starts):
            yield from self.fitted(text, words[first:last])

    def sentences(self, story: Story, number: int) -> Iterator[list[Piece]]:
        """The words of each sentence of a block, as spans of the story's text."""
        start, end = story.blocks[number].span
        parts = [(start, end)]
        if story.dateline is not None and start <= story.dateline.span.start < story.dateline.span.end < end:
            parts = [(start, story.dateline.span.end), (story.dateline.span.end, end)]  # a dateline stands alone
        for a, b in parts:
            yield from self.divide(story.text, self.words(story.text, a, b))

    def fitted(self, text: str, words: list[Piece]) -> Iterator[list[Piece]]:
        """The sentence, or its parts when it is longer than the model can read."""
        while words:
            if len(words) * PER_WORD < LONGEST:
                yield words
                return
            room, fit = LONGEST - 2, 0
            for a, b in words[:MOST_WORDS]:
                room -= self._network.subwords(text[a:b])
                if room < 0:
                    break
                fit += 1
            if fit >= len(words):
                yield words
                return
            cut = _cut(text, words, max(fit, 1))
            yield words[:cut]
            words = words[cut:]

    def _tokens(self, text: str, words: Sequence[Piece], reading: Reading) -> tuple[Token, ...]:
        out = []
        for k, (a, b) in enumerate(words):
            form, upos = text[a:b], reading.upos[k]
            xpos = _penn(form, upos, reading.xpos[k])
            lemma = self._lemma(form, xpos)
            out.append(Token(k, a, b, form, lemma, upos, xpos, reading.heads[k] - 1, reading.deps[k]))
        return mended(joined(out, self._rules.compounds))


def _penn(form: str, upos: str, xpos: str) -> str:
    """The Penn tag, made to agree with the universal one and with the ending of the word where the model does not.

    >>> _penn("embargo", "NOUN", "VBN"), _penn("embargo", "NOUN", "NN"), _penn("airlifted", "VERB", "VBG")
    ('NN', 'NN', 'VBD')
    """
    if upos in ("NOUN", "PROPN"):
        if xpos[:2] == "VB" and upos == "NOUN":
            return "NNS" if form[-1:] == "s" and xpos == "VBZ" else "NN"
        if xpos[:2] == "NN" and (xpos[:3] == "NNP") != (upos == "PROPN"):
            return xpos.replace("NN", "NNP") if upos == "PROPN" else xpos.replace("NNP", "NN")
    elif upos == "VERB":
        if xpos in ("NN", "NNS"):
            return "VBZ" if xpos == "NNS" else "VBG" if form.endswith("ing") else "VB"
        if form.endswith("ed") and xpos in ("VBG", "JJ"):  # a verb that the model has not seen
            return "VBN" if xpos == "JJ" else "VBD"
        if form.endswith("ing") and xpos in ("VBN", "VBD", "JJ"):
            return "VBG"
    return xpos


def _cut(text: str, words: Sequence[Piece], most: int) -> int:
    """Where to cut a sentence of more than ``most`` words: after the last strong mark of the second half."""
    for marks in _CUTS:
        for index in range(most - 1, most // 2, -1):
            if text[words[index][0] : words[index][1]] in marks:
                return index + 1
    return most
