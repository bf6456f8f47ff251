"""Which rules of the grammar can match at a word: by that word, and by the words that follow it within reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.mentions.timegrammar import TimeRule

_REMEMBERED = 20_000


class RuleIndex:
    """The rules by the word they open with; a rule is looked at only where all the words it needs are there."""

    def __init__(self, rules: Mapping[str, tuple[TimeRule, ...]]) -> None:
        """Keep the rules of each opening word with what each needs besides that word."""
        self._rules = {
            first: tuple((rule, tuple(words for words in rule.needs if first not in words)) for rule in found)
            for first, found in rules.items()
        }
        self._asked = {
            first: frozenset().union(*(words for _, needs in found for words in needs))
            for first, found in self._rules.items()
        }
        self._found: dict[tuple[str, frozenset[str]], tuple[TimeRule, ...]] = {}

    def __contains__(self, first: str) -> bool:
        """Whether any rule opens with this word."""
        return first in self._rules

    def __iter__(self) -> Iterator[TimeRule]:
        """Every rule, once for each word that it may open with."""
        return (rule for found in self._rules.values() for rule, _ in found)

    def openers(self, words: Set[str]) -> set[str]:
        """Those of the words of a text with which a rule could open there."""
        return {first for first in words & self._rules.keys() if self.among(first, words)}

    def among(self, first: str, words: Iterable[str]) -> tuple[TimeRule, ...]:
        """The rules that open with a word and find what they need among the words from there on, in the order of the file."""
        there = self._asked[first].intersection(words)
        found = self._found.get((first, there))
        if found is None:
            found = tuple(r for r, needs in self._rules[first] if not any(map(there.isdisjoint, needs)))
            if len(self._found) < _REMEMBERED:
                self._found[first, there] = found
        return found
