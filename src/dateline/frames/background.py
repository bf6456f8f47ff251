"""Old or new: whether an event is the news of the day, or history and standing context.

New is what the headline or the lead presents and what is of the story's day or the day before. Old is what is dated
earlier, or what the text takes as known: a relative clause, a past perfect, "since the invasion", "in 2003".
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.errors import DataError
from dateline.frames.cues import default_path, marker
from dateline.model import Cue, Parse, Sentence, Span, Story, Token, When
from dateline.rules import yamlfile

Answer = tuple[bool, tuple[Cue, ...]]

_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}|1[0-9]{3}s")
_UNITS = frozenset(
    [
        "year",
        "month",
        "week",
        "day",
        "decade",
        "century",
        "hour",
        "morning",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
        "end",
        "start",
    ]
)
_TIME = frozenset(
    {"obl", "advmod", "nmod", "obl:unmarked", "obl:tmod", "nmod:unmarked", "nmod:tmod", "obl:npmod", "compound", "amod"}
)


@dataclass(frozen=True, slots=True)
class BackgroundCues:
    """The lists of one language that tell old from new."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]  # first word -> (words, says, rule)
    links: dict[str, tuple[str, bool]]  # words -> rule, only before nouns
    nouns: frozenset[str]
    verbs: frozenset[str]
    determiners: frozenset[str]


def load_background(path: Path | None = None) -> BackgroundCues:
    """Read the lists (by default the shipped English ones); DataError with file and line if one is wrong."""
    table = yamlfile.load(path or default_path("background.yaml"))
    table.check_keys(("phrases", "links", "nouns", "verbs", "determiners", "structures"))
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for entry in table.tables("phrases"):
        entry.check_keys(("id", "says", "words"), required=("id", "says", "words"))
        if entry["says"] not in ("new", "old", "recent"):
            raise DataError(f"{yamlfile.at(entry['says'])}: says must be new, old or recent, found {entry['says']!r}")
        for text in entry.texts("words"):
            words = tuple(text.lower().split())
            phrases.setdefault(words[0], []).append((words, str(entry["says"]), f"background/{entry['id']}"))
    links: dict[str, tuple[str, bool]] = {}
    for entry in table.tables("links"):
        entry.check_keys(("id", "noun", "words"), required=("id", "words"))
        for text in entry.texts("words"):
            links[str(text)] = (f"background/{entry['id']}", entry.text("noun") == "true")
    return BackgroundCues(
        phrases={k: tuple(sorted(v, key=lambda x: -len(x[0]))) for k, v in phrases.items()},
        links=links,
        nouns=frozenset(w for e in table.tables("nouns") for w in e.texts("words")),
        verbs=frozenset(w for e in table.tables("verbs") for w in e.texts("words")),
        determiners=frozenset(table.texts("determiners")),
    )


@cache
def _shipped() -> BackgroundCues:
    return load_background()


def is_background(
    story: Story,
    parse: Parse,
    sentence_index: int,
    token: int,
    when: When | None,
    cues: BackgroundCues | None = None,
) -> Answer:
    """Say whether the event named by a token is background, and the words that decided it.

    ``when`` is the event's date as far as it is stated; ``cues`` (by default the shipped English lists) comes from
    :func:`load_background`.
    """
    cues = cues or _shipped()
    sentence = parse.sentences[sentence_index]
    here = sentence.tokens[token]
    clause, path = _clause(sentence, token)
    place = _place(parse, sentence_index)
    first = place <= 1 or sentence.region == "headline"
    main = _main(sentence, clause) and not path
    dated = _dated(story, when, first and main, sentence, here)
    if dated is not None:
        return dated
    found = _phrases(sentence, token, clause, cues)
    for says, cue in found:
        if says == "new":
            return False, (cue,)
    for says, cue in found:
        if says == "old" or (says == "recent" and not (main and first)):
            return True, (cue,)
    answer = _structure(sentence, token, clause, path, cues, first)
    if answer is not None:
        return answer
    late = 3 * place > 2 * _place(parse, len(parse.sentences))
    if not first and main and _standing(sentence, clause, late):
        return True, (_cue(sentence, clause, clause, "background/standing"),)
    return False, ()


def _standing(sentence: Sentence, clause: int, late: bool) -> bool:
    """A habit or a state below the lead ("holds", "has been building"); near the end also a present perfect."""
    verb = sentence.tokens[clause]
    if verb.dep.split(":", 1)[0] in ("ccomp", "parataxis") or _tells(sentence, clause):
        return False
    aux = [
        sentence.tokens[k].text.lower() for k in sentence.children[clause] if sentence.tokens[k].dep.startswith("aux")
    ]
    if not aux:
        return verb.xpos in ("VBZ", "VBP")
    if aux[0] not in ("has", "have", "'ve"):
        return False
    return (verb.xpos == "VBG" and "been" in aux) or late


def _tells(sentence: Sentence, clause: int) -> bool:
    """Whether somebody says something here: a content clause, or a reporting clause beside it."""
    for k in sentence.childs(clause, "ccomp", "parataxis"):
        subject = sentence.child(k, "nsubj")
        if subject is None or sentence.tokens[subject].xpos != "WDT":
            return True
    return False


def _cue(sentence: Sentence, first: int, last: int, rule: str) -> Cue:
    tokens = sentence.tokens[first : last + 1]
    text = " ".join(t.text for t in tokens)
    return Cue(Span(tokens[0].start, tokens[-1].end), text, "background", rule)


def _dated(story: Story, when: When | None, lead: bool, sentence: Sentence, here: Token) -> Answer | None:
    """The answer of a stated date: old when it ends before the day before the story's, new when it starts later."""
    day = story.day
    if when is None or when.basis != "stated":
        return None
    if day is None:  # the story's day is unknown: only a named year tells
        year = _YEAR.search(when.text or "")
        if year is None or when.span is None:
            return None
        return True, (Cue(when.span, when.text or "", "background", "background/old-year"),)
    span, text = when.span or Span(here.start, here.end), when.text or here.text
    if when.start >= day - dt.timedelta(days=1):
        return False, (Cue(span, text, "background", "background/recent-date"),)
    if when.end >= day - dt.timedelta(days=1):
        return None  # "this year": the event may be of today
    if lead and when.end >= day - dt.timedelta(days=7):
        return False, (Cue(span, text, "background", "background/lead"),)
    return True, (Cue(span, text, "background", "background/old-date"),)


def _place(parse: Parse, index: int) -> int:
    """How many body sentences stand before this one."""
    region = parse.sentences[index].region if index < len(parse.sentences) else "body"
    return 0 if region == "headline" else sum(1 for s in parse.sentences[:index] if s.region == region)


def _clause(sentence: Sentence, token: int) -> tuple[int, str]:
    """The head of the clause that an event belongs to, and ``relative`` or ``reduced`` if that describes a noun."""
    tokens = sentence.tokens
    at, seen = token, 0
    while seen < 30:
        seen += 1
        here = tokens[at]
        base = here.dep.split(":", 1)[0]
        if here.head < 0 or base in ("acl", "ccomp", "parataxis", "csubj"):
            return at, "relative" if here.dep == "acl:relcl" else "reduced" if base == "acl" else ""
        if base == "advcl" and marker(sentence, at, "mark")[1] >= 0:
            return at, ""
        at = here.head
    return token, ""


def _main(sentence: Sentence, clause: int) -> bool:
    token = sentence.tokens[clause]
    return token.head < 0 or token.dep.split(":", 1)[0] in ("ccomp", "parataxis", "conj")


def _phrases(sentence: Sentence, token: int, clause: int, cues: BackgroundCues) -> list[tuple[str, Cue]]:
    """Time words of the event's own phrase and of its clause, nearest first."""
    out: list[tuple[str, Cue]] = []
    at, seen = token, 0
    tokens = sentence.tokens
    while seen < 12:
        seen += 1
        for k in sentence.children[at]:
            if tokens[k].dep in _TIME or tokens[k].dep.split(":", 1)[0] in ("obl", "nmod", "advmod"):
                out.extend(_time(sentence, k, cues))
        if at == clause or tokens[at].head < 0:
            break
        if tokens[at].dep in ("obl", "nmod") and marker(sentence, at, "case")[0] in cues.links:
            break  # "after the attack" has not the date of its verb
        at = tokens[at].head
    if not any(says == "new" for says, _ in out):  # "In 2003 ... after X had criticised Y"
        while tokens[at].head >= 0 and tokens[at].dep.split(":", 1)[0] in (
            "advcl",
            "obl",
            "nmod",
            "nsubj",
            "obj",
            "ccomp",
        ):
            at = tokens[at].head
            for k in sentence.children[at]:
                if tokens[k].dep in _TIME:
                    out.extend(hit for hit in _time(sentence, k, cues) if hit[0] == "old")
    return out


def _time(sentence: Sentence, head: int, cues: BackgroundCues) -> list[tuple[str, Cue]]:
    tokens = sentence.tokens
    inside = [head, *(k for k in sentence.children[head] if tokens[k].dep != "acl:relcl")]
    for k in tuple(inside[1:]):
        inside.extend(sentence.children[k])
    inside = sorted(set(inside))
    if len(inside) > 9:
        return []
    out: list[tuple[str, Cue]] = []
    direct = {head, *sentence.children[head]}
    month = tokens[head].upos in ("PROPN", "NUM") or tokens[head].lemma.lower() in _UNITS
    words = [tokens[k].text.lower() for k in inside]
    for i, word in enumerate(words):
        for phrase, says, rule in cues.phrases.get(word, ()):
            if tuple(words[i : i + len(phrase)]) == phrase and (month or head in inside[i : i + len(phrase)]):
                out.append((says, _cue(sentence, inside[i], inside[i + len(phrase) - 1], rule)))
                break
        else:
            if _YEAR.fullmatch(word) and tokens[inside[i]].upos == "NUM" and inside[i] in direct and month:
                out.append(("old", _cue(sentence, inside[i], inside[i], "background/old-year")))
    return out


def _structure(
    sentence: Sentence, token: int, clause: int, path: str, cues: BackgroundCues, first: bool
) -> Answer | None:
    tokens = sentence.tokens
    here = tokens[token]
    if here.upos in ("NOUN", "PROPN"):
        answer = _noun(sentence, token, cues, first)
        if answer is not None:
            return answer
    verb = tokens[clause]
    mark, at = marker(sentence, clause, "mark", "case")
    if mark in cues.links and not cues.links[mark][1] and verb.dep.split(":", 1)[0] in ("advcl", "obl"):
        return True, (_cue(sentence, at, at, cues.links[mark][0]),)
    for k in sentence.children[clause]:
        if tokens[k].dep.startswith("aux") and tokens[k].text.lower() in ("had", "'d") and verb.xpos == "VBN":
            if verb.dep.split(":", 1)[0] not in ("ccomp", "parataxis"):
                return True, (_cue(sentence, k, k, "background/past-perfect"),)
            break
    if path == "relative" and _past(sentence, clause):
        return True, (_cue(sentence, clause, clause, "background/relative"),)
    return None


def _past(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    aux = [sentence.tokens[k] for k in sentence.children[index] if sentence.tokens[k].dep.startswith(("aux", "cop"))]
    if not aux:
        return token.xpos in ("VBD", "VBN")
    return aux[0].xpos == "VBD" or aux[0].text.lower() in ("has", "have", "'ve")


def _noun(sentence: Sentence, token: int, cues: BackgroundCues, first: bool) -> Answer | None:
    """An event noun that the text takes as known: "since the war", "survivors of the attack", "the killing of"."""
    tokens = sentence.tokens
    here = tokens[token]
    base = here.dep.split(":", 1)[0]
    known = (
        any(
            tokens[k].dep in ("det", "nmod:poss") and tokens[k].text.lower() in cues.determiners
            for k in sentence.children[token]
        )
        or here.upos == "PROPN"
    )
    if base in ("obl", "nmod"):
        case, at = marker(sentence, token, "case")
        link = cues.links.get(case)
        if link is not None and (known or not link[1]):
            return True, (_cue(sentence, at, at, link[0]),)
        above = tokens[here.head]
        if known and above.lemma.lower() in cues.nouns:
            return True, (_cue(sentence, here.head, here.head, "background/known-event"),)
        if known and not first:
            return True, (_cue(sentence, token, token, "background/known-noun"),)
    if base == "obj" and known and tokens[here.head].lemma.lower() in cues.verbs:
        return True, (_cue(sentence, here.head, here.head, "background/known-object"),)
    return None
