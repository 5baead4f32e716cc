"""Who is who: entered at the desk from the request itself."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pydantic import ValidationError

from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from redaction.find.words import load_words
from rights.case import Case, Question
from rights.errors import InputError
from rights.events import Event
from rights.events.kinds import PeopleRecorded
from rights.people import RequestPeople
from rights.road import Stage

TOPIC = "people"


def ask_people(work: Work) -> None:
    """Ask an officer to enter the three roles from the request."""
    body = {"words": "Who is the request about, who makes it, and to whom does the answer go?"}
    ask(
        work,
        (Ask("people", TOPIC, "officer", body, ("given",)),),
        stage=Stage.PEOPLE,
        topics=frozenset({TOPIC}),
    )


@on_answer(TOPIC)
def _people_given(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    try:
        people = RequestPeople.model_validate(given.details)
    except ValidationError as error:
        # pydantic's own message holds the values; only the fields' names may leave.
        fields = ", ".join(sorted({".".join(map(str, e["loc"])) for e in error.errors()}))
        raise InputError(
            "people.incomplete",
            f"These entries are missing or cannot be right: {fields}.",
            "Fill them in as the request gives them.",
        ) from None
    if any(_is_ordinary(fact) for fact in people.protected_facts):
        raise InputError(
            "people.protected_word",
            "A protected fact is an ordinary word, which stands on many pages by right.",
            "Give more of it: a full name, a whole address. The name alone is decided on in the "
            "cast.",
        )
    return (PeopleRecorded(actor=who.actor, people=people.model_dump_json()),)


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
