"""How the story holds an event: a walk from the root of the sentence down to the event through the cues on the way.

The walk starts with the stance *asserted*. Each governor ("denied", "plans"), link ("if", "without"), modifier
("not", "may", "alleged") and structure (a question, a to-infinitive of purpose) changes the stance by the table of
its effect, so that nested cues compose: what is planned under an accusation is alleged, what somebody failed to
prevent is asserted. The cues that made the final stance are returned with it.
"""

from __future__ import annotations

from dateline.frames.cues import CLAUSE, Effect, FactualityCues, Rule, form, load_factuality, marker
from dateline.model import Cue, Factuality, Sentence, Span, Stance

__all__ = ["FactualityCues", "judge", "load_factuality"]

_SCORES: dict[Stance, float] = {
    "asserted": 3.0,
    "alleged": 0.8,
    "denied": -1.0,
    "planned": -1.5,
    "hypothetical": -0.8,
    "negated": -2.3,
}
_ASSERTED = Factuality("asserted")
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your", "both"])
_PAST_AUX = frozenset(["had", "was", "were", "did", "has", "have", "'ve", "been"])
_NEUTRAL = frozenset(["punct", "case", "cc", "cc:preconj", "obj", "iobj", "conj", "mark", "nummod", "compound", "flat", "fixed", "cop", "appos", "nmod"])


def judge(sentence: Sentence, token: int, cues: FactualityCues, trigger: tuple[int, ...] = ()) -> Factuality:
    """Say how the sentence holds the event named by a token: stance, score in [-3, 3] and the cues that decided it.

    ``token`` may be a verb, an event noun or an adjective; ``cues`` comes from :func:`load_factuality`. A word with
    no cue on its way is asserted. ``trigger`` lists the tokens that name the event: a negation or an obligation among
    them is part of its meaning ("will not work with" is a refusal) and changes nothing.
    """
    return Walk(sentence, cues, trigger).down_to(token)


class Walk:
    """One walk down a tree. ``fired`` names every cue met, also those that changed nothing."""

    __slots__ = (
        "contested",
        "cues",
        "deciding",
        "fired",
        "reported",
        "score",
        "sentence",
        "stance",
        "tokens",
        "trigger",
    )

    def __init__(self, sentence: Sentence, cues: FactualityCues, trigger: tuple[int, ...] = ()) -> None:
        self.sentence = sentence
        self.trigger = trigger
        self.contested: tuple[Rule, int] | None = None
        self.tokens = sentence.tokens
        self.cues = cues
        self.stance: Stance = "asserted"
        self.score = 3.0
        self.deciding: tuple[tuple[Rule, int, int], ...] = ()
        self.fired: list[Rule] = []
        self.reported = False

    def down_to(self, token: int) -> Factuality:
        """Walk from the root to the token and return the stance there."""
        tokens = self.tokens
        path = [token]
        seen = {token}
        while (head := tokens[path[-1]].head) >= 0 and head not in seen:
            path.append(head)
            seen.add(head)
        path.reverse()
        self._root(path[0])
        before = self._save()
        last = len(path) - 1
        for i, node in enumerate(path):
            following = path[i + 1] if i < last else -1
            if i:
                parent = path[i - 1]
                if tokens[node].dep.startswith("conj"):
                    self._restore(before)
                    self._shared(parent, node, following)
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

    # --- state ------------------------------------------------------------------------------------------------------

    def _save(self) -> tuple[Stance, float, tuple[tuple[Rule, int, int], ...], bool]:
        return self.stance, self.score, self.deciding, self.reported

    def _restore(self, state: tuple[Stance, float, tuple[tuple[Rule, int, int], ...], bool]) -> None:
        self.stance, self.score, self.deciding, self.reported = state

    def _reset(self) -> None:
        self.stance, self.score, self.deciding, self.reported = "asserted", 3.0, (), False

    def _apply(self, rule: Rule, first: int, end: int = -1, effect: Effect | None = None) -> None:
        self.fired.append(rule)
        new = (rule.effect if effect is None else effect).get(self.stance, self.stance)
        if new == self.stance:
            return
        here = ((rule, first, end if end > 0 else first + 1),)
        self.deciding = here if self.stance == "asserted" else self.deciding + here
        if new == "asserted" and rule.name == "fact":
            self.deciding = here
        self.stance = new
        self.score = rule.score if new != "asserted" else 2.0

    def _structure(self, name: str, index: int) -> None:
        rule = self.cues.structures.get(name)
        if rule is not None:
            self._apply(rule, index)

    def _cue(self, rule: Rule, first: int, end: int) -> Cue:
        tokens = self.tokens
        span = Span(tokens[first].start, tokens[end - 1].end)
        text = " ".join(t.text for t in tokens[first:end])
        return Cue(span, text, rule.category, rule.id)

    # --- the root ---------------------------------------------------------------------------------------------------

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
        elif token.xpos == "VB" and tokens[-1].upos == "PUNCT" and not any(
            tokens[k].dep.startswith(("nsubj", "csubj", "aux", "expl")) or tokens[k].dep == "mark"
            for k in sentence.children[root]
        ):
            self._structure("order", root)

    # --- edges ------------------------------------------------------------------------------------------------------

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
                self._argument(parent, node, case.split(" ")[-1] if case else base)
        elif base in ("obj", "iobj", "compound"):
            self._argument(parent, node, base)

    def _governor(self, parent: int, edge: str, node: int = -1) -> Rule | None:
        key = (self.tokens[parent].lemma.lower(), edge)
        if key in self.cues.speakers and (node < 0 or self._past(node)):
            subject = self.sentence.child(parent, "nsubj")
            if subject is not None:
                name = self.tokens[subject].lemma.lower()
                for rule in self.cues.speakers[key]:
                    if name in rule.speakers:
                        return rule
        rule = self.cues.governors.get(key)
        for k in self.sentence.children[parent]:
            dep = self.tokens[k].dep
            if dep == "compound:prt":
                return self.cues.governors.get((f"{key[0]}-{self.tokens[k].text.lower()}", edge), rule)
            if rule is not None and dep == "det" and k == parent - 1 and self._pseudo(k):
                return None  # "no doubt that"
        return rule

    def _wider(self, mark: str, at: int) -> str:
        """ "short of", "ahead of": the marker with the word before it, if the two are one link."""
        if at < 1:
            return mark
        before = self.tokens[at - 1].text.lower()
        if mark == "to":  # "in order to", "so as to"
            both = f"{self.tokens[at - 2].text.lower()} {before}"
        else:
            both = f"{before} {mark}"
        return both if both in self.cues.links else mark

    def _relative(self, parent: int, node: int) -> None:
        indefinite = self.cues.lists["indefinite"]
        noun = self.tokens[parent]
        rule = self._governor(parent, "that")
        if rule is not None and rule.name in ("allege", "deny", "opine"):
            subject = self.sentence.child(node, "nsubj")
            if (
                (subject is not None
                and self.tokens[subject].upos != "PRON")
                or marker(self.sentence, node, "mark")[0] == "that"
            ):
                self._apply(rule, parent)
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
        link = self.cues.links.get(mark)
        if link is not None and self._link(link, at, node, base):
            return
        edge = form(sentence, node)
        rule = None
        if mark and mark not in ("to", "that"):
            rule = self._governor(parent, mark)
        elif mark == "to" and edge == "ing":
            rule = self._governor(parent, "to", node)
        if rule is None and not (base == "advcl" and (edge == "that" or mark not in ("", "to"))):
            rule = self._governor(parent, edge, node)
        if rule is None and edge == "to" and at > parent + 1 and self.tokens[at - 1].upos in ("NOUN", "ADJ"):
            parent = at - 1  # "signed a contract to build", wherever the clause is attached
            rule = self._governor(parent, edge, node)
        if rule is not None and not (rule.only and self.tokens[node].lemma.lower() not in rule.only):
            self._apply(rule, parent)
            self._told(rule, parent, node, base)
            return
        if edge == "to":
            if base in ("acl", "advcl") and self.tokens[parent].head < 0 and self._headline(parent):
                self._structure("headline-to", node)
            elif base == "acl" and self._ordinal(parent):
                return
            elif base in ("acl", "advcl") and self._to_be(node):
                self._structure("to-be", node)
            elif base in ("acl", "advcl"):
                self._structure("noun-to" if base == "acl" else "to-purpose", node)
            elif not (mark and mark != "to"):
                self._structure("to-other", node)
        elif (base == "acl" and edge in ("ing", "ed") and not mark) or (base == "advcl" and edge == "that" and self._past(node)):
            self._reset()
        elif base == "ccomp":
            self.reported = True
            report = self.cues.governors.get(("say", "that"))
            if report is not None:
                self._apply(report, parent)

    def _headline(self, root: int) -> bool:
        """A sentence without a finite verb, or a headline: "Envoy to visit Oslo"."""
        if self.tokens[root].upos in ("VERB", "AUX"):
            return False
        return self.sentence.region == "headline" or self.tokens[-1].text != "."

    def _ordinal(self, noun: int) -> bool:
        ordinal = self.cues.lists["ordinal"]
        return any(self.tokens[k].lemma.lower() in ordinal for k in (noun, *self.sentence.children[noun]))

    def _to_be(self, node: int) -> bool:
        return any(
            self.tokens[k].text.lower() == "be" and self.tokens[k].dep.startswith("aux")
            for k in self.sentence.children[node]
        )

    def _told(self, rule: Rule, parent: int, node: int, base: str) -> None:
        """Note that the clause is told by somebody, and whether what it negates is thereby denied."""
        if base != "ccomp":
            return
        self.reported = True
        if self.stance != "asserted":
            return
        if rule.name == "contest":
            self.contested = (rule, parent)
        elif rule.name == "report" and self._past(node):
            subject = self.sentence.child(node, "nsubj")
            denial = self.cues.structures.get("self-denial")
            if denial is not None and subject is not None and self.tokens[subject].upos == "PRON":
                self.contested = (denial, parent)

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

    def _past(self, node: int) -> bool:
        if self.tokens[node].xpos == "VBD":
            return True
        return any(
            self.tokens[k].text.lower() in _PAST_AUX
            for k in self.sentence.children[node]
            if self.tokens[k].dep.startswith(("aux", "cop"))
        )

    def _argument(self, parent: int, node: int, edge: str) -> None:
        """An event noun (or a gerund) as an argument: governed by a cue, carried by a light word, or taken as given."""
        rule = self._governor(parent, "obj" if edge == "iobj" else edge)
        lemma = self.tokens[node].lemma.lower()
        if rule is not None and rule.indefinite and self._definite(node):
            rule = None
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
        if self.tokens[node].upos == "PROPN" or self._definite(node) or edge == "poss" or (self.stance == "negated" and edge not in ("obj", "of", "compound")):
            self._reset()

    def _definite(self, node: int) -> bool:
        for k in self.sentence.children[node]:
            token = self.tokens[k]
            if token.dep == "nmod:poss" or (token.dep == "det" and token.text.lower() in _DEFINITE):
                return True
        return False

    def _demonstrative(self, node: int) -> bool:
        return any(
            self.tokens[k].dep == "det" and self.tokens[k].text.lower() in ("this", "those", "these")
            for k in self.sentence.children[node]
        )

    # --- what hangs on a word -----------------------------------------------------------------------------------

    def _own(self, node: int, following: int) -> None:
        """Apply what hangs on a node: reporting parataxis, auxiliaries, negation, adverbs, determiners, conditions."""
        tokens, sentence, cues = self.tokens, self.sentence, self.cues
        conditioned = -1
        negative = -1
        to = be = False
        for k in sentence.children[node]:
            child = tokens[k]
            dep = child.dep
            if dep == "mark":
                to = to or child.xpos == "TO" or self.tokens[k + 1].text.lower() == "to"  # "is due to meet"
            elif dep in ("cop", "aux"):
                be = be or (child.lemma == "be" and child.xpos in ("VBZ", "VBP", "VBD"))
            elif dep == "parataxis" and k != following:
                self._parataxis(k)
            elif dep == "advcl":
                mark, at = marker(sentence, k, "mark")
                rule = cues.links.get(mark)
                if rule is not None and rule.category == "condition":
                    conditioned = at
            elif k != following and (dep in ("nsubj", "nsubj:pass", "obj", "iobj") or (dep == "obl" and negative < 0)):
                if self._negative(k):
                    negative = k
        if to and be:
            self._structure("is-to", node)
        hits = self._modifiers(node)
        if hits:
            self._apply_modifiers(node, hits)
        if negative >= 0 and negative not in self.trigger and tokens[node].upos in ("VERB", "AUX", "ADJ", "NOUN"):
            subject = tokens[negative].dep.startswith("nsubj")
            self._structure("nobody" if subject else "nothing", negative)
        if conditioned >= 0 and self.stance == "planned":
            self._structure("conditioned", conditioned)

    def _negative(self, index: int) -> bool:
        if self.tokens[index].lemma.lower() in self.cues.lists["nobody"]:
            return True
        for k in self.sentence.children[index]:
            if self.tokens[k].dep == "det" and self.tokens[k].text.lower() in ("no", "neither"):
                return not self._pseudo(k)
        return False

    def _parataxis(self, index: int) -> None:
        """ "..., officials claimed": a reporting verb that hangs on its content."""
        if self.tokens[index].upos != "VERB" or self.sentence.child(index, "nsubj") is None:
            return
        rule = self._governor(index, "that")
        if rule is not None and rule.name in ("report", "allege", "deny"):
            self._apply(rule, index)
            self.reported = True

    def _modifiers(self, node: int) -> list[tuple[bool, int, int, Rule]]:
        tokens, modifiers = self.tokens, self.cues.modifiers
        hits: list[tuple[bool, int, int, Rule]] = []
        upos = tokens[node].upos
        for k in self.sentence.children[node]:
            child = tokens[k]
            dep = child.dep
            if dep in _NEUTRAL:
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
                ):
                    continue
                first = self._match(k, literal.words)
                if first >= 0 and not self._pseudo(first):
                    hits.append((base != "aux", first, first + len(literal.words), rule))
                    break
        hits.sort(key=lambda hit: hit[:2])
        return hits

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

    def _pseudo(self, first: int) -> bool:
        for words in self.cues.pseudo.get(self.tokens[first].text.lower(), ()):
            if all(
                first + j < len(self.tokens) and self.tokens[first + j].text.lower() == word
                for j, word in enumerate(words)
            ):
                return True
        return False

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
        if tokens[node].xpos != tokens[parent].xpos and tokens[node].upos in ("VERB", "AUX"):
            return
        joint = next((tokens[k].text.lower() for k in children if tokens[k].dep == "cc"), ",")
        hits = []
        for hit in self._modifiers(parent):
            rule = hit[3]
            if rule.name == "negate" and joint not in ("or", "nor", "and", ","):
                continue
            if hit[1] < parent:
                hits.append(hit)
        if joint == "but":
            hits = [hit for hit in hits if hit[3].name != "negate"]
        if hits:
            self._apply_modifiers(parent, hits)
