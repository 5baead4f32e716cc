"""The process that works on the long case and is killed: stages by turns with answers.

Begun again, it goes on where it was.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from casework.effort import effort_of, measured
from casework.office import Office
from casework.work import run_stage
from cli.rehearse import Rehearsal
from rights.case import Case
from rights.release import CaseRef
from rights.road import Stage, where
from tests.small_council import SmallTruth, demo_rules
from tests.small_office import STAFF, open_small, receive_letter


def go(council: Path, home: Path, log: Path, truth: SmallTruth) -> None:
    """Work and answer until a sealed part waits for its approver."""
    office = open_small(home, council)
    ref = receive_letter(office, truth)
    rehearsal = Rehearsal(office, STAFF, demo_rules(), truth.people)
    while True:
        case = office.case(ref)
        next_ = where(case)
        if next_.stage is Stage.APPROVE or any(q.topic == "approve" for q in next_.waiting):
            break
        if next_.stage is None:
            _timed(log, "answers", lambda n=next_: rehearsal.answer_waiting(ref, n.waiting))
            continue
        if next_.stage is Stage.READ:
            _estimate(office, case, log)
        _timed(log, next_.stage.value, lambda n=next_: run_stage(office, ref, _stage(n.stage), "w"))
    _told(log, office, ref)
    office.store.close()


def _stage(stage: Stage | None) -> Stage:
    assert stage is not None
    return stage


def _timed(log: Path, what: str, do: Callable[[], object]) -> None:
    """Does one step and notes how long it took and the most memory meanwhile."""
    _note(log, begin=what)
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew (proc(5))
    began = time.perf_counter()
    try:
        do()
    finally:
        status = Path("/proc/self/status").read_text("ascii")
        peak = next(int(x.split()[1]) for x in status.splitlines() if x.startswith("VmHWM"))
        _note(log, step=what, seconds=time.perf_counter() - began, peak=peak / 1024)


def _estimate(office: Office, case: Case, log: Path) -> None:
    """What is told on the day the documents are there, before one of them is read."""
    if case.read:
        return  # begun again
    effort = effort_of(office, case)
    _note(log, estimate=effort.as_dict(), seconds_by_step=effort.seconds, needs=effort.needs)


def _told(log: Path, office: Office, ref: CaseRef) -> None:
    case = office.case(ref)
    assert case.seal is not None
    known = measured(office)
    read = [case.read[d] for d in case.documents if d in case.read]
    data = office.store.get_file(ref, case.seal.event.file)
    _note(
        log,
        end=True,
        documents=len(read),
        pages=sum(r.pages for r in read),
        scans=sum(r.scans + r.photos for r in read),
        pack_pages=case.seal.event.pages,
        pack_bytes=len(data),
        sha256=case.seal.event.sha256,
        proposals=case.proposals[1].proposals if case.proposals else 0,
        questions=len(case.questions),
        rates={step: known.rate(step)[0] for step in known.pages},
        painted=known.pages.get("paint", 0),
    )


def _note(log: Path, **what: Any) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": time.time(), **what}) + "\n")


def main(council: Path, home: Path, log: Path) -> None:
    """Goes on with the case that lies there."""
    kept = json.loads((council / "truth.json").read_text("utf-8"))
    truth = SmallTruth(Path(kept["letter"]), kept["people"], frozenset(), frozenset(), (), ())
    go(council, home, log, truth)
