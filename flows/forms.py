"""Pieces of the officers' forms: every field has a title, words and a place.

The Prefect UI shows a field's title and description and orders by `position`; a field without one
jumps. Prefect gives a parameter its own name as title unless the extra schema says otherwise, and
takes the description only from a `Field` that stands as the default.

Every field is required here. Defaults stand in prefect.yaml, where the server fills them in; a
default in a `Field` would reach the flow as the `Field` itself. The server refuses what does not
fit the schema before a run exists, so that a name typed into a wrong field is kept nowhere. The
flows do not validate again: the message of such a failure would hold the values.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field

from rights.errors import InputError

_DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"


def field(
    position: int, title: str, words: str, *, options: tuple[str, ...] = (), pattern: str = ""
) -> Any:
    """A form field at a place, with its title and one or two plain sentences."""
    extra: dict[str, Any] = {"title": title, "position": position}
    if options:
        extra["enum"] = list(options)
    if pattern:
        extra["pattern"] = pattern
    return Field(description=words, json_schema_extra=extra)


def date_field(position: int, title: str, words: str) -> Any:
    """A field for a day: a calendar in the UI, and text to the flow (see `day`)."""
    extra: dict[str, Any] = {
        "title": title,
        "position": position,
        "format": "date",
        "pattern": _DATE_PATTERN,
    }
    return Field(description=f"{words} {_DATE_WORDS}".strip(), json_schema_extra=extra)


def reference_field(position: int) -> Any:
    """The field for a case reference; its pattern lets slips through to a plain answer."""
    return field(position, "Case reference", _REFERENCE_WORDS, pattern=_REFERENCE_PATTERN)


def day(text: str) -> dt.date:
    """The day that a date field gave.

    Raises:
        InputError: the calendar has no such day.
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "form.day",
            "The calendar has no such day.",
            "Write it as year-month-day: 2026-11-22.",
        ) from None


_REFERENCE_PATTERN = r"^\s*[A-Za-z]{3}[- ]?[0-9Oo]{4}[- ]?[0-9Oo]{1,7}[- ]?[A-Za-z0-9]\s*$"
_REFERENCE_WORDS = (
    "As on the case board, such as SAR-2026-0041-K. The last letter catches slips; the run "
    "answers first with what the case is."
)
_DATE_WORDS = "A day in London, as year-month-day (22 November 2026 is 2026-11-22)."
