"""Something has gone wrong: everything stops at once, the time is counted, and people are told.

Whoever reports it gives the kind and the minute; what it was about is written at the desk, where
it is kept under the case's key. Reporting the same thing twice records it once.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from casework.office import NOBODY, Office
from casework.questions import Given, SignedIn, on_answer
from rights.breaches import check_noted
from rights.case import Case, Question
from rights.emergency import RESPONSES, Mishap, Response, as_mishap
from rights.errors import InputError
from rights.events import Actor, Event
from rights.events.base import ENGINE
from rights.events.kinds import BreachNoted, DispatchFrozen, DispatchReleased, QuestionAsked
from rights.release import CaseRef

TOPIC = "emergency"
SAFEGUARDING = "safeguarding"
GO_ON = "it may go on"
ACTING, NOTHING_NEEDED = "told, and they act on it", "told, and nothing needs doing"
_STAGE = "emergency"


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports.

    Attributes:
        kind: One of `rights.emergency.Mishap`, as chosen.
        aware_at: When anyone in the council first knew, to the minute, with its zone.
        words: What happened; personal data, only from the desk.
    """

    kind: str
    aware_at: dt.datetime
    words: str = ""


def raise_alarm(
    office: Office,
    ref: CaseRef,
    report: Report,
    actor: Actor,
    roles: frozenset[str] = NOBODY,
) -> Case:
    """Stop what must stop, note the breach with its 72 hours, and ask those who must act today.

    Law: UK GDPR Arts 33 and 34. The time to answer the request is not touched.

    Raises:
        InputError: the kind is unknown, or the time lies ahead or has no zone.
        RefusedError: a gate does not allow it.
    """
    kind = as_mishap(report.kind)
    check_noted(report.aware_at, office.clock())
    case = office.case(ref)
    if _is_known(case, kind, report.aware_at):
        return case
    draft = office.draft(case, roles)
    draft.admit(alarm(office, case, kind, report, actor))
    return office.write(draft)


def alarm(
    office: Office, case: Case, kind: Mishap, report: Report, actor: Actor
) -> tuple[Event, ...]:
    """What is recorded when something has gone wrong."""
    response = RESPONSES[kind]
    words = report.words.strip() or response.words
    events: list[Event] = []
    if response.stops and case.frozen is None:
        events.append(DispatchFrozen(actor=actor, why=words))
    if response.severity is not None:
        events.append(
            BreachNoted(
                actor=actor,
                breach=f"breach/{len(case.breaches) + 1}",
                found_at=report.aware_at,
                severity=response.severity,
                what=words,
            )
        )
    events.append(_safeguarding(office, case, kind, report, words))
    if response.stops and not any(q.topic == TOPIC for q in case.open_questions):
        events.append(_asked(office, case, TOPIC, "dpo", _to_decide(response, words), (GO_ON,)))
    return tuple(events)


def incidents(case: Case) -> tuple[Question, ...]:
    """What was reported of a case, by its safeguarding tasks, oldest first."""
    return tuple(
        sorted(
            (q for q in case.questions.values() if q.topic == SAFEGUARDING and not q.withdrawn),
            key=lambda q: q.asked_seq,
        )
    )


def _is_known(case: Case, kind: Mishap, aware_at: dt.datetime) -> bool:
    told = {"kind": kind.value, "aware_at": _minute(aware_at)}
    return any(told.items() <= q.body.items() for q in incidents(case))


def _safeguarding(
    office: Office, case: Case, kind: Mishap, report: Report, words: str
) -> QuestionAsked:
    manager = office.council.safeguarding
    body: dict[str, object] = {
        "title": f"Tell {manager.name}, {manager.role}, today",
        "words": words,
        "kind": kind.value,
        "aware_at": _minute(report.aware_at),
        "contact": [manager.name, manager.role, manager.phone, manager.email],
    }
    return _asked(office, case, SAFEGUARDING, "manager", body, (ACTING, NOTHING_NEEDED))


def _to_decide(response: Response, words: str) -> dict[str, object]:
    return {
        "title": "May this case go on?",
        "words": words,
        "next": "Look at what left, decide whether the Commissioner and the people are told, and "
        "see that what went wrong is put right. Nothing of the case leaves before.",
        "severity": response.severity,
    }


def _asked(
    office: Office,
    case: Case,
    topic: str,
    role: str,
    body: dict[str, object],
    options: tuple[str, ...],
) -> QuestionAsked:
    number = 1 + sum(1 for q in case.questions.values() if q.topic == topic)
    return QuestionAsked(
        actor=ENGINE,
        question=f"{topic}/{number}",
        topic=topic,
        stage=_STAGE,
        role=role,
        text=json.dumps(body, ensure_ascii=False),
        options=options,
        due_on=office.today(),
    )


def _minute(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).isoformat(timespec="minutes")


@on_answer(SAFEGUARDING)
def _told(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    for name, what in (("told", "whom you told, and when"), ("reason", "what they said")):
        if not str(given.details.get(name, "")).strip():
            raise InputError(
                "safeguarding.told",
                f"Nothing says {what}.",
                "Write the name, the time and what they do about it.",
            )
    return ()


@on_answer(TOPIC)
def _released(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    reason = str(given.details.get("reason", "")).strip()
    if not reason:
        raise InputError(
            "emergency.reason",
            "Nothing says what was put right.",
            "Write what was found and why the case may go on.",
        )
    return (DispatchReleased(actor=who.actor, why=reason),)
