"""The page of a case: what happened, how long there is, what is open, what was made."""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter
from starlette.responses import Response

from casework.clock import clock_of
from desk import words
from desk.timeline import happenings
from desk.web import Signed
from rights.case import Case, Question
from rights.road import where

router = APIRouter()


@router.get("/cases/{ref}")
def case_page(visit: Signed, ref: str) -> Response:
    """Everything about a case on one page."""
    office = visit.office
    known = office.known(ref)
    visit.journal("case page", known)
    case = office.case(known)
    titles = {s.name: s.title for s in office.sources}
    ledger = [(titles.get(name, name), event) for name, (_, event) in case.sources.items()]
    return visit.page(
        "case.html",
        case=case,
        clock=clock_of(office, case),
        next=where(case),
        open=by_topic(case.open_questions),
        answered=by_topic(answered_questions(case)),
        ledger=ledger,
        happenings=happenings(office.store.read(known)),
    )


def answered_questions(case: Case) -> tuple[Question, ...]:
    """Questions with an answer in force, the latest first."""
    found = [q for q in case.questions.values() if q.answer is not None and not q.withdrawn]
    return tuple(sorted(found, key=lambda q: -(q.answer.seq if q.answer else 0)))


def by_topic(questions: tuple[Question, ...]) -> list[tuple[str, list[Question]]]:
    """Questions under their topics, in the order of the road."""
    grouped: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        grouped[question.topic].append(question)
    order = list(words.TOPICS)
    return sorted(grouped.items(), key=lambda g: order.index(g[0]) if g[0] in order else 99)
