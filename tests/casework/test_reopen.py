"""A closed case taken up again, and the same request that came twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.questions import Given, answer
from casework.receive import Receipt, receive
from casework.reopen import merge, reopen
from casework.twice import ANOTHER, SAME, is_same
from rights.errors import InputError, RefusedError
from rights.people import RequestPeople
from rights.release import CaseRef, Right
from tests.letters.reading import flat_text
from tests.small_council import SmallTruth, build
from tests.small_office import (
    RECEIVED,
    STAFF,
    Small,
    events_of,
    open_small,
    receive_letter,
    signed_in,
)

OFFICER = STAFF["officer1"]
NEW_NOTE = "Marnie was given a telescope for her birthday and showed it to everybody."


def spoken(small: Small, run: str, right: Right = Right.ACCESS) -> Small:
    """Another request by the same person."""
    receipt = Receipt(right, "phone", RECEIVED, "Front desk", False, run=run)
    other = Small(small.office, receive(small.office, receipt, OFFICER.actor), small.truth)
    other.work()
    other.answer("people")
    return other


@pytest.fixture
def small(tmp_path: Path, small_council: tuple[Path, SmallTruth]) -> Iterator[Small]:
    """A request of which no more is known than who is who."""
    council, truth = small_council
    office = open_small(tmp_path / "home", council)
    first = Small(office, receive_letter(office, truth), truth)
    first.work()
    first.answer("people")
    yield first
    office.store.close()


def test_what_was_missed_follows_in_a_part_of_its_own(tmp_path: Path):
    """Searched anew; what was sent stays sent and cannot be decided again; it closes again."""
    council = tmp_path / "council"
    truth = build(council)
    office = open_small(tmp_path / "home", council)
    small = Small(office, receive_letter(office, truth), truth)
    small.until()
    before = office.case(small.ref)
    assert before.closed is not None and len(before.parts) == 1
    sent = before.parts[0]
    (council / "folders" / "social" / "telescope.txt").write_text(NEW_NOTE, encoding="utf-8")
    index = council / "folders" / "index.csv"
    row = '"social/telescope.txt","70001","Telescope","2012-08-01"\r\n'
    index.write_text(index.read_text(encoding="utf-8") + row, encoding="utf-8", newline="")
    reopen(office, small.ref, "A note was missed.", OFFICER)
    again = office.case(small.ref)
    assert again.closed is None and again.sent_on is None
    assert again.parts[0].documents == sent.documents and again.parts[0].sent_on == sent.sent_on
    small.until()
    after = office.case(small.ref)
    assert after.closed is not None and len(after.parts) == 2
    assert after.parts[1].last and after.parts[1].sent_on is not None
    assert len(after.parts[1].documents) == 1
    assert not set(after.parts[1].documents) & set(sent.documents)
    assert NEW_NOTE.split(" and ")[0] in flat_text(small.pack())
    about_sent = next(
        q
        for q in after.questions.values()
        if q.topic == "page" and q.answer and q.body.get("document") in sent.documents
    )
    correction = Given(about_sent.id, about_sent.options[0], correct=True)
    with pytest.raises(RefusedError):
        answer(office, small.ref, correction, OFFICER)
    office.store.close()


def test_a_case_is_reopened_only_when_closed_and_for_a_reason(small: Small):
    """An open one goes on; without a reason, or for a complaint that is none, nothing happens."""
    with pytest.raises(RefusedError) as caught:
        reopen(small.office, small.ref, "why not", OFFICER)
    assert caught.value.code == "reopen.open"
    twin = spoken(small, "again")
    merge(small.office, twin.ref, small.ref, "She rang to say so.", OFFICER)
    twin.work()
    before = events_of(small.office, twin.ref)
    for why, by, who, code in (
        (" ", "", OFFICER, "reopen.reason"),
        ("missed", small.ref, OFFICER, "reopen.complaint"),
        ("missed", "", signed_in("someone", "legal"), "reopen.role"),
    ):
        with pytest.raises((RefusedError, InputError)) as refused:
            reopen(small.office, twin.ref, why, who, by)
        assert refused.value.code == code
    assert events_of(small.office, twin.ref) == before


def test_the_same_request_twice_is_answered_once(small: Small):
    """Both say so; the later ends with one letter that names the other, and the other goes on."""
    twin = spoken(small, "again")
    merge(small.office, twin.ref, small.ref, "The same words on the same day.", OFFICER)
    twin.work()
    case, stays = small.office.case(twin.ref), small.office.case(small.ref)
    assert case.closed is not None and case.closed.outcome == "duplicate"
    assert list(case.letters) == ["triage"] and not case.sources
    assert [(link.other, link.why) for link in case.linked] == [
        (small.ref, "the same request twice")
    ]
    assert [link.other for link in stays.linked] == [twin.ref]
    assert stays.closed is None and stays.triage is None
    letter = flat_text(small.office.store.get_file(twin.ref, "letters/triage.pdf"))
    assert small.ref in letter and "you get one answer" in letter
    small.until("match")
    assert small.office.case(small.ref).searched_seq


def test_a_request_that_looks_like_an_open_one_is_asked_about(small: Small):
    """At receipt, of the later one, with how it is known; then nothing more is asked of it."""
    small.work()
    twin = spoken(small, "again")
    twin.work()
    question = twin.question("duplicate")
    assert question.body["first"] == small.ref
    assert not [q for q in small.waiting() if q.topic == "duplicate"]
    with pytest.raises(InputError) as caught:
        answer(small.office, twin.ref, Given(question.id, SAME), OFFICER)
    assert caught.value.code == "duplicate.reason"
    given = Given(question.id, SAME, {"reason": "She rang to ask whether the letter came."})
    answer(small.office, twin.ref, given, OFFICER)
    twin.work()
    case = small.office.case(twin.ref)
    assert case.closed is not None and case.closed.outcome == "duplicate"
    assert [link.other for link in small.office.case(small.ref).linked] == [twin.ref]


def test_what_came_first_bears_no_question_though_it_was_entered_last(small: Small):
    """Received the day before and opened later: the one that stands open already is asked about."""
    day = RECEIVED - dt.timedelta(days=1)
    receipt = Receipt(Right.ACCESS, "phone", day, "Front desk", False, run="earlier")
    earlier = Small(small.office, receive(small.office, receipt, OFFICER.actor), small.truth)
    small.work()
    earlier.work()
    earlier.answer("people")
    earlier.work()
    assert small.question("duplicate").body["first"] == earlier.ref
    assert not [q for q in earlier.waiting() if q.topic == "duplicate"]
    given = Given(f"duplicate/{earlier.ref}", ANOTHER, {"reason": "It asks for the school file."})
    answer(small.office, small.ref, given, OFFICER)
    small.work()
    assert small.office.case(small.ref).triage is None


def _people(**changes: object) -> RequestPeople:
    entered = {
        "subject": {
            "names": [{"forenames": "Zoë Ann", "surname": "O'Brien"}],
            "date_of_birth": "1990-02-03",
        },
        "recipient": {"name": "Zoe O'Brien"},
    }
    return RequestPeople.model_validate({**entered, **changes})


def _subject(forenames: str, surname: str, born: str | None) -> dict[str, object]:
    names = [{"forenames": "Kim", "surname": "Else"}, {"forenames": forenames, "surname": surname}]
    return {"names": names, "date_of_birth": born}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"subject": _subject("ZOE ANN", "o brien", "1990-02-03")}, False),
        ({"subject": _subject("Zoe Ann", "O'BRIEN", "1990-02-03")}, True),
        ({"subject": _subject("Zoe Ann", "O'Brien", "1990-03-02")}, False),
        ({"subject": _subject("Zoe Ann", "O'Brien", None)}, False),
        ({"subject": _subject("Zoe", "O'Brien", "1990-02-03")}, False),
        ({"requester": "parent", "requester_name": "Ann O'Brien"}, False),
    ],
)
def test_the_same_person_is_known_by_a_name_and_the_birth_date(
    changes: dict[str, object], same: bool
):
    """Accents and capitals aside; who asks must be the same, and a birth date must be known."""
    assert is_same(_people(), _people(**changes)) is same
    assert is_same(_people(**changes), _people()) is same


def test_a_merge_that_was_wrong_is_taken_back(small: Small):
    """Reopened, the request has its acknowledgement and goes its own way again."""
    twin = spoken(small, "again")
    merge(small.office, twin.ref, small.ref, "The same words.", OFFICER)
    twin.work()
    reopen(small.office, twin.ref, "It was about the other child.", OFFICER)
    twin.work()
    case = small.office.case(twin.ref)
    assert case.triage is None and case.closed is None
    assert "acknowledgement" in case.letters and case.searched_seq


def _itself(small: Small, twin: Small) -> CaseRef:
    return twin.ref


def _the_first(small: Small, twin: Small) -> CaseRef:
    return small.ref


def _another_right(small: Small, twin: Small) -> CaseRef:
    return spoken(small, "erase", Right.ERASURE).ref


@pytest.mark.parametrize(
    ("into", "why", "code"),
    [
        (_itself, "same", "duplicate.itself"),
        (_another_right, "same", "duplicate.other"),
        (_the_first, " ", "duplicate.reason"),
    ],
)
def test_what_is_not_the_same_is_not_merged(
    small: Small, into: Callable[[Small, Small], CaseRef], why: str, code: str
):
    """Itself, another right, or nothing that says how it is known: nothing is recorded."""
    twin = spoken(small, "again")
    other = into(small, twin)
    before = events_of(small.office, twin.ref)
    with pytest.raises((InputError, RefusedError)) as caught:
        merge(small.office, twin.ref, other, why, OFFICER)
    assert caught.value.code == code
    assert events_of(small.office, twin.ref) == before
