"""Whether somebody in the file is alive: noted at the desk; what is proposed follows at once."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Literal

from casework.around import PEOPLE
from casework.cast_asks import proposed
from casework.knowing import with_knowledge_of_person
from casework.office import Office
from casework.questions import SignedIn
from casework.topics import CAST
from rights.case import Case, Question
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import PersonNoted, QuestionAsked, QuestionWithdrawn
from rights.release import CaseRef, FactKind, Living, Person


def note_living(
    office: Office,
    ref: CaseRef,
    person: str,
    living: Literal["alive", "died", "unknown"],
    how_known: str,
    who: SignedIn,
) -> Case:
    """Note whether somebody is alive, and ask the open questions on them as the law then stands.

    Answers already given stay; they can be corrected.

    Raises:
        InputError: nobody in the file has that reference.
        RefusedError: nothing says how it is known.
    """
    work = office.reading(ref)
    found = (
        _person(PEOPLE.validate_json(work.get(work.case.cast.file)), person)
        if (work.case.cast)
        else None
    )
    if found is None:
        raise InputError(
            "person.unknown",
            "Nobody in the file has this reference.",
            "Open the people in the file again.",
        )
    noted = replace(found, living=Living(living))
    events: list[Event] = [
        PersonNoted(actor=who.actor, person=person, living=living, how_known=how_known)
    ]
    for question in work.case.open_questions:
        if question.topic == CAST and question.body["ref"] == person:
            events += _anew(office, work.case, question, noted)
    return office.record(work.case, events, roles=who.roles)


def _anew(office: Office, case: Case, question: Question, person: Person) -> list[Event]:
    body = question.body
    kind, health = FactKind(body["kind"]), bool(body["health_record"])
    plain = {**body, **proposed(office, case, person, kind, in_health_record=health)}
    fresh = with_knowledge_of_person(office, case, {**plain, "law": {}})
    if fresh == body:
        return []
    return [
        QuestionWithdrawn(actor=ENGINE, question=question.id, why="more is known of the person"),
        QuestionAsked(
            actor=ENGINE,
            question=question.id,
            topic=question.topic,
            stage=question.stage,
            role=question.role,
            text=json.dumps(fresh, ensure_ascii=False),
            options=question.options,
            due_on=question.due_on,
        ),
    ]


def _person(people: tuple[Person, ...], ref: str) -> Person | None:
    return next((p for p in people if p.ref == ref), None)
