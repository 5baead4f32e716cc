"""Many questions of one topic on one page: one decision for all that it fits."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from casework.questions import Given, answer_all
from casework.review.record import wanted
from casework.together import TOPICS, Group, groups_of
from casework.topics import AS_MARKED
from desk.errors import status_of
from desk.fields import fields_for
from desk.named import document_name
from desk.routes.questions import grounds
from desk.web import Form, Sent, Signed, Visit
from rights.case import Case, Question
from rights.errors import InputError, RefusedError, RightsdeskError

router = APIRouter()


@router.get("/cases/{ref}/together/{topic}")
def together_page(visit: Signed, ref: str, topic: str) -> Response:
    """The open questions of a topic, those asked alike under one set of answers."""
    if topic not in TOPICS:
        return RedirectResponse(f"/cases/{visit.office.known(ref)}#{topic}", 303)
    return _page(visit, ref, topic, None, None)


@router.post("/cases/{ref}/together/{topic}")
def together_given(visit: Signed, ref: str, topic: str, form: Form) -> Response:
    """Record one answer for every question that was ticked, all of them or none."""
    case = visit.office.case(ref)
    ticked = form.every("of")
    try:
        group = next(
            (g for g in _groups(case, topic) if {q.id for q in g.questions} >= set(ticked)), None
        )
        if not ticked or group is None:
            raise InputError(
                "desk.nothing_chosen",
                "Nothing was ticked, or the questions have changed since this page was made.",
                "Tick those that the answer is for.",
            )
        value = form.text("value")
        if not value or value == AS_MARKED:
            raise InputError("desk.choice", "No answer was chosen.", "Choose one of the options.")
        details = _details(visit, group, form)
        answer_all(
            visit.office, case.ref, tuple(Given(q, value, details) for q in ticked), visit.who
        )
    except (InputError, RefusedError) as error:
        return _page(visit, ref, topic, form, error)
    rest = _groups(visit.office.case(ref), topic)
    return visit.recorded(
        case.ref, f"/cases/{case.ref}" + (f"/together/{topic}" if rest else f"#{topic}")
    )


def _details(visit: Visit, group: Group, form: Sent) -> dict[str, Any]:
    first = group.questions[0]
    asked = wanted(first, visit.office.law, on=visit.office.today())
    names = [f.name for f in fields_for(first.topic, first.body)]
    names += [e.name for e in asked.entries]
    details: dict[str, Any] = {name: text for name in names if (text := form.text(name))}
    if asked.factors and (weighed := form.starting("factor:")):
        details["factors"] = weighed
    return details


def _groups(case: Case, topic: str) -> tuple[Group, ...]:
    return groups_of(q for q in case.open_questions if q.topic == topic)


def _page(
    visit: Visit, ref: str, topic: str, form: Sent | None, error: RightsdeskError | None
) -> Response:
    known = visit.office.known(ref)
    visit.journal(f"questions: {topic}", known)
    case, law, today = visit.office.case(known), visit.office.law, visit.office.today()
    ticked = set(form.every("of")) if form else set[str]()
    others: dict[str, list[Question]] = defaultdict(list)
    for question in case.open_questions:
        if question.topic == topic and question.role not in visit.who.roles:
            others[question.role].append(question)
    return visit.page(
        "together.html",
        status_of(error) if error else 200,
        case=case,
        topic=topic,
        groups=[
            (g, fields_for(topic, g.questions[0].body), wanted(g.questions[0], law, on=today))
            for g in _groups(case, topic)
            if g.questions[0].role in visit.who.roles
        ],
        others=others,
        titles={name: document_name(name, case) for name in case.documents},
        grounds=grounds(visit),
        as_marked=AS_MARKED,
        ticked=ticked,
        entered=dict(form.starting("")) if form else {},
        error=error,
    )
