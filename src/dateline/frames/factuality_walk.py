"""The walk from the root of a sentence down to an event, and what each edge on the way does to the stance."""

from __future__ import annotations

from dateline.frames.cues import CLAUSE, Rule, form, marker
from dateline.frames.factuality_hanging import Hanging
from dateline.model import Factuality, Stance

_SCORES: dict[Stance, float] = {
    "asserted": 3.0,
    "alleged": 0.8,
    "denied": -1.0,
    "planned": -1.5,
    "hypothetical": -0.8,
    "negated": -2.3,
}
_PREPOSITION = {"to": "to-noun"}  # "agreed to a truce" is not "agreed to stop"
_ASSERTED = Factuality("asserted")
_OPENING = frozenset({'"', "“", "``", "«"})


class Walk(Hanging):
    """One walk down a tree: ``Walk(sentence, cues).down_to(token)``."""

    __slots__ = ()

    def down_to(self, token: int, told: tuple[int, ...] = (), top: int = -1) -> Factuality:
        """Walk from the root to the token and return the stance there.

        ``told`` are reporting verbs known to report it, wherever the tree has them: "Troops, he claimed, fled". With
        ``top``, a word above the token, the walk starts there and leaves out what stands further up.
        """
        tokens = self.tokens
        path = [token]
        seen = {token}
        while (head := tokens[path[-1]].head) >= 0 and head not in seen:
            path.append(head)
            seen.add(head)
        path.reverse()
        if top in seen:
            path = path[path.index(top) :]
        else:
            self._root(path[0])
        for verb in told:
            if verb not in seen:
                self._say(verb, path[0])
        before = self._save()
        last = len(path) - 1
        for i, node in enumerate(path):
            following = path[i + 1] if i < last else -1
            if i:
                parent = path[i - 1]
                if tokens[node].dep.startswith("conj"):
                    self._restore(before)
                    self._shared(parent, node, following)
                    self._joined(node)
                else:
                    self._edge(parent, node)
                    before = self._save()
            self._own(node, following)
        if self.contested is not None and self.stance == "negated":
            rule, at = self.contested
            self.stance, self.score, self.deciding = "denied", rule.score, (*self.deciding, (rule, at, at + 1))
        if not self.deciding:
            return _ASSERTED if self.stance == "asserted" else Factuality(self.stance, (), _SCORES[self.stance])
        found = tuple(self._cue(rule, first, end) for rule, first, end in self.deciding)
        return Factuality(self.stance, found, self.score, tuple(dict.fromkeys(cue.rule for cue in found)))

    def _joined(self, node: int) -> None:
        """ "Left rather than fight": a conjunction that is a cue."""
        word, at = marker(self.sentence, node, "cc")
        rule = self.cues.links.get(word)
        if rule is not None:
            self._link(rule, at, node, "conj")

    def _root(self, root: int) -> None:
        tokens, sentence = self.tokens, self.sentence
        end = len(tokens) - 1
        while end > 0 and tokens[end].upos == "PUNCT" and tokens[end].text not in ("?", "?!", "??", "!?"):
            end -= 1
        if tokens[end].text.startswith("?"):
            self._structure("question", end)
            return
        token = tokens[root]
        if sentence.region == "headline":
            if token.upos in ("VERB", "AUX") and form(sentence, root) == "to":
                self._structure("headline-to", root)
        elif self._order(root) and not self._titled():
            self._structure("order", root)
        elif tokens[-1].text != "." and form(sentence, root) == "to" and sentence.child(root, "nsubj") is not None:
            self._structure("headline-to", root)  # "Workers to be paid for delays"

    def _edge(self, parent: int, node: int) -> None:
        """Change the stance by what the parent does to a complement or an argument."""
        token = self.tokens[node]
        dep = token.dep
        base = dep.split(":", 1)[0]
        if dep == "acl:relcl":
            self._relative(parent, node)
        elif base in CLAUSE:
            self._clause(parent, node, base)
        elif base in (
            "parataxis",
            "appos",
            "list",
            "vocative",
            "dislocated",
            "orphan",
            "amod",
            "reparandum",
            "goeswith",
        ):
            if base == "amod" and (rule := self._governor(parent, "amod")):
                self._apply(rule, parent)
            elif base != "appos":
                self._reset()
        elif dep in ("nsubj:pass", "csubj:pass"):
            self._argument(parent, node, "obj")
        elif base == "nsubj":
            self._argument(parent, node, "subj")
        elif base in ("obl", "nmod"):
            if dep == "nmod:poss":
                self._argument(parent, node, "poss")
            else:
                case, at = marker(self.sentence, node, "case", "mark")
                case = self._wider(case, at)
                rule = self.cues.links.get(case)
                if rule is not None and self._link(rule, at, node, base):
                    return
                self._argument(parent, node, _PREPOSITION.get(case, case.split(" ")[-1]) if case else base)
        elif base in ("obj", "iobj", "compound"):
            self._argument(parent, node, base)

    def _wider(self, mark: str, at: int) -> str:
        """ "short of", "ahead of": the marker with the word before it, if the two are one link."""
        if at < 1:
            return mark
        before = self.tokens[at - 1].text.lower()
        if mark == "to":  # "in order to", "so as to"
            both = f"{self.tokens[at - 2].text.lower()} {before}"
        else:
            both = f"{before} {mark}"
        if both not in self.cues.links and at + 1 < len(self.tokens) and self.tokens[at + 1].dep in ("mark", "case"):
            both = f"{mark} {self.tokens[at + 1].text.lower()}"  # "as if", "ahead of", when the tree takes them for two
        return both if both in self.cues.links else mark

    def _relative(self, parent: int, node: int) -> None:
        indefinite = self.cues.lists["indefinite"]
        noun = self.tokens[parent]
        above = self._rehung(parent, "that") if self._content(node) else parent
        rule = self._governor(above, "that")
        if (
            rule is not None
            and (rule.name in ("allege", "deny", "opine") or rule.category == "condition")
            and self._content(node)
        ):
            self._apply(rule, above)
            return
        if noun.lemma.lower() in indefinite or any(
            self.tokens[k].dep == "det" and self.tokens[k].text.lower() in indefinite
            for k in self.sentence.children[parent]
        ):
            self._structure("generic-who", parent)
        else:
            self._reset()

    def _clause(self, parent: int, node: int, base: str) -> None:
        sentence = self.sentence
        mark, at = marker(sentence, node, "mark", "case")
        mark = self._wider(mark, at)
        word = self.cues.links.get(self.tokens[parent].text.lower())
        if base == "ccomp" and word is not None and word.category == "condition":  # "provided that"
            self._apply(word, parent)
            return
        if not mark and base == "advcl" and (first := self._inverted(node)) >= 0:
            self._apply(self.cues.links["if"], first)
            return
        link = self.cues.links.get(mark)
        if (self.tokens[parent].lemma.lower(), mark) in self.cues.governors:
            link = None  # "it looks as if"
        if link is not None and self._link(link, at, node, base):
            return
        if self._indirect_question(node):
            self._structure("indirect-question", node)
            return
        edge = form(sentence, node)
        rule = None
        if base == "acl" and mark and mark != "to":
            parent = self._rehung(parent, mark)
        if mark and mark not in ("to", "that"):
            rule = self._governor(parent, mark)
        elif mark == "to" and edge == "ing":
            rule = self._governor(parent, "to", node)
        if rule is None and not (base == "advcl" and (edge == "that" or mark not in ("", "to"))):
            rule = self._governor(parent, edge, node)
        if base == "ccomp" and self._subjunctive(node):
            wanted = self._governor(parent, "that", node)
            if wanted is not None and wanted.name != "report":
                self._structure("subjunctive", parent)
                return
        if base == "xcomp" and edge == "to" and self._managed(parent):
            return
        if edge == "to" and (verb := self._failing(parent)) >= 0:
            self._structure("failed", verb)
            return
        if rule is not None and rule.category == "plan" and edge == "that" and self._over(node):
            rule = None  # "agreed that it had failed"
        if rule is None and edge == "to" and at > parent + 1:
            above, rule = self._promised(parent, at, node)
            parent = parent if rule is None else above
        if rule is not None and not (rule.only and self.tokens[node].lemma.lower() not in rule.only):
            self._apply(rule, parent)
            self._told(rule, parent, node, base)
            return
        if edge == "to":
            if self._lasted(parent):
                return
            if (too := self._too(parent)) >= 0:
                self._structure("too", too)
                return
            if base in ("acl", "advcl") and self.tokens[parent].head < 0 and self._headline(parent):
                self._structure("headline-to", node)
            elif self._ordinal(parent) if base == "acl" else base == "advcl" and self._performed(node):
                return
            elif base in ("acl", "advcl") and self._to_be(node):
                self._structure("to-be", node)
            elif base in ("acl", "advcl"):
                self._structure("noun-to" if base == "acl" else "to-purpose", node)
            elif not (mark and mark != "to"):
                self._structure("to-other", node)
        elif (base == "acl" and edge in ("ing", "ed") and not mark) or (
            base == "advcl" and edge == "that" and self._past(node)
        ):
            self._reset()
        elif base == "ccomp" and self.tokens[node - 1].text in _OPENING and self._order(node):
            self._structure("order", node)
        elif base == "ccomp":
            self.reported = True
            report = self.cues.governors.get(("say", "that"))
            if report is not None:
                self._apply(report, parent)

    def _promised(self, parent: int, at: int, node: int) -> tuple[int, Rule | None]:
        """ "Signed a contract to build", wherever the clause hangs; "signed a contract with a firm to build"."""
        before, thing = at - 1, self.sentence.child(parent, "obj")
        if self.tokens[before].upos in ("NOUN", "ADJ") and (rule := self._governor(before, "to", node)):
            if self.tokens[before].head == parent:
                self._edge(parent, before)  # "dropped its plan to build"
            return before, rule
        if thing is not None and (rule := self._governor(thing, "to", node)) and rule.name == "plan":
            return thing, rule
        return parent, None

    def _inverted(self, node: int) -> int:
        """ "Had the army fired, …": the auxiliary that stands before its subject instead of an "if", or -1."""
        first = min(self.sentence.subtree(node))
        token = self.tokens[first]
        if token.head != node or not token.dep.startswith(("aux", "cop")):
            return -1
        return first if token.text.lower() in self.cues.lists["inverted"] else -1

    def _indirect_question(self, node: int) -> bool:
        """ "Did not say why the army had fired": that it had is taken as given."""
        first = min(self.sentence.subtree(node))
        token = self.tokens[first]
        if token.head != node or token.text.lower() not in self.cues.lists["asking"]:
            return False
        return self._past(node) and self.tokens[node].xpos != "VBG"  # "were going to" lies ahead

    def _called_false(self, verb: int, noun: int) -> int:
        """ "Called the reports nonsense", "dismissed as lies claims that": the word that says so, or -1."""
        words = self.cues.lists["falsehood"]
        near = (*self.sentence.children[verb], *(k for k in self.sentence.children[noun] if k < noun))
        todo = [k for k in near if k != noun and self.tokens[k].upos in ("NOUN", "ADJ")]
        return next((k for k in todo if self.tokens[k].lemma.lower() in words), -1)

    def _rehung(self, parent: int, mark: str) -> int:
        """The word above a noun that governs a clause the tree hangs on the noun: "accused troops of shelling".

        An object gives it to its verb, a complement to its noun ("allegations by a party that …").
        """
        token = self.tokens[parent]
        if (
            token.upos not in ("NOUN", "PROPN", "PRON")
            or token.head < 0
            or (token.lemma.lower(), mark) in self.cues.governors
        ):
            return parent
        base = token.dep.split(":", 1)[0]
        if base in ("obj", "iobj", "nmod", "obl") or token.dep == "nsubj:pass":
            above = self._governor(token.head, mark)
            if base == "nmod" and marker(self.sentence, parent, "case")[0] not in ("by", "from"):
                return parent
            if above is not None and (base != "obl" or mark == "that"):
                return token.head
        return parent

    def _answered(self, parent: int) -> bool:
        """ "Charges are expected for the killings": what the charges answer has happened, whatever becomes of them."""
        subject = next((k for k in self.sentence.children[parent] if self.tokens[k].dep == "nsubj:pass"), None)
        return subject is not None and self.tokens[subject].lemma.lower() in self.cues.lists["answers"]

    def _raised(self, parent: int, node: int) -> Rule | None:
        """ "The trial is set to begin": what governs the beginning governs the trial."""
        if not self.tokens[node].dep.startswith("nsubj"):
            return None
        clause = self.sentence.child(parent, "xcomp")
        if clause is None or self.tokens[clause].upos != "VERB":
            return None
        lemma, lists = self.tokens[clause].lemma.lower(), self.cues.lists
        if lemma in lists["occur"] or (lemma in lists["light"] and self._to_be(clause)):
            return self._governor(parent, form(self.sentence, clause), clause)
        return None

    def _content(self, node: int) -> bool:
        """Whether what looks like a relative clause is the content of its noun: "claims (that) it had shelled a camp"."""
        subject = self.sentence.child(node, "nsubj")
        if subject is None:
            return False
        if self.tokens[subject].lemma.lower() in ("that", "which", "who"):
            return False
        has_object = self.sentence.child(node, "obj", "ccomp") is not None
        return (
            has_object
            or self.tokens[subject].upos not in ("PRON", "DET")
            or marker(self.sentence, node, "mark")[0] == "that"
        )

    def _told(self, rule: Rule, parent: int, node: int, base: str) -> None:
        """Note that the clause is told by somebody, and whether what it negates is thereby denied."""
        if base != "ccomp":
            return
        self.reported = rule.category != "threat"  # "warned that it would" is no announcement
        if self.stance != "asserted":
            return
        if rule.name == "contest":
            self.contested = (rule, parent)
        else:
            self._own_denial(rule, parent, node)

    def _link(self, rule: Rule, at: int, node: int, base: str) -> bool:
        if base not in rule.deps or (rule.pos and self.tokens[node].upos not in rule.pos):
            return False
        if rule.past and base in CLAUSE and not self._past(node) and form(self.sentence, node) != "ing":
            return True
        end = at + 1
        for k in self.sentence.children[at]:
            if self.tokens[k].dep == "fixed":
                end = max(end, k + 1)
        self._apply(rule, at, end)
        return True

    def _argument(self, parent: int, node: int, edge: str) -> None:
        """An event noun (or a gerund) as an argument: governed by a cue, carried by a light word, or taken as given."""
        if edge == "for" and self._answered(parent):
            self._reset()
            return
        rule = self._governor(parent, "obj" if edge == "iobj" else edge, node)
        lemma = self.tokens[node].lemma.lower()
        if edge == "obj" and lemma in self.cues.lists["reports"] and (word := self._called_false(parent, node)) >= 0:
            self._structure("called-false", word)
            return
        if rule is not None and rule.indefinite and self._definite(node):
            rule = None
        if rule is None and edge in ("subj", "obj"):
            rule = self._raised(parent, node)
        if rule is not None and (not rule.only or lemma in rule.only):
            self._apply(rule, parent)
            return
        if self._demonstrative(node):
            self._reset()
            return
        if self.stance == "asserted":
            return
        above = self.tokens[parent].lemma.lower()
        lists = self.cues.lists
        if above in lists["wrapper"]:
            return
        if edge == "subj":
            if above in lists["occur"] and self.sentence.child(parent, "obj") is None:
                return
        elif above in lists["light"]:
            return
        if (
            self.tokens[node].upos == "PROPN"
            or self._definite(node)
            or edge == "poss"
            or (self.stance == "negated" and edge not in ("obj", "of", "compound"))
        ):
            self._reset()
