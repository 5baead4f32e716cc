"""Asking somebody in the file whether they agree: what was asked, what came, what it weighs.

Law: DPA 2018 Sch 2 para 16(3): the steps taken to get consent and an express refusal are two of the
five things to have regard to. No reply is neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rights.case import Case, Decision

MATTER = "third party"
ASKED, AGREED, REFUSED, NO_REPLY = "asked", "agreed", "refused", "no reply"
ANSWERS = (AGREED, REFUSED, NO_REPLY)
FACTORS: Mapping[str, Mapping[str, str]] = {
    AGREED: {"consent": "given", "refusal": "none"},
    REFUSED: {"consent": "refused", "refusal": "refused"},
    NO_REPLY: {"consent": "no_answer", "refusal": "none"},
}
"""What each answer says of the five factors, by the codes of the law data."""


def matter_of(person: str) -> str:
    """The matter of what was asked of one person of the cast."""
    return f"{MATTER}/{person}"


def person_of(matter: str) -> str:
    """The person whom a matter of this kind is about; empty for another matter."""
    head, _, person = matter.partition("/")
    return person if head == MATTER else ""


def stands(case: Case, person: str) -> Decision | None:
    """What was last asked of a person, or what they said to it."""
    return case.decision(matter_of(person))


def prefilled(case: Case, person: str) -> dict[str, str]:
    """The factors that follow from what a person was asked and said; empty before that."""
    made = stands(case, person)
    return dict(FACTORS.get(made.event.outcome, {})) if made else {}


def facts_of(decision: Decision) -> dict[str, Any]:
    """What a decision of this matter holds: to whom and about what; empty once destroyed."""
    try:
        facts: dict[str, Any] = json.loads(decision.event.facts)
    except ValueError:
        return {}
    return facts
