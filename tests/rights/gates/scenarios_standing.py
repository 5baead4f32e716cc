"""Nothing leaves while it is not settled, by the ages of today, who may have it."""

from __future__ import annotations

import datetime as dt
import json

from rights.events import Event
from rights.events import kinds as k
from rights.people import RequestPeople
from rights.standing import basis_of
from tests.rights.gates.build import (
    APPROVERS,
    OFFICER,
    OTHER,
    PLANNED,
    READ_CASE,
    TODAY,
    Refused,
    approved,
    decided,
    people,
    planned,
    sealed,
    started,
)

BIRTHDAY = TODAY + dt.timedelta(days=1)


def _asked_by_parent(born: dt.date) -> k.PeopleRecorded:
    """A mother asks for her child."""
    names = [{"forenames": "Marnie", "surname": "Holloway"}]
    return people(
        subject={"names": names, "date_of_birth": born.isoformat()},
        requester="parent",
        requester_name="Karen Holloway",
    )


def _settled(event: k.PeopleRecorded, **outcomes: str) -> tuple[Event, ...]:
    known = RequestPeople.model_validate_json(event.people)
    return tuple(
        decided(matter, code, OFFICER, facts=json.dumps({"basis": basis_of(known, matter)}))
        for matter, code in outcomes.items()
    )


UNSETTLED = (READ_CASE[0], _asked_by_parent(dt.date(2015, 3, 4)), *READ_CASE[2:])
TURNS_16 = _asked_by_parent(BIRTHDAY.replace(year=BIRTHDAY.year - 16))
DECIDED = _settled(
    TURNS_16,
    **{
        "standing/whose-right": "child",
        "standing/parental-responsibility": "holds",
        "standing/competence/under-16": "agrees",
    },
)
CROSSED = (
    *(READ_CASE[0], TURNS_16, *READ_CASE[2:], *DECIDED),
    planned("D1", "D2"),
    sealed(PLANNED + len(DECIDED)),
    approved(),
)
BOTH = (planned("D1", "D2"), sealed(PLANNED))

SCENARIOS = (
    Refused("standing_settled", "standing.open", (*UNSETTLED, BOTH[0]), BOTH[1]),
    Refused(
        "standing_settled",
        "standing.open",
        (*UNSETTLED, *BOTH),
        approved(OTHER),
        APPROVERS,
        details={"code": "one two three four"},
    ),
    Refused("standing_settled", "standing.open", (*UNSETTLED, *BOTH, approved()), started()),
    # Approved at fifteen, and sixteen on the day of sending.
    Refused("standing_settled", "standing.open", CROSSED, started(), today=BIRTHDAY),
)
