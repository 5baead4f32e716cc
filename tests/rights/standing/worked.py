"""Requests by every kind of person, for tests and for the fingerprint of the law."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from rights.law import Law
from rights.people import RequestPeople
from rights.standing import Facts, check_entries, matters_of, triage_outcomes

TODAY = dt.date(2026, 11, 23)
RECEIVED = dt.date(2026, 11, 20)
BORN = {
    "unknown": None,
    "8": dt.date(2018, 5, 1),
    "12": dt.date(2014, 5, 1),
    "13": dt.date(2013, 5, 1),
    "15": dt.date(2010, 11, 24),
    "16": dt.date(2010, 11, 23),
    "17": dt.date(2008, 11, 24),
    "18": dt.date(2008, 11, 23),
    "40": dt.date(1986, 2, 3),
}
"""Age on `TODAY` -> date of birth."""


def people(requester: str = "self", age: str = "40", **more: Any) -> RequestPeople:
    """A request by this kind of person for somebody of this age."""
    died = more.pop("died_on", None)
    return RequestPeople.model_validate(
        {
            "subject": {
                "names": [{"forenames": "Wren", "surname": "Teal"}],
                "date_of_birth": BORN[age],
                "died_on": died,
            },
            "requester": requester,
            "requester_name": "" if requester == "self" else "Linnet Teal",
            "recipient": {"name": "Linnet Teal"},
            **more,
        }
    )


def ids(request: RequestPeople, law: Law, settled: Mapping[str, str], today: dt.date = TODAY):
    """The ids of the matters of a request, some of them settled."""
    found = matters_of(Facts(request, RECEIVED, today), law, lambda m: settled.get(m, ""))
    return [m.id for m in found]


def told(law: Law, on: dt.date) -> Iterator[str]:
    """Everything that the law says about who may ask on a day, for a hundred requests."""
    for requester in ("self", "parent", "agent", "deputy", "body", "other"):
        for age in ("12", "17", "18", "40"):
            request = people(requester, age, coercion_suspected=True, answer_to="somebody else")
            for cannot in ("", "not-competent"):
                facts = Facts(request, on, on)
                found = matters_of(facts, law, lambda m, c=cannot: c if "competence" in m else "")
                yield repr(found)
    for died in (on - dt.timedelta(days=9), on):
        yield repr(matters_of(Facts(people(died_on=died), on, on), law))
    yield repr(triage_outcomes(law, on))
    agent = matters_of(Facts(people("agent"), on, on), law)[0]
    for months in range(4, 9):
        given = {e.name: "seen" for e in agent.entries if e.name != "confirmed"}
        given["dated"] = (on - dt.timedelta(days=30 * months)).isoformat()
        try:
            check_entries(agent, agent.options[0], given, on, law)
            yield "recent"
        except Exception as error:  # the fingerprint is of whatever happens
            yield json.dumps(str(error))
