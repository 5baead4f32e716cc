"""Enquiries of a complaint, a closed case taken up again, and two same requests, at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from casework.office import Office
from casework.receive import Receipt, receive
from casework.work import work_on
from desk.app import create_app
from rights.release import CaseRef, Right
from tests.desk.conftest import HOST, PASSWORD, Browser
from tests.small_council import SmallTruth, build
from tests.small_office import RECEIVED, STAFF, Small, open_small, signed_in

As = Callable[[str, CaseRef], Browser]
NAMED: dict[str, object] = {
    "value": "given",
    "login": "complaints1",
    "name": "Ruth Okafor",
    "job": "complaints officer",
    "role": "officer",
    "points": "My answer came three weeks late.",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Office, SmallTruth, As]]:
    """A desk over an office with nothing in it yet."""
    truth = build(tmp_path / "council")
    office = open_small(tmp_path / "home", tmp_path / "council")
    for login, who in {**STAFF, "complaints1": signed_in("complaints1", "officer")}.items():
        office.store.add_account(login, PASSWORD, who.roles)
    app = create_app(office, lambda ref: None)

    def as_(login: str, ref: CaseRef) -> Browser:
        browser = Browser(TestClient(app, base_url=HOST), ref)
        assert browser.sign_in(login).status_code == 303
        return browser

    yield office, truth, as_
    office.store.close()


def received(office: Office, truth: SmallTruth, right: Right, run: str) -> CaseRef:
    receipt = Receipt(right, "phone", RECEIVED, "Front desk", False, run=run)
    small = Small(office, receive(office, receipt, STAFF["officer1"].actor), truth)
    small.work()
    small.answer("people")
    small.work()
    return small.ref


def test_a_complaint_is_looked_into_at_the_desk(desk: tuple[Office, SmallTruth, As]):
    """Named by a manager, enquiries recorded, and found by whoever was named."""
    office, truth, as_ = desk
    ref = received(office, truth, Right.COMPLAINT, "complaint")
    manager, handler = as_("manager", ref), as_("complaints1", ref)
    page = manager.case_page("/questions/handler").text
    assert "Everything that you hold about me." in page and "Their sign-in" in page
    assert manager.case_post("/questions/handler", NAMED).status_code == 303
    work_on(office, ref, "test")
    asked: dict[str, object] = {
        "do": "enquiry",
        "whom": "Post room",
        "asked": "When?",
        "answer": "On 23 October.",
    }
    assert handler.case_post("/again", asked).status_code == 303
    page = handler.case_page("/again").text
    assert "Post room" in page and "On 23 October." in page and "Ruth Okafor" in page
    finding = handler.case_page("/questions/complaint/1/finding").text
    assert "My answer came three weeks late." in finding and "under redaction" in finding
    given: dict[str, object] = {"value": "not upheld", "findings": "It left on the day."}
    refused = manager.case_post("/questions/complaint/1/finding", given)
    assert refused.status_code in (403, 409, 422) and "role officer" in refused.text
    assert handler.case_post("/questions/complaint/1/finding", given).status_code == 303
    outcome = office.case(ref).decision("outcome")
    assert outcome is not None and outcome.event.outcome == "not upheld"


def test_two_same_requests_are_put_together_and_parted_again(
    desk: tuple[Office, SmallTruth, As],
):
    """The page refuses without a reason, merges with one, and offers to take it up again."""
    office, truth, as_ = desk
    first = received(office, truth, Right.ERASURE, "one")
    second = received(office, truth, Right.ERASURE, "two")
    officer = as_("officer1", second)
    form: dict[str, object] = {"do": "merge", "into": first, "why": ""}
    refused = officer.case_post("/again", form)
    assert refused.status_code != 303 and "Nothing was recorded" in refused.text
    assert first in refused.text
    assert officer.case_post("/again", {**form, "why": "The same words."}).status_code == 303
    work_on(office, second, "test")
    assert office.case(second).closed is not None
    assert "Take this case up again" in officer.case_page("/again").text
    assert first in officer.case_page().text
    again: dict[str, object] = {"do": "reopen", "why": "It was about the other child."}
    assert officer.case_post("/again", again).status_code == 303
    assert office.case(second).closed is None
    assert "Case taken up again" in officer.case_page().text


def test_a_decision_by_machine_is_asked_about_with_what_the_register_says(
    desk: tuple[Office, SmallTruth, As],
):
    """The page shows the traps of the law and what each service says of machines."""
    office, truth, as_ = desk
    ref = received(office, truth, Right.AUTOMATED_DECISION, "machine")
    page = as_("officer1", ref).case_page("/questions/automated/1/made").text
    assert "risk scores count towards" in page
    assert "We made no decision about you by automated means alone." in page
