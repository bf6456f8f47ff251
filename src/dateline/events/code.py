"""Frames to events: match, fill, bind, judge, merge. The order of this file is the order of the work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.events.claims import claims_of
from dateline.events.confidence import Evidence, load_calibration, weigh
from dateline.events.contexts import contexts_of, names_of
from dateline.events.draft import Draft
from dateline.events.magnitudes import magnitudes_of
from dateline.events.match import Match, absorbed, match_frames
from dateline.events.merge import group, told_of
from dateline.events.modes import lend_modes, modes_of
from dateline.events.occasions import Occasion, occasion_of, occasions, stage_of
from dateline.events.offsets import offset
from dateline.events.parties import enough, fill, guessed, weight
from dateline.events.paths import APART, marker
from dateline.events.ranker import Ranker
from dateline.events.recode import recode
from dateline.events.replies import replies_to
from dateline.events.scenes import carried, scenes_of
from dateline.events.sources import chain_of
from dateline.events.tolls import source_of, with_tolls
from dateline.events.topic import off_topic, political_there
from dateline.events.unnamed_places import unnamed_place, visited_place
from dateline.events.view import StoryView
from dateline.events.when import dated, finer, so_far, spoken_on, when_of
from dateline.events.where import by_sentence, lent, where_of
from dateline.frames.attribution import sources_of
from dateline.frames.background import is_background
from dateline.frames.claimed import stance_of
from dateline.frames.factuality import dated as dated_stance
from dateline.frames.predicates import frames_by_head
from dateline.language import Language
from dateline.model import (
    Actor,
    Event,
    EventClaim,
    Factuality,
    Frame,
    Frames,
    Magnitude,
    Mentions,
    Parse,
    Span,
    Story,
    When,
)
from dateline.rules.codebook import Codebook


def code_frames(
    story: Story,
    parse: Parse,
    mentions: Mentions,
    frames: Frames,
    codebook: Codebook,
    language: Language,
    ranker: Ranker | None = None,
) -> tuple[Event, ...]:
    """The events of a story, in text order, each told once. Without a ranker, confidence is the rules' own."""
    view = StoryView(parse, mentions, frames_by_head(frames.frames), codebook.words)
    matches = match_frames(view, frames.frames, codebook, ranker)
    drafts = lent(draft_all(view, story, frames, matches, codebook, language), parse.sentences)
    drafts = with_tolls(view, drafts, frames.claims, codebook)
    groups = [g for g in group(drafts, parse.sentences, codebook) if any(m.strong for m in g)]
    groups = lend_modes(groups, codebook)
    replies = replies_to(view, story, groups, frames.claims, codebook, language.attribution, language.factuality)
    spoken = occasions(view, story, frames.claims, drafts, codebook)
    events = (
        recode(
            _event(members, view, story, codebook, language, ranker, spoken, replies.get(number, ())),
            members,
            view,
            codebook,
        )
        for number, members in enumerate(groups)
    )
    return tuple(event for event in events if event is not None)


def draft_all(
    view: StoryView, story: Story, frames: Frames, matches: list[Match], codebook: Codebook, language: Language
) -> list[Draft]:
    """One draft per match that is not absorbed by the act that governs it.

    A draft with too few political parties is kept, as weak, only in a headline, a caption or for a definite event noun: it may
    be another mention of an event told elsewhere, and is dropped when it is not.
    """
    taken_in = absorbed(view, matches)
    times = dated(view.mentions.times)
    places = by_sentence(view.mentions.places)
    heads = _heads(matches)
    speaking = _heads(m for m in matches if m.rule.type != "NONE" and codebook.types[m.rule.type].speech)
    scenes = scenes_of(view, times, codebook)
    political = any(weight(a) >= 2 for a in view.mentions.actors)
    apart = off_topic(view)
    drafts = []
    for match in matches:
        frame, rule = match.frame, match.rule
        if rule.type == "NONE" or (frame.sentence, frame.head) in taken_in:
            continue
        factuality = judged = frames.factuality.get((frame.sentence, frame.head), Factuality("asserted"))
        asked = judged.stance == "hypothetical"
        claims = sources_of(frames.claims, frame.sentence, frame.head, view.parse, asked=asked)
        factuality = reported_future(factuality, bool(claims))
        said_no = refused(factuality) and codebook.types[rule.type].refused != rule.type
        actors, recipients = parties_of(view, match, joint=rule.joint and not said_no)
        strong = enough(rule, codebook.types[rule.type].parties, actors, recipients, political)
        if apart and not political_there(apart, rule.type, actors, recipients):
            continue
        region = view.parse.sentences[frame.sentence].region
        definite = frame.kind == "noun" and _definite(view, frame.sentence, frame.head)
        if not strong and region == "body" and not definite:
            continue
        if factuality.stance == "asserted" and rule.stance is not None:
            factuality = Factuality(rule.stance, factuality.cues, 0.0, (*factuality.rules, rule.id))  # type: ignore[arg-type]
        if unheld(factuality, actors, recipients) or (frame.kind == "noun" and _any(view, frame, actors, recipients)):
            continue
        others = heads[frame.sentence] - {frame.head}
        spoken = speaking.get(frame.sentence, frozenset()) - {frame.head}
        when = when_of(view.parse, times, frame, others, view.words, spoken)
        if when is None and codebook.types[rule.type].speech and claims:
            when = spoken_on(view.parse, times, claims[0])
        if when is None and factuality.stance == "asserted":
            when = offset(view, scenes, times, frame) or carried(
                view, scenes, frame, actors, speech=codebook.types[rule.type].speech
            )
        factuality = dated_stance(factuality, view.parse.sentences[frame.sentence], frame.head, when, story.day)
        when = so_far(when, factuality, story.day)
        physical = "casualties" in codebook.types[rule.type].counts
        place, basis = where_of(
            view.parse,
            places,
            frame,
            others,
            (*actors, *recipients),
            view.words,
            physical=physical,
            speech=codebook.types[rule.type].speech,
        )
        if place is None:
            place, basis = unnamed_place(view, story.text, frame, others, (*actors, *recipients), physical=physical)
        if place is None:
            place, basis = visited_place(frame, recipients, view.words["visit_nouns"])
        background, background_cues = is_background(
            story, view.parse, frame.sentence, frame.head, when, language.background
        )
        if background and frame.kind == "noun" and marker(view.parse.sentences[frame.sentence], frame.head) in APART:
            claims = ()  # "since the invasion": nobody in the story has to say that it happened
        kind = type_of(codebook, rule.type, factuality)
        if said_no:
            factuality = replace(factuality, stance="asserted", score=3.0)
        said = [
            stance_of(c, view.parse, frame.sentence, frame.head, language.factuality, frame.trigger) for c in claims
        ]
        drafts.append(
            Draft(
                frame=frame,
                rule=rule,
                type=kind,
                modes=modes_of(view, frame, rule, codebook),
                actors=actors,
                recipients=recipients,
                when=when,
                place=place,
                place_basis=basis,
                factuality=factuality,
                claims=claims,
                held=tuple(factuality.stance if s == judged.stance else s for s in said),  # what holds for the story
                magnitudes=magnitudes_of(
                    view, frame, codebook.types[rule.type].counts, actors, recipients, source_of(view, claims)
                ),
                background=background,
                background_cues=background_cues,
                definite=definite,
                strong=strong,
                not_chosen=match.not_chosen,
            )
        )
    return drafts


def _heads(matches: Iterable[Match]) -> dict[int, frozenset[int]]:
    """The heads of matches, by sentence."""
    out: dict[int, frozenset[int]] = {}
    for match in matches:
        out[match.frame.sentence] = out.get(match.frame.sentence, frozenset()) | {match.frame.head}
    return out


def parties_of(view: StoryView, match: Match, *, joint: bool) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Actors and recipients of a match; in a joint event everybody is an actor."""
    actors = fill(view, match.frame, match.rule.actor)
    recipients = tuple(r for r in fill(view, match.frame, match.rule.recipient) if r not in actors)
    others = tuple(
        r for r in recipients if r.text.lower() not in view.words["own_self"]
    )  # "killed himself and four officers"
    recipients = others or recipients
    if joint:
        if len(actors) > 1:  # "a war in Kordofan between rebels and the army": those two, in that place
            recipients = tuple(r for r in recipients if r.kind != "place")
        return (*actors, *recipients), ()
    return actors, recipients


def type_of(codebook: Codebook, name: str, factuality: Factuality) -> str:
    """The type, after what the ontology says of planned and refused acts of this type."""
    event_type = codebook.types[name]
    if factuality.stance == "planned":
        return event_type.planned
    if refused(factuality):
        return event_type.refused
    return name


def unheld(factuality: Factuality, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> bool:
    """Whether the text only mentions the act: as a purpose, as what somebody is able to do, or as nobody's to nobody."""
    if factuality.stance != "hypothetical":
        return False
    return not (actors or recipients) or all(c.category in ("purpose", "ability") for c in factuality.cues)


def _any(view: StoryView, frame: Frame, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> bool:
    """Whether the noun speaks of no event in particular: "any attack" that does not say by whom on whom."""
    tokens = view.parse.sentences[frame.sentence].tokens
    return not (actors and recipients) and any(
        tokens[k].dep == "det" and tokens[k].lemma.lower() in ("any", "every", "each")
        for k in view.parse.sentences[frame.sentence].children[frame.head]
    )


def refused(factuality: Factuality) -> bool:
    """Whether the act is negated and in the future: "will not meet", "said it would not meet"."""
    ahead = any(c.category in ("future", "plan", "intention") or c.text.lower() == "would" for c in factuality.cues)
    return factuality.stance == "negated" and ahead


def reported_future(factuality: Factuality, reported: bool) -> Factuality:
    """A plain "would" in reported speech is the speaker's future: "said it would hold talks"."""
    only_would = bool(factuality.cues) and all(c.text.lower() == "would" for c in factuality.cues)
    if factuality.stance != "hypothetical" or not only_would or not reported:
        return factuality
    return Factuality("planned", factuality.cues, -1.0, (*factuality.rules, "events/reported-future"))


def _definite(view: StoryView, sentence: int, head: int) -> bool:
    tokens = view.parse.sentences[sentence].tokens
    return any(
        tokens[k].dep == "det" and tokens[k].lemma.lower() in ("the", "this", "that", "these", "those")
        for k in view.parse.sentences[sentence].children[head]
    )


def _event(
    members: list[Draft],
    view: StoryView,
    story: Story,
    codebook: Codebook,
    language: Language,
    ranker: Ranker | None,
    spoken: list[Occasion],
    replies: Sequence[EventClaim],
) -> Event:
    """One event from the drafts of its mentions: the first gives the trigger, the others what it lacks."""
    first = members[0]
    sentence = view.parse.sentences[first.frame.sentence]
    lead = next((m for m in members if m.actors and m.recipients), first)
    claimed = next((m for m in members if m.rule.claims and m is not first), None)
    actors = (claimed or lead).actors or _first(m.actors for m in members)
    told = [m.recipients for m in (lead, *members)]  # "another" of the lead says less than "three soldiers" elsewhere
    recipients = _first(r for r in told if any(a.political for a in r)) or _first(told)
    recipients = _and_victims(recipients, members)
    when = None
    place, basis = None, None
    counts: dict[tuple[str, Span], Magnitude] = {}
    modes: dict[str, None] = {}
    for m in members:
        when = finer(when, m.when)
        if place is None:
            place, basis = m.place, m.place_basis
        for kind, magnitude in (*m.magnitudes.items(), *m.told):
            counts.setdefault((kind, magnitude.span), magnitude)
        modes.update(dict.fromkeys(m.modes))
    when = when or occasion_of(spoken, first, actors, codebook, sentence)
    if place is None and (stage := stage_of(spoken, first, actors, codebook)) is not None:
        place, basis = stage, "context"
    clause = (m.factuality for m in members[1:] if told_of(first, m, view.parse.sentences))
    factuality = next(clause, first.factuality)
    alike = [m for m in members if m.factuality.stance == factuality.stance]
    chain = first.claims
    if sentence.region != "body":  # what a headline says in the reporter's voice, the story may say by a source
        chain = next((m.claims for m in alike if m.claims), ())
    event_type = codebook.types[first.type]
    trigger = tuple(Span(sentence.tokens[i].start, sentence.tokens[i].end) for i in first.frame.trigger)
    kept = tuple(m for m in modes if m in event_type.modes)
    scores = [score for m in kept if (score := event_type.modes[m]) is not None]
    head = sentence.tokens[first.frame.head]
    digest = hashlib.sha256(f"{story.id}:{head.start}:{head.end}".encode()).hexdigest()[:12]
    own_words = event_type.speech and factuality.stance != "denied"  # who denies having said it is a source
    contexts = contexts_of(view, story, members, (*actors, *recipients), codebook.contexts)
    evidence = _evidence(first, actors, recipients, view, ranker)
    return Event(
        id=f"e-{digest}",
        type=first.type,
        modes=kept,
        contexts=names_of(contexts),
        quad=event_type.quad,
        score=max(scores, key=abs) if scores else event_type.score,
        sentence=first.frame.sentence,
        head=first.frame.head,
        trigger=trigger,
        mentions=tuple(m.at for m in members),
        actors=actors,
        recipients=recipients,
        when=when,
        place=place,
        place_basis=basis,
        counts=tuple((kind, magnitude) for (kind, _), magnitude in counts.items()),
        factuality=factuality,
        attribution=chain_of(view, story, actors, chain, language.attribution, own_words=own_words),
        background=all(m.background for m in members),
        region=sentence.region,
        confidence=_confidence(members, actors, recipients, evidence),
        rules=_rules(members, actors, recipients, when),
        not_chosen=tuple(n for m in members for n in m.not_chosen),
        evidence=evidence.values() if evidence is not None else {},
        context_evidence=contexts,
        claims=claims_of(view, story, actors, members, language.attribution, replies, own_words=event_type.speech),
    )


def _and_victims(recipients: tuple[Actor, ...], members: list[Draft]) -> tuple[Actor, ...]:
    """The recipients, with the dead and injured of other countries that the other mentions count."""
    for m in members:
        if m.magnitudes.get("dead") or m.magnitudes.get("injured"):
            known = {r.country for r in recipients}
            recipients += tuple(r for r in m.recipients if r.country and r.country not in known and not guessed(r))
    return recipients


def _first(values: object) -> tuple[Actor, ...]:
    return next((v for v in values if v), ())  # type: ignore[attr-defined]


def _evidence(
    first: Draft, actors: tuple[Actor, ...], recipients: tuple[Actor, ...], view: StoryView, ranker: Ranker | None
) -> Evidence | None:
    if ranker is None:
        return None
    actor, recipient = any(a.political for a in actors), any(r.political for r in recipients)
    if first.rule.joint:  # both parties stand among the actors
        recipient = recipient or sum(a.political for a in actors) > 1
    return weigh(view, Match(first.frame, first.rule, ()), ranker, actor=actor, recipient=recipient)


def _confidence(
    members: list[Draft], actors: tuple[Actor, ...], recipients: tuple[Actor, ...], evidence: Evidence | None
) -> float:
    if evidence is not None:
        return load_calibration().confidence(evidence)
    known = any(a.political for a in actors) + any(r.political for r in recipients)
    return round(max(m.rule.confidence for m in members) * (0.7 + 0.15 * known), 2)


def _rules(
    members: list[Draft], actors: tuple[Actor, ...], recipients: tuple[Actor, ...], when: When | None
) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for m in members:
        out[m.rule.id] = None
        out.update(dict.fromkeys(a.rule for a in m.frame.args))
        out.update(dict.fromkeys(m.factuality.rules))
        out.update(dict.fromkeys(r for c in m.claims for r in c.rules))
        if m.background:
            out.update(dict.fromkeys(c.rule for c in m.background_cues))
    if when is not None and when.rule is not None:
        out[when.rule] = None
    for actor in (*actors, *recipients):
        out.update(dict.fromkeys(actor.rules))
    return tuple(out)
