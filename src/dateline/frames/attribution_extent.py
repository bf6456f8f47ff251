"""How far the words for a source reach: titles before a name, what is said of a person, names the tree broke off."""

from __future__ import annotations

from dateline.frames.attribution_spans import after_comma, phrase
from dateline.model import Sentence


def description(s: Sentence, head: int, v: int) -> set[int]:
    """What is said of a person between the name and the cue: "Jane Doe, | who led the talks, | said"."""
    for k in s.children[head]:
        under = s.subtree(k)
        person = any(s.tokens[i].text.lower() in ("who", "whose") for i in under[:4])
        if person and s.tokens[k].dep == "acl:relcl" and head < k and under[-1] < v and after_comma(s, k):
            return set(under)
    return set()


def title_before(s: Sentence, head: int, first: int) -> set[int]:
    """The other subject of a verb right before a name: "The committee's chairman | Jane Doe said"."""
    last = first - (2 if first and s.tokens[first - 1].text == "," else 1)
    if last < 0 or (s.tokens[head].upos != "PROPN" and last < first - 1):
        return set()
    others = (k for k in s.childs(s.tokens[head].head, "nsubj") if k < first)
    phrases = (phrase(s, k) for k in others if s.tokens[k].upos == "NOUN")
    names = ({i for i in n if i <= last} for n in phrases)
    return next((n for n in names if last in n and not any(s.tokens[i].upos in ("VERB", "AUX") for i in n)), set())


def whole_name(s: Sentence, names: set[int], v: int) -> set[int]:
    """Add the words of a name that the tree left outside: all nominal words between a title and the verb."""
    if not names or max(names) >= v:
        return names
    gap = [i for i in range(max(names) + 1, v) if s.tokens[i].dep not in ("aux", "aux:pass", "advmod", "cop")]
    if gap and len(gap) <= 8 and gap[0] == max(names) + 1 and all(s.tokens[i].upos in ("PROPN", "PUNCT") for i in gap):
        return names | set(gap) if s.tokens[gap[0]].upos == "PROPN" else names
    return names
