"""Whether a story is English: a cheap test of function words, and a language identifier only where that fails."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from dateline.wire.layouts import Layouts

_LETTERS = re.compile(r"[^\W\d_]+")
ENOUGH = 0.10  # share of function words in English copy is .2 to .4; tables and lists of names come down to .05
SURE = 0.95


def language_of(text: str, layouts: Layouts) -> str:
    """ISO 639-1 code of the language; "en" where the text is too short to tell.

    >>> from dateline.wire import load_layouts
    >>> language_of("El presidente se reunió ayer con los ministros en la capital para hablar de la paz.", load_layouts())
    'es'
    """
    words = _LETTERS.findall(text[:6000])[:400]
    if len(words) < 8 and text.isascii():
        return "en"
    known = layouts.english
    hits = sum(word.lower() in known for word in words)
    if hits >= ENOUGH * len(words) and words:
        return "en"
    code, share = _identifier().classify(text[:6000])
    if code == "en" or share < SURE or (len(words) < 12 and text.isascii()):
        return "en"
    if hits >= 0.05 * len(words) and text.isascii() and words:
        return "en"
    return str(code)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid import langid

    kind: Any = langid.LanguageIdentifier
    load = getattr(kind, "from_model_file", None) or kind.from_pickled_model  # the name changed with version 0.4
    return load(langid.MODEL_FILE, norm_probs=True)
