"""1 Receive a request."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from prefect import flow
from prefect.runtime import flow_run

from casework.boards import summary
from casework.receive import CHANNELS, Receipt, receive
from flows.board import show_boards
from flows.desk_hours import FORM, answering
from flows.forms import DATE_WORDS, field
from flows.next_stage import start
from rights.release import Right

RIGHTS = tuple(r.value for r in Right)
TEAMS = (
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


@flow(name="1 Receive a request", flow_run_name="receive a request")
def receive_a_request(
    date_received: Annotated[
        dt.date,
        field(1, "Date received", "The day anyone in the council had it. " + DATE_WORDS),
    ],
    item: Annotated[
        str,
        field(
            2,
            "Item",
            "The four characters before the item on the intake list (in Artifacts), such as "
            "K7QF. Write 'spoken' for a request by phone or in person.",
            pattern="^([A-Za-z0-9]{4}|spoken)$",
        ),
    ],
    channel: Annotated[str, field(3, "How it came", "As the person sent it.", options=CHANNELS)],
    received_by: Annotated[
        str, field(4, "Received by", "The team that had it first.", options=TEAMS)
    ],
    right: Annotated[
        str,
        field(5, "What is asked for", "Access is a copy of the person's data.", options=RIGHTS),
    ] = Right.ACCESS.value,
    danger: Annotated[
        bool,
        field(6, "Somebody may be in danger", "Switch on if anything in the request worries you."),
    ] = False,
) -> Any:
    """Log a request on the day it came; gives the reference and the due date.

    Who is who is read from the item and entered at the desk, never here.
    """
    with answering() as (office, answer):
        spoken = item.strip().lower() == "spoken"
        ref = receive(
            office,
            Receipt(
                right=Right(right),
                channel=channel,
                received_on=date_received,
                received_by=received_by,
                danger=danger,
                item="" if spoken else item,
                run=str(flow_run.get_id() or "") if spoken else "",
            ),
            FORM,
        )
        answer.say(f"Reference: {ref}")
        answer.say(summary(office, ref))
        answer.say(f"Next: enter who is who at {office.settings.desk_url}/cases/{ref}")
        start(office, ref)
        show_boards(office)
    return answer.state()
