"""Putting something right: decided by one person and checked by another."""

from __future__ import annotations

from rights.errors import RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard


@guard
def checked_by_another(attempt: Attempt) -> None:
    """Whoever decided on a point does not also check it."""
    event, question = attempt.event, attempt.question
    if not isinstance(event, k.QuestionAnswered) or question is None:
        return
    if event.actor.login in question.body.get("decided_by", ()):
        raise RefusedError(
            "rectify.same_person",
            "The person who decided on a point cannot check it as well.",
            "Ask a colleague with the role officer to sign in.",
        )
