"""4 Work on a case: one stage, then the next is started as a run of its own."""

from __future__ import annotations

from typing import Annotated, Any

from prefect import flow
from prefect.runtime import flow_run

from casework.work import run_stage
from flows.board import show_boards
from flows.desk_hours import answering
from flows.forms import REFERENCE_WORDS, field
from flows.next_stage import start
from rights.road import where


@flow(name="4 Work on a case", flow_run_name="{reference} work")
def work_on_a_case(
    reference: Annotated[str, field(1, "Case reference", REFERENCE_WORDS)],
) -> Any:
    """Do the next step of a case, or say what it waits for."""
    with answering(reference) as (office, answer):
        ref = office.known(reference)
        next_ = where(office.case(ref))
        if next_.stage is not None:
            run_stage(office, ref, next_.stage, f"run:{flow_run.get_id()}")
            answer.say(f"Done: {next_.words}.")
            next_ = where(office.case(ref))
        if next_.stage is not None:
            answer.say(f"Next: {next_.words}.")
            start(office, ref)
        elif next_.waiting:
            desk = f"{office.settings.desk_url}/cases/{ref}"
            answer.say(f"Waits for {len(next_.waiting)} answer(s) at {desk}")
        else:
            answer.say("Nothing is left to do.")
        show_boards(office)
    return answer.state()
