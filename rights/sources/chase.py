"""When a place that was asked and has not answered is chased: pure functions of dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rights.sources.mapping import Chase
from rights.workdays import Calendar, add_working_days


class Rung(StrEnum):
    """The steps of the ladder, in order."""

    REMINDER = "reminder"
    ESCALATION = "escalation"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung and the day from which it stands."""

    rung: Rung
    on: dt.date


def ladder(asked_on: dt.date, chase: Chase, calendar: Calendar) -> tuple[Step, ...]:
    """The rungs for a place that was asked on a day, in the order of their days.

    Args:
        asked_on: Day of the sheet.
        chase: Working days of this place's mapping.
        calendar: Working days of England and Wales.
    """
    days = (
        (Rung.REMINDER, chase.remind),
        (Rung.ESCALATION, chase.escalate),
        (Rung.OVERDUE, chase.overdue),
    )
    steps = (Step(rung, add_working_days(asked_on, count, calendar)) for rung, count in days)
    return tuple(sorted(steps, key=lambda step: step.on))


def standing(steps: tuple[Step, ...], today: dt.date) -> Step | None:
    """The highest rung reached today: of several that were missed only the last one speaks."""
    reached = [step for step in steps if step.on <= today]
    return reached[-1] if reached else None


def answer_by(steps: tuple[Step, ...], today: dt.date) -> dt.date:
    """The day until which a letter of today asks for an answer: the next rung's, or today."""
    return next((step.on for step in steps if step.on > today), today)
