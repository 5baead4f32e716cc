"""Nothing leaves before it is settled, by the ages of today, who may have it."""

from __future__ import annotations

from rights.errors import RefusedError
from rights.gates.attempt import Attempt, guard
from rights.standing import unsettled


@guard
def standing_settled(attempt: Attempt) -> None:
    """Every matter about who asks is settled, and none rests on an age that has passed."""
    waiting = unsettled(attempt.case, attempt.today, attempt.law)
    if waiting:
        raise RefusedError(
            "standing.open",
            f"{len(waiting)} matter(s) about who may ask are not settled in {attempt.case.ref}.",
            "Answer the questions about who may ask. After a birthday they are asked anew, by the "
            "next daily watch at the latest.",
        )
