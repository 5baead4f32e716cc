"""What the table itself refuses, before any guard is asked."""

from __future__ import annotations

import datetime as dt

import pytest

from rights.errors import RefusedError
from rights.events import Actor, Attested, Event
from rights.gates import Attempt, check, foresee
from rights.gates.check import Draft
from rights.release import Right
from tests.rights.gates.build import (
    ALL_SENT,
    APPROVED_CASE,
    DPO,
    FORM,
    LAW,
    OFFICER,
    OFFICERS,
    READ_CASE,
    TODAY,
    answered,
    asked,
    case_of,
    decided,
    opened,
    planned,
    proposed,
    started,
)
from tests.rights.gates.scenarios_clock import paused

HOLD = asked("hold/x", "hold", "on hold", "no")
SENDING = (*APPROVED_CASE, started())
UNCERTAIN = asked("dispatch/key", "dispatch", "it was sent", "it was not sent")


def _refused(before: tuple[Event, ...], event: Event, roles: frozenset[str] = OFFICERS) -> str:
    case = case_of(before)
    question = case.questions.get(getattr(event, "question", ""))
    with pytest.raises(RefusedError) as refused:
        check(Attempt(case, event, roles, LAW, TODAY, question))
    return refused.value.code


def test_a_case_is_opened_once_and_nothing_comes_before() -> None:
    """A second receipt is refused, and so is anything about a case that nobody opened."""
    assert _refused(READ_CASE, opened()) == "gate.not_yet"
    assert _refused((), proposed()) == "gate.not_yet"


def test_what_was_sent_is_not_decided_anew() -> None:
    """Answers that change the pack are refused while it is on its way and afterwards."""
    page = asked("page/D1/1", "page", "read", document="D1", page=1)
    for before in (SENDING, ALL_SENT):
        assert _refused((*before, page), answered("page/D1/1", "read")) == "question.sent"
        assert _refused(before, planned("D1", "D2")) == "gate.sent"


@pytest.mark.parametrize("attested", [Attested.PREFECT, Attested.COMMAND, Attested.ENGINE])
def test_only_a_desk_session_answers(attested: Attested) -> None:
    """A typed name, a command or the engine attests nothing."""
    answer = answered("hold/x", "on hold", Actor(login="officer1", attested=attested), by="a")
    assert _refused((*READ_CASE, HOLD), answer) == "question.sign_in"


def test_the_shared_form_decides_nothing() -> None:
    """What everybody's credential records is only that something arrived."""
    assert _refused(READ_CASE, decided("outcome", "refused", FORM)) == "gate.sign_in"
    assert _refused(READ_CASE, proposed().model_copy(update={"actor": FORM})) == "gate.sign_in"


def test_a_decision_needs_its_role() -> None:
    """Only the DPO may use contact details of the Commissioner that nobody has confirmed."""
    override = decided("regulator contact", "use it for this case", OFFICER)
    assert _refused(READ_CASE, override) == "gate.role"


def test_what_has_no_row_is_refused() -> None:
    """A matter and a topic that nobody thought of are refused, not let through."""
    assert _refused(READ_CASE, decided("the weather", "fine", OFFICER), DPO) == "gate.no_row"
    assert _refused(READ_CASE, asked("weather", "weather", "fine")) == "gate.topic"


def test_a_question_is_asked_where_and_of_whom_it_may_be_answered() -> None:
    """One that nobody could answer would hold the case up for ever."""
    assert _refused(READ_CASE, UNCERTAIN) == "gate.state"
    check(Attempt(case_of(SENDING), UNCERTAIN, frozenset(), LAW, TODAY))
    to_legal = asked("hold/y", "hold", "on hold", role="legal")
    assert _refused(READ_CASE, to_legal) == "gate.topic"


def test_the_law_can_be_asked_before_anybody_signs_in() -> None:
    """What a guard would refuse later is said at once; who records it is not asked yet."""
    access, erasure = case_of((opened(),)), case_of((opened(Right.ERASURE),))
    foresee(Attempt(access, paused(), frozenset(), LAW, TODAY))
    with pytest.raises(RefusedError) as refused:
        foresee(Attempt(erasure, paused(), frozenset(), LAW, TODAY))
    assert refused.value.code == "clock.no_pause"


def test_a_draft_is_checked_event_by_event() -> None:
    """The second event of a batch meets the case as the first has left it."""
    noon = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    draft = Draft(case_of((opened(),)), roles=OFFICERS, law=LAW, now=noon, today=TODAY)
    draft.admit([paused()])
    with pytest.raises(RefusedError) as refused:
        draft.admit([paused()])
    assert refused.value.code == "clock.already_paused"
    assert len(draft.events) == 1 and draft.before.seq == 1 and draft.case.seq == 2
