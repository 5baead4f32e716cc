"""Bands of age: which question is asked, never how it is answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rights.law import Law


class Band(StrEnum):
    """Where somebody stands by age."""

    CHILD = "child"
    """Each child is asked about; no age in England answers for them."""
    YOUNG = "young person"
    """Presumed able to decide."""
    ADULT = "adult"
    """No parent decides any more."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The ages in years at which the bands begin, by the law of one day.

    Attributes:
        guide: From here on a child can be expected to understand such a request.
        young: From here on capacity is presumed.
        adult: From here on parental responsibility has ended.
    """

    guide: int
    young: int
    adult: int

    def of(self, born: dt.date | None, on: dt.date) -> Band:
        """The band of somebody on a day; a birthday counts from its first hour.

        An unknown date of birth gives the band that asks the most.
        """
        if born is None:
            return Band.CHILD
        age = age_on(born, on)
        if age >= self.adult:
            return Band.ADULT
        return Band.YOUNG if age >= self.young else Band.CHILD

    def code(self, band: Band) -> str:
        """The band as matters name it: 'under-16', '16-17', 'adult'."""
        match band:
            case Band.CHILD:
                return f"under-{self.young}"
            case Band.YOUNG:
                return f"{self.young}-{self.adult - 1}"
            case Band.ADULT:
                return "adult"


def bands_of(law: Law, on: dt.date) -> Bands:
    """The bands in force on a day."""
    guide, young, adult = (
        law.number(f"standing.{name}", on) for name in ("guide_age", "presumed_from", "adult_from")
    )
    return Bands(guide, young, adult)


def age_on(born: dt.date, on: dt.date) -> int:
    """Full years of life on a day; who was born on 29 February is a year older on 1 March."""
    not_yet = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - not_yet
