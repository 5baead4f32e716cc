"""Further copies of an answer: asked for, with or without a fee, paid, sent."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter
from starlette.responses import Response

from casework.copies import Wanted, as_pence, ask_copy, due_of, paid
from casework.refusing import facts_of
from desk.errors import status_of
from desk.web import Form, Signed, Visit
from rights.copies import copies
from rights.errors import InputError, RefusedError, RightsdeskError

router = APIRouter()


@router.get("/cases/{ref}/copies")
def copies_page(visit: Signed, ref: str) -> Response:
    """The copies asked for, and the form for another."""
    return _page(visit, ref, None)


@router.post("/cases/{ref}/copies")
def copy_changed(visit: Signed, ref: str, form: Form) -> Response:
    """Record that another copy was asked for, or that its fee was paid."""
    known = visit.office.known(ref)
    try:
        if form.text("copy"):
            paid(visit.office, known, form.text("copy"), _day(form.text("paid_on")), visit.who)
        else:
            asked_on = _day(form.text("asked_on"))
            wanted = Wanted(asked_on, as_pence(form.text("fee")), form.text("basis"))
            ask_copy(visit.office, known, wanted, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error)
    return visit.recorded(known, f"/cases/{known}/copies")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError("copy.day", "The day is missing.", "Choose the day.") from None


def _page(visit: Visit, ref: str, error: RightsdeskError | None) -> Response:
    office = visit.office
    known = office.known(ref)
    visit.journal("further copies page", known)
    case = office.case(known)
    rows = [
        (copy, decided, facts, _day(str(facts["asked_on"])), due_of(office, case, decided))
        for copy in copies(case)
        if (decided := case.decision(copy)) is not None and (facts := facts_of(decided))
    ]
    return visit.page(
        "copies.html", status_of(error) if error else 200, case=case, rows=rows, error=error
    )
