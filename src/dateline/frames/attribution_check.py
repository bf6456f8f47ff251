"""The examples of the attribution files, run: every text must give the claims it names, and no others where none."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from dateline.frames.attribution import find_claims, kind_of_source, load_attribution
from dateline.model import Claim, Parse, Span, Story
from dateline.rules import yamlfile

_WORD = re.compile(r"\w+")
_FOLDER = Path(__file__).resolve().parent.parent / "data" / "language"
AGREES = 0.8  # share of content words that must agree


def check_attribution(parser: Callable[[Story], Parse], language: str = "en", folder: Path | None = None) -> list[str]:
    """Run the examples of ``attribution.yaml`` and ``attribution_kinds.yaml``; return one line per failure.

    >>> from dateline.parse import load_parser
    >>> check_attribution(load_parser())
    []
    """
    from dateline.parse import plain_story

    base = (folder or _FOLDER) / language
    cues = load_attribution(language, folder)
    problems: list[str] = []
    for row in yamlfile.load(base / "attribution.yaml", examples=True).tables("examples"):
        row.check_keys(("text", "claims"), ("text", "claims"))
        text = str(row["text"])
        story = plain_story(text)
        found = find_claims(story, parser(story), cues)
        expected = row.texts("claims")
        shown = "; ".join(" | ".join(_shown(text, claim)) for claim in found) or "nothing"
        if not expected and found:
            problems.append(f"{yamlfile.at(row['text'])}: expected no claim, found {shown}: {text}")
        for line in expected:
            if not any(_agrees(line, text, claim) for claim in found):
                problems.append(f"{yamlfile.at(row['text'])}: expected {line}, found {shown}")
    for row in yamlfile.load(base / "attribution_kinds.yaml", examples=True).tables("examples"):
        row.check_keys(("text", "kind"), ("text", "kind"))
        kind = kind_of_source(str(row["text"]), None, cues)
        if kind != row["kind"]:
            problems.append(f"{yamlfile.at(row['text'])}: expected {row['kind']}, found {kind}: {row['text']}")
    return problems


def _shown(text: str, claim: Claim) -> tuple[str, str, str]:
    return _text(text, claim.source), _text(text, claim.cue), _text(text, claim.content)


def _text(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[s.start : s.end] for s in spans)


def _agrees(line: str, text: str, claim: Claim) -> bool:
    source, cue, content = (part.strip() for part in line.split("|"))
    found = _shown(text, claim)
    if source not in found[0] or (not source and found[0]) or cue not in found[1]:
        return False
    want, got = set(_WORD.findall(content)), set(_WORD.findall(found[2]))
    return 2 * len(want & got) >= AGREES * (len(want) + len(got))
