"""Persons who are told before they are named: "A Maltese poet urged the mayor to go. … Carmen Vella said." """

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_read import Reader
from dateline.model import Sentence

_REACH = 4  # sentences


def late_names(reader: Reader, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Pairs of an indefinite phrase and the first mention of the name of the same person."""
    known: set[str] = set()
    for i, draft in enumerate(drafts):
        if draft.kind != "person" or draft.name is None:
            continue
        words = draft.name.split()
        first = words[-1] not in known
        known.add(words[-1])
        if (
            not first
            or len(words) < 2
            or draft.role is not None
            or draft.country is not None
            or draft.sector is not None
        ):
            continue
        sentence = reader.sentences[draft.sentence]
        if not _speaks(reader, sentence, draft.head):
            continue
        told = [d for d in drafts[:i] if 0 < draft.sentence - d.sentence <= _REACH and _introduces(reader, d)]
        if len(told) == 1:
            yield told[0], draft


def _speaks(reader: Reader, sentence: Sentence, head: int) -> bool:
    token = sentence.tokens[head]
    if token.dep != "nsubj" or token.head < 0 or any(sentence.childs(head, "appos", "acl:relcl", "nmod")):
        return False
    return sentence.tokens[token.head].lemma.lower() in reader.roles.speech


def _introduces(reader: Reader, draft: Draft) -> bool:
    """Whether a phrase is an unnamed "a"-person who does or says something."""
    role = draft.role
    if role is None or role.kind != "person" or draft.name is not None or draft.plural or draft.definite:
        return False
    sentence = reader.sentences[draft.sentence]
    if sentence.tokens[draft.head].dep not in ("nsubj", "nsubj:pass"):
        return False
    if any(sentence.childs(draft.head, "appos")):
        return False
    return any(sentence.tokens[k].text.lower() in ("a", "an") for k in sentence.childs(draft.head, "det"))
