"""The cast: one decision for each person and kind of fact, which goes to every mention.

Other people are weighed once, by five factors, and every kind of fact inherits it.
"""

from __future__ import annotations

from typing import Any, cast

from fastapi import APIRouter
from starlette.responses import Response

from casework.living import note_living
from casework.questions import Given, answer_all
from casework.review import cast_of, officials_to_weigh, professionals_as_proposed, weighed_before
from casework.topics import DISCLOSE
from desk.web import Form, Sent, Signed
from rights.case import Case
from rights.errors import InputError
from rights.knowledge import NOT_KNOWN, knowledge_of, ways
from rights.release import Living
from rights.weighing import factors

router = APIRouter()


@router.get("/cases/{ref}/cast")
def cast_page(visit: Signed, ref: str) -> Response:
    """Everyone in the file, what is proposed about them and why."""
    review = visit.review(ref)
    visit.journal("people in the file", review.work.ref)
    people = cast_of(review.case, review.bundle.people)
    return visit.page(
        "cast.html",
        case=review.case,
        cast=people,
        professionals={g.question for g in professionals_as_proposed(people)},
        officials={q.id for q in officials_to_weigh(people)},
        factors=factors(visit.office.law, on=visit.office.today()),
        living=tuple(Living),
        known=knowledge_of(review.case).people,
        ways=ways(visit.office.law, visit.office.today()),
        not_known=NOT_KNOWN,
    )


@router.post("/cases/{ref}/cast")
def cast_given(visit: Signed, ref: str, form: Form) -> Response:
    """Record the decisions that were chosen, all of them or none."""
    case = visit.office.case(ref)
    batch = tuple(
        _given(case, form, question, value) for question, value in form.starting("answer:").items()
    )
    if not batch:
        raise InputError(
            "desk.nothing_chosen",
            "No decision was chosen, so nothing was recorded.",
            "Choose for at least one person and kind of fact.",
        )
    answer_all(visit.office, case.ref, batch, visit.who)
    return visit.recorded(case.ref, f"/cases/{case.ref}/cast")


@router.post("/cases/{ref}/cast/living")
def living_noted(visit: Signed, ref: str, form: Form) -> Response:
    """Note whether somebody is alive; what is proposed about them follows."""
    case = visit.office.case(ref)
    person, value = form.text("person"), form.text(f"living:{form.text('person')}")
    if value not in list(Living):
        raise InputError(
            "desk.choice", "It was not chosen whether this person is alive.", "Choose one."
        )
    known = Living(value).value
    how = form.text(f"how:{person}")
    note_living(visit.office, case.ref, person, cast(Any, known), how, visit.who)
    return visit.recorded(case.ref, f"/cases/{case.ref}/cast#{person}")


@router.post("/cases/{ref}/cast/professionals")
def professionals(visit: Signed, ref: str, form: Form) -> Response:
    """Record the names of professionals acting in role as shown, exactly those that were listed.

    Raises:
        InputError: the list has changed since it was shown.
    """
    review = visit.review(ref)
    batch = professionals_as_proposed(cast_of(review.case, review.bundle.people))
    _as_listed(form, {g.question for g in batch})
    answer_all(visit.office, review.work.ref, batch, visit.who)
    return visit.recorded(review.work.ref, f"/cases/{review.work.ref}/cast")


@router.post("/cases/{ref}/cast/officials")
def officials(visit: Signed, ref: str, form: Form) -> Response:
    """Weigh the officials that were listed alike, and record that their names are shown.

    Raises:
        InputError: the list has changed since it was shown.
        RefusedError: a factor was left out.
    """
    review = visit.review(ref)
    asked = officials_to_weigh(cast_of(review.case, review.bundle.people))
    _as_listed(form, {q.id for q in asked})
    details: dict[str, Any] = {"factors": form.starting("alike:")}
    if reason := form.text("reason"):
        details["reason"] = reason
    batch = tuple(Given(q.id, DISCLOSE, details) for q in asked)
    answer_all(visit.office, review.work.ref, batch, visit.who)
    return visit.recorded(review.work.ref, f"/cases/{review.work.ref}/cast")


def _as_listed(form: Sent, ids: set[str]) -> None:
    if not ids or ids != set(form.every("listed")):
        raise InputError(
            "desk.list_changed",
            "The list has changed since this page was made.",
            "Open the people in the file again and look at the list.",
        )


def _given(case: Case, form: Sent, question: str, value: str) -> Given:
    """An answer with its reason, and the person's weighing: chosen now, or as it stands."""
    details: dict[str, Any] = {}
    if reason := form.text(f"reason:{question}"):
        details["reason"] = reason
    asked = case.questions.get(question)
    if asked is not None and asked.body.get("weigh"):
        ref = str(asked.body["ref"])
        chosen = form.starting(f"weigh:{ref}:") or weighed_before(case, ref)
        if chosen:
            details["factors"] = chosen
    return Given(question, value, details)
