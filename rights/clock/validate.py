"""Dates that cannot be: refused before anything is counted."""

from __future__ import annotations

import datetime as dt

from rights.clock.facts import ClockFacts
from rights.errors import InputError
from rights.workdays import english


def check_dates(facts: ClockFacts) -> None:
    """Refuse facts whose dates contradict each other.

    Raises:
        InputError: ``clock.impossible_date``, naming which.
    """
    received = facts.received_on
    if facts.recorded_on is not None:
        _ordered("the request was logged", facts.recorded_on, "it was received", received)
    for what, triggers in (
        ("identity information", facts.identity),
        ("proof of authority", facts.authority),
        ("a fee", facts.fee),
    ):
        for trigger in triggers:
            asked = f"{what} was asked for"
            _ordered(asked, trigger.asked_on, "the request was received", received)
            if trigger.met_on is not None:
                _ordered(f"{what} came", trigger.met_on, "it was asked for", trigger.asked_on)
    for pause in facts.pauses:
        _ordered("a question was asked", pause.asked_on, "the request was received", received)
        if pause.answered_on is not None:
            _ordered("a question was answered", pause.answered_on, "it was asked", pause.asked_on)
    if facts.extension is not None:
        noticed = facts.extension.noticed_on
        _ordered("the extension was notified", noticed, "the request was received", received)


def check_not_future(what: str, day: dt.date, today: dt.date) -> None:
    """Refuse to record something as having happened on a day that has not come.

    Raises:
        InputError: ``clock.impossible_date``.
    """
    if day > today:
        raise InputError(
            "clock.impossible_date",
            f"{english(day)} is after today, so {what} cannot have happened then.",
            "Correct the date, or record it on the day it happens.",
        )


def _ordered(later: str, day: dt.date, earlier: str, before: dt.date) -> None:
    if day < before:
        raise InputError(
            "clock.impossible_date",
            f"By these dates {later} on {english(day)}, before {earlier} on {english(before)}.",
            "Correct whichever date is wrong; nothing was counted.",
        )
