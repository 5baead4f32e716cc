"""6 Something has gone wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prefect import flow

from casework.emergency import Report, raise_alarm
from casework.office import Office
from casework.reminders import tell_now
from flows.desk_hours import FORM, Answer, answer
from flows.forms import date_field, day, field, reference_field
from rights.emergency import RESPONSES, Mishap, as_mishap

_REFERENCE = reference_field(1)
_KIND = field(
    2,
    "What has gone wrong",
    "The nearest; you need not be sure. Never write here what it is about.",
    options=tuple(Mishap),
)
_DAY = date_field(3, "Day the council knew", "When anyone in the council first knew of it.")
_TIME = field(
    4,
    "Time the council knew",
    "By the clock on the wall, to the minute, such as 09:05. The 72 hours run from here.",
    pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
)


@flow(
    name="Something has gone wrong",
    flow_run_name="{reference} something has gone wrong",
    validate_parameters=False,
)
def something_has_gone_wrong(
    reference: str = _REFERENCE, kind: str = _KIND, aware_on: str = _DAY, aware_time: str = _TIME
) -> Any:
    """Stop the case, count the time, and tell the safeguarding manager and the DPO."""

    def stop(office: Office, said: Answer) -> None:
        ref = office.known(reference)
        time = dt.time.fromisoformat(aware_time.strip())
        aware_at = dt.datetime.combine(day(aware_on), time, office.zone)
        raise_alarm(office, ref, Report(kind, aware_at), FORM)
        said.changed = True
        if RESPONSES[as_mishap(kind)].stops:
            said.say("Nothing of this case leaves until the data protection officer allows it.")
        for line in tell_now(office, ref):
            said.say(line)
        said.say(
            f"Next: write what happened, and see what left, at "
            f"{office.settings.desk_url}/cases/{ref}/emergency"
        )

    return answer(stop, reference)
