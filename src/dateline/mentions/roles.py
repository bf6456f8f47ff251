"""Role nouns: what offices, groups and bodies are called, and the sector each belongs to.

The knowledge is in ``data/language/en/roles.yaml`` and ``groups.yaml``; this file reads them and finds the longest
phrase that ends at a noun: "police chief" before "chief".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.model import SECTORS
from dateline.rules.yamlfile import Table, at, load

FOLDER = Path(__file__).resolve().parent.parent / "data" / "language" / "en"
FILES = ("roles.yaml", "groups.yaml")
KINDS = ("person", "organisation", "group", "people", "place", "state", "media", "thing")
LISTS = (
    "former",
    "courtesy",
    "foreign",
    "generic",
    "charged",
    "neutral",
    "calendar",
    "speech",
    "apart_peoples",
    "plain",
    "capital",
    "waters",
    "partial",
    "military_acts",
    "onlookers",
    "near",
    "surnames",
)


@dataclass(frozen=True, slots=True)
class RoleClass:
    """A class of role nouns that behave alike."""

    id: str
    sector: str | None
    kind: str
    country: str | None = None  # UNO, IGO … when the noun itself says so
    of: bool = False  # the sector comes from whom it belongs to: "a spokesman for the army"
    only: frozenset[str] = frozenset()  # the sectors it may take from there; empty: all
    apart: bool = False  # the owner is somebody else's: "its neighbours", "his counterpart"
    owned: bool = False  # and so is a nationality in front: "U.S. allies" are other states
    local: bool = False  # the country may be taken from the place of the clause or the dateline

    def takes(self, sector: str | None) -> bool:
        """Whether the noun takes this sector from whom it belongs to."""
        return self.of and sector is not None and (not self.only or sector in self.only)


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word before a relational noun that gives its sector: "opposition" leader."""

    id: str
    sector: str
    only: frozenset[str]  # ids of the classes it applies to; empty: all


class Roles:
    """The lexicon of role nouns.

    >>> roles = load_roles()
    >>> roles.match(["the", "deputy", "police"], "chief")[0].sector
    'COP'
    """

    def __init__(
        self,
        phrases: dict[str, RoleClass],
        modifiers: dict[str, tuple[Modifier, ...]],
        former: frozenset[str],
        courtesy: frozenset[str],
        foreign: frozenset[str] = frozenset(),
        generic: frozenset[str] = frozenset(),
        charged: frozenset[str] = frozenset(),
        neutral: frozenset[str] = frozenset(),
        calendar: frozenset[str] = frozenset(),
        titles: dict[str, RoleClass] | None = None,
        epithets: dict[str, str] | None = None,
        speech: frozenset[str] = frozenset(),
        apart_peoples: frozenset[str] = frozenset(),
        plain: frozenset[str] = frozenset(),
        capital: frozenset[str] = frozenset(),
        waters: frozenset[str] = frozenset(),
        partial: frozenset[str] = frozenset(),
        military_acts: frozenset[str] = frozenset(),
        onlookers: frozenset[str] = frozenset(),
        near: frozenset[str] = frozenset(),
        surnames: frozenset[str] = frozenset(),
        synonyms: dict[str, frozenset[str]] | None = None,
        shared: dict[str, frozenset[str]] | None = None,
        owners: dict[str, str] | None = None,
        rivals: dict[str, str] | None = None,
    ) -> None:
        """Keep the tables; phrases are lower case, words separated by one space."""
        self.phrases = phrases
        self.modifiers = modifiers
        self.former = former
        self.courtesy = courtesy
        self.foreign = foreign
        self.generic = generic
        self.charged = charged
        self.neutral = neutral
        self.calendar = calendar
        self.titles = titles or {}
        self.epithets = epithets or {}
        self.speech = speech
        self.apart_peoples = apart_peoples
        self.capital = capital
        self.waters = waters
        self.partial = partial
        self.military_acts = military_acts
        self.onlookers = onlookers
        self.near = near
        self.surnames = surnames
        self.synonyms = synonyms or {}
        self.shared = shared or {}
        self.owners = owners or {}
        self.rivals = rivals or {}
        self._heads: dict[str, int] = {}
        self.nouns = frozenset(phrase for phrase in phrases if " " not in phrase)
        self.plain = plain | self.nouns  # one word that names no organisation of the tables by itself
        for phrase in phrases:
            words = phrase.split(" ")
            self._heads[words[-1]] = max(self._heads.get(words[-1], 0), len(words))

    def match(self, before: Sequence[str], head: str) -> tuple[RoleClass | None, int, str]:
        """The class of the longest phrase that ends with ``head`` (its singular), with its length and text.

        ``before`` holds the words in front of it, in order. ``(None, 0, "")`` when the noun is in no class.
        """
        longest = self._heads.get(head)
        if longest is None:
            return None, 0, ""
        for extra in range(min(longest - 1, len(before)), -1, -1):
            phrase = " ".join((*before[len(before) - extra :], head)) if extra else head
            found = self.phrases.get(phrase)
            if found is not None:
                return found, extra + 1, phrase
        return None, 0, ""

    def modifier(self, words: Iterable[str], role: RoleClass) -> Modifier | None:
        """The last of the words that gives a relational noun its sector, or None."""
        best = None
        for word in words:
            for modifier in self.modifiers.get(word, ()):
                if (not modifier.only or role.id in modifier.only) and role.takes(modifier.sector):
                    best = modifier
        return best


def load_roles(paths: Iterable[Path] | None = None) -> Roles:
    """Read the role files. Raises DataError for unknown keys, sectors, kinds, or a phrase that stands in two classes."""
    phrases: dict[str, RoleClass] = {}
    modifiers: dict[str, tuple[Modifier, ...]] = {}
    lists: dict[str, set[str]] = {name: set() for name in LISTS}
    titles: dict[str, str] = {}
    epithets: dict[str, str] = {}
    owners: dict[str, str] = {}
    rivals: dict[str, str] = {}
    shared: dict[str, frozenset[str]] = {}
    synonyms: dict[str, frozenset[str]] = {}
    for path in paths if paths is not None else [FOLDER / name for name in FILES]:
        table = load(path)
        table.check_keys(
            ("classes", "modifiers", "titles", "epithets", "shared", "owners", "rivals", "synonyms", *LISTS)
        )
        for entry in table.tables("classes"):
            role = _class(entry)
            for word in entry.texts("words"):
                if word.lower() in phrases:
                    raise DataError(f"{at(word)}: {word!r} is already in {phrases[word.lower()].id}")
                phrases[word.lower()] = role
        for entry in table.tables("modifiers"):
            entry.check_keys(("id", "sector", "words", "for"), ("id", "sector", "words"))
            modifier = Modifier(entry["id"], _sector(entry) or "", frozenset(entry.texts("for")))
            for word in entry.texts("words"):
                modifiers[word.lower()] = (*modifiers.get(word.lower(), ()), modifier)
        for name, words in lists.items():
            words.update(table.texts(name))
        for entry in table.tables("titles"):
            entry.check_keys(("word", "class"), ("word", "class"))
            titles[entry["word"]] = entry["class"]
        for entry in table.tables("epithets"):
            entry.check_keys(("word", "country"), ("word", "country"))
            epithets[entry["word"]] = entry["country"]
        for entry in table.tables("owners"):
            entry.check_keys(("word", "country"), ("word", "country"))
            owners[entry["word"]] = entry["country"]
        for entry in table.tables("rivals"):
            entry.check_keys(("word", "country"), ("word", "country"))
            rivals[entry["word"]] = entry["country"]
        for entry in table.tables("synonyms"):
            entry.check_keys(("word", "for"), ("word", "for"))
            synonyms[entry["word"]] = frozenset(entry.texts("for"))
        for entry in table.tables("shared"):
            entry.check_keys(("word", "countries"), ("word", "countries"))
            shared[entry["word"]] = frozenset(entry.texts("countries"))
    by_id = {role.id: role for role in phrases.values()}
    for word, name in titles.items():
        if name not in by_id:
            raise DataError(f"{at(name)}: {word!r} refers to an unknown class {name!r}")
    return Roles(
        phrases,
        modifiers,
        **{name: frozenset(words) for name, words in lists.items()},
        titles={word: by_id[name] for word, name in titles.items()},
        epithets=epithets,
        synonyms=synonyms,
        shared=shared,
        owners=owners,
        rivals=rivals,
    )


def _class(entry: Table) -> RoleClass:
    entry.check_keys(("id", "sector", "kind", "country", "of", "apart", "local", "words"), ("id", "kind", "words"))
    if entry["kind"] not in KINDS:
        raise DataError(f"{at(entry['kind'])}: kind {entry['kind']!r} is not one of {', '.join(KINDS)}")
    of = entry.texts("of")
    return RoleClass(
        id=entry["id"],
        sector=_sector(entry),
        kind=entry["kind"],
        country=entry.text("country"),
        of=bool(of),
        only=frozenset(of) - {"yes"},
        apart=entry.text("apart") in ("yes", "owner"),
        owned=entry.text("apart") == "owner",
        local=entry.text("local") == "yes",
    )


def _sector(entry: Table) -> str | None:
    sector = entry.text("sector")
    if sector is not None and sector not in SECTORS:
        raise DataError(f"{at(sector)}: sector {sector!r} is not one of {', '.join(sorted(SECTORS))}")
    return sector
