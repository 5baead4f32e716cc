"""What verification and anchors catch."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from rights.errors import ConfigError, IntegrityError
from rights.release import CaseRef, Right
from rights.store import CaseStore, StoreSettings
from rights.store.tables import EventRow
from tests.rights.store.build import answered, asked, dispatch, opened, people, tamper

DAY = dt.date(2026, 2, 5)


@pytest.fixture
def filled(store: CaseStore, case: CaseRef) -> CaseRef:
    """Two cases with questions and a dispatch, and entries in the access log."""
    other = store.open_case(Right.ERASURE, 2026, item="b")
    store.append(case, [opened(), people(), asked(), answered(), dispatch()], expected_seq=0)
    store.append(other, [opened(), people("x")], expected_seq=0)
    for what in ("page 1", "page 2", "page 3"):
        store.journal_access("officer", what, case)
    return case


def codes(store: CaseStore) -> list[tuple[str, int]]:
    return [(p.code, p.seq) for p in store.verify().problems]


def heads_file(settings: StoreSettings) -> Path:
    return settings.anchors / "heads.jsonl"


def test_untouched_store_passes(store: CaseStore, filled: CaseRef) -> None:
    """Nothing altered, nothing reported, and everything counted."""
    store.anchor(DAY)
    report = store.verify()
    assert report.passes
    assert (report.cases, report.events, report.accesses, report.anchors) == (2, 7, 3, 1)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE event SET body = '{{}}' WHERE case_ref = '{case}' AND seq = 2", ("changed", 2)),
        ("UPDATE event SET recorded_at = '2026-02-05 00:00:00.000001+00:00' "
         "WHERE case_ref = '{case}' AND seq = 1", ("changed", 1)),
        ("UPDATE event SET kind = 'people' WHERE case_ref = '{case}' AND seq = 2", ("kind", 2)),
        ("DELETE FROM event WHERE case_ref = '{case}' AND seq = 2", ("gap", 2)),
        ("DELETE FROM event WHERE case_ref = '{case}' AND seq = 1", ("gap", 1)),
        ("UPDATE event SET hash = '00' WHERE case_ref = '{case}' AND seq = 3", ("changed", 3)),
        ("DELETE FROM answer", ("event_without_row", 4)),
        ("UPDATE answer SET answered_seq = 2", ("row_without_event", 2)),
        ("DELETE FROM dispatch_key", ("event_without_row", 5)),
        ("UPDATE access_log SET actor = 'nobody' WHERE id = 2", ("access_changed", 2)),
        ("DELETE FROM access_log WHERE id = 1", ("access_changed", 2)),
    ],
)  # fmt: skip
def test_tampering_is_named(
    store: CaseStore,
    filled: CaseRef,
    settings: StoreSettings,
    statement: str,
    expected: tuple[str, int],
) -> None:
    """An altered or removed row is named where it is, without any anchor."""
    tamper(settings.url, statement.format(case=filled))
    assert expected in codes(store)


def test_swapped_events_are_named(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """Two events that changed places break the chain at both."""
    where = f"case_ref = '{filled}' AND seq"
    tamper(
        settings.url,
        f"UPDATE event SET seq = 99 WHERE {where} = 1",
        f"UPDATE event SET seq = 1 WHERE {where} = 2",
        f"UPDATE event SET seq = 2 WHERE {where} = 99",
    )
    assert ("changed", 1) in codes(store) and ("changed", 2) in codes(store)


def test_cut_tail_is_caught_by_the_anchor(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """A cut tail leaves a sound chain; only the signed head shows it."""
    (other,) = [c for c in store.cases() if c != filled]
    cut = f"DELETE FROM event WHERE case_ref = '{other}' AND seq = 2"
    store.anchor(DAY)
    tamper(settings.url, cut)
    assert codes(store) == [("cut", 2)]
    with pytest.raises(IntegrityError):
        store.anchor(DAY)


def test_removed_case_is_caught_by_the_anchor(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """A case that was removed with all its rows is missed."""
    (other,) = [c for c in store.cases() if c != filled]
    store.anchor(DAY)
    tamper(
        settings.url,
        f"DELETE FROM event WHERE case_ref = '{other}'",
        f"DELETE FROM case_file WHERE case_ref = '{other}'",
    )
    assert [(p.code, p.case) for p in store.verify().problems] == [("missing_case", other)]


def test_cut_access_log_is_caught_by_the_anchor(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """The end of the access log cannot be cut unseen either."""
    store.anchor(DAY)
    tamper(settings.url, "DELETE FROM access_log WHERE id = 3")
    assert codes(store) == [("access_cut", 3)]


def test_chain_made_anew_is_caught_by_the_anchor(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """Whoever recomputes all hashes still cannot sign the heads."""
    from rights.store import chain

    store.anchor(DAY)
    with store._database.read() as session:
        rows = [session.get_one(EventRow, (filled, seq)) for seq in range(1, 6)]
        values = [(r.seq, r.recorded_at, r.body.replace("front desk", "post room")) for r in rows]
    previous, statements = chain.genesis(filled), []
    for seq, at, body in values:
        previous = chain.link(previous, filled, seq, at, body)
        statements.append(
            f"UPDATE event SET hash = '{previous}', body = '{body}' "
            f"WHERE case_ref = '{filled}' AND seq = {seq}"
        )
    tamper(settings.url, *statements)
    assert codes(store) == [("remade", 5)]


def test_anchoring_again_signs_only_what_moved(store: CaseStore, filled: CaseRef) -> None:
    """A second run on a day adds nothing; the next line names only the case that moved."""
    first = store.anchor(DAY)
    assert len(first.cases) == 2 and store.anchor(DAY) == first
    store.append(filled, [people()], expected_seq=5)
    second = store.anchor(DAY)
    assert list(second.cases) == [filled] and second.number == 2
    assert store.anchor(DAY + dt.timedelta(days=1)).cases == {}
    assert store.verify().passes and store.verify().anchors == 3


def anchored_three_times(store: CaseStore, case: CaseRef) -> None:
    for seq in range(5, 8):
        store.anchor(DAY)
        store.append(case, [people()], expected_seq=seq)


def test_altered_anchor_is_named(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """A line whose content or signature was altered does not prove itself, nor what follows."""
    anchored_three_times(store, filled)
    file = heads_file(settings)
    lines = file.read_text().splitlines()
    body = json.loads(lines[1])
    body["cases"][filled][0] = 4
    file.write_text("\n".join([lines[0], json.dumps(body), lines[2]]) + "\n")
    assert ("anchor_broken", 2) in codes(store)
    with pytest.raises(IntegrityError):
        store.anchor(DAY)


@pytest.mark.parametrize("order", [(1, 2), (0, 2), (1, 0, 2), (0, 0, 1, 2)])
def test_removed_and_reordered_anchors_are_named(
    store: CaseStore, filled: CaseRef, settings: StoreSettings, order: tuple[int, ...]
) -> None:
    """Anchor lines are chained: taking one out, swapping or repeating them shows."""
    anchored_three_times(store, filled)
    file = heads_file(settings)
    lines = file.read_text().splitlines()
    file.write_text("".join(lines[i] + "\n" for i in order))
    assert any(code == "anchor_broken" for code, _ in codes(store))


def test_anchor_under_another_key_is_named(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """Lines signed by somebody else's key are not believed."""
    store.anchor(DAY)
    settings.master_key.with_name("anchor.key").unlink()
    forged = heads_file(settings).read_bytes()
    heads_file(settings).unlink()
    store.anchor(DAY)
    heads_file(settings).write_bytes(forged)
    assert ("anchor_broken", 1) in codes(store)


def test_torn_line_is_named_and_healed(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """A line cut off by a crash is reported until the next run signs anew after it."""
    anchored_three_times(store, filled)
    file = heads_file(settings)
    file.write_bytes(file.read_bytes()[:-40])
    assert codes(store) == [("anchor_torn", 3)]
    store.anchor(DAY)
    assert store.verify().passes and store.verify().anchors == 3


def test_anchors_can_be_checked_without_the_signing_key(
    store: CaseStore, filled: CaseRef, settings: StoreSettings
) -> None:
    """The public key beside the anchors is enough to verify, and not enough to sign."""
    store.anchor(DAY)
    settings.master_key.with_name("anchor.key").unlink()
    assert store.verify().passes
    with pytest.raises(ConfigError):
        store.anchor(DAY + dt.timedelta(days=1))
