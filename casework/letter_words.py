"""Changing the time: the law is checked first, then the desk asks for the words of the letter.

Pausing and extending, asking for proof, and correcting the date of receipt.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Literal

from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from rights.case import Case, Question
from rights.decisions import record
from rights.errors import InputError, RefusedError
from rights.events import Actor, Event
from rights.events.base import ENGINE
from rights.events.kinds import (
    ClockPaused,
    EvidenceAsked,
    QuestionAsked,
    ReceiptCorrected,
    TimeExtended,
)
from rights.gates import Attempt, foresee
from rights.release import CaseRef

PAUSE = "pause: we ask what is wanted"
COMPLEX = "extend: the request is complex"
NUMBER = "extend: the person made a number of requests"
IDENTITY = "ask: proof of who the person is"
AUTHORITY = "ask: proof that they may act for somebody"
RECEIVED = "correct: the date it was received"
PROGRESS = "write: how far we are"
WAIT = "wait: court proceedings are live"
"""Asked for so often that the form offers it: it is always refused, with the reason."""
CHANGES = (PAUSE, COMPLEX, NUMBER, IDENTITY, AUTHORITY, RECEIVED, PROGRESS, WAIT)
TOPIC = "time"
PROGRESS_MATTER = "progress"
"""A letter in between; each is another decision of this matter."""
GO, STOP = "go on", "stop"
_PENDING = "(the words are asked for at the desk)"


def request_change(office: Office, ref: CaseRef, change: str, on: dt.date) -> None:
    """Check that the law allows the change on that day, and ask the desk for its words.

    Raises:
        RefusedError: the law does not allow it, with the reason.
        InputError: the change is not known.
    """
    if change not in CHANGES:
        raise InputError(
            "time.change",
            "The time cannot be changed like this.",
            f"Choose one of: {'; '.join(CHANGES)}.",
        )
    if change == WAIT:
        (sentence,) = office.law.words("time.live_proceedings", office.today())
        raise RefusedError(
            "time.live_proceedings",
            sentence,
            "Answer in time; what would prejudice the proceedings is withheld passage by passage, "
            "and a file that is large or complex may be extended for that reason.",
        )
    case = office.case(ref)
    if change != PROGRESS:
        would_be = _event(change, on, _PENDING, _PENDING, ENGINE)
        foresee(Attempt(case, would_be, frozenset(), office.law, office.today()))
    body = {"words": _words(change), "change": change, "on": on.isoformat()}
    number = sum(1 for q in case.questions.values() if q.topic == TOPIC)
    event = QuestionAsked(
        actor=ENGINE,
        question=f"time/{number}",
        topic=TOPIC,
        stage="time",
        role="officer",
        text=json.dumps(body),
        options=(GO, STOP),
    )
    office.record(case, [event])


@on_answer(TOPIC)
def _words_given(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == STOP:
        return ()
    change = str(question.body["change"])
    on = dt.date.fromisoformat(str(question.body["on"]))
    words = str(given.details.get("words", "")).strip()
    if not words:
        raise InputError(
            "time.words",
            "There are no words of your own.",
            _words(change),
        )
    if change == PROGRESS:
        told = record(
            case,
            actor=who.actor,
            matter=PROGRESS_MATTER,
            outcome="told",
            law=office.law,
            on=office.today(),
            facts={"words": words},
        )
        return (told,)
    return (_event(change, on, words, f"{question.id}/letter", who.actor),)


def _event(change: str, on: dt.date, words: str, letter: str, actor: Actor) -> Event:
    match change:
        case "pause: we ask what is wanted":
            return ClockPaused(actor=actor, asked_on=on, question=words, letter=letter)
        case "correct: the date it was received":
            return ReceiptCorrected(actor=actor, received_on=on, reason=words)
        case "ask: proof of who the person is" | "ask: proof that they may act for somebody":
            return EvidenceAsked(
                actor=actor,
                what="identity" if change == IDENTITY else "authority",
                asked_on=on,
                doubt=words,
                doubt_recorded=True,
                letter=letter,
            )
        case _:
            ground = _ground(change)
            return TimeExtended(
                actor=actor, noticed_on=on, ground=ground, reasons=words, letter=letter
            )


def _ground(change: str) -> Literal["complexity", "number of requests"]:
    return "complexity" if change == COMPLEX else "number of requests"


def _words(change: str) -> str:
    return {
        PAUSE: "What is unclear in the request? The clock stops when the letter goes.",
        IDENTITY: "Why do you doubt who it is? Without a real doubt the time does not restart.",
        AUTHORITY: "Why is it unclear that they may act? It is said in the letter.",
        PROGRESS: "What would you like to say? What was done, what comes next and the date are in "
        "the letter anyway; say nothing of what was found.",
        RECEIVED: "How do you know that it was received on that day?",
    }.get(change, "Why is more time needed in this case? General reasons do not count in law.")
