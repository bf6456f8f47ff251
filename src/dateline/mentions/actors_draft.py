"""The working copy of an actor while its phrase is read: the one mutable value of this room, never handed out."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.mentions.roles import RoleClass


@dataclass(slots=True)
class Draft:
    """An actor in the making."""

    sentence: int
    head: int
    first: int
    last: int
    kind: str = "other"
    name: str | None = None
    name_tokens: tuple[int, int] | None = None
    entity: str | None = None
    country: str | None = None
    sector: str | None = None
    others: tuple[str, ...] = ()
    office: str | None = None
    country_basis: str | None = None
    sector_basis: str | None = None
    role: RoleClass | None = None
    former: bool = False
    foreign: bool = False  # "Western officials": no country may be inferred
    partial: bool = False  # of a state that few recognise: PLOVER's PRE
    plural: bool = False
    definite: bool = False
    chain: int | None = None
    rules: list[str] = field(default_factory=list)
    countries: tuple[str, ...] = ()  # "the two Koreas": all of them; ``country`` is the first
    readings: tuple[str, ...] = ()
    word: str = ""  # the lemma of its head
    core: tuple[int, int] | None = None  # the tokens of its phrase without complements, where they were read

    def set_country(self, country: str | None, basis: str) -> bool:
        """Fill the country if it is not known yet."""
        if country is None or self.country is not None:
            return False
        self.country, self.country_basis = country, basis
        return True

    def set_sector(self, sector: str | None, basis: str) -> bool:
        """Fill the sector if it is not known yet."""
        if sector is None or self.sector is not None:
            return False
        self.sector, self.sector_basis = sector, basis
        return True

    def set_countries(self, codes: tuple[str, ...], basis: str) -> None:
        """Fill the countries of a phrase that names several actors."""
        if len(codes) > 1:
            self.countries = codes
            self.country, self.country_basis = codes[0], basis

    @property
    def basis(self) -> str | None:
        """How country and sector are known, in words."""
        sector, country = self.sector_basis, self.country_basis
        return f"{sector}, {country}" if sector and country and sector != country else sector or country or None
