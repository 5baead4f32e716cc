"""Destroying a case's key, rotating, and what remains."""

from __future__ import annotations

import datetime as dt

import pytest

from rights.errors import InputError, RefusedError
from rights.events import DESTROYED
from rights.release import CaseRef, Right
from rights.store import CaseStore, Ground, StoreSettings
from tests.rights.store.build import CANARY, dump, opened, people


@pytest.fixture
def filled(store: CaseStore, case: CaseRef) -> CaseRef:
    store.append(case, [opened(), people()], expected_seq=0)
    store.put_file(case, f"notes of {CANARY}", CANARY.encode() * 1000)
    store.index_names(case, [CANARY])
    return case


def test_destroyed_case_cannot_be_read(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """Personal fields read as destroyed, files open no more, look-up finds nothing."""
    store.anchor(dt.date(2026, 2, 5))
    proof = store.destroy_key(filled, actor="dpo", ground=Ground.RETENTION)
    assert (proof.wraps_left, proof.names_left) == (0, 0)
    assert store.read(filled)[1].event == people(DESTROYED)
    assert not store.has_file(filled, f"notes of {CANARY}")
    with pytest.raises(RefusedError):
        store.get_file(filled, f"notes of {CANARY}")
    assert store.find_by_name([CANARY], "officer") == []
    assert store.verify().passes
    assert not list(settings.keys.glob(f"*/{filled}.key"))


def test_destroyed_case_takes_nothing_more(store: CaseStore, filled: CaseRef) -> None:
    """Nothing can be added that could never be read, nor made findable again."""
    store.destroy_key(filled, actor="dpo", ground=Ground.ORDERED)
    with pytest.raises(RefusedError):
        store.append(filled, [people()], expected_seq=2)
    with pytest.raises(RefusedError):
        store.put_file(filled, "x", b"x")
    with pytest.raises(RefusedError):
        store.index_names(filled, ["x"])


def test_destruction_is_safe_to_repeat_and_journaled(store: CaseStore, filled: CaseRef) -> None:
    """A second run changes nothing; who did it and why stays in the access log."""
    first = store.destroy_key(filled, actor="dpo", ground=Ground.RETENTION)
    assert store.destroy_key(filled, actor="other", ground=Ground.ORDERED) == first
    entries = [a for a in store.accesses(filled) if a.what.startswith("key destroyed")]
    assert [(a.actor, a.what) for a in entries] == [("dpo", "key destroyed: retention period over")]


def test_other_cases_live_on(store: CaseStore, filled: CaseRef) -> None:
    """Destroying one key leaves the others, and an unknown case is refused."""
    other = store.open_case(Right.ACCESS, 2026, item="other")
    store.append(other, [opened(), people("Ann")], expected_seq=0)
    store.index_names(other, ["Ann"])
    store.destroy_key(filled, actor="dpo", ground=Ground.RETENTION)
    assert store.read(other)[1].event == people("Ann")
    assert store.find_by_name(["ann"], "officer") == [other]
    with pytest.raises(InputError):
        store.destroy_key(CaseRef("SAR-2026-0099-X"), actor="dpo", ground=Ground.RETENTION)


def test_rotation_keeps_cases_files_and_look_up(store: CaseStore, filled: CaseRef) -> None:
    """After rotation everything reads as before; destroyed keys stay destroyed."""
    other = store.open_case(Right.ACCESS, 2026, item="other")
    store.append(other, [opened(), people()], expected_seq=0)
    store.destroy_key(other, actor="dpo", ground=Ground.RETENTION)
    assert store.rotate_keys() == 3  # the case's, the look-up's and that of the marks
    assert store.read(filled)[1].event == people()
    assert store.get_file(filled, f"notes of {CANARY}").startswith(CANARY.encode())
    assert store.find_by_name([CANARY], "officer") == [filled]
    assert store.read(other)[1].event == people(DESTROYED)
    assert store.verify().passes


def test_no_trace_is_left_on_disk(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """Neither before nor after destruction do store, vault, keys or anchors show the canary."""
    store.anchor(dt.date(2026, 2, 5))
    store.destroy_key(filled, actor="dpo", ground=Ground.RETENTION)
    folders = (settings.vault, settings.keys, settings.anchors, settings.master_key.parent)
    found = [p for folder in folders for p in folder.rglob("*")]
    everything = dump(settings.url) + "".join(
        str(p) + (p.read_bytes().decode("latin-1") if p.is_file() else "") for p in found
    )
    for word in CANARY.replace("-", " ").split():
        assert word.casefold() not in everything.casefold()


def test_backup_of_the_wrapped_key_does_not_bring_it_back(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """A restored key file is not used, and verification says that it is there."""
    (wrapped,) = settings.keys.glob(f"*/{filled}.key")
    backup = wrapped.read_bytes()
    store.destroy_key(filled, actor="dpo", ground=Ground.RETENTION)
    wrapped.write_bytes(backup)
    assert store.read(filled)[1].event == people(DESTROYED)
    assert [p.code for p in store.verify().problems] == ["key_not_destroyed"]
    store.destroy_key(filled, actor="dpo", ground=Ground.RETENTION)
    assert store.verify().passes
