"""Killed at every named step: what was promised is there, and running again ends the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from rights.errors import ConflictError
from rights.events import DESTROYED
from rights.failpoints import FAILPOINTS
from rights.release import CaseRef, Right
from rights.store import CaseStore, Ground, StoreSettings
from tests.rights.store.build import (
    Clock,
    answered,
    asked,
    dispatch,
    in_child,
    opened,
    people,
)

STORE_POINTS = sorted(
    p
    for p in FAILPOINTS
    if p.split(".")[0] in {"anchors", "custody", "database", "files", "journal", "keys", "store"}
)
Step = Callable[[CaseStore], object]


def once(store: CaseStore, settings: StoreSettings, step: Step, failpoint: str) -> str:
    """Runs a step in a forked child with a store of its own."""

    def work() -> None:
        step(CaseStore.open(settings, now=Clock()))

    store.close()  # no open connection may cross a fork
    return in_child(work, failpoint)


def work_on_case(store: CaseStore) -> CaseRef:
    """A small case's life; each step looks first whether it is done, as stages do."""
    case = store.open_case(Right.ACCESS, 2026, item="item-1")
    steps = ([opened(), people()], [asked()], [answered()], [dispatch()])
    done = 0
    for events in steps:
        if store.head(case) == done:
            store.append(case, events, expected_seq=done)
        done += len(events)
    store.put_file(case, "pack", b"the pack" * 1000)
    store.index_names(case, ["Ann"])
    store.anchor(dt.date(2026, 2, 5))
    return case


def test_every_failpoint_is_reached(settings: StoreSettings, store: CaseStore) -> None:
    """Each named step of the store is on the way of a case's life, its rotation or its end."""
    unreached: list[str] = []
    for number, failpoint in enumerate(STORE_POINTS):

        def life(child: CaseStore, number: int = number) -> None:
            case = child.open_case(Right.ACCESS, 2026, item=f"life-{number}")
            child.append(case, [opened(), asked()], expected_seq=0)
            child.put_file(case, "pack", b"x")
            child.anchor(dt.date(2026, 2, 5))
            child.rotate_keys()
            child.destroy_key(case, actor="dpo", ground=Ground.RETENTION)

        if once(store, settings, life, failpoint) != "killed":
            unreached.append(failpoint)
    assert unreached == []


@pytest.mark.parametrize(
    "failpoint", [p for p in STORE_POINTS if not p.startswith(("custody", "keys"))]
)
@pytest.mark.parametrize("turn", [1, 3])
def test_killed_case_ends_the_same(
    settings: StoreSettings, store: CaseStore, failpoint: str, turn: int
) -> None:
    """Killed anywhere and run again, a case has the same events, once each, and verifies."""
    once(store, settings, work_on_case, f"{failpoint}:{turn}")
    assert {p.code for p in store.verify().problems} <= {"anchor_torn"}
    case = work_on_case(store)
    assert [r.event for r in store.read(case)] == [
        opened(), people(), asked(), answered(), dispatch(),
    ]  # fmt: skip
    assert store.cases() == [case]
    assert store.get_file(case, "pack") == b"the pack" * 1000
    assert store.find_by_name(["ann"], "officer") == [case]
    with pytest.raises(ConflictError):
        store.append(case, [dispatch()], expected_seq=5)
    assert store.verify().passes


@pytest.mark.parametrize(
    "failpoint", ["custody.destruction-recorded", "keys.tombstone", "files.overwritten"]
)
def test_killed_destruction_is_seen_and_finished(
    settings: StoreSettings, store: CaseStore, failpoint: str
) -> None:
    """A destruction that was killed is reported until it is run again."""
    case = work_on_case(store)

    def destroy(child: CaseStore) -> None:
        child.destroy_key(case, actor="dpo", ground=Ground.RETENTION)

    once(store, settings, destroy, failpoint)
    assert {p.code for p in store.verify().problems} <= {"key_not_destroyed"}
    destroy(store)
    assert store.verify().passes and store.read(case)[1].event == people(DESTROYED)
