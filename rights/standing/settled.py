"""Which matters of a case are settled: by decisions that rest on the people as they are now."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from rights.case import Case, Decision
from rights.events import DESTROYED
from rights.law import Law
from rights.people import RequestPeople
from rights.standing.matter import Matter, Then
from rights.standing.reckon import Facts, matters_of

PREFIX = "standing/"
"""Every matter of standing begins like this."""


def basis_of(people: RequestPeople, matter_id: str) -> str:
    """A digest of the entries that a decision on a matter rests on.

    Another requester, subject or birthday asks it anew; another address does not.
    """
    rests: dict[str, Any] = {
        "requester": people.requester,
        "requester_name": people.requester_name,
        "names": [n.model_dump() for n in people.subject.names],
        "born": people.subject.date_of_birth,
        "died": people.subject.died_on,
    }
    if matter_id == "standing/recipient":
        rests["recipient"] = people.recipient.model_dump()
    return hashlib.sha256(json.dumps(rests, sort_keys=True, default=str).encode()).hexdigest()


def outcome_of(case: Case, matter_id: str) -> str:
    """The outcome in force on a matter; '' if there is none that still holds for these people."""
    made = case.decision(matter_id)
    if made is None or case.people is None:
        return ""
    return made.event.outcome if _holds(case, made) else ""


def by_case(case: Case, today: dt.date, law: Law) -> tuple[Matter, ...]:
    """Every matter of a case as it stands on a day, settled or not; none once it is over."""
    over = case.triage is not None or case.closed is not None
    if case.people is None or case.received_on is None or over:
        return ()
    facts = Facts(case.people, case.received_on, today)
    return matters_of(facts, law, lambda matter_id: outcome_of(case, matter_id))


def unsettled(case: Case, today: dt.date, law: Law) -> tuple[Matter, ...]:
    """The matters that keep anything from leaving on a day."""
    return tuple(m for m in by_case(case, today, law) if not _is_settled(case, m))


def _is_settled(case: Case, matter: Matter) -> bool:
    option = matter.option(outcome_of(case, matter.id))
    if option is None:
        return False
    made = case.decision(matter.id)
    assert made is not None and case.people is not None
    entered_since = case.people_seq > made.seq
    if option.then is Then.PEOPLE_AGAIN:
        return not entered_since  # entered again, and the matter is still there
    if option.then is Then.TO_SUBJECT:
        return case.people.goes_to_subject or not entered_since
    return True


def _holds(case: Case, made: Decision) -> bool:
    if made.event.facts == DESTROYED:
        return True  # a closed case; nothing is asked about it any more
    assert case.people is not None
    facts = json.loads(made.event.facts) if made.event.facts else {}
    return facts.get("basis") == basis_of(case.people, made.event.matter)
