"""What must be refused of marks made by hand on a page."""

from __future__ import annotations

import json
from typing import Any

from rights.events import kinds as k
from tests.rights.gates.build import FIRST_PART_SENT, OFFICER, READ_CASE, TODAY, Refused

PLAIN: dict[str, Any] = {
    "role": "officer",
    "by_law": False,
    "locked": False,
    "protected": False,
    "doubtful": False,
}


def mark(outcome: str, document: str = "D2", **entries: Any) -> k.PassageDecided:
    """A mark."""
    decision = {"id": "mark/9", "outcome": outcome, "code": "3P", "mode": "A", **entries}
    return k.PassageDecided(
        actor=OFFICER, decision_id="mark/9", decision=json.dumps(decision), document=document
    )


def over(**facts: Any) -> dict[str, Any]:
    """Where the engine proposed something with these facts."""
    return {"over": [{**PLAIN, **facts}]}


SCENARIOS = (
    Refused(
        "warning_not_sent",
        "warning.sent",
        FIRST_PART_SENT,
        k.DecisionMade(
            actor=OFFICER,
            decision="warning/D1/1",
            matter="warning/D1",
            outcome="said",
            decided_on=TODAY,
            law_version="x",
        ),
    ),
    Refused("document_not_sent", "review.sent", FIRST_PART_SENT, mark("redact", "D1")),
    Refused(
        "document_not_sent",
        "review.sent",
        FIRST_PART_SENT,
        k.PageRead(actor=OFFICER, document="D1", page=1),
    ),
    Refused(
        "decider_of_place",
        "review.role",
        READ_CASE,
        mark("redact", proposal="p1"),
        details=over(role="manager"),
    ),
    Refused(
        "lock_needs_opinion",
        "review.health",
        READ_CASE,
        mark("redact", proposal="p1"),
        details=over(locked=True),
    ),
    Refused(
        "lock_needs_opinion",
        "review.health",
        READ_CASE,
        mark("keep", proposal="p1", reason="asked for"),
        details=over(locked=True),
    ),
    Refused(
        "protected_place",
        "review.protected",
        READ_CASE,
        mark("keep", proposal="p1", reason="asked for"),
        details=over(protected=True),
    ),
    Refused(
        "mark_has_reason",
        "review.reason",
        READ_CASE,
        mark("keep", proposal="p1", reason=" "),
        details=over(doubtful=True),
    ),
    Refused("mark_has_reason", "review.reason", READ_CASE, mark("keep")),
    Refused(
        "mark_has_reason",
        "review.reason",
        READ_CASE,
        mark("redact", proposal="p1"),
        details=over(by_law=True),
    ),
    # Only where somebody else asks for the person (Sch 3).
    Refused(
        "ground_allows",
        "exemption.own_request",
        READ_CASE,
        mark("redact", code="ABUSE"),
        details={"extent": "a line", "interests": "hers"},
    ),
)
