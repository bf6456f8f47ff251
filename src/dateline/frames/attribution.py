"""Who says what: attributions of a story as claims, each with source, cue and content.

    cues = load_attribution()
    claims = find_claims(story, parse, cues)

Claims nest: "A reports that B said C" gives two, the content of the first holding the second. ``sources_of`` gives the
claims around a token, innermost first.
"""

from __future__ import annotations

from dateline.frames.attribution_cues import AttributionCues, Sense, load_attribution
from dateline.frames.attribution_headline import headline_works
from dateline.frames.attribution_kinds import kind_of_source
from dateline.frames.attribution_nouns import adjective_draft, holder_draft, noun_draft
from dateline.frames.attribution_phrases import cited, phrase_drafts
from dateline.frames.attribution_shapes import verb_draft
from dateline.frames.attribution_sources import Draft, beside, released
from dateline.frames.attribution_spans import merge_spans, phrase, spans_of
from dateline.frames.attribution_speech import Work, extend_to_quotes, join_quotes, keep_in_quotes, labelled, set_apart
from dateline.model import Claim, Parse, Sentence, Story
from dateline.parse.quotes import Quote, find_quotes, quote_around

__all__ = [
    "AttributionCues",
    "find_claims",
    "kind_of_source",
    "load_attribution",
    "outermost",
    "reporting_verbs",
    "sources_of",
]

_CITING, _CHARGE = "cues/report/citing", "cues/accusation/charge"
_VOUCHES = ("cues/report/", "cues/belief/", "cues/evidence/", "cues/accusation/")


def find_claims(story: Story, parse: Parse, cues: AttributionCues) -> tuple[Claim, ...]:
    """Return the attributions of a story in the order of their cues.

    The agency that signs the story is no source here. A quotation nobody is named for gives no claim.

    >>> from dateline.parse import load_parser, plain_story
    >>> story = plain_story("The envoy said the truce was holding.")
    >>> [c.cue_lemma for c in find_claims(story, load_parser()(story), load_attribution())]
    ['say']
    """
    quotes = find_quotes(story)
    works = labelled(story, parse, quotes)
    works += headline_works(story, parse, cues)
    for sentence in parse.sentences:
        for draft in _drafts(sentence, cues):
            _speaker_outside(draft, quotes)
            works.append(_work(draft, cues))
    works = keep_in_quotes([w for w in works if w.content], quotes)
    extend_to_quotes(works, quotes)
    works += join_quotes(story, parse, quotes, works, cues)
    works += set_apart(story, parse, works, quotes, cues)
    claims = []
    for work in works:
        content = merge_spans(story.text, work.content)
        quoted = any(q.span.overlaps(c) for c in content for q in quotes if not q.start <= work.at < q.end)
        claims.append(
            Claim(
                sentence=work.sentence,
                source=work.source,
                cue=work.cue,
                content=content,
                source_head=work.source_head,
                cue_lemma=work.lemma,
                quoted=quoted,
                rules=tuple(dict.fromkeys(work.rules)),
                vouches=work.vouches,
            )
        )
    return tuple(sorted(claims, key=lambda c: (c.cue[0] if c.cue else c.content[0], c.content)))


def sources_of(
    claims: tuple[Claim, ...], sentence: int, token: int, parse: Parse, *, asked: bool = False
) -> tuple[Claim, ...]:
    """Return the claims whose content covers a token, innermost first.

    Only claims that vouch for what they hold count: reports, beliefs, evidence and accusations; a promise, a demand or
    a judgement says nothing about whether its object happened, nor does who discusses it or does not say so. With ``asked``
    (the token is no more than a possibility) also who asks for it counts. Of "A reported, citing B", B is the nearer source.
    """
    target = parse.sentences[sentence].tokens[token]
    around = [
        claim
        for claim in claims
        if claim.vouches
        and not (claim.rules[0] == _CHARGE and _in_passing(parse.sentences[sentence], token))
        and claim.rules[0].startswith((*_VOUCHES, "cues/request/") if asked else _VOUCHES)
        and any(span.start <= target.start and target.end <= span.end for span in claim.content)
        and not any(span.start <= target.start < span.end for span in claim.cue)
    ]
    return tuple(sorted(around, key=_nearness))


def _in_passing(sentence: Sentence, token: int) -> bool:
    """Whether an event noun only sets the scene of what somebody is condemned for: "for a speech during the war"."""
    case = sentence.child(token, "case")
    return case is not None and sentence.tokens[case].text.lower() not in ("for", "over", "of")


def _nearness(claim: Claim) -> tuple[int, bool, int]:
    length = sum(s.end - s.start for s in claim.content)
    return length, claim.rules[0] != _CITING, -claim.cue[0].start if claim.cue else 0


def reporting_verbs(claims: tuple[Claim, ...], sentence: Sentence, token: int) -> tuple[int, ...]:
    """Return the verbs of the sentence that report what stands at a token, as its claims say."""
    start = sentence.tokens[token].start
    return tuple(
        t.index
        for claim in claims
        if claim.sentence == sentence.index and claim.rules[0].startswith("cues/report/")
        if any(span.start <= start < span.end for span in claim.content)
        for t in sentence.tokens
        if t.upos == "VERB" and t.index != token and any(span.start <= t.start < span.end for span in claim.cue)
    )


def outermost(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the claims that are not themselves reported: those whose cue lies in no other claim's content."""
    return tuple(
        claim
        for claim in claims
        if not any(
            other is not claim
            and other.content != claim.content
            and any(s.start <= cue.start and cue.end <= s.end for s in other.content for cue in claim.cue[:1])
            for other in claims
        )
    )


def _drafts(sentence: Sentence, cues: AttributionCues) -> list[Draft]:
    out: list[Draft] = []
    for token in sentence.tokens:
        draft = None
        if token.upos == "VERB":
            found = _verb_senses(sentence, token.index, cues)
            if found is not None:
                draft = verb_draft(sentence, token.index, *found, cues)
        elif token.upos == "ADJ" and token.lemma in cues.adjectives:
            draft = adjective_draft(sentence, token.index, cues)
        elif token.upos == "NOUN" and token.lemma in cues.nouns:
            draft = noun_draft(sentence, token.index, cues)
        elif token.upos == "NOUN" and token.lemma in cues.holders:
            draft = holder_draft(sentence, token.index, cues)
        if draft is not None:
            out.append(draft)
    out = [d for d in out if not any(d.head in other.cue for other in out if other is not d and other.content)]
    said_so = phrase_drafts(sentence, cues) + cited(sentence, out, cues)
    for draft in said_so:
        for other in out:
            if draft.edge and other.content & draft.cue:
                other.content -= draft.cue | draft.source
    return [*released(out, cues), *said_so]


def _speaker_outside(draft: Draft, quotes: tuple[Quote, ...]) -> None:
    """A word inside a quotation is not who utters it: look beside the cue instead."""
    s, head = draft.sentence, draft.source_head
    if head is None or not quotes or draft.head >= len(s.tokens):
        return
    inside = quote_around(quotes, s.tokens[head].start)
    if inside is None or inside.single or quote_around(quotes, s.tokens[draft.head].start) is not None:
        return
    if not any(inside.start <= s.tokens[i].start < inside.end for i in draft.content):
        return
    draft.source_head, draft.source = None, set()
    other = beside(s, draft.head, draft)
    if other is not None and quote_around(quotes, s.tokens[other].start) is None:
        draft.source_head, draft.source = other, phrase(s, other) - draft.cue
        draft.content -= draft.source


def _verb_senses(sentence: Sentence, v: int, cues: AttributionCues) -> tuple[tuple[Sense, ...], str] | None:
    lemma = _known(sentence.tokens[v].lemma.lower(), cues)
    for k in sentence.children[v]:
        token = sentence.tokens[k]
        if token.dep == "compound:prt" or (token.dep in ("advmod", "obj") and k > v and k - v <= 2):
            both = f"{lemma} {token.lemma}"
            if both in cues.verbs:
                return cues.verbs[both], both
    senses = cues.verbs.get(lemma)
    return (senses, lemma) if senses else None


def _known(lemma: str, cues: AttributionCues) -> str:
    """The lemma as the lists spell it: a lemmatiser that meets a new verb may leave "blaste" or "cautioned"."""
    if lemma in cues.verbs:
        return lemma
    for ending in ("e", "ed", "d", "s", "es", "ing"):
        stem = lemma.removesuffix(ending)
        if stem != lemma and stem in cues.verbs:
            return stem
    return lemma


def _work(draft: Draft, cues: AttributionCues) -> Work:
    s = draft.sentence
    rules = [draft.sense.rule] + ([draft.rule] if draft.rule else [])
    return Work(
        sentence=s.index,
        source=spans_of(s, draft.source),
        cue=spans_of(s, draft.cue),
        content=list(spans_of(s, draft.content)),
        source_head=(s.index, draft.source_head) if draft.source_head is not None else None,
        lemma=draft.lemma or s.tokens[draft.head].lemma,
        group=draft.sense.group,
        rules=rules,
        vouches=draft.sense.vouches and not _withheld(draft, cues),
    )


def _withheld(draft: Draft, cues: AttributionCues) -> bool:
    """ "Did not say that", "declined to confirm", "hopes to arrest", "asked whether": nobody says that it is so."""
    tokens = draft.sentence.tokens
    if draft.sense.group == "belief" and draft.rule == "cues/content/inf":
        return True
    if any(tokens[i].lemma.lower() in ("not", "n't", "never") for i in draft.cue):
        return True
    if draft.sense.group == "request" and any(
        tokens[i].dep == "advcl" and tokens[i].head == draft.head for i in draft.content
    ):
        return True  # "called on workers to strike": in the tree a purpose of the call
    after = [i for i in draft.content if i > draft.head]
    if after and draft.rule == "cues/content/clause" and tokens[min(after)].text.lower() in ("whether", "if"):
        return True
    token = tokens[draft.head]
    return token.dep == "xcomp" and token.head >= 0 and tokens[token.head].lemma.lower() in cues.withholding
