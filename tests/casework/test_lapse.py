"""A question that is never answered: asked about, written about, and only then closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from casework.lapse import CLOSE, KEEP, WRITE, watch_lapses
from casework.letter_words import GO, PAUSE, request_change
from casework.office import Office, open_office
from casework.questions import Given, answer
from casework.receive import Receipt, receive
from casework.record import record_arrival
from casework.settings import Settings
from casework.work import run_stage
from rights.case import Question
from rights.errors import RefusedError
from rights.lapse import LapseStep, notice_until, read_lapse
from rights.law import load
from rights.release import CaseRef, Right
from rights.road import Stage, where
from tests.casework.test_letter_words import PEOPLE
from tests.small_office import STAFF

LAW = load()
ASKED = dt.date(2026, 11, 3)
OFFICER = STAFF["officer1"]
DAY = dt.timedelta(days=1)
WAIT = LAW.number("lapse.wait", ASKED) * DAY


class Clock:
    """Noon of a day that a test sets."""

    day = ASKED

    def __call__(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(12), dt.UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    office = open_office(Settings(home=tmp_path), clock)
    yield office
    office.store.close()


@pytest.fixture
def ref(office: Office) -> CaseRef:
    """A request of 2 November whose time stands still since the 3rd."""
    receipt = Receipt(Right.ACCESS, "phone", dt.date(2026, 11, 2), "Social work", False, run="r1")
    case = receive(office, receipt, OFFICER.actor)
    run_stage(office, case, Stage.PEOPLE, "test")
    answer(office, case, Given("people", "given", PEOPLE), OFFICER)
    run_stage(office, case, Stage.STANDING, "test")
    run_stage(office, case, Stage.LETTERS, "test")
    request_change(office, case, PAUSE, ASKED)
    (question,) = [q for q in office.case(case).open_questions if q.topic == "time"]
    answer(office, case, Given(question.id, GO, {"words": "Which schools do you mean?"}), OFFICER)
    run_stage(office, case, Stage.LETTERS, "test")
    return case


def waits(office: Office, ref: CaseRef) -> list[Question]:
    return [q for q in office.case(ref).open_questions if q.topic == "lapse"]


def watch(office: Office, clock: Clock, day: dt.date) -> tuple[str, ...]:
    clock.day = day
    return watch_lapses(office, day, dry_run=False)


def test_a_request_lapses_after_a_letter_and_two_waits(
    office: Office, clock: Clock, ref: CaseRef
) -> None:
    """Asked, waited, written, waited again, closed: each by an officer, none a day too early."""
    assert watch(office, clock, ASKED + WAIT) == ()
    later = ASKED + WAIT + DAY
    assert watch_lapses(office, later, dry_run=True) == (f"{ref}: a question is unanswered",)
    assert waits(office, ref) == []
    assert watch(office, clock, later) == (f"{ref}: a question is unanswered",)
    assert watch(office, clock, later) == ()
    (question,) = waits(office, ref)
    answer(office, ref, Given(question.id, WRITE), OFFICER)
    assert office.case(ref).letters_due == ("lapse/1",)
    run_stage(office, ref, Stage.LETTERS, "test")
    made = office.case(ref).letters["lapse/1"]
    pdf = pypdfium2.PdfDocument(office.store.get_file(ref, made.file))
    text = " ".join(" ".join(p.get_textpage().get_text_range() for p in pdf).split())
    until = notice_until(later, LAW)
    assert f"answer by {until.day} {until:%B %Y}" in text
    assert "Which schools do you mean?" in text

    assert watch(office, clock, until) == ()
    assert watch(office, clock, until + DAY) == (f"{ref}: a question is unanswered",)
    (question,) = waits(office, ref)
    answer(office, ref, Given(question.id, CLOSE), OFFICER)
    assert where(office.case(ref)).stage is Stage.CLOSE
    run_stage(office, ref, Stage.CLOSE, "test")
    case = office.case(ref)
    assert case.closed is not None
    assert case.closed.outcome == "lapsed"
    decided = case.decision("lapse")
    assert decided is not None
    assert decided.event.rules == ("lapse.wait", "lapse.notice")


def test_an_answer_takes_the_question_back(office: Office, clock: Clock, ref: CaseRef) -> None:
    """When the requester answers after all, nobody is asked any more, and nothing can lapse."""
    watch(office, clock, ASKED + WAIT + DAY)
    (question,) = waits(office, ref)
    record_arrival(office, ref, "answer to our clarification", clock.day, OFFICER.actor)
    with pytest.raises(RefusedError) as caught:
        answer(office, ref, Given(question.id, WRITE), OFFICER)
    assert caught.value.code == "lapse.answered"
    assert watch(office, clock, clock.day + DAY) == ()
    assert waits(office, ref) == []


def test_keeping_it_open_begins_the_wait_anew(office: Office, clock: Clock, ref: CaseRef) -> None:
    """An officer may wait again, before and after the letter; then it is asked anew."""
    first = ASKED + WAIT + DAY
    watch(office, clock, first)
    answer(office, ref, Given(waits(office, ref)[0].id, KEEP), OFFICER)
    assert watch(office, clock, first + WAIT) == ()
    assert len(watch(office, clock, first + WAIT + DAY)) == 1
    answer(office, ref, Given(waits(office, ref)[0].id, WRITE), OFFICER)
    until = notice_until(clock.day, LAW)
    watch(office, clock, until + DAY)
    (question,) = waits(office, ref)
    assert question.options == (CLOSE, KEEP)
    answer(office, ref, Given(question.id, KEEP), OFFICER)
    assert watch(office, clock, clock.day + DAY) == ()
    stands = read_lapse(office.case(ref), clock.day, LAW)
    assert stands.step is LapseStep.WAIT


def test_nothing_lapses_before_its_day(office: Office, clock: Clock, ref: CaseRef) -> None:
    """An answer that is given on a day on which the wait still runs is refused by the gate."""
    watch(office, clock, ASKED + WAIT + DAY)
    (question,) = waits(office, ref)
    clock.day = ASKED + WAIT
    with pytest.raises(RefusedError) as caught:
        answer(office, ref, Given(question.id, WRITE), OFFICER)
    assert caught.value.code == "lapse.too_early"
    assert office.case(ref).decision("lapse") is None
