"""The cast: one decision for each person and kind of fact, which goes to every mention."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.questions import Given, answer_all
from casework.review import cast_of, professionals_as_proposed
from desk.web import Form, Sent, Signed
from rights.errors import InputError

router = APIRouter()


@router.get("/cases/{ref}/cast")
def cast_page(visit: Signed, ref: str) -> Response:
    """Everyone in the file, what is proposed about them and why."""
    review = visit.review(ref)
    visit.journal("people in the file", review.work.ref)
    cast = cast_of(review.case, review.bundle.people)
    professionals = {g.question for g in professionals_as_proposed(cast)}
    return visit.page("cast.html", case=review.case, cast=cast, professionals=professionals)


@router.post("/cases/{ref}/cast")
def cast_given(visit: Signed, ref: str, form: Form) -> Response:
    """Record the decisions that were chosen, all of them or none."""
    case = visit.office.case(ref)
    batch = tuple(
        _given(form, question, value) for question, value in form.starting("answer:").items()
    )
    if not batch:
        raise InputError(
            "desk.nothing_chosen",
            "No decision was chosen, so nothing was recorded.",
            "Choose for at least one person and kind of fact.",
        )
    answer_all(visit.office, case.ref, batch, visit.who)
    return visit.recorded(case.ref, f"/cases/{case.ref}/cast")


@router.post("/cases/{ref}/cast/professionals")
def professionals(visit: Signed, ref: str, form: Form) -> Response:
    """Record the names of professionals acting in role as shown, exactly those that were listed.

    Raises:
        InputError: the list has changed since it was shown.
    """
    review = visit.review(ref)
    batch = professionals_as_proposed(cast_of(review.case, review.bundle.people))
    if not batch or {g.question for g in batch} != set(form.every("listed")):
        raise InputError(
            "desk.list_changed",
            "The list of professionals has changed since this page was made.",
            "Open the people in the file again and look at the list.",
        )
    answer_all(visit.office, review.work.ref, batch, visit.who)
    return visit.recorded(review.work.ref, f"/cases/{review.work.ref}/cast")


def _given(form: Sent, question: str, value: str) -> Given:
    reason = form.text(f"reason:{question}")
    return Given(question, value, {"reason": reason} if reason else {})
