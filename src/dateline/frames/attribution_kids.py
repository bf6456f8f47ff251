"""The children of a reporting verb, sorted by what the shapes of its content ask for."""

from __future__ import annotations

from dateline.frames.attribution_cues import AttributionCues
from dateline.frames.attribution_spans import own_subject, phrase
from dateline.model import Sentence


class Kids:
    """The children of a verb, sorted by what the shapes ask for."""

    __slots__ = (
        "advcl",
        "agent",
        "aside",
        "ccomp",
        "cues",
        "expl",
        "iobj",
        "obj",
        "obl",
        "parataxis",
        "passive",
        "subj",
        "xcomp",
    )

    def __init__(self, s: Sentence, v: int, cues: AttributionCues) -> None:
        self.cues = cues
        self.subj: int | None = None
        self.obj: int | None = None
        self.iobj: int | None = None
        self.ccomp: int | None = None
        self.expl = False
        self.passive = False
        self.agent: int | None = None
        self.xcomp: list[int] = []
        self.obl: list[tuple[int, str]] = []
        self.advcl: list[tuple[int, str]] = []
        self.parataxis: list[int] = []
        for k in s.children[v]:
            dep = s.tokens[k].dep
            if dep in ("nsubj", "nsubj:outer"):
                self.subj = own_subject(s, v)
            elif dep in ("nsubj:pass", "csubj:pass"):
                self.subj, self.passive = k, True
            elif dep == "csubj":
                self.ccomp = k if self.ccomp is None else self.ccomp
            elif dep == "aux:pass":
                self.passive = True
            elif dep == "obj":
                if self.obj is not None:
                    self.iobj = self.obj
                self.obj = k
            elif dep == "iobj":
                self.iobj = k
            elif dep == "ccomp":
                if self.ccomp is None or s.tokens[self.ccomp].dep == "csubj":
                    self.ccomp = k
            elif dep == "xcomp":
                self.xcomp.append(k)
            elif dep.startswith("expl"):
                self.expl = True
            elif dep == "parataxis":
                self.parataxis.append(k)
            elif dep.startswith("obl"):
                case = marker_of(s, k, "case")
                if case == "by" and (dep == "obl:agent" or self.passive):
                    self.agent = k
                else:
                    self.obl.append((k, case))
            elif dep.startswith("advcl"):
                self.advcl.append((k, marker_of(s, k, "mark") or marker_of(s, k, "case")))
        if self.obj is None and self.iobj is not None:
            self.obj, self.iobj = self.iobj, None
        self.aside: int | None = None
        if self.subj is not None and self.ccomp is not None:
            self._interposed(s, v)
        token = s.tokens[v]
        if (
            token.xpos == "VBN"
            and self.subj is None
            and (token.dep == "acl" or (token.dep == "advcl" and self.obj is None))
        ):
            self.passive = not any(s.tokens[k].dep == "aux" for k in s.children[v])
        elif token.xpos == "VBD" and token.dep == "advcl" and v == 0 and self.subj is None and self.obj is None:
            self.passive = True  # "Asked about it, she …"

    def _interposed(self, s: Sentence, v: int) -> None:
        """ "Egypt, says his lawyer, has jailed her": the tree takes Egypt for who says it."""
        inner = s.child(self.ccomp, "nsubj") if self.ccomp is not None else None
        if inner is None or v < 2 or s.tokens[v - 1].text != "," or self.subj is None or self.subj > v:
            return
        names = {i for i in phrase(s, inner) if s.tokens[i].upos != "PUNCT"}
        after = max(names) + 1
        whole = len(names) == after - min(names)
        if whole and min(names) == v + 1 and after < len(s.tokens) and s.tokens[after].text == ",":
            self.aside, self.subj = self.subj, inner


def marker_of(s: Sentence, k: int, dep: str) -> str:
    """The first word that hangs on a token by a relation (its preposition or conjunction), or nothing."""
    words = [s.tokens[c].text.lower() for c in s.children[k] if s.tokens[c].dep == dep]
    return words[0] if words else ""


def head_marker(s: Sentence, k: int) -> str:
    """The first preposition or conjunction before a token that hangs on it, or nothing."""
    for c in s.children[k]:
        if s.tokens[c].dep in ("mark", "case") and c < k:
            return s.tokens[c].text.lower()
    return ""
