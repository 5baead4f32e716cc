"""What may happen once: a dispatch under its key in a case, a reminder under its key anywhere."""

from __future__ import annotations

from sqlmodel import Session

from rights.errors import ConflictError
from rights.events import Event
from rights.events.kinds import DispatchStarted, ReminderSent
from rights.release import CaseRef
from rights.store.tables import DispatchKeyRow, ReminderKeyRow


def project(session: Session, case: CaseRef, seq: int, event: Event) -> None:
    """Uses up the key of a dispatch or reminder; other events have none.

    Raises:
        ConflictError: the key was used before; nothing may be sent again under it.
    """
    match event:
        case DispatchStarted():
            if session.get(DispatchKeyRow, (case, event.key)) is not None:
                raise _used(case, "dispatch")
            session.add(DispatchKeyRow(case_ref=case, key=event.key, seq=seq))
        case ReminderSent():
            if session.get(ReminderKeyRow, event.key) is not None:
                raise _used(case, "reminder")
            session.add(ReminderKeyRow(key=event.key, case_ref=case, seq=seq))
        case _:
            return
    session.flush()


def _used(case: CaseRef, what: str) -> ConflictError:
    return ConflictError(
        f"store.{what}_known",
        f"This {what} of case {case} was started before.",
        "Look at what became of it; nothing is sent twice.",
    )
