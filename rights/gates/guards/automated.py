"""Decisions by machine alone: looked at by a person who can change them, and barred where barred.

Law: UK GDPR Arts 22B and 22C.
"""

from __future__ import annotations

import json
from typing import Any

from rights.errors import RefusedError
from rights.events import DESTROYED
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard
from rights.release import Right

REVIEWED = frozenset({"reconsidered by a person", "changed", "upheld"})
"""Outcomes that mean that a person looked at the decision."""


@guard
def machine_decision_reviewed(attempt: Attempt) -> None:
    """A person with the power to change it is named before a review has an outcome."""
    facts = _reviewed(attempt)
    if facts is not None and not (facts.get("reviewer") and facts.get("power") == "yes"):
        raise RefusedError(
            "automated.reviewer",
            "Nobody is named who looked at the decision and had the power to change it.",
            "Answer the question about who looks at it; a person without that power is no answer.",
        )


@guard
def barred_decision_falls(attempt: Attempt) -> None:
    """What a machine may not decide with special category data cannot be left as it is."""
    facts = _reviewed(attempt)
    assert isinstance(attempt.event, k.DecisionMade)
    if facts is not None and facts.get("barred") and attempt.event.outcome == "upheld":
        raise RefusedError(
            "automated.barred",
            "The law did not allow a machine alone to make this decision, so it cannot stand.",
            "A person decides anew; say what that person decided.",
        )


def _reviewed(attempt: Attempt) -> dict[str, Any] | None:
    """The facts of an outcome that says that a person looked at a decision by machine."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.DecisionMade) or event.outcome not in REVIEWED:
        return None
    if case.opened is None or case.right is not Right.AUTOMATED_DECISION:
        return None
    if not event.facts or event.facts == DESTROYED:
        return {}
    found: Any = json.loads(event.facts)
    return found if isinstance(found, dict) else {}
