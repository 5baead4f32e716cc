"""Recording what arrived: the gates check it before anything is written."""

from __future__ import annotations

import datetime as dt

from casework.office import Office
from rights.errors import InputError
from rights.events import Actor, Event
from rights.events import kinds as k
from rights.release import CaseRef

ARRIVALS = (
    "identity evidence",
    "authority to act",
    "answer to our clarification",
    "the fee",
    "something else",
)


def record_arrival(office: Office, ref: CaseRef, what: str, on: dt.date, actor: Actor) -> None:
    """Record that something about the case arrived on a day.

    Raises:
        InputError: the day lies ahead or before the request, or the kind is unknown.
        RefusedError: nothing of the kind was asked for.
    """
    office.record(office.case(ref), [_event(what, on, actor)])


def _event(what: str, on: dt.date, actor: Actor) -> Event:
    match what:
        case "identity evidence":
            return k.EvidenceReceived(actor=actor, what="identity", received_on=on)
        case "authority to act":
            return k.EvidenceReceived(actor=actor, what="authority", received_on=on)
        case "answer to our clarification":
            return k.ClockResumed(actor=actor, answered_on=on)
        case "the fee":
            return k.FeePaid(actor=actor, paid_on=on)
        case "something else":
            return k.ItemArrived(actor=actor, what=what, arrived_on=on)
        case _:
            raise InputError(
                "record.what",
                "This kind of arrival is not known.",
                f"Choose one of: {', '.join(ARRIVALS)}.",
            )
