"""The office and a stage's hold on a case."""

import datetime as dt
from pathlib import Path

from casework.office import LEASE_SECONDS, open_office
from casework.receive import Receipt, receive
from casework.settings import Settings
from rights.events import Actor, Attested
from rights.events.base import ENGINE
from rights.events.kinds import ItemArrived
from rights.release import Right

START = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def test_a_long_stage_keeps_its_lease_while_it_makes_progress(tmp_path: Path) -> None:
    """A stage that runs for hours is not taken over as long as it keeps something now and then."""
    now = START
    office = open_office(Settings(home=tmp_path), lambda: now)
    receipt = Receipt(Right.ACCESS, "phone", START.date(), "IG", danger=False, run="1")
    ref = receive(office, receipt, Actor(login="a", attested=Attested.COMMAND))
    with office.working(ref, "long stage") as work:
        for turn in range(12):
            now += dt.timedelta(seconds=LEASE_SECONDS / 2)
            work.put(f"page/{turn}", b"x")
            work.append(ItemArrived(actor=ENGINE, what="page", arrived_on=START.date()))
        assert work.case.seq == office.store.head(ref)
