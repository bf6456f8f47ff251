"""The state of a walk down a tree: the stance so far, the cues that made it, and what every step needs to ask."""

from __future__ import annotations

from dateline.frames.cues import Effect, FactualityCues, Rule
from dateline.model import Cue, Sentence, Span, Stance

_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your", "both"}
)
_PAST_AUX = frozenset({"had", "was", "were", "did", "has", "have", "'ve", "been"})


class State:
    """The stance on the way. ``fired`` names every cue met, also those that changed nothing."""

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
        """Start with *asserted*."""
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

    def _governor(self, parent: int, edge: str, node: int = -1) -> Rule | None:
        key = (self.tokens[parent].lemma.lower(), edge)
        if key in self.cues.speakers and (node < 0 or self._past(node)):
            subject = self.sentence.child(parent, "nsubj")
            if subject is not None:
                titles = (k for k in self.sentence.children[subject] if self.tokens[k].dep in ("nmod:desc", "appos"))
                names = {self.tokens[k].lemma.lower() for k in (subject, *titles)}
                for spoken in self.cues.speakers[key]:
                    if names & spoken.speakers:
                        return spoken
        if node >= 0 and key in self.cues.limited:
            lemma = self.tokens[node].lemma.lower()
            for limited in self.cues.limited[key]:
                if lemma in limited.only:
                    return limited
        rule = self.cues.governors.get(key)
        if rule is not None and rule.pos and self.tokens[parent].upos not in rule.pos:
            return None
        for k in self.sentence.children[parent]:
            dep = self.tokens[k].dep
            if dep == "compound:prt":
                return self.cues.governors.get((f"{key[0]}-{self.tokens[k].text.lower()}", edge), rule)
            if rule is not None and dep == "det" and k == parent - 1 and self._pseudo(k):
                return None  # "no doubt that"
        return rule

    def _pseudo(self, first: int) -> bool:
        for words in self.cues.pseudo.get(self.tokens[first].text.lower(), ()):
            if all(
                first + j < len(self.tokens) and self.tokens[first + j].text.lower() == word
                for j, word in enumerate(words)
            ):
                return True
        return False

    def _past(self, node: int) -> bool:
        if self.tokens[node].xpos == "VBD":
            return True
        return any(
            self.tokens[k].text.lower() in _PAST_AUX
            for k in self.sentence.children[node]
            if self.tokens[k].dep.startswith(("aux", "cop"))
        )

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

    def _over(self, node: int) -> bool:
        """Whether a clause tells the past, and not what was to come: "had failed", not "was leaving", "was to leave"."""
        return self._past(node) and self.tokens[node].xpos in ("VBD", "VBN") and not self._modal(node)

    def _modal(self, node: int) -> bool:
        return any(self.tokens[k].xpos == "MD" for k in self.sentence.children[node])

    def _subjunctive(self, node: int) -> bool:
        """ "(Insisted) that he go", "that he be freed": a bare verb after a subject that asks for another form."""
        token, subject = self.tokens[node], self.sentence.child(node, "nsubj")
        to = any(self.tokens[k].xpos == "TO" for k in self.sentence.children[node])
        if subject is None or to or self.sentence.child(subject, "conj") is not None:
            return False
        one = self.tokens[subject].xpos in ("NN", "NNP") or self.tokens[subject].text.lower() in ("he", "she", "it")
        aux = [
            self.tokens[k].text.lower() for k in self.sentence.children[node] if self.tokens[k].dep.startswith("aux")
        ]
        return one and (aux == ["be"] or (not aux and token.xpos in ("VB", "VBP") and token.text == token.lemma))

    def _order(self, verb: int) -> bool:
        """A bare verb without a subject: "Stop the war"."""
        return self.tokens[verb].xpos == "VB" and not any(
            self.tokens[k].dep.startswith(("nsubj", "csubj", "aux", "cop", "expl", "mark", "case"))
            for k in self.sentence.children[verb]
        )

    def _titled(self) -> bool:
        """Words In Capitals: the title of something, not an order."""
        return self.tokens[-1].upos != "PUNCT" and any(
            t.text[:1].isupper() and t.upos in ("NOUN", "VERB", "ADJ", "ADP", "ADV") for t in self.tokens[1:]
        )

    def _headline(self, root: int) -> bool:
        """A sentence without a finite verb, or a headline: "Envoy to visit Oslo"."""
        if self.tokens[root].upos in ("VERB", "AUX") or self.sentence.child(root, "cop") is not None:
            return False
        return self.sentence.region == "headline" or self.tokens[-1].text != "."

    def _ordinal(self, noun: int) -> bool:
        """ "The first to arrive" has arrived."""
        ordinal = self.cues.lists["ordinal"]
        return any(self.tokens[k].lemma.lower() in ordinal for k in (noun, *self.sentence.children[noun]))

    def _lasted(self, verb: int) -> bool:
        """ "It took a week to free them": in the end they were free."""
        subject = self.sentence.child(verb, "nsubj", "expl")
        it = subject is not None and self.tokens[subject].text.lower() == "it"
        return it and self.tokens[verb].lemma.lower() in self.cues.lists["lasted"]

    def _managed(self, word: int) -> bool:
        """ "Was able to flee", "had to flee": did."""
        token = self.tokens[word]
        if token.lemma.lower() == "have":
            return token.xpos in ("VBD", "VBN")
        return token.lemma.lower() == "able" and self._past(word) and not self._modal(word)

    def _failing(self, noun: int) -> int:
        """ "The attempt to flee failed": the verb that says so, or -1."""
        token, lists = self.tokens[noun], self.cues.lists
        if token.lemma.lower() not in lists["attempts"] or not token.dep.startswith("nsubj"):
            return -1
        return token.head if self.tokens[token.head].lemma.lower() in lists["fail"] else -1

    def _too(self, word: int) -> int:
        """ "Too weak to fight", not "too early to say": where the "too" is, or -1."""
        if self.tokens[word].upos not in ("ADJ", "ADV") or self.tokens[word].lemma.lower() in ("early", "soon"):
            return -1
        return next((k for k in self.sentence.children[word] if self.tokens[k].text.lower() == "too" and k < word), -1)

    def _performed(self, node: int) -> bool:
        """ "Rallied to mark the day": they did."""
        return self.tokens[node].lemma.lower() in self.cues.lists["performed"]

    def _to_be(self, node: int) -> bool:
        """ "A summit to be held"."""
        return any(
            self.tokens[k].text.lower() == "be" and self.tokens[k].dep.startswith("aux")
            for k in self.sentence.children[node]
        )
