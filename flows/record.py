"""2 Record something that arrived; 3 Pause or extend the time."""

from __future__ import annotations

from typing import Any

from prefect import flow

from casework.boards import summary
from casework.emergency import Report, raise_alarm
from casework.letter_words import CHANGES, request_change
from casework.office import Office
from casework.record import ARRIVALS, record_arrival
from casework.reminders import tell_now
from flows.desk_hours import FORM, Answer, answer
from flows.forms import date_field, day, field, reference_field
from flows.next_stage import start
from rights.emergency import Mishap

_REFERENCE = reference_field(1)
_WHAT = field(2, "What arrived", "Only what was seen.", options=ARRIVALS)
_ARRIVED_ON = date_field(3, "Day it arrived", "When it reached anyone in the council.")
_DANGER = field(
    4,
    "It tells of abuse or of a danger",
    "Switch on if anything in it worries you: the safeguarding manager is told today.",
)
_CHANGE = field(
    2,
    "What is to happen",
    "The law allows no other grounds. The words of the letter are entered at the desk.",
    options=CHANGES,
)
_ON_DAY = date_field(3, "Day the letter goes out", "")


@flow(
    name="Record something that arrived",
    flow_run_name="{reference} record an arrival",
    validate_parameters=False,
)
def record_something_that_arrived(
    reference: str = _REFERENCE,
    what: str = _WHAT,
    arrived_on: str = _ARRIVED_ON,
    danger: bool = _DANGER,
) -> Any:
    """Record that evidence, a fee or an answer came; the due date follows by itself."""

    def record(office: Office, said: Answer) -> None:
        ref = office.known(reference)
        record_arrival(office, ref, what, day(arrived_on), FORM)
        said.changed = True
        if danger:
            raise_alarm(office, ref, Report(Mishap.RISK_TO_LIFE, office.clock()), FORM)
            for line in tell_now(office, ref):
                said.say(line)
        start(office, ref)
        said.say(f"Recorded. Now: {summary(office, ref)}")

    return answer(record, reference)


@flow(
    name="Pause or extend the time",
    flow_run_name="{reference} pause or extend",
    validate_parameters=False,
)
def pause_or_extend_the_time(
    reference: str = _REFERENCE, change: str = _CHANGE, on_day: str = _ON_DAY
) -> Any:
    """Check whether the law allows it; then the desk asks for the words and makes the letter."""

    def request(office: Office, said: Answer) -> None:
        ref = office.known(reference)
        request_change(office, ref, change, day(on_day))
        said.changed = True
        said.say(
            "The law allows it. Nothing has moved yet: write the words of the letter at "
            f"{office.settings.desk_url}/cases/{ref}"
        )

    return answer(request, reference)
