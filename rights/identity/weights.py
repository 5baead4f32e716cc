"""The one versioned table of weights, read once."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from math import log2
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rights.law.yamlfile import parse_yaml


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(_Part):
    """Probability of a level of agreement under the three hypotheses.

    Attributes:
        stranger: 'frequency' takes it from the index, multiplied by `times`.
    """

    same: float = Field(gt=0, le=1)
    family: float = Field(gt=0, le=1)
    stranger: float | Literal["frequency"]
    times: float = Field(1.0, gt=0, le=1)


class Smoothing(_Part):
    """What frequencies in a small index are drawn towards: `people` imagined records."""

    people: int
    forename: float
    surname: float
    place: float
    word: float

    def share(self, field: str) -> float:
        """The usual share of records that hold one value of a field."""
        usual = {"forename": self.forename, "surname": self.surname, "street": self.word}
        return usual.get(field, self.place)


class Prior(_Part):
    """Expected numbers of records per person: their own, and of relatives.

    Attributes:
        own_records: Used where the index is too small to measure it; so is `relatives`.
        measured_from: Records an index must have for the table to be fitted to it.
        sample: Records, or queries, looked at to fit it.
        unmatched: Chance that none of the records is the person's, where each has one at most;
            1 where a person may have many.
        few_relatives: Records of relatives, for each person, from which levels are not learnt.
        no_families: The same, below which tables are taken to hold no families.
        families: Whether guards ask about relatives; `fit` says where there are none.
        least_relatives: However few are found, as many as this are thought possible.
        imagined_same: Imagined pairs of one person's records that the levels are drawn towards.
        imagined_strangers: The same of strangers' records.
    """

    own_records: float
    relatives: float
    measured_from: int
    sample: int
    unmatched: float
    few_relatives: float
    no_families: float
    families: bool
    least_relatives: float
    imagined_same: float
    imagined_strangers: float
    frequency: Smoothing


class Bands(_Part):
    """Posterior probabilities from which a record is a match, or worth a look."""

    match: float
    review: float


class Weights(_Part):
    """The whole table; `weights.yaml` says where the numbers come from.

    Attributes:
        crowded_address: People recorded at an address from which it tells little.
        fits_another: Probability from which a record also fits another person.
        namesake: Odds of a stranger's from which a name and birthday alone are not enough.
    """

    version: int
    prior: Prior
    bands: Bands
    crowded_address: int
    fits_another: float
    namesake: float
    levels: dict[str, dict[str, Level]]

    @cached_property
    def bits(self) -> dict[tuple[str, str], tuple[float, float, float | None]]:
        """By field and level the three probabilities as log2; None for a frequency."""
        return {
            (field, name): (
                log2(level.same),
                log2(level.family),
                None if isinstance(level.stranger, str) else log2(level.stranger),
            )
            for field, levels in self.levels.items()
            for name, level in levels.items()
        }

    @cached_property
    def most_bits(self) -> dict[str, float]:
        """By field the most that a level with a fixed chance adds, at least nothing."""
        most = dict.fromkeys(self.levels, 0.0)
        for (field, _), (same, _, stranger) in self.bits.items():
            if stranger is not None:
                most[field] = max(most[field], same - stranger)
        return most

    @cached_property
    def counted_levels(self) -> dict[str, list[tuple[float, float]]]:
        """By field the levels whose chance is taken from the index: bits if same, and times."""
        found: dict[str, list[tuple[float, float]]] = {field: [] for field in self.levels}
        for (field, level), (same, _, stranger) in self.bits.items():
            if stranger is None:
                found[field].append((same, self.levels[field][level].times))
        return found

    @cached_property
    def most_against_family(self) -> dict[str, float]:
        """The most that names, places, numbers and contacts can add against family, together."""
        most = dict.fromkeys(self.levels, 0.0)
        for (field, _), (same, family, _) in self.bits.items():
            most[field] = max(most[field], same - family)
        return {
            "name": most["forename"] + most["middle_name"] + most["surname"],
            "place": most["address"] + most["street"],
            "number": sum([most[field] for field in ("nhs", "upn", "nino", "other_number")]),
            "contact": most["phone"] + most["email"],
        }


@cache
def load_weights() -> Weights:
    """The weights shipped with this version."""
    data = files("rights.identity").joinpath("weights.yaml").read_bytes()
    return Weights.model_validate(parse_yaml(data))
