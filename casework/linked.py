"""One letter about several people, or using several rights: a case of its own for each.

Each has its own clock, questions about who asks, letters and pack. One subject whose records lie in
several services stays one case. Safe to kill at any instruction and to run again: each case is
opened under a token of its own, and whatever it holds already is not written twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casework.office import Work
from casework.people import PEOPLE, prefilled
from rights.case import Case
from rights.events.base import ENGINE
from rights.events.kinds import CaseLinked, CaseOpened, QuestionAsked
from rights.failpoints import failpoint, register
from rights.people import FurtherPerson, GivenName, RequestPeople, SubjectDetails
from rights.release import CaseRef, Right
from rights.road import Stage

register("linked.allocated", "linked.file-copied", "linked.opened", "linked.told")

Why = Literal["another person in the same letter", "another right in the same letter"]
_WORDS = "This came in a letter that was about more than this. Check what was entered from it."


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A case that a letter calls for besides its first."""

    token: str
    right: Right
    why: Why
    people: RequestPeople


def open_linked(work: Work) -> None:
    """Open the cases that this one's letter calls for, and link them both ways."""
    for wanted in _wanted(work.case):
        _open_one(work, wanted)


def _open_one(work: Work, wanted: _Wanted) -> None:
    received = work.case.received_on
    assert received is not None
    other = work.office.store.open_case(wanted.right, received.year, item=wanted.token)
    failpoint("linked.allocated")
    _copy_request(work, other)
    failpoint("linked.file-copied")
    if work.office.store.head(other) == 0:
        _open(work, other, wanted)
    failpoint("linked.opened")
    if all(link.other != other for link in work.case.linked):
        work.append(CaseLinked(actor=ENGINE, other=other, why=wanted.why))
    failpoint("linked.told")


def open_for_right(work: Work, right: Right) -> None:
    """Open a case for another right that the same letter turns out to use; safe to run again."""
    people = work.case.people
    assert people is not None
    token = f"linked:{work.case.ref}:subject:{right.value}"
    _open_one(work, _Wanted(token, right, "another right in the same letter", people))


def further_person(
    name: str, relation: Literal["requester", "child", "acts for", "other"]
) -> FurtherPerson:
    """Somebody of whom only the name is known so far; the last word is taken as the surname."""
    first, _, last = name.strip().rpartition(" ")
    given = GivenName(forenames=first, surname=last or "(not known)")
    # A key that cannot meet those made at random for the people whom an officer enters.
    return FurtherPerson(subject=SubjectDetails(names=(given,)), relation=relation, key=relation)


def _wanted(case: Case) -> Iterator[_Wanted]:
    people, opened = case.people, case.opened
    if people is None or opened is None or opened.letter_of:
        return
    alone = {"others": (), "rights_also": ()}
    for person in people.others:
        yield _Wanted(
            f"linked:{case.ref}:{person.key}:{opened.right.value}",
            opened.right,
            "another person in the same letter",
            _about(people, person).model_copy(update=alone),
        )
    for right in people.rights_also:
        if right is not opened.right:
            yield _Wanted(
                f"linked:{case.ref}:subject:{right.value}",
                right,
                "another right in the same letter",
                people.model_copy(update=alone),
            )


def _about(people: RequestPeople, person: FurtherPerson) -> RequestPeople:
    """What the letter says about one of the further people, for an officer to check."""
    first = people.subject.names[0]
    asks = people.requester_name
    if people.requester == "self" and not asks:
        asks = f"{first.forenames} {first.surname}".strip()
    kinds = {"requester": "self", "child": "parent", "acts for": "agent", "other": "other"}
    kind = kinds[person.relation]
    return people.model_copy(
        update={
            "subject": person.subject,
            "requester": kind,
            "requester_name": "" if kind == "self" else asks,
        }
    )


def _copy_request(work: Work, other: CaseRef) -> None:
    """The same letter in the other case's own vault, under its own key."""
    opened = work.case.opened
    assert opened is not None
    store = work.office.store
    for name in (opened.request_file, f"{opened.request_file}.name"):
        if opened.request_file and store.has_file(work.ref, name):
            store.put_file(other, name, work.get(name))


def _open(work: Work, other: CaseRef, wanted: _Wanted) -> None:
    opened, received = work.case.opened, work.case.received_on
    assert opened is not None and received is not None
    office = work.office
    office.record(
        Case(other),
        (
            CaseOpened(
                actor=ENGINE,
                right=wanted.right,
                channel=opened.channel,
                received_on=received,
                received_by=opened.received_by,
                danger=opened.danger,
                request_file=opened.request_file,
                letter_of=work.ref,
            ),
            CaseLinked(actor=ENGINE, other=work.ref, why=wanted.why),
            QuestionAsked(
                actor=ENGINE,
                question=PEOPLE,
                topic=PEOPLE,
                stage=Stage.PEOPLE,
                role="officer",
                text=json.dumps(prefilled(_WORDS, wanted.people), ensure_ascii=False),
                options=("given",),
            ),
        ),
    )
