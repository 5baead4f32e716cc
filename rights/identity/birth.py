"""Dates of birth compared, with the ways in which they are keyed wrongly or stood in for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA

from rights.identity.comparison import Comparison

# Born this many weeks before or after the expected date, at the most.
_EARLY = dt.timedelta(weeks=16)
_LATE = dt.timedelta(weeks=3)
GENERATION = 12
"""Years between two dates of birth from which equal names mean parent and child, not a slip."""
_ORDER = (
    "exact", "swapped", "expected", "exact_default", "one_digit", "default_year", "two_parts",
    "two_digits", "different", "generation",
)  # fmt: skip


def compare_births(
    asked: Collection[dt.date], held: Collection[dt.date], expected: dt.date | None
) -> Comparison | None:
    """The best level any pair of dates reaches; None when a side has none.

    Args:
        asked: Dates of birth asked for.
        held: The record's.
        expected: The record's expected date of an unborn child, used only when `held` is empty.
    """
    if len(asked) == len(held) == 1:
        (q,), (r,) = asked, held
        return Comparison("date_of_birth", _level(q, r), q, r)
    found = [(_level(q, r), q, r) for q in asked for r in held]
    if expected and not held:
        for q in asked:
            near = expected - _EARLY <= q <= expected + _LATE
            found.append(("expected" if near else "different", q, expected))
    if not found:
        return None
    level, q, r = min(found, key=lambda item: _ORDER.index(item[0]))
    return Comparison("date_of_birth", level, q, r)


@lru_cache(maxsize=20_000)
def _digits(day: dt.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _is_default(day: dt.date) -> bool:
    return day.day == 1 and day.month == 1


@lru_cache(maxsize=20_000)
def _level(asked: dt.date, held: dt.date) -> str:
    if asked == held:
        return "exact_default" if _is_default(held) else "exact"
    if asked.year == held.year:
        if (asked.day, asked.month) == (held.month, held.day):
            return "swapped"
        if _is_default(asked) or _is_default(held):
            return "default_year"
    slips = OSA.distance(_digits(asked), _digits(held))
    if slips == 1:
        return "one_digit"
    equal = (asked.year == held.year) + (asked.month == held.month) + (asked.day == held.day)
    if equal == 2:
        return "two_parts"
    if slips == 2:
        return "two_digits"
    return "generation" if abs(asked.year - held.year) >= GENERATION else "different"
