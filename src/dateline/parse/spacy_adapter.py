"""Any spaCy pipeline as parser: ``load_parser("spacy:en_core_web_sm")``.

Pipelines trained on Universal Dependencies pass through; the label scheme of the English ``en_core_*`` pipelines
(ClearNLP) is turned into UD: prepositions and copulas become dependents, relations and entity labels are renamed.
"""

from __future__ import annotations

import re
from typing import Any

from dateline.errors import MissingExtra, SettingError
from dateline.model import Entity, Parse, Sentence, Span, Story, Token
from dateline.parse.tree import is_tree

_RENAMED = {
    "ROOT": "root",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "oprd": "xcomp",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "intj": "discourse",
    "meta": "parataxis",
    "quantmod": "advmod",
    "nounmod": "nmod",
    "nn": "compound",
    "num": "nummod",
    "number": "nummod",
    "infmod": "acl",
    "partmod": "acl",
    "rcmod": "acl:relcl",
    "possessive": "case",
    "hmod": "amod",
    "hyph": "punct",
    "subtok": "goeswith",
    "": "dep",
}
_ENTITIES = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC", "FACILITY": "LOC", "ORGANIZATION": "ORG", "LOCATION": "LOC"}
_DROPPED = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"}
_CLAUSAL = {"VERB", "AUX"}


class SpacyParser:
    """A spaCy pipeline by package name or path. Pickles as its name."""

    def __init__(self, pipeline: str) -> None:
        """Load the pipeline."""
        try:
            import spacy
        except ImportError as error:
            raise MissingExtra("spacy", "spacy", f"the parser 'spacy:{pipeline}'") from error
        try:
            self._nlp = spacy.load(pipeline)
        except OSError as error:
            raise SettingError(
                f"spaCy has no pipeline {pipeline!r}: {error}; install it (python -m spacy download NAME) or give its path"
            ) from error
        self._pipeline = pipeline
        self.name = f"spacy:{self._nlp.meta.get('name', pipeline)}@{self._nlp.meta.get('version', '?')}"

    def __reduce__(self) -> tuple[type[SpacyParser], tuple[str]]:
        """Worker processes load the pipeline again by its name."""
        return SpacyParser, (self._pipeline,)

    def __call__(self, story: Story) -> Parse:
        """Parse the blocks of a story, one at a time."""
        sentences: list[Sentence] = []
        entities: list[Entity] = []
        for number, block in enumerate(story.blocks):
            start, end = block.span
            if not story.text[start:end].strip():
                continue
            doc = self._nlp(re.sub(r"\s", " ", story.text[start:end]))  # a line break is white space, offsets hold
            for found in doc.sents:
                words = [token for token in found if not token.is_space]
                if not words:
                    continue
                index = len(sentences)
                tokens = to_universal(words, start, story.text)
                span = Span(tokens[0].start, tokens[-1].end)
                sentences.append(Sentence(index, span, tokens, number, block.kind))
                places = {token.i: k for k, token in enumerate(words)}
                entities.extend(_entities(found, places, tokens, index, story.text))
        return Parse(tuple(sentences), tuple(entities), self.name)


def _entities(found: Any, places: dict[int, int], tokens: tuple[Token, ...], index: int, text: str) -> list[Entity]:
    out = []
    for ent in found.ents:
        inside = [places[token.i] for token in ent if token.i in places]
        if ent.label_ in _DROPPED or not inside:
            continue
        first, last = inside[0], inside[-1] + 1
        if tokens[first].text.lower() in ("the", "a", "an") and last - first > 1:
            first += 1
        if tokens[last - 1].text in ("'s", "’s") and last - first > 1:
            last -= 1
        where = Span(tokens[first].start, tokens[last - 1].end)
        label = _ENTITIES.get(ent.label_, ent.label_)
        out.append(Entity(index, first, last, label, where, text[where.start : where.end]))
    return out


def to_universal(words: list[Any], offset: int, text: str) -> tuple[Token, ...]:
    """Tokens in Universal Dependencies from the words of one spaCy sentence (``words`` without white space).

    ``words`` need the attributes of a spaCy token that are read here: ``i idx head.i dep_ pos_ tag_ lemma_``.
    """
    place = {word.i: k for k, word in enumerate(words)}
    heads = [_head(word, place) for word in words]
    deps = [_RENAMED.get(word.dep_, word.dep_) for word in words]
    if any(word.dep_ in ("pobj", "pcomp", "dobj", "attr", "acomp", "nsubjpass") for word in words):
        _lift(words, heads, deps)
    roots = [k for k, head in enumerate(heads) if head < 0]
    for extra in roots[1:]:
        heads[extra], deps[extra] = roots[0], "parataxis"
    if not is_tree([head + 1 for head in heads]):
        heads = [-1] + [0] * (len(words) - 1)
        deps = ["root"] + ["dep"] * (len(words) - 1)
    out = []
    for k, word in enumerate(words):
        start = offset + word.idx
        end = start + len(word.text)
        dep = "root" if heads[k] < 0 else ("dep" if deps[k] in ("root", "ROOT", "") else deps[k])
        lemma = word.lemma_ or word.text.lower()
        out.append(Token(k, start, end, text[start:end], lemma, word.pos_ or "X", word.tag_ or "", heads[k], dep))
    return tuple(out)


def _head(word: Any, place: dict[int, int]) -> int:
    head = word.head
    if head.i == word.i:
        return -1
    steps = 0
    while head.i not in place and head.head.i != head.i and steps < 50:  # white space may be a head
        head, steps = head.head, steps + 1
    return -1 if head.i == word.i else place.get(head.i, -1)


def _lift(words: list[Any], heads: list[int], deps: list[str]) -> None:
    """Turn ClearNLP's prepositions and copulas around: content words head, function words depend."""
    count = len(words)
    for k in range(count):
        if words[k].dep_ in ("prep", "agent", "dative") and words[k].tag_ in ("IN", "TO", "RP"):
            below = [c for c in range(count) if heads[c] == k and words[c].dep_ in ("pobj", "pcomp")]
            if not below:
                continue
            content, above = below[0], heads[k]
            heads[content] = above
            heads[k] = content
            verbal = above >= 0 and words[above].pos_ in {"VERB", "AUX", "ADJ", "ADV"}
            if words[content].dep_ == "pcomp":
                deps[content] = "advcl" if verbal else "acl"
                deps[k] = "mark"
            else:
                deps[content] = ("obl:agent" if words[k].dep_ == "agent" else "obl") if verbal else "nmod"
                deps[k] = "case"
            for other in range(count):
                if heads[other] == k and other != content:
                    heads[other] = content
    for k in range(count):
        if words[k].pos_ in _CLAUSAL and words[k].lemma_ == "be":
            below = [c for c in range(count) if heads[c] == k and words[c].dep_ in ("attr", "acomp") and c > k]
            if not below or words[k].dep_ in ("aux", "auxpass"):
                continue
            content = below[0]
            heads[content], deps[content] = heads[k], deps[k]
            heads[k], deps[k] = content, "cop"
            for other in range(count):
                if heads[other] == k and other != content:
                    heads[other] = content
