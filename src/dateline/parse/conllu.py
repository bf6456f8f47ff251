"""CoNLL-U out and in: write a parse for other tools, or use parses made elsewhere (or by hand, in tests)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from dateline.errors import InputError
from dateline.model import Entity, Parse, Sentence, Span, Story, Token
from dateline.parse.names import spans_of
from dateline.parse.tree import is_tree

_CLITICS = frozenset({"'s", "n't", "'re", "'ve", "'ll", "'m", "'d"})
_FUSED = frozenset(
    {("can", "not"), ("gon", "na"), ("wan", "na"), ("got", "ta"), ("gim", "me"), ("lem", "me"), ("out", "ta")}
)


def to_conllu(parse: Parse, story: Story) -> str:
    """The parse as CoNLL-U: ``SpaceAfter=No`` and the entity tag (``Entity=B-PER``) are in the last column."""
    out: list[str] = []
    tags: dict[tuple[int, int], str] = {}
    for entity in parse.entities:
        for k in range(entity.first, entity.last):
            tags[entity.sentence, k] = ("B-" if k == entity.first else "I-") + entity.label
    block = -1
    for sentence in parse.sentences:
        if sentence.index == 0:
            out.append(f"# newdoc id = {story.id}")
        if sentence.block != block:
            block = sentence.block
            out.append("# newpar")
        text = " ".join(story.text[sentence.span.start : sentence.span.end].split())
        out.append(f"# sent_id = {story.id}-{sentence.index + 1}")
        out.append(f"# text = {text}")
        glued = _glued(sentence)
        for token in sentence.tokens:
            last = glued.get(token.index)
            if last is not None:
                surface = story.text[token.start : sentence.tokens[last].end]
                after = _no_space(story.text, sentence.tokens[last].end) or "_"
                out.append(f"{token.index + 1}-{last + 1}\t{surface}" + "\t_" * 7 + f"\t{after}")
            tag = tags.get((sentence.index, token.index))
            misc = [f"Entity={tag}"] if tag else []
            if not any(first <= token.index <= end for first, end in glued.items()):
                misc += filter(None, [_no_space(story.text, token.end)])
            form = re.sub(r"\s", "", token.text) or "_"
            row = (
                token.index + 1,
                form,
                token.lemma or "_",
                token.upos,
                token.xpos or "_",
                "_",
                token.head + 1,
                token.dep,
            )
            out.append("\t".join(map(str, row)) + f"\t_\t{'|'.join(misc) or '_'}")
        out.append("")
    return "\n".join(out) + ("\n" if out else "")


def _no_space(text: str, end: int) -> str:
    return "SpaceAfter=No" if text[end : end + 1].strip() else ""


def _glued(sentence: Sentence) -> dict[int, int]:
    """First and last word of each multi-word token: a word and the clitics written on it (``do`` ``n't``)."""
    out: dict[int, int] = {}
    first = 0
    for before, token in pairwise(sentence.tokens):
        if token.start > before.end or not before.text[-1].isalnum() or not _clitic(before.text, token):
            first = token.index
        else:
            out[first] = token.index
    return out


def _clitic(before: str, token: Token) -> bool:
    form = token.text.lower().replace("’", "'")
    return form in _CLITICS or (form == "'" and token.xpos == "POS") or (before.lower(), form) in _FUSED


@dataclass(frozen=True, slots=True)
class _Row:
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    dep: str
    tag: str


@dataclass(frozen=True)
class _Sent:
    line: int
    rows: tuple[_Row, ...]

    @property
    def letters(self) -> str:
        """The characters of the sentence without white space."""
        return "".join(row.form for row in self.rows)


def conllu_parser(path: Path | str) -> FrozenParser:
    """A parser that gives the parses of a CoNLL-U file to the stories whose text they are.

    A sentence of the file is found in a story by its characters, white space left out; what the file does not hold
    stays unparsed. Entities come from ``Entity=B-PER`` in the last column. Raises InputError with ``file:line`` for a
    malformed line or a sentence that is no tree.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read as CoNLL-U: {error}") from error
    return FrozenParser(tuple(_read(text, str(file))), f"conllu:{file.name}")


class FrozenParser:
    """Parses read from a file, matched to stories by text. See :func:`conllu_parser`."""

    def __init__(self, sents: tuple[_Sent, ...], name: str) -> None:
        """Index the sentences by how they begin."""
        self.name = name
        self._sents = sents
        self._by_start: dict[str, list[_Sent]] = {}
        for sent in sents:
            self._by_start.setdefault(sent.letters[:12], []).append(sent)
        for known in self._by_start.values():
            known.sort(key=lambda sent: -len(sent.letters))

    def __call__(self, story: Story) -> Parse:
        """The parses of the story's blocks, as far as the file holds them."""
        sentences: list[Sentence] = []
        entities: list[Entity] = []
        for number, block in enumerate(story.blocks):
            places = [k for k in range(block.span.start, block.span.end) if not story.text[k].isspace()]
            letters = "".join(story.text[k] for k in places)
            at = 0
            while at < len(letters):
                sent = self._at(letters, at)
                if sent is None:
                    at += 1
                    continue
                index = len(sentences)
                tokens = _tokens(sent, places, at, story.text)
                span = Span(tokens[0].start, tokens[-1].end)
                sentences.append(Sentence(index, span, tokens, number, block.kind))
                for first, last, label in spans_of([row.tag for row in sent.rows]):
                    where = Span(tokens[first].start, tokens[last - 1].end)
                    entities.append(Entity(index, first, last, label, where, story.text[where.start : where.end]))
                at += len(sent.letters)
        return Parse(tuple(sentences), tuple(entities), self.name)

    def _at(self, letters: str, at: int) -> _Sent | None:
        for length in range(12, 0, -1):
            for sent in self._by_start.get(letters[at : at + length], ()):
                if letters.startswith(sent.letters, at):
                    return sent
        return None


def _tokens(sent: _Sent, places: list[int], at: int, text: str) -> tuple[Token, ...]:
    out = []
    for index, row in enumerate(sent.rows):
        start, end = places[at], places[at + len(row.form) - 1] + 1
        out.append(Token(index, start, end, text[start:end], row.lemma, row.upos, row.xpos, row.head - 1, row.dep))
        at += len(row.form)
    return tuple(out)


def _read(text: str, file: str) -> Iterator[_Sent]:
    rows: list[_Row] = []
    first = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        line = line.rstrip("\r")
        if line.startswith("#"):
            continue
        if not line.strip():
            if rows:
                heads = [row.head for row in rows]
                if not is_tree(heads):
                    raise InputError(f"{file}:{first}: the heads of this sentence are not one tree: {heads}")
                yield _Sent(first, tuple(rows))
            rows = []
            continue
        fields = line.split("\t")
        if len(fields) != 10:
            raise InputError(f"{file}:{number}: a CoNLL-U line has 10 fields divided by tabs, found {len(fields)}")
        if "-" in fields[0] or "." in fields[0]:
            continue
        if not rows:
            first = number
        if fields[0] != str(len(rows) + 1):
            raise InputError(f"{file}:{number}: word number {len(rows) + 1} expected, found {fields[0]!r}")
        if not (fields[6].isascii() and fields[6].isdecimal()):
            raise InputError(f"{file}:{number}: the head (field 7) must be a number, found {fields[6]!r}")
        form = "".join(fields[1].split())
        if not form:
            raise InputError(f"{file}:{number}: the form (field 2) is empty")
        tag = next((m[7:] for m in fields[9].split("|") if re.fullmatch(r"Entity=[BI]-\w+", m)), "O")
        lemma = form if fields[2] == "_" and form != "_" else fields[2]
        rows.append(_Row(form, lemma, fields[3], fields[4], int(fields[6]), fields[7], tag))
