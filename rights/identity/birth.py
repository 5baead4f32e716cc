"""Dates of birth compared, with the ways in which they are keyed wrongly, stood in for, or cut."""

from __future__ import annotations

import datetime as dt
import re
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


@lru_cache(maxsize=5_000)
def _digits(day: dt.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _is_default(day: dt.date) -> bool:
    return day.day == 1 and day.month == 1


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


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOUT = frozenset(
    [
        "about",
        "abt",
        "approx",
        "approximately",
        "around",
        "c",
        "ca",
        "circa",
        "est",
        "estimated",
        "~",
    ]
)
# What stands for a day or month that is not known, and words that say nothing.
_IDLE = frozenset(["0", "00", "born", "in", "x", "xx", "dd", "mm", "day", "month", "unknown"])
_PART = re.compile(r"[^\W\d_]+|\d+|~")
_SPREAD = 2  # years by which "about 1990" may be wrong either way


@lru_cache(maxsize=5_000)
def read_rough(text: str) -> str:
    """What is known of a date of birth that is not whole: its year, its month, or about when.

    >>> read_rough("05/1985"), read_rough("??/??/1985"), read_rough("circa 1990")
    ('1985-05', '1985', '~1990')

    Returns:
        "1985", "1985-05" or "~1990"; '' where the text is anything else.
    """
    # "1990?" is about 1990; in "??/05/1990" the day is not known.
    about = bool(re.search(r"\d\s?\?", text))
    year = month = ""
    for part in _PART.findall(text.casefold()):
        if part in _ABOUT:
            about = True
        elif len(part) == 4 and part.isdecimal() and not year:
            year = part
        elif part[:3] in _MONTHS and not month and len(part) >= 3:
            month = f"{_MONTHS.index(part[:3]) + 1:02}"
        elif len(part) <= 2 and part.isdecimal() and 1 <= int(part) <= 12 and not month:
            month = f"{int(part):02}"
        elif part not in _IDLE:
            return ""
    if not _plausible(year):
        return ""
    if about:
        return f"~{year}"
    return f"{year}-{month}" if month else year


_IMPOSSIBLE = re.compile(
    r"(?:\D|^)(\d{4})\W\d{1,2}\W\d{1,2}$|^\d{1,2}\W\d{1,2}\W(\d{4})\b|^(\d{4})\d{4}$"
)


def read_year(text: str) -> str:
    """The year of a date that cannot be: of its three parts the one keyed rightly most often.

    >>> read_year("1836-21-01"), read_year("31/02/1985"), read_year("12.1985.3")
    ('1836', '1985', '')
    """
    found = _IMPOSSIBLE.search(text.strip())
    return _plausible(next(filter(None, found.groups()))) if found else ""


def _plausible(year: str) -> str:
    """A year in which somebody may be born, unless systems fill it in for an unknown one."""
    return year if "1500" <= year <= "2100" and year not in ("1800", "1900", "1901") else ""


def rough_years(rough: str) -> range:
    """The years in which somebody born then may be born."""
    year = int(rough.lstrip("~")[:4])
    return range(year - _SPREAD, year + _SPREAD + 1) if rough[0] == "~" else range(year, year + 1)


_ROUGH_ORDER = (
    "month", "year", "about", "other_month", "near_year", "different", "generation",
)  # fmt: skip


def compare_rough(
    asked: Collection[dt.date],
    held: Collection[dt.date],
    asked_rough: Collection[str],
    held_rough: Collection[str],
) -> Comparison | None:
    """Dates of which a side has but the year or month; None when neither has such a one.

    Args:
        asked: Whole dates asked for.
        held: The record's whole dates.
        asked_rough: Partial dates asked for, as `read_rough` gives them.
        held_rough: The record's.
    """
    ones = [*asked_rough, *(day.isoformat() for day in asked)]
    others = [*held_rough, *(day.isoformat() for day in held)]
    found = [(_rough_level(one, other), one, other) for one in ones for other in others]
    if not found:
        return None
    level, one, other = min(found, key=lambda item: _ROUGH_ORDER.index(item[0]))
    return Comparison("birth_year", level, _in_words(one), _in_words(other))


def _rough_level(one: str, other: str) -> str:
    years, months = rough_years(one), rough_years(other)
    meet = years[0] <= months[-1] and months[0] <= years[-1]
    if meet:
        if "~" in (one[0], other[0]):
            return "about"
        # Of 1 January only the year can be meant.
        if min(len(one), len(other)) == 4 or "-01-01" in (one[4:], other[4:]):
            return "year"
        return "month" if one[5:7] == other[5:7] else "other_month"
    apart = max(years[0] - months[-1], months[0] - years[-1])
    if apart == 1:
        return "near_year"
    return "generation" if apart >= GENERATION else "different"


def _in_words(part: str) -> str:
    """A partial or whole date as officers write it: 05/1985, about 1990."""
    if part[0] == "~":
        return f"about {part[1:]}"
    return "/".join(reversed(part.split("-")))
