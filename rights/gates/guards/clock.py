"""What moves the time, and the days on which things happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from rights.clock import check_extension, check_pause, check_receipt, read_clock
from rights.clock.of_case import facts_of
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard


def _day_of(event: Event) -> dt.date | None:
    """The day on which what an event records happened."""
    match event:
        case k.CaseOpened() | k.EvidenceReceived() | k.RegulatorContacted():
            return event.received_on
        case k.EvidenceAsked() | k.ClockPaused() | k.FeeCharged() | k.OpinionAsked():
            return event.asked_on
        case k.ClockResumed():
            return event.answered_on
        case k.FeePaid():
            return event.paid_on
        case k.TimeExtended():
            return event.noticed_on
        case k.ItemArrived():
            return event.arrived_on
        case k.DispatchConfirmed() | k.SendingConfirmed():
            return event.sent_on
        case k.OutboxTaken():
            return event.taken_on
        case _:
            return None


@guard
def not_in_future(attempt: Attempt) -> None:
    """What happened, happened today or before."""
    day = _day_of(attempt.event)
    if day is not None and day > attempt.today:
        raise InputError(
            "record.future", f"The date {day:%d %B %Y} lies ahead.", "Give the day it happened."
        )


@guard
def not_before_receipt(attempt: Attempt) -> None:
    """Nothing about a request happens before it was received."""
    day, received = _day_of(attempt.event), attempt.case.received_on
    if day is not None and received is not None and day < received:
        raise InputError(
            "record.before_receipt",
            f"The date {day:%d %B %Y} lies before the request was received.",
            "Give the day it happened, or correct the date of receipt first.",
        )


@guard
def receipt_can_be(attempt: Attempt) -> None:
    """The day of receipt is no day ahead, and its time can be reckoned: calendar and horizon."""
    event = attempt.event
    if isinstance(event, k.CaseOpened | k.ReceiptCorrected):
        check_receipt(event.received_on, attempt.today, attempt.law)


@guard
def correction_has_reason(attempt: Attempt) -> None:
    """A date of receipt changes only with the reason why the earlier one was wrong."""
    event = attempt.event
    if isinstance(event, k.ReceiptCorrected) and not event.reason.strip():
        raise RefusedError(
            "record.no_reason",
            "Nothing says how it is known that the request was received on another day.",
            "Write the reason: the date stamp, the log of the mailbox, who had it first.",
        )


@guard
def evidence_was_asked(attempt: Attempt) -> None:
    """Evidence that nobody asked for moves no date."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.EvidenceReceived):
        return
    if not any(isinstance(e, k.EvidenceAsked) and e.what == event.what for e in case.evidence):
        raise RefusedError(
            "record.not_asked",
            f"No {event.what} evidence was asked for in {case.ref}, so its arrival moves no date.",
            "Record it as 'something else', or record first that it was asked for.",
        )


@guard
def doubt_recorded(attempt: Attempt) -> None:
    """Proof is asked for only where there is a doubt, and it is written down."""
    event = attempt.event
    if isinstance(event, k.EvidenceAsked) and not (event.doubt_recorded and event.doubt.strip()):
        raise RefusedError(
            "record.no_doubt",
            "Proof may be asked for only where there is a reasonable doubt, and none is recorded.",
            "Write what makes it doubtful; if nothing does, answer without asking.",
        )


@guard
def clock_is_paused(attempt: Attempt) -> None:
    """Only a time that stands still goes on again."""
    if not any(answered is None for _, answered in attempt.case.pauses):
        raise RefusedError(
            "record.not_paused",
            f"The time of {attempt.case.ref} is not paused, so there is no answer to wait for.",
            "Record it as 'something else'.",
        )


@guard
def answer_follows_question(attempt: Attempt) -> None:
    """A pause does not end before it began."""
    event = attempt.event
    asked = max((a for a, b in attempt.case.pauses if b is None), default=None)
    if isinstance(event, k.ClockResumed) and asked is not None and event.answered_on < asked:
        raise InputError(
            "record.before_question",
            f"The answer of {event.answered_on:%d %B %Y} lies before the question was asked.",
            "Give the day on which the answer reached anyone in the council.",
        )


@guard
def pause_lawful(attempt: Attempt) -> None:
    """An access request, a reason, no other pause, and the time not over (Art 12A(5))."""
    event = attempt.event
    if isinstance(event, k.ClockPaused):
        check_pause(
            facts_of(attempt.case),
            event.asked_on,
            event.question,
            today=attempt.today,
            law=attempt.law,
        )


@guard
def extension_lawful(attempt: Attempt) -> None:
    """Once, on a ground of the law, with reasons, by a notice in time (Art 12A(3)-(4))."""
    event = attempt.event
    if isinstance(event, k.TimeExtended):
        check_extension(
            facts_of(attempt.case),
            event.noticed_on,
            event.ground,
            event.reasons,
            today=attempt.today,
            law=attempt.law,
        )


@guard
def within_horizon(attempt: Attempt) -> None:
    """No date is given that rests on holidays nobody has confirmed.

    Raises:
        ConfigError: ``clock.past_horizon``, which says how the calendar is extended.
    """
    event, case = attempt.event, attempt.case
    if isinstance(event, k.TimeExtended):
        case = replace(case, extension=event)
    read_clock(facts_of(case), attempt.today, attempt.law)


@guard
def letter_goes_with_it(attempt: Attempt) -> None:
    """The time moves by what the person is told, so a letter tells it."""
    event = attempt.event
    if isinstance(event, k.ClockPaused | k.TimeExtended) and not event.letter:
        raise RefusedError(
            "record.no_letter",
            "The time pauses, or is longer, only by a letter that says so, and none is named.",
            "Ask for the change in the form; the desk makes the letter.",
        )


@guard
def fee_was_charged(attempt: Attempt) -> None:
    """A payment counts only for a fee that is open."""
    charged = sum(isinstance(f, k.FeeCharged) for f in attempt.case.fees)
    paid = sum(isinstance(f, k.FeePaid) for f in attempt.case.fees)
    if charged <= paid:
        raise RefusedError(
            "record.no_fee",
            f"No fee of {attempt.case.ref} waits to be paid, so a payment moves no date.",
            "Record it as 'something else'.",
        )
