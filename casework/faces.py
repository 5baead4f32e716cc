"""Who is in a picture: said by a human, box by box, and decided with the person.

Faces are data of the people they show (UK GDPR Art 4(1)), so that each follows the decision on its
person: shown where the name is shown, else covered. No machine looks for faces: every picture is
put to an officer, who says that nobody else is in it, or who is, and draws a box on each face. A
person who is named without a box, and is not to be seen, keeps the whole picture back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from casework.bundle import DECISION
from casework.cast_asks import PICTURED, picture_body
from casework.modes import chosen
from casework.office import Office
from casework.questions import Given
from casework.topics import CAST, CAST_OPTIONS, PAGE, SOMEBODY
from redaction.decisions import WHOLE, Outcome, PassageDecision
from rights.case import Case, Question
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked, QuestionWithdrawn
from rights.exemptions import THIRD_PARTIES
from rights.release import DisclosureMode, FactKind, Person, PersonDecision, PersonRef, Role
from rights.road import Stage

PEOPLE = "people"
"""Entry of an answer that says who is in a picture: references of the cast, and `UNLISTED`."""
UNLISTED = "somebody else"
"""Somebody in a picture whom the cast does not hold: never shown."""

_PERSONS = TypeAdapter(tuple[Person, ...])
Decided = Mapping[tuple[PersonRef, FactKind], PersonDecision]


def who_is_in(question: Question) -> tuple[str, ...]:
    """Whom the answer in force names as being in the picture."""
    if question.answer is None or question.withdrawn or question.answer.value != SOMEBODY:
        return ()
    details: dict[str, Any] = json.loads(question.answer.details or "{}")
    return tuple(str(ref) for ref in details.get(PEOPLE, ()))


def check_named(office: Office, case: Case, question: Question, given: Given) -> tuple[Event, ...]:
    """What follows from saying who is in a picture: a question on whoever is not decided yet.

    Raises:
        InputError: nobody is named, or somebody whom the cast does not hold.
    """
    named = _named(given)
    assert case.cast is not None
    cast = {str(p.ref): p for p in _people(office, case)}
    if not named or not set(named) <= {*cast, UNLISTED}:
        raise InputError(
            "page.people",
            "Nobody is named who is in the picture, or somebody who is not in the file.",
            "Tick each person who can be seen; 'somebody else' for whoever is not listed.",
        )
    body = question.body
    place = {"document": str(body["document"]), "page": int(body["page"])}
    return tuple(
        event
        for ref in named
        if ref != UNLISTED and cast[ref].role is not Role.SUBJECT
        for event in _asked(office, case, cast[ref], place)
    )


def face_decision(
    case: Case, mark: PassageDecision, decided: Decided, subject: PersonRef
) -> PassageDecision:
    """A reviewer's mark as it holds: the box on somebody's face follows that person."""
    if mark.area is None or mark.person is None or mark.outcome is Outcome.KEEP:
        return mark
    if _is_shown(mark.person, decided, subject):
        return replace(mark, outcome=Outcome.KEEP)
    return replace(mark, mode=_mode(case, mark.person, mark.mode))


def picture_decisions(
    case: Case, decided: Decided, subject: PersonRef
) -> list[tuple[int, PassageDecision]]:
    """Pictures that stay back whole: somebody in them is not to be seen and has no box."""
    boxed = _boxed(case)
    found: list[tuple[int, PassageDecision]] = []
    for question in case.answered(PAGE):
        for ref in who_is_in(question):
            place = str(question.body["document"]), int(question.body["page"])
            person = PersonRef(ref)
            if _is_shown(person, decided, subject) or ref in boxed[place]:
                continue
            assert question.answer is not None
            known = ref != UNLISTED
            found.append(
                (
                    question.answer.seq,
                    PassageDecision(
                        id=f"{question.id}/{ref if known else 'unlisted'}",
                        outcome=Outcome.REDACT,
                        area=WHOLE,
                        document=place[0],
                        page=place[1],
                        code=THIRD_PARTIES,
                        mode=_mode(case, person, DisclosureMode.NAMED),
                        person=person if known else None,
                    ),
                )
            )
    return found


def not_looked_at(case: Case) -> frozenset[tuple[str, int]]:
    """Pictures of which nobody has said who is in them: reading the page is not enough."""
    return frozenset(
        (str(q.body["document"]), int(q.body["page"]))
        for q in case.open_questions
        if q.topic == PAGE and q.body.get("picture")
    )


def _named(given: Given) -> tuple[str, ...]:
    people = given.details.get(PEOPLE, ())
    if not isinstance(people, Sequence) or isinstance(people, str):
        return ()
    return tuple(dict.fromkeys(str(ref) for ref in _each(people)))


def _each(values: Iterable[Any]) -> Iterable[Any]:
    return values


def _people(office: Office, case: Case) -> Collection[Person]:
    assert case.cast is not None
    return _PERSONS.validate_json(office.store.get_file(case.ref, case.cast.file))


def _asked(office: Office, case: Case, person: Person, place: Mapping[str, Any]) -> Iterable[Event]:
    """The question on a person's name, if there is none; one that waits holds the picture too."""
    name = f"{CAST}/{person.ref}/{FactKind.NAME.value}"
    asked = [q for q in case.questions.values() if q.id.startswith(name) and not q.withdrawn]
    if any(not q.is_open for q in asked):
        return
    for question in asked[:1]:
        yield QuestionWithdrawn(actor=ENGINE, question=question.id, why="more is known by now")
    old = asked[0].body if asked else {}
    yield QuestionAsked(
        actor=ENGINE,
        question=asked[0].id if asked else name,
        topic=CAST,
        stage=Stage.PROPOSE,
        role="officer",
        text=json.dumps(
            picture_body(office, case, person, old, [*old.get(PICTURED, ()), place]),
            ensure_ascii=False,
        ),
        options=CAST_OPTIONS,
    )


def _is_shown(person: PersonRef, decided: Decided, subject: PersonRef) -> bool:
    shown = decided.get((person, FactKind.NAME)) is PersonDecision.DISCLOSE
    return person == subject or shown


def _mode(case: Case, person: PersonRef, default: DisclosureMode) -> DisclosureMode:
    """How much is told of a covered face: as much as of the person's covered name."""
    question = case.questions.get(f"{CAST}/{person}/{FactKind.NAME.value}")
    if question is None or question.answer is None or question.withdrawn:
        return default
    law = DisclosureMode(question.body.get("mode") or DisclosureMode.NAMED)
    return chosen(case, question, law)


def _boxed(case: Case) -> Mapping[tuple[str, int], set[str]]:
    """Whose faces have a box, by page. A box for nobody in particular counts for the unlisted."""
    found: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for _, text in case.passages.values():
        mark = DECISION.validate_json(text)
        if mark.area is not None and mark.outcome is Outcome.REDACT:
            found[mark.document, mark.page].add(str(mark.person or UNLISTED))
    return found
