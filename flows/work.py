"""4 Work on a case: one stage, then the next is started as a run of its own."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from casework.office import Office, open_office
from casework.work import run_stage
from flows.desk_hours import Answer, answer
from flows.forms import reference_field
from flows.next_stage import holder, start
from rights.errors import ConflictError, RightsdeskError
from rights.road import where

_REFERENCE = reference_field(1)


def run_name() -> str:
    """Reference and stage, such as 'SAR-2026-0041-K search'."""
    try:
        case = open_office().case(str(flow_run.get_parameters().get("reference", "")))
    except RightsdeskError:
        return "work on a case"
    return f"{case.ref} {where(case).stage or 'waits'}"


@flow(name="Work on a case", flow_run_name=run_name, validate_parameters=False)
def work_on_a_case(reference: str = _REFERENCE) -> Any:
    """Do the next step of a case, or say what it waits for."""

    def work(office: Office, said: Answer) -> None:
        ref = office.known(reference)
        before = office.case(ref)
        next_ = where(before)
        if next_.stage is not None:
            said.changed = True
            try:
                after = run_stage(office, ref, next_.stage, holder(flow_run.get_id()))
            except ConflictError as error:
                # No failure: somebody else is at it, and the sweep comes by again.
                said.say(f"{error.sentence} {error.next_step}")
                return
            if after.seq == before.seq:
                raise RightsdeskError(
                    "work.no_progress",
                    f"The stage '{next_.stage}' of {ref} ran and changed nothing.",
                    "Tell an administrator; the case is unharmed.",
                )
            said.say(f"Done: {next_.words}.")
            next_ = where(office.case(ref))
        if next_.stage is not None:
            said.say(f"Next: {next_.words}.")
            start(office, ref)
        elif next_.waiting:
            desk = f"{office.settings.desk_url}/cases/{ref}"
            said.say(f"Waits for {len(next_.waiting)} answer(s) at {desk}")
        else:
            said.say("Nothing is left to do.")

    return answer(work, reference)
