"""What lies in the outbox: taken by a person, and removed only then."""

from __future__ import annotations

from rights.errors import RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard


@guard
def was_dispatched(attempt: Attempt) -> None:
    """Only what was sent into the outbox can be taken from it, and once."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.OutboxTaken):
        return
    if not case.in_outbox(event.key) or event.key in case.taken:
        raise RefusedError(
            "outbox.not_there",
            f"Nothing of {case.ref} waits under this key to be posted or handed over.",
            "Look at the outbox again; somebody may have recorded it already.",
        )


@guard
def was_taken(attempt: Attempt) -> None:
    """The only copy that can be handed over stays until a person says that it was."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.OutboxCleared):
        return
    if event.key not in case.taken or event.key in case.cleared:
        raise RefusedError(
            "outbox.not_taken",
            f"Nobody has recorded that this parcel of {case.ref} was posted or handed over.",
            "Record it on the outbox page first.",
        )
