"""Changing the time of a case: checked by the law, worded at the desk, told in a letter."""

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest

from casework.boards import summary
from casework.letter_words import (
    AUTHORITY,
    COMPLEX,
    GO,
    IDENTITY,
    PAUSE,
    RECEIVED,
    STOP,
    request_change,
)
from casework.office import Office, open_office
from casework.questions import Given, SignedIn, answer
from casework.receive import Receipt, receive
from casework.record import record_arrival
from casework.settings import Settings
from casework.work import run_stage
from rights.errors import InputError, RefusedError
from rights.events import Actor, Attested
from rights.release import CaseRef, Right
from rights.road import Stage

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
OFFICER = SignedIn(Actor(login="ann", attested=Attested.DESK), frozenset({"officer"}))
PEOPLE = {
    "subject": {"names": [{"forenames": "Sam", "surname": "O'Neill"}]},
    "recipient": {"name": "Sam O'Neill", "channel": "email"},
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(Settings(home=tmp_path), lambda: NOW)


@pytest.fixture
def ref(office: Office) -> CaseRef:
    receipt = Receipt(
        Right.ACCESS, "phone", dt.date(2026, 11, 2), "Social work", danger=False, run="r1"
    )
    case = receive(office, receipt, OFFICER.actor)
    run_stage(office, case, Stage.PEOPLE, "test")
    answer(office, case, Given("people", "given", PEOPLE), OFFICER)
    run_stage(office, case, Stage.LETTERS, "test")
    return case


def letter_text(office: Office, ref: CaseRef, letter: str) -> str:
    made = office.case(ref).letters[letter]
    pdf = pypdfium2.PdfDocument(office.store.get_file(ref, made.file))
    return " ".join(" ".join(p.get_textpage().get_text_range() for p in pdf).split())


def change(office: Office, ref: CaseRef, what: str, on: dt.date, words: str = "") -> None:
    request_change(office, ref, what, on)
    (question,) = [q for q in office.case(ref).open_questions if q.topic == "time"]
    details = {"words": words} if words else {}
    answer(office, ref, Given(question.id, GO, details), OFFICER)
    if office.case(ref).letters_due:
        run_stage(office, ref, Stage.LETTERS, "test")


def test_the_acknowledgement_gives_the_date_and_its_working(office: Office, ref: CaseRef) -> None:
    """Received 2 November 2026, due 2 December, and the letter says how it was counted."""
    text = letter_text(office, ref, "acknowledgement")
    assert "2 December 2026" in text
    assert "O'Neill" in text.replace("’", "'")
    assert "due 2 Dec 2026" in summary(office, ref)


def test_proof_restarts_the_time_when_it_comes(office: Office, ref: CaseRef) -> None:
    """law.md row 31: identity asked on the 3rd, received on the 20th: due Mon 21 December."""
    change(office, ref, IDENTITY, dt.date(2026, 11, 3), "The address is not the one we have.")
    assert "awaiting identity" in summary(office, ref)
    assert "not the one we have" in letter_text(office, ref, "time/0/letter")
    record_arrival(office, ref, "identity evidence", dt.date(2026, 11, 20), OFFICER.actor)
    assert "due 21 Dec 2026" in summary(office, ref)


def test_a_pause_stops_the_clock_until_the_answer(office: Office, ref: CaseRef) -> None:
    """The letter asks; nine days asked to answered are given back."""
    change(office, ref, PAUSE, dt.date(2026, 11, 9), "Which years do you mean?")
    assert "paused" in summary(office, ref)
    assert "Which years do you mean?" in letter_text(office, ref, "time/0/letter")
    record_arrival(office, ref, "answer to our clarification", dt.date(2026, 11, 17), OFFICER.actor)
    assert "due 11 Dec 2026" in summary(office, ref)


def test_an_extension_needs_its_own_reasons(office: Office, ref: CaseRef) -> None:
    """Three months from the start, with the reasons in the notice; none, none."""
    request_change(office, ref, COMPLEX, dt.date(2026, 11, 20))
    with pytest.raises(InputError, match="no words"):
        answer(office, ref, Given("time/0", GO), OFFICER)
    reasons = {"words": "Two health opinions are awaited."}
    answer(office, ref, Given("time/0", GO, reasons), OFFICER)
    run_stage(office, ref, Stage.LETTERS, "test")
    assert "due 2 Feb 2027" in summary(office, ref)
    assert "Two health opinions are awaited." in letter_text(office, ref, "time/0/letter")


def test_what_the_law_forbids_is_refused_before_anything_is_asked(
    office: Office, ref: CaseRef
) -> None:
    """A second pause while one is open is refused, and leaves no question."""
    change(office, ref, PAUSE, dt.date(2026, 11, 9), "Which years do you mean?")
    before = office.store.head(ref)
    with pytest.raises(RefusedError):
        request_change(office, ref, PAUSE, dt.date(2026, 11, 10))
    assert office.store.head(ref) == before


def test_a_wrong_date_of_receipt_is_corrected_with_a_reason(office: Office, ref: CaseRef) -> None:
    """The correction is an event with its reason; the due date follows; the old one stays."""
    change(office, ref, RECEIVED, dt.date(2026, 10, 30), "The envelope is stamped 30 October.")
    assert "due 30 Nov 2026" in summary(office, ref)
    kinds = [row.event.kind for row in office.store.read(ref)]
    assert kinds.count("case_opened") == kinds.count("receipt_corrected") == 1


def test_stopping_changes_nothing(office: Office, ref: CaseRef) -> None:
    """An officer may think again at the desk."""
    request_change(office, ref, AUTHORITY, dt.date(2026, 11, 10))
    answer(office, ref, Given("time/0", STOP), OFFICER)
    assert not office.case(ref).letters_due
    assert "due 2 Dec 2026" in summary(office, ref)


def test_evidence_that_nobody_asked_for_moves_nothing(office: Office, ref: CaseRef) -> None:
    """Recording it as identity evidence is refused with what to do."""
    with pytest.raises(RefusedError, match="asked for"):
        record_arrival(office, ref, "identity evidence", dt.date(2026, 11, 20), OFFICER.actor)
