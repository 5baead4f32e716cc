"""A further copy of an answer: of one that was sent, and paid for only where a fee was asked."""

from __future__ import annotations

from rights.copies import FOR_A_FEE, FREE, PAID, fee_allowed, is_copy
from rights.errors import RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard

_MAY_CHARGE = frozenset({"manager", "dpo"})


@guard
def copy_of_an_answer(attempt: Attempt) -> None:
    """There is another copy only of what was sent in full."""
    if attempt.case.sent_on is None:
        raise RefusedError(
            "copy.nothing_sent",
            f"The answer to {attempt.case.ref} was not sent yet.",
            "Send it first; a further copy is one of what they already had.",
        )


@guard
def copy_fee_decided(attempt: Attempt) -> None:
    """A fee is a manager's to decide, where the law allows one; paid is what was asked for."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.DecisionMade) or not is_copy(event.matter):
        return
    before = case.decision(event.matter)
    charged = before is not None and before.event.outcome == FOR_A_FEE
    if event.outcome not in (FREE, FOR_A_FEE, PAID) or (event.outcome == PAID and not charged):
        raise RefusedError(
            "copy.not_charged",
            "No fee waits to be paid for this copy.",
            "Look at the page Further copies; it may be recorded already.",
        )
    if event.outcome != FOR_A_FEE:
        return
    if not attempt.roles & _MAY_CHARGE:
        raise RefusedError(
            "copy.fee_role",
            "A fee for a copy is decided by a manager or the data protection officer.",
            "Send it without a fee, or ask one of them.",
        )
    if not fee_allowed(attempt.law, attempt.today):
        raise RefusedError(
            "copy.no_fee",
            "The law of today allows no fee for a further copy.",
            "Send it without a fee.",
        )
