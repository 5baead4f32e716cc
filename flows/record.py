"""2 Record something that arrived; 3 Pause or extend the time."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from prefect import flow

from casework.boards import summary
from casework.letter_words import CHANGES, request_change
from casework.record import ARRIVALS, record_arrival
from flows.board import show_boards
from flows.desk_hours import FORM, answering
from flows.forms import DATE_WORDS, REFERENCE_WORDS, field
from flows.next_stage import start

Reference = Annotated[str, field(1, "Case reference", REFERENCE_WORDS)]


@flow(name="2 Record something that arrived", flow_run_name="{reference} record an arrival")
def record_something_that_arrived(
    reference: Reference,
    what: Annotated[str, field(2, "What arrived", "Only what was seen.", options=ARRIVALS)],
    arrived_on: Annotated[dt.date, field(3, "Day it arrived", DATE_WORDS)],
) -> Any:
    """Record that evidence, a fee or an answer came; the due date follows by itself."""
    with answering(reference) as (office, answer):
        ref = office.known(reference)
        record_arrival(office, ref, what, arrived_on, FORM)
        answer.say(f"Recorded. Now: {summary(office, ref)}")
        start(office, ref)
        show_boards(office)
    return answer.state()


@flow(name="3 Pause or extend the time", flow_run_name="{reference} pause or extend")
def pause_or_extend_the_time(
    reference: Reference,
    change: Annotated[
        str,
        field(
            2,
            "What is to happen",
            "The law allows no other grounds. The words of the letter are entered at the desk.",
            options=CHANGES,
        ),
    ],
    on_day: Annotated[dt.date, field(3, "Day the letter goes out", DATE_WORDS)],
) -> Any:
    """Check whether the law allows it; then the desk asks for the words and makes the letter."""
    with answering(reference) as (office, answer):
        ref = office.known(reference)
        request_change(office, ref, change, on_day)
        answer.say(
            "The law allows it. Nothing has moved yet: write the words of the letter at "
            f"{office.settings.desk_url}/cases/{ref}"
        )
        show_boards(office)
    return answer.state()
