"""Find the time expressions of a story and say which days they denote.

    find_times(story, parse, load_times()) -> (Time(text="Tuesday", value="2023-07-25", start=…, end=…, …), …)

The knowledge is in ``data/language/en/times.yaml``; this file runs it over the text: patterns at each word, the longest
first, then words before that belong to the expression, neighbours that are one expression, and ranges.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from dateline.mentions.timegrammar import NUMBER_SIGN, TimeGrammar, TimeRule, load_times
from dateline.mentions.timescene import Reading, Scene
from dateline.mentions.timetense import direction, guess_direction
from dateline.mentions.timevalues import BUILDERS
from dateline.model import Entity, Grain, Parse, Sentence, Span, Story, Time

__all__ = ["Found", "TimeGrammar", "find_times", "find_times_in", "load_times", "when_of"]

TenseAt = Callable[[int], "int | None"]
Refuse = Callable[[int, int, str], bool]
_WORD = re.compile(r"[A-Za-z]+|\d+|['’](?=\d\d)")
_NEXT = re.compile(r"[\s\-]+(?:([A-Za-z]+)|[\d'’])")
_SENTENCE = re.compile(r"[^.]\w[.!?][\"'”’)]*\s|\n\n")
_REACH = 160  # characters: no expression is longer
_RANGE = re.compile(r"\s*(?:-|–|—|to|through|until|till)\s*", re.I)
_BETWEEN = re.compile(r"\bbetween\s+$", re.I)
_SINCE = re.compile(r"\b(?:since|ever since)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression in plain text: where it stands, what it says, which rules made it."""

    start: int
    end: int
    reading: Reading
    rules: tuple[str, ...]
    make: str


def find_times_in(
    text: str,
    anchor: dt.date | None,
    grammar: TimeGrammar,
    *,
    tense_at: TenseAt | None = None,
    refuse: Refuse | None = None,
    span: tuple[int, int] | None = None,
    scene: Scene | None = None,
) -> tuple[Found, ...]:
    """The time expressions of ``text`` (or of its part ``span``), resolved against ``anchor`` (the story's day; None leaves them open).

    ``tense_at(offset)`` says whether the clause looks back (-1) or ahead (1); without it the words before are used.
    ``refuse(start, end, sure)`` may veto a match: ``sure`` is "yes" for words that can be verbs (fall), "name" for those
    that are months only where a parser says so (March); without it these are left out.
    ``scene`` carries what was said before (the day, year and quarter talked about) from one part to the next.

    >>> import datetime as dt
    >>> [f.reading.value for f in find_times_in("He left on Monday.", dt.date(2024, 5, 16), load_times())]
    ['2024-05-13']
    """
    start, limit = span or (0, len(text))
    scene = scene or Scene(anchor, grammar.numbers)
    out: list[Found] = []
    index, position, articles = grammar.index, start, grammar.cues.get("articles", frozenset())
    found = [(word.start(), word[0]) for word in _WORD.finditer(text, start, limit)]
    starts, words = [at for at, _ in found], [_key(token) for _, token in found]
    openers, passed = index.openers(set(words)), start
    for k, (at, token) in enumerate(found):
        word = words[k]
        if at < position or word not in index:
            continue
        if at and (
            text[at - 1].isalnum()
            or (text[at - 1] in ".," and word == NUMBER_SIGN and at > 1 and text[at - 2].isdigit())
        ):
            continue
        passed = at
        if word not in openers:
            continue
        if scene.near and _sentence_ends(text, start, out, at):
            scene.near = False
        if word in articles:
            after = _NEXT.match(text, at + len(token), limit)
            if after is None or (after[1].lower() if after[1] else NUMBER_SIGN) not in grammar.words:
                continue
        rules = index.among(word, words[k : bisect_left(starts, at + _REACH, k)])
        hits = _hits(text, at, limit, rules, refuse)
        if not hits:
            continue
        scene.direction = tense_at(at) if tense_at else guess_direction(text, at, grammar.cues)
        for item in _first(hits, scene):
            position = max(position, item.end)
            if item.reading.type != "NONE":
                out.append(item)
                _note(item.reading, scene)
    if scene.near and _sentence_ends(text, start, out, passed):
        scene.near = False
    return tuple(_ranges(text, _join(text, [_widen(text, f, start, grammar) for f in out], grammar), anchor))


def _key(token: str) -> str:
    """The word as the grammar's index has it."""
    return NUMBER_SIGN if token[0].isdigit() else "'" if token in "'’" else token.lower()


def _sentence_ends(text: str, start: int, out: list[Found], at: int) -> bool:
    """Whether a sentence ends between the last expression found and a word."""
    return _SENTENCE.search(text, max(start, out[-1].end - 2) if out else start, at) is not None


def _hits(
    text: str, at: int, limit: int, rules: Iterable[TimeRule], refuse: Refuse | None
) -> list[tuple[TimeRule, re.Match[str]]]:
    """The rules that match at a word and pass their guards, longest match first, then in the order of the file."""
    matches = [(rule, match) for rule in rules if (match := rule.regex.match(text, at, limit)) is not None]
    if not matches:
        return matches
    before = text[max(0, at - 32) : at]
    out = []
    for rule, match in sorted(matches, key=lambda m: (-m[1].end(), m[0].order)):
        if rule.not_after is not None and rule.not_after.search(before):
            continue
        if rule.needs_before is not None and not rule.needs_before.search(before):
            continue
        if rule.not_before is not None and rule.not_before.match(text, match.end()):
            continue
        if refuse(at, match.end(), rule.unless_verb) if refuse is not None else rule.unless_verb == "name":
            continue
        out.append((rule, match))
    return out


def _first(hits: list[tuple[TimeRule, re.Match[str]]], scene: Scene) -> list[Found]:
    """What the first rule says that makes a value."""
    for rule, match in hits:
        found = _build(rule, match, scene)
        if found:
            return found
    return []


def _build(rule: TimeRule, match: re.Match[str], scene: Scene) -> list[Found]:
    slots = {name: cls.value(found) for name, cls in rule.slots if (found := match[name]) is not None}
    scene.args = rule.args
    split = rule.args.get("split")
    build = BUILDERS[rule.make]
    if (also := rule.args.get("also")) is not None:
        first, second = build(slots, scene), BUILDERS["date"](slots, scene)
        if first is None or second is None:
            return []
        return [
            Found(match.start(), match.end("head"), first, (rule.id,), rule.make),
            Found(match.start(also), match.end(), second, (rule.id,), "date"),
        ]
    if split is None or "other" not in slots:
        slots = {k: _digits(k, v) for k, v in slots.items()}
        reading = build(slots, scene)
        return [Found(match.start(), match.end(), reading, (rule.id,), rule.make)] if reading else []
    slots = {k: _digits(k, v) for k, v in slots.items()}
    other = slots.pop("other")
    if split == "year" and len(other) == 2:
        other = slots["year"][:2] + other
    first = build(slots, scene)
    second = build({**slots, split: other}, scene)
    if first is None or second is None or first.start is None or second.start is None:
        return []
    mine, theirs = (match.start(split), match.end(split)), match.span("other")
    if theirs[0] > mine[1]:
        spans = [(match.start(), mine[1], first), (theirs[0], match.end(), second)]
    else:
        spans = [(match.start(), theirs[1], second), (mine[0], match.end(), first)]
    if spans[0][2].start is None or spans[1][2].start is None or spans[0][2].start > spans[1][2].start:
        return []
    return [Found(a, b, reading, (rule.id,), rule.make) for a, b, reading in spans]


def _digits(slot: str, value: str) -> str:
    """Days come with an ordinal ending ("27th"); the builders want the number."""
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", value) if slot in ("day", "ordinal", "other") else value


def _note(reading: Reading, scene: Scene) -> None:
    if reading.start is not None and reading.type in ("DATE", "TIME"):
        if reading.grain in ("day", "time"):
            scene.day, scene.near = reading.start, True
        if reading.grain in ("day", "time", "month", "year"):
            scene.year, scene.last = reading.start.year, reading.start


# --- after the patterns -----------------------------------------------------------------------------------------


def _widen(text: str, found: Found, floor: int, grammar: TimeGrammar) -> Found:
    """Words before that belong to the expression: ``early``, ``nearly``, ``the end of``."""
    before = text[max(floor, found.start - 28) : found.start]
    for kind, regex in grammar.widen:
        if kind == "DURATION" and grammar.widen_not.match(text, found.start):
            continue
        if kind == found.reading.type and not found.reading.value.endswith("_REF"):
            match = regex.search(before)
            if match is not None:
                return replace(found, start=found.start - len(before) + match.start())
    return found


def _is(found: Found, kind: str) -> bool:
    value = found.reading.value
    if kind == "clock":
        return found.make == "clock"
    if kind == "weekday":
        return found.make == "weekday"
    if kind == "part":
        return found.rules[0] == "dates/the-part"
    return len(value) == 10 and found.reading.type == "DATE"


def _join(text: str, found: list[Found], grammar: TimeGrammar) -> list[Found]:
    """Neighbours that are one expression become one: ``9 a.m.`` + ``Tuesday``, ``Friday`` + ``Oct. 13``."""
    out: list[Found] = []
    for item in found:
        if out and 0 < item.start - out[-1].end <= 12:
            last = out[-1]
            gap = text[last.end : item.start]
            joint = next(
                (j for j in grammar.joints if j.gap.fullmatch(gap) and _is(last, j.left) and _is(item, j.right)), None
            )
            if joint is not None:
                out[-1] = _joined(last, item, joint.left, joint.right, joint.id)
                continue
        out.append(item)
    return out


def _joined(last: Found, item: Found, left: str, right: str, rule: str) -> Found:
    day, time = (item, last) if left in ("clock", "part") else (last, item)
    rules = (*dict.fromkeys((*last.rules, *item.rules)), rule)
    if "clock" in (left, right) or "part" in (left, right):
        reading = day.reading
        value = reading.value[:10] + time.reading.value[time.reading.value.index("T") :]
        reading = Reading("TIME", value, reading.start, reading.end, "time" if reading.start else None)
        return Found(last.start, item.end, reading, rules, "clock")
    keep = item if right == "day" and left == "weekday" else last
    return Found(last.start, item.end, keep.reading, rules, "date")


def _ranges(text: str, found: list[Found], anchor: dt.date | None) -> list[Found]:
    """The first of two ends carries the whole interval; ``since`` runs to the story's day."""
    for i, item in enumerate(found):
        start = item.reading.start
        if start is None or item.reading.type not in ("DATE", "TIME"):
            continue
        before = text[max(0, item.start - 16) : item.start]
        follower = found[i + 1] if i + 1 < len(found) else None
        if follower is not None and follower.reading.end is not None and follower.reading.type in ("DATE", "TIME"):
            gap = text[item.end : follower.start]
            between = _BETWEEN.search(before) and gap.strip().lower() == "and"
            if (between or (_RANGE.fullmatch(gap) and gap)) and follower.reading.end >= start:
                reading = replace(item.reading, end=follower.reading.end)
                found[i] = replace(item, reading=reading, rules=(*item.rules, "dates/range"))
                continue
        if anchor is not None and start <= anchor and _SINCE.search(before):
            found[i] = replace(item, reading=replace(item.reading, end=anchor), rules=(*item.rules, "dates/since"))
    return found


# --- with a parse -----------------------------------------------------------------------------------------------


def find_times(story: Story, parse: Parse, grammar: TimeGrammar) -> tuple[Time, ...]:
    """The time expressions of a story, in text order, resolved against ``story.day`` with the tense of their clauses.

    Expressions in no sentence of the parse are left out, and so are words inside the name of a person or an
    organisation ("the Sunday Times") and verbs that look like months or seasons.
    """
    sentences = parse.sentences
    starts = [s.span.start for s in sentences]
    names = _names(parse)

    def sentence_at(offset: int) -> Sentence | None:
        k = bisect_right(starts, offset) - 1
        return sentences[k] if k >= 0 and offset < sentences[k].span.end else None

    def tense_at(offset: int) -> int | None:
        sentence = sentence_at(offset)
        if sentence is None:
            return guess_direction(story.text, offset, grammar.cues)
        return direction(sentence, _token_at(sentence, offset), grammar.cues)

    def refuse(start: int, end: int, sure: str) -> bool:
        for name in names.get(start // 256, ()):
            if (
                name.span.start <= start
                and end <= name.span.end
                and (sure or end - start < name.span.end - name.span.start)
            ):
                return True
        if not sure:
            return False
        sentence = sentence_at(start)
        tag = sentence.tokens[_token_at(sentence, start)].upos if sentence is not None else ""
        return tag != "PROPN" if sure == "name" else tag in ("VERB", "AUX")

    out: list[Time] = []
    scene = Scene(story.day, grammar.numbers)
    for block in story.blocks:
        found = find_times_in(
            story.text, story.day, grammar, tense_at=tense_at, refuse=refuse, span=block.span, scene=scene
        )
        for item in found:
            sentence = sentence_at(item.start)
            if sentence is not None:
                out.append(_time(story, sentence, item))
    return tuple(sorted(out, key=lambda t: t.span))


def _names(parse: Parse) -> Mapping[int, list[Entity]]:
    """Names of persons and organisations by the blocks of 256 characters that they touch."""
    out: dict[int, list[Entity]] = {}
    for entity in parse.entities:
        if entity.label in ("PER", "ORG"):
            for block in range(entity.span.start // 256, (entity.span.end - 1) // 256 + 1):
                out.setdefault(block, []).append(entity)
    return out


def _token_at(sentence: Sentence, offset: int) -> int:
    """Index of the token that holds the character, or of the last one before it."""
    tokens = sentence.tokens
    low, high = 0, len(tokens) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if tokens[middle].start <= offset:
            low = middle
        else:
            high = middle - 1
    return low


def _time(story: Story, sentence: Sentence, found: Found) -> Time:
    first, last = _token_at(sentence, found.start), _token_at(sentence, found.end - 1)
    reading = found.reading
    span = Span(found.start, found.end)
    return Time(
        span, story.text[found.start : found.end], sentence.index, (first, last + 1), reading.type, reading.value,
        reading.start, reading.end, reading.grain, found.rules,
    )  # fmt: skip


def when_of(time: Time, story: Story) -> tuple[dt.date, dt.date, Grain] | None:
    """The dated interval a time expression gives an event of the story, or None when it gives none.

    DATE and TIME give their interval; a duration only when it is bounded by the story's day ("in the past two weeks").
    """
    if time.start is None or time.end is None or time.grain is None or time.type == "SET":
        return None
    return time.start, time.end, time.grain
