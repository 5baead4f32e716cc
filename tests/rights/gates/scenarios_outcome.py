"""What must be refused when a request is ended as a whole, or a fee charged."""

from __future__ import annotations

import json
from typing import Any

from rights.events import Event
from rights.events import kinds as k
from rights.events.base import ENGINE
from tests.rights.gates.build import (
    DPO,
    LAW,
    OTHER,
    PLANNED,
    READ_CASE,
    TODAY,
    Refused,
    approved,
    decided,
    opened,
    people,
    planned,
    sealed,
    started,
)

MANAGERS = frozenset({"manager"})
LOGGED: tuple[Event, ...] = (opened(), people())
PROVED: dict[str, Any] = {
    "ground": "unfounded",
    "reasons": ["no real wish"],
    "facts": ["She offered to withdraw for money."],
}
_UNCHECKED = tuple(e for e in READ_CASE if getattr(e, "matter", "") != "regulator contact")
_SEALED = (*_UNCHECKED, planned("D1", "D2"), sealed(PLANNED - 1))


def _refused(**changes: Any) -> k.DecisionMade:
    return decided("outcome", "refused", OTHER, facts=json.dumps({**PROVED, **changes}))


def _fee(pence: int = 500, **changes: Any) -> k.FeeCharged:
    reasons = json.dumps({**PROVED, "basis": "Copies.", **changes})
    return k.FeeCharged(actor=OTHER, asked_on=TODAY, pence=pence, reasons=reasons)


SCENARIOS = (
    Refused(
        "supersedes_what_stands",
        "decision.supersedes",
        (*LOGGED, decided("outcome", "open", OTHER)),
        decided("outcome", "withdrawn", OTHER),
        MANAGERS,
    ),
    Refused(
        "supersedes_what_stands",
        "decision.supersedes",
        LOGGED,
        decided("outcome", "withdrawn", OTHER, supersedes="outcome/1"),
        MANAGERS,
    ),
    Refused(
        "outcome_known", "decision.outcome", LOGGED, decided("outcome", "erased", OTHER), MANAGERS
    ),
    Refused(
        "outcome_known",
        "decision.role",
        LOGGED,
        decided("outcome", "neither confirm nor deny", OTHER),
        MANAGERS,
    ),
    Refused(
        "outcome_known",
        "decision.outcome",
        LOGGED,
        decided("regulator contact", "never mind", OTHER),
        DPO,
    ),
    Refused("refusal_proved", "refusal.proof", LOGGED, _refused(facts=[]), MANAGERS),
    Refused("refusal_proved", "refusal.reason", LOGGED, _refused(reasons=[]), MANAGERS),
    Refused(
        "refusal_proved", "refusal.not_enough", LOGGED, _refused(reasons=["rude words"]), MANAGERS
    ),
    Refused("refusal_proved", "refusal.unknown", LOGGED, _refused(ground="tiresome"), MANAGERS),
    Refused("fee_on_grounds", "fee.basis", LOGGED, _fee(pence=0), MANAGERS),
    Refused("fee_on_grounds", "fee.basis", LOGGED, _fee(basis=" "), MANAGERS),
    Refused("fee_on_grounds", "refusal.proof", LOGGED, _fee(facts=[]), MANAGERS),
    Refused("fee_on_grounds", "refusal.no_fee", LOGGED, _fee(ground="child"), MANAGERS),
    Refused(
        "nothing_held_after_search",
        "outcome.searched",
        LOGGED,
        decided("outcome", "nothing held", OTHER),
        MANAGERS,
    ),
    Refused(
        "nothing_held_after_search",
        "outcome.searched",
        (*READ_CASE, k.SearchFinished(actor=ENGINE, sources=())),
        decided("outcome", "nothing held", OTHER),
        MANAGERS,
    ),
    Refused(
        "regulator_contact_confirmed",
        "regulator.expired",
        (*_UNCHECKED, planned("D1", "D2")),
        sealed(PLANNED - 1),
    ),
    Refused(
        "regulator_contact_confirmed",
        "regulator.expired",
        (*_SEALED, approved()),
        started(),
    ),
)
assert LAW.regulator(TODAY).last_verified is None
