"""What the figures are told about each case, and the period they are made for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from rights.case import Case
from rights.clock import ClockFacts, Trigger
from rights.errors import InputError
from rights.events.kinds import BreachAssessed, BreachNoted
from rights.release import Told


@dataclass(frozen=True, slots=True)
class Period:
    """The days that figures are made for, both included.

    Raises:
        InputError: ``figures.period``: it ends before it begins.
    """

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputError(
                "figures.period",
                "The period ends before it begins.",
                "Give the first day after --from and the last day after --to.",
            )

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Use:
    """How far one exemption was used in what was sent, as the requester was told of it.

    Attributes:
        code: Code of the exemption.
        pages: Pages with something withheld under it.
        passages: Decisions that withheld something under it.
        told: How much was said of it. What was withheld silently has no value of this type, so it
            can be itemised nowhere.
    """

    code: str
    pages: int
    passages: int
    told: Told = Told.NAMED


@dataclass(frozen=True, slots=True)
class Opinion:
    """A health opinion.

    Attributes:
        asked_on: The day the professional was asked.
        answered_on: The day the answer came.
        dated: The day the answer is of; its months of use run from there.
    """

    asked_on: dt.date
    answered_on: dt.date | None = None
    dated: dt.date | None = None


@dataclass(frozen=True, slots=True)
class BreachFacts:
    """A breach with its assessments, each with the day it was recorded, oldest first."""

    noted: BreachNoted
    assessed: tuple[tuple[dt.date, BreachAssessed], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case as it is counted.

    Attributes:
        case: The case.
        clock: What its time is counted from.
        acknowledged_on: The day the acknowledgement was made.
        sends_pages: Whether pages of documents were sent; None where that cannot be known (the
            case's key was destroyed, or nothing was sealed).
        uses: Exemptions used in what was sent, as the requester was told of them.
        services: Services whose records were sent, by title; None where that cannot be known.
        opinions: Health opinions that were needed.
        breaches: Breaches found in what was sent or lost.
        reminders: Days on which reminders left.
        recipients: How it ended with those who had the data; empty where nobody had to be told.
    """

    case: Case
    clock: ClockFacts
    acknowledged_on: dt.date | None = None
    sends_pages: bool | None = None
    uses: tuple[Use, ...] = ()
    services: tuple[str, ...] | None = None
    opinions: tuple[Opinion, ...] = ()
    breaches: tuple[BreachFacts, ...] = ()
    reminders: tuple[dt.date, ...] = ()
    recipients: str = ""


def as_at(facts: ClockFacts, day: dt.date) -> ClockFacts:
    """The facts as they stood at the end of a day: what came later is still awaited."""
    extension = facts.extension
    return replace(
        facts,
        identity=_triggers(facts.identity, day),
        authority=_triggers(facts.authority, day),
        fee=_triggers(facts.fee, day),
        pauses=tuple(
            replace(pause, answered_on=_by(pause.answered_on, day))
            for pause in facts.pauses
            if pause.asked_on <= day
        ),
        extension=extension if extension and extension.noticed_on <= day else None,
    )


def _triggers(triggers: tuple[Trigger, ...], day: dt.date) -> tuple[Trigger, ...]:
    return tuple(
        replace(trigger, met_on=_by(trigger.met_on, day))
        for trigger in triggers
        if trigger.asked_on <= day
    )


def _by(happened: dt.date | None, day: dt.date) -> dt.date | None:
    return happened if happened is not None and happened <= day else None
