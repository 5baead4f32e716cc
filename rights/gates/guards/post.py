"""A letter, or a further copy, that is sent by itself: as it was made, once, and proved."""

from __future__ import annotations

from rights.copies import is_copy, may_go
from rights.errors import RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard


@guard
def sending_once(attempt: Attempt) -> None:
    """A sending begins once; what is uncertain is found out by a person, never begun again."""
    event = attempt.event
    if isinstance(event, k.SendingStarted) and event.what in attempt.case.sendings:
        raise RefusedError(
            "post.twice",
            f"Sending this of {attempt.case.ref} has begun already.",
            "Find out whether it was sent, and answer the question about it.",
        )


@guard
def is_as_made(attempt: Attempt) -> None:
    """Only a letter that was made to be sent leaves, byte for byte, or a copy that was decided."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.SendingStarted):
        return
    if is_copy(event.what):
        if may_go(case, event.what):
            return
    else:
        made = case.letters.get(event.what)
        if made is not None and made.to_send and made.sha256 == event.sha256:
            return
    raise RefusedError(
        "post.not_as_made",
        f"What would be sent of {case.ref} is not what was made to be sent.",
        "Nothing has left. Tell the administrator and the DPO.",
    )


@guard
def sending_was_started(attempt: Attempt) -> None:
    """Only what was about to be sent was sent, and it is confirmed once."""
    event = attempt.event
    if not isinstance(event, k.SendingConfirmed):
        return
    sending = attempt.case.sendings.get(event.what)
    if sending is None or sending.started.key != event.key or sending.confirmed is not None:
        raise RefusedError(
            "post.not_started",
            f"Nothing of {attempt.case.ref} under this key waits to be confirmed.",
            "Look at the case page; it may be confirmed already.",
        )
