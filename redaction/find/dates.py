"""Dates as British case files write them: 3/4/2011, 03.04.11, 3rd April 2011, 2011-04-03."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<d1>\d{1,2})\s?[/.\-]\s?(?P<m1>\d{1,2})\s?[/.\-]\s?(?P<y1>\d{4}|\d{2})"
    r"|(?P<y2>\d{4})-(?P<m2>\d{1,2})-(?P<d2>\d{1,2})(?:T00:00:00Z?)?"
    r"|(?P<d3>\d{1,2})(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?[\s-]+(?P<m3>[A-Za-z]{3,9})\.?,?[\s-]+(?P<y3>\d{4}|\d{2})"
    r"|(?P<m4>[ADFJMNOSadfjmnos][A-Za-z]{2,8})\.?\s+(?P<d4>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{4})"
    r")(?![\w/])"
)
_CENTURY_TURN = 40
"""Two-digit years up to this one are in 20xx, the rest in 19xx: births, not forecasts."""


class FoundDate(NamedTuple):
    """A date and its place in the text."""

    start: int
    end: int
    day: dt.date


def dates_in(text: str) -> Iterator[FoundDate]:
    """The valid dates in a text, day before month as in Britain."""
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        for number in "1234":
            if groups[f"d{number}"]:
                day = _day(groups[f"d{number}"], groups[f"m{number}"], groups[f"y{number}"])
                if day:
                    yield FoundDate(match.start(), match.end(), day)


def _day(day: str, month: str, year: str) -> dt.date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    full = int(year)
    if len(year) == 2:
        full += 2000 if full <= _CENTURY_TURN else 1900
    try:
        return dt.date(full, number, int(day))
    except ValueError:
        return None
