"""Reading support in the work on a case: days to avoid, and calls before and after.

A named person offers the call. None of it moves the day by which the law wants an answer: a task
that waits shows that day, and what waits too long is seen on the boards like everything else.
"""

from __future__ import annotations

import json

from casework.clock import clock_of
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from rights.case import Case, Question
from rights.errors import ConflictError, InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked, QuestionWithdrawn
from rights.gates.guards.reading import day_question
from rights.people import RequestPeople
from rights.road import Stage

DAY, CALL = "day", "call"
SEND = "send it today all the same"
CALLED, NOT_WANTED, NOT_REACHED = (
    "called, and they took it",
    "called, and they did not want it",
    "could not be reached",
)


def ask_day(work: Work) -> bool:
    """Ask before something is sent on a day the person wanted to be left alone; True while open.

    Left unanswered it waits: once the days are over it is withdrawn and the sending goes on.
    """
    case, today = work.case, work.office.today()
    wanted = day_question(case, today)
    asks: tuple[Ask, ...] = ()
    if wanted is not None and case.people is not None:
        days = case.people.support.avoided(today)
        assert days is not None
        due = clock_of(work.office, case).due
        body = {
            "title": "They asked that nothing reaches them on these days",
            "words": f"From {days.first.isoformat()} to {days.last.isoformat()}. Leave this open "
            "to wait: it is sent by itself on the day after."
            + (f" The law wants the answer by {due.isoformat()}." if due else ""),
        }
        asks = (Ask(wanted, DAY, "officer", body, (SEND,), due_on=due),)
    ask(work, asks, stage=Stage.DISPATCH, topics=frozenset({DAY}))
    return any(q.topic == DAY for q in work.case.open_questions)


def days_over(office: Office) -> tuple[str, ...]:
    """Take back the questions about days that are over, so that the sending goes on."""
    lines: list[str] = []
    for case in office.cases():
        over = _over(office, case)
        if not over:
            continue
        try:
            office.record(case, over)
        except ConflictError:
            continue  # somebody is at work on it; the next sweep looks again
        lines.append(f"{case.ref}: the days to avoid are over")
    return tuple(lines)


def _over(office: Office, case: Case) -> tuple[Event, ...]:
    now = day_question(case, office.today())
    return tuple(
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="the days are over")
        for q in case.open_questions
        if q.topic == DAY and q.id != now
    )


def ask_call_before(work: Work) -> None:
    """Have the named person call before the answer is sent, where that was asked for."""
    asks = ()
    if _wants(work.case, "call before"):
        words = "Call before it is sent: say what comes, when, and who can read it with them."
        asks = (Ask(f"{CALL}/before", CALL, "officer", _body(work.office, work.case, words), ALL),)
    ask(work, asks, stage=Stage.APPROVE, topics=frozenset({CALL}))


def call_after(office: Office, case: Case) -> tuple[Event, ...]:
    """The call after the answer was read; it is asked when the case is closed, and outlives it."""
    if not _wants(case, "call after") or case.sent_on is None or f"{CALL}/after" in case.questions:
        return ()
    words = "Call once they had time to read it: how they are, what they want to ask."
    return (
        QuestionAsked(
            actor=ENGINE,
            question=f"{CALL}/after",
            topic=CALL,
            stage=Stage.CLOSE,
            role="officer",
            text=json.dumps(_body(office, case, words), ensure_ascii=False),
            options=ALL,
        ),
    )


ALL = (CALLED, NOT_WANTED, NOT_REACHED)


def arranged_of(people: RequestPeople) -> tuple[str, ...]:
    """What was arranged with the reader, by the codes that letters have words for."""
    wanted = people.recipient.format
    return tuple(code for code in (wanted, *people.support.helps) if code)


def _wants(case: Case, help_: str) -> bool:
    return case.people is not None and help_ in case.people.support.helps


def _body(office: Office, case: Case, words: str) -> dict[str, object]:
    who = office.council.support_worker
    support = case.people.support if case.people is not None else None
    safe = support and [
        f"{label}: {text}"
        for label, text in (
            ("when", support.times),
            ("how", support.by),
            ("never", support.never),
        )
        if text
    ]
    return {
        "title": f"{who.name}, {who.role}, calls",
        "words": words,
        "contact": [who.name, who.phone, who.email],
        "safe": safe or [],
    }


@on_answer(DAY)
def _all_the_same(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    _reasoned(given, "why it may reach them on such a day", "They said so, or the law's day comes.")
    return ()


@on_answer(CALL)
def _was_called(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    _reasoned(given, "when you called", "Write the day, and what they said or how often you tried.")
    return ()


def _reasoned(given: Given, what: str, how: str) -> None:
    if not str(given.details.get("reason", "")).strip():
        raise InputError("reading.reason", f"Nothing says {what}.", how)
