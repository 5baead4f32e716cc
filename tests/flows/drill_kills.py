"""Flow runs killed under a real worker: the sweep goes on, and the case ends the same."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from casework import intake
from casework.receive import Receipt, receive
from casework.work import run_stage
from flows.cluster import PrivateCluster
from flows.next_stage import start
from flows.server import environment, start_worker
from rights.release import Right
from rights.road import Stage, where
from tests.flows.house import House
from tests.small_office import STAFF, Small, events_of, open_small

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(900)]

DRILL = ("collect.files-kept", "seal.verified", "dispatch.delivered")
"""After a file was kept, after the pack was verified, after the parcel stood in the outbox."""
POINTS = DRILL if os.environ.get("RIGHTS_DRILL") else DRILL[-1:]
"""The drill kills at all of them; every other run where a second sending would do most harm."""
_BEFORE = 60
"""Cases of other tests in the same Prefect must not share a reference with these."""
_SECONDS = 150


def new_case(house: House, home: Path) -> Small:
    """The small case in an office of its own, under a reference that no other test has."""
    office = open_small(home, house.council, house.office.clock)
    received_on = office.today()
    for number in range(_BEFORE):
        office.store.open_case(Right.ACCESS, received_on.year, item=f"run:{number}")
    shutil.copy(house.truth.letter, office.settings.intake / "letter.pdf")
    (item,) = intake.items(office.settings.intake)
    receipt = Receipt(Right.ACCESS, "letter", received_on, "Legal", False, item.code)
    ref = receive(office, receipt, STAFF["officer1"].actor)
    return Small(office, ref, house.truth)


def walk_to(small: Small, stage: Stage) -> None:
    """Take a case to where a stage is due, without Prefect."""
    while (next_ := where(small.office.case(small.ref))).stage is not stage:
        if next_.stage is None:
            small.rehearsal.answer_waiting(small.ref, next_.waiting)
        else:
            run_stage(small.office, small.ref, next_.stage, "test")


@contextmanager
def worker(house: House, small: Small, point: str) -> Generator[None]:
    """A worker whose runs are killed when they reach a failpoint."""
    home = small.office.settings.home
    database = PrivateCluster(house.home / "prefect-db").url("prefect", "asyncpg")
    env = environment(home / "prefect", house.port, database)
    env |= house.env | {"RIGHTS_HOME": str(home), "RIGHTS_FAILPOINT": point}
    child = start_worker(env, home / "logs", f"killer-{point or 'none'}")
    try:
        yield
    finally:
        child.stop()


def go_on(house: House, small: Small, crashes: int) -> bool:
    """Answer what is asked until the case is closed or another run was killed; whether killed."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        case = small.office.case(small.ref)
        if case.closed is not None:
            return False
        runs = house.api.runs(name={"like_": small.ref}, state={"type": {"any_": ["CRASHED"]}})
        if len(runs) > crashes:
            return True
        if waiting := where(case).waiting:
            small.rehearsal.answer_waiting(small.ref, waiting)
            start(small.office, small.ref)
        time.sleep(0.5)
    states = [(r["name"], r["state"]["message"]) for r in house.api.runs() if r["run_count"]]
    raise AssertionError(f"{where(small.office.case(small.ref)).words}: no progress; {states}")


def lasting(small: Small) -> list[str]:
    """The journal but for what no two offices share.

    A manifest is signed with the office's own key, and a pack is locked under a drawn passphrase.
    """
    events = [json.loads(text) for text in events_of(small.office, small.ref)]
    for event in events:
        event.pop("manifest_file", None)
        if event["kind"] == "dispatch_started":
            event.pop("sha256")
    return [json.dumps(event, sort_keys=True) for event in events]


def test_a_case_survives_kills(house: House, tmp_path: Path) -> None:
    """Same events, same unencrypted pack and one parcel, as on a road that nobody disturbed."""
    calm = new_case(house, tmp_path / "calm")
    calm.until()
    small = new_case(house, tmp_path / "killed")
    walk_to(small, Stage.COLLECT)
    crashes = 0
    with temporary_settings({PREFECT_API_URL: house.api.url}), house.worker_asleep():
        for point in (*POINTS, ""):
            with worker(house, small, point):
                if crashes:
                    house.api.submit("Sweep", {})
                else:
                    start(small.office, small.ref)
                crashes += go_on(house, small, crashes)
    assert crashes == len(POINTS)
    assert small.office.case(small.ref).closed is not None
    assert lasting(small) == lasting(calm)
    assert small.pack() == calm.pack()
    assert len(list(small.office.settings.outbox.glob("*-part-*"))) == 1
    assert not list(small.office.settings.scratch.glob("*"))
