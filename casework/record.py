"""Recording what arrived: checked before anything is written."""

from __future__ import annotations

import datetime as dt

from casework.office import Office
from rights.errors import InputError, RefusedError
from rights.events import Actor, Event
from rights.events import kinds as k
from rights.release import CaseRef

ARRIVALS = (
    "identity evidence",
    "authority to act",
    "answer to our clarification",
    "something else",
)


def record_arrival(office: Office, ref: CaseRef, what: str, on: dt.date, actor: Actor) -> None:
    """Record that something about the case arrived on a day.

    Raises:
        InputError: the day lies ahead or before the request, or the kind is unknown.
        RefusedError: nothing of the kind was asked for.
    """
    case = office.case(ref)
    _on_a_sensible_day(office, case.received_on, on)
    event: Event
    match what:
        case "identity evidence" | "authority to act":
            kind = "identity" if what == "identity evidence" else "authority"
            asked = [e for e in case.evidence if e.what == kind and e.kind == "evidence_asked"]
            if not asked:
                raise RefusedError(
                    "record.not_asked",
                    f"No {kind} evidence was asked for in {ref}, so its arrival moves no date.",
                    "Record it as 'something else', or record first that it was asked for.",
                )
            event = k.EvidenceReceived(actor=actor, what=kind, received_on=on)
        case "answer to our clarification":
            if not any(answered is None for _, answered in case.pauses):
                raise RefusedError(
                    "record.not_paused",
                    f"The time of {ref} is not paused, so there is no answer to wait for.",
                    "Record it as 'something else'.",
                )
            event = k.ClockResumed(actor=actor, answered_on=on)
        case "something else":
            event = k.ItemArrived(actor=actor, what=what, arrived_on=on)
        case _:
            raise InputError(
                "record.what",
                "This kind of arrival is not known.",
                f"Choose one of: {', '.join(ARRIVALS)}.",
            )
    office.store.append(ref, [event], expected_seq=case.seq)


def _on_a_sensible_day(office: Office, received: dt.date | None, on: dt.date) -> None:
    if on > office.today():
        raise InputError(
            "record.future", f"The date {on:%d %B %Y} lies ahead.", "Give the day it happened."
        )
    if received and on < received:
        raise InputError(
            "record.before_receipt",
            f"The date {on:%d %B %Y} lies before the request was received.",
            "Give the day it happened, or correct the date of receipt first.",
        )
