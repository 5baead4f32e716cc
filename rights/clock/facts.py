"""What the clock is told about a case, and what it tells in return.

All dates are local ones (Europe/London): an email of 23:30 UTC in July belongs to the next day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rights.release import Right


class ClockState(StrEnum):
    """Where the time stands. What was sent, refused or withdrawn is the case's to say."""

    AWAITING_ID = "awaiting identity"
    AWAITING_AUTHORITY = "awaiting authority"
    AWAITING_FEE = "awaiting fee"
    RUNNING = "running"
    PAUSED = "paused"
    EXTENDED = "extended"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something asked for that starts the time anew when it comes (Art 12A(2)).

    Attributes:
        asked_on: The day it was asked for.
        met_on: The day it came, was paid, or was found not to be needed; None while awaited.
        grounds_recorded: Whether the lawful ground stands on file: for identity the reasonable
            doubt (Art 12(6)), for a fee the manifestly unfounded or excessive request (Art 12(5)).
            Without it the start stays where it was.
    """

    asked_on: dt.date
    met_on: dt.date | None = None
    grounds_recorded: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """A question about what is wanted (Art 12A(5)). `answered_on` is None while it is open."""

    asked_on: dt.date
    answered_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """Notice to the person that the time is extended, with its reasons (Art 12A(3)-(4))."""

    noticed_on: dt.date
    ground: str
    reasons_recorded: bool = False


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """Everything about a case that moves its time, in any order.

    Attributes:
        right: The right used.
        received_on: The day anyone in the council received it.
        recorded_on: The day it was logged as a request; None if not known.
        identity: Requests for proof of identity.
        authority: Requests for proof that somebody may act for the person.
        fee: Fees charged.
        pauses: Questions about what is wanted.
        extension: The one extension, if notice was given.
    """

    right: Right
    received_on: dt.date
    recorded_on: dt.date | None = None
    identity: tuple[Trigger, ...] = ()
    authority: tuple[Trigger, ...] = ()
    fee: tuple[Trigger, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the working, in plain words, with the rule it rests on."""

    text: str
    rule_id: str
    citation: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something recorded that the law does not let count, and why."""

    code: str
    text: str
    rule_id: str
    citation: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Something lawful that an officer should look at."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a case, as it stands on a day, with its working.

    Attributes:
        state: Where it stands.
        right: The right used.
        today: The day it was read for.
        received_on: The day of receipt.
        relevant_day: The day the period is counted from; None while something is awaited.
        unrolled: The last day before weekends and holidays are looked at.
        due: The last day to answer; None while something is awaited or a question is open.
        notice_by: The last day to give notice of an extension; None as for `due`, or when the
            right allows none.
        standing_due: The day to plan with: `due`, or what it would be if everything awaited had
            come and every open question were not counted.
        internal_target: The cautious flat target, pauses added; never after `due`.
        reply_day_target: `due` if the day of each answer counted; None without a pause.
        days_left: Days from today to `due`, negative when past.
        days_used: Days of the period gone by today, excluded days left out.
        excluded_days: Days that do not count, up to the end.
        recognition_lag: Days from receipt until it was logged.
        extended: Whether a valid extension counts.
        steps: The working.
        warnings: What an officer should look at.
        rejected: What was recorded but does not count.
        law_version: SHA-256 of the law data used.
    """

    state: ClockState
    right: Right
    today: dt.date
    received_on: dt.date
    relevant_day: dt.date | None
    unrolled: dt.date | None
    due: dt.date | None
    notice_by: dt.date | None
    standing_due: dt.date
    internal_target: dt.date | None
    reply_day_target: dt.date | None
    days_left: int | None
    days_used: int
    excluded_days: int
    recognition_lag: int | None
    extended: bool
    steps: tuple[Step, ...]
    warnings: tuple[Caution, ...]
    rejected: tuple[Rejected, ...]
    law_version: str

    def explain_lines(self) -> tuple[str, ...]:
        """The working as plain sentences with citations; what does not count comes last."""
        return (
            *(f"{step.text} {step.citation}." for step in self.steps),
            *(f"{item.text} {item.citation}." for item in self.rejected),
        )
