"""Parse -> actors: every phrase that can act or be acted upon, with what the text and the tables say of it.

The order is: the role in the text first, then coreference in the story, then the tables as of the story's day, then
capitals and nationalities, and last, for actors without a name, the place of the clause or the dateline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.mentions.actors_ambiguous import read_ambiguous
from dateline.mentions.actors_count import count_of
from dateline.mentions.actors_draft import Draft
from dateline.mentions.actors_link import link_phrases
from dateline.mentions.actors_members import read_members, read_rest, share_nationality
from dateline.mentions.actors_place import Places
from dateline.mentions.actors_read import Reader
from dateline.mentions.actors_role import led_by, singular
from dateline.mentions.actors_scan import Scan
from dateline.mentions.actors_surnames import read_surnames, split_titles
from dateline.mentions.coref import Coreference
from dateline.mentions.phrases import noun_phrase
from dateline.mentions.roles import Roles
from dateline.mentions.world import World, acting_state
from dateline.model import Actor, Entity, Parse, Place, Sentence, Span, Story

_NOUNS = frozenset(("NOUN", "PROPN", "PRON"))
_NOMINAL = frozenset(("ADJ", "NUM", "DET", "X", "SYM", "VERB"))
_HEADS = _NOUNS | _NOMINAL
_PARTS = ("flat", "fixed", "goeswith", "nmod:desc", "punct", "case", "cc", "discourse")
_MODIFIERS = frozenset(("compound", "amod", "nmod:unmarked", "obl:unmarked"))
_ARGUMENTS = ("nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos", "root", "parataxis", "xcomp", "ccomp")
_ARMED = frozenset(("MIL", "COP", "REB", "UAF", "PRM", "CRM", "SPY", "GOV"))
_SILENT = frozenset(("which", "who", "that", "whom", "what", "there", "this", "whose"))


def find_actors(
    story: Story, parse: Parse, places: Sequence[Place], world: World | None, roles: Roles | None
) -> tuple[Actor, ...]:
    """The actors of a story, in text order: one for each noun phrase, addressed by the token that heads it."""
    if world is None or roles is None:
        return ()
    reader = _reader(story, parse, places, world, roles)
    drafts: list[Draft] = []
    for sentence in parse.sentences:
        for head in actor_heads(sentence, reader.scans[sentence.index], roles):
            draft = reader.draft(sentence.index, head)
            if draft is not None:
                drafts.append(draft)
    share_nationality(drafts, parse.sentences)
    links = [(s.index, left, right) for s in parse.sentences for left, right in link_phrases(reader, s)]
    coreference = Coreference(story, reader, drafts, links)
    coreference.resolve()
    where = Places(story, reader)
    for draft in drafts:
        where.fill(draft, parse.sentences[draft.sentence])
    _spread_places(drafts)
    read_rest(drafts, parse.sentences)
    read_members(drafts, parse.sentences)
    return tuple(_actor(draft, parse.sentences[draft.sentence], story.text, world) for draft in drafts)


def _spread_places(drafts: Sequence[Draft]) -> None:
    """What the surroundings say of one mention holds for the others of its chain."""
    known: dict[int, Draft] = {}
    for draft in drafts:
        if draft.chain is not None and draft.country is not None:
            known.setdefault(draft.chain, draft)
    for draft in drafts:
        if draft.country is None and not draft.foreign and draft.chain in known:
            other = known[draft.chain]
            draft.set_country(other.country, other.country_basis or "coreference")


def actor_heads(sentence: Sentence, scan: Scan, roles: Roles) -> Iterator[int]:
    """Tokens that head a phrase which can act: nouns, names, pronouns, nationalities, and nominal adjectives."""
    for token in sentence.tokens:
        i, dep = token.index, token.dep
        if token.upos not in _HEADS and dep not in _MODIFIERS:
            continue
        if dep.startswith(_PARTS) or _inside(sentence, scan, i, roles):
            continue
        if dep in _MODIFIERS:
            geo, org = scan.geo[i], scan.org[i]
            if (geo is not None and geo.last == i + 1) or (org is not None and org.last == i + 1):
                yield i
            elif scan.label[i] is not None and scan.label[i].label == "PER":  # type: ignore[union-attr]
                yield i  # "the Trump administration"
            elif led_by(sentence, scan, i) is not None:
                yield i  # "the U.S.-led invasion"
            elif (
                token.upos in _NOUNS
                and not (i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].text == "-")
                and (role := roles.match((), singular(token))[0]) is not None
                and role.sector in _ARMED
            ):
                yield i  # "sniper fire", "rebel attack"
        elif token.upos in _NOUNS:
            if token.upos != "PRON" or token.lemma.lower() not in _SILENT:
                yield i
        elif token.upos in _NOMINAL and dep.startswith(_ARGUMENTS):
            nominal = token.upos != "VERB" or scan.label[i] is not None
            if nominal and sentence.child(i, "cop", "nsubj") is None:
                yield i


def _inside(sentence: Sentence, scan: Scan, i: int, roles: Roles) -> bool:
    """Whether a token is only a part of a longer name or title: "Staff" of "Joint Chiefs of Staff", "Monday"."""
    token = sentence.tokens[i]
    if token.head < 0:
        return False
    org = scan.org[i]
    if org is not None and org.first <= token.head < org.last and token.dep != "conj":
        return sentence.tokens[token.head].upos != "VERB"  # "Save the Children"
    geo = scan.geo[i]  # "Korea" of "Democratic People's Republic of Korea"
    if geo is not None and geo.first <= token.head < geo.last and geo.form != "place":
        return True
    if token.upos == "PROPN" and token.text.lower() in roles.calendar and scan.label[i] is None:
        return True
    if token.dep != "nmod":
        return False
    parent = sentence.tokens[token.head].lemma.lower()
    case = sentence.child(i, "case")
    if case is not None and case > 0 and sentence.tokens[token.head].upos == "PROPN":
        parent = sentence.tokens[case - 1].lemma.lower()  # "Secretary of State Miriam Calder"
    return f"{parent} of {token.text.lower()}" in roles.phrases


def _reader(story: Story, parse: Parse, places: Sequence[Place], world: World, roles: Roles) -> Reader:
    entities: dict[int, list[Entity]] = {}
    for entity in parse.entities:
        entities.setdefault(entity.sentence, []).append(entity)
    by_sentence: dict[int, list[Place]] = {}
    for place in places:
        by_sentence.setdefault(place.sentence, []).append(place)
    scans = [
        Scan(
            s,
            story.text,
            entities.get(s.index, ()),
            by_sentence.get(s.index, ()),
            world,
            story.day,
            roles.nouns,
            roles.plain,
            roles.waters,
        )
        for s in parse.sentences
    ]
    split_titles(parse.sentences, scans)
    read_surnames(parse.sentences, scans, world)
    home = story.dateline.country if story.dateline else None
    read_ambiguous(parse.sentences, scans, world, home, roles.rivals)
    return Reader(parse.sentences, story.text, scans, world, roles, story.day, home)


def _actor(draft: Draft, sentence: Sentence, text: str, world: World) -> Actor:
    tokens = sentence.tokens
    first, last = noun_phrase(sentence, draft.head, draft.core)
    first, last = min(first, draft.first), max(last, draft.last)
    span = Span(tokens[first].start, tokens[last - 1].end)
    others = (*draft.others, "PRE") if draft.partial and draft.sector is not None else draft.others
    return Actor(
        span=span,
        text=text[span.start : span.end],
        sentence=draft.sentence,
        head=draft.head,
        tokens=(first, last),
        name=draft.name,
        entity=draft.entity,
        kind=draft.kind,
        country=acting_state(world, draft.country),
        sector=draft.sector,
        other_sectors=tuple(filter(None, others)),
        office=draft.office,
        basis=draft.basis,
        chain=draft.chain,
        count=count_of(sentence, draft.head, draft.first),
        rules=tuple(dict.fromkeys(draft.rules)),
        others=draft.readings,
        countries=tuple([acting_state(world, code) or code for code in draft.countries]),
    )
