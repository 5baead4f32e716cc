"""What comparing one field gives, and when two words may be one word misspelt."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import jellyfish
from rapidfuzz.distance import OSA, JaroWinkler

Value = str | dt.date | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""A value as it was compared: put into words only when somebody is to read it."""


class Comparison(NamedTuple):
    """One field compared.

    Attributes:
        field: Name of the field, as in weights.yaml.
        level: Name of the level reached.
        asked_value: The value asked for that made the level.
        held_value: The record's value that made it.
        counted: (kind, value) pairs whose frequency in the index is the stranger's chance.
    """

    field: str
    level: str
    asked_value: Value
    held_value: Value
    counted: tuple[tuple[str, str], ...] = ()

    @property
    def asked(self) -> str:
        """The value asked for, as an officer reads it."""
        return _written(self.field, self.asked_value)

    @property
    def held(self) -> str:
        """The record's value, as an officer reads it."""
        return _written(self.field, self.held_value)


def _written(field: str, value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    words = [part if isinstance(part, str) else _titled(part) for part in value]
    if field == "street":
        return _titled(tuple(word for word in words if word))
    return (" / " if field in ("forename", "surname") else ", ").join(words)


def _titled(words: tuple[str, ...]) -> str:
    return " ".join(word.title() for word in words)


def is_close(one: str, other: str) -> bool:
    """Whether two words may be one word with a slip of the keys."""
    if min(len(one), len(other)) < 4:
        # In a short word one slip makes another name; only letters changing places are left.
        return len(one) == len(other) == 3 and OSA.distance(one, other) <= 1 and (
            sorted(one) == sorted(other)
        )  # fmt: skip
    return (
        JaroWinkler.similarity(one, other, score_cutoff=0.92) >= 0.92
        or OSA.distance(one, other, score_cutoff=1) <= 1
    )


@lru_cache(maxsize=8_000)
def is_alike(one: str, other: str) -> bool:
    """Whether two words may be one word heard wrongly, cut short, or keyed with several slips."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 3:
        return False
    if longer.startswith(shorter) or (len(shorter) >= 4 and longer.endswith(shorter)):
        return True
    slips = OSA.distance(one, other)
    if slips <= (2 if len(shorter) >= 5 else 1):
        return True
    if len(shorter) >= 4 and _sound(one) == _sound(other):
        return True
    return slips <= len(shorter) // 2 and JaroWinkler.similarity(one, other) >= 0.85


@lru_cache(maxsize=8_000)
def _sound(word: str) -> str:
    return jellyfish.metaphone(word) or word
