"""What must be refused about complaints, decisions by machine, reopening and duplicates."""

from __future__ import annotations

import datetime as dt
import json

from rights.events import kinds as k
from rights.release import Right
from tests.rights.gates.build import (
    ALL_SENT,
    LAW,
    OFFICER,
    OTHER,
    Refused,
    answered,
    asked,
    decided,
    opened,
    people,
)

MANAGERS = frozenset({"manager"})
COMPLAINT = (opened(Right.COMPLAINT), people())
NAMED = (
    *COMPLAINT,
    decided("handler", "named", OTHER, facts=json.dumps({"login": "officer2"})),
    asked("complaint/1/finding", "assess", "upheld", "not upheld"),
)
MACHINE = (opened(Right.AUTOMATED_DECISION), people())

SCENARIOS = (
    Refused(
        "handler_not_involved",
        "complaint.involved",
        COMPLAINT,
        decided(
            "handler",
            "named",
            OTHER,
            facts=json.dumps({"login": "officer1", "involved": ["officer1", "dpo"]}),
        ),
        MANAGERS,
    ),
    Refused(
        "handled_by_its_handler",
        "complaint.not_handler",
        NAMED,
        answered("complaint/1/finding", "upheld"),
    ),
    Refused(
        "handled_by_its_handler",
        "complaint.not_handler",
        COMPLAINT,
        decided("outcome", "not upheld", OFFICER),
    ),
    Refused(
        "machine_decision_reviewed",
        "automated.reviewer",
        MACHINE,
        decided("outcome", "upheld", OTHER, facts=json.dumps({"reviewer": "Ruth", "power": "no"})),
        MANAGERS,
    ),
    Refused(
        "barred_decision_falls",
        "automated.barred",
        MACHINE,
        decided(
            "outcome",
            "upheld",
            OTHER,
            facts=json.dumps({"reviewer": "Ruth", "power": "yes", "barred": True}),
        ),
        MANAGERS,
    ),
    Refused(
        "reopened_with_reason",
        "reopen.reason",
        (
            *ALL_SENT,
            k.CaseClosed(actor=OFFICER, outcome="answered", closed_on=dt.date(2026, 11, 23)),
        ),
        k.CaseReopened(actor=OFFICER, why=" "),
    ),
    Refused(
        "duplicate_names_its_case",
        "duplicate.which",
        (opened(), people()),
        k.CaseTriaged(actor=OFFICER, outcome="duplicate", law_version=LAW.version, reason="twice"),
    ),
)
