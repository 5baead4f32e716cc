"""Deadline watch and Sweep: scheduled, computed from the store and never from the tick."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from casework.arrived import watch_arrivals
from casework.lapse import watch_lapses
from casework.office import Office
from casework.receipts import align_receipts
from casework.reminders import watch
from casework.renewing import renew
from casework.restriction.watch import check_restrictions
from casework.returning import look
from casework.standing import recheck
from casework.sweep import tidy
from flows.desk_hours import Answer, answer
from flows.forms import day, field
from flows.next_stage import start
from flows.reaper import reap
from rights.errors import RightsdeskError

_MISSED = dt.timedelta(minutes=3)
"""A sweep that starts this late is one of many that were missed together; a later one comes."""
_ONLY_SHOW = field(1, "Only show", "Say what would be sent, and send nothing.")
_TODAY = field(
    2,
    "As if today were",
    "As year-month-day, such as 2026-11-22; leave empty for today in London.",
    pattern=r"^(\d{4}-\d{2}-\d{2})?$",
)


@flow(name="Remind of deadlines", flow_run_name="deadline watch", validate_parameters=False)
def deadline_watch(dry_run: bool = _ONLY_SHOW, today: str = _TODAY) -> Any:
    """Remind of what is due, by the council's rules; safe to run twice and to miss.

    Where a birthday has passed, it is asked anew who may ask; where a question to the requester
    was not answered for long, an officer is asked what to do. Every limit on the use of records is
    read anew in its source, and ends where the notice of its end has run out. Whoever was erased
    and is in a source again becomes somebody's task. Where the day of receipt was corrected, the
    other cases of that letter are asked about. After an upgrade every open case is proposed anew.
    """

    def remind(office: Office, said: Answer) -> None:
        on = day(today) if today else office.today()
        for line in (
            *recheck(office, on, dry_run=dry_run),
            *watch_lapses(office, on, dry_run=dry_run),
            *check_restrictions(office, on, dry_run=dry_run),
            *watch_arrivals(office, on, dry_run=dry_run),
            *look(office, dry_run=dry_run),
            *align_receipts(office, dry_run=dry_run),
            *renew(office, dry_run=dry_run),
        ):
            said.changed = said.changed or not dry_run
            said.say(line)
        sent = watch(office, on, dry_run=dry_run)
        said.changed = said.changed or (bool(sent) and not dry_run)
        said.say(f"{len(sent)} reminder(s) {'would be sent' if dry_run else 'sent'}.")
        for line in sent:
            said.say(line)

    return answer(remind)


@flow(name="Find lost work and clear up", flow_run_name="sweep", validate_parameters=False)
def sweep() -> Any:
    """Find work that was lost, clear what was left behind, sign the day's anchors."""

    def tidy_up(office: Office, said: Answer) -> None:
        meant_for = flow_run.get_scheduled_start_time()
        if office.clock() - meant_for > _MISSED:
            said.say("Its time has passed; a later sweep does the work.")
            return
        for line in (*tidy(office), *reap(office.clock())):
            said.say(line)
        for case in office.cases():
            try:
                done = start(office, case.ref)
            except RightsdeskError as error:
                said.say(f"{case.ref}: {error.sentence} [{error.code}]")
                continue
            if done is not None:
                said.say(f"{case.ref}: {done}")

    return answer(tidy_up, kept=False)
