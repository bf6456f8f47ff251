"""What the writer adds to a content or a source: relative clauses and participles that are claims of their own.

"She endorsed the mayor, who says he is honoured" holds two claims side by side; the second is no part of what she
endorses. Neither is "a charge he denied" part of "she complained that he had cheated, a charge he denied".
"""

from __future__ import annotations

from dateline.frames.attribution_cues import AttributionCues
from dateline.frames.attribution_sources import Draft
from dateline.frames.attribution_spans import after_comma
from dateline.model import Sentence

_LOUD = frozenset({"report", "accusation", "stance"})


def asides(drafts: list[Draft], cues: AttributionCues) -> None:
    """Cut from every content and source the asides that attribute something themselves."""
    for inner in drafts:
        if not inner.content or not inner.source:
            continue
        top = _aside(inner.sentence, inner.head, inner.sense.group in _LOUD, cues)
        if top is None:
            continue
        aside = set(inner.sentence.subtree(top))
        for outer in drafts:
            if outer is inner or outer.head in aside:
                continue
            if top in outer.content and any(outer.sentence.tokens[i].upos != "PUNCT" for i in outer.content - aside):
                outer.content -= aside
            if inner.head in outer.source and top != outer.source_head:
                outer.source -= set(inner.sentence.subtree(inner.head))


def _aside(s: Sentence, v: int, loud: bool, cues: AttributionCues) -> int | None:
    """The head of the aside that a cue verb makes, or None: its clause, or the noun that its clause explains."""
    token = s.tokens[v]
    if token.dep.endswith("relcl"):
        pronoun = any(s.tokens[i].xpos in ("WP", "WDT", "WP$") for i in s.subtree(v)[:4])
        if after_comma(s, v):
            return v if pronoun else None
        named = token.head
        return named if s.tokens[named].dep == "appos" and after_comma(s, named) else None
    if not loud or token.xpos != "VBG" or token.dep not in ("advcl", "acl", "conj") or v == 0:
        return None
    mark = s.child(v, "mark")
    first = v if mark is None or s.tokens[mark].text.lower() not in cues.contrasts else mark
    return v if first > 0 and s.tokens[first - 1].text == "," else None
