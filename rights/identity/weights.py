"""The one versioned table of weights, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(_Part):
    """Probability of a level of agreement under the three hypotheses."""

    same: float = Field(gt=0, le=1)
    family: float = Field(gt=0, le=1)
    stranger: float | Literal["frequency"]


class Smoothing(_Part):
    """What frequencies in a small index are drawn towards: `people` imagined records."""

    people: int
    forename: float
    surname: float
    place: float


class Prior(_Part):
    """Expected numbers of records per person: their own, and of relatives."""

    own_records: float
    relatives: float
    frequency: Smoothing


class Bands(_Part):
    """Posterior probabilities from which a record is a match, or worth a look."""

    match: float
    review: float


class Weights(_Part):
    """The whole table; `weights.yaml` says where the numbers come from."""

    version: int
    prior: Prior
    bands: Bands
    crowded_address: int
    parent_gap_years: int
    fits_another: float
    levels: dict[str, dict[str, Level]]


@cache
def load_weights() -> Weights:
    """The weights shipped with this version."""
    text = files("rights.identity").joinpath("weights.yaml").read_text(encoding="utf-8")
    return Weights.model_validate(yaml.safe_load(text))
