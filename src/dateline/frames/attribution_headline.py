"""Headlines: "Minister: talks failed", "Talks failed: KCNA", "Talks failed — spokeswoman"."""

from __future__ import annotations

import re

from dateline.frames.attribution_cues import AttributionCues
from dateline.frames.attribution_speech import Work
from dateline.model import Parse, Sentence, Span, Story

_COLON = re.compile(r"(?<=[\w.’'”)]): (?=\S)")
_TAIL = re.compile(r"(?:: |:| — | – | -- | - |—)(?=[^:—–]{2,60}$)")


def headline_works(story: Story, parse: Parse, cues: AttributionCues) -> list[Work]:
    """Claims of the headline, and of a first paragraph that reads like one (no full stop, or very short)."""
    out: list[Work] = []
    for number, block in enumerate(story.blocks):
        text = story.text[block.span.start : block.span.end]
        if block.kind == "headline" or (number == 0 and len(text) <= 160 and text.count(". ") == 0):
            work = _headline(story, parse, block.span, text.rstrip(" .\n"), cues)
            if work is not None:
                out.append(work)
    return out


def _headline(story: Story, parse: Parse, span: Span, text: str, cues: AttributionCues) -> Work | None:
    first = _COLON.search(text)
    if first is not None and _names(parse, Span(span.start, span.start + first.start()), text[: first.start()], cues):
        source = Span(span.start, span.start + first.start())
        cue = Span(source.end, source.end + 1)
        content = Span(span.start + first.end(), span.start + len(text))
        return _make(parse, source, cue, content, "cues/report/headline-first")
    last = _TAIL.search(text)
    tail = None if last is None else Span(span.start + last.end(), span.start + len(text))
    if (
        last is not None
        and tail is not None
        and (_names(parse, tail, text[last.end() :], cues) or _capital(parse, span, tail))
    ):
        source = Span(span.start + last.end(), span.start + len(text))
        mark = text[last.start() : last.end()]
        start = span.start + last.start() + len(mark) - len(mark.lstrip())
        return _make(
            parse, source, Span(start, start + len(mark.strip())), Span(span.start, span.start + last.start()),
            "cues/report/headline-last",
        )  # fmt: skip
    return None


def _names(parse: Parse, span: Span, text: str, cues: AttributionCues) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 8 or text.strip().lower() in cues.headline_never:
        return False
    lowered = [w.lower().strip("'’\"“”.,") for w in words]
    if any(w.removesuffix("'s").removesuffix("’s") in cues.speakers for w in lowered):
        return _no_verb(parse, span)
    named = any(
        e.label in ("PER", "ORG") and span.start <= e.span.start and e.span.end >= span.end - 1 for e in parse.entities
    )
    return named and _no_verb(parse, span)


def _capital(parse: Parse, headline: Span, tail: Span) -> bool:
    """ "France has withdrawn its soldiers: Paris": a place after a clause speaks for its government."""
    place = any(e.label == "LOC" and e.span.start <= tail.start and e.span.end >= tail.end for e in parse.entities)
    return place and not _no_verb(parse, Span(headline.start, tail.start))


def _no_verb(parse: Parse, span: Span) -> bool:
    return not any(
        t.upos in ("VERB", "AUX") and (t.xpos == "VB" or t.dep not in ("acl", "amod", "compound"))
        for s in parse.sentences
        if s.span.overlaps(span)
        for t in s.tokens
        if span.start <= t.start < span.end
    )


def _make(parse: Parse, source: Span, cue: Span, content: Span, rule: str) -> Work | None:
    if content.end - content.start < 3:
        return None
    sentence = _sentence(parse, source.start)
    if sentence is None:
        return None
    inside = [t for t in sentence.tokens if source.start <= t.start < source.end]
    heads = [t for t in inside if not source.start <= sentence.tokens[t.head].start < source.end or t.head < 0]
    head = heads[-1].index if heads else (inside[-1].index if inside else 0)
    return Work(sentence.index, (source,), (cue,), [content], (sentence.index, head), None, "report", [rule])


def _sentence(parse: Parse, position: int) -> Sentence | None:
    return next((s for s in parse.sentences if s.span.start <= position < s.span.end), None)
