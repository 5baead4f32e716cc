"""The case store: the one way to cases, their journal, questions, files and leases.

Every method is one transaction, or one file step that is safe to repeat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col, select

from rights.errors import InputError
from rights.events import Event
from rights.failpoints import failpoint, register
from rights.reference import new_reference
from rights.release import CaseRef, Right
from rights.store import chain, journal, leases, questions
from rights.store.core import Now
from rights.store.custody import CustodyStore
from rights.store.desk import DeskStore
from rights.store.journal import Append, Recorded
from rights.store.keys import KeyDestroyedError
from rights.store.leases import Lease
from rights.store.questions import OpenQuestion
from rights.store.sealing import CaseKey
from rights.store.settings import StoreSettings
from rights.store.tables import CaseFileRow

register("store.key-made", "store.file-kept")

MakeReference = Callable[[Right, int, int], CaseRef]


class CaseStore(DeskStore, CustodyStore):
    """Cases as journals of events, with their files. The truth; everything else is a view."""

    def __init__(self, settings: StoreSettings, now: Now, reference: MakeReference) -> None:
        super().__init__(settings, now)
        self._reference = reference

    @classmethod
    def open(
        cls, settings: StoreSettings, *, now: Now, reference: MakeReference = new_reference
    ) -> CaseStore:
        """Opens the store, making or migrating what is not there or not up to date.

        Args:
            settings: Where its parts are.
            now: The present instant, with its zone.
            reference: Makes the reference of a case from right, year and number.

        Raises:
            ConfigError: a part is missing, unreachable, or belongs to another store.
        """
        return cls(settings, now, reference)

    def open_case(self, right: Right, year: int, *, item: str) -> CaseRef:
        """A new case with its key; the same item again gives the case it has already.

        Numbers run through each year over all rights. The key is durable before the case is.

        Args:
            right: What the person asks for.
            year: The year in which it was received.
            item: A token that stands for the request; no file name.

        Raises:
            InputError: the token is empty.
        """
        if not item:
            raise InputError(
                "store.no_item",
                "A case cannot be opened without a token of the request.",
                "Give the token of the intake item or of the form that was sent.",
            )
        with self._database.write() as session:
            self._database.serialise(session, "open case")
            known = session.exec(
                select(CaseFileRow.case_ref).where(CaseFileRow.item == item)
            ).first()
            if known is not None:
                return CaseRef(known)
            newest = session.exec(
                select(func.max(CaseFileRow.number)).where(CaseFileRow.year == year)
            ).first()
            number = (newest or 0) + 1
            case = self._reference(right, year, number)
            session.add(
                CaseFileRow(
                    case_ref=case,
                    right=right.value,
                    year=year,
                    number=number,
                    item=item,
                    opened_at=self._now(),
                )
            )
            session.flush()
            self._keys.create(case)
            failpoint("store.key-made")
        return case

    def cases(self) -> list[CaseRef]:
        """All cases, oldest first."""
        with self._database.read() as session:
            rows = session.exec(
                select(CaseFileRow.case_ref).order_by(
                    col(CaseFileRow.year), col(CaseFileRow.number)
                )
            )
            return [CaseRef(row) for row in rows]

    def append(
        self,
        case: CaseRef,
        events: Sequence[Event],
        *,
        expected_seq: int,
        lease: Lease | None = None,
    ) -> int:
        """Writes events with all that hangs on them, or nothing; returns the new head.

        Args:
            case: The case.
            events: What happened, in order. Personal fields are sealed.
            expected_seq: The head the writer has read.
            lease: The writer's hold on the case; a desk answer has none.

        Raises:
            InputError: there is no such case.
            ConflictError: the case has moved on, a question is already answered, or a key that
                may be used once is used.
            RefusedError: the lease was taken over, or the case's key was destroyed.
        """
        with self._database.write() as session:
            journal.lock_case(session, case)
            journal.refuse_destroyed(session, case)
            new = Append(case, tuple(events), expected_seq, lease)
            return journal.append(session, new, self._key(case), self._now())

    def read(self, case: CaseRef) -> list[Recorded]:
        """All events of a case in order; none when there is no such case.

        Once its key was destroyed, personal fields read as `rights.events.DESTROYED`.

        Raises:
            IntegrityError: a value was altered or moved, or the key is missing.
        """
        with self._database.read() as session:
            if journal.head(session, case) == 0:
                return []
            return journal.read(session, case, self._opener(case))

    def head(self, case: CaseRef) -> int:
        """Sequence number of the newest event; 0 when there is none."""
        with self._database.read() as session:
            return journal.head(session, case)

    def iter_cases_events(self) -> Iterator[tuple[CaseRef, list[Recorded]]]:
        """Every case with its events, in flat memory, for boards and figures.

        Personal fields read as `rights.store.SEALED`: no board needs them, and no key is opened.
        """
        with self._database.read() as session:
            yield from journal.stream(session)

    def open_questions(
        self, case: CaseRef | None = None, role: str | None = None
    ) -> list[OpenQuestion]:
        """Questions neither answered nor withdrawn, of a case or role or of all."""
        with self._database.read() as session:
            return questions.open_questions(session, case, role)

    def put_file(self, case: CaseRef, file_id: str, data: bytes | Path) -> None:
        """Keeps bytes, or those of a file, under an id in the case's vault, durably.

        The same again changes nothing.

        Raises:
            ConflictError: the id already stands for other content.
            RefusedError: the case's key was destroyed.
        """
        self._vault.put(case, file_id, data, self._key(case))
        failpoint("store.file-kept")

    def get_file(self, case: CaseRef, file_id: str) -> bytes:
        """The bytes under an id.

        Raises:
            InputError: the case holds no such file.
            RefusedError: the case's key was destroyed.
            IntegrityError: the file was altered, cut or swapped.
        """
        return b"".join(self.open_file(case, file_id))

    def open_file(self, case: CaseRef, file_id: str) -> Iterator[bytes]:
        """The bytes under an id, a chunk at a time; errors as in `get_file`."""
        return self._vault.read(case, file_id, self._key(case))

    def has_file(self, case: CaseRef, file_id: str) -> bool:
        """Whether the case holds a file under this id that can still be read."""
        try:
            return self._vault.has(case, file_id, self._key(case))
        except KeyDestroyedError:
            return False

    def remove_file(self, case: CaseRef, file_id: str) -> bool:
        """Removes the bytes under an id for good; False when they are gone already.

        Only for copies of what was erased in its source (UK GDPR Art 17), and for what a stage
        keeps of its own work while it runs: all else stays until the key of the case is destroyed.
        """
        return self._vault.remove(case, file_id, self._key(case))

    def remove_partials(self, older_than: dt.timedelta) -> int:
        """Removes half-written vault files that killed stages left; returns how many."""
        return self._vault.remove_partials(older_than, self._now())

    def acquire_lease(self, case: CaseRef, holder: str, seconds: float) -> Lease:
        """A hold on a case for one stage; its token is larger than any before.

        Args:
            case: The case.
            holder: The flow run; the same holder may take its own lease again after a crash.
            seconds: How long until somebody else may take it over.

        Raises:
            ConflictError: somebody else holds the case.
        """
        now = self._now()
        with self._database.write() as session:
            journal.lock_case(session, case)
            until = now + dt.timedelta(seconds=seconds)
            return leases.acquire(session, case, holder, now, until)

    def lease_holder(self, case: CaseRef) -> str:
        """Who holds a case now; '' when nobody does."""
        with self._database.read() as session:
            return leases.holder(session, case, self._now())

    def extend_lease(self, lease: Lease, seconds: float) -> None:
        """Lets a lease run on from now.

        Raises:
            RefusedError: it was taken over.
        """
        with self._database.write() as session:
            journal.lock_case(session, lease.case)
            leases.extend(session, lease, self._now() + dt.timedelta(seconds=seconds))

    def release_lease(self, lease: Lease) -> None:
        """Ends a lease at once; one that was taken over is left to its new holder."""
        with self._database.write() as session:
            journal.lock_case(session, lease.case)
            leases.release(session, lease, self._now())

    def _opener(self, case: CaseRef) -> chain.Opener:
        try:
            return chain.with_key(case, CaseKey(self._keys.key(case)))
        except KeyDestroyedError:
            return chain.destroyed
