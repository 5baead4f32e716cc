"""The clock of a case as it stands on a day."""

from __future__ import annotations

import datetime as dt

from casework.office import Office
from rights.case import Case
from rights.clock import Clock, read_clock
from rights.clock.of_case import facts_of


def clock_of(office: Office, case: Case, today: dt.date | None = None) -> Clock:
    """The time of the case as it stands today, with its working."""
    return read_clock(facts_of(case), today or office.today(), office.law)
