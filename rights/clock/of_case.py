"""A case's events as the facts that the law counts from."""

from __future__ import annotations

from rights.case import Case
from rights.clock.facts import ClockFacts
from rights.clock.fold import clock_facts


def facts_of(case: Case) -> ClockFacts:
    """Everything about a case that moves its time; its receipt must be recorded."""
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
