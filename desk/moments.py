"""Days and times as people enter them at the desk, by the clock on the wall in London."""

from __future__ import annotations

import datetime as dt

from desk.web import Sent, Visit
from rights.errors import InputError


def instant(visit: Visit, form: Sent, name: str) -> dt.datetime:
    """The instant that the fields `name_day` and `name_time` give.

    Raises:
        InputError: ``desk.date``.
    """
    try:
        day = dt.date.fromisoformat(form.text(f"{name}_day"))
        time = dt.time.fromisoformat(form.text(f"{name}_time"))
    except ValueError:
        raise no_date() from None
    return dt.datetime.combine(day, time.replace(tzinfo=None), visit.office.zone)


def optional_day(text: str) -> dt.date | None:
    """A day, or None for an empty field.

    Raises:
        InputError: ``desk.date``.
    """
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise no_date() from None


def no_date() -> InputError:
    """What is said of a day or time that is missing or wrong."""
    return InputError(
        "desk.date",
        "A day or a time is missing or cannot be read.",
        "Choose the day, and give the time as 14:30.",
    )
