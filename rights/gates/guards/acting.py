"""What is done in the sources: decided by one person, allowed by another, proved afterwards."""

from __future__ import annotations

from rights.errors import RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard


@guard
def action_was_started(attempt: Attempt) -> None:
    """Nothing is recorded as done that was never begun, and nothing twice.

    What could not be done may be recorded again: it may have become possible.
    """
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.ActionDone):
        return
    known = case.actions.get(event.key)
    if known is None or known.was_done:
        raise RefusedError(
            "action.not_started",
            f"This action of {case.ref} was not begun, or is done already.",
            "Open the case again; it may have moved on.",
        )


@guard
def every_action_done(attempt: Attempt) -> None:
    """What was begun in a source is finished, and its effect was read anew or attested."""
    case = attempt.case
    left = [a for a in case.actions.values() if a.done is None]
    if left:
        raise RefusedError(
            "action.left",
            f"{len(left)} action(s) in the sources of {case.ref} are not done.",
            "Do what the open questions ask, and say how it was proved.",
        )


@guard
def four_eyes_on_actions(attempt: Attempt) -> None:
    """Whoever decided what is erased or changed does not also allow it."""
    if attempt.event.actor.login in attempt.case.deciders:
        raise RefusedError(
            "action.same_person",
            "The person who decided what is changed in the sources cannot allow it as well.",
            "Ask a colleague with the role approver to sign in.",
        )


@guard
def something_is_frozen(attempt: Attempt) -> None:
    """Only what was stopped can be let go on."""
    if attempt.case.frozen is None:
        raise RefusedError(
            "freeze.nothing",
            f"Nothing of {attempt.case.ref} is stopped.",
            "There is nothing to do.",
        )
