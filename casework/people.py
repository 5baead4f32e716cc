"""Who is who: entered at the desk from the request itself."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from redaction.find.words import load_words
from rights.case import Case, Question
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import CaseTriaged, PeopleRecorded, QuestionAsked, QuestionWithdrawn
from rights.people import RequestPeople
from rights.road import Stage
from rights.standing import triage_outcome

PEOPLE = "people"
TOPIC = PEOPLE
DATA_RIGHTS = "request"
"""What came is a person's request about their data: the usual case, which needs no triage."""


def ask_people(work: Work) -> None:
    """Ask an officer to enter the three roles from the request."""
    body = {"words": "Who is the request about, who makes it, and to whom does the answer go?"}
    ask(
        work,
        (Ask(PEOPLE, TOPIC, "officer", body, ("given",)),),
        stage=Stage.PEOPLE,
        topics=frozenset({TOPIC}),
    )


def ask_again(case: Case, words: str, details: Mapping[str, object]) -> tuple[Event, ...]:
    """Ask for who is who once more, with the entries as they should be now."""
    waiting = [q.id for q in case.open_questions if q.topic == TOPIC]
    number = sum(1 for q in case.questions.values() if q.topic == TOPIC) + 1
    asked = QuestionAsked(
        actor=ENGINE,
        question=f"{PEOPLE}/{number}",
        topic=TOPIC,
        stage=Stage.PEOPLE,
        role="officer",
        text=json.dumps({"words": words, "prefill": details}, ensure_ascii=False),
        options=("given",),
    )
    withdrawn = (
        QuestionWithdrawn(actor=ENGINE, question=q, why="asked again with other entries")
        for q in waiting
    )
    return (*withdrawn, asked)


def prefilled(words: str, people: RequestPeople) -> dict[str, Any]:
    """The body of the question, with entries for an officer to check."""
    return {"words": words, "prefill": as_details(people)}


@on_answer(TOPIC)
def _people_given(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    details = {name: value for name, value in given.details.items() if name != "triage"}
    people = _with_keys(_valid(details))
    _check(office, case, people)
    recorded = PeopleRecorded(actor=who.actor, people=people.model_dump_json())
    return (recorded, *_triaged(office, given, who))


def _valid(details: Mapping[str, Any]) -> RequestPeople:
    try:
        return RequestPeople.model_validate(details)
    except ValidationError as error:
        # pydantic's own message holds the values; only the fields' names may leave.
        fields = ", ".join(sorted({".".join(map(str, e["loc"])) for e in error.errors()}))
        raise InputError(
            "people.incomplete",
            f"These entries are missing or cannot be right: {fields}.",
            "Fill them in as the request gives them.",
        ) from None


def _with_keys(people: RequestPeople) -> RequestPeople:
    """The same, each further person with a key; what has one keeps it."""
    others = tuple(
        o if o.key else o.model_copy(update={"key": secrets.token_hex(4)}) for o in people.others
    )
    return people.model_copy(update={"others": others})


def _check(office: Office, case: Case, people: RequestPeople) -> None:
    if any(_is_ordinary(fact) for fact in people.protected_facts):
        raise InputError(
            "people.protected_word",
            "A protected fact is an ordinary word, which stands on many pages by right.",
            "Give more of it: a full name, a whole address. The name alone is decided on in the "
            "cast.",
        )
    if people.requester != "self" and not people.requester_name.strip():
        raise InputError(
            "people.requester_name",
            "Somebody asks for another, and their name is not entered.",
            "Enter the name of whoever makes the request.",
        )
    if people.requester == "parent" and people.subject.date_of_birth is None:
        raise InputError(
            "people.child_born",
            "A parent asks, and the child's date of birth is not entered.",
            "Enter it, or the best estimate: whether the child decides is asked by age.",
        )
    today = office.today()
    for person in (people.subject, *(o.subject for o in people.others)):
        for day in (person.date_of_birth, person.died_on):
            if day is not None and day > today:
                raise InputError(
                    "people.future",
                    "A date of birth or death lies ahead.",
                    "Check the day and the year.",
                )


def _triaged(office: Office, given: Given, who: SignedIn) -> tuple[Event, ...]:
    """What came is something else, if the officer says so, with the reason."""
    entered = given.details.get("triage") or {}
    code = str(entered.get("outcome", "")).strip() or DATA_RIGHTS
    if code == DATA_RIGHTS:
        return ()
    outcome = triage_outcome(code, office.law, office.today())
    reason = str(entered.get("reason", "")).strip()
    if not reason:
        raise InputError(
            "triage.reason",
            "Nothing says why this is no request about somebody's data.",
            "Write the reason. The case ends with a letter that says where the person can turn.",
        )
    return (
        CaseTriaged(
            actor=who.actor,
            outcome=outcome.code,
            law_version=office.law.version,
            reason=reason,
            letter="triage" if outcome.writes else "",
        ),
    )


def _is_ordinary(fact: str) -> bool:
    """'Foster' cannot be forbidden everywhere in the file of a foster child."""
    words = fact.split()
    return len(words) == 1 and load_words().is_ordinary(words[0])


def index_names(office: Office, case: Case) -> None:
    """Make the case findable at the desk by name parts, as keyed hashes."""
    if case.people is None:
        return
    office.store.index_names(case.ref, _parts(case.people))


def _parts(people: RequestPeople) -> Iterable[str]:
    texts = [people.requester_name, people.recipient.name]
    for name in people.subject.names:
        texts += [name.forenames, name.surname]
    return {part for text in texts for part in text.split() if len(part) > 1}


def as_details(people: RequestPeople) -> dict[str, object]:
    """The entries as the desk's form and the demo's answers give them."""
    return json.loads(people.model_dump_json())
