"""Who may ask: what must be settled about whoever asks before anything leaves, and by whom.

The questions hold sealing, approving and sending, and nothing before them. An answer is a decision
on its matter; it may ask the next question, end the request, or have who is who entered again.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from casework.linked import further_person, open_linked
from casework.office import Office, Work
from casework.people import as_details, ask_again
from casework.questions import Given, SignedIn, on_answer
from casework.reading import ask_support
from casework.twice import ask_twice
from rights.case import Case, Question
from rights.decisions import record
from rights.errors import ConflictError, RefusedError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import (
    CaseTriaged,
    DecisionMade,
    PeopleRecorded,
    QuestionAsked,
    QuestionWithdrawn,
)
from rights.fold import apply
from rights.people import RequestPeople
from rights.road import REFUSALS, WITHDRAWN, Stage
from rights.standing import (
    Matter,
    Option,
    Then,
    basis_of,
    by_case,
    check_entries,
    triage_outcome,
    unsettled,
)

TOPIC = "standing"
OPEN = "open"
"""Outcome of a request whose ending was taken back: it goes on."""
_TRIAGED = {Then.NO_REQUEST: "died", Then.LAPSED: "lapsed"}
_AGES = ("standing.presumed_from", "standing.adult_from")


def settle_standing(work: Work) -> None:
    """Open the cases of others in the same letter, and ask what must be settled about who asks."""
    open_linked(work)
    ask_support(work)
    ask_twice(work)
    office = work.office
    events = questions_due(office, work.case)
    asked = bool(events) or any(q.topic == TOPIC for q in work.case.open_questions)
    made = record(
        work.case,
        actor=ENGINE,
        matter=TOPIC,
        outcome="asked" if asked else "nothing to settle",
        law=office.law,
        on=office.today(),
    )
    work.append(*events, made)


def recheck(office: Office, today: dt.date, *, dry_run: bool) -> tuple[str, ...]:
    """Ask again where a matter no longer rests on the subject's age; a line for each case.

    A day that is not today only says what would be asked.
    """
    lines: list[str] = []
    for case in office.cases():
        known = case.decision(TOPIC)
        if case.closed is not None or known is None or known.seq < case.people_seq:
            continue
        due = questions_due(office, case, today=today)
        if not any(isinstance(event, QuestionAsked) for event in due):
            continue
        if not dry_run and today == office.today():
            try:
                with office.working(case.ref, "who asks") as work:
                    work.append(*questions_due(office, work.case))
            except ConflictError:
                continue  # somebody is at work on it; the gates hold it until the next watch
        lines.append(f"{case.ref}: who may ask is decided again")
    return tuple(lines)


def questions_due(
    office: Office, case: Case, *, answered: str = "", today: dt.date | None = None
) -> tuple[Event, ...]:
    """What brings the open questions in line with what is not settled.

    Args:
        office: The office.
        case: The case.
        answered: Id of the question that is being answered.
        today: The day whose ages count; by default the day it is.
    """
    day = today or office.today()
    wanted = {_question_id(case, m): m for m in unsettled(case, day, office.law)}
    waiting = {q.id for q in case.open_questions if q.topic == TOPIC and q.id != answered}
    return (
        *(
            QuestionWithdrawn(actor=ENGINE, question=q, why="no longer needed")
            for q in sorted(waiting - set(wanted))
        ),
        *(_asked(case, q, m) for q, m in wanted.items() if q not in waiting),
    )


@on_answer(TOPIC)
def _settled(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    today = office.today()
    matter = _matter(office, case, question)
    option = matter.labelled(given.value)
    entries = {
        e.name: text for e in matter.entries if (text := str(given.details.get(e.name, "")).strip())
    }
    check_entries(matter, option, entries, today, office.law)
    assert case.people is not None
    made = record(
        case,
        actor=who.actor,
        matter=matter.id,
        outcome=option.code,
        law=office.law,
        on=today,
        rules=(matter.rule, *(_AGES if matter.prompt else ())),
        facts={
            "basis": basis_of(case.people, matter.id),
            "age": matter.prompt,
            "entries": entries,
        },
    )
    events = (made, *_leads_to(office, case, matter, option, entries, who))
    after = _with(office, case, events)
    return (*events, *questions_due(office, after, answered=question.id))


def _leads_to(
    office: Office,
    case: Case,
    matter: Matter,
    option: Option,
    entries: dict[str, str],
    who: SignedIn,
) -> tuple[Event, ...]:
    """What follows from an answer, besides that it is decided."""
    people = case.people
    assert people is not None
    match option.then:
        case Then.REFUSED:
            ending = {"words": option.letter, "matter": matter.id}
            ending |= {"ground": option.ground} if option.ground else {}
            return (_outcome(office, case, "refused", ending, matter),)
        case Then.WITHDRAWN:
            return (_outcome(office, case, WITHDRAWN, {"matter": matter.id}, matter),)
        case Then.NO_REQUEST | Then.LAPSED:
            outcome = triage_outcome(_TRIAGED[option.then], office.law, office.today())
            return (
                CaseTriaged(
                    actor=who.actor,
                    outcome=outcome.code,
                    law_version=office.law.version,
                    reason=entries["facts"],
                    letter="triage" if outcome.writes else "",
                ),
            )
        case _:
            again = _taken_back(office, case, matter)
    if option.then is Then.PEOPLE_AGAIN:
        words = "The request is about whoever asks. Enter them as the person it is about."
        return (*again, *ask_again(case, words, as_details(_own(people))))
    if option.then is Then.TO_SUBJECT and not people.goes_to_subject:
        words = "The answer goes to the person the records are about. Enter where."
        return (*again, *ask_again(case, words, as_details(_to_subject(people))))
    if option.then is Then.SPLIT and not any(o.relation == "requester" for o in people.others):
        both = people.model_copy(
            update={"others": (*people.others, further_person(people.requester_name, "requester"))}
        )
        return (*again, PeopleRecorded(actor=who.actor, people=both.model_dump_json()))
    return again


def _outcome(
    office: Office, case: Case, outcome: str, facts: dict[str, str], matter: Matter
) -> DecisionMade:
    """How the request ends: follows by rule from what a person decided about the matter."""
    return record(
        case,
        actor=ENGINE,
        matter="outcome",
        outcome=outcome,
        law=office.law,
        on=office.today(),
        rules=(matter.rule,),
        facts=facts,
    )


def _taken_back(office: Office, case: Case, matter: Matter) -> tuple[DecisionMade, ...]:
    """Takes back the end of the request that an earlier answer on this matter led to."""
    before = case.decision("outcome")
    if before is None or before.event.outcome not in {*REFUSALS, WITHDRAWN}:
        return ()
    facts = json.loads(before.event.facts) if before.event.facts else {}
    if facts.get("matter") != matter.id:
        return ()
    return (_outcome(office, case, OPEN, {"matter": matter.id}, matter),)


def _matter(office: Office, case: Case, question: Question) -> Matter:
    wanted = question.body["matter"]
    for matter in by_case(case, office.today(), office.law):
        if matter.id == wanted:
            return matter
    raise RefusedError(
        "standing.moved_on",
        f"What {question.id} asks is not what has to be settled any more.",
        "The person's age, or who is who, has changed. Open the case page; what has to be settled "
        "now is asked there at the latest tomorrow.",
    )


def _asked(case: Case, question: str, matter: Matter) -> QuestionAsked:
    assert case.people is not None
    labels = {option.code: option.label for option in matter.options}
    body: dict[str, Any] = {
        "matter": matter.id,
        "title": matter.title,
        "words": matter.question,
        "why": matter.why,
        "prompt": matter.prompt,
        "citation": matter.citation,
        "people": _in_words(case.people),
        "entries": [
            {
                "name": e.name,
                "label": e.label,
                "kind": e.kind,
                "hint": e.hint,
                "choices": e.choices,
                "goes_with": []
                if len(e.needed_for) == len(labels)
                else [label for code, label in labels.items() if code in e.needed_for],
            }
            for e in matter.entries
        ],
    }
    return QuestionAsked(
        actor=ENGINE,
        question=question,
        topic=TOPIC,
        stage=Stage.STANDING,
        role=matter.decider,
        text=json.dumps(body, ensure_ascii=False),
        options=tuple(labels.values()),
    )


def _in_words(people: RequestPeople) -> str:
    name = people.subject.names[0]
    subject = f"{name.forenames} {name.surname}".strip()
    born = people.subject.date_of_birth
    about = f"{subject}, born {born.day} {born:%B %Y}" if born else subject
    asks = people.requester_name
    return about if people.requester == "self" or not asks else f"{asks} asks for {about}"


def _question_id(case: Case, matter: Matter) -> str:
    """The id of the question on a matter: a new one each time it has to be decided again."""
    made = sum(1 for d in case.decisions if d.event.matter == matter.id)
    return matter.id if not made else f"{matter.id}/{made + 1}"


@dataclass(frozen=True, slots=True)
class _Foreseen:
    """An event as it will stand once the answer is recorded."""

    seq: int
    event: Event
    recorded_at: dt.datetime


def _with(office: Office, case: Case, events: tuple[Event, ...]) -> Case:
    now = office.clock()
    for seq, event in enumerate(events, case.seq + 1):
        case = apply(case, _Foreseen(seq, event, now))
    return case


def _own(people: RequestPeople) -> RequestPeople:
    """The same request, made by whoever asks for themselves."""
    person = further_person(people.requester_name, "requester").subject
    return people.model_copy(
        update={"subject": person, "requester": "self", "answer_to": "requester"}
    )


def _to_subject(people: RequestPeople) -> RequestPeople:
    """The same request, answered to the person the records are about."""
    name = people.subject.names[0]
    address = people.subject.addresses[-1].split(",") if people.subject.addresses else []
    recipient = people.recipient.model_copy(
        update={
            "name": f"{name.forenames} {name.surname}".strip(),
            "address": tuple(line.strip() for line in address),
            "email": next(iter(people.subject.emails), ""),
        }
    )
    return people.model_copy(update={"recipient": recipient, "answer_to": "subject"})
