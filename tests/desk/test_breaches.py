"""After the reply: a breach is noted and assessed at the desk, and the Commissioner's letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from casework.breaches import breach_board, breach_lines, breaches_of, open_breaches
from casework.office import Office
from casework.receive import Receipt, receive
from desk.app import create_app
from rights.breaches import BreachState
from rights.release import Right
from tests.desk.conftest import HOST, PASSWORD, Browser
from tests.small_office import NOON, RECEIVED, STAFF, open_small

FOUND = {
    "found_day": "2026-11-22",
    "found_time": "16:05",
    "severity": "high",
    "what": "The reply went to the address before last.",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Office, Callable[[str], Browser]]]:
    """A desk over one case of an office whose clock stands at noon on 23 November 2026."""
    office = open_small(tmp_path / "home", tmp_path)
    for login, who in STAFF.items():
        office.store.add_account(login, PASSWORD, who.roles)
    receipt = Receipt(Right.ACCESS, "phone", RECEIVED, "Front desk", False, "", run="a call")
    ref = receive(office, receipt, STAFF["officer1"].actor)
    app = create_app(office, lambda ref: None)

    def as_(login: str) -> Browser:
        browser = Browser(TestClient(app, base_url=HOST), ref)
        assert browser.sign_in(login).status_code == 303
        return browser

    yield office, as_
    office.store.close()


def test_a_breach_is_noted_by_an_officer_and_assessed_by_the_dpo(
    desk: tuple[Office, Callable[[str], Browser]],
) -> None:
    """From the first note to the Commissioner told in time, each step on the page and the board."""
    office, as_ = desk
    officer, dpo = as_("officer1"), as_("dpo")
    assert officer.case_post("/breaches", FOUND).status_code == 303
    page = officer.case_page("/breaches").text
    assert "Wed 25 Nov 2026 at 16:05" in page
    assert "52 hours left" in page
    assert "before last" in page
    assert "Record the assessment" not in page
    [breach] = open_breaches(office)
    assert (breach.id, breach.reading.people_waiting) == ("breach/1", True)
    board = breach_board(office)
    assert "Wed 25 Nov 2026 at 16:05 | 52" in board
    assert "before last" not in board + str(breach.as_dict())
    case = office.case(officer.ref)
    assert "to be assessed by the DPO" in next(breach_lines(office, case))

    told = {
        "reportable": "yes",
        "reason": "An address became known.",
        "told_day": "2026-11-23",
        "told_time": "09:00",
        "people_told_on": "2026-11-23",
    }
    refused = officer.case_post("/breaches/breach/1", told)
    assert refused.status_code == 409 or refused.status_code == 403
    assert office.case(officer.ref).breaches["breach/1"][1] is None
    assert dpo.case_post("/breaches/breach/1", told).status_code == 303
    [breach] = breaches_of(office, office.case(officer.ref))
    assert breach.reading.state is BreachState.TOLD
    assert not breach.reading.is_open
    assert breach_board(office) == ""
    assert "told on 23 November 2026, 09:00" in dpo.case_page("/breaches").text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"found_day": "2026-11-24"}, "has not come"),
        ({"found_time": "late"}, "cannot be read"),
        ({"severity": "dreadful"}, "no such severity"),
        ({"what": ""}, "Nothing says what happened"),
    ],
)
def test_a_breach_that_cannot_be_is_not_noted(
    desk: tuple[Office, Callable[[str], Browser]], changed: dict[str, str], told: str
) -> None:
    """What is wrong is said, what was entered is kept, and nothing is written."""
    office, as_ = desk
    officer = as_("officer1")
    answer = officer.case_post("/breaches", {**FOUND, **changed})
    assert answer.status_code >= 400
    assert told in answer.text
    assert "Nothing was recorded" in answer.text
    if "what" not in changed:
        assert FOUND["what"] in answer.text
    assert not office.case(officer.ref).breaches


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"reason": ""}, "no reason"),
        ({"reportable": ""}, "No answer was chosen"),
        ({"reportable": "no"}, "need not be told, and yet was"),
        ({"told_day": "2026-11-21"}, "before the breach was found"),
    ],
)
def test_an_assessment_that_cannot_be_is_not_recorded(
    desk: tuple[Office, Callable[[str], Browser]], changed: dict[str, str], told: str
) -> None:
    """No reason, no choice, told though it need not be, or told before it was found."""
    office, as_ = desk
    dpo = as_("dpo")
    assert dpo.case_post("/breaches", FOUND).status_code == 303
    given = {"reportable": "yes", "reason": "An address.", "told_day": "2026-11-23",
             "told_time": "08:00"}  # fmt: skip
    answer = dpo.case_post("/breaches/breach/1", {**given, **changed})
    assert told in answer.text
    assert office.case(dpo.ref).breaches["breach/1"][1] is None


def test_a_breach_that_nobody_noted_cannot_be_assessed(
    desk: tuple[Office, Callable[[str], Browser]],
) -> None:
    """An address that was typed by hand changes nothing."""
    _, as_ = desk
    answer = as_("dpo").case_post("/breaches/breach/7", {"reportable": "no", "reason": "none"})
    assert "No such breach is noted" in answer.text


def test_letters_of_the_commissioner_stand_on_the_case(
    desk: tuple[Office, Callable[[str], Browser]],
) -> None:
    """A complaint to the Commissioner is recorded with its day and reference; not ahead of it."""
    office, as_ = desk
    officer = as_("officer1")
    letter = {"contact": "complaint", "received_on": "2026-11-23", "reference": "IC-123"}
    assert officer.case_post("/breaches/commissioner", letter).status_code == 303
    page = officer.case_page("/breaches").text
    assert "A complaint was made to the Commissioner, 23 November 2026" in page
    assert "IC-123" in page
    tomorrow = (NOON.date() + dt.timedelta(days=1)).isoformat()
    for changed in ({"received_on": tomorrow}, {"contact": "a call"}, {"received_on": ""}):
        answer = officer.case_post("/breaches/commissioner", {**letter, **changed})
        assert "Nothing was recorded" in answer.text
    [only] = office.case(officer.ref).regulator
    assert only.what == "complaint"
