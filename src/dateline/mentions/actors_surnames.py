"""Surnames that are also nationalities or countries: "English", "Jordan" after "Laura English", "Michael Jordan".

A full name in the story introduces its last word as a surname. Where that word then stands alone, it is the person,
unless the story speaks of the country as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.mentions.actors_scan import Geo, Scan
from dateline.mentions.world import World
from dateline.model import Entity, Sentence, Span

_TITLE = re.compile(r".*\b(?:Secretary|Director)[- ]General\s+(?=[A-Z])")
_DEMONYM = frozenset(("adjective", "person", "people"))
_BARE = ("nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos", "root", "ccomp", "parataxis", "flat", "dep")
_OF_PLACE = frozenset(("in", "at", "from", "to", "into", "near", "across", "inside", "outside", "between", "within"))


def read_surnames(sentences: Sequence[Sentence], scans: Sequence[Scan], world: World) -> None:
    """Take the country off the surnames of persons, and mark their later bare uses as persons."""
    places = set()
    for sentence, scan in zip(sentences, scans, strict=True):
        for entity in scan.entities("PER"):
            at = entity.last - 1
            if at <= entity.first or at >= len(scan.geo) or scan.geo[entity.first] is not None:
                continue
            word = sentence.tokens[at].text
            if world.geo(word) is not None:
                places.add(word)
                scan.geo[at] = None
    if not places:
        return
    spoken = _spoken(sentences, scans)
    for sentence, scan in zip(sentences, scans, strict=True):
        for i, token in enumerate(sentence.tokens):
            geo = scan.geo[i]
            if geo is None or token.text not in places or geo.last - geo.first > 1 or not _bare(sentence, i):
                continue
            if geo.form not in _DEMONYM and geo.country in spoken:
                continue
            scan.geo[i] = None
            scan.label[i] = Entity(sentence.index, i, i + 1, "PER", Span(token.start, token.end), token.text)


def split_titles(sentences: Sequence[Sentence], scans: Sequence[Scan]) -> None:
    """Mark the person in what was taken for one organisation: "U.N. Secretary-General Ban Ki-moon"."""
    for sentence, scan in zip(sentences, scans, strict=True):
        for entity in scan.entities("ORG"):
            title = _TITLE.match(entity.text)
            if title is None:
                continue
            start = entity.span.start + title.end()
            inside = [i for i in range(entity.first, entity.last) if sentence.tokens[i].start >= start]
            if inside:
                span = Span(start, entity.span.end)
                person = Entity(entity.sentence, inside[0], entity.last, "PER", span, entity.text[title.end() :])
                for i in inside:
                    scan.label[i] = person
                for i in range(entity.first, inside[0]):
                    scan.label[i] = None


def _spoken(sentences: Sequence[Sentence], scans: Sequence[Scan]) -> set[str]:
    """Countries that the story names in a way in which no person is named: "Jordanian", "Amman", "in Jordan"."""
    found = set()
    names: dict[str, set[str]] = {}
    for sentence, scan in zip(sentences, scans, strict=True):
        for geo in scan.found():
            names.setdefault(geo.country, set()).add(_words(sentence, geo))
            case = sentence.child(geo.first, "case")
            if case is not None and sentence.tokens[case].lemma.lower() in _OF_PLACE:
                found.add(geo.country)
    return found | {country for country, words in names.items() if len(words) > 1}


def _words(sentence: Sentence, geo: Geo) -> str:
    return " ".join(t.text for t in sentence.tokens[geo.first : geo.last])


def _bare(sentence: Sentence, i: int) -> bool:
    """Whether a word stands as a phrase of its own: not before a noun, no article, not in the plural."""
    token = sentence.tokens[i]
    if sentence.child(i, "det") is not None or sentence.child(i, "nummod") is not None:
        return False
    if token.dep == "nmod:poss":
        return True
    return token.dep.startswith(_BARE) and not token.dep.startswith(("nmod:desc", "nmod:unmarked", "obl:unmarked"))
