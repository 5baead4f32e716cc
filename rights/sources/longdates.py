"""Dates as people and programs write them beyond the few forms of `values.DATE_FORMATS`."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""First three letters of the months, in their order."""
LATEST_SHORT = 2039
"""A year of two digits up to 39 is of this century: children are born in it, and plans end in it;
from 40 on it is of the last one, in which their parents and grandparents were born."""

_LONGEST = 60  # letters; "Wednesday, 23rd September 2009, 12:00:00 AM" has 44
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:[a-z]*day)?\b[,.]?")
_LABEL = re.compile(r"^(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\b[\s:.]*")
_AFTER = re.compile(r"\s*[(\[][^()\[\]?~]*[)\]]$")  # "(17)", "(aged 17 yrs)"
_DOUBT = re.compile(r"\b(?:c|ca|circa|est|estimated|about|abt|approx\w*|around)\b|[?~]")
_TIME = re.compile(r"[t\s]\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.:]\d+)?)?\s*(?:am|pm|z|gmt|bst)?$")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_PARTS = re.compile(
    r"(\d{1,4}|[a-z]{3,9})(?:st|nd|rd|th)?[\s,./|_-]+(?:of\s+)?(\d{1,2}|[a-z]{3,9})"
    r"(?:st|nd|rd|th)?[\s,./|'_-]+(\d{1,4})"
)
_RUN = re.compile(r"\d{7,8}|\d{14}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO = dt.date(1899, 12, 30)  # so that 1 March 1900 and every later day come out right
_SERIALS = range(3_654, 54_789)  # 1 January 1910 to 31 December 2049


def read_long_date(text: str) -> dt.date | None:
    """The date in a text, day first unless the year leads or the month is a word.

    Weekdays, ordinals, a time of day, a label ("DOB: ") and an age in brackets are passed over. A
    date said to be about right is none.

    >>> read_long_date("Fri 3rd April 2009"), read_long_date("03-Apr-09"), read_long_date("3042009")
    (datetime.date(2009, 4, 3), datetime.date(2009, 4, 3), datetime.date(2009, 4, 3))
    """
    if len(text) > _LONGEST:
        return None
    plain = " ".join(text.translate(_DASHES).casefold().strip(" '\"").split())
    if not plain or _DOUBT.search(plain):
        return None
    plain = _AFTER.sub("", _LABEL.sub("", plain))
    plain = _TIME.sub("", _WEEKDAY.sub("", plain).strip())
    if _RUN.fullmatch(plain):
        return _of_run(plain)
    found = _PARTS.fullmatch(plain)
    return _of_parts(*found.groups()) if found else None


def read_serial(text: str) -> dt.date | None:
    """The day that a spreadsheet keeps as a number of days, as a raw export shows it.

    >>> read_serial("39906")
    datetime.date(2009, 4, 3)

    Returns:
        None for what is no such number, or one outside 1910 to 2049.
    """
    found = _SERIAL.fullmatch(text)
    if not found or int(found[1]) not in _SERIALS:
        return None
    return _SERIAL_ZERO + dt.timedelta(days=int(found[1]))


def _of_run(digits: str) -> dt.date | None:
    """Eight digits with the year last, its first zero lost perhaps, or a stamp with the time."""
    if len(digits) == 14:
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    digits = digits.zfill(8)
    year = int(digits[4:])
    # A year outside these would be a number of another kind.
    return _day(year, int(digits[2:4]), int(digits[:2])) if 1900 <= year < 2100 else None


def _of_parts(one: str, two: str, three: str) -> dt.date | None:
    if len(one) > 2 and one.isdecimal():
        year, middle, day = one, two, three
    elif one.isalpha():
        middle, day, year = one, two, three
    else:
        day, middle, year = one, two, three
    month = _month(middle)
    if not month or not day.isdecimal() or len(year) not in (2, 4):
        return None
    number = int(year)
    if len(year) == 2:
        number += 2000 if number + 2000 <= LATEST_SHORT else 1900
    return _day(number, month, int(day))


def _month(text: str) -> int:
    """Its number; 0 for what is none."""
    if text.isdecimal():
        return int(text)
    known = text[:3] in MONTHS and (text == "sept" or len(text) == 3)
    if known:
        return MONTHS.index(text[:3]) + 1
    return _FULL.index(text) + 1 if text in _FULL else 0


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
