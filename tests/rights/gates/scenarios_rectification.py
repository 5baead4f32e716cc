"""What must be refused when something is put right."""

from __future__ import annotations

from tests.rights.gates.build import OTHER, Refused, answered, asked, opened, people

CHECK = asked(
    "assess/1/check/9", "assess", "every point is right", decided_by=["officer2", "manager"]
)

SCENARIOS = (
    Refused(
        "checked_by_another",
        "rectify.same_person",
        (opened(), people(), CHECK),
        answered("assess/1/check/9", "every point is right", OTHER),
    ),
)
