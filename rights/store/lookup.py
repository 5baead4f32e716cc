"""Finding a case by a name without keeping any name in clear.

Each folded part of a name is kept as HMAC-SHA256 under a key of the store. Whoever has only the
database cannot tell whose names they are; whoever asks through the store is written down.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from rights.names.fold import name_tokens
from rights.release import CaseRef
from rights.store.sealing import keyed_digest
from rights.store.tables import NamePartRow

KEY_NAME = "store-lookup"
"""Name of the look-up key in the key ring."""


def digests(key: bytes, parts: Iterable[str]) -> set[str]:
    """Keyed hashes of the folded words in the parts: "Zoë O'Brien" gives two."""
    return {keyed_digest(key, "name", word) for part in parts for word in name_tokens(part)}


def index(session: Session, case: CaseRef, hashed: set[str]) -> None:
    """Adds name parts to a case; those it has already are left."""
    known = set(session.exec(select(NamePartRow.digest).where(NamePartRow.case_ref == case)))
    session.add_all(NamePartRow(digest=d, case_ref=case) for d in sorted(hashed - known))


def find(session: Session, hashed: set[str]) -> list[CaseRef]:
    """Cases that have every one of the name parts."""
    if not hashed:
        return []
    rows = session.exec(
        select(NamePartRow.case_ref)
        .where(col(NamePartRow.digest).in_(hashed))
        .group_by(NamePartRow.case_ref)
        .having(func.count() == len(hashed))
        .order_by(NamePartRow.case_ref)
    )
    return [CaseRef(row) for row in rows]


def forget(session: Session, case: CaseRef) -> None:
    """Removes every name part of a case."""
    session.connection().execute(delete(NamePartRow).where(col(NamePartRow.case_ref) == case))


def held(session: Session, case: CaseRef) -> int:
    """How many name parts of a case are kept."""
    return session.exec(
        select(func.count()).select_from(NamePartRow).where(NamePartRow.case_ref == case)
    ).one()
