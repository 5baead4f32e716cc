"""A question to the requester that is never answered: a letter first, then the end.

The daily watch asks an officer when a wait is over; nothing lapses by itself.
"""

from __future__ import annotations

import datetime as dt
import json

from casework.letters import base, makes, routes
from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from letters.lapse import LapseNotice
from letters.render import LetterPdf, render_letter
from rights.case import Case, Question
from rights.decisions import record
from rights.errors import ConflictError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import CaseTriaged, QuestionAsked, QuestionWithdrawn
from rights.lapse import (
    KEPT_OPEN,
    LAPSED,
    MATTER,
    WARNED,
    Lapse,
    LapseStep,
    notice_until,
    read_lapse,
)

TOPIC = MATTER
WRITE = "write: the request will be closed unless an answer comes"
CLOSE = "close the request: nothing came"
KEEP = "keep it open and wait again"
_STEPS = {LapseStep.WRITE: (WRITE, KEEP), LapseStep.CLOSE: (CLOSE, KEEP)}
_WORDS = {
    LapseStep.WRITE: "Our question was not answered. Shall we write that the request will be "
    "closed?",
    LapseStep.CLOSE: "Our letter was not answered either. Shall the request be closed?",
}
_RULES = ("lapse.wait", "lapse.notice")


def watch_lapses(office: Office, today: dt.date, *, dry_run: bool) -> tuple[str, ...]:
    """Ask an officer where a wait is over, and take back what an answer has settled.

    A day that is not today only says what would be asked.

    Returns:
        One line for each case that is asked about; references only.
    """
    lines: list[str] = []
    for case in office.cases():
        if case.opened is None or case.closed is not None:
            continue
        events = _due(office, case, today)
        asks = any(isinstance(event, QuestionAsked) for event in events)
        if events and not dry_run and today == office.today():
            try:
                office.record(case, events)
            except ConflictError:
                continue  # somebody is at work on it; the next watch looks again
        if asks:
            lines.append(f"{case.ref}: a question is unanswered")
    return tuple(lines)


def _due(office: Office, case: Case, today: dt.date) -> tuple[Event, ...]:
    lapse = read_lapse(case, today, office.law)
    wanted = _question_id(lapse) if lapse.step in _STEPS else ""
    withdrawn = tuple(
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="no longer needed")
        for q in case.open_questions
        if q.topic == TOPIC and q.id != wanted
    )
    known = case.questions.get(wanted)
    if not wanted or (known is not None and not known.withdrawn):
        return withdrawn
    asked_on, since = lapse.asked_on, lapse.since
    asked = QuestionAsked(
        actor=ENGINE,
        question=wanted,
        topic=TOPIC,
        stage=TOPIC,
        role="officer",
        text=json.dumps(
            {"words": _WORDS[lapse.step], "asked_on": str(asked_on), "since": str(since)}
        ),
        options=_STEPS[lapse.step],
    )
    return (*withdrawn, asked)


def _question_id(lapse: Lapse) -> str:
    """One for each wait: a wait that begins anew asks anew."""
    return f"lapse/{lapse.step.name.lower()}/{lapse.since}"


@on_answer(TOPIC)
def _answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    outcome = {WRITE: WARNED, CLOSE: LAPSED, KEEP: KEPT_OPEN}[given.value]
    today = office.today()
    made = record(
        case,
        actor=who.actor,
        matter=MATTER,
        outcome=outcome,
        law=office.law,
        on=today,
        rules=_RULES,
        facts={"asked_on": question.body["asked_on"], "since": question.body["since"]},
    )
    if outcome != LAPSED:
        return (made,)
    # The letter has said what happens now, so there is no second one.
    ended = CaseTriaged(
        actor=who.actor,
        outcome=LAPSED,
        law_version=office.law.version,
        reason="Our question and our letter were not answered.",
        letter="",
    )
    return (made, ended)


@makes(MATTER)
def _notice(office: Office, case: Case, letter: str) -> LetterPdf:
    """The letter of a decision to write; its id is that of the decision."""
    decided = next(d.event for d in case.decisions if d.event.decision == letter)
    asked = max(
        (e for e in case.pause_letters.values() if e.asked_on <= decided.decided_on),
        key=lambda e: e.asked_on,
    )
    notice = LapseNotice(
        **base(office, case, decided.decided_on),  # pyright: ignore[reportArgumentType]
        asked_on=asked.asked_on,
        question=asked.question,
        until=notice_until(decided.decided_on, office.law),
        routes=routes(office, decided.decided_on),
    )
    return render_letter(notice)
