"""What every part of the store works on: database, keys, vault, anchors and the caller's clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from rights.release import CaseRef
from rights.store import access, lookup, suppression
from rights.store.access import Access
from rights.store.anchors import Anchors
from rights.store.database import Database
from rights.store.keys import KeyRing
from rights.store.migrations import migrate
from rights.store.sealing import CaseKey
from rights.store.settings import StoreSettings
from rights.store.suppression import SuppressionTable
from rights.store.vault import Vault

Now = Callable[[], dt.datetime]
"""The present instant, with its zone."""


class StoreCore:
    """The parts of an opened store; made by `CaseStore.open`."""

    def __init__(self, settings: StoreSettings, now: Now) -> None:
        self._database = Database(settings.url)
        migrate(self._database)
        self._keys = KeyRing(settings.keys, settings.master_key)
        self._keys.create(lookup.KEY_NAME)
        self._keys.create(suppression.KEY_NAME)
        self._vault = Vault(settings.vault)
        self._anchors = Anchors(settings.anchors, settings.master_key.with_name("anchor.key"))
        self._now = now

    def close(self) -> None:
        """Gives the database connections back; the store cannot be used in a fork before."""
        self._database.close()

    @property
    def suppressed(self) -> SuppressionTable:
        """The list of those who were erased or are not written to."""
        return SuppressionTable(self._database)

    def mark_key(self) -> bytes:
        """The key of the list's marks; kept apart from the database, and never written there."""
        return self._keys.key(suppression.KEY_NAME)

    def journal_access(self, actor: str, what: str, case: CaseRef | None = None) -> None:
        """Writes down that somebody looked at something.

        Args:
            actor: The login.
            what: What was looked at, in a few words without personal data.
            case: The case it belongs to.
        """
        with self._database.write() as session:
            self._database.serialise(session, "access log")
            access.add(session, Access(self._now(), actor, what, case or ""))

    def _key(self, case: CaseRef) -> CaseKey:
        return CaseKey(self._keys.key(case))
