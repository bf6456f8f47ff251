"""The words that attribute, read from ``data/language/en/attribution*.yaml`` into tables the engine looks words up in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from dateline.errors import DataError, did_you_mean
from dateline.model import Stance
from dateline.rules import yamlfile

GROUPS = ("report", "belief", "evidence", "commitment", "request", "accusation", "stance", "seeming")
SHAPES = (
    "clause",
    "quote",
    "inf",
    "object",
    "object+inf",
    "object+as",
    "object+of",
    "object+for",
    "object+is",
    "object+to",
    "raise",
    "moves",
)
_HERE = Path(__file__).resolve().parent.parent / "data" / "language"


@dataclass(frozen=True, slots=True)
class Sense:
    """One way a word attributes: its rule, its group, and the content shapes and prepositions it takes."""

    rule: str  # cues/report/say
    group: str
    shapes: frozenset[str]
    prepositions: frozenset[str] = frozenset()
    addressee: bool = False  # the object is told, it is not content
    document: bool = False  # only a document can be the source ("the letter reads")
    vouches: bool = True  # the source says that the content is so: not "discussed", not "knew" (then the story says it)
    objects: frozenset[str] = frozenset()  # lemmas of the object, when limited ("rejected reports that …")
    under: frozenset[str] = frozenset()  # lemmas of the verb it completes, when limited ("made clear that …")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A preposition that attributes: "according to X", or "in X's view" with its nouns."""

    rule: str
    group: str
    nouns: frozenset[str]
    prepositions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reply:
    """A verb that answers what was said before: "denied the accusation", "claimed responsibility"."""

    rule: str
    stance: Stance  # what whoever answers says of the event
    objects: frozenset[str]
    said: bool  # it answers what somebody else said last; otherwise it owns or disowns a deed


@dataclass(frozen=True, slots=True)
class AttributionCues:
    """Every cue of the language, by lemma; made by :func:`load_attribution`, read by ``find_claims``."""

    verbs: dict[str, tuple[Sense, ...]]
    adjectives: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    holders: dict[str, tuple[Sense, ...]]  # "a critic of": who holds a stance
    adverbs: dict[str, str]  # word -> rule
    phrases: tuple[Phrase, ...]  # "in X's view", "in a poll"
    sources_after: dict[str, str]  # "according to" -> rule
    documents: frozenset[str]
    release_verbs: frozenset[str]
    withholding: frozenset[str]  # "declined" to confirm: what follows is not said
    lead_ins: frozenset[str]  # "went on" to say: part of the cue that follows
    causes: frozenset[str]  # "forced" him to admit: the object does what follows
    speeches: frozenset[str]  # "made a pitch, saying": what is made in saying; whoever makes it says it
    light_verbs: frozenset[str]  # "made" a promise: the noun attributes, the verb names who
    chain: frozenset[str]  # "citing": its object is a source of what the citing verb's governor reports
    reasons: frozenset[str]  # "because": what follows the content and still belongs to it
    contrasts: frozenset[str]  # "though he said": another statement, set against the one before
    tight: frozenset[str]  # "in", "for": the same after an object
    venues: frozenset[str]  # "in a statement": where it was said is no content
    times: frozenset[str]  # "on Monday": when it was said is no content
    replies: dict[str, tuple[Reply, ...]]  # by verb
    headline_separators: tuple[str, ...]
    headline_never: frozenset[str]
    speakers: frozenset[str]  # words that name a source: those of the kinds, and the headline's own
    kinds: tuple[tuple[str, frozenset[str], frozenset[str]], ...]  # (kind, words, phrases) of kind_of_source
    kind_by_sector: dict[str, str]


def load_attribution(language: str = "en", folder: Path | None = None) -> AttributionCues:
    """Read the attribution cues of a language pack.

    Raises DataError, with file and line, when a file is missing or a group, shape or key is not known.

    >>> "say" in load_attribution().verbs
    True
    """
    base = (folder or _HERE) / language
    table = yamlfile.load(base / "attribution.yaml")
    table.check_keys(
        (
            "verbs",
            "adjectives",
            "nouns",
            "holders",
            "documents",
            "release_verbs",
            "withholding",
            "lead_ins",
            "causes",
            "speeches",
            "light_verbs",
            "prepositional",
            "adverbs",
            "tail",
            "chain",
            "replies",
            "headline",
        ),
        ("verbs", "nouns", "documents"),
    )
    verbs = _senses(table.tables("verbs"), ("clause", "quote"))
    after: dict[str, str] = {}
    phrases: list[Phrase] = []
    for row in table.tables("prepositional"):
        row.check_keys(("id", "group", "words", "nouns", "prepositions"), ("id", "group"))
        rule = _rule(row)
        after.update(dict.fromkeys(row.texts("words"), rule))
        if row.texts("nouns"):
            phrases.append(
                Phrase(rule, _group(row), frozenset(row.texts("nouns")), frozenset(row.texts("prepositions")))
            )
    adverbs: dict[str, str] = {}
    for row in table.tables("adverbs"):
        row.check_keys(("id", "group", "words"), ("id", "group", "words"))
        adverbs.update(dict.fromkeys(row.texts("words"), _rule(row)))
    tail = table.get("tail") or yamlfile.Table()
    headline = table.get("headline") or yamlfile.Table()
    kinds = yamlfile.load(base / "attribution_kinds.yaml")
    kinds.check_keys(("kinds", "sectors"), ("kinds", "sectors"))
    sectors = kinds["sectors"]
    return AttributionCues(
        verbs=verbs,
        adjectives=_senses(table.tables("adjectives"), ("clause", "inf")),
        nouns=_senses(table.tables("nouns"), ("clause", "inf")),
        holders=_senses(table.tables("holders"), ()),
        adverbs=adverbs,
        phrases=tuple(phrases),
        sources_after=after,
        documents=frozenset(table.texts("documents")),
        release_verbs=frozenset(table.texts("release_verbs")),
        withholding=frozenset(table.texts("withholding")),
        lead_ins=frozenset(table.texts("lead_ins")),
        causes=frozenset(table.texts("causes")),
        speeches=frozenset(table.texts("speeches")),
        light_verbs=frozenset(table.texts("light_verbs")),
        chain=frozenset(table.texts("chain")),
        reasons=frozenset(tail.texts("after_clause")),
        contrasts=frozenset(tail.texts("contrasts")),
        tight=frozenset(tail.texts("after_object")),
        venues=frozenset(tail.texts("venues")),
        times=frozenset(tail.texts("times")),
        replies=_replies(table.tables("replies")),
        headline_separators=headline.texts("separators"),
        headline_never=frozenset(headline.texts("never")),
        speakers=frozenset(headline.texts("heads")).union(*(row.texts("words") for row in kinds.tables("kinds"))),
        kinds=tuple(_kind(row) for row in kinds.tables("kinds")),
        kind_by_sector={key: str(value) for key, value in sectors.items()},
    )


def _senses(rows: list[yamlfile.Table], default: tuple[str, ...]) -> dict[str, tuple[Sense, ...]]:
    out: dict[str, list[Sense]] = {}
    keys = (
        "id", "group", "content", "words", "prepositions", "prepositions_of", "addressee", "sources", "clause_only", "vouches",
        "objects", "under",
    )  # fmt: skip
    for row in rows:
        row.check_keys(keys, ("id", "group", "words"))
        rule, group = _rule(row), _group(row)
        shapes = row.texts("content") if "content" in row else default
        for shape in shapes:
            if shape not in SHAPES:
                raise DataError(f"{yamlfile.at(shape)}: unknown content shape {shape!r}{did_you_mean(shape, SHAPES)}")
        common = frozenset(row.texts("prepositions"))
        own = row.get("prepositions_of") or yamlfile.Table()
        narrow = frozenset(row.texts("clause_only"))
        words = row.texts("words")
        for word in dict.fromkeys((*words, *own)):
            listed = word in words
            taken = (
                frozenset(s for s in shapes if s in ("clause", "quote", "raise", "moves"))
                if word in narrow
                else frozenset(shapes)
            )
            sense = Sense(
                rule=rule,
                group=group,
                shapes=taken if listed else frozenset(),
                prepositions=(common if listed else frozenset()) | frozenset(own.texts(word) if word in own else ()),
                addressee=row.text("addressee") == "yes",
                document=row.text("sources") == "document",
                vouches="vouches" not in row or row.yes("vouches"),
                objects=frozenset(row.texts("objects")),
                under=frozenset(row.texts("under")),
            )
            out.setdefault(str(word), []).append(sense)
    return {word: tuple(senses) for word, senses in out.items()}


def _replies(rows: list[yamlfile.Table]) -> dict[str, tuple[Reply, ...]]:
    out: dict[str, tuple[Reply, ...]] = {}
    for row in rows:
        row.check_keys(("id", "stance", "words", "objects", "to"), ("id", "stance", "words", "objects", "to"))
        row.one_of("stance", get_args(Stance))
        row.one_of("to", ("words", "deeds"))
        rule = f"cues/reply/{row['id'].replace(' ', '-')}"
        reply = Reply(rule, row["stance"], frozenset(row.texts("objects")), row["to"] == "words")
        for word in row.texts("words"):
            out[word] = (*out.get(word, ()), reply)
    return out


def _kind(row: yamlfile.Table) -> tuple[str, frozenset[str], frozenset[str]]:
    row.check_keys(("kind", "words", "phrases"), ("kind",))
    return str(row["kind"]), frozenset(row.texts("words")), frozenset(row.texts("phrases"))


def _group(row: yamlfile.Table) -> str:
    group = str(row["group"])
    if group not in GROUPS:
        raise DataError(f"{yamlfile.at(row['group'])}: unknown group {group!r}{did_you_mean(group, GROUPS)}")
    return group


def _rule(row: yamlfile.Table) -> str:
    return f"cues/{_group(row)}/{str(row['id']).replace(' ', '-')}"
