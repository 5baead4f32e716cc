"""The case store: append-only journal, encrypted vault, keys, anchors, questions and accounts."""

from rights.store.access import Access
from rights.store.accounts import Account
from rights.store.anchors import Anchor
from rights.store.audit import AuditReport, Problem
from rights.store.chain import SEALED
from rights.store.custody import Destruction, Ground
from rights.store.journal import Recorded
from rights.store.keys import KeyDestroyedError
from rights.store.leases import Lease
from rights.store.questions import OpenQuestion
from rights.store.scratch import Scratch, sweep
from rights.store.settings import StoreSettings
from rights.store.store import CaseStore

__all__ = [
    "SEALED",
    "Access",
    "Account",
    "Anchor",
    "AuditReport",
    "CaseStore",
    "Destruction",
    "Ground",
    "KeyDestroyedError",
    "Lease",
    "OpenQuestion",
    "Problem",
    "Recorded",
    "Scratch",
    "StoreSettings",
    "sweep",
]
