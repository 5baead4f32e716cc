"""Silence about what is withheld: written reasons, and the DPO's word (law.md 4.4 and 4.5)."""

from __future__ import annotations

from rights.errors import RefusedError
from rights.events.kinds import QuestionAnswered
from rights.gates.attempt import Attempt, guard
from rights.silence import ALLOW, unapproved


@guard
def silence_is_approved(attempt: Attempt) -> None:
    """Nothing silent leaves, or is sealed to leave, on which the DPO has not decided."""
    part = attempt.case.part
    if part is not None and unapproved(attempt.case, part.documents):
        raise RefusedError(
            "mode.not_approved",
            f"Something in this part of {attempt.case.ref} is held back silently, and the DPO has "
            "not decided on that.",
            "Have the DPO answer the question about it, or choose general words.",
        )


@guard
def silence_has_reasons(attempt: Attempt) -> None:
    """The DPO allows silence only over written reasons."""
    event, question = attempt.event, attempt.question
    if not isinstance(event, QuestionAnswered) or question is None or event.answer != ALLOW:
        return
    if not str(question.body.get("reasons", "")).strip():
        raise RefusedError(
            "mode.no_reasons",
            "Nothing says why the requester may not even learn that something is withheld.",
            "Send it back: choose general words, or have the reasons written.",
        )
