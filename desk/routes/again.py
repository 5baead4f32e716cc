"""A closed case taken up again, a request put to an earlier one, enquiries of a complaint."""

from __future__ import annotations

import json

from fastapi import APIRouter
from starlette.responses import Response

from casework.complaint.handler import note_enquiry
from casework.reopen import merge, reopen
from desk.errors import status_of
from desk.web import Form, Signed, Visit
from rights.case import Case
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.events import DESTROYED
from rights.gates.guards.complaints import handler_of
from rights.release import Right

router = APIRouter()
_ENTRIES = ("why", "by_case", "into", "whom", "asked", "answer")


@router.get("/cases/{ref}/again")
def again_page(visit: Signed, ref: str, by_case: str = "") -> Response:
    """What can be done here with the case as it stands."""
    return _page(visit, ref, None, {"by_case": by_case})


@router.post("/cases/{ref}/again")
def done_again(visit: Signed, ref: str, form: Form) -> Response:
    """Take it up again, put it to another, or record an enquiry."""
    known = visit.office.known(ref)
    entered = {name: form.text(name) for name in _ENTRIES}
    try:
        match form.text("do"):
            case "reopen":
                reopen(visit.office, known, entered["why"], visit.who, entered["by_case"])
            case "merge":
                merge(visit.office, known, entered["into"], entered["why"], visit.who)
            case "enquiry":
                whom, words, said = entered["whom"], entered["asked"], entered["answer"]
                note_enquiry(visit.office, known, whom, words, said, visit.who)
                return visit.recorded(known, f"/cases/{known}/again")
            case _:
                raise InputError("desk.choice", "Nothing was chosen.", "Press one of the buttons.")
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error, entered)
    return visit.recorded(known, f"/cases/{known}")


def _page(
    visit: Visit, ref: str, error: RightsdeskError | None, entered: dict[str, str]
) -> Response:
    known = visit.office.known(ref)
    visit.journal("reopen or merge", known)
    case = visit.office.case(known)
    is_complaint = case.right is Right.COMPLAINT
    return visit.page(
        "again.html",
        status_of(error) if error else 200,
        case=case,
        is_complaint=is_complaint,
        handler=handler_of(case) if is_complaint else {},
        enquiries=_enquiries(case),
        entered=entered,
        error=error,
    )


def _enquiries(case: Case) -> list[dict[str, object]]:
    made = [d for d in case.decisions if d.event.matter.startswith("enquiry/")]
    return [
        {**json.loads(d.event.facts), "at": d.at, "by": d.event.actor.login}
        for d in made
        if d.event.facts and d.event.facts != DESTROYED
    ]
