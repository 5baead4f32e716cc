"""Consent that is taken back: it stops at once, and what goes on is confirmed by a manager."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casework.clock import clock_of
from rights.case import Question
from rights.release import Right
from rights.sources.suppression import NOT_WRITTEN_TO, contact_marks
from tests.casework.limiting import Limiting, Reply, again, limiting, numbers, refusal

EMAIL = "marnie@example.org"
BY_HAND = "The youth worker, by telephone."
BASIS = ("this goes on, on the basis shown", {"reason": "The form of 2012 says so."})


def row(question: Question, title: str, words: str) -> str:
    """The number of a row of one of the question's lists."""
    listed = next(s for s in question.body["shown"] if s["title"] == title)["rows"]
    return next(r[0] for r in listed if words in r[2])


def takes_back(words: str = "", use: str = "", *records: str, **more: str) -> Any:
    """What an officer understood."""

    def reply(question: Question) -> Reply:
        details = {
            "consents": row(question, "What rests on consent", words) if words else "none",
            "uses": row(question, "What does not rest on consent", use) if use else "none",
            "records": numbers(question, *records),
            "by_hand": BY_HAND,
        }
        return "this is what was taken back", details | more

    return reply


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Limiting:
    """A case that waits for the officer; not to be changed."""
    case = limiting(tmp_path_factory.mktemp("asked"), Right.CONSENT_WITHDRAWAL, {})
    case.walk("assess")
    return case


@pytest.fixture
def case(asked: Limiting, tmp_path: Path) -> Limiting:
    """A copy of it."""
    return again(asked, tmp_path)


def test_no_month_is_allowed(case: Limiting):
    """It is due on the day it came."""
    assert clock_of(case.office, case.case).due == case.case.received_on


def test_what_goes_on_is_confirmed_after_the_rest_has_stopped(case: Limiting):
    """The address is kept from being written to before the manager says what goes on and why."""
    case.replies = {"assess": takes_back("News", email=EMAIL)}
    case.give(case.open("assess"))
    case.replies = {}
    case.walk("assess")
    assert case.open("assess").role == "manager"
    store = case.office.store
    marks = contact_marks((EMAIL,), (), store.mark_key())
    assert store.suppressed.known(marks, purpose=NOT_WRITTEN_TO)
    case.replies = {"assess": ("this goes on, on the basis shown", {})}
    assert refusal(lambda: case.give(case.open("assess"))) == "consent.basis"


def test_what_never_rested_on_consent_goes_on_and_is_told(case: Limiting):
    """Nothing stops; the person is told on which basis it always was."""
    case.replies = {"assess": takes_back("", "Prepare information for the Family Courts")}
    case.give(case.open("assess"))
    case.replies = {}
    case.walk("assess")
    case.replies = {"assess": BASIS}
    assert case.walk().words == "closed"
    assert not case.case.actions
    said = case.letter_text()
    assert "What goes on, and why" in said and "UK GDPR Art 6(1)(c)" in said
    assert "erase" not in said


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"consents": "none", "uses": "none"}, "consent.nothing"),
        ({"consents": "9"}, "assess.numbers"),
        ({"consents": "2"}, "marketing.contact"),
        ({"consents": "3"}, "consent.by_hand"),
    ],
)
def test_entries_that_do_not_hold_are_refused(case: Limiting, details: Any, code: str):
    """Nothing is recorded until something is chosen and somebody or something has stopped it."""
    case.replies = {"assess": ("this is what was taken back", details)}
    assert refusal(lambda: case.give(case.open("assess"))) == code
