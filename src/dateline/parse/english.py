"""The default parser: rules divide a story into sentences and words, the language model reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.model import Entity, Parse, Sentence, Span, Story, Token
from dateline.parse.lemmas import Lemmatizer
from dateline.parse.names import spans_of
from dateline.parse.network import LONGEST, Network, Reading
from dateline.parse.sentences import sentence_starts
from dateline.parse.tokens import Piece, Tokenizer, read_token_rules
from dateline.parse.tree import best_tree, is_tree

MOST_WORDS = 120  # a longer sentence is cut: trees beyond this are noise, and memory grows with the square
_CUTS = (
    frozenset({";", "...", "…", "?", "!", "."}),
    frozenset({":", "--", "—", "–", '"', "”", "''", "|", "*", "•"}),
    frozenset({","}),
)
_GROUP = 400  # sentences handed to the model at once: bounds memory for huge stories


class EnglishParser:
    """Story -> Parse for English, from the model in ``folder`` and the word lists in ``rules``."""

    def __init__(self, folder: Path, rules: Path) -> None:
        self._rules = read_token_rules(rules)
        self._tokenizer = Tokenizer(self._rules)
        self._network = Network(folder)
        self._lemma = Lemmatizer.load(folder / "lemmas.tsv.gz")
        self._source = (folder, rules)
        self.name = f"{self._network.labels.name}@{self._network.labels.version}"

    def __reduce__(self) -> tuple[type[EnglishParser], tuple[Path, Path]]:
        """Worker processes load the parser again from its files."""
        return EnglishParser, self._source

    def __call__(self, story: Story) -> Parse:
        """Parse the blocks of a story; text outside blocks is left alone and no sentence crosses a block."""
        pieces: list[tuple[int, list[Piece]]] = []
        for number in range(len(story.blocks)):
            pieces.extend((number, words) for words in self.sentences(story, number))
        sentences: list[Sentence] = []
        entities: list[Entity] = []
        text = story.text
        for at in range(0, len(pieces), _GROUP):
            group = pieces[at : at + _GROUP]
            readings = self._network.read([[text[a:b] for a, b in words] for _, words in group])
            for (number, words), reading in zip(group, readings, strict=True):
                index = len(sentences)
                tokens = self._tokens(text, words, reading)
                span = Span(words[0][0], words[-1][1])
                sentences.append(Sentence(index, span, tokens, number, story.blocks[number].kind))
                tags = [self._network.labels.ner[k] for k in reading.ner]
                for first, last, label in spans_of(tags):
                    where = Span(words[first][0], words[last - 1][1])
                    entities.append(Entity(index, first, last, label, where, text[where.start : where.end]))
        return Parse(tuple(sentences), tuple(entities), self.name)

    def sentences(self, story: Story, number: int) -> Iterator[list[Piece]]:
        """The words of each sentence of a block, as spans of the story's text."""
        start, end = story.blocks[number].span
        parts = [(start, end)]
        if story.dateline is not None and start <= story.dateline.span.start < story.dateline.span.end < end:
            parts = [(start, story.dateline.span.end), (story.dateline.span.end, end)]  # a dateline stands alone
        for a, b in parts:
            words = self._tokenizer(story.text, a, b)
            starts = [*sentence_starts(story.text, words, self._rules), len(words)]
            for first, last in zip(starts, starts[1:], strict=False):
                yield from self._short(story.text, words[first:last])

    def _short(self, text: str, words: list[Piece]) -> Iterator[list[Piece]]:
        """The sentence, or its parts when it is longer than the model can read."""
        while words:
            if len(words) * 2 <= MOST_WORDS:
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
        labels = self._network.labels
        heads, deps = reading.heads, [labels.dep[k] for k in reading.deps]
        if not is_tree(heads):
            best = best_tree(reading.arcs)
            for k, head in enumerate(best):
                if head != heads[k]:
                    deps[k] = _relation(labels.upos[reading.upos[k]], deps[k], head)
            heads = best
        out = []
        for k, (a, b) in enumerate(words):
            form = text[a:b]
            xpos = labels.xpos[reading.xpos[k]]
            head = heads[k] - 1
            dep = deps[k]
            if head < 0:
                dep = "root"
            elif dep == "root":
                dep = _relation(labels.upos[reading.upos[k]], dep, head + 1)
            out.append(Token(k, a, b, form, self._lemma(form, xpos), labels.upos[reading.upos[k]], xpos, head, dep))
        return tuple(out)


def _cut(text: str, words: Sequence[Piece], most: int) -> int:
    """Where to cut a sentence of more than ``most`` words: after the last strong mark of the second half."""
    for marks in _CUTS:
        for index in range(most - 1, most // 2, -1):
            if text[words[index][0] : words[index][1]] in marks:
                return index + 1
    return most


def _relation(upos: str, dep: str, head: int) -> str:
    """The relation of a word whose head was changed to make a tree."""
    if head == 0:
        return "root"
    if dep != "root":
        return dep
    return {"PUNCT": "punct", "VERB": "parataxis", "AUX": "parataxis", "NOUN": "parataxis", "PROPN": "parataxis"}.get(
        upos, "dep"
    )
