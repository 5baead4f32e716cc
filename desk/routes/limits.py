"""Limits on the use of records: which stand, whether they are honoured, and proposing an end."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from casework.restriction.lifting import TOPIC, propose_lifting
from casework.restriction.standing import standing
from desk.errors import status_of
from desk.web import Form, Signed, Visit
from rights.errors import InputError, RefusedError, RightsdeskError

router = APIRouter()


@router.get("/cases/{ref}/limits")
def limits_page(visit: Signed, ref: str) -> Response:
    """What stands in the sources, when it was last read anew, and the form."""
    return _page(visit, ref, None, {})


@router.post("/cases/{ref}/limits")
def end_proposed(visit: Signed, ref: str, form: Form) -> Response:
    """Put the end of a limit to a manager."""
    known = visit.office.known(ref)
    entered: dict[str, Any] = {name: form.text(name) for name in ("why", "named")}
    entered["keys"] = form.every("keys")
    try:
        propose_lifting(visit.office, known, entered, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error, entered)
    return visit.recorded(known, f"/cases/{known}#{TOPIC}")


def _page(
    visit: Visit, ref: str, error: RightsdeskError | None, entered: dict[str, Any]
) -> Response:
    known = visit.office.known(ref)
    visit.journal("limits", known)
    case = visit.office.case(known)
    return visit.page(
        "limits.html",
        status_of(error) if error else 200,
        case=case,
        limits=standing(case),
        checks=case.restrictions,
        titles={s.name: s.title for s in visit.office.sources},
        waiting=next((q for q in case.open_questions if q.topic == TOPIC), None),
        may=bool({"officer", "manager"} & visit.who.roles),
        answered=case.closed is not None or case.sent_on is not None,
        entered=entered,
        error=error,
    )
