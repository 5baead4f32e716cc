"""Taking down a finding and what follows from it, up to the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.breaches import as_severity
from casework.complaint.finding import (
    NOT,
    NOT_REOPENED,
    NOTE,
    NOTED,
    REOPENED,
    causes_found,
    details_of,
    question_id,
    questions_wanted,
)
from casework.entries import lines_of, needed, text_of
from casework.office import Office
from casework.questions import Given, SignedIn
from rights.case import Case, Question
from rights.decisions import record, right_table
from rights.decisions.complaint import Cause, cause
from rights.decisions.record import OUTCOME
from rights.errors import RefusedError
from rights.events import Event
from rights.events.kinds import BreachNoted
from rights.gates.guards.complaints import handler_of


def decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """Takes down one answer; the outcome once all that the finding brings with it is answered."""
    what = question.id.rpartition("/")[2]
    events: tuple[Event, ...] = ()
    if what == "finding":
        _check_finding(office, given)
        found: Mapping[str, Any] = {**given.details, "found": given.value}
    else:
        found = details_of(case, question_id(case, "finding"))
    if what == "breach":
        events = _breach(office, case, given, who)
    if what == "reopen":
        _check_reopened(office, case, given)
    why = causes_found(office, found)
    answered = {q.id for q in case.answered("assess")} | {question.id}
    if not questions_wanted(case, found, why) <= answered:
        return events
    return (*events, _outcome(office, case, question, given, found, why, who))


def _check_finding(office: Office, given: Given) -> None:
    needed(
        given,
        "findings",
        "complaint.findings",
        "Nothing says what was found.",
        "Write what you looked at and what you found; the letter prints it.",
    )
    if given.value == NOT:
        return
    code = needed(
        given,
        "cause",
        "complaint.cause",
        "Nothing says why it went wrong.",
        "Choose the cause that fits best.",
    )
    cause(code, office.law, office.today())
    needed(
        given,
        "remedies",
        "complaint.remedy",
        "Nothing says what is done about it.",
        "Write what was done or will be done, one sentence to a line.",
    )


def _breach(office: Office, case: Case, given: Given, who: SignedIn) -> tuple[Event, ...]:
    if given.value != NOTE:
        needed(
            given,
            "reason",
            "complaint.breach",
            "Nothing says where it was noted, or why it is no breach.",
            "Write it for the DPO.",
        )
        return ()
    what = needed(
        given,
        "what",
        "breach.what",
        "Nothing says what happened.",
        "Write what reached whom, or what was lost.",
    )
    noted = BreachNoted(
        actor=who.actor,
        breach=f"breach/{len(case.breaches) + 1}",
        found_at=office.clock(),
        severity=as_severity(text_of(given.details, "severity")),
        what=what,
    )
    return (noted,)


def _check_reopened(office: Office, case: Case, given: Given) -> None:
    if given.value == NOT_REOPENED:
        needed(
            given,
            "reason",
            "complaint.reopen_reason",
            "Nothing says why it is not taken up again.",
            "Write the reason.",
        )
        return
    if office.case(str(handler_of(case)["about"])).closed is not None:
        raise RefusedError(
            "complaint.still_closed",
            "The case that the complaint is about is still closed.",
            "Open its page, choose 'Reopen or merge', and come back.",
        )


def _outcome(
    office: Office,
    case: Case,
    question: Question,
    given: Given,
    found: Mapping[str, Any],
    why: tuple[Cause, ...],
    who: SignedIn,
) -> Event:
    today = office.today()
    values = {q.id: q.answer.value for q in case.answered("assess") if q.answer}
    values[question.id] = given.value
    facts: dict[str, Any] = {
        "findings": lines_of(found, "findings"),
        "causes": [c.code for c in why],
        "remedies": lines_of(found, "remedies") if why else [],
        "reopened": handler_of(case).get("about", "")
        if values.get(question_id(case, "reopen")) == REOPENED
        else "",
        "breach": values.get(question_id(case, "breach")) in (NOTE, NOTED),
    }
    rule = right_table(case.right, office.law, on=today).rule_id
    return record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=str(found["found"]),
        law=office.law,
        on=today,
        rules=(rule, *(c.rule for c in why)),
        facts=facts,
    )
