"""Requests by somebody for somebody else, at the tiny council."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casework.office import Office
from casework.questions import Given, answer
from rights.case import Case, Question
from rights.release import CaseRef
from rights.standing import Matter, by_case
from tests.small_council import SmallTruth
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter

PARENT = {
    "requester": "parent",
    "requester_name": "Karen Holloway",
    "recipient": {"name": "Karen Holloway", "address": ["3 Teasel Way"], "channel": "post"},
}
AGENT = {**PARENT, "requester": "agent", "requester_name": "Ada Lawson"}


@contextmanager
def asked(
    home: Path,
    council: tuple[Path, SmallTruth],
    entered: Mapping[str, Any],
    *,
    born: str = "",
    clock: Callable[[], dt.datetime] = lambda: NOON,
) -> Generator[Small]:
    """A received letter of which an officer has entered who is who, worked on as far as it goes."""
    folder, truth = council
    office = open_small(home, folder, clock)
    small = Small(office, receive_letter(office, truth), truth)
    small.work()
    people = {**truth.people, **entered}
    people["subject"] = {**people["subject"], **({"date_of_birth": born} if born else {})}
    if died := people.pop("died_on", ""):
        people["subject"]["died_on"] = died
    answer(office, small.ref, Given("people", "given", people), STAFF["officer1"])
    small.work()
    yield small
    office.store.close()


def open_matters(small: Small, ref: CaseRef | None = None) -> list[str]:
    """The matters that are asked about."""
    case = small.office.case(ref or small.ref)
    return [str(q.body["matter"]) for q in case.open_questions if q.topic == "standing"]


def question_on(case: Case, matter: str) -> Question:
    """The question that waits on a matter, or the latest that was answered."""
    found = [
        q for q in case.questions.values() if q.topic == "standing" and q.body["matter"] == matter
    ]
    return max(found, key=lambda q: (q.is_open, q.asked_seq))


def settle(office: Office, ref: CaseRef, matter: str, code: str, **entries: str) -> Case:
    """Answer on a matter, by whoever may, with everything that the answer has to say."""
    case = office.case(ref)
    question = question_on(case, matter)
    known = matter_of(office, case, matter)
    option = known.option(code)
    assert option is not None
    details = {e.name: _said(office, e.kind, e.choices) for e in known.entries} | entries
    given = Given(question.id, option.label, details, correct=not question.is_open)
    who = {"officer": "officer1", "manager": "manager", "dpo": "dpo"}[question.role]
    return answer(office, ref, given, STAFF[who])


def matter_of(office: Office, case: Case, matter: str) -> Matter:
    """A matter of the case as it stands."""
    return next(m for m in by_case(case, office.today(), office.law) if m.id == matter)


def _said(office: Office, kind: str, choices: tuple[str, ...]) -> str:
    if kind == "choice":
        return choices[0]
    return office.today().isoformat() if kind == "date" else "As it was."
