"""A letter in between, and letters in the words of whoever reads them."""

import datetime as dt

import pytest

from casework.letter_words import PROGRESS
from casework.letters import asked_of, base, base_to_other, language_for, reader_kind
from casework.office import Office
from letters.languages import EASY, LANGUAGE
from letters.parts import Reader, ReaderKind, Subject
from rights.law import load
from rights.people import RequestPeople
from rights.release import CaseRef
from tests.casework.test_letter_words import (  # noqa: F401 - fixtures
    change,
    letter_text,
    office,
    ref,
)

DAY = dt.date(2026, 11, 22)
LAW = load()


def people(requester: str, born: str | None = None, form: str = "") -> RequestPeople:
    subject = {"names": [{"forenames": "Sam", "surname": "Fell"}], "date_of_birth": born}
    to = {"name": "Reader", "channel": "email", "format": form}
    return RequestPeople.model_validate(
        {"subject": subject, "recipient": to, "requester": requester}
    )


def test_a_progress_letter_says_how_far_we_are(office: Office, ref: CaseRef) -> None:  # noqa: F811
    """It gives the date, the officer's words and nothing of what was found; no date moves."""
    change(office, ref, PROGRESS, DAY, "We spoke on Friday.")
    text = letter_text(office, ref, "progress/1")
    assert "We will answer you by 2 December 2026" in text
    assert "We spoke on Friday." in text
    assert "found" not in text
    change(office, ref, PROGRESS, DAY, "Still at work.")
    assert "Still at work." in letter_text(office, ref, "progress/2")


@pytest.mark.parametrize(
    ("who", "born", "form", "kind", "language"),
    [
        ("self", "2012-03-01", "", ReaderKind.CHILD, EASY),
        ("self", "2008-11-22", "", ReaderKind.PERSON, LANGUAGE),
        ("self", "2010-11-22", "", ReaderKind.PERSON, LANGUAGE),
        ("self", "2010-11-23", "", ReaderKind.CHILD, EASY),
        ("self", None, "easy read", ReaderKind.PERSON, EASY),
        ("parent", "2012-03-01", "", ReaderKind.PARENT, LANGUAGE),
        ("agent", None, "", ReaderKind.REPRESENTATIVE, LANGUAGE),
        ("other", None, "", ReaderKind.PERSON, LANGUAGE),
    ],
)
def test_a_letter_is_for_its_reader(
    who: str, born: str | None, form: str, kind: ReaderKind, language: str
) -> None:
    """Who asks, their age on the day and their wish choose how a letter speaks."""
    asked = people(who, born, form)
    assert reader_kind(asked, LAW, DAY) is kind
    assert language_for(asked, LAW, DAY) == language


def test_a_letter_to_others_tells_nothing_of_the_requester(
    office: Office,  # noqa: F811
    ref: CaseRef,  # noqa: F811
) -> None:
    """Support, format and what was asked stay out of a letter to a school."""
    case = office.case(ref)
    fields = base_to_other(office, case, DAY, Reader("School", "School"))
    assert fields["support"] == ()
    assert fields["asked"] == ""
    assert fields["language"] == LANGUAGE
    assert fields["subject"] == Subject("Sam O'Neill", is_reader=False)
    assert base(office, case, DAY)["subject"] == Subject("Sam O'Neill")
    assert asked_of(office, case, Subject("Sam"), DAY) == ""
