"""Reading support in the work on a case: days to avoid, calls, and help with the reading itself.

A named person offers all of it. None of it moves the day by which the law wants an answer: a task
that waits shows that day, and what waits too long is seen on the boards like everything else.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

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
from rights.workdays import add_working_days, calendar_of

DAY, CALL, SUPPORT = "day", "call", "support"
SEND = "send it today all the same"
CALLED, NOT_WANTED, NOT_REACHED = (
    "called, and they took it",
    "called, and they did not want it",
    "could not be reached",
)
AGREED, NO_MORE = "it is agreed with them", "they do not want it any more"
ARRANGED = (AGREED, NO_MORE, NOT_REACHED)
IN_PARTS, TOGETHER = "in parts", "read with someone"
_SUPPORT = {
    IN_PARTS: (
        "arranges in which parts it comes",
        "Agree with them how much comes at a time, and when.",
    ),
    TOGETHER: (
        "arranges who reads it with them",
        "Agree with them who reads it with them, where and when.",
    ),
}
"""Wish -> what the named person does, and the task in words. It holds nothing up."""


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


def ask_support(work: Work) -> None:
    """Have the named person arrange the reading, as soon as it is known that it is wished for."""
    office, case = work.office, work.case
    asks = tuple(
        Ask(f"{SUPPORT}/{wish}", SUPPORT, "officer", _body(office, case, words, does), ARRANGED)
        for wish, (does, words) in _SUPPORT.items()
        if _wants(case, wish)
    )
    ask(work, asks, stage=Stage.STANDING, topics=frozenset({SUPPORT}))


def ask_call_before(work: Work) -> None:
    """Have the named person call before the answer is sent, while there is time for that."""
    office, case = work.office, work.case
    last = _last_to_wait(office, case)
    asks = ()
    if _wants(case, "call before") and (last is None or office.today() < last):
        words = "Call before it is sent: say what comes, when, and who can read it with them."
        if last is not None:
            words += f" From {last.isoformat()} the answer goes, called or not: its date stands."
        body = _body(office, case, words)
        asks = (Ask(f"{CALL}/before", CALL, "officer", body, ALL, due_on=last),)
    ask(work, asks, stage=Stage.APPROVE, topics=frozenset({CALL}))


def _last_to_wait(office: Office, case: Case) -> dt.date | None:
    """The day from which a call no longer holds the answer: the council's spare before it is due.

    None where the law sets no day.
    """
    due = clock_of(office, case).due
    if due is None:
        return None
    return add_working_days(due, -office.council.reply_spare, calendar_of(office.law))


def calls_late(office: Office) -> tuple[str, ...]:
    """Let answers go that waited for a call until their date is near; the call stays a task."""
    lines: list[str] = []
    for case in office.cases():
        waits = case.questions.get(f"{CALL}/before")
        last = _last_to_wait(office, case) if waits is not None and waits.is_open else None
        if last is None or office.today() < last:
            continue
        try:
            office.record(case, _released(office, case))
        except ConflictError:
            continue  # somebody is at work on it; the next sweep looks again
        lines.append(f"{case.ref}: it waits for the call no longer")
    return tuple(lines)


def _released(office: Office, case: Case) -> tuple[Event, ...]:
    gone = QuestionWithdrawn(
        actor=ENGINE, question=f"{CALL}/before", why="the date of the answer is near"
    )
    task = f"{SUPPORT}/call before"
    if task in case.questions:
        return (gone,)
    words = "The answer goes now, for its date is near. Call today, before it arrives."
    return gone, _asked(task, SUPPORT, _body(office, case, words))


def outlives(question: Question) -> bool:
    """Whether the task is still to be done once the answer was sent."""
    return question.topic in (CALL, SUPPORT) and question.id != f"{SUPPORT}/{IN_PARTS}"


def call_after(office: Office, case: Case) -> tuple[Event, ...]:
    """The call after the answer was read; it is asked when the case is closed, and outlives it."""
    if not _wants(case, "call after") or case.sent_on is None or f"{CALL}/after" in case.questions:
        return ()
    words = "Call once they had time to read it: how they are, what they want to ask."
    return (_asked(f"{CALL}/after", CALL, _body(office, case, words)),)


def _asked(question: str, topic: str, body: Mapping[str, object]) -> QuestionAsked:
    return QuestionAsked(
        actor=ENGINE,
        question=question,
        topic=topic,
        stage=Stage.CLOSE,
        role="officer",
        text=json.dumps(body, ensure_ascii=False),
        options=ALL,
    )


ALL = (CALLED, NOT_WANTED, NOT_REACHED)


def arranged_of(people: RequestPeople) -> tuple[str, ...]:
    """What was arranged with the reader, by the codes that letters have words for."""
    wanted = people.recipient.format
    return tuple(code for code in (wanted, *people.support.helps) if code)


def _wants(case: Case, help_: str) -> bool:
    return case.people is not None and help_ in case.people.support.helps


def _body(office: Office, case: Case, words: str, does: str = "calls") -> dict[str, object]:
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
        "title": f"{who.name}, {who.role}, {does}",
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


@on_answer(SUPPORT)
def _was_arranged(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    _reasoned(given, "what was agreed", "Write the day, and what they said or how often you tried.")
    return ()


def _reasoned(given: Given, what: str, how: str) -> None:
    if not str(given.details.get("reason", "")).strip():
        raise InputError("reading.reason", f"Nothing says {what}.", how)
