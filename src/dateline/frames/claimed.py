"""What a source says of an event: the same walk as for the story's own stance, from the source's words down."""

from __future__ import annotations

from dateline.frames.cues import FactualityCues
from dateline.frames.factuality_walk import Walk
from dateline.model import Claim, Parse, Sentence, Stance


def stance_of(
    claim: Claim, parse: Parse, sentence: int, token: int, cues: FactualityCues, trigger: tuple[int, ...] = ()
) -> Stance:
    """The stance of the claim's source towards the event named by a token of its content.

    What stands above the claim does not count: in "the mayor doubts that the army denied shelling the town" the army
    denies the shelling.
    """
    where = parse.sentences[sentence]
    path = _path(where, token)
    walk = Walk(where, cues, trigger)
    if claim.sentence == sentence:
        told = [t.index for t in where.tokens if any(s.start <= t.start < s.end for s in claim.cue)]
        above = [i for i in path[1:] if i in told]
        if above:
            return walk.down_to(token, top=above[-1]).stance
        verbs = tuple(i for i in told if where.tokens[i].upos == "VERB" and i != token)
    else:
        verbs = ()
    top = token
    for i in path[1:]:
        start = where.tokens[i].start
        if not any(span.start <= start < span.end for span in claim.content):
            break
        top = i
    walk.reported = True
    stance = walk.down_to(token, verbs, top).stance
    if not verbs and claim.cue_lemma is not None:  # "…," he claimed, in another sentence
        rule = cues.governors.get((claim.cue_lemma, "that"))
        if rule is not None and rule.name in ("allege", "deny"):
            stance = rule.effect.get(stance, stance)
    return stance


def _path(sentence: Sentence, token: int) -> list[int]:
    out = [token]
    while (head := sentence.tokens[out[-1]].head) >= 0 and head not in out:
        out.append(head)
    return out
