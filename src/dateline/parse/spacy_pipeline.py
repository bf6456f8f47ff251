"""The language model as a spaCy pipeline: ``dateline.load_model()``.

The pipeline has our tokenizer and one component, ``dateline_reader``, which sets sentence starts, tags (``pos_``,
``tag_``), the tree (``head``, ``dep_``: Universal Dependencies with subtypes), lemmas and names (``ents``: PER ORG LOC
NORP). Both are registered with spaCy through entry points, so a pipeline that was written with ``nlp.to_disk`` is read
again with ``spacy.load`` wherever Dateline is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry

from dateline.errors import SettingError
from dateline.model import Token
from dateline.parse.base import load_parser
from dateline.parse.english import EnglishParser
from dateline.parse.tokens import Piece

if TYPE_CHECKING:
    from spacy.tokens import Token as Word
    from spacy.vocab import Vocab

TOKENIZER = "dateline_tokenizer.v1"
READER = "dateline_reader"
_BREAK = re.compile(r"\n[^\S\n]*\n")


@cache
def parser_of(model: str) -> EnglishParser:
    """The parser ``model`` (``default`` or the path of a model folder), loaded once in a process."""
    parser = load_parser(model)
    if not isinstance(parser, EnglishParser):
        raise SettingError(f"{model!r} is no model of ours; allowed: default, or the path of a folder with model.onnx")
    return parser


class Unsaved:
    """Nothing to save: what a pipeline on disk needs is the model's name in its config."""

    def to_disk(self, path: Any, **_: Any) -> None:
        """Write nothing."""

    def from_disk(self, path: Any, **_: Any) -> Unsaved:
        """Read nothing."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Unsaved:
        """Read nothing."""
        return self


class StoryTokenizer(Unsaved):
    """Text -> spaCy Doc with our words; white space beyond single spaces becomes tokens of its own, as spaCy does."""

    def __init__(self, vocab: Vocab, model: str) -> None:
        """``model`` as in ``load_parser``."""
        self.vocab = vocab
        self.model = model

    def __call__(self, text: str) -> Doc:
        """A Doc whose text is ``text``, character for character."""
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in parser_of(self.model).words(text):
            if start > at:
                gap = text[at:start]
                if words and gap[0] == " ":
                    spaces[-1], gap = True, gap[1:]
                if gap:
                    words.append(gap)
                    spaces.append(False)
            words.append(text[start:end])
            spaces.append(False)
            at = end
        rest = text[at:]
        if words and rest[:1] == " ":
            spaces[-1], rest = True, rest[1:]
        if rest:
            words.append(rest)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def __reduce__(self) -> tuple[type[StoryTokenizer], tuple[Vocab, str]]:
        """Worker processes load the model again."""
        return StoryTokenizer, (self.vocab, self.model)


class Reader(Unsaved):
    """The component: reads a Doc and fills in everything the model knows."""

    def __init__(self, model: str) -> None:
        """``model`` as in ``load_parser``."""
        self.model = model
        parser_of(model)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the Doc in place; its words, and its sentence starts where they are set, are kept."""
        parser = parser_of(self.model)
        words = [word for word in doc if not word.is_space]
        if not words:
            return doc
        at = {word.idx: word.i for word in words}
        sentences = [sentence for part in _paragraphs(doc) for sentence in _sentences(parser, doc, part)]
        tokens, names = parser.read(doc.text, [[(w.idx, w.idx + len(w)) for w in sentence] for sentence in sentences])
        self._annotate(doc, sentences, tokens)
        ents = []
        for index, first, last, label in names:
            ents.append(Span(doc, at[tokens[index][first].start], at[tokens[index][last - 1].start] + 1, label))
        doc.set_ents(ents)
        return doc

    def _annotate(self, doc: Doc, sentences: list[list[Word]], tokens: list[tuple[Token, ...]]) -> None:
        import numpy as np

        strings = doc.vocab.strings
        heads = np.zeros(len(doc), dtype="int64")
        rows = np.zeros((len(doc), 5), dtype="uint64")
        for sentence, analysed in zip(sentences, tokens, strict=True):
            for word, token in zip(sentence, analysed, strict=True):
                head = sentence[token.head].i if token.head >= 0 else word.i
                dep = "ROOT" if token.head < 0 else token.dep
                heads[word.i] = head - word.i
                rows[word.i, 1:] = [strings.add(value) for value in (dep, token.upos, token.xpos, token.lemma)]
        first = next(word.i for word in doc if not word.is_space)
        for word in doc:
            if word.is_space:  # hangs on the word before it, as in spaCy's own pipelines
                head = next((k for k in range(word.i - 1, -1, -1) if not doc[k].is_space), first)
                heads[word.i] = head - word.i
                rows[word.i, 1:] = [strings.add(value) for value in ("dep", "SPACE", "_SP", word.text)]
        rows[:, 0] = heads.astype("uint64")  # spaCy keeps the distance to the head as an unsigned number
        doc.from_array([HEAD, DEP, POS, TAG, LEMMA], rows)  # type: ignore[arg-type]

    def __reduce__(self) -> tuple[type[Reader], tuple[str]]:
        """Worker processes load the model again."""
        return Reader, (self.model,)


def _paragraphs(doc: Doc) -> Iterator[list[Word]]:
    part: list[Word] = []
    for word in doc:
        if not word.is_space:
            part.append(word)
        elif part and _BREAK.search(word.text):
            yield part
            part = []
    if part:
        yield part


def _sentences(parser: EnglishParser, doc: Doc, words: list[Word]) -> Iterator[list[Word]]:
    at = {word.idx: word for word in words}
    spans: list[Piece] = [(word.idx, word.idx + len(word)) for word in words]
    if not doc.has_annotation("SENT_START"):
        for sentence in parser.divide(doc.text, spans):
            yield [at[start] for start, _ in sentence]
        return
    starts = [k for k, word in enumerate(words) if k == 0 or word.is_sent_start]
    for first, last in zip(starts, [*starts[1:], len(words)], strict=True):
        for sentence in parser.fitted(doc.text, spans[first:last]):
            yield [at[start] for start, _ in sentence]


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer(model: str = "default") -> Any:
    """The tokenizer as spaCy's registry wants it: a function of the pipeline."""
    return lambda nlp: StoryTokenizer(nlp.vocab, model)


@Language.factory(
    READER,
    assigns=["token.pos", "token.tag", "token.dep", "token.head", "token.lemma", "token.is_sent_start", "doc.ents"],
    default_config={"model": "default"},
)
def make_reader(nlp: Language, name: str, model: str) -> Reader:
    """The component as spaCy's registry wants it."""
    return Reader(model)


def build(model: str) -> Language:
    """The pipeline of ``dateline.load_model``, which see."""
    from spacy.lang.en import English

    parser = parser_of(model)
    config = {"nlp": {"tokenizer": {"@tokenizers": TOKENIZER, "model": model}}}
    nlp = English.from_config(config, meta={"name": "dateline", "license": "CC BY-SA 4.0"})
    nlp.add_pipe(READER, config={"model": model})
    nlp.meta["version"] = parser.name.split("@")[1]
    nlp.meta["description"] = "Tags, Universal Dependencies and names for newswire; the model of Dateline."
    return nlp
