"""Who may ask: what must be settled about the requester before anything leaves."""

from __future__ import annotations

from casework.office import Work
from rights.events.base import ENGINE
from rights.events.kinds import DecisionMade


def settle_standing(work: Work) -> None:
    """Reckon, once the people are recorded, what must be settled about who asks."""
    case, office = work.case, work.office
    before = case.decision("standing")
    number = sum(1 for d in case.decisions if d.event.matter == "standing") + 1
    work.append(
        DecisionMade(
            actor=ENGINE,
            decision=f"standing/{number}",
            matter="standing",
            outcome="nothing to settle",
            decided_on=office.today(),
            law_version=office.law.version,
            supersedes=before.event.decision if before else "",
        )
    )
