"""The clock of a case: its events turned into the facts that the law counts from."""

from __future__ import annotations

import datetime as dt

from casework.office import Office
from rights.case import Case
from rights.clock import Clock, ClockFacts, read_clock
from rights.clock.fold import clock_facts


def facts_of(case: Case) -> ClockFacts:
    """Everything about the case that moves its time."""
    assert case.received_on is not None
    return clock_facts(
        case.right,
        case.received_on,
        recorded_at=case.recorded_at,
        evidence=case.evidence,
        fees=case.fees,
        pauses=case.pauses,
        extension=case.extension,
    )


def clock_of(office: Office, case: Case, today: dt.date | None = None) -> Clock:
    """The time of the case as it stands today, with its working."""
    return read_clock(facts_of(case), today or office.today(), office.law)
