"""What a rule can see of one predicate: role paths walked through the tree, and tests on what fills them."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.frames.clauses import Clauses
from dateline.model import Actor, Frame, Mentions, Parse, Sentence
from dateline.rules.condition import Condition
from dateline.rules.contexts import Contexts, Hit
from dateline.rules.words import Words

_HUMAN = frozenset(("person", "people", "group"))
_ARMED = frozenset(("MIL", "REB", "COP", "PRM", "UAF", "SPY"))
_STATE = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))


#: classes of nouns that say what is not politics
_APOLITICAL = frozenset(("sport", "business"))
#: roles of phrases that set the scene rather than take part
_OUTSIDE = frozenset(
    "subj tmod in at near during after before since until by because_of amid despite according_to".split()
)
#: roles and relations that lead to what an act is about
_CONTENT = frozenset("comp obj for of on about over against with to into from in purpose undergoer".split())
_KINDS = frozenset(("compound", "amod", "nmod", "conj"))


class StoryView:
    """The clause readers and mentions of a story, shared by all its frames."""

    def __init__(self, parse: Parse, mentions: Mentions, frames: Mapping[tuple[int, int], Frame], words: Words) -> None:
        self.parse = parse
        self.mentions = mentions
        self.frames = frames
        self.words = words
        self.types: dict[tuple[int, int], str] = {}  # what each frame was coded as, filled bottom-up
        self.timed = frozenset((t.sentence, i) for t in mentions.times for i in range(*t.tokens))
        self._clauses: dict[int, Clauses] = {}
        self._hits: dict[int, list[Hit]] = {}
        self._walks: dict[tuple[int, int, tuple[str, ...]], list[int]] = {}

    def clauses(self, sentence: int) -> Clauses:
        """The clause reader of a sentence."""
        if sentence not in self._clauses:
            self._clauses[sentence] = Clauses(self.parse.sentences[sentence], self.words)
        return self._clauses[sentence]

    def context_hits(self, sentence: Sentence, contexts: Contexts) -> list[Hit]:
        """The words of a sentence that are evidence of a context, looked up once."""
        if sentence.index not in self._hits:
            self._hits[sentence.index] = contexts.find(sentence.tokens)
        return self._hits[sentence.index]

    def actor(self, sentence: int, head: int) -> Actor | None:
        """The actor headed by a token."""
        return self.mentions.actor(sentence, head)

    def walk(self, frame: Frame, path: tuple[str, ...]) -> list[int]:
        """Heads at the end of a role path from the frame; the empty path is the frame's own head. Walked once."""
        key = (frame.sentence, frame.head, path)
        found = self._walks.get(key)
        if found is None:
            found = self._walks[key] = self._walk(frame, path)
        return found

    def _walk(self, frame: Frame, path: tuple[str, ...]) -> list[int]:
        heads = [frame.head]
        clauses = self.clauses(frame.sentence)
        for step in path:
            following: list[int] = []
            for head in heads:
                if step == "self":
                    following.append(head)
                elif step == "inside":
                    following += self._inside(frame.sentence, head)
                elif step == "content":
                    following += self._content(frame.sentence, head)
                elif step == "outer":
                    following += self._outer(frame.sentence, head)
                elif step == "aux":
                    sentence = self.parse.sentences[frame.sentence]
                    following += [k for k in sentence.children[head] if sentence.tokens[k].dep.startswith("aux")]
                elif step == "topic":
                    sentence = self.parse.sentences[frame.sentence]
                    following += [k for k in sentence.children[head] if sentence.tokens[k].dep.startswith("nsubj")]
                elif step == "above":
                    above = clauses.tokens[head].head
                    following += [above] if above >= 0 else []
                else:
                    following += clauses.get(head, step)
            heads = list(dict.fromkeys(following))
            if not heads:
                break
        return heads

    def _outer(self, sentence: int, head: int) -> list[int]:
        """The nouns a noun hangs on: "anniversary" and "armistice" over "war" in "anniversary of the armistice of the war"."""
        tokens = self.parse.sentences[sentence].tokens
        out: list[int] = []
        while (
            tokens[head].dep.split(":", 1)[0] in ("nmod", "compound", "conj", "amod")
            and tokens[head].head >= 0
            and len(out) < 5
        ):
            head = tokens[head].head
            out.append(head)
        return out

    def _inside(self, sentence: int, head: int) -> list[int]:
        """The nearest political phrases below a token, level by level through its arguments."""
        clauses = self.clauses(sentence)
        level, seen = [head], {head}
        for _ in range(4):
            below = [a.head for h in level for a in clauses.args(h) if a.role not in _OUTSIDE and a.head not in seen]
            seen.update(below)
            found = [
                h
                for h in below
                if (actor := self.actor(sentence, h)) is not None
                and actor.political
                and actor.kind not in ("pronoun", "place")
            ]
            if found or not below:
                return found
            level = below
        return []

    def _content(self, sentence: int, head: int) -> list[int]:
        """What a predicate is about: its objects and content clauses, theirs, and the words that say which kind."""
        clauses = self.clauses(sentence)
        parse = self.parse.sentences[sentence]
        level = [head]
        found: dict[int, None] = {}
        for depth in range(3):
            level = [
                a.head
                for h in level
                for a in clauses.args(h)
                if a.head not in found
                and (a.role in _CONTENT or (a.role == "subj" and depth and parse.tokens[h].upos == "VERB"))
            ]  # who is to do what is asked for belongs to it, who asks does not
            for h in level:
                found[h] = None
                found.update(dict.fromkeys(k for k in parse.children[h] if parse.tokens[k].dep in _KINDS))
        found.update(dict.fromkeys(k for k in parse.children[head] if parse.tokens[k].dep in _KINDS))
        return list(found)

    def holds(self, frame: Frame, condition: Condition) -> bool:
        """Whether a condition holds for the frame."""
        heads = self.walk(frame, condition.path)
        if not heads:
            found = "none" in condition.tests
        else:
            found = any(self.passes(frame.sentence, head, test) for head in heads for test in condition.tests)
        return found != condition.negate

    def passes(self, sentence: int, head: int, test: str) -> bool:
        """Whether one filler passes one test."""
        token = self.parse.sentences[sentence].tokens[head]
        if test[0] == "@":
            return self._in_class(sentence, head, test[1:])
        if test[0] == "=":
            return token.lemma.lower() == test[1:]
        if test.isupper():
            return self.types.get((sentence, head)) == test
        if test.startswith("prep:"):
            return self.clauses(sentence).preposition(head) == test[5:]
        if test in ("any", "none"):
            return test == "any"
        if test == "clause":
            return token.upos in ("VERB", "AUX")
        if test in ("political", "person", "state", "armed", "organisation", "place", "named"):
            return self._is(sentence, head, test)
        return token.lemma.lower() == test or self.clauses(sentence).lemma(head) == test

    def _in_class(self, sentence: int, head: int, name: str) -> bool:
        lemmas = self.words[name]
        clauses = self.clauses(sentence)
        if name in _APOLITICAL and self._names_party(sentence, head):
            return False
        if clauses.tokens[head].lemma.lower() in lemmas or clauses.lemma(head) in lemmas:
            return True
        if clauses.tokens[head].lemma.lower() in self.words["groups_of_people"]:
            return any(clauses.tokens[k].lemma.lower() in lemmas for k in clauses.get(head, "of"))
        return False

    def _names_party(self, sentence: int, head: int) -> bool:
        """Whether the token is the name of a political party to events: "the World Bank" is no bank."""
        actor = self.actor(sentence, head)
        named = self.parse.sentences[sentence].tokens[head].upos == "PROPN"
        return named and actor is not None and actor.political and actor.name is not None and actor.sector != "BUS"

    def _is(self, sentence: int, head: int, test: str) -> bool:
        actor = self.actor(sentence, head)
        token = self.parse.sentences[sentence].tokens[head]
        if actor is None:
            return (
                test == "person"
                and token.upos == "PRON"
                and token.lemma.lower() not in ("it", "its", "this", "that", "which")
            )
        if test == "political":
            return actor.political and actor.kind != "other"
        if test == "person":
            return (
                actor.kind in _HUMAN
                or (actor.kind in ("state", "organisation", "media") and actor.sector is not None)
                or (actor.kind == "pronoun" and token.lemma.lower() not in ("it", "its"))
            )
        if test == "state":
            return actor.kind == "state" or (actor.country is not None and actor.sector in _STATE)
        if test == "armed":
            return actor.sector in _ARMED
        if test == "place":
            return actor.kind in ("place", "state")
        if test == "named":
            return actor.name is not None
        return actor.kind in ("organisation", "state")
