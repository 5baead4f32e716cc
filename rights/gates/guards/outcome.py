"""How a request ends: by an outcome the law knows, decided by whoever may, on grounds that hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rights.decisions import CONTACT, check_refusal, contact_expired, way
from rights.decisions.record import OUTCOME, check_outcome
from rights.decisions.table import rule_of
from rights.errors import RefusedError
from rights.events import DESTROYED, Attested
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard


@guard
def supersedes_what_stands(attempt: Attempt) -> None:
    """A decision names the one that it takes the place of, or none where none stands."""
    event = attempt.event
    if not isinstance(event, k.DecisionMade):
        return
    before = attempt.case.decision(event.matter)
    if event.supersedes != (before.event.decision if before else ""):
        raise RefusedError(
            "decision.supersedes",
            f"'{event.matter}' was decided by somebody else in the meantime.",
            "Look at the case again; a decision takes the place of the one in force and of no "
            "other.",
        )


@guard
def outcome_known(attempt: Attempt) -> None:
    """A request ends only in a way that the law data has, decided by whom the law data names."""
    event = attempt.event
    if not isinstance(event, k.DecisionMade):
        return
    check_outcome(attempt.case, event.matter, event.outcome, attempt.law, attempt.today)
    if event.matter != OUTCOME or event.actor.attested is Attested.ENGINE:
        return
    if rule_of(attempt.case.right) is None:
        return
    by = way(attempt.case.right, event.outcome, attempt.law, on=attempt.today).by
    if not attempt.roles & set(by):
        raise RefusedError(
            "decision.role",
            f"That a request ends so is decided by {' or '.join(by)}.",
            "Ask a colleague with that role to sign in and decide.",
        )


@guard
def refusal_proved(attempt: Attempt) -> None:
    """A request is refused as unfounded or excessive only on facts, never for tone or size."""
    event = attempt.event
    if not isinstance(event, k.DecisionMade) or event.outcome != "refused":
        return
    facts = _facts(event.facts)
    if "ground" not in facts:
        return
    _check(attempt, facts, fee=False)


@guard
def fee_on_grounds(attempt: Attempt) -> None:
    """A fee is charged only in place of a refusal that would hold."""
    event = attempt.event
    if not isinstance(event, k.FeeCharged):
        return
    facts = _facts(event.reasons)
    if event.pence <= 0 or not str(facts.get("basis", "")).strip():
        raise RefusedError(
            "fee.basis",
            "The fee is nothing, or nothing says how it was reckoned.",
            "Enter the fee and what it is made up of; it must be reasonable.",
        )
    _check(attempt, facts, fee=True)


@guard
def nothing_held_after_search(attempt: Attempt) -> None:
    """That nothing is held can be said only when every source was searched and gave nothing."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.DecisionMade) or event.outcome != "nothing held":
        return
    if event.actor.attested is Attested.ENGINE:
        return
    if case.searched_seq == 0 or case.read:
        raise RefusedError(
            "outcome.searched",
            "The search is not finished, or it found something.",
            "Wait for the search. Where what was found is somebody else's, answer the questions "
            "about whose it is.",
        )


@guard
def regulator_contact_confirmed(attempt: Attempt) -> None:
    """No letter leaves with contact details of the Commissioner that nobody has confirmed."""
    if not isinstance(attempt.event, k.PackSealed | k.DispatchStarted):
        return
    decided = attempt.case.decision(CONTACT)
    if decided is None and contact_expired(attempt.law, on=attempt.today):
        raise RefusedError(
            "regulator.expired",
            "Nobody has confirmed the Commissioner's address within the time allowed.",
            "Confirm it in the law data, or let the DPO answer the question on the case page.",
        )


def _check(attempt: Attempt, facts: Mapping[str, Any], *, fee: bool) -> None:
    told = facts.get("facts", ())
    check_refusal(
        str(facts.get("ground", "")),
        [str(r) for r in facts.get("reasons", ())],
        "\n".join(str(line) for line in told),
        attempt.law,
        on=attempt.today,
        fee=fee,
    )


def _facts(text: str) -> Mapping[str, Any]:
    """The facts of an event; none where they are destroyed or are plain words."""
    if not text or text == DESTROYED:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
