"""What hangs on a word of the walk: auxiliaries, negation, adverbs, determiners, conditions, reporting parataxis."""

from __future__ import annotations

from dateline.frames.cues import Rule, marker
from dateline.frames.factuality_state import State

_NEUTRAL = frozenset(
    {
        "punct",
        "case",
        "cc",
        "obj",
        "iobj",
        "conj",
        "mark",
        "nummod",
        "compound",
        "flat",
        "fixed",
        "cop",
        "appos",
        "nmod",
    }
)


class Hanging(State):
    """The steps that look at the children of a word."""

    __slots__ = ()

    def _own(self, node: int, following: int) -> None:
        """Apply what hangs on a node: reporting parataxis, auxiliaries, negation, adverbs, determiners, conditions."""
        tokens, sentence, cues = self.tokens, self.sentence, self.cues
        conditioned = -1
        negative = -1
        to = be = False
        for k in sentence.children[node]:
            child = tokens[k]
            dep = child.dep
            if child.text.lower() == "due" and tokens[node].xpos == "VB" and dep in ("mark", "case"):
                to = be = True  # "ministers due to meet", as the tree may have it
            elif dep == "mark":
                to = to or child.xpos == "TO" or self.tokens[k + 1].text.lower() == "to"  # "is due to meet"
            elif dep in ("cop", "aux"):
                be = be or (child.lemma == "be" and child.xpos in ("VBZ", "VBP", "VBD"))
            elif dep == "parataxis" and k != following:
                self._parataxis(k)
            elif dep == "advcl":
                mark, at = marker(sentence, k, "mark")
                rule = cues.links.get(mark)
                if rule is None and sentence.child(k, "ccomp") is not None:  # "provided that"
                    rule, at = cues.links.get(tokens[k].text.lower()), k
                if rule is not None and rule.category == "condition":
                    conditioned = at
            elif dep == "obl" and k > node and self._condition(k):
                conditioned = k
            elif k != following and dep in ("nsubj", "nsubj:pass", "obj", "iobj", "obl") and self._negative(k):
                negative = k
        if to and be:
            self._structure("counterfactual" if self._perfect(node) else "is-to", node)  # "was to have met"
        hits = self._modifiers(node)
        if hits:
            self._apply_modifiers(node, hits)
        if negative >= 0 and negative not in self.trigger and tokens[node].upos in ("VERB", "AUX", "ADJ", "NOUN"):
            subject = tokens[negative].dep.startswith("nsubj")
            self._structure("nobody" if subject else "nothing", negative)
        if conditioned >= 0 and self.stance == "planned":
            self._structure("conditioned", conditioned)

    def _condition(self, noun: int) -> bool:
        """ "On condition that …", "in the event that …", "in case of …"."""
        link = self.cues.links.get(marker(self.sentence, noun, "case")[0])
        if link is not None and link.category == "condition":
            return True
        rule = self.cues.governors.get((self.tokens[noun].lemma.lower(), "that"))
        return (
            rule is not None
            and rule.category == "condition"
            and any(self.tokens[c].dep.startswith("acl") and c > noun for c in self.sentence.children[noun])
        )

    def _negative(self, index: int) -> bool:
        if self.tokens[index].lemma.lower() in self.cues.lists["nobody"]:
            return True
        for k in self.sentence.children[index]:
            dep, word = self.tokens[k].dep, self.tokens[k].text.lower()
            if dep == "det" and word in ("no", "neither"):
                return not self._pseudo(k)
            if dep == "cc:preconj" and word == "neither":
                return True
            if dep == "advmod" and word == "not" and self.tokens[k + 1].text.lower() in ("a", "one", "single"):
                return True
        return False

    def _parataxis(self, index: int) -> None:
        """ "..., officials claimed": a reporting verb that hangs on its content."""
        if self.tokens[index].upos == "VERB" and self.sentence.child(index, "nsubj") is not None:
            self._say(index, self.tokens[index].head)

    def _say(self, verb: int, clause: int) -> None:
        """Apply a reporting verb to the clause that it reports, wherever the tree has it."""
        rule = self._governor(verb, "that")
        if rule is None or rule.name not in ("report", "allege", "deny", "contest"):
            return
        if rule.name == "contest":
            self.contested = (rule, verb)
        else:
            self._apply(rule, verb)
            self._own_denial(rule, verb, clause)
        self.reported = True

    def _own_denial(self, rule: Rule, verb: int, clause: int) -> None:
        """ "It had not fired, the army said": what speakers say they have not done they deny."""
        subject, denial = self.sentence.child(clause, "nsubj"), self.cues.structures.get("self-denial")
        if denial is None or rule.name != "report" or subject is None or not self._past(clause):
            return
        if self.tokens[subject].upos == "PRON" and self.stance == "asserted":
            self.contested = (denial, verb)

    def _modifiers(self, node: int) -> list[tuple[bool, int, int, Rule]]:
        tokens, modifiers = self.tokens, self.cues.modifiers
        hits: list[tuple[bool, int, int, Rule]] = []
        upos = tokens[node].upos
        for k in self.sentence.children[node]:
            child = tokens[k]
            dep = child.dep
            if dep in _NEUTRAL or (dep == "acl:relcl" and self._other_subject(k)):
                continue
            found = modifiers.get(child.text.lower())
            if not found:
                continue
            base = dep.split(":", 1)[0]
            for literal in found:
                rule = literal.rule
                if (
                    rule is None
                    or (dep not in rule.deps and base not in rule.deps)
                    or (rule.pos and upos not in rule.pos)
                    or (rule.only and tokens[node].lemma.lower() not in rule.only)
                ):
                    continue
                first = self._match(k, literal.words)
                if first >= 0 and not self._pseudo(first) and all(hit[1] != first for hit in hits):
                    hits.append((base != "aux", first, first + len(literal.words), rule))
                    break
        hits.sort(key=lambda hit: hit[:2])
        return hits

    def _other_subject(self, clause: int) -> bool:
        """ "A summit during which they are expected to agree": what is expected is not the summit."""
        subject = next((k for k in self.sentence.children[clause] if self.tokens[k].dep == "nsubj:pass"), None)
        return subject is not None and self.tokens[subject].text.lower() not in ("that", "which", "who")

    def _match(self, k: int, words: tuple[str, ...]) -> int:
        """Where the words stand, if the token is the first or the last of them; -1 if they do not."""
        if len(words) == 1:
            return k
        for first in (k, k - len(words) + 1):
            if 0 <= first <= len(self.tokens) - len(words) and all(
                self.tokens[first + j].text.lower() == word for j, word in enumerate(words)
            ):
                return first
        return -1

    def _apply_modifiers(self, node: int, hits: list[tuple[bool, int, int, Rule]]) -> None:
        if self.trigger:
            inside = [h for h in hits if h[1] in self.trigger]
            if any(h[3].category in ("negation", "modal") for h in inside):
                hits = [h for h in hits if h not in inside]
        negated = any(rule.name == "negate" for _, _, _, rule in hits)
        absorbed = False
        for _, first, end, rule in hits:
            if rule.negated is not None and negated:
                self._apply(rule, first, end, rule.negated)
                absorbed = True
            elif rule.reported is not None:
                if self._perfect(node):
                    self._structure("counterfactual", first)
                else:
                    self._apply(rule, first, end, rule.reported if self.reported else None)
            elif not (absorbed and rule.name == "negate"):
                self._apply(rule, first, end)

    def _perfect(self, node: int) -> bool:
        return any(
            self.tokens[k].dep.startswith("aux") and self.tokens[k].text.lower() in ("have", "'ve")
            for k in self.sentence.children[node]
        )

    def _shared(self, parent: int, node: int, following: int) -> None:
        """What hangs on the first conjunct and holds for the second: one auxiliary, one "no", one adjective."""
        tokens = self.tokens
        children = self.sentence.children[node]
        if any(tokens[k].dep.startswith(("nsubj", "aux", "csubj")) for k in children):
            return
        joint = next((tokens[k].text.lower() for k in children if tokens[k].dep == "cc"), ",")
        if tokens[node].xpos != tokens[parent].xpos and tokens[node].upos in ("VERB", "AUX") and joint != "nor":
            return
        hits = []
        for hit in self._modifiers(parent):
            rule = hit[3]
            if rule.name == "negate" and joint not in ("or", "nor", "and", ","):
                continue
            if hit[1] < parent:
                hits.append(hit)
        if joint == "but":
            hits = [hit for hit in hits if hit[3].category != "negation"]
        if hits:
            self._apply_modifiers(parent, hits)
