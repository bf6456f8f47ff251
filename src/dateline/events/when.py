"""When an event happened: the time expression bound to it by syntax; else the day of the saying; else unknown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.events.paths import distance, head_of, in_clause_of, marker
from dateline.model import Claim, DateBasis, Factuality, Frame, Parse, Sentence, Time, When
from dateline.rules.words import Words

#: prepositions before a time that say it is a limit, not the day
LIMITS = frozenset("since until till before after by from within for prior_to ahead_of".split())


#: grains that are one stretch of time rather than a range of days in which something happened
_LASTS = frozenset(("day", "time", "weekend"))
_FIRST_WORDS = re.compile(r"[a-z]+")
_DAYS = re.compile(r"\b(\w+) ?- ?day (?:\w+ )?(?:visit|trip|tour|stay|summit|strike|walkout|mission)\b", re.IGNORECASE)
_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}


def dated(times: tuple[Time, ...]) -> dict[int, list[Time]]:
    """Times that denote an interval, by sentence; of a range told as two times, the whole."""
    out: dict[int, list[Time]] = {}
    for time in times:
        if time.start is None or time.end is None or time.type not in ("DATE", "TIME"):
            continue
        here = out.setdefault(time.sentence, [])
        if here and time.tokens[0] - here[-1].tokens[1] == 1 and _reaches(here[-1], time):
            continue  # the end of a range, which its start names whole: "1980-1988"
        here.append(time)
    return out


def _reaches(a: Time, b: Time) -> bool:
    return a.start is not None and b.start is not None and a.start < b.start and a.end == b.end


def when_of(
    parse: Parse,
    by_sentence: Mapping[int, Sequence[Time]],
    frame: Frame,
    events: frozenset[int],
    words: Words,
    said: frozenset[int] = frozenset(),
) -> When | None:
    """The nearest dated expression that the event's clause carries, or None.

    ``events`` are the heads of the other events of the sentence, ``said`` those of them that are acts of speech.
    """
    sentence = parse.sentences[frame.sentence]
    best: tuple[float, int, Time] | None = None
    for time in by_sentence.get(frame.sentence, ()):
        target = head_of(sentence, *time.tokens)
        inside = frame.head in range(*time.tokens) or _before_noun(sentence, time, frame)
        since = _since(sentence, target)
        if since is not None and since != frame.head:
            continue
        inside = inside or since is not None or in_clause_of(sentence, time.tokens[1], "when", frame.head)
        if not inside and (marker(sentence, target) or "") in LIMITS:
            continue
        if time.value in ("PRESENT_REF", "PAST_REF", "FUTURE_REF"):
            continue
        if not inside and time.grain == "year" and _in_name(sentence, target, words):
            continue  # "a 1982 accord" was amended in another year
        if not inside and _said_then(sentence, frame.head, target):
            continue
        cost = 0.0 if inside else distance(sentence, frame, target, events, words["happen_verbs"], said=said)
        if cost is None or cost > 4:
            continue
        key = (cost, abs(target - frame.head))
        if best is None or key < best[:2]:
            best = (*key, time)
    if best is None:
        return _of_picture(sentence, by_sentence.get(frame.sentence, ()))
    return _third(_lasting(parse, best[2], frame), words)


def _since(sentence: Sentence, target: int) -> int | None:
    """The noun after "since" that the time right behind it dates: "have been found since the ouster in 2003"."""
    before = min((k for k in sentence.children[target] if sentence.tokens[k].dep == "case"), default=target) - 1
    if before < 0 or sentence.tokens[before].upos != "NOUN":
        return None
    return before if marker(sentence, before) == "since" else None


def _of_picture(sentence: Sentence, times: Sequence[Time]) -> When | None:
    """The day that ends a caption's first sentence, when the picture was taken: "… in Lyon, Thursday, June 1, 2023."."""
    if sentence.region != "caption" or not times or times[-1].grain != "day":
        return None
    after = sentence.tokens[times[-1].tokens[1] :]
    return _when(times[-1], "stated") if all(t.upos == "PUNCT" for t in after) else None


def _in_name(sentence: Sentence, target: int, words: Words) -> bool:
    """Whether a year stands in the name of something written: "the 1982 accord", "the Act of 1993"."""
    token = sentence.tokens[target]
    if token.dep == "nmod" and marker(sentence, target) == "of":
        return True
    naming = token.dep in ("compound", "nummod", "amod", "nmod:unmarked", "nmod:desc")
    return naming and token.head > target and sentence.tokens[token.head].lemma.lower() in words["writings"]


def _before_noun(sentence: Sentence, time: Time, frame: Frame) -> bool:
    """Whether the time stands before the event noun, in its phrase: "the Oct. 5, 2008 attacks", "Friday's deadly raid"."""
    between = range(time.tokens[1], frame.head)
    if frame.kind != "noun" or not frame.head - 4 < time.tokens[1] <= frame.head:
        return False
    return all(
        sentence.tokens[i].dep in ("case", "punct", "amod", "compound", "nummod") and sentence.tokens[i].text != ","
        for i in between
    )


def _lasting(parse: Parse, time: Time, frame: Frame) -> When:
    """The time as a date; from a day on which a "three-day visit" begins it runs for three days."""
    when = _when(time, "stated")
    if when.grain != "day":
        return when
    days = _DAYS.search(" ".join(t.text for t in parse.sentences[frame.sentence].tokens))
    if days is None:
        return when
    number = _NUMBERS.get(days[1].lower()) or (int(days[1]) if days[1].isdigit() and int(days[1]) < 60 else 1)
    return replace(when, end=when.start + dt.timedelta(days=number - 1))


def _third(when: When, words: Words) -> When:
    """The third of a month that "early", "mid-" or "late" names: days 1-10, 11-20, 21 to the end."""
    if when.grain != "month" or when.text is None or (when.end - when.start).days > 31:
        return when
    first = _FIRST_WORDS.findall(when.text.lower())[:2]
    tenth, twentieth = when.start.replace(day=10), when.start.replace(day=20)
    if not words["early_words"].isdisjoint(first):
        return replace(when, end=tenth)
    if not words["middle_words"].isdisjoint(first):
        return replace(when, start=tenth.replace(day=11), end=twentieth)
    if not words["late_words"].isdisjoint(first):
        return replace(when, start=twentieth.replace(day=21))
    return when


def so_far(when: When | None, factuality: Factuality, day: dt.date | None) -> When | None:
    """What is told as done lies before the story's day: "this month", written on the 12th, ends on the 12th."""
    if when is None or day is None or factuality.stance == "planned" or not when.start <= day < when.end:
        return when
    return when if when.grain in _LASTS else replace(when, end=day)


def _said_then(sentence: Sentence, event: int, time: int) -> bool:
    """Whether a verb of saying stands between the event it governs and the time: "X met Y, the ministry said Monday"."""
    at = event
    for _ in range(8):
        token = sentence.tokens[at]
        if token.head < 0:
            return False
        if token.dep in ("ccomp", "parataxis") and at < token.head < time:
            return True
        at = token.head
    return False


def spoken_on(parse: Parse, by_sentence: dict[int, list[Time]], claim: Claim) -> When | None:
    """The day on which a claim was made ("said Thursday"), with basis ``speech``."""
    if not claim.cue:
        return None
    sentence = parse.sentences[claim.sentence]
    cue = next((t.index for t in sentence.tokens if t.start >= claim.cue[0].start and t.end <= claim.cue[-1].end), None)
    if cue is None:
        return None
    for time in by_sentence.get(claim.sentence, ()):
        target = head_of(sentence, *time.tokens)
        said = sentence.tokens[target].head == cue or 0 < target - cue <= 2
        if said and time.grain in ("day", "time") and (marker(sentence, target) or "") not in LIMITS:
            return _when(time, "speech")
    return None


def _when(time: Time, basis: DateBasis) -> When:
    assert time.start is not None
    assert time.end is not None
    return When(time.start, time.end, time.grain or "day", basis, time.text, time.span)


def compatible(a: When | None, b: When | None) -> bool:
    """Whether two dates can be of one happening: one is unknown, or they overlap."""
    if a is None or b is None:
        return True
    return a.start <= b.end and b.start <= a.end


def finer(a: When | None, b: When | None) -> When | None:
    """The narrower of two dates; a stated one before one of speech."""
    if a is None or b is None:
        return a or b
    if a.basis != b.basis:
        return a if a.basis == "stated" else b
    return b if (b.end - b.start) < (a.end - a.start) else a
