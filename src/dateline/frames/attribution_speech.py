"""Quotations joined to who utters them: across sentences, paragraphs, and without a cue of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.frames.attribution_cues import AttributionCues
from dateline.frames.attribution_sources import controller, cue_tokens
from dateline.frames.attribution_spans import phrase, spans_of
from dateline.model import Parse, Sentence, Span, Story
from dateline.parse.quotes import Quote, is_scare, quote_around

_UTTERED = frozenset({"cues/content/clause", "cues/content/quote"})  # shapes of content that a quotation can go on with
_LABEL = re.compile(
    r"[“\"]?(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov)\. )?[A-Z][\w.'’-]*(?: [A-Z(][\w.'’)-]*){0,4}): "
)


@dataclass(slots=True)
class Work:
    """A claim being assembled, in spans of the story."""

    sentence: int
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: list[Span]
    source_head: tuple[int, int] | None
    lemma: str | None
    group: str
    rules: list[str] = field(default_factory=list)
    vouches: bool = True

    @property
    def labelled(self) -> bool:
        """Whether the source is the label of a transcript or a headline."""
        return self.lemma is None

    @property
    def at(self) -> int:
        """Where the cue (or, without one, the content) stands."""
        return self.cue[0].start if self.cue else self.content[0].start


def extend_to_quotes(works: list[Work], quotes: tuple[Quote, ...]) -> None:
    """Let a content that reaches into a quotation take all of it, unless its cue is quoted too."""
    for work in works:
        if not work.cue or quote_around(quotes, work.at) is not None:
            continue
        for n, span in enumerate(work.content):
            start, end = span
            first, last = quote_around(quotes, start), quote_around(quotes, max(start, end - 1))
            if first is not None:
                start = first.start
                end = max(end, first.end)
            if last is not None:
                end = max(end, last.end)
            elif (after := quote_around(quotes, end)) is not None and after.start < end:
                end = after.end
            work.content[n] = Span(start, end)


def keep_in_quotes(works: list[Work], quotes: tuple[Quote, ...]) -> list[Work]:
    """Cut what a quoted cue governs to the quotation it stands in; drop it where nothing is left."""
    out: list[Work] = []
    for work in works:
        around = quote_around(quotes, work.at) if work.cue and not work.labelled else None
        if around is not None:
            work.content = [c for c in (_cut(span, around.span) for span in work.content) if c is not None]
            work.source = tuple(c for c in (_cut(span, around.span) for span in work.source) if c is not None)
            if not work.content:
                continue
        out.append(work)
    return out


def _cut(span: Span, frame: Span) -> Span | None:
    start, end = max(span.start, frame.start), min(span.end, frame.end)
    return Span(start, end) if start < end else None


def join_quotes(
    story: Story, parse: Parse, quotes: tuple[Quote, ...], works: list[Work], cues: AttributionCues
) -> list[Work]:
    """Give every uttered quotation without a claim a speaker: the clause beside it, or who spoke last."""
    made: list[Work] = []
    speech = [w for w in works if w.group in ("report", "belief") and w.lemma in cues.verbs and w.source]
    speech = [w for w in speech if _speaks(cues, w.lemma or "")]
    speech = [w for w in speech if quote_around(quotes, w.at) is None and not _UTTERED.isdisjoint(w.rules)]
    previous: tuple[Quote, Work] | None = None
    for quote in quotes:
        owner = _owner(quote, works, quotes) or _owner(quote, made, quotes)
        if owner is not None:
            previous = (quote, owner)
            continue
        if is_scare(quote, parse):
            continue
        if previous is not None and previous[0].runs_on and not previous[1].labelled:
            previous[1].content.append(quote.span)
            previous = (quote, previous[1])
            continue
        work = _beside(story, parse, quotes, quote, cues) or _introduced(parse, quote, cues)
        if work is not None:
            same = next((w for w in works if w.cue and set(w.cue) & set(work.cue)), None)
            if same is not None:
                same.content.append(quote.span)
                work = same
            else:
                made.append(work)
            previous = (quote, work)
            continue
        if not _stands_alone(story, parse, quote):
            continue
        last = _last_speaker(story, quote, speech, made)
        if last is not None:
            if previous is not None and previous[1].sentence == last.sentence and previous[1].lemma is not None:
                last = previous[1]  # '"…," she said, stressing that …. "…"'
            last.content.append(quote.span)
            last.rules.append("cues/report/continued")
            previous = (quote, last)
    return made


def labelled(story: Story, parse: Parse, quotes: tuple[Quote, ...]) -> list[Work]:
    """Speakers of a transcript: paragraphs that begin with a name and a colon."""
    out: list[Work] = []
    current: Work | None = None
    takers = _turn_takers(story)
    for number, block in enumerate(story.blocks):
        if block.kind == "headline" or number == 0:
            continue
        text = story.text[block.span.start : block.span.end]
        match = _LABEL.match(text)
        if match is not None and (
            match["name"].isupper() or match["name"] in ("Q", "A") or match["name"].split()[-1] in takers
        ):
            start = block.span.start
            name = Span(start + match.start("name"), start + match.end("name"))
            colon = Span(name.end, name.end + 1)
            content = Span(start + match.end(), block.span.end)
            if content.start >= content.end:
                continue
            sentence = next((s for s in parse.sentences if s.span.start <= name.start < s.span.end), None)
            if sentence is None:
                continue
            head = next((t.index for t in reversed(sentence.tokens) if t.start < name.end), 0)
            current = Work(
                sentence.index,
                (name,),
                (colon,),
                [content],
                (sentence.index, head),
                None,
                "report",
                ["cues/report/label"],
            )
            out.append(current)
        elif current is not None and text[:1] in '“"':
            current.content.append(block.span)
        else:
            current = None
    return out


def _turn_takers(story: Story) -> frozenset[str]:
    """Last names that open two paragraphs or more with a colon, where at least three do: the speakers of a dialogue."""
    labels = [_LABEL.match(story.text[b.span.start : b.span.end]) for b in story.blocks[1:] if b.kind != "headline"]
    last = [m["name"].split()[-1] for m in labels if m is not None]
    takers = frozenset(name for name in last if last.count(name) > 1)
    return takers if sum(name in takers for name in last) > 2 else frozenset()


def set_apart(
    story: Story, parse: Parse, works: list[Work], quotes: tuple[Quote, ...], cues: AttributionCues
) -> list[Work]:
    """Paragraphs set apart without marks after one that ends in a reporting verb and a colon: "He added:"."""
    out: list[Work] = []
    for block, after in pairwise(story.blocks):
        text = story.text[block.span.start : block.span.end]
        if (
            not text.rstrip().endswith(":")
            or block.kind == "headline"
            or story.text[after.span.start : after.span.start + 1] in "“\"«„'‘<"
        ):
            continue
        s = next((s for s in parse.sentences if s.span.start < block.span.end <= s.span.end + 1), None)
        last = [] if s is None else [t for t in s.tokens if t.upos != "PUNCT" and t.end <= block.span.end][-1:]
        if s is None or not last or last[0].upos != "VERB" or last[0].lemma not in cues.verbs:
            continue
        if not _speaks(cues, last[0].lemma) or quote_around(quotes, last[0].start) is not None:
            continue
        if any(c.start <= last[0].start < c.end for w in works for c in w.cue):
            continue
        work = _spoken(s, last[0].index, cues, after.span)
        if work is not None:
            out.append(work)
    return out


def _owner(quote: Quote, works: list[Work], quotes: tuple[Quote, ...]) -> Work | None:
    best: Work | None = None
    for work in works:
        if any(c.start < quote.end and quote.start < c.end for c in work.content):
            if work.cue and not work.labelled and quote_around(quotes, work.at) is not None:
                continue
            if best is None or work.group == "report" != best.group:
                best = work
    return best


def _beside(story: Story, parse: Parse, quotes: tuple[Quote, ...], quote: Quote, cues: AttributionCues) -> Work | None:
    """The clause right after the closing mark: "…," said the minister."""
    if story.text[max(0, quote.end - 2) : quote.end - 1] == ".":
        return None
    for s in parse.sentences:
        if s.span.end <= quote.end - 1:
            continue
        if s.span.start > quote.end + 1:
            break
        tokens = [t for t in s.tokens if t.start >= quote.end and quote_around(quotes, t.start) is None]
        if not tokens or tokens[0].start > quote.end + 2:
            continue
        for token in tokens[:12]:
            if token.upos == "VERB" and token.lemma in cues.verbs and _speaks(cues, token.lemma):
                work = _spoken(s, token.index, cues, quote.span)
                if work is not None:
                    return work
            if token.text in (".", ";", "“", '"'):
                break
    return None


def _introduced(parse: Parse, quote: Quote, cues: AttributionCues) -> Work | None:
    """The clause right before the opening mark: the minister said: "…", also when a sentence or paragraph ends there."""
    before = None
    for s in parse.sentences:
        if s.span.start >= quote.start:
            break
        before = s
    if before is None:
        return None
    tokens = [t for t in before.tokens if t.end <= quote.start]
    while tokens and tokens[-1].text in "“\"‘'":
        tokens.pop()
    if not tokens or tokens[-1].text not in (":", ",") or (tokens[-1].text == "," and tokens[-1].end < quote.start - 2):
        return None
    for token in reversed(tokens):
        if token.upos == "VERB" and token.lemma in cues.verbs and _speaks(cues, token.lemma):
            return _spoken(before, token.index, cues, quote.span)
    return None


def _spoken(s: Sentence, v: int, cues: AttributionCues, content: Span) -> Work | None:
    head = controller(s, v)
    token = s.tokens[v]
    if head is None:
        return None
    names = phrase(s, head)
    cue = cue_tokens(s, v) - names
    sense = next(x for x in cues.verbs[token.lemma] if "quote" in x.shapes)
    return Work(
        s.index,
        spans_of(s, names),
        spans_of(s, cue),
        [content],
        (s.index, head),
        token.lemma,
        sense.group,
        [sense.rule],
    )


def _speaks(cues: AttributionCues, lemma: str) -> bool:
    return any(
        "quote" in sense.shapes and sense.group in ("report", "belief", "request") for sense in cues.verbs[lemma]
    )


def _stands_alone(story: Story, parse: Parse, quote: Quote) -> bool:
    before = story.text[max(0, quote.start - 3) : quote.start].strip(" ")
    if before and before[-1] not in ".!?\n”\"’'":
        return False
    return any(abs(s.span.start - quote.start) <= 3 for s in parse.sentences) or not before


def _last_speaker(story: Story, quote: Quote, speech: list[Work], made: list[Work]) -> Work | None:
    candidates = [w for w in (*speech, *made) if w.at < quote.start]
    if not candidates:
        return None
    last = max(candidates, key=lambda w: w.at)
    end = max((span.end for span in (*last.content, *last.cue)), default=last.at)
    between = story.text[end : quote.start]
    if between.count("\n\n") > 1 or len(between) > 400:
        return None
    return last
