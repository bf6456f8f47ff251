"""What a name says by itself, by the tables alone: its places with their weights, whether it is well known, a people's.

A name says the same in every story, so the answers for the names met last are kept.
"""

from __future__ import annotations

import math
from functools import lru_cache

from dateline.mentions.gazetteer import Entry, Gazetteer
from dateline.mentions.places_keys import place_key

Container = tuple[str, int | None]
"""A country and, where a province is meant, the number of it."""

_MOST = 60
_REMEMBERED = 20_000


class PlaceNames:
    """What names mean in one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Nothing is looked up yet."""
        self._gazetteer = gazetteer
        self.candidates = lru_cache(_REMEMBERED)(self._candidates)
        self.container = lru_cache(_REMEMBERED)(self._container)
        self.people = lru_cache(_REMEMBERED)(self._people)
        self.known = lru_cache(_REMEMBERED)(self._known)
        self.site = lru_cache(_REMEMBERED)(self._site)

    def _people(self, text: str) -> Entry | None:
        """The place of an adjective or noun of a people or region ("Chilean", "European"), or None."""
        gazetteer = self._gazetteer
        region = gazetteer.words.adjectives.get(place_key(text))
        if region is not None:
            found = [f for f in gazetteer.find(region) if f.entry.kind not in ("city", "district", "country")]
            found.sort(key=lambda f: (f.entry.kind == "province", not f.main))
            return found[0].entry if found else None
        countries = gazetteer.countries
        if countries.country_of(text):
            return None
        code = countries.demonym(text) or next(iter(countries.readings(text)), None)
        if code is None or (countries.demonym(text) is None and not _is_demonym(text, gazetteer)):
            return None
        return next(iter(self.country_entries(code)), None)

    def _known(self, text: str) -> str | None:
        """``country`` (a country, region or sea), ``big`` (a province or a city of 100,000), ``some``, or None."""
        gazetteer = self._gazetteer
        if (code := gazetteer.countries.country_of(text)) or gazetteer.countries.readings(text):
            return "country" if code != "UNO" else None
        if text in gazetteer.words.never:
            return None
        if is_short_form(text):
            return "big" if self.short_entries(text) else None
        best = None
        for entry, main, common in gazetteer.find(text):
            if entry.kind == "facility":
                continue
            if main and entry.kind in ("country", "region", "sea", "continent"):
                return "country"
            big = (
                (entry.kind == "province" and (main or entry.fame > 1_000_000))
                or (entry.kind == "city" and entry.fame >= (100_000 if main else 1_000_000))
                or (entry.kind == "district" and main and " " in text)
            )
            if big and not (common and entry.fame < 1_000_000):
                best = "big"
            elif main and best is None:
                best = "some"
        return best

    def _site(self, name: str) -> bool:
        """Whether some facility has this name."""
        gazetteer = self._gazetteer
        if name in gazetteer.words.never:
            return False
        return any(f.entry.kind == "facility" for f in gazetteer.find_key(place_key(name)))

    def _candidates(self, name: str, kind: str | None = None) -> tuple[tuple[Entry, float], ...]:
        """The places that a name may mean, with their prior weights, best first.

        ``kind`` is the kind that the name's own last word states ("Helmand Province"): without it the rest is tried.
        """
        gazetteer = self._gazetteer
        weights, countries = gazetteer.words.weights, gazetteer.countries
        if name in gazetteer.words.never:
            return ()
        found = [(f.entry, f.main) for f in gazetteer.find(name)]
        if is_short_form(name):
            found = [(e, main) for e, main in found if e.kind not in ("city", "province", "district")]
            found += [(e, True) for e in self.short_entries(name)]
        for code in countries.readings(name):
            found += [(e, True) for e in self.country_entries(code)]
        if not found and " " in name and name.split(" ", 1)[0].title() in gazetteer.words.directions:
            found = [(f.entry, f.main) for f in gazetteer.find(name.split(" ", 1)[1])]
        if kind is not None and " " in name:
            short = name.rsplit(" ", 1)[0]
            have = {e.number for e, _ in found}
            found += [
                (f.entry, f.main) for f in gazetteer.find(short) if f.entry.kind == kind and f.entry.number not in have
            ]
        if any(main and e.kind == "country" for e, main in found):  # Mexico is not a name of Mexico City
            found = [(e, main) for e, main in found if main or e.kind == "country"]
        if any(e.kind != "district" for e, _ in found):  # "Washington" alone is no county
            found = [(e, main) for e, main in found if main or e.kind != "district"]
        cities = {(e.country, e.province) for e, _ in found if e.kind == "city"}
        homes = {e.number for e, _ in found if e.kind == "province" and (e.country, e.number) in cities}
        scored = []
        for entry, main in found:
            size = math.log10(entry.fame) if entry.fame else 2.3
            if entry.kind == "city":
                score = size + (weights["capital"] if main and countries.capital(name) == entry.country else 0.0)
            elif entry.kind == "province":
                score = max(size, 4.0) + weights["province_with_city" if entry.number in homes else "province"]
            elif entry.kind == "district":
                score = max(size, 3.0) + weights["district"]
            else:
                score = weights[entry.kind]
            if not main and entry.kind != "province":
                score += weights["other_name"]
            scored.append((entry, score))
        scored.sort(key=lambda pair: (-pair[1], pair[0].number))
        return tuple(scored[:_MOST])

    def short_entries(self, name: str) -> list[Entry]:
        """The places that an abbreviation standing alone may mean."""
        words = self._gazetteer.words
        full = words.short_forms.get(name) or (words.abbreviations.get(name) if name.endswith(".") else None)
        if full is None:
            return []
        return [f.entry for f in self._gazetteer.find(full[0]) if f.main and f.entry.country == full[1]]

    def country_entries(self, code: str) -> list[Entry]:
        """The gazetteer's entry of a country, in a list; empty if it has none."""
        country = self._gazetteer.countries.get(code)
        if country is None:
            return []
        return [
            f.entry for f in self._gazetteer.find(country.name) if f.entry.kind == "country" and f.entry.country == code
        ][:1]

    def _container(self, phrase: str) -> frozenset[tuple[str, int | None]]:
        """The countries and provinces that the longest beginning of a phrase names, as (country, province number)."""
        gazetteer, words = self._gazetteer, phrase.split()
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size]).rstrip(",;:")
            for form in dict.fromkeys((name, name.rstrip("."), name + ".")):
                short = gazetteer.words.abbreviations.get(form)
                if short:
                    return frozenset(
                        (short[1], f.entry.number)
                        for f in gazetteer.find(short[0])
                        if f.entry.kind == "province" and f.entry.country == short[1]
                    )
            code = gazetteer.countries.country_of(name, parts=False)
            codes = {code} if code else set(gazetteer.countries.readings(name))
            out: set[tuple[str, int | None]] = {(c, None) for c in codes}
            for found in gazetteer.find(name):
                if found.entry.kind == "province" and found.entry.country:
                    out.add((found.entry.country, found.entry.number))
            if out:
                return frozenset(out)
        return frozenset()


@lru_cache(maxsize=4)
def names_of(gazetteer: Gazetteer) -> PlaceNames:
    """The names of a gazetteer, with what is remembered of them."""
    return PlaceNames(gazetteer)


def is_short_form(name: str) -> bool:
    """Whether a name is an abbreviation in capitals: "LA", "N.Y.", "EU"; also "Tex." and other ends in a full stop."""
    letters = name.replace(".", "")
    return len(letters) <= 3 and (letters.isupper() or name.endswith("."))


def _is_demonym(text: str, gazetteer: Gazetteer) -> bool:
    """Whether an ambiguous word is a people's name ("Korean") and not a country's ("Korea")."""
    return any(
        place_key(text) in {place_key(w) for w in (*c.adjectives, *(p for pair in c.people for p in pair))}
        for c in (gazetteer.countries.get(code) for code in gazetteer.countries.readings(text))
        if c is not None
    ) or text.endswith(("n", "ns", "ese", "er", "ers"))
