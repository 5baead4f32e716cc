"""Whose records these are: the sure ones confirmed once, the doubtful ones one by one."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.judged import ALL, NO, NOT_ALL, TOPIC, YES
from casework.questions import Given, answer_all
from casework.review import message_of
from desk.web import Form, Sent, Signed
from rights.case import Case, Question
from rights.errors import InputError

router = APIRouter()


@router.get("/cases/{ref}/matches")
def matches_page(visit: Signed, ref: str) -> Response:
    """Every candidate with its waterfall, open questions first."""
    case = visit.office.case(ref)
    visit.journal("matches", case.ref)
    titles = {s.name: s.title for s in visit.office.sources}
    return visit.page(
        "matches.html",
        case=case,
        questions=_questions(case),
        titles=titles,
        options={"all": ALL, "not_all": NOT_ALL, "yes": YES, "no": NO},
    )


@router.post("/cases/{ref}/matches")
def matches_given(visit: Signed, ref: str, form: Form) -> Response:
    """Record the answers that were chosen, all of them or none."""
    case = visit.office.case(ref)
    batch = tuple(_given(q, form) for q in _questions(case) if form.text(f"answer:{q.id}"))
    if not batch:
        raise InputError(
            "desk.nothing_chosen",
            "No answer was chosen, so nothing was recorded.",
            "Choose yes or no for at least one record.",
        )
    answer_all(visit.office, case.ref, batch, visit.who)
    return visit.recorded(case.ref, f"/cases/{case.ref}/matches")


@router.get("/cases/{ref}/messages/{source}/{code}")
def message_page(visit: Signed, ref: str, source: str, code: str) -> Response:
    """The words of a message that the search brought up."""
    known = visit.office.known(ref)
    documents = message_of(visit.office.reading(known), source, code)
    visit.journal(f"message {source}/{code}", known)
    return visit.page("message.html", case=visit.office.case(known), documents=documents)


def _given(question: Question, form: Sent) -> Given:
    value = form.text(f"answer:{question.id}")
    details: dict[str, object] = {}
    if reason := form.text(f"reason:{question.id}"):
        details["reason"] = reason
    if value == NOT_ALL:
        details["not"] = form.every(f"not:{question.id}")
    return Given(question.id, value, details, correct=question.answer is not None)


def _questions(case: Case) -> list[Question]:
    found = [q for q in case.questions.values() if q.topic == TOPIC and not q.withdrawn]
    return sorted(found, key=lambda q: (not q.is_open, "candidates" not in q.body, q.asked_seq))
