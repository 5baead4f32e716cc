"""The clock of a case: its events turned into the facts that the law counts from."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from casework.office import Office
from rights.case import Case
from rights.clock import Clock, ClockFacts, Extension, Pause, Trigger, read_clock
from rights.events.base import DESTROYED
from rights.events.kinds import EvidenceAsked, EvidenceReceived, FeeCharged, FeePaid

LONDON = ZoneInfo("Europe/London")


def facts_of(case: Case) -> ClockFacts:
    """Everything about the case that moves its time."""
    assert case.received_on is not None
    recorded = case.recorded_at.astimezone(LONDON).date() if case.recorded_at else None
    extended = case.extension
    return ClockFacts(
        right=case.right,
        received_on=case.received_on,
        recorded_on=recorded,
        identity=_evidence(case, "identity"),
        authority=_evidence(case, "authority"),
        fee=_fees(case),
        pauses=tuple(Pause(asked, answered) for asked, answered in case.pauses),
        extension=Extension(
            extended.noticed_on,
            extended.ground,
            bool(extended.reasons.strip()) or extended.reasons == DESTROYED,
        )
        if extended
        else None,
    )


def clock_of(office: Office, case: Case, today: dt.date | None = None) -> Clock:
    """The time of the case as it stands today, with its working."""
    return read_clock(facts_of(case), today or office.today(), office.law)


def _evidence(case: Case, what: Literal["identity", "authority"]) -> tuple[Trigger, ...]:
    asked = [e for e in case.evidence if isinstance(e, EvidenceAsked) and e.what == what]
    came = [e for e in case.evidence if isinstance(e, EvidenceReceived) and e.what == what]
    return tuple(
        Trigger(
            a.asked_on,
            next((c.received_on for c in came if c.received_on >= a.asked_on), None),
            a.doubt_recorded,
        )
        for a in asked
    )


def _fees(case: Case) -> tuple[Trigger, ...]:
    charged = [f for f in case.fees if isinstance(f, FeeCharged)]
    paid = [f for f in case.fees if isinstance(f, FeePaid)]
    return tuple(
        Trigger(c.asked_on, next((p.paid_on for p in paid if p.paid_on >= c.asked_on), None), True)
        for c in charged
    )
