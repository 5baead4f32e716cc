"""The store's part for its keepers: audit, anchors, rotation, and destruction of a case's key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Session, col, select

from rights.errors import IntegrityError
from rights.failpoints import failpoint, register
from rights.release import CaseRef
from rights.store import access, audit, journal, lookup
from rights.store.access import Access
from rights.store.anchors import Anchor, AnchorFile, Head
from rights.store.audit import AuditReport
from rights.store.core import StoreCore
from rights.store.tables import EventRow, KeyDestructionRow

register("custody.destruction-recorded", "custody.key-destroyed")


class Ground(StrEnum):
    """Why the key of a case is destroyed. Values are what the journal shows."""

    RETENTION = "retention period over"
    OPENED_IN_ERROR = "opened in error"
    ORDERED = "ordered by a court or the regulator"


@dataclass(frozen=True, slots=True)
class Destruction:
    """Proof that a case cannot be read any more.

    Attributes:
        at: When it was first recorded.
        wraps_left: Wrapped forms of the key that remain; always 0.
        names_left: Look-up hashes of the case that remain; always 0.
    """

    case: CaseRef
    at: dt.datetime
    actor: str
    ground: str
    wraps_left: int
    names_left: int


class CustodyStore(StoreCore):
    """Audit, anchors, key rotation and key destruction."""

    def verify(self) -> AuditReport:
        """Checks that nothing was altered, removed, reordered or cut. Needs no case key."""
        return audit.verify(self._database, self._anchors.read(), self._keys)

    def anchor(self, today: dt.date) -> Anchor:
        """Signs the heads of all chains into the anchor file.

        Running it again on the same day signs only what has moved since, and nothing when nothing
        has.

        Raises:
            IntegrityError: what was anchored before is not in the store any more; nothing is
                signed over it.
        """
        with self._database.write() as session:
            # One signer at a time, and heads that no transaction is about to move.
            self._database.serialise(session, "anchor")
            known = self._anchors.read()
            present, anchored = _heads(session), known.heads()
            _refuse_broken(session, known, present)
            moved = {c: h for c, h in present.items() if anchored.get(c) != h}
            log = access.newest(session)
            newest = known.anchors[-1] if known.anchors else None
            if newest and newest.day == today and not moved and newest.access == log:
                return newest
            return self._anchors.add(today, self._now(), moved, log)

    def rotate_keys(self) -> int:
        """Wraps every key with a new master key; returns how many. Crash-safe; safe to repeat."""
        return self._keys.rotate()

    def destroy_key(self, case: CaseRef, *, actor: str, ground: Ground) -> Destruction:
        """Makes a case unreadable for ever. Its journal still proves itself.

        The intention is recorded first, with the removal of its look-up hashes; then the key goes.
        After a crash in between `verify` names the case, and running this again finishes.

        Raises:
            InputError: there is no such case.
            IntegrityError: something of the key or the look-up remains.
        """
        with self._database.write() as session:
            journal.lock_case(session, case)
            if session.get(KeyDestructionRow, case) is None:
                now = self._now()
                session.add(
                    KeyDestructionRow(case_ref=case, at=now, actor=actor, ground=ground.value)
                )
                lookup.forget(session, case)
                self._database.serialise(session, "access log")
                access.add(session, Access(now, actor, f"key destroyed: {ground.value}", case))
        failpoint("custody.destruction-recorded")
        self._keys.destroy(case)
        failpoint("custody.key-destroyed")
        return self._proof(case)

    def _proof(self, case: CaseRef) -> Destruction:
        with self._database.read() as session:
            row = session.get_one(KeyDestructionRow, case)
            proof = Destruction(
                case, row.at, row.actor, row.ground,
                wraps_left=int(self._keys.is_held(case)), names_left=lookup.held(session, case),
            )  # fmt: skip
        if proof.wraps_left or proof.names_left:
            raise IntegrityError(
                "store.not_destroyed",
                f"Something of the key or the look-up of case {case} remains.",
                "Run the destruction again; if it stays, remove the file from the keys folder.",
            )
        return proof


def _heads(session: Session) -> dict[str, Head]:
    newest = (
        select(EventRow.case_ref, func.max(EventRow.seq).label("seq"))
        .group_by(EventRow.case_ref)
        .subquery()
    )
    rows = session.exec(
        select(EventRow.case_ref, EventRow.seq, EventRow.hash).join(
            newest,
            (col(EventRow.case_ref) == newest.c.case_ref) & (col(EventRow.seq) == newest.c.seq),
        )
    )
    return {case: (seq, digest) for case, seq, digest in rows}


def _refuse_broken(session: Session, known: AnchorFile, present: Mapping[str, Head]) -> None:
    """Signing over a store that lost what was anchored would give the loss a clean start."""
    intact = not known.broken
    for case, head in known.heads().items() if intact else ():
        if present.get(case) != head:
            row = session.get(EventRow, (case, head[0]))
            intact = intact and row is not None and row.hash == head[1]
    if not intact:
        raise IntegrityError(
            "anchors.mismatch",
            "The store no longer holds what was anchored before; nothing was signed.",
            "Run `rights audit verify` to see which cases, and restore them from a backup.",
        )
