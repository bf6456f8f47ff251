"""Predicates and their deep arguments: passives undone, coordination spread, missing subjects found.

:class:`Clauses` reads one UD tree. It answers, for any token, which tokens fill its roles: ``subj`` (who does it),
``obj``, ``iobj``, ``comp`` (a clause), and one role per preposition (``on``, ``against``, ``with``). An event noun
has ``poss``, ``amod``, ``compound``, its prepositions, and, under a light verb ("held talks"), the verb's arguments.
Relations follow Universal Dependencies v2 (de Marneffe et al. 2021).
"""

from __future__ import annotations

from dateline.frames.cues import form
from dateline.model import Arg, Sentence
from dateline.rules.words import Words

_RELATIVE = frozenset(("WDT", "WP", "WP$"))
#: relations a noun before a verb cannot have to it: the parser meant its subject
_MISREAD = frozenset(("flat", "appos", "nmod", "compound", "dep"))
_PREDICATE = ("VERB", "AUX")
#: by preposition of a noun's complement: the phrase on the complement that is of the noun as well, as in
#: "the war in Darfur between rebels and militias" and "the shooting of a man by police"
_LENT = {"in": "between", "of": "by"}


class Clauses:
    """Deep arguments of the tokens of one sentence, read on demand and remembered."""

    def __init__(self, sentence: Sentence, words: Words) -> None:
        self.sentence = sentence
        self.words = words
        self.tokens = sentence.tokens
        self._args: dict[int, tuple[Arg, ...]] = {}
        self._lemmas: dict[int, str] = {}
        self._open: set[int] = set()

    # -- what a token is ------------------------------------------------------------------------------------------

    def lemma(self, i: int) -> str:
        """Lower-cased lemma with its particle: ``shoot_down``."""
        found = self._lemmas.get(i)
        if found is None:
            found = self.tokens[i].lemma.lower()
            particle = next((k for k in self.sentence.children[i] if self.tokens[k].dep == "compound:prt"), None)
            if particle is not None:
                found = f"{found}_{self.tokens[particle].text.lower()}"
            self._lemmas[i] = found
        return found

    def nominal(self, i: int) -> bool:
        """Whether the token stands as a noun does, whatever its tag: "the arms embargo/VBN was extended"."""
        token = self.tokens[i]
        if token.upos in ("NOUN", "PROPN"):
            return True
        if token.upos != "VERB" or token.dep.split(":", 1)[0] not in ("nsubj", "obj", "iobj", "obl", "nmod"):
            return False
        return any(self.tokens[k].dep in ("det", "amod", "compound", "nmod:poss") for k in self.sentence.children[i])

    def passive(self, i: int) -> bool:
        """Whether the verb at ``i`` is passive (auxiliary, passive subject, or a bare past participle)."""
        token = self.tokens[i]
        deps = {self.tokens[k].dep for k in self.sentence.children[i]}
        if "aux:pass" in deps:
            return True
        if deps & {"nsubj:pass", "csubj:pass"}:  # without "be" or "get" only a headline has a passive
            return self.sentence.region == "headline" and "obj" not in deps
        headline = self.sentence.region == "headline" and token.xpos == "VBD"
        if token.xpos != "VBN" and not headline:
            return False
        if deps & {"aux", "obj"}:
            return False
        if "nsubj" in deps:  # headlines leave the auxiliary out: "Minister urged to resign"
            return self.sentence.region == "headline"
        base = token.dep.split(":", 1)[0]
        if base == "conj" and token.head >= 0 and self.tokens[token.head].upos == "VERB":
            return self.passive(token.head)
        return base in ("acl", "advcl", "amod", "root", "parataxis", "ccomp")

    def preposition(self, i: int) -> str | None:
        """The preposition that marks the noun or clause at ``i`` ("because_of" for a fixed one), or None.

        What stands before the subject of a nominal predicate marks the clause: "over who is in charge".
        """
        children = self.sentence.children[i]
        subject = max(
            (n for n, k in enumerate(children) if k < i and self.tokens[k].dep.startswith("nsubj")), default=-1
        )
        for k in (*children[subject + 1 :], *children[: subject + 1]):
            token = self.tokens[k]
            if token.dep == "case" or (token.dep == "mark" and token.upos in ("ADP", "SCONJ")):
                fixed = [
                    self.tokens[j].text.lower() for j in self.sentence.children[k] if self.tokens[j].dep == "fixed"
                ]
                return "_".join([token.text.lower(), *fixed])
        return None

    # -- arguments ------------------------------------------------------------------------------------------------

    def args(self, i: int) -> tuple[Arg, ...]:
        """Deep arguments of the token at ``i``, coordinated ones each on their own."""
        if i in self._args:
            return self._args[i]
        if i in self._open:  # a cycle of inheritance: no more is known from here
            return ()
        self._open.add(i)
        token = self.tokens[i]
        if self.nominal(i):
            found = self._noun(i)
        elif token.upos in _PREDICATE:
            found = self._verb(i)
        elif token.upos == "ADJ":
            found = self._adjective(i)
        else:
            found = self._noun(i)
        self._open.discard(i)
        self._args[i] = tuple(dict.fromkeys(found))
        return self._args[i]

    def get(self, i: int, role: str) -> list[int]:
        """Heads that fill a role of the token at ``i``."""
        return [a.head for a in self.args(i) if a.role == role]

    def _spread(self, role: str, head: int, rule: str) -> list[Arg]:
        """The argument and those coordinated with it."""
        out = [Arg(role, head, rule)]
        for k in self.sentence.children[head]:
            if self.tokens[k].dep == "conj" and (self.tokens[k].upos in _PREDICATE) == (
                self.tokens[head].upos in _PREDICATE
            ):
                out.extend(self._spread(role, k, "clauses/coordination"))
        return out

    def _antecedent(self, head: int, verb: int) -> int:
        """The noun a relative pronoun stands for, or the token itself."""
        token = self.tokens[head]
        relative = token.xpos in _RELATIVE or (token.text.lower() == "that" and token.upos == "PRON")
        if not relative:
            return head
        at: int = verb
        for _ in range(6):
            if self.tokens[at].dep.startswith("acl"):
                return self.tokens[at].head
            if self.tokens[at].dep not in ("conj", "xcomp", "ccomp", "advcl") or self.tokens[at].head < 0:
                break
            at = self.tokens[at].head
        return head

    def _verb(self, i: int) -> list[Arg]:
        out: list[Arg] = []
        passive = self.passive(i)
        has_object = self.sentence.child(i, "obj") is not None
        for k in self.sentence.children[i]:
            token = self.tokens[k]
            dep = token.dep
            base = dep.split(":", 1)[0]
            head = self._antecedent(k, i) if token.upos in ("PRON", "DET") else k
            if dep in ("nsubj:pass", "csubj:pass"):
                role = ("iobj" if has_object else "obj") if passive else "subj"
                out += self._spread(role, head, "clauses/passive-subject")
            elif base in ("nsubj", "csubj"):
                role = "obj" if passive else "subj"
                out += self._spread(role, head, "clauses/subject")
            elif base == "obj":
                out += self._spread("obj", head, "clauses/object")
            elif base == "iobj":
                out += self._spread("iobj", head, "clauses/indirect-object")
            elif base == "obl":
                out += self._oblique(head, dep, passive)
            elif base in ("xcomp", "ccomp"):
                out += self._spread("comp", k, f"clauses/{base}")
            elif base in _MISREAD and token.upos in ("PROPN", "NOUN", "PRON") and k < i and not passive:
                out += self._spread("subj", head, "clauses/misread-subject")
            elif base == "advcl":
                out.append(Arg(self._clause_role(i, k), k, "clauses/adverbial-clause"))
        if not any(a.role == "subj" for a in out) or (passive and not any(a.role in ("obj", "iobj") for a in out)):
            out += self._inherited(i, passive, out)
        elif self.tokens[i].dep == "acl:relcl" and self.tokens[i].head >= 0:  # "the tax it had imposed"
            out += self._from_noun(i, self.tokens[i].head, "acl:relcl", passive, out)
        if not passive and not any(a.role in ("obj", "comp") for a in out):
            out += self._shared_object(i)
        return out

    def _clause_role(self, i: int, k: int) -> str:
        """Role of an adverbial clause: its marker; an infinitive asked of somebody is a complement."""
        mark = self.preposition(k)
        if mark is not None:
            return mark
        if not self._infinitive(k):
            return "advcl"
        asked = self.tokens[i].lemma.lower() in self.words["request_verbs"]
        to_whom = self.passive(i) or self.sentence.child(i, "obj") is not None
        return "comp" if asked and to_whom else "purpose"

    def _asked(self, i: int) -> list[int]:
        """Who is asked through a preposition to do what an infinitive says: "called on rich states to help"."""
        lemma = self.tokens[i].lemma.lower()
        return [
            k
            for k in self.sentence.children[i]
            if self.tokens[k].dep == "obl"
            and self.tokens[k].upos != "PUNCT"
            and f"{lemma}_{self.preposition(k)}" in self.words["asks_through"]
        ]

    def _infinitive(self, i: int) -> bool:
        return any(
            self.tokens[k].text.lower() == "to" and self.tokens[k].upos == "PART" for k in self.sentence.children[i]
        )

    def _oblique(self, head: int, dep: str, passive: bool) -> list[Arg]:
        if dep in ("obl:tmod", "obl:npmod", "obl:unmarked"):
            return [Arg("tmod", head, "clauses/time")]
        role = self.preposition(head)
        if role is None:
            return [Arg("tmod", head, "clauses/bare-oblique")]
        if dep == "obl:agent" or (
            passive and role == "by" and self.tokens[head].lemma.lower() not in self.words["deadline_nouns"]
        ):
            return self._spread("subj", head, "clauses/passive-agent")
        return self._spread(role, head, "clauses/oblique")

    def _inherited(self, i: int, passive: bool, own: list[Arg]) -> list[Arg]:
        """Subject (or passive subject) of a verb that has none of its own, from the verb or noun above it."""
        token = self.tokens[i]
        above = token.head
        if above < 0:
            return []
        want = "obj" if passive else "subj"
        if any(a.role == want for a in own) or (passive and any(a.role in ("obj", "iobj") for a in own)):
            return []
        dep = token.dep
        base = dep.split(":", 1)[0]
        governor = self.tokens[above]
        if base == "acl":
            return self._from_noun(i, above, dep, passive, own)
        if governor.upos not in ("VERB", "AUX", "ADJ", "NOUN", "PROPN"):
            return []
        if base == "conj":
            if governor.upos in ("NOUN", "PROPN"):
                return []
            heads = (
                self.get(above, "obj") or self.get(above, "iobj") if self.passive(above) else self.get(above, "subj")
            )
            if passive and not self.passive(above):
                heads = self.get(above, "subj")
            return [Arg(want, h, "clauses/shared-subject") for h in heads]
        if base == "xcomp" or (base == "advcl" and self._clause_role(above, i) == "comp"):
            controller = self._controller(above)
            return [Arg(want, h, "clauses/control") for h in controller]
        if base == "advcl" and self._infinitive(i) and (asked := self._asked(above)):
            return [Arg(want, h, "clauses/control") for h in asked]
        if base in ("advcl", "parataxis", "ccomp") and governor.upos in ("VERB", "ADJ", "AUX"):
            finite = any(
                self.tokens[k].dep.split(":", 1)[0] in ("nsubj", "csubj", "expl") for k in self.sentence.children[i]
            )
            if finite:
                return []
            if base == "ccomp":  # "is considering whether to go", "denies ever having gone"
                bare = i > above and (token.xpos == "VBG" or form(self.sentence, i) in ("to", "ing"))
                return [Arg(want, h, "clauses/control") for h in self._controller(above)] if bare else []
            objects = self.get(above, "obj") if base == "advcl" and not self.passive(above) else []
            if objects and self._object_controls(above, i):
                return [Arg(want, h, "clauses/control") for h in objects]
            heads = (
                self.get(above, "subj") or self.get(above, "obj") if not self.passive(above) else self.get(above, "obj")
            )
            return [Arg(want, h, "clauses/adverbial-subject") for h in heads]
        return []

    def _object_controls(self, above: int, i: int) -> bool:
        """Whether the object of the verb does what the -ing clause at ``i`` says: "accused Kenya of shelling"."""
        preposition = self.preposition(i)
        if preposition == "for":
            return self.tokens[above].lemma.lower() in self.words["judging_verbs"]
        if preposition == "with":
            return self.tokens[above].lemma.lower() in self.words["charging_verbs"]
        return preposition in self.words["object_control_prepositions"]

    def _controller(self, above: int) -> list[int]:
        """Who controls an infinitive under the verb at ``above``."""
        lemma = self.tokens[above].lemma.lower()
        if self.passive(above):  # an adjective, as "set" of "is set to hold talks", keeps its subject
            return self.get(above, "obj") or self.get(above, "iobj") or self.get(above, "subj")
        objects = self.get(above, "obj") or self.get(above, "iobj")
        if objects and lemma not in self.words["subject_control_verbs"]:
            return objects
        return self.get(above, "subj")

    def _from_noun(self, i: int, noun: int, dep: str, passive: bool, own: list[Arg]) -> list[Arg]:
        """Arguments of a clause that modifies a noun: relative, participle, or infinitive."""
        token = self.tokens[i]
        spread = self._spread("x", noun, "clauses/coordination")[:1]
        if dep == "acl:relcl":
            if any(a.role == "subj" for a in own) and not any(a.role == "obj" for a in own):
                return [Arg("obj", a.head, "clauses/relative-object") for a in spread]
            return []
        if passive:
            return [Arg("obj", a.head, "clauses/participle") for a in spread]
        if token.xpos == "VBG" and any(a.role == "between" for a in own):
            return []  # "fighting between rebels and militias"
        if token.xpos == "VBG":
            return [Arg("subj", a.head, "clauses/participle") for a in spread]
        if self._infinitive(i):  # "a plan to attack": whoever has the plan
            poss = self.get(noun, "poss") or self.get(noun, "subj") or self.get(noun, "amod") or self.get(noun, "by")
            return [Arg("subj", h, "clauses/infinitive-of-noun") for h in poss]
        return []

    def _shared_object(self, i: int) -> list[Arg]:
        """Object of the last of several coordinated verbs: "detained and deported two men"."""
        for k in self.sentence.children[i]:
            token = self.tokens[k]
            if token.dep == "conj" and token.upos == "VERB" and not self.passive(k) and not self._own_subject(k):
                objects = [j for j in self.sentence.children[k] if self.tokens[j].dep == "obj"]
                between = any(
                    self.tokens[j].dep.split(":", 1)[0] in ("obl", "advcl") for j in self.sentence.children[i]
                )
                if objects and not between:
                    return [a for j in objects for a in self._spread("obj", j, "clauses/shared-object")]
        return []

    def _own_subject(self, i: int) -> bool:
        return any(self.tokens[k].dep.split(":", 1)[0] == "nsubj" for k in self.sentence.children[i])

    def _adjective(self, i: int) -> list[Arg]:
        out: list[Arg] = []
        for k in self.sentence.children[i]:
            token = self.tokens[k]
            base = token.dep.split(":", 1)[0]
            if base == "nsubj":
                out += self._spread("subj", self._antecedent(k, i), "clauses/subject")
            elif base in ("obl", "nmod"):
                role = self.preposition(k)
                if role:
                    out += self._spread(role, k, "clauses/oblique")
            elif base in ("xcomp", "ccomp", "advcl"):
                out.append(Arg("comp", k, f"clauses/{base}"))
        if not any(a.role == "subj" for a in out):
            token = self.tokens[i]
            if token.dep == "conj" and token.head >= 0 and self.tokens[token.head].upos in ("ADJ", "VERB"):
                out += [Arg("subj", h, "clauses/shared-subject") for h in self.get(token.head, "subj")]
            elif token.dep in ("xcomp", "acl", "acl:relcl") and token.head >= 0:
                out.append(Arg("subj", token.head, "clauses/participle"))
        return out

    def _noun(self, i: int) -> list[Arg]:
        out: list[Arg] = []
        for k in self.sentence.children[i]:
            token = self.tokens[k]
            dep = token.dep
            base = dep.split(":", 1)[0]
            if dep == "nmod:poss":
                if token.upos != "PRON" or token.xpos != "WP$":
                    out += self._spread("poss", k, "clauses/possessive")
                else:
                    out.append(Arg("poss", self._antecedent(k, i), "clauses/possessive"))
            elif base in ("nmod", "obl"):
                role = self.preposition(k)
                if role:
                    out += self._spread(role, k, "clauses/noun-complement")
                inner = _LENT.get(role or "")
                for j in self.sentence.childs(k, "nmod") if inner else ():
                    if inner and inner == self.preposition(j):
                        out += self._spread(inner, j, "clauses/noun-complement")
            elif base == "amod" or dep == "nmod:desc":
                out += self._spread("amod", k, "clauses/adjective")
            elif base == "compound":
                out += self._spread("compound", k, "clauses/compound")
            elif base == "acl" and dep != "acl:relcl":
                if self.passive(k) and not self._that(k):
                    by = [a for a in self.args(k) if a.role == "subj"]
                    out += [Arg("by", a.head, "clauses/participle-agent") for a in by]
                    out += [a for a in self.args(k) if a.role in ("on", "against", "with", "at", "in", "for")]
                else:
                    out.append(Arg("comp", k, "clauses/noun-clause"))
        out += self._light(i)
        out += self._copular(i)
        out += self._blamed(i, out)
        token = self.tokens[i]
        if token.dep == "conj" and token.head >= 0 and self.tokens[token.head].upos == "NOUN":
            own = {a.role for a in out}
            shared = [
                a for a in self.args(token.head) if a.role not in own and a.role not in ("compound", "amod", "comp")
            ]
            out += [Arg(a.role, a.head, "clauses/shared-complement") for a in shared]
        return out

    def _blamed(self, i: int, own: list[Arg]) -> list[Arg]:
        """Who is blamed for an event is told to have done it: "blamed the rebels for the attack"."""
        token = self.tokens[i]
        if token.dep != "obl" or token.head < 0 or any(a.role in ("by", "poss", "subj", "between") for a in own):
            return []
        blame = f"{self.tokens[token.head].lemma.lower()}_{self.preposition(i)}"
        if blame not in self.words["blaming_verbs"]:
            return []
        return [Arg("subj", h, "clauses/blamed") for h in self.get(token.head, "obj")]

    def _that(self, i: int) -> bool:
        """Whether a clause is what a noun says: "hopes *that Cyprus could be drawn* into the talks"."""
        mark = self.sentence.child(i, "mark")
        return mark is not None and self.tokens[mark].lemma.lower() == "that"

    def _copular(self, i: int) -> list[Arg]:
        """Subject of a noun that is said of it with a preposition: "is on a visit", "was under arrest"."""
        deps = {self.tokens[k].dep for k in self.sentence.children[i]}
        if "case" not in deps or not any(d.startswith("nsubj") for d in deps):
            return []
        out: list[Arg] = []
        for k in self.sentence.childs(i, "nsubj"):
            out += self._spread("subj", self._antecedent(k, i), "clauses/copula")
        return out

    def light_verb(self, i: int) -> int | None:
        """The light verb above the event noun at ``i``, or None."""
        token = self.tokens[i]
        head = token.head
        if token.dep == "conj" and head >= 0 and self.tokens[head].upos == "NOUN":
            return self.light_verb(head)
        series = head >= 0 and self.tokens[head].lemma.lower() in self.words["event_series"]
        if series and token.dep == "nmod" and self.preposition(i) == "of":  # "staged a series of attacks"
            return self.light_verb(head)
        if head < 0 or self.tokens[head].upos not in _PREDICATE:
            return None
        lemma = self.lemma(head)
        base = token.dep.split(":", 1)[0]
        if base == "obj" or token.dep == "nsubj:pass":
            naming = lemma in self.words["naming_verbs"] and self.sentence.child(head, "xcomp") is not None
            return head if lemma in self.words["light_verbs"] and not naming else None
        if base == "obl":
            role = self.preposition(i)
            return head if role and f"{lemma}_{role}" in self.words["light_verbs"] else None
        return None

    def _light(self, i: int) -> list[Arg]:
        """Arguments an event noun gets from the verb that carries it."""
        token = self.tokens[i]
        verb = self.light_verb(i)
        if verb is None:
            head = token.head
            if (
                head >= 0
                and token.dep.split(":", 1)[0] == "nsubj"
                and self.tokens[head].upos in _PREDICATE
                and self.lemma(head) in self.words["happen_verbs"]
            ):
                return self._plain_obliques(head)
            return []
        lemma = self.lemma(verb)
        role_of_subject = (
            "undergoer"
            if lemma in self.words["undergo_verbs"] or f"{lemma}_{self.preposition(i)}" in self.words["undergo_verbs"]
            else "subj"
        )
        out: list[Arg] = []
        for a in self.args(verb):
            if a.head == i or (a.role == "obj" and a.head == token.head):
                continue
            if a.role == "subj":
                out.append(Arg(role_of_subject, a.head, "clauses/light-verb"))
            elif a.role not in ("obj", "comp", "advcl", "tmod"):
                out.append(Arg(a.role, a.head, "clauses/light-verb"))
        return out

    def _plain_obliques(self, verb: int) -> list[Arg]:
        out: list[Arg] = []
        for k in self.sentence.children[verb]:
            if self.tokens[k].dep == "obl":
                role = self.preposition(k)
                if role:
                    out += self._spread(role, k, "clauses/happening")
        return out
