"""What else tells a reader whether it happened: the words further up, negation and modals on the way, times, arguments.

The names of these features go into the graded score beside those of :mod:`dateline.frames.factuality_score`.
"""

from __future__ import annotations

from dateline.frames.cues import marker
from dateline.model import Factuality, Sentence

_NEGATIVE = frozenset(["not", "n't", "never", "no"])
_TIMES = frozenset("tomorrow today yesterday week year month day now future time ago".split())
_TELLING = frozenset("if would please hope want will can should ? ! think yesterday when".split())
_ABOVE = 4  # words looked at on the way up

FIRST = frozenset(["i", "we", "me", "us", "my", "our"])
SECOND = frozenset(["you", "your", "yours", "yourself"])


def context(sentence: Sentence, token: int, judged: Factuality) -> list[str]:
    """The names of the features that hold of a token by what stands around it."""
    tokens = sentence.tokens
    here, stance = tokens[token], judged.stance
    final = tokens[-1].text[:1]
    names = [
        f"st={stance}|{here.xpos}|{final if final in '?!' else ''}",
        f"lx={here.lemma.lower()}|{here.xpos}",
        f"ls={here.lemma.lower()}|{stance}",
        f"len={min(len(tokens) // 8, 5)}",
    ]
    above = _above(sentence, token)
    names += _on_the_way(sentence, [token, *above], stance)
    names += _arguments(sentence, token)
    found = {t.text.lower() for t in tokens} & _TELLING
    names += [f"has={word}|{stance}" for word in sorted(found)]
    if above:
        governor = tokens[above[0]]
        names += [f"gt={tense(sentence, above[0])}|{here.dep}", f"gl={governor.lemma.lower()}|{stance}"]
    names += [f"G{min(i, 3)}={tokens[k].lemma.lower()}|{stance}" for i, k in enumerate(above[1:], 2)]
    return names


def _above(sentence: Sentence, token: int) -> list[int]:
    above: list[int] = []
    at = token
    while (head := sentence.tokens[at].head) >= 0 and len(above) < _ABOVE:
        above.append(head)
        at = head
    return above


def _on_the_way(sentence: Sentence, way: list[int], stance: str) -> list[str]:
    """Negation and modals by their distance; the first finite verb with its subject."""
    tokens = sentence.tokens
    here = tokens[way[0]]
    names, negative, finite = [], 0, ""
    for far, node in enumerate(way):
        for k in sentence.children[node]:
            word = tokens[k].text.lower()
            if word in _NEGATIVE:
                names.append(f"N{min(far, 3)}")
                negative += 1
            if tokens[k].xpos == "MD":
                names += [f"M{min(far, 3)}={word}", f"M={word}|{here.upos}"]
        if not finite and (finite := tense(sentence, node)):
            subject = sentence.child(node, "nsubj")
            who = "" if subject is None else person(tokens[subject].text.lower(), tokens[subject].upos)
            names.append(f"fs={finite}|{who}|{here.xpos}")
    return [*names, f"neg={min(negative, 2)}|{stance}"]


def _arguments(sentence: Sentence, token: int) -> list[str]:
    tokens = sentence.tokens
    xpos = tokens[token].xpos
    names = []
    for k in sentence.children[token]:
        child = tokens[k]
        if child.dep.startswith("obl"):
            names.append(f"ob={marker(sentence, k, 'case')[0]}|{xpos}")
            if child.lemma.lower() in _TIMES:
                names.append(f"T={child.lemma.lower()}|{xpos}")
        elif child.dep == "advmod":
            names.append(f"v2={child.text.lower()}|{xpos}")
        elif child.dep in ("obj", "nsubj", "nsubj:pass"):
            names.append(f"{child.dep}={child.lemma.lower()}")
            names += [
                f"{child.dep}.det={tokens[g].text.lower()}" for g in sentence.children[k] if tokens[g].dep == "det"
            ]
    return names


def person(text: str, upos: str) -> str:
    """1, 2 or 3 for a pronoun, the part of speech for other words."""
    if text in FIRST:
        return "1"
    if text in SECOND:
        return "2"
    return "3" if upos == "PRON" else upos


def tense(sentence: Sentence, index: int) -> str:
    """Tense of a verb from its tag and auxiliaries, or an empty string for what is not finite."""
    xpos = sentence.tokens[index].xpos
    for k in sentence.children[index]:
        child = sentence.tokens[k]
        if child.dep.startswith(("aux", "cop")) and child.xpos in ("VBD", "VBZ", "VBP", "MD"):
            return child.xpos if child.lemma != "have" else child.xpos + "+"
    return xpos if xpos in ("VBD", "VBZ", "VBP") else ""
