"""Which relation a text states between two given phrases."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.events.confidence import load_calibration, weigh
from dateline.events.match import Match, absorbed, depth, match_frames, ranked
from dateline.events.modes import modes_of
from dateline.events.parties import fill
from dateline.events.ranker import Ranker
from dateline.events.recode import line_for
from dateline.events.view import StoryView
from dateline.frames.predicates import frames_by_head
from dateline.model import Factuality, Frames, Mentions, Parse, Span
from dateline.rules.codebook import Codebook

GUESSED = 0.6  # share that a type must have for the ranker to name it where no rule holds


@dataclass(frozen=True, slots=True)
class Relation:
    """What a text states between two phrases."""

    type: str
    confidence: float | None  # that the type is right, 0 to 1; None without a ranker
    evidence: dict[str, float]  # what the confidence was computed from, by name
    rule: str
    sentence: int
    head: int  # token of the predicate


def relation(
    parse: Parse,
    mentions: Mentions,
    frames: Frames,
    codebook: Codebook,
    source: Span | None,
    target: Span | None,
    ranker: Ranker | None = None,
) -> Relation | None:
    """The predicate that best links the source (who does it) to the target (to whom), or None.

    The phrases are given, so they need not be political. A predicate scores by whether its actor stands in the source
    and its recipient in the target; a joint predicate counts both ways. Of equals, the one nearer to the root wins. Where
    no rule knows any predicate, the ranker may (the rule is then ``CODEBOOK/TYPE/ranker``).
    """
    view = StoryView(parse, mentions, frames_by_head(frames.frames), codebook.words)
    coded = match_frames(view, frames.frames, codebook, ranker)
    matches = [m for m in coded if m.rule.type != "NONE"]
    if not matches and ranker is not None:
        idle = {m.frame for m in coded}
        guesses = (ranked(view, f, codebook, ranker, GUESSED) for f in frames.frames if f not in idle)
        matches = [guess for guess in guesses if guess is not None]
    taken_in = absorbed(view, matches)
    best: tuple[float, Match] | None = None
    for match in matches:
        frame = match.frame
        score = _fit(view, match, source, target) - 0.15 * depth(view, frame)
        if _inside(view, frame.sentence, [frame.head], source) or _inside(view, frame.sentence, [frame.head], target):
            score -= 1.0  # a predicate inside a phrase says what the phrase is: "the coalition fighting the rebels"
        if (frame.sentence, frame.head) in taken_in:
            score -= 1.5
        if best is None or score > best[0]:
            best = (score, match)
    if best is None:
        return None
    match = best[1]
    frame = match.frame
    stance = frames.factuality.get((frame.sentence, frame.head), Factuality("asserted"))
    name = _recoded(view, match, _between(codebook, match.rule.type, stance), stance, codebook)
    if name is None:
        return None
    sure, terms = None, {}
    if ranker is not None:
        actor, recipient = _ends(view, match, source, target)
        evidence = weigh(view, match, ranker, actor=actor, recipient=recipient)
        sure = load_calibration().confidence(evidence, "type")
        terms = evidence.values()
    return Relation(name, sure, terms, match.rule.id, frame.sentence, frame.head)


def _ends(view: StoryView, match: Match, source: Span | None, target: Span | None) -> tuple[bool, bool]:
    """Whether the match's actor stands in the source, and its recipient in the target (either way, when joint)."""
    doer, undergoer = _heads(view, match, match.rule.actor), _heads(view, match, match.rule.recipient)
    if match.rule.joint:
        doer = undergoer = [*doer, *undergoer]
    sentence = match.frame.sentence
    return _inside(view, sentence, doer, source), _inside(view, sentence, undergoer, target)


def _recoded(view: StoryView, match: Match, name: str, factuality: Factuality, codebook: Codebook) -> str | None:
    """The type in the codebook's own terms: what its crosswalk makes of the parent's type; None when it drops it."""
    if name in codebook.own:
        return name
    frame, rule = match.frame, match.rule
    modes = modes_of(view, frame, rule, codebook)
    parties = fill(view, frame, rule.actor), fill(view, frame, rule.recipient)
    line = line_for(codebook, view, frame, rule, name, modes, rule.contexts, factuality.stance, *parties)
    return None if line is None or line.to_type == "NONE" else line.to_type


def _between(codebook: Codebook, name: str, factuality: Factuality) -> str:
    """The type between two parties: to announce a hostile act is to threaten, not to do a friendly one is to reject."""
    event_type = codebook.types[name]
    if factuality.stance == "planned":
        return event_type.announced
    return event_type.failed if factuality.stance == "negated" else name


def _fit(view: StoryView, match: Match, source: Span | None, target: Span | None) -> float:
    rule = match.rule
    doer, undergoer = _heads(view, match, rule.actor), _heads(view, match, rule.recipient)
    sentence = match.frame.sentence
    score = 2.0 * _inside(view, sentence, doer, source) + 2.0 * _inside(view, sentence, undergoer, target)
    if rule.joint:
        score += 2.0 * _inside(view, sentence, doer, target) + 1.0 * _inside(view, sentence, undergoer, source)
        return min(score, 4.0)
    swapped = _inside(view, sentence, doer, target) + _inside(view, sentence, undergoer, source)
    return score + 0.3 * swapped


def _heads(view: StoryView, match: Match, paths: tuple[tuple[str, ...], ...]) -> list[int]:
    return [head for path in paths for head in view.walk(match.frame, path)]


def _inside(view: StoryView, sentence: int, heads: list[int], span: Span | None) -> bool:
    if span is None:
        return False
    tokens = view.parse.sentences[sentence].tokens
    return any(tokens[h].start < span[1] and span[0] < tokens[h].end for h in heads)
