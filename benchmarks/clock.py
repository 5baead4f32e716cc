"""Due date from ten events, and the fold of 100,000 open cases out of SQLite, with their working.

The store is made through ``rights.store``: its migrations make the tables, and every event is
sealed, chained and written in the form that the journal writes. Only the keys are made by hand, one
for all: a key file for each case, made durable one by one, would measure the disk.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from rights.clock import read_clock
from rights.clock.fold import fold_facts
from rights.events import Actor, Attested, Event
from rights.events import kinds as k
from rights.law import load
from rights.reference import new_reference
from rights.release import CaseRef, Right
from rights.store import CaseStore, StoreSettings
from rights.store.chain import genesis, link, stored_body
from rights.store.database import Database
from rights.store.sealing import CaseKey
from rights.store.tables import CaseFileRow, EventRow

BAR_ONE = 100e-6
"""Seconds from ten events to the due date, at the median."""
BAR_ALL = 60.0
"""Seconds for all open cases."""
BAR_MEMORY = 64.0
"""Megabytes by which memory may grow between the first thousand cases and the last."""
_CASES = 100_000
_ROUNDS = 2000
_BATCH = 500
_OFFICER = Actor(login="officer", attested=Attested.DESK)
_TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class _Row:
    seq: int
    event: Event
    recorded_at: dt.datetime


def run(cases: int = _CASES) -> bool:
    """Prints the figures; whether the bars are met."""
    law = load()
    rows = [
        _Row(seq, event, dt.datetime(2026, 9, 8, 9, tzinfo=dt.UTC))
        for seq, event in enumerate(ten_events(dt.date(2026, 9, 7)), start=1)
    ]
    times: list[float] = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        facts = fold_facts(rows)
        assert facts is not None
        clock = read_clock(facts, _TODAY, law)
        times.append(time.perf_counter() - start)
    assert clock.due == dt.date(2026, 12, 29)
    assert len(clock.steps) >= 8
    one = statistics.median(times)
    slow = statistics.quantiles(times, n=100)[98]
    print(
        f"  due date from ten events, with its working: {one * 1e6:.0f} us at the median, "
        f"{slow * 1e6:.0f} us for 99 of 100; bar {BAR_ONE * 1e6:.0f} us: {_verdict(one < BAR_ONE)}"
    )
    met = one < BAR_ONE
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        size = make_store(Path(folder), cases)
        print(
            f"  {cases:,} open cases of ten events written in {time.perf_counter() - start:.0f} s, "
            f"{size / 1e6:,.0f} MB of SQLite"
        )
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.clock", folder],
            check=True,
            capture_output=True,
            text=True,
        )
    found = json.loads(told.stdout)
    print(
        f"  folded, with their working: {found['wall']:.1f} s by the clock, {found['cpu']:.1f} s "
        f"of processor, {found['wall'] / cases * 1e6:.0f} us a case; bar {BAR_ALL:.0f} s: "
        f"{_verdict(found['wall'] < BAR_ALL)}"
    )
    grown = found["last"] - found["first"]
    print(
        f"  {found['overdue']:,} overdue, {found['sentences']:,} sentences of working; memory "
        f"{found['first']:.0f} MB after 1,000 cases, {found['last']:.0f} MB at the end, "
        f"{found['peak']:.0f} MB at most: {_verdict(grown < BAR_MEMORY)}"
    )
    assert found["cases"] == cases
    return met and found["wall"] < BAR_ALL and grown < BAR_MEMORY


def ten_events(on: dt.date) -> tuple[Event, ...]:
    """Everything that can move the time of one case received on a day."""

    def day(number: int) -> dt.date:
        return on + dt.timedelta(days=number)

    who = _OFFICER
    return (
        k.CaseOpened(
            actor=who, right=Right.ACCESS, channel="letter", received_on=on, received_by="school"
        ),
        k.EvidenceAsked(actor=who, what="identity", asked_on=day(1), doubt_recorded=True),
        k.EvidenceReceived(actor=who, what="identity", received_on=day(6)),
        k.EvidenceAsked(actor=who, what="authority", asked_on=day(1), doubt_recorded=True),
        k.EvidenceReceived(actor=who, what="authority", received_on=day(7)),
        k.ClockPaused(actor=who, asked_on=day(9), question="Which years?"),
        k.ClockResumed(actor=who, answered_on=day(14)),
        k.ClockPaused(actor=who, asked_on=day(20), question="Which services?"),
        k.ClockResumed(actor=who, answered_on=day(25)),
        k.TimeExtended(actor=who, noticed_on=day(26), ground="complexity", reasons="Twelve files."),
    )


def settings(folder: Path) -> StoreSettings:
    """A store below a folder."""
    return StoreSettings(
        url=f"sqlite:///{folder}/store/cases.sqlite",
        vault=folder / "vault",
        keys=folder / "keys",
        master_key=folder / "secret" / "master.key",
        anchors=folder / "anchors",
    )


def make_store(folder: Path, cases: int) -> int:
    """A store with so many open cases; returns the size of its database in bytes."""
    places = settings(folder)
    CaseStore.open(places, now=_now).close()
    database = Database(places.url)
    key = CaseKey(bytes(range(32)))
    for first in range(1, cases + 1, _BATCH):
        files: list[dict[str, object]] = []
        events: list[dict[str, object]] = []
        for number in range(first, min(first + _BATCH, cases + 1)):
            on = dt.date(2026, 2, 5) + dt.timedelta(days=number % 270)
            case = new_reference(Right.ACCESS, on.year, number)
            files.append(
                CaseFileRow(
                    case_ref=case,
                    right=Right.ACCESS.value,
                    year=on.year,
                    number=number,
                    item=f"item-{number}",
                    opened_at=_now(),
                ).model_dump()
            )
            events += _event_rows(case, on, key)
        with database.write() as session:
            session.connection().execute(insert(CaseFileRow), files)
            session.connection().execute(insert(EventRow), events)
    database.close()
    return (folder / "store" / "cases.sqlite").stat().st_size


def _event_rows(case: CaseRef, on: dt.date, key: CaseKey) -> Iterator[dict[str, object]]:
    """The events of a case as the journal holds them."""
    previous, at = genesis(case), _now()
    for seq, event in enumerate(ten_events(on), start=1):
        body = stored_body(event, case, seq, key)
        previous = link(previous, case, seq, at, body)
        yield EventRow(
            case_ref=case, seq=seq, kind=event.kind, body=body, recorded_at=at, hash=previous
        ).model_dump()


def fold_store(folder: Path) -> dict[str, float]:
    """Every case of a store with its clock and its working: seconds and megabytes."""
    law = load()
    store = CaseStore.open(settings(folder), now=_now)
    count = overdue = sentences = 0
    first = last = _resident()
    before, start = time.process_time(), time.perf_counter()
    for _, journal in store.iter_cases_events():
        facts = fold_facts(journal)
        assert facts is not None
        clock = read_clock(facts, _TODAY, law)
        sentences += len(clock.explain_lines())
        overdue += clock.days_left is not None and clock.days_left < 0
        count += 1
        if count == 1000:
            first = _resident()
    wall, cpu = time.perf_counter() - start, time.process_time() - before
    last = _resident()
    store.close()
    return {
        "cases": count,
        "overdue": overdue,
        "sentences": sentences,
        "wall": wall,
        "cpu": cpu,
        "first": first,
        "last": last,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _resident() -> float:
    """Megabytes of memory held now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _now() -> dt.datetime:
    return dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


if __name__ == "__main__":
    print(json.dumps(fold_store(Path(sys.argv[1]))))
