"""Look-up by name, accounts, sessions and leases."""

from __future__ import annotations

import datetime as dt

import pytest
from argon2 import PasswordHasher

from rights.errors import ConflictError, InputError, RefusedError
from rights.release import CaseRef, Right
from rights.store import Account, CaseStore, StoreSettings, accounts
from tests.rights.store.build import Clock, dump, opened

PASSWORD = "three random words"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real Argon2 with little work; how much work is not what these tests are about."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64))
    accounts._nobody.cache_clear()


def test_names_are_found_however_written(store: CaseStore, case: CaseRef) -> None:
    """Case, accents, hyphens and apostrophes make no difference; all parts must be there."""
    other = store.open_case(Right.ACCESS, 2026, item="b")
    store.index_names(case, ["Zoë", "O'Brien-Łuczak"])
    store.index_names(case, ["Zoë"])
    store.index_names(other, ["Zoe Smith"])
    assert store.find_by_name(["zoe obrien"], "officer") == [case]
    assert store.find_by_name(["LUCZAK"], "officer") == [case]
    assert store.find_by_name(["Zoe"], "officer") == [case, other]
    assert store.find_by_name(["Zoe", "Jones"], "officer") == []
    assert store.find_by_name([""], "officer") == []


def test_look_ups_are_journaled_without_the_name(
    store: CaseStore, case: CaseRef, clock: Clock, settings: StoreSettings
) -> None:
    """Who looked, when and which case came up is kept; what was typed is not."""
    store.index_names(case, ["Quillfeather"])
    store.find_by_name(["Quillfeather"], "officer")
    store.find_by_name(["Nobody"], "officer")
    store.journal_access("approver", "pack preview", case)
    entries = [(a.actor, a.what, a.case) for a in store.accesses()]
    assert entries == [
        ("officer", "name look-up found", case),
        ("officer", "name look-up found nothing", ""),
        ("approver", "pack preview", case),
    ]
    assert [a.at for a in store.accesses(case)] == [clock.time] * 2
    assert "uillfeather" not in dump(settings.url)


def test_sign_in(store: CaseStore, settings: StoreSettings) -> None:
    """The right password gives the account with its roles; login is free of case and blanks."""
    account = Account("mo", frozenset({"officer", "approver"}))
    assert store.add_account(" Mo ", PASSWORD, ["officer", "approver"]) == account
    assert store.check_password("MO", PASSWORD) == account
    assert store.check_password("mo", PASSWORD + "x") is None
    assert store.check_password("nobody", PASSWORD) is None
    assert store.accounts() == [account]
    assert PASSWORD not in dump(settings.url)


def test_accounts_refuse_what_is_weak_or_taken(store: CaseStore) -> None:
    """Short passwords, empty and taken logins are refused; nothing is written."""
    for login, password, error in (
        ("mo", "short", InputError),
        (" ", PASSWORD, InputError),
    ):
        with pytest.raises(error):
            store.add_account(login, password, ["officer"])
    store.add_account("mo", PASSWORD, ["officer"])
    with pytest.raises(ConflictError):
        store.add_account("MO", PASSWORD, ["approver"])
    assert len(store.accounts()) == 1


def test_wrong_tries_lock_the_account_for_a_while(store: CaseStore, clock: Clock) -> None:
    """After five wrong tries even the right password fails until the time is over."""
    store.add_account("mo", PASSWORD, ["officer"])
    for _ in range(4):
        assert store.check_password("mo", "wrong password") is None
    assert store.check_password("mo", PASSWORD) is not None
    for _ in range(5):
        assert store.check_password("mo", "wrong password") is None
    assert store.check_password("mo", PASSWORD) is None
    clock.advance(minutes=16)
    assert store.check_password("mo", PASSWORD) is not None


def test_sessions_end(store: CaseStore, clock: Clock, settings: StoreSettings) -> None:
    """A session holds until it runs out, is ended, or the account is barred."""
    account = store.add_account("mo", PASSWORD, ["officer"])
    one, two, three = (store.open_session("mo", dt.timedelta(hours=8)) for _ in range(3))
    assert store.session_account(one) == account and one not in dump(settings.url)
    store.end_session(one)
    assert store.session_account(one) is None and store.session_account(two) == account
    clock.advance(hours=8)
    assert store.session_account(two) is None
    four = store.open_session("mo", dt.timedelta(hours=8))
    store.disable_account("mo")
    assert store.session_account(four) is None and store.session_account(three) is None
    assert store.check_password("mo", PASSWORD) is None
    assert store.session_account("made up") is None


def test_new_password_ends_sessions(store: CaseStore) -> None:
    """Whoever had the old password is signed out."""
    store.add_account("mo", PASSWORD, ["officer"])
    token = store.open_session("mo", dt.timedelta(hours=8))
    store.change_password("mo", "three other words")
    assert store.session_account(token) is None
    assert store.check_password("mo", PASSWORD) is None
    assert store.check_password("mo", "three other words") is not None
    with pytest.raises(InputError):
        store.change_password("nobody", PASSWORD)


def test_one_holder_at_a_time(store: CaseStore, case: CaseRef, clock: Clock) -> None:
    """A held case is refused to others until the lease runs out or is released."""
    first = store.acquire_lease(case, "run-a", 60)
    assert store.lease_holder(case) == "run-a"
    with pytest.raises(ConflictError):
        store.acquire_lease(case, "run-b", 60)
    clock.advance(seconds=60)
    second = store.acquire_lease(case, "run-b", 60)
    store.release_lease(first)
    with pytest.raises(ConflictError):
        store.acquire_lease(case, "run-c", 60)
    store.release_lease(second)
    third = store.acquire_lease(case, "run-c", 60)
    assert first.token < second.token < third.token


def test_old_token_cannot_write(store: CaseStore, case: CaseRef, clock: Clock) -> None:
    """A worker that comes back after its lease was taken over is refused; nothing is written."""
    old = store.acquire_lease(case, "run-a", 60)
    store.append(case, [opened()], expected_seq=0, lease=old)
    clock.advance(seconds=61)
    new = store.acquire_lease(case, "run-b", 60)
    with pytest.raises(RefusedError):
        store.append(case, [opened()], expected_seq=1, lease=old)
    with pytest.raises(RefusedError):
        store.extend_lease(old, 60)
    store.append(case, [opened()], expected_seq=1, lease=new)
    assert store.head(case) == 2


def test_run_that_crashed_takes_its_lease_again(store: CaseStore, case: CaseRef) -> None:
    """The same flow run continues at once, and what it was before is fenced off."""
    before = store.acquire_lease(case, "run-a", 600)
    after = store.acquire_lease(case, "run-a", 600)
    with pytest.raises(RefusedError):
        store.append(case, [opened()], expected_seq=0, lease=before)
    store.append(case, [opened()], expected_seq=0, lease=after)


def test_lease_holds_on_while_extended_or_not_taken(
    store: CaseStore, case: CaseRef, clock: Clock
) -> None:
    """An extended lease keeps others out; one that ran out still writes if nobody took it."""
    lease = store.acquire_lease(case, "run-a", 60)
    clock.advance(seconds=50)
    store.extend_lease(lease, 60)
    clock.advance(seconds=50)
    with pytest.raises(ConflictError):
        store.acquire_lease(case, "run-b", 60)
    clock.advance(seconds=50)
    assert store.append(case, [opened()], expected_seq=0, lease=lease) == 1


def test_lease_of_another_case_is_refused(store: CaseStore, case: CaseRef) -> None:
    """A lease is for one case."""
    other = store.open_case(Right.ACCESS, 2026, item="b")
    lease = store.acquire_lease(other, "run-a", 60)
    with pytest.raises(RefusedError):
        store.append(case, [opened()], expected_seq=0, lease=lease)
