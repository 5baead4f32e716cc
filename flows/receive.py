"""1 Receive a request."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from casework.boards import summary
from casework.office import Office
from casework.receive import CHANNELS, Receipt, receive
from casework.reminders import tell_now
from flows.desk_hours import FORM, Answer, answer
from flows.forms import date_field, day, field
from flows.next_stage import start
from rights.release import Right

_TEAMS = (
    "Information Governance",
    "Customer services",
    "Social work",
    "Early help",
    "Health visiting and school nursing",
    "Multi-agency hub",
    "Social care finance",
    "Legal",
    "A councillor or another team",
)
_SPOKEN = "spoken"
_DATE_RECEIVED = date_field(1, "Date received", "The day on which anyone in the council had it.")
_ITEM = field(
    2,
    "Item",
    "The four characters before the item on the [intake list](/artifacts/key/intake-list), such "
    "as K7QF. Write 'spoken' for a request by phone or in person.",
    pattern="^([A-Za-z0-9]{4}|spoken)$",
)
_CHANNEL = field(3, "How it came", "As the person sent it.", options=CHANNELS)
_RECEIVED_BY = field(4, "Received by", "The team that had it first.", options=_TEAMS)
_RIGHT = field(
    5,
    "What is asked for",
    "Access is a copy of the person's data.",
    options=tuple(r.value for r in Right),
)
_DANGER = field(6, "Somebody may be in danger", "Switch on if anything in the request worries you.")


@flow(name="Receive a request", flow_run_name="receive a request", validate_parameters=False)
def receive_a_request(
    date_received: str = _DATE_RECEIVED,
    item: str = _ITEM,
    channel: str = _CHANNEL,
    received_by: str = _RECEIVED_BY,
    right: str = _RIGHT,
    danger: bool = _DANGER,
) -> Any:
    """Log a request on the day it came; gives the reference and the due date.

    Who is who is read from the item and entered at the desk, never here.
    """

    def take(office: Office, said: Answer) -> None:
        spoken = item == _SPOKEN
        receipt = Receipt(
            right=Right(right),
            channel=channel,
            received_on=day(date_received),
            received_by=received_by,
            danger=danger,
            item="" if spoken else item,
            run=str(flow_run.get_id() or "") if spoken else "",
        )
        ref = receive(office, receipt, FORM)
        said.changed = True
        said.say(f"Reference: {ref}")
        tell_now(office, ref)
        start(office, ref)
        said.say(summary(office, ref))
        said.say(f"Next: enter who is who at {office.settings.desk_url}/cases/{ref}")

    return answer(take)
