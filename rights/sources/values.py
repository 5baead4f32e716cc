"""Reading the values that systems export: blanks, dates, flags and sexes in their many writings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from rights.sources.longdates import LATEST_SHORT, read_long_date, read_serial

# What spreadsheets and extracts write for "nothing".
BLANKS = frozenset(["", "#n/a", "n/a", "#ref!", "#value!", "null", "none", "nan", "nat", "-"])
_LONGEST_BLANK = max(map(len, BLANKS))
_TRUE = frozenset(["y", "yes", "true", "1", "t", "a) yes"])
DATE_FORMATS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%Y-%b-%d",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%Y%m%d",
    "%Y/%m/%d",
    "%d/%m/%y",
)
"""Formats tried in order. Slashed dates are read day first, as the DfE returns write them.

What fits none is read by `longdates`. A mapping may name `excel` besides: days as numbers.
"""

_COMPACT, _COMPACT_LENGTH = "%Y%m%d", 8
_SERIAL = "excel"
_LATEST_BIRTH = 2030
"""Whoever was born in a year written with the digits 31 to 39 was born in the last century."""

_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")


def clean(value: object) -> str:
    """A cell as text: spaces tidied, spreadsheet blanks empty, whole numbers without ``.0``."""
    if isinstance(value, str):
        return _tidied(value)
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _tidied(str(value))


def _tidied(text: str) -> str:
    # Most cells are plain; this is asked for every one of them.
    if not (text.isascii() and text.isprintable()):
        text = text.replace("\u00a0", " ").replace("\ufeff", "").replace("\x00", "")
    text = text.strip()
    return "" if len(text) <= _LONGEST_BLANK and text.casefold() in BLANKS else text


def read_date(value: object, formats: Sequence[str] = DATE_FORMATS) -> dt.date | None:
    """The date in a cell, or None when there is none or it cannot be read.

    >>> read_date("2012-Jan-21 00:00:00")
    datetime.date(2012, 1, 21)
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return _date_of(clean(value), tuple(formats))


@lru_cache(maxsize=30_000)
def _date_of(text: str, formats: tuple[str, ...]) -> dt.date | None:
    text = _TIME.sub("", text)
    if not text:
        return None
    for form in formats:
        if form == _COMPACT and len(text) != _COMPACT_LENGTH:
            continue  # "198512" is a month, not the second of January
        if form == _SERIAL:
            if found := read_serial(text):
                return found
            continue
        try:
            found = dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        if "%y" in form and found.year > LATEST_SHORT:
            return found.replace(year=found.year - 100)
        return found
    return read_long_date(text)


def read_birth(value: object, formats: Sequence[str] = DATE_FORMATS) -> dt.date | None:
    """A date of birth, days as numbers included; a short year that lies ahead is of the last one.

    >>> read_birth("39906"), read_birth("3/4/38")
    (datetime.date(2009, 4, 3), datetime.date(1938, 4, 3))
    """
    found = read_date(value, formats)
    if found is None:
        return read_serial(clean(value))
    if found.year > _LATEST_BIRTH and str(found.year) not in str(value):
        return found.replace(year=found.year - 100)
    return found


def read_flag(value: object) -> bool:
    """Whether a cell says yes."""
    return clean(value).casefold() in _TRUE


def read_sex(value: object) -> str:
    """'M', 'F' or '' from the codes in use: letters, words, DfE 1 and 2, Annex A 'a) Male'."""
    text = clean(value).casefold()
    if len(text) > 2 and text[1] == ")":
        text = text[2:].strip()
    if text in ("m", "male", "1", "boy"):
        return "M"
    return "F" if text in ("f", "female", "2", "girl") else ""


def column_name(text: object) -> str:
    """A header as it is compared: no case, one space between words, no byte-order mark."""
    return _folded(text if isinstance(text, str) else str(text))


@lru_cache(maxsize=5_000)
def _folded(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").replace("\u00a0", " ").casefold().split())
