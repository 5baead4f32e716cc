"""The clock of a case as it stands on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from casework.office import Office
from rights.case import Case
from rights.clock import Clock, ClockState, Step, read_clock
from rights.clock.of_case import facts_of
from rights.release import Right

_ACKNOWLEDGE = "complaint.acknowledge"


def clock_of(office: Office, case: Case, today: dt.date | None = None) -> Clock:
    """The time of the case as it stands today, with its working.

    A complaint that was acknowledged is late no more: the law sets no day for its outcome.
    """
    clock = read_clock(facts_of(case), today or office.today(), office.law)
    if case.right is not Right.COMPLAINT or "acknowledgement" not in case.letters:
        return clock
    told = Step(
        "It was acknowledged. The law sets no day for the outcome, and allows no needless delay.",
        _ACKNOWLEDGE,
        office.law.dated(_ACKNOWLEDGE, clock.received_on).citation,
    )
    steps = (*clock.steps, told)
    return replace(clock, state=ClockState.RUNNING, due=None, days_left=None, steps=steps)
