"""Any question on a page of its own: what is asked, the options, and what the answer must say."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from casework.faces import PEOPLE
from casework.questions import Given, answer
from casework.review import Review, decisions_of, weighed_before
from casework.review.record import wanted
from casework.topics import AS_MARKED, CAST, DISCLOSE, PAGE, PASSAGE, WITHHOLD
from desk.errors import status_of
from desk.fields import fields_for
from desk.web import Form, Sent, Signed, Visit
from redaction.decisions import Outcome
from rights.case import Question
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.exemptions import exemptions

router = APIRouter()
_OWN_PAGES = {"people": "people", "match": "matches", "approve": "approve", "health": "health"}


@router.get("/cases/{ref}/questions/{question:path}")
def question_page(visit: Signed, ref: str, question: str) -> Response:
    """The question, or the page where questions of its topic are answered."""
    found = _question(visit, ref, question)
    if found.is_open and found.topic in _OWN_PAGES:
        return RedirectResponse(f"/cases/{ref}/{_OWN_PAGES[found.topic]}", 303)
    if found.topic == "people":
        return RedirectResponse(f"/cases/{ref}/people?correct=1", 303)
    if found.topic == "approve":
        return RedirectResponse(f"/cases/{ref}/approve", 303)
    return _form(visit, ref, found, {}, "", None)


@router.post("/cases/{ref}/questions/{question:path}")
def question_given(visit: Signed, ref: str, question: str, form: Form) -> Response:
    """Record the answer, or the correction of one."""
    found = _question(visit, ref, question)
    value = form.text("value")
    details = _details(visit, found, form)
    given = Given(found.id, value, details, correct=found.answer is not None)
    try:
        if not value:
            raise InputError("desk.choice", "No answer was chosen.", "Choose one of the options.")
        answer(visit.office, visit.office.known(ref), given, visit.who)
    except (InputError, RefusedError) as error:
        return _form(visit, ref, found, details, value, error)
    return visit.recorded(ref, _after(ref, found))


def _details(visit: Visit, question: Question, form: Sent) -> dict[str, Any]:
    fields = fields_for(question.topic, question.body)
    details: dict[str, Any] = {f.name: t for f in fields if (t := form.text(f.name))}
    if question.topic == PASSAGE and form.text("value") == AS_MARKED:
        details["marks"] = form.starting("mark:")
    if question.topic == PAGE and (people := form.every(PEOPLE)):
        details[PEOPLE] = people
    asked = wanted(question, visit.office.law, on=visit.office.today())
    details.update({e.name: t for e in asked.entries if (t := form.text(e.name))})
    weighed = form.starting("factor:") if asked.factors else {}
    if asked.factors and not weighed and question.topic == CAST:
        weighed = weighed_before(
            visit.office.case(visit.request.path_params["ref"]), question.body["ref"]
        )
    if weighed:
        details["factors"] = weighed
    if question.topic == "match" and (wrong := form.every(f"not:{question.id}")):
        details["not"] = wrong
    return details


def _after(ref: str, question: Question) -> str:
    own = {"cast": "cast", "match": "matches"}.get(question.topic)
    return f"/cases/{ref}/{own}" if own else f"/cases/{ref}#{question.topic}"


def _question(visit: Visit, ref: str, question: str) -> Question:
    case = visit.office.case(ref)
    found = case.questions.get(question)
    if found is None or found.withdrawn:
        raise InputError(
            "desk.no_file",
            "This question is not asked, or not any more.",
            "Go back to the case page and look at the open questions.",
        )
    return found


def _form(
    visit: Visit,
    ref: str,
    question: Question,
    entered: dict[str, Any],
    chosen: str,
    error: RightsdeskError | None,
) -> Response:
    known = visit.office.known(ref)
    visit.journal(f"question {question.id}", known)
    marked = _marked(visit.review(ref), question) if question.topic == PASSAGE else {}
    before = question.answer.details if question.answer else ""
    earlier: dict[str, Any] = json.loads(before) if before else {}
    if error is None:  # a correction begins with what was written
        entered = {n: v for n, v in earlier.items() if isinstance(v, str)}
    fields = fields_for(question.topic, question.body)
    asked = wanted(question, visit.office.law, on=visit.office.today())
    return visit.page(
        "question.html",
        status_of(error) if error else 200,
        case=visit.office.case(known),
        question=question,
        fields=fields,
        wanted=asked,
        labels={f.name: f.label for f in fields} | {e.name: e.label for e in asked.entries},
        entered=entered,
        chosen=chosen,
        marked={**marked, **entered.get("marks", {})},
        earlier=earlier,
        people=visit.review(ref).bundle.people if question.topic == PAGE else (),
        titles={s.name: s.title for s in visit.office.sources},
        grounds=grounds(visit),
        error=error,
    )


def grounds(visit: Visit) -> dict[str, str]:
    """The exemptions by their code: title first, for people who do not know the codes."""
    listed = exemptions(visit.office.law, on=visit.office.today())
    return {e.code: f"{e.title} ({e.code})" for e in listed}


def _marked(review: Review, question: Question) -> dict[str, str]:
    """Passages that a reviewer has marked by hand on their pages already."""
    by_hand = {d.proposal: d.outcome for d in decisions_of(review.case).values() if d.proposal}
    return {
        p["id"]: DISCLOSE if by_hand[p["id"]] is Outcome.KEEP else WITHHOLD
        for p in question.body["passages"]
        if p["id"] in by_hand
    }
