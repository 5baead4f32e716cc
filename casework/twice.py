"""A request that looks like one that is still open: a person says whether it is the same.

Looked for when it is known who is who: the same right, the same subject and the same kind of
requester. The journal of the look-up by name says that it was the engine's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from casework.office import Office, Work
from casework.people import index_names
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from casework.reopen import merging
from rights.case import Case, Question
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked
from rights.names.fold import name_tokens
from rights.people import RequestPeople, SubjectDetails
from rights.road import Stage
from rights.workdays import english

DUPLICATE = "duplicate"
TOPIC = DUPLICATE
SAME, ANOTHER = "the same request: answer the first one", "another request"


def ask_twice(work: Work) -> None:
    """Ask about the open requests that look like this one; the later of two bears the question."""
    office, case = work.office, work.case
    index_names(office, case)
    alike = tuple(_alike(office, case))
    ask(
        work,
        tuple(_ask(case, first) for first in alike if _came(first) < _came(case)),
        stage=Stage.STANDING,
        topics=frozenset({TOPIC}),
    )
    for later in alike:
        item = _ask(later, case)
        if _came(later) > _came(case) and item.id not in later.questions:
            office.record(later, [_asked(item)])


def _alike(office: Office, case: Case) -> Iterator[Case]:
    """The open requests for the same right by, and about, the same person."""
    if case.people is None or not _can_merge(case):
        return
    refs = {
        ref
        for name in case.people.subject.names
        for ref in office.store.find_by_name([name.surname], ENGINE.login)
    }
    for ref in sorted(refs - {case.ref} - {link.other for link in case.linked}):
        other = office.case(ref)
        if other.right is not case.right or other.people is None or not _can_merge(other):
            continue
        if _same_item(case, other) or is_same(case.people, other.people):
            yield other


def _same_item(case: Case, other: Case) -> bool:
    """Whether both came as the very same bytes; those that one letter opened are two requests."""
    one, two = case.opened, other.opened
    assert one is not None and two is not None
    if one.letter_of or two.letter_of:
        return False
    return bool(one.request_file) and one.request_file == two.request_file


def _can_merge(case: Case) -> bool:
    return (
        case.closed is None
        and case.triage is None
        and not any(part.sending or part.sent_on for part in case.parts)
    )


def is_same(one: RequestPeople, other: RequestPeople) -> bool:
    """Whether two requests are about the same person and made by the same.

    A name and the birth date are compared, accents and capitals aside; without a birth date
    nobody is taken for the same.
    """
    if one.requester != other.requester:
        return False
    if set(name_tokens(one.requester_name)) != set(name_tokens(other.requester_name)):
        return False
    return same_subject(one.subject, other.subject)


def same_subject(one: SubjectDetails, other: SubjectDetails) -> bool:
    """Whether two requests are about the same person, whoever makes them; see `is_same`."""
    born = one.date_of_birth
    if born is None or born != other.date_of_birth:
        return False
    return bool(_names(one) & _names(other))


def _names(subject: SubjectDetails) -> set[tuple[str, ...]]:
    return {
        (*name_tokens(name.forenames), "/", *name_tokens(name.surname)) for name in subject.names
    }


def _came(case: Case) -> tuple[str, str]:
    """What came first: by the day received, then by the reference."""
    assert case.received_on is not None
    return case.received_on.isoformat(), case.ref


def _ask(case: Case, first: Case) -> Ask:
    assert first.received_on is not None
    body = {
        "title": f"{first.ref} looks like the same request",
        "words": f"{first.ref}, received on {english(first.received_on)}, is open: it is about the "
        "same person, by the same name and birth date, and uses the same right. Compare both.",
        "first": first.ref,
    }
    return Ask(f"{DUPLICATE}/{first.ref}", TOPIC, "officer", body, (SAME, ANOTHER))


def _asked(item: Ask) -> QuestionAsked:
    return QuestionAsked(
        actor=ENGINE,
        question=item.id,
        topic=item.topic,
        stage=Stage.STANDING,
        role=item.role,
        text=json.dumps(item.body, ensure_ascii=False),
        options=item.options,
    )


@on_answer(TOPIC)
def _compared(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    reason = str(given.details.get("reason", "")).strip()
    if not reason:
        raise InputError(
            "duplicate.reason",
            "Nothing says how it is known whether they are the same request.",
            "Write what was compared: who asks, about whom, for what.",
        )
    if given.value == ANOTHER:
        return ()
    return merging(office, case, str(question.body["first"]), reason, who)
