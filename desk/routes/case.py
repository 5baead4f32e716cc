"""The page of a case: what happened, how long there is, what is open, what was decided and made."""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter
from starlette.responses import Response

from casework.clock import clock_of
from casework.parts import send_ready, take_back
from casework.together import TOPICS, groups_of
from casework.why import DecisionLine, Why, why
from desk import words
from desk.errors import status_of
from desk.routes.questions import grounds
from desk.timeline import happenings
from desk.web import Form, Signed, Visit
from rights.case import Case, Question
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.road import ready_documents, waits_in, where

router = APIRouter()


@router.get("/cases/{ref}")
def case_page(visit: Signed, ref: str) -> Response:
    """Everything about a case on one page."""
    return _page(visit, ref, None)


@router.post("/cases/{ref}/parts")
def part_changed(visit: Signed, ref: str, form: Form) -> Response:
    """Send what is ready as a part of its own, or take a planned part back."""
    known = visit.office.known(ref)
    try:
        if form.text("do") == "send":
            send_ready(visit.office, known, visit.who)
        elif form.text("do") == "back":
            take_back(visit.office, known, form.text("why"), visit.who)
        else:
            raise InputError("desk.choice", "Nothing was chosen.", "Press one of the buttons.")
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error)
    return visit.recorded(known, f"/cases/{known}#parts")


def _page(visit: Visit, ref: str, error: RightsdeskError | None) -> Response:
    office = visit.office
    known = office.known(ref)
    visit.journal("case page", known)
    case, stands = office.case(known), why(office, known)
    titles = {s.name: s.title for s in office.sources}
    ledger = [(titles.get(name, name), event) for name, (_, event) in case.sources.items()]
    own, many = _decisions(stands)
    return visit.page(
        "case.html",
        status_of(error) if error else 200,
        case=case,
        clock=clock_of(office, case),
        next=where(case),
        open=by_topic(case.open_questions),
        answered=by_topic(answered_questions(case)),
        together=_together(case),
        ledger=ledger,
        titles=titles,
        grounds=grounds(visit),
        happenings=happenings(office.store.read(known), case, titles),
        why=stands,
        waits=_waits(stands),
        effort=stands.effort,
        decisions=own,
        many=many,
        can_send=_can_send(case),
        can_take_back=_can_take_back(case),
        error=error,
    )


def _together(case: Case) -> dict[str, int]:
    """For each topic of which several questions are open: how many decisions they come down to."""
    asked = {topic: [q for q in case.open_questions if q.topic == topic] for topic in TOPICS}
    return {topic: len(groups_of(found)) for topic, found in asked.items() if len(found) > 1}


def _decisions(stands: Why) -> tuple[list[DecisionLine], dict[str, list[DecisionLine]]]:
    """Decisions one by one, and those that come by the dozen under their matter."""
    own: list[DecisionLine] = []
    many: dict[str, list[DecisionLine]] = defaultdict(list)
    for line in stands.decisions:
        head = line.matter.partition("/")[0]
        if head in words.MATTERS:
            many[head].append(line)
        else:
            own.append(line)
    return own, many


def _waits(stands: Why) -> dict[str, list[int]]:
    """For each role: how many answers are missing, and how many of them hold up documents."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for item in stands.missing:
        counts[item.role][0] += 1
        counts[item.role][1] += item.documents != 0
    return dict(sorted(counts.items()))


def _can_send(case: Case) -> bool:
    """Whether something could go now while the rest waits."""
    part = case.part
    free = part is None or part.sent_on is not None or (part.last and bool(waits_in(case, part)))
    waiting = len(case.remaining) - len(ready_documents(case)) if case.proposals else 0
    return free and case.closed is None and bool(waiting) and bool(ready_documents(case))


def _can_take_back(case: Case) -> bool:
    part = case.part
    return part is not None and not part.last and not part.sending and part.sent_on is None


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
