"""Which rule codes a frame: every rule of its lemma is tried, the most specific that holds wins.

In a codebook that asks for it (``proposals``), a verb between political parties that no rule knows is coded by the ranker
alone (rule id ``CODEBOOK/TYPE/ranker``).
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.events.parties import weight
from dateline.events.ranker import FILE, NONE, Ranker
from dateline.events.view import StoryView
from dateline.model import Frame, NotChosen
from dateline.rules.codebook import Codebook
from dateline.rules.condition import Condition
from dateline.rules.rule import Rule

_RECIPIENTS = ("obj", "to", "with", "for", "from", "against", "on", "of", "at")


@dataclass(frozen=True, slots=True)
class Match:
    """A frame and the rule that codes it, with the rules that were considered and not chosen."""

    frame: Frame
    rule: Rule
    not_chosen: tuple[NotChosen, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule whose trigger stands at a frame, and the first of its conditions that does not hold (None: all hold)."""

    rule: Rule
    failed: Condition | None


def match_frames(
    view: StoryView, frames: tuple[Frame, ...], codebook: Codebook, ranker: Ranker | None = None
) -> list[Match]:
    """Code every frame that a rule fits, embedded predicates before those that govern them.

    A rule of the pseudo-type ``NONE`` that wins means: this is no event.
    """
    matches: list[Match] = []
    for frame in sorted(frames, key=lambda f: (f.sentence, -depth(view, f), f.head)):
        match = match_frame(view, frame, codebook, ranker)
        if match is not None:
            view.types[(frame.sentence, frame.head)] = match.rule.type
            matches.append(match)
    return sorted(matches, key=lambda m: (m.frame.sentence, m.frame.head))


def try_rules(view: StoryView, frame: Frame, codebook: Codebook) -> list[Tried]:
    """Every rule that the frame's lemma triggers, the most specific first; the first whose conditions hold wins.

    What its arguments are coded as must be known to the view (:func:`match_frames` sees to that).
    """
    return [
        Tried(rule, next((c for c in rule.conditions if not view.holds(frame, c)), None))
        for rule in codebook.rules_for(frame.kind, frame.lemma)
    ]


def match_frame(view: StoryView, frame: Frame, codebook: Codebook, ranker: Ranker | None = None) -> Match | None:
    """The most specific rule that holds for a frame, else what the ranker proposes, or None."""
    tried = try_rules(view, frame, codebook)
    winner = next((t.rule for t in tried if t.failed is None), None)
    if winner is None:
        if tried or ranker is None or codebook.proposals is None:
            return None
        return propose(view, frame, codebook, ranker)
    left = [t for t in tried if t.rule is not winner]
    return Match(frame, winner, tuple(NotChosen(t.rule.id, why_not(t, winner)) for t in left))


def why_not(tried: Tried, winner: Rule) -> str:
    """Why a rule that was tried did not win."""
    if tried.failed is not None:
        return f"{tried.failed} ({tried.failed.where})"
    if tried.rule.specificity == winner.specificity:
        return f"as specific as {winner.id}, which stands before it"
    return f"less specific than {winner.id}"


def propose(view: StoryView, frame: Frame, codebook: Codebook, ranker: Ranker) -> Match | None:
    """What the ranker alone says of a verb whose subject and one other argument are political parties."""
    if not (_party(view, frame, "subj") and any(_party(view, frame, role) for role in _RECIPIENTS)):
        return None
    likely = ranker.likely(view, frame)
    if likely[NONE] > max(value for name, value in likely.items() if name != NONE):
        return None
    return ranked(view, frame, codebook, ranker, codebook.proposals or 1.0)


def ranked(view: StoryView, frame: Frame, codebook: Codebook, ranker: Ranker, at_least: float) -> Match | None:
    """A verb with the type that the ranker holds likeliest, if that has this share of all types but ``NONE``."""
    if frame.kind != "verb" or frame.lemma in ranker.words.light:
        return None
    likely = {name: value for name, value in ranker.likely(view, frame).items() if name in codebook.types}
    likely.pop(NONE, None)
    name = max(likely, key=lambda t: likely[t])
    if likely[name] < at_least * sum(likely.values()):
        return None
    rule = Rule(
        id=f"{codebook.name}/{name}/ranker",
        type=name,
        kind="verb",
        lemmas=(frame.lemma,),
        conditions=(),
        actor=(("subj",),),
        recipient=tuple((role,) for role in _RECIPIENTS),
        modes=(),
        contexts=(),
        joint=False,
        absorbs=False,
        rank=0,
        parties="both",
        confidence=round(likely[name], 2),
        stance=None,
        claims=False,
        where=str(codebook.folder / FILE),
        order=len(codebook.rules),
    )
    return Match(frame, rule, ())


def _party(view: StoryView, frame: Frame, role: str) -> bool:
    return any((actor := view.actor(frame.sentence, h)) is not None and weight(actor) >= 2 for h in frame.arg(role))


def absorbed(view: StoryView, matches: list[Match]) -> set[tuple[int, int]]:
    """Predicates that are only the content of an act that takes them in: "agreed to *send* aid" is one AGREE."""
    out: set[tuple[int, int]] = set()
    for match in matches:
        if match.rule.absorbs:
            frame = match.frame
            todo = [h for role in ("comp", "to", "of", "for", "obj", "on") for h in frame.arg(role)]
            clauses = view.clauses(frame.sentence)
            depth = 0
            while todo and depth < 3:
                for head in todo:
                    out.add((frame.sentence, head))
                todo = [k for head in todo for role in ("comp", "obj") for k in clauses.get(head, role)]
                depth += 1
    return out


def depth(view: StoryView, frame: Frame) -> int:
    """How many tokens stand above the frame's head in its tree."""
    tokens = view.parse.sentences[frame.sentence].tokens
    above, at = 0, frame.head
    while tokens[at].head >= 0 and above <= len(tokens):
        at = tokens[at].head
        above += 1
    return above
