"""Questions and answers as rows; what may happen once."""

from __future__ import annotations

import pytest

from rights.errors import ConflictError, InputError
from rights.events import Event
from rights.release import CaseRef, Right
from rights.store import CaseStore
from tests.rights.store.build import answered, asked, dispatch, opened, reminder, withdrawn


def add(store: CaseStore, case: CaseRef, *events: Event) -> int:
    return store.append(case, events, expected_seq=store.head(case))


def test_question_is_open_until_answered(store: CaseStore, case: CaseRef) -> None:
    """An asked question is listed with its role and date, and gone once answered."""
    add(store, case, opened(), asked())
    (row,) = store.open_questions(case)
    assert (row.question, row.role, row.asked_seq) == ("cast/P03/name", "officer", 2)
    assert row.options == ("disclose", "withhold") and row.due_on == asked().due_on
    assert store.open_questions(role="approver") == []
    add(store, case, answered())
    assert store.open_questions() == []


def test_answer_is_written_once(store: CaseStore, case: CaseRef) -> None:
    """A second first answer is refused and the whole append with it."""
    add(store, case, opened(), asked(), answered())
    with pytest.raises(ConflictError) as caught:
        add(store, case, asked("other"), answered("disclose"))
    assert caught.value.code == "store.answered_already"
    assert store.head(case) == 3 and store.open_questions() == []


def test_correction_supersedes_the_newest_answer_only(store: CaseStore, case: CaseRef) -> None:
    """Corrections form a chain: each answer is superseded at most once."""
    add(store, case, opened(), asked(), answered())
    add(store, case, answered("disclose", supersedes=3))
    add(store, case, answered("withhold", supersedes=4))
    with pytest.raises(ConflictError):
        add(store, case, answered("disclose", supersedes=3))
    assert store.verify().passes


def test_correction_of_nothing_is_refused(store: CaseStore, case: CaseRef) -> None:
    """A correction names an answer to the same question."""
    add(store, case, opened(), asked("a"), answered(question="a"), asked("b"))
    with pytest.raises(InputError):
        add(store, case, answered(question="b", supersedes=3))


def test_unasked_and_withdrawn_questions_take_no_answer(store: CaseStore, case: CaseRef) -> None:
    """Where nothing is asked, or not any more, nothing can be answered or withdrawn."""
    add(store, case, opened())
    for event in (answered(), withdrawn()):
        with pytest.raises(ConflictError):
            add(store, case, event)
    add(store, case, asked(), withdrawn())
    assert store.open_questions() == []
    with pytest.raises(ConflictError):
        add(store, case, answered())


def test_withdrawn_question_can_be_asked_anew(store: CaseStore, case: CaseRef) -> None:
    """The same question may return after it was withdrawn, and is answered afresh."""
    add(store, case, opened(), asked(), answered(), withdrawn(), asked())
    assert [q.asked_seq for q in store.open_questions(case)] == [5]
    add(store, case, answered("disclose"))
    assert store.verify().passes


def test_open_question_is_not_asked_twice(store: CaseStore, case: CaseRef) -> None:
    """Two live rows for one question would take two answers."""
    add(store, case, opened(), asked())
    with pytest.raises(ConflictError):
        add(store, case, asked())


def test_dispatch_key_is_used_once_in_a_case(store: CaseStore, case: CaseRef) -> None:
    """A dispatch starts once under its key; another case may use the same key."""
    other = store.open_case(Right.ACCESS, 2026, item="b")
    add(store, case, opened(), dispatch())
    with pytest.raises(ConflictError) as caught:
        add(store, case, dispatch())
    assert caught.value.code == "store.dispatch_known"
    add(store, other, opened(), dispatch())


def test_reminder_key_is_used_once_anywhere(store: CaseStore, case: CaseRef) -> None:
    """A reminder leaves once under its key, whatever case it is recorded in."""
    other = store.open_case(Right.ACCESS, 2026, item="b")
    add(store, case, opened(), reminder("r1"))
    with pytest.raises(ConflictError):
        add(store, other, opened(), reminder("r1"))
    assert store.head(other) == 0
