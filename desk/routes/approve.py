"""Approval: a second person opens the sealed pack and quotes the words at its end."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.approve import APPROVE, SEND_BACK, TOPIC
from casework.questions import Given, answer
from desk.errors import status_of
from desk.web import Form, Signed, Visit
from rights.case import Case, Question
from rights.errors import InputError, RefusedError, RightsdeskError

router = APIRouter()


@router.get("/cases/{ref}/approve")
def approve_page(visit: Signed, ref: str) -> Response:
    """The pack to open and the two answers."""
    return _form(visit, ref, None)


@router.post("/cases/{ref}/approve")
def approve_given(visit: Signed, ref: str, form: Form) -> Response:
    """Approve exactly the pack whose words are quoted, or send it back."""
    case = visit.office.case(ref)
    question = _question(case)
    value = form.text("value")
    details = {name: text for name in ("code", "reason") if (text := form.text(name))}
    try:
        if question is None or question.id != form.text("question"):
            raise InputError(
                "desk.stale_pack",
                "The pack has changed since this page was opened.",
                "Open the newest pack and read it again.",
            )
        if value not in (APPROVE, SEND_BACK):
            raise InputError("desk.choice", "No answer was chosen.", "Choose one of the two.")
        answer(visit.office, case.ref, Given(question.id, value, details), visit.who)
    except (InputError, RefusedError) as error:
        return _form(visit, ref, error)
    return visit.recorded(case.ref, f"/cases/{case.ref}")


def _question(case: Case) -> Question | None:
    return next((q for q in case.open_questions if q.topic == TOPIC), None)


def _form(visit: Visit, ref: str, error: RightsdeskError | None) -> Response:
    known = visit.office.known(ref)
    visit.journal("approval page", known)
    case = visit.office.case(known)
    return visit.page(
        "approve.html",
        status_of(error) if error else 200,
        case=case,
        question=_question(case),
        is_decider=visit.login in case.deciders,
        may="approver" in visit.who.roles,
        options={"approve": APPROVE, "back": SEND_BACK},
        error=error,
    )
