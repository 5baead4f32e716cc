"""The access log: who looked at or looked for what. Insert-only, hash-chained over the store."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlmodel import Session, col, select

from rights.store.instants import instant_text
from rights.store.sealing import frame
from rights.store.tables import AccessLogRow

START = hashlib.sha256(frame("rightsdesk access log 1")).hexdigest()
"""What the first entry is chained to."""


@dataclass(frozen=True, slots=True)
class Access:
    """One entry of the access log. `case` is empty where no case was concerned."""

    at: dt.datetime
    actor: str
    what: str
    case: str


def link(previous: str, number: int, access: Access) -> str:
    """The hash of one entry, as hex."""
    parts = frame("rightsdesk access 1", previous, number, instant_text(access.at), access.actor,
                  access.what, access.case)  # fmt: skip
    return hashlib.sha256(parts).hexdigest()


def add(session: Session, access: Access) -> None:
    """Adds an entry; the transaction must be the log's only writer."""
    number, previous = newest(session)
    session.add(
        AccessLogRow(
            id=number + 1,
            at=access.at,
            actor=access.actor,
            what=access.what,
            case_ref=access.case,
            hash=link(previous, number + 1, access),
        )
    )
    session.flush()


def newest(session: Session) -> tuple[int, str]:
    """Number and hash of the newest entry."""
    found = session.exec(
        select(AccessLogRow.id, AccessLogRow.hash).order_by(col(AccessLogRow.id).desc()).limit(1)
    ).first()
    return (found[0], found[1]) if found else (0, START)


def entries(session: Session, case: str | None = None) -> list[Access]:
    """The entries about a case, or all, oldest first."""
    query = select(AccessLogRow).order_by(col(AccessLogRow.id))
    if case is not None:
        query = query.where(AccessLogRow.case_ref == case)
    return [Access(r.at, r.actor, r.what, r.case_ref) for r in session.exec(query)]
