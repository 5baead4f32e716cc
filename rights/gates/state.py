"""The states of a case in which something may be recorded; derived from the case alone."""

from __future__ import annotations

from enum import StrEnum

from rights.case import Case


class State(StrEnum):
    """Where a case stands, as far as the gates are concerned."""

    NONE = "none"
    """Its receipt is not recorded."""
    OPEN = "open"
    """Being worked on; parts may have been sent, and the last one has not."""
    SENDING = "sending"
    """A part is on its way: begun, and not confirmed."""
    ANSWERED = "answered"
    """The last part was sent."""
    CLOSED = "closed"


def state_of(case: Case) -> State:
    """The state of a case."""
    part = case.part
    if case.opened is None:
        return State.NONE
    if case.closed is not None:
        return State.CLOSED
    if case.sent_on is not None:
        return State.ANSWERED
    if part is not None and part.sending and part.sent_on is None:
        return State.SENDING
    return State.OPEN
