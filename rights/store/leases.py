"""Leases: who is working on a case, with a fencing token that outlives a paused process.

A worker that was stopped and comes back with an old token cannot write any more, whatever its own
clock says (Kleppmann, "How to do distributed locking", 2016).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from rights.errors import ConflictError, RefusedError
from rights.release import CaseRef
from rights.store.tables import LeaseRow


@dataclass(frozen=True, slots=True)
class Lease:
    """A hold on a case. `token` is larger than that of any lease before."""

    case: CaseRef
    holder: str
    token: int


def acquire(
    session: Session, case: CaseRef, holder: str, now: dt.datetime, until: dt.datetime
) -> Lease:
    """A new lease, when none stands, the old one ran out, or the holder is the same.

    The transaction must hold the case (`journal.lock_case`).

    Raises:
        ConflictError: somebody else holds the case.
    """
    row = session.get(LeaseRow, case)
    if row is None:
        row = LeaseRow(case_ref=case, holder=holder, token=0, expires_at=until)
    elif row.holder != holder and row.expires_at > now:
        raise ConflictError(
            "store.lease_held",
            f"Case {case} is being worked on.",
            "Wait for that stage to end; the sweep starts the next one.",
        )
    row.holder, row.token, row.expires_at = holder, row.token + 1, until
    session.add(row)
    return Lease(case, holder, row.token)


def holder(session: Session, case: CaseRef, now: dt.datetime) -> str:
    """Who holds a case; '' when nobody does or the lease ran out."""
    row = session.get(LeaseRow, case)
    return row.holder if row is not None and row.expires_at > now else ""


def check(session: Session, case: CaseRef, lease: Lease) -> None:
    """Refuses a lease that is of another case or was taken over.

    A lease that ran out but was not taken over still holds: nobody else has begun.

    Raises:
        RefusedError: somebody else works on the case now.
    """
    row = session.get(LeaseRow, case)
    if lease.case != case or row is None or row.token != lease.token:
        raise RefusedError(
            "store.lease_lost",
            f"Somebody else has taken over work on case {case}.",
            "End this stage; what it had not written is done by the other.",
        )


def extend(session: Session, lease: Lease, until: dt.datetime) -> None:
    """Lets a lease run on."""
    check(session, lease.case, lease)
    row = session.get_one(LeaseRow, lease.case)
    row.expires_at = until
    session.add(row)


def release(session: Session, lease: Lease, now: dt.datetime) -> None:
    """Ends a lease at once; one that was taken over stays with its new holder."""
    row = session.get(LeaseRow, lease.case)
    if row is not None and row.token == lease.token:
        row.holder, row.expires_at = "", now
        session.add(row)
