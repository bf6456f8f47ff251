"""Which rule codes a frame: every rule of its lemma is tried, the most specific that holds wins."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.events.view import StoryView
from dateline.model import Frame, NotChosen
from dateline.rules.codebook import Codebook, Rule


@dataclass(frozen=True, slots=True)
class Match:
    """A frame and the rule that codes it, with the rules that were considered and not chosen."""

    frame: Frame
    rule: Rule
    not_chosen: tuple[NotChosen, ...]


def match_frames(view: StoryView, frames: tuple[Frame, ...], codebook: Codebook) -> list[Match]:
    """Code every frame that a rule fits, embedded predicates before those that govern them.

    A rule of the pseudo-type ``NONE`` that wins means: this is no event.
    """
    matches: list[Match] = []
    for frame in sorted(frames, key=lambda f: (f.sentence, -depth(view, f), f.head)):
        match = match_frame(view, frame, codebook)
        if match is not None:
            view.types[(frame.sentence, frame.head)] = match.rule.type
            matches.append(match)
    return sorted(matches, key=lambda m: (m.frame.sentence, m.frame.head))


def match_frame(view: StoryView, frame: Frame, codebook: Codebook) -> Match | None:
    """The most specific rule that holds for a frame, or None."""
    winner: Rule | None = None
    left: list[NotChosen] = []
    for rule in codebook.rules_for(frame.kind, frame.lemma):
        failed = next((c for c in rule.conditions if not view.holds(frame, c)), None)
        if failed is not None:
            word = "unless" if failed.negate else "if"
            left.append(
                NotChosen(rule.id, f"{word} {'.'.join(failed.path)}: {' '.join(failed.tests)} ({failed.where})")
            )
        elif winner is None:
            winner = rule
        else:
            left.append(NotChosen(rule.id, f"less specific than {winner.id}"))
    if winner is None:
        return None
    return Match(frame, winner, tuple(left))


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
