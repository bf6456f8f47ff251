"""Names and nationalities that several states have, "Congolese", "Guineans", "Georgia": the one that the story speaks of.

What else the story names decides, the dateline first; where nothing does, the country that is likeliest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dateline.mentions.actors_scan import Geo, Scan
from dateline.mentions.world import World
from dateline.model import Sentence

_NATIONALITY = ("an", "ans", "ese", "er", "ers")


def read_ambiguous(
    sentences: Sequence[Sentence],
    scans: Sequence[Scan],
    world: World,
    dateline: str | None,
    rivals: Mapping[str, str],
) -> None:
    """Give ambiguous nationalities and names the country that the rest of the story speaks for.

    ``rivals`` maps a country's name to the state that has a part of the same name (Georgia: USA).
    """
    words: dict[str, Counter[str]] = {}
    for sentence, scan in zip(sentences, scans, strict=True):
        for named in scan.found():
            name = " ".join(t.text for t in sentence.tokens[named.first : named.last])
            words.setdefault(named.country, Counter())[name.lower()] += 1
    for sentence, scan in zip(sentences, scans, strict=True):
        for i, token in enumerate(sentence.tokens):
            geo = scan.geo[i]
            other = rivals.get(token.text.lower()) if geo is not None else None
            if geo is not None and other is not None and dateline == other and geo.last == geo.first + 1:
                if geo.form == "country" and set(words[geo.country]) == {token.text.lower()}:
                    scan.geo[i] = geo._replace(country=other, form="place")
            elif token.text.endswith(_NATIONALITY) and (geo is None or geo.form == "place"):
                codes = world.countries.readings(token.text)
                if len(codes) > 1:
                    code = _spoken(codes, words, token.text.lower(), dateline)
                    scan.geo[i] = Geo(i, i + 1, code, "people" if token.text.endswith("s") else "adjective")


def _spoken(codes: Sequence[str], words: Mapping[str, Counter[str]], name: str, dateline: str | None) -> str:
    """The one of the codes that the dateline or most other names in the story speak for, else the likeliest, the first."""
    if dateline is not None and dateline in codes:
        return dateline
    counts = {code: sum(n for word, n in words.get(code, {}).items() if word != name) for code in codes}
    return max(codes, key=lambda code: counts[code])
