"""The nouns, in the order of the arrow: each is made once, from the nouns above it, and never changed.

    bytes -> Story -> Parse -> Mentions -> Frames -> Event -> Record

Every span is ``[start, end)`` in code points of ``Story.text``. A token is addressed by the index of its sentence
and its index in that sentence, never by position in some parallel list. Every value carries ``rules``: the ids of
the rules or model versions that made it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Region = Literal["headline", "body", "caption"]
Grain = Literal["time", "day", "weekend", "week", "month", "quarter", "season", "year", "decade", "century"]
Stance = Literal["asserted", "alleged", "denied", "planned", "hypothetical", "negated"]
ClaimStance = Literal["asserted", "alleged", "denied", "planned", "hypothetical", "negated", "reported"]
#: who acts, as PLOVER names it
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
DateBasis = Literal["stated", "speech", "dateline", "published"]


class Span(NamedTuple):
    """``[start, end)`` in code points of the story's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


# --- wire: Story ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dateline of a story: the place it was filed from, the day, the agency that signs it."""

    text: str
    span: Span
    place: str | None  # as printed: "YILAN, Taiwan"
    country: str | None  # ISO 3166-1 alpha-3
    date: dt.date | None  # None when the year is unknown
    agency: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision mark: ``(2nd LD)``, ``UPDATE 2-``, ``CORRECTED-``, ``EXTRA``."""

    text: str  # as printed, without brackets: "LEAD", "1st Ld-Writethru"
    kind: str  # lead | update | correction | writethru | kill | other
    number: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Caption:
    """A photo caption inside the story."""

    text: str
    span: Span
    date: dt.date | None  # day the photo shows (resolved "the previous day")
    credit: str | None  # who took or carried it
    rights: str | None  # usage restriction as printed


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text to be parsed: a headline, a body paragraph, or a caption. Furniture is in no block."""

    kind: Region
    span: Span


@dataclass(frozen=True, slots=True)
class Story:
    """One story as received. ``text`` is decoded and newline-normalised, nothing else."""

    id: str
    text: str
    blocks: tuple[Block, ...]
    source: str | None = None  # file, line or id it was read from
    headline: str | None = None
    agency: str | None = None
    dateline: Dateline | None = None
    published: dt.date | None = None
    published_basis: str | None = None  # given | leading date | page date | dateline | transmission line
    byline: str | None = None
    contact: str | None = None
    revision: Revision | None = None
    captions: tuple[Caption, ...] = ()
    rights: str | None = None
    language: str = "en"
    notes: tuple[str, ...] = ()  # what the reader saw and could not use: "encoding guessed: cp1252"
    rules: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The story's own day, against which relative expressions are resolved: dateline before publication day."""
        if self.dateline is not None and self.dateline.date is not None:
            return self.dateline.date
        return self.published


# --- parse: Parse -----------------------------------------------------------------------------------------------


class Token(NamedTuple):
    """One syntactic word (Universal Dependencies, v2). ``head`` is an index in the same sentence, -1 for the root."""

    index: int  # type: ignore[assignment]  # position in its sentence; hides tuple.index, which nothing here calls
    start: int
    end: int
    text: str
    lemma: str  # lower case except proper names
    upos: str
    xpos: str
    head: int
    dep: str  # with subtype: "nsubj:pass"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: tokens that form one tree."""

    index: int
    span: Span
    tokens: tuple[Token, ...]
    block: int  # index into Story.blocks
    region: Region
    children: tuple[tuple[int, ...], ...] = field(repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        """Index the children of every token once."""
        if len(self.children) != len(self.tokens):
            kids: list[list[int]] = [[] for _ in self.tokens]
            for token in self.tokens:
                if token.head >= 0:
                    kids[token.head].append(token.index)
            object.__setattr__(self, "children", tuple(tuple(k) for k in kids))

    @property
    def root(self) -> int:
        """Index of the root token."""
        return next((t.index for t in self.tokens if t.head < 0), 0)

    def child(self, head: int, *deps: str) -> int | None:
        """First child of ``head`` with one of the relations (a bare name matches its subtypes too), or None."""
        for k in self.children[head]:
            dep = self.tokens[k].dep
            if dep in deps or (":" in dep and dep.split(":", 1)[0] in deps):
                return k
        return None

    def childs(self, head: int, *deps: str) -> list[int]:
        """All children of ``head`` with one of the relations, in text order."""
        found = []
        for k in self.children[head]:
            dep = self.tokens[k].dep
            if dep in deps or (":" in dep and dep.split(":", 1)[0] in deps):
                found.append(k)
        return found

    def subtree(self, head: int) -> list[int]:
        """Indices of the token and everything under it, in text order."""
        out, todo = [], [head]
        while todo:
            i = todo.pop()
            out.append(i)
            todo.extend(self.children[i])
        return sorted(out)


class Entity(NamedTuple):
    """A name found by the language model: tokens ``[first, last)`` of a sentence. Labels: PER ORG LOC NORP MISC …"""

    sentence: int
    first: int
    last: int
    label: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Parse:
    """Sentences, tokens, trees and names of one story."""

    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    model: str  # name@version of the parser


# --- mentions: Mentions -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression, with its TIMEX3 type and value and, where it has one, the interval it denotes."""

    span: Span
    text: str
    sentence: int
    tokens: tuple[int, int]  # [first, last) token indices
    type: str  # DATE | TIME | DURATION | SET
    value: str  # TIMEX3 value: "2023-07-26", "P3D", "PRESENT_REF", "XXXX-WXX-3"
    start: dt.date | None  # both None when it denotes no dated interval
    end: dt.date | None
    grain: Grain | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place name resolved against the gazetteer; unresolved fields are None."""

    span: Span
    text: str
    sentence: int
    tokens: tuple[int, int]
    name: str
    country: str | None  # ISO 3166-1 alpha-3
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: str | None  # facility | city | district | province | country | region | sea
    rules: tuple[str, ...]
    others: tuple[str, ...] = ()  # candidates considered and not chosen, best first: "Paris, Texas, USA"


@dataclass(frozen=True, slots=True)
class Actor:
    """A noun phrase that can act: who it is, as far as the text and the tables say."""

    span: Span
    text: str
    sentence: int
    head: int  # token index of the phrase's head
    tokens: tuple[int, int]
    name: str | None = None  # best full name in the story, None for common nouns
    entity: str | None = None  # id in the world tables
    kind: str = "other"  # person | state | organisation | group | people | place | pronoun | other
    country: str | None = None
    sector: str | None = None  # PLOVER sector
    other_sectors: tuple[str, ...] = ()
    office: str | None = None
    basis: str | None = None  # how country and sector are known
    chain: int | None = None  # coreference chain in this story
    count: tuple[int, int] | None = None  # "two Palestinians": (2, 2); "dozens of": (24, 99)
    rules: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # readings considered and not chosen
    countries: tuple[str, ...] = ()  # of a phrase for several actors ("the two Koreas"); ``country`` is the first

    @property
    def political(self) -> bool:
        """Whether the tables or the text make this a political actor (a country or a sector is known)."""
        return self.country is not None or self.sector is not None


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who, where and when, as spans of the story. ``actor(s, t)`` gives the phrase headed by a token."""

    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    _by_head: dict[tuple[int, int], Actor] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the actors by the token that heads them."""
        self._by_head.update({(a.sentence, a.head): a for a in self.actors})

    def actor(self, sentence: int, head: int) -> Actor | None:
        """The actor whose phrase is headed by this token, or None."""
        return self._by_head.get((sentence, head))


# --- frames: Frames ---------------------------------------------------------------------------------------------


class Arg(NamedTuple):
    """An argument of a frame: deep role and the token that heads it.

    Roles: ``subj`` (who does it; passives undone), ``obj`` (to whom), ``iobj``, ``comp`` (clause),
    or the preposition of an oblique or noun complement: ``on``, ``against``, ``with``, ``by``, ``of``, ``poss``,
    ``amod`` (nationality adjective), ``compound``.
    """

    role: str
    head: int
    rule: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate with its arguments: a verb, an event noun, or an adjective."""

    sentence: int
    head: int  # token index of the predicate
    kind: Literal["verb", "noun", "adj"]
    lemma: str  # with particle: "shoot down"
    trigger: tuple[int, ...]  # tokens that name it, light verb and particle included
    args: tuple[Arg, ...]
    passive: bool = False
    light: int | None = None  # light verb that carries an event noun: "held talks"
    parent: int | None = None  # head token of the governing frame (same sentence)
    parent_role: str | None = None  # xcomp | ccomp | advcl | acl | conj | obl | obj | subj
    rules: tuple[str, ...] = ()

    def arg(self, role: str) -> list[int]:
        """Heads of the arguments with this role."""
        return [a.head for a in self.args if a.role == role]


class Cue(NamedTuple):
    """A word or phrase that decided something: a reporting verb, a negation, a modal."""

    span: Span
    text: str
    category: str  # negation | modal | suspicion | denial | plan | condition | report | question …
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An attribution: a source says (or denies, suspects) a content. Any of source and cue may be empty."""

    sentence: int
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source_head: tuple[int, int] | None  # (sentence, token) of the source's head
    cue_lemma: str | None
    quoted: bool  # the content is (partly) inside quotation marks
    rules: tuple[str, ...]
    vouches: bool = True  # whether the source says that the content is so (or not): no wish, topic or "did not say"


@dataclass(frozen=True, slots=True)
class Factuality:
    """How the story holds an event, and the cues that decided it."""

    stance: Stance
    cues: tuple[Cue, ...] = ()
    score: float = 3.0  # -3 (did not happen) … 3 (happened), the scale of the factuality literature
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frames:
    """The predicates of a story, its attributions, and the factuality of every predicate."""

    frames: tuple[Frame, ...]
    claims: tuple[Claim, ...]
    factuality: dict[tuple[int, int], Factuality]  # by (sentence, head token) of the frame


# --- events: Event ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class When:
    """When an event happened, or is to happen; never a default that looks like an observation."""

    start: dt.date
    end: dt.date
    grain: Grain
    basis: DateBasis
    text: str | None
    span: Span | None
    rule: str | None = None  # why the event has it, where its own clause does not say so


@dataclass(frozen=True, slots=True)
class Source:
    """One link of the chain of sources of an event."""

    text: str
    span: Span
    name: str | None
    kind: str  # official | military | police | court | party | armed group | media | organisation | expert | …
    country: str | None
    cue: str | None
    quoted: bool


@dataclass(frozen=True, slots=True)
class EventClaim:
    """What one claimant says of an event. Who only passes on what another claimant says has the stance ``reported``."""

    text: str | None  # None where nobody is named: "reportedly"
    span: Span | None
    name: str | None  # the fullest name of the claimant in the story, also behind a pronoun
    kind: str  # as of Source; "anonymous" where nobody is named
    actor: Actor | None  # the claimant as a mention of the story, with country and sector
    stance: ClaimStance
    cue: str | None  # the words that say so, as printed
    cue_span: Span | None
    quoted: bool
    via: int | None = None  # index among the event's claims of the claimant who passes this one on
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A number bound to an event."""

    low: int
    high: int
    text: str
    span: Span
    bound: str | None = None  # at least | at most | about
    source: str | None = None  # who gives the number, where not the reporter


class ContextEvidence(NamedTuple):
    """Why an event (or a story) has a context: words of the story, the trigger of a rule, or a party of a telling sector."""

    context: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class StoryContext:
    """A context of a whole story: how much speaks for it (above 0, in no unit), and what."""

    name: str
    weight: float
    evidence: tuple[ContextEvidence, ...]


@dataclass(frozen=True, slots=True)
class NotChosen:
    """Something considered and left: a rule that lost, a frame that was vetoed, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Event:
    """What one story reports once: several mentions of one happening in a story are one Event."""

    id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: str | None  # None in an ontology that has no quads, likewise the score
    score: float | None
    sentence: int
    head: int
    trigger: tuple[Span, ...]  # of the first mention; first span is where it starts
    mentions: tuple[tuple[int, int], ...]  # (sentence, head token) of every mention, first one first
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    when: When | None
    place: Place | None
    place_basis: str | None  # stated | actor | recipient | dateline
    counts: tuple[tuple[str, Magnitude], ...]  # every number told of it, with its kind, in the order of telling
    factuality: Factuality
    attribution: tuple[Source, ...]
    background: bool
    region: Region
    confidence: float
    rules: tuple[str, ...]
    not_chosen: tuple[NotChosen, ...] = ()
    evidence: dict[str, float] = field(default_factory=dict)  # what the confidence was computed from, by name
    context_evidence: tuple[ContextEvidence, ...] = ()  # why it has its contexts
    claims: tuple[EventClaim, ...] = ()  # who says what of it, at any mention, in text order

    @property
    def magnitudes(self) -> dict[str, Magnitude]:
        """The first number told of each kind: dead, injured, arrested, displaced, crowd, money."""
        return dict(reversed(self.counts))


@dataclass(frozen=True, slots=True)
class Problem:
    """A story that could not be coded: stored and counted, never silently dropped."""

    story_id: str | None
    source: str | None
    stage: str
    message: str
