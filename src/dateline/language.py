"""A language pack: the tables of one language that every stage reads, loaded once and passed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.errors import SettingError, did_you_mean

if TYPE_CHECKING:
    from dateline.frames.attribution import AttributionCues
    from dateline.frames.background import BackgroundCues
    from dateline.frames.factuality import FactualityCues
    from dateline.mentions.roles import Roles
    from dateline.mentions.times import TimeGrammar
    from dateline.wire import Layouts

LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class Language:
    """What Dateline knows about a language, one table per stage that needs it."""

    name: str
    layouts: Layouts
    times: TimeGrammar
    roles: Roles
    attribution: AttributionCues
    factuality: FactualityCues
    background: BackgroundCues


def load_language(name: str = "en") -> Language:
    """Load the tables of a language; SettingError for one that is not shipped, DataError for a wrong file.

    >>> load_language("en").name
    'en'
    """
    if name not in LANGUAGES:
        raise SettingError(
            f"language {name!r} is not shipped{did_you_mean(name, LANGUAGES)}; there is: {', '.join(LANGUAGES)}"
        )
    from dateline.frames.attribution import load_attribution
    from dateline.frames.background import load_background
    from dateline.frames.factuality import load_factuality
    from dateline.mentions.roles import load_roles
    from dateline.mentions.times import load_times
    from dateline.wire import load_layouts

    return Language(
        name=name,
        layouts=load_layouts(),
        times=load_times(),
        roles=load_roles(),
        attribution=load_attribution(),
        factuality=load_factuality(),
        background=load_background(),
    )
