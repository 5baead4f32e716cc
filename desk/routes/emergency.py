"""Something has gone wrong: report it, see what left, and what is being done."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from casework.breaches import breaches_of
from casework.emergency import TOPIC, Report, incidents, raise_alarm
from casework.reminders import tell_now
from casework.whatleft import WhatLeft, what_left
from desk.errors import status_of
from desk.moments import instant
from desk.web import Form, Signed, Visit
from rights.emergency import RESPONSES, Mishap
from rights.errors import InputError, RefusedError, RightsdeskError

router = APIRouter(prefix="/cases/{ref}/emergency")


@router.get("")
def emergency_page(visit: Signed, ref: str) -> Response:
    """What was reported, what is stopped, and the form."""
    return _page(visit, ref)


@router.post("")
def reported(visit: Signed, ref: str, form: Form) -> Response:
    """Stop the case and tell those who must act today."""
    known = visit.office.known(ref)
    try:
        report = Report(form.text("kind"), instant(visit, form, "aware"), form.text("words"))
        raise_alarm(visit.office, known, report, visit.who.actor, visit.who.roles)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error=error)
    answer = visit.back(f"/cases/{known}/emergency")
    answer.background = BackgroundTask(tell_now, visit.office, known)
    return answer


@router.post("/left")
def looked_at(visit: Signed, ref: str, form: Form) -> Response:
    """What left, and whether certain words stood in it; never in an address that is kept."""
    known = visit.office.known(ref)
    visit.journal("what left of the case", known)
    return _page(visit, ref, left=what_left(visit.office, known, form.lines("also")))


def _page(
    visit: Visit, ref: str, *, left: WhatLeft | None = None, error: RightsdeskError | None = None
) -> Response:
    known = visit.office.known(ref)
    visit.journal("what went wrong in the case", known)
    case = visit.office.case(known)
    return visit.page(
        "emergency.html",
        status_of(error) if error else 200,
        case=case,
        kinds={m.value: RESPONSES[m] for m in Mishap},
        reports=incidents(case),
        to_decide=[q for q in case.open_questions if q.topic == TOPIC],
        breaches=breaches_of(visit.office, case),
        left=left,
        error=error,
    )
