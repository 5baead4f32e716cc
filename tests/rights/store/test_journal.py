"""Appending, reading, conflicts, and what stands on disk."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from rights.errors import ConflictError, InputError, IntegrityError, RightsdeskError
from rights.release import CaseRef, Right
from rights.store import SEALED, CaseStore, StoreSettings
from tests.rights.store.build import CANARY, Clock, dump, execute, opened, people, tamper


def test_events_come_back_as_they_were(store: CaseStore, case: CaseRef, clock: Clock) -> None:
    """What is appended is read again in order, with its position and an aware UTC instant."""
    clock.time = dt.datetime(2026, 7, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert store.append(case, [opened(), people()], expected_seq=0) == 2
    first, second = store.read(case)
    assert (first.seq, first.event, second.seq, second.event) == (1, opened(), 2, people())
    assert first.recorded_at == dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
    assert first.recorded_at.tzinfo is dt.UTC
    assert store.head(case) == 2
    assert store.verify().passes


def test_same_item_opens_one_case(store: CaseStore) -> None:
    """Opening is safe to repeat; another item gets the next number of the year over all rights."""
    first = store.open_case(Right.ACCESS, 2026, item="a")
    assert store.open_case(Right.ACCESS, 2026, item="a") == first
    second = store.open_case(Right.ERASURE, 2026, item="b")
    other_year = store.open_case(Right.ACCESS, 2027, item="c")
    assert [first[4:13], second[4:13], other_year[4:13]] == ["2026-0001", "2026-0002", "2027-0001"]
    assert store.cases() == [first, second, other_year]


def test_case_without_token_is_refused(store: CaseStore) -> None:
    """Without a token a repeat could open a second case for one request."""
    with pytest.raises(InputError):
        store.open_case(Right.ACCESS, 2026, item="")


def test_stale_reader_is_refused(store: CaseStore, case: CaseRef) -> None:
    """A writer who has not read the newest event writes nothing."""
    store.append(case, [opened()], expected_seq=0)
    with pytest.raises(ConflictError) as caught:
        store.append(case, [people()], expected_seq=0)
    assert caught.value.code == "store.moved_on"
    assert store.head(case) == 1


def test_unknown_case_is_refused(store: CaseStore) -> None:
    """Events of a case that was never opened have nowhere to go."""
    with pytest.raises(InputError):
        store.append(CaseRef("SAR-2026-0099-X"), [opened()], expected_seq=0)
    assert store.read(CaseRef("SAR-2026-0099-X")) == []


def test_one_of_many_writers_wins(store: CaseStore, case: CaseRef) -> None:
    """Of writers who read the same head exactly one gets through, the others get a conflict."""
    results: list[str] = []

    def write() -> None:
        try:
            store.append(case, [opened()], expected_seq=0)
            results.append("written")
        except ConflictError:
            results.append("conflict")

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["conflict"] * 5 + ["written"]
    assert store.head(case) == 1


def test_no_personal_value_stands_in_clear(
    store: CaseStore, case: CaseRef, settings: StoreSettings
) -> None:
    """Neither rows nor raw database files show a personal value or part of it."""
    store.append(case, [opened(), people()], expected_seq=0)
    store.index_names(case, [CANARY])
    stored = dump(settings.url)
    assert "case_opened" in stored
    for word in CANARY.replace("-", " ").split():
        assert word.casefold() not in stored.casefold()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'x'",
        "DELETE FROM event",
        "UPDATE answer SET answer = 'disclose'",
        "DELETE FROM answer",
        "UPDATE access_log SET actor = 'x'",
        "DELETE FROM access_log",
        "DELETE FROM dispatch_key",
        "UPDATE reminder_key SET key = 'x'",
        "DELETE FROM key_destruction",
        "UPDATE case_file SET item = 'x'",
    ],
)
def test_change_is_forbidden(
    store: CaseStore, case: CaseRef, settings: StoreSettings, statement: str
) -> None:
    """The database itself refuses to change or delete what is insert-only."""
    from rights.store import Ground
    from tests.rights.store.build import answered, asked, dispatch, reminder

    events = [opened(), asked(), answered(), dispatch(), reminder("r")]
    store.append(case, events, expected_seq=0)
    store.destroy_key(case, actor="dpo", ground=Ground.RETENTION)
    with pytest.raises(Exception, match="insert-only"):
        execute(settings.url, statement)


def test_replacing_is_forbidden(store: CaseStore, case: CaseRef, settings: StoreSettings) -> None:
    """SQLite's INSERT OR REPLACE and PostgreSQL's upsert cannot rewrite an event."""
    store.append(case, [opened()], expected_seq=0)
    columns = "SELECT case_ref, seq, kind, '{}', recorded_at, hash FROM event"
    statement = (
        f"INSERT OR REPLACE INTO event {columns}"
        if settings.url.startswith("sqlite")
        else f"INSERT INTO event {columns} WHERE true "
        "ON CONFLICT (case_ref, seq) DO UPDATE SET body = excluded.body"
    )
    with pytest.raises(Exception, match=r"insert-only|out of order"):
        execute(settings.url, statement)


def test_truncating_is_forbidden(postgres_url: str, tmp_path: Path) -> None:
    """PostgreSQL's TRUNCATE is no way past the triggers."""
    settings = StoreSettings(
        postgres_url, tmp_path / "v", tmp_path / "k", tmp_path / "m", tmp_path / "a"
    )
    CaseStore.open(settings, now=Clock()).close()
    with pytest.raises(Exception, match="insert-only"):
        execute(postgres_url, "TRUNCATE event")


def test_moved_ciphertext_does_not_open(
    store: CaseStore, settings: StoreSettings, case: CaseRef
) -> None:
    """A sealed value copied to another position or another case is refused when read."""
    other = store.open_case(Right.ACCESS, 2026, item="other")
    store.append(case, [opened(), people("one"), people("two")], expected_seq=0)
    store.append(other, [opened(), people("three")], expected_seq=0)
    body = f"(SELECT body FROM event WHERE case_ref = '{case}' AND seq = 2)"
    tamper(settings.url, f"UPDATE event SET body = {body} WHERE case_ref = '{case}' AND seq = 3")
    with pytest.raises(IntegrityError):
        store.read(case)
    tamper(settings.url, f"UPDATE event SET body = {body} WHERE case_ref = '{other}' AND seq = 2")
    with pytest.raises(IntegrityError):
        store.read(other)


def test_board_reading_opens_no_key(
    store: CaseStore, case: CaseRef, settings: StoreSettings
) -> None:
    """Boards see every case with personal fields left sealed, even with the keys away."""
    other = store.open_case(Right.ERASURE, 2026, item="b")
    store.append(case, [opened(), people()], expected_seq=0)
    store.append(other, [opened()], expected_seq=0)
    settings.keys.rename(settings.keys.with_name("away"))
    seen = {ref: [r.event for r in events] for ref, events in store.iter_cases_events()}
    assert list(seen) == sorted([case, other])
    assert seen[case][1] == people(SEALED)


def test_lost_key_is_no_destroyed_key(
    store: CaseStore, case: CaseRef, settings: StoreSettings
) -> None:
    """A key that is missing without having been destroyed is an error, not an empty page."""
    store.append(case, [opened(), people()], expected_seq=0)
    for wrapped in settings.keys.glob(f"*/{case}.key"):
        wrapped.unlink()
    with pytest.raises(IntegrityError):
        store.read(case)
    assert [p.code for p in store.verify().problems] == ["key_missing"]


def test_errors_tell_nothing_personal(store: CaseStore, case: CaseRef) -> None:
    """A database error reaches the caller without statement or values."""
    with pytest.raises(RightsdeskError) as caught, store._database.write() as session:
        session.connection().execute(
            text("INSERT INTO case_file VALUES (:c, :c, 2026, 1, 'i', :c)"), {"c": CANARY}
        )
    assert CANARY not in str(caught.value) and caught.value.__cause__ is None
