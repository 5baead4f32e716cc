"""Pausing and extending: the law is checked first, then the desk asks for the letter's words."""

from __future__ import annotations

import datetime as dt
import json
from typing import Literal

from casework.clock import facts_of
from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from rights.case import Case, Question
from rights.clock import check_extension, check_pause
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import ClockPaused, QuestionAsked, TimeExtended
from rights.release import CaseRef

PAUSE = "pause: we ask what is wanted"
COMPLEX = "extend: the request is complex"
NUMBER = "extend: the person made a number of requests"
CHANGES = (PAUSE, COMPLEX, NUMBER)
TOPIC = "time"
_PENDING = "(the words are asked for at the desk)"


def request_change(office: Office, ref: CaseRef, change: str, on: dt.date) -> None:
    """Check that the law allows the change on that day, and ask the desk for its words.

    Raises:
        RefusedError: the law does not allow it, with the reason.
        InputError: the change is not known.
    """
    case = office.case(ref)
    _check(office, case, change, on, _PENDING)
    body = {"words": _words(change), "change": change, "on": on.isoformat()}
    number = sum(1 for q in case.questions.values() if q.topic == TOPIC)
    event = QuestionAsked(
        actor=ENGINE,
        question=f"time/{number}",
        topic=TOPIC,
        stage="time",
        role="officer",
        text=json.dumps(body),
        options=("send", "do not send"),
    )
    office.store.append(ref, [event], expected_seq=case.seq)


@on_answer(TOPIC)
def _words_given(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == "do not send":
        return ()
    change = str(question.body["change"])
    on = dt.date.fromisoformat(str(question.body["on"]))
    words = str(given.details.get("words", "")).strip()
    if not words:
        raise InputError(
            "time.words",
            "The letter has no words of its own.",
            "Write what is unclear, or the specific reasons for needing more time.",
        )
    _check(office, case, change, on, words)
    letter = f"{question.id}/letter"
    if change == PAUSE:
        return (ClockPaused(actor=who.actor, asked_on=on, question=words, letter=letter),)
    return (
        TimeExtended(
            actor=who.actor, noticed_on=on, ground=_ground(change), reasons=words, letter=letter
        ),
    )


def _check(office: Office, case: Case, change: str, on: dt.date, words: str) -> None:
    if change not in CHANGES:
        raise InputError(
            "time.change",
            "The time cannot be changed like this.",
            f"Choose one of: {'; '.join(CHANGES)}.",
        )
    if case.received_on and on < case.received_on:
        raise InputError(
            "record.before_receipt",
            f"The date {on:%d %B %Y} lies before the request was received.",
            "Give the day the letter goes out.",
        )
    if change == PAUSE:
        check_pause(facts_of(case), on, words, today=office.today(), law=office.law)
    else:
        check_extension(
            facts_of(case), on, _ground(change), words, today=office.today(), law=office.law
        )


def _ground(change: str) -> Literal["complexity", "number of requests"]:
    return "complexity" if change == COMPLEX else "number of requests"


def _words(change: str) -> str:
    if change == PAUSE:
        return "What is unclear in the request? The clock stops when the letter goes."
    return "Why is more time needed in this case? General reasons do not count in law."
