"""The list of those who were erased: marks kept once, met again, and forgotten on request."""

from __future__ import annotations

import datetime as dt

from rights.release import PersonName, Right
from rights.sources import SourcePerson
from rights.sources.suppression import ERASED, NOT_WRITTEN_TO, person_marks, returning
from rights.store import CaseStore, StoreSettings
from tests.rights.store.build import CANARY, Clock

DAY = dt.date(2026, 11, 22)
FIRST, _, LAST = CANARY.partition(" ")
PERSON = SourcePerson("system", "1", names=(PersonName(FIRST, LAST),), dob=dt.date(2010, 3, 4))
OTHER = SourcePerson("system", "2", names=(PersonName("Ann", "Other"),), dob=dt.date(2011, 1, 1))


def test_a_person_is_met_again_until_the_order_is_forgotten(settings: StoreSettings) -> None:
    """Added twice is added once; another purpose is another list; forgetting ends it."""
    store = CaseStore.open(settings, now=Clock())
    listed, secret = store.suppressed, store.mark_key()
    marks = person_marks(PERSON, secret)
    for _ in range(2):
        listed.add(marks, purpose=ERASED, key="ERA/1", on=DAY)
    met = list(returning([PERSON, OTHER], listed, secret, purpose=ERASED))
    assert [(m.person.key, m.keys) for m in met] == [("1", frozenset({"ERA/1"}))]
    assert not list(returning([PERSON], listed, secret, purpose=NOT_WRITTEN_TO))
    listed.forget("ERA/1")
    assert not list(returning([PERSON], listed, secret, purpose=ERASED))
    store.close()


def test_the_key_of_the_marks_outlives_the_store_object(settings: StoreSettings) -> None:
    """Marks made before a restart are met after it."""
    first = CaseStore.open(settings, now=Clock())
    first.suppressed.add(person_marks(PERSON, first.mark_key()), purpose=ERASED, key="K", on=DAY)
    first.close()
    again = CaseStore.open(settings, now=Clock())
    known = again.suppressed.known(person_marks(PERSON, again.mark_key()), purpose=ERASED)
    assert known == {"K"}
    many = [f"{n:064x}" for n in range(1200)]
    again.suppressed.add(many, purpose=ERASED, key="M", on=DAY)
    assert again.suppressed.known(many, purpose=ERASED) == {"M"}
    again.close()


def test_a_vault_file_can_be_removed_for_good(settings: StoreSettings) -> None:
    """What was erased in its source leaves the vault too; removing it twice is safe."""
    store = CaseStore.open(settings, now=Clock())
    ref = store.open_case(Right.ERASURE, 2026, item="1")
    store.put_file(ref, "doc/1/source", CANARY.encode())
    assert store.remove_file(ref, "doc/1/source")
    assert not store.has_file(ref, "doc/1/source") and not store.remove_file(ref, "doc/1/source")
    store.close()
