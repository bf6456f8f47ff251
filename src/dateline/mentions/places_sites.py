"""Sites in a text: squares, seats of power, bases, prisons, crossings. Some of them also act: "the Pentagon said"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.mentions.gazetteer import Gazetteer
from dateline.mentions.places_keys import place_key
from dateline.mentions.places_names import names_of
from dateline.model import Entity, Sentence, Token

_LONGEST = 8
_INNER = frozenset("of the and de la le el al an as at du des del di el a e i - – ' ’ ’s 's".split())
_ARTICLES = frozenset(("al", "el", "an", "as", "at", "ar", "ad"))
_HEADQUARTERS = "headquarters"  # the name before it is somebody's, not a place's
_OWNED = frozenset(("'s", "’s"))
_DATE_WORDS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "January February March April May June July August September October November December"
)
_DATES = frozenset(_DATE_WORDS.split())
_ENDS = frozenset((",", ";", "(", ")", "-", "–", "—", "'s", "’s"))  # after them a longer name says something else


class Sites:
    """Finds the names of the gazetteer's facilities in one story."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        """Start on one story's text."""
        self._text = text
        self._words = gazetteer.words
        self._site = names_of(gazetteer).site

    def end(self, sentence: Sentence, first: int, of: Sequence[Entity | None], led: bool) -> int | None:
        """Where the longest name of a site that starts at a token ends; None if there is none.

        ``of`` gives the model's entity of each token; ``led`` says that a word before shows a place.
        """
        last = self._longest(sentence, first)
        if last is None:
            return None
        tokens = sentence.tokens
        inside = [e for e in of[first:last] if e is not None]
        if any(e.label == "PER" and not (led and e.first == first and e.last == last) for e in inside):
            return None
        if any(e.label == "NORP" or (e.label == "ORG" and e.first < first) for e in inside):
            return None
        beyond = inside[-1] if inside and inside[-1].last > last else None
        if beyond is not None and tokens[last].text not in _ENDS:
            return None
        if last < len(tokens) and tokens[last].upos == "PROPN" and tokens[last].text[:1].isupper():
            after = of[last]
            if tokens[last].text not in _DATES and (after is None or after.label == "ORG" or after.first < last):
                return None  # "the Pentagon Papers"
        if last - first == 1 and not inside:
            return last if led and tokens[first].upos in ("PROPN", "NOUN", "X") else None
        if last - first == 1 and inside[0].label == "ORG" and not led and not self.seat(sentence, first, last):
            return None
        return last

    def bare(self, sentence: Sentence, first: int, last: int) -> int:
        """Where the proper name ends: "Evin" of "Evin prison", but all of "U.N. headquarters"."""
        tokens = sentence.tokens
        while last > first + 1 and tokens[last - 1].text in self._words.site_nouns - {_HEADQUARTERS}:
            last -= 1
        return last

    def owned(self, sentence: Sentence, first: int, last: int) -> int | None:
        """Where the site starts in a name that begins with its owner: "Cairo's Tahrir Square"."""
        for i in range(first + 1, last - 1):
            if sentence.tokens[i].text in _OWNED and self._longest(sentence, i + 1) == last:
                return i + 1
        return None

    def start(self, sentence: Sentence, first: int) -> int:
        """Where the name starts, with the Arabic article before it: "al-Aqsa Mosque"."""
        tokens = sentence.tokens
        if first > 1 and tokens[first - 1].text == "-" and tokens[first - 2].text in _ARTICLES:
            return first - 2
        return first

    def seat(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether the name also stands for who works there."""
        return place_key(self._slice(sentence, first, last)) in self._words.seats

    def entered(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a seat is meant as a place: something is in it or near it, somebody goes there."""
        tokens, words = sentence.tokens, self._words
        head = next((i for i in range(first, last) if not first <= tokens[i].head < last), last - 1)
        above = tokens[head].head
        governor = tokens[above].lemma.lower() if above >= 0 else ""
        if tokens[head].dep == "obj":
            return governor in words.gone_into
        case = self._case(tokens, head, first)
        if case in ("to", "into", "from", "toward", "towards", "through"):
            return governor in words.going
        if case == "on":
            return place_key(self._slice(sentence, first, last)) in words.seat_on
        return case in words.seat_before and governor not in words.aiming and tokens[head].dep != "compound"

    def _case(self, tokens: Sequence[Token], head: int, first: int) -> str:
        case = next((t.text.lower() for t in tokens[:first] if t.head == head and t.dep == "case"), None)
        return case or ""

    def _longest(self, sentence: Sentence, first: int) -> int | None:
        tokens = sentence.tokens
        begin, far = self.start(sentence, first), first + 1
        while far < min(len(tokens), first + _LONGEST) and (
            self._ends(tokens[far]) or tokens[far].text in _INNER or tokens[far - 1].text == "-"
        ):
            far += 1
        for last in range(far, first, -1):
            whole = self._ends(tokens[last - 1]) or (last - first > 2 and tokens[last - 2].text == "-")
            if whole and self._site(self._slice(sentence, begin, last)):
                return last
        return None

    def _ends(self, token: Token) -> bool:
        return token.text[:1].isupper() or token.text[:1].isdigit() or token.text in self._words.site_nouns

    def _slice(self, sentence: Sentence, first: int, last: int) -> str:
        return self._text[sentence.tokens[first].start : sentence.tokens[last - 1].end]
