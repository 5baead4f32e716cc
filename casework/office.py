"""The office a case is worked in: store, law, council, sources and the clock on the wall.

Edges make one `Office` and pass it in; nothing below reads the time or the environment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from casework.council import Council, load_council
from casework.settings import Settings
from casework.wallclock import utc_now
from rights import law as law_
from rights.case import Case
from rights.errors import InputError
from rights.events import Event
from rights.fold import fold
from rights.gates import Draft
from rights.reference import as_case_ref
from rights.release import CaseRef
from rights.sources import Source, load_sources
from rights.sources.actions import SourceActions
from rights.sources.actions.load import make_actions
from rights.sources.mapping import load_mapping
from rights.store import CaseStore, Lease, Scratch, StoreSettings

LONDON = ZoneInfo("Europe/London")
NOBODY: frozenset[str] = frozenset()
"""The roles of the engine and of the shared form: none."""
LEASE_SECONDS = 900
"""How long a stage may hold a case before another may take it over; a crash frees it then."""


@dataclass(frozen=True)
class Office:
    """Everything a stage needs.

    Attributes:
        settings: Where everything is.
        store: The case store, the only truth.
        clock: The present instant, with its zone; tests and what-ifs pass their own.
    """

    settings: Settings
    store: CaseStore
    clock: Callable[[], dt.datetime]

    @cached_property
    def law(self) -> law_.Law:
        """The statutory rules."""
        return law_.load()

    @cached_property
    def council(self) -> Council:
        """What the council says about itself."""
        return load_council(self.settings.council)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The systems that a search asks, in the order of the council's list."""
        return tuple(
            load_sources(
                self.settings.council / "sources",
                self.settings.base,
                self.settings.source_urls,
                self.settings.shapes,
            )
        )

    @cached_property
    def actions(self) -> dict[str, SourceActions]:
        """What can be done in each source, by its name."""
        folder = self.settings.council / "sources"
        mappings = [load_mapping(path) for path in sorted(folder.glob("*.yaml"))]
        reads, writes = self.settings.source_urls, self.settings.source_write_urls
        return {m.name: make_actions(m, self.settings.base, reads, writes) for m in mappings}

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days are counted."""
        return LONDON

    @property
    def scratch(self) -> Scratch:
        """Where clear working copies live for the length of one job."""
        return Scratch(self.settings.scratch)

    def today(self) -> dt.date:
        """The day it is in London."""
        return self.clock().astimezone(LONDON).date()

    def case(self, ref: str) -> Case:
        """The case as its events stand now.

        Raises:
            InputError: the reference is mistyped or no such case exists.
        """
        known = self.known(ref)
        return fold(known, self.store.read(known))

    def cases(self) -> Generator[Case]:
        """Every case whose receipt is recorded, oldest first.

        A reference may be there before its receipt is: allocated, and then the process was killed.
        """
        for ref in self.store.cases():
            if self.store.head(ref):
                yield fold(ref, self.store.read(ref))

    def known(self, ref: str) -> CaseRef:
        """The reference, checked letter and all, of a case that exists."""
        parsed = as_case_ref(ref)
        if self.store.head(parsed) == 0:
            raise InputError(
                "case.unknown",
                f"There is no case {parsed}.",
                "Check the reference on the letter or the case board.",
            )
        return parsed

    def draft(self, case: Case, roles: frozenset[str] = NOBODY) -> Draft:
        """An empty draft of what somebody with these roles is about to record on a case."""
        return Draft(case, roles=roles, law=self.law, now=self.clock(), today=self.today())

    def write(self, draft: Draft, lease: Lease | None = None) -> Case:
        """Write what a draft has admitted, in one transaction; the only way into a journal.

        Raises:
            ConflictError: somebody else wrote to the case since it was read; read it again.
        """
        before = draft.before
        if draft.events:
            self.store.append(before.ref, draft.events, expected_seq=before.seq, lease=lease)
        return draft.case

    def record(
        self,
        case: Case,
        events: Iterable[Event],
        *,
        roles: frozenset[str] = NOBODY,
        details: Mapping[str, Any] | None = None,
    ) -> Case:
        """Record events outside a stage, each past its gates: all of them or none.

        Args:
            case: The case as it was read.
            events: What happened, in order.
            roles: Of the signed-in person; none for the engine and the shared form.
            details: What the guards must see and no event holds.

        Returns:
            The case as it is then.

        Raises:
            RefusedError: a gate forbids one of them.
            InputError: an entry of one of them cannot be.
            ConflictError: somebody else wrote to the case since it was read.
        """
        draft = self.draft(case, roles)
        draft.admit(events, details)
        return self.write(draft)

    @contextmanager
    def working(self, ref: CaseRef, holder: str) -> Generator[Work]:
        """Hold the case for one stage; nobody else can write to it under a lease meanwhile."""
        lease = self.store.acquire_lease(ref, holder, LEASE_SECONDS)
        try:
            yield Work(self, ref, lease, fold(ref, self.store.read(ref)))
        finally:
            self.store.release_lease(lease)

    def reading(self, ref: CaseRef) -> Work:
        """The case with its files, for looking at and for what a signed-in person writes."""
        return Work(self, ref, None, fold(ref, self.store.read(ref)))


class Work:
    """One stage's hold on a case: the folded case, kept current as events are appended.

    A stage has a lease; the desk has none, and is held to the sequence number it has read.
    """

    def __init__(self, office: Office, ref: CaseRef, lease: Lease | None, case: Case) -> None:
        self.office = office
        self.ref = ref
        self.lease = lease
        self.case = case
        self._held_since = office.clock()

    def append(
        self,
        *events: Event,
        roles: frozenset[str] = NOBODY,
        details: Mapping[str, Any] | None = None,
    ) -> Case:
        """Write events past their gates and return the case they make; nothing on an error.

        See `Office.record` for the roles and details of a signed-in person.
        """
        self._hold_on()
        draft = self.office.draft(self.case, roles)
        draft.admit(events, details)
        self.case = self.office.write(draft, self.lease)
        return self.case

    def put(self, name: str, data: bytes | Path) -> str:
        """Keep bytes, or those of a file, in the case's vault under a name.

        The same again is no change.
        """
        self._hold_on()
        self.office.store.put_file(self.ref, name, data)
        return name

    def _hold_on(self) -> None:
        """Keep the lease of a long stage alive while it makes progress."""
        now = self.office.clock()
        if self.lease and (now - self._held_since).total_seconds() > LEASE_SECONDS / 3:
            self.office.store.extend_lease(self.lease, LEASE_SECONDS)
            self._held_since = now

    def get(self, name: str) -> bytes:
        """Bytes from the case's vault."""
        return self.office.store.get_file(self.ref, name)


def open_office(
    settings: Settings | None = None, clock: Callable[[], dt.datetime] | None = None
) -> Office:
    """The office that the settings describe; makes the store on first use."""
    settings = settings or Settings()
    instant = clock or utc_now
    store = CaseStore.open(store_settings(settings), now=instant)
    return Office(settings, store, instant)


def store_settings(settings: Settings) -> StoreSettings:
    """Where the case store's parts are."""
    return StoreSettings(
        url=settings.database,
        vault=settings.vault,
        keys=settings.keys,
        master_key=settings.master_key,
        anchors=settings.anchors,
    )


def package_folder(name: str) -> Path:
    """A folder that ships beside the packages, such as the demo's data."""
    return Path(__file__).resolve().parent.parent / name
