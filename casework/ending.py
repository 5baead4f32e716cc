"""How an access request ended, once its last part has gone."""

from __future__ import annotations

from collections.abc import Sequence

from casework.office import Work
from casework.outward import sends_pages, told_uses
from rights.case import Case
from rights.decisions import record, right_table
from rights.decisions.record import OUTCOME
from rights.events.base import ENGINE
from rights.events.kinds import DecisionMade
from rights.release import Right

FULL, PART, NOTHING = "provided in full", "provided in part", "nothing held"
EXEMPT = "exempt entirely"
_OPEN = "open"
_AS_TOLD = {
    (True, True): PART,
    (True, False): FULL,
    (False, True): EXEMPT,
    (False, False): NOTHING,
}
"""Whether pages were sent and whether something was said to be held back -> the outcome."""


def reached(work: Work) -> tuple[DecisionMade, ...]:
    """The outcome of an access request that was answered with documents, or with none.

    Decided by the engine once the last part has gone: as the requester was told, so that nothing
    that anybody may read says more. Empty when people have decided the outcome.
    """
    office, case = work.office, work.case
    stands = case.decision(OUTCOME)
    if case.triage is not None or case.sent_on is None or case.right is not Right.ACCESS:
        return ()
    if stands is not None and stands.event.outcome != _OPEN:
        return ()
    told, sends = told_uses(office, case), sends_pages(office, case)
    outcome = _AS_TOLD[bool(sends), bool(told)]
    uses = {f"{u.code}/{u.told.value}": u.passages for u in told}
    return (
        record(
            case,
            actor=ENGINE,
            matter=OUTCOME,
            outcome=outcome,
            law=office.law,
            on=case.sent_on,
            rules=(
                right_table(case.right, office.law, on=case.sent_on).rule_id,
                *(f"exemption.{u.code}" for u in told),
            ),
            facts={"told": uses, "pages_sent": sends, "parts": len(case.parts)},
        ),
    )


def closing(case: Case, decided: Sequence[DecisionMade]) -> str:
    """The outcome with which a case is closed: what its triage says, or its decision.

    Args:
        case: The case as it stands.
        decided: What is decided in the same breath, if anything.
    """
    if case.triage is not None:
        return case.triage.outcome
    if decided:
        return decided[-1].outcome
    stands = case.decision(OUTCOME)
    return stands.event.outcome if stands else "answered"
