"""The journal of a case: events appended in one transaction with what hangs on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import func
from sqlmodel import Session, col, select

from rights.errors import ConflictError, InputError, RefusedError
from rights.events import Event, parse_event
from rights.failpoints import failpoint, register
from rights.release import CaseRef
from rights.store import leases, once, questions
from rights.store.chain import Opener, genesis, left_sealed, link, opened_body, stored_body
from rights.store.leases import Lease
from rights.store.sealing import CaseKey
from rights.store.tables import CaseFileRow, EventRow, KeyDestructionRow

register("journal.events-inserted", "journal.projected")

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as the journal holds it.

    Attributes:
        seq: Its position in the case, from 1.
        recorded_at: When the store wrote it, in UTC.
        hash: The head of the case's chain after it.
    """

    seq: int
    event: Event
    recorded_at: dt.datetime
    hash: str


def lock_case(session: Session, case: CaseRef) -> None:
    """Makes this transaction the only writer to the case.

    Raises:
        InputError: there is no such case.
    """
    found = session.exec(
        select(CaseFileRow.case_ref).where(CaseFileRow.case_ref == case).with_for_update()
    ).first()
    if found is None:
        raise unknown_case(case)


def unknown_case(case: CaseRef) -> InputError:
    """The error for a reference that no case has."""
    return InputError(
        "store.unknown_case",
        f"There is no case {case}.",
        "Check the reference on the letter or the case board.",
    )


def head(session: Session, case: CaseRef) -> int:
    """Sequence number of the newest event; 0 before the first."""
    newest = session.exec(select(func.max(EventRow.seq)).where(EventRow.case_ref == case)).first()
    return newest or 0


@dataclass(frozen=True, slots=True)
class Append:
    """Events to be written to one case as a whole."""

    case: CaseRef
    events: Sequence[Event]
    expected_seq: int
    lease: Lease | None


def append(session: Session, new: Append, key: CaseKey, now: dt.datetime) -> int:
    """Writes the events and all that hangs on them; returns the new head.

    Raises:
        ConflictError: the case has moved on, or a key that may be used once is used.
        RefusedError: the lease was taken over, or the case's key is destroyed.
    """
    lock_case(session, new.case)
    refuse_destroyed(session, new.case)
    if new.lease is not None:
        leases.check(session, new.case, new.lease)
    previous, seq = _chain_head(session, new.case)
    if seq != new.expected_seq:
        raise ConflictError(
            "store.moved_on",
            f"Case {new.case} has moved on since it was read.",
            "Read it again and retry.",
        )
    for event in new.events:
        seq += 1
        body = stored_body(event, new.case, seq, key)
        previous = link(previous, new.case, seq, now, body)
        row = EventRow(case_ref=new.case, seq=seq, kind=event.kind, body=body,
                       recorded_at=now, hash=previous)  # fmt: skip
        session.add(row)
    session.flush()
    failpoint("journal.events-inserted")
    for offset, event in enumerate(new.events, start=new.expected_seq + 1):
        questions.project(session, new.case, offset, event)
        once.project(session, new.case, offset, event)
    session.flush()
    failpoint("journal.projected")
    return seq


def refuse_destroyed(session: Session, case: CaseRef) -> None:
    """Refuses to write to a case whose key is destroyed or about to be."""
    if session.get(KeyDestructionRow, case) is not None:
        raise RefusedError(
            "store.destroyed",
            f"The key of case {case} was destroyed; nothing can be added to it.",
            "Open a new case if the person asks again.",
        )


def read(session: Session, case: CaseRef, opener: Opener) -> list[Recorded]:
    """All events of a case in order."""
    rows = session.exec(
        select(EventRow).where(EventRow.case_ref == case).order_by(col(EventRow.seq))
    )
    return [_recorded(row, opener) for row in rows]


def stream(session: Session) -> Iterator[tuple[CaseRef, list[Recorded]]]:
    """Every case with its events, personal values left sealed; one case in memory at a time."""
    rows = session.exec(
        select(EventRow)
        .order_by(col(EventRow.case_ref), col(EventRow.seq))
        .execution_options(yield_per=_BATCH)
    )
    for case, group in groupby(rows, key=lambda row: row.case_ref):
        yield CaseRef(case), [_recorded(row, left_sealed) for row in group]


def _recorded(row: EventRow, opener: Opener) -> Recorded:
    event = parse_event(opened_body(row.body, row.seq, opener))
    return Recorded(row.seq, event, row.recorded_at, row.hash)


def _chain_head(session: Session, case: CaseRef) -> tuple[str, int]:
    newest = session.exec(
        select(EventRow.hash, EventRow.seq)
        .where(EventRow.case_ref == case)
        .order_by(col(EventRow.seq).desc())
        .limit(1)
    ).first()
    return newest or (genesis(case), 0)
