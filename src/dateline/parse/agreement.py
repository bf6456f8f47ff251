"""Names agree within a story: the same name gets the same label wherever it stands.

The model reads one sentence at a time, so it may take a surname for a place in one sentence and know the full name
in the next. What it says most often in the story decides; nothing outside the story is consulted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from dateline.model import Token

Name = tuple[int, int, str]

_SUFFIXES = frozenset({"Jr.", "Sr.", "II", "III", "IV"})
_SHORT = 3


def agreed(
    sentences: Sequence[Sequence[Token]], names: Sequence[Sequence[Name]], titles: frozenset[str]
) -> list[list[Name]]:
    """The names of each sentence, ``(first, last, label)``, after a vote within the story.

    ``titles`` are words cut from the front of a person's name.
    """
    cut = [
        [name for name in (_without_title(tokens, n, titles) for n in found) if name]
        for tokens, found in zip(sentences, names, strict=True)
    ]
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    family: Counter[str] = Counter()
    for tokens, found in zip(sentences, cut, strict=True):
        for first, last, label in found:
            words = tuple(t.text for t in tokens[first:last])
            votes[words][label] += 1
            if label == "PER" and len(words) > 1:
                for word in {words[0], words[-1] if words[-1] not in _SUFFIXES else words[-2]}:
                    if len(word) >= _SHORT and word[0].isupper():
                        family[word] += 1
    decided = {words: _decide(words, count, family) for words, count in votes.items()}
    out = [
        [(first, last, decided[tuple(t.text for t in tokens[first:last])] or label) for first, last, label in found]
        for tokens, found in zip(sentences, cut, strict=True)
    ]
    return _spread(sentences, out)


def _without_title(tokens: Sequence[Token], name: Name, titles: frozenset[str]) -> Name | None:
    first, last, label = name
    if label == "PER":
        while first < last - 1 and tokens[first].text in titles:
            first += 1
    return None if tokens[last - 1].text[-1] == "$" else (first, last, label)


def _decide(words: tuple[str, ...], count: Counter[str], family: Counter[str]) -> str | None:
    """The label of a name in this story, or None to leave each mention as it is."""
    if len(words) == 1 and words[0] in family:
        others = sum(n for label, n in count.items() if label != "PER")
        if others <= count["PER"] + family[words[0]]:
            return "PER"
    (label, most), *rest = count.most_common()
    return label if not rest or most > rest[0][1] else None


def _spread(sentences: Sequence[Sequence[Token]], names: list[list[Name]]) -> list[list[Name]]:
    """Label the mentions that the model missed of names that it mostly found."""
    found: dict[str, Counter[tuple[tuple[str, ...], str]]] = defaultdict(Counter)
    for tokens, here in zip(sentences, names, strict=True):
        for first, last, label in here:
            words = tuple(t.text for t in tokens[first:last])
            if len(words[0]) >= 2 and words[0][0].isupper():
                found[words[0]][words, label] += 1
    missed: dict[tuple[tuple[str, ...], str], list[tuple[int, int, int]]] = defaultdict(list)
    for number, tokens in enumerate(sentences):
        taken = {k for first, last, _ in names[number] for k in range(first, last)}
        at = 0
        while at < len(tokens):
            options = found.get(tokens[at].text) if at not in taken and tokens[at].upos == "PROPN" else None
            step = 1
            for words, label in sorted(options or (), key=lambda o: -len(o[0])):
                end = at + len(words)
                if (
                    end <= len(tokens)
                    and taken.isdisjoint(range(at, end))
                    and all(t.text == w for t, w in zip(tokens[at:end], words, strict=True))
                ):
                    missed[words, label].append((number, at, end))
                    step = len(words)
                    break
            at += step
    for (words, label), places in missed.items():
        if found[words[0]][words, label] >= len(places):
            for number, first, last in places:
                names[number].append((first, last, label))
    return [sorted(here) for here in names]
