"""What the figures are told about each case, and the period they are made for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from rights.case import Case
from rights.clock import ClockFacts, Trigger
from rights.errors import InputError


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
    """How far one exemption was used in what was sent. The silent mode is never among these.

    Attributes:
        code: Code of the exemption.
        pages: Pages with something withheld under it.
        passages: Decisions that withheld something under it.
    """

    code: str
    pages: int
    passages: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """A health opinion: the day it was asked for, and the day its answer was recorded."""

    asked_on: dt.date
    answered_on: dt.date | None = None


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
        opinions: Health opinions that were needed.
        reminders: Days on which reminders left.
    """

    case: Case
    clock: ClockFacts
    acknowledged_on: dt.date | None = None
    sends_pages: bool | None = None
    uses: tuple[Use, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    reminders: tuple[dt.date, ...] = ()


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
