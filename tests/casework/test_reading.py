"""Reading support: what was arranged is said, days to avoid are asked about, somebody calls."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from casework.clock import clock_of
from casework.questions import Given, answer
from casework.reading import AGREED, CALL, CALLED, DAY, SEND, SUPPORT, calls_late, days_over
from casework.sweep import tidy
from casework.work import run_stage
from rights.errors import InputError
from rights.release import CaseRef
from rights.road import Stage, where
from tests.small_council import SmallTruth
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter

OFFICER = STAFF["officer1"]
TODAY = NOON.date()
WISHES: dict[str, Any] = {
    "helps": ["read with someone", "call before", "call after"],
    "avoid": [{"first": TODAY.isoformat(), "last": (TODAY + dt.timedelta(days=2)).isoformat()}],
    "times": "mornings",
    "never": "no message on the machine",
}


def with_wishes(people: dict[str, Any]) -> dict[str, Any]:
    """Who is who, with what the recipient asked for."""
    made: dict[str, Any] = json.loads(json.dumps(people, default=str))
    made["recipient"] |= {"format": "large print", "known_as": "Sam"}
    return made | {"support": WISHES}


def with_wishes_of(truth: SmallTruth) -> SmallTruth:
    """The same council, whose requester has wishes."""
    return replace(truth, people=with_wishes(truth.people))


@pytest.fixture(scope="module")
def approved(
    small_council: tuple[Path, SmallTruth], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, CaseRef, dt.date]:
    """The office's folder once the pack is approved, and when the case was due at the start."""
    council, truth = small_council
    truth = with_wishes_of(truth)
    home = tmp_path_factory.mktemp("approved")
    office = open_small(home, council)
    small = Small(office, receive_letter(office, truth), truth)
    small.until("approve")
    due = clock_of(office, office.case(small.ref)).due
    assert due is not None
    small.answer("approve")
    office.store.close()
    return home, small.ref, due


@pytest.fixture
def small(
    approved: tuple[Path, CaseRef, dt.date],
    small_council: tuple[Path, SmallTruth],
    tmp_path: Path,
) -> Iterator[Small]:
    """A fresh copy of that case."""
    home, ref, _ = approved
    council, truth = small_council
    shutil.copytree(home, tmp_path / "home")
    small = Small(open_small(tmp_path / "home", council), ref, with_wishes_of(truth))
    yield small
    small.office.store.close()


def called(small: Small, question: str) -> None:
    """The support worker called."""
    given = Given(question, CALLED, {"reason": "On Monday, a quarter of an hour."})
    answer(small.office, small.ref, given, OFFICER)


def test_the_call_before_holds_the_sending_and_says_how_to_call_safely(small: Small) -> None:
    """It names the support worker, the safe times and what must not be done."""
    stands = small.work()
    assert [q.topic for q in stands.waiting] == [CALL]
    body = stands.waiting[0].body
    assert small.office.council.support_worker.name in body["title"]
    assert body["safe"] == ["when: mornings", "never: no message on the machine"]
    with pytest.raises(InputError) as silent:
        answer(small.office, small.ref, Given(stands.waiting[0].id, CALLED), OFFICER)
    assert silent.value.code == "reading.reason"


def test_a_day_to_avoid_is_asked_about_and_the_legal_date_stays(
    small: Small, approved: tuple[Path, CaseRef, dt.date]
) -> None:
    """Nothing leaves on it without an officer's reason; with it, it leaves that day."""
    called(small, f"{CALL}/before")
    stands = small.work()
    (question,) = stands.waiting
    assert question.topic == DAY and question.due_on == approved[2]
    assert approved[2].isoformat() in question.body["words"]
    assert clock_of(small.office, small.office.case(small.ref)).due == approved[2]
    assert not list(small.office.settings.outbox.glob("*-part-*/*.pdf"))
    given = Given(question.id, SEND, {"reason": "They said on the telephone that it may come."})
    answer(small.office, small.ref, given, OFFICER)
    small.work()
    assert small.office.case(small.ref).sent_on == TODAY


def test_left_open_it_goes_by_itself_when_the_days_are_over(small: Small) -> None:
    """The sweep takes the question back on the day after, and not before."""
    called(small, f"{CALL}/before")
    small.work()
    assert days_over(small.office) == ()
    after = replace(small.office, clock=lambda: NOON + dt.timedelta(days=3))
    assert f"{small.ref}: the days to avoid are over" in tidy(after)
    assert where(after.case(small.ref)).stage is Stage.LETTERS  # the acknowledgement waited too


def test_a_call_never_holds_the_date_of_the_answer(
    small: Small, approved: tuple[Path, CaseRef, dt.date]
) -> None:
    """Near the date the answer goes uncalled, and the call becomes a task that holds nothing."""
    assert calls_late(small.office) == ()
    due = approved[2]
    assert due == dt.date(2026, 12, 21) and small.office.council.reply_spare == 2
    near = dt.datetime(2026, 12, 17, 12, tzinfo=dt.UTC)  # a weekend lies between
    later = replace(small.office, clock=lambda: near)
    assert calls_late(later) == (f"{small.ref}: it waits for the call no longer",)
    assert calls_late(later) == ()
    stands = Small(later, small.ref, small.truth).work()
    assert not stands.waiting
    case = later.case(small.ref)
    assert case.sent_on == near.date() <= due
    assert f"{SUPPORT}/call before" in {q.id for q in case.open_questions}


def test_the_reading_is_arranged_from_the_start_and_a_wish_taken_back_is_no_task(
    small: Small,
) -> None:
    """Asked before anything is searched; corrected entries bring the tasks in line."""
    case = small.office.case(small.ref)
    assert case.questions[f"{SUPPORT}/read with someone"].asked_seq < case.searched_seq
    wishes = {**small.truth.people["support"], "helps": ["in parts"]}
    entered = {**small.truth.people, "support": wishes}
    answer(small.office, small.ref, Given("people", "given", entered, correct=True), OFFICER)
    run_stage(small.office, small.ref, Stage.STANDING, "test")
    tasks = [q.id for q in small.office.case(small.ref).open_questions if q.topic == SUPPORT]
    assert tasks == [f"{SUPPORT}/in parts"]


def test_the_call_after_outlives_the_case(small: Small) -> None:
    """It is asked when the case closes, and can be answered then."""
    called(small, f"{CALL}/before")
    small.work()
    given = Given(small.question(DAY).id, SEND, {"reason": "They said that it may come."})
    answer(small.office, small.ref, given, OFFICER)
    small.work()
    case = small.office.case(small.ref)
    assert case.closed is not None
    reading = f"{SUPPORT}/read with someone"
    assert [q.id for q in case.open_questions] == [reading, f"{CALL}/after"]
    called(small, f"{CALL}/after")
    worker = small.office.council.support_worker.name
    assert worker in small.question(SUPPORT).body["title"]
    with pytest.raises(InputError) as silent:
        answer(small.office, small.ref, Given(reading, AGREED), OFFICER)
    assert silent.value.code == "reading.reason"
    given = Given(reading, AGREED, {"reason": "In our office, on Friday."})
    answer(small.office, small.ref, given, OFFICER)
    assert not small.office.case(small.ref).open_questions


def test_letters_use_the_name_and_say_what_was_arranged(small: Small) -> None:
    """The acknowledgement and the reply greet by the name to use and repeat the wishes."""
    case, store = small.office.case(small.ref), small.office.store
    assert case.seal is not None
    for file in (case.letters["acknowledgement"].file, case.seal.event.letter_file):
        pdf = pypdfium2.PdfDocument(store.get_file(small.ref, file))
        text = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in pdf)
        assert "Dear Sam," in text
        assert "Our letters to you are in large print." in text
        assert "We call you before our answer comes." in text
        assert "mornings" not in text and "message" not in text.split("Dear")[0]
