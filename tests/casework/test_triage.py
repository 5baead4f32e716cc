"""What is no data rights request: told kindly where it goes, and closed as what it is."""

from pathlib import Path
from typing import Any

import pytest

from casework.questions import Given, answer
from rights.errors import InputError
from rights.law import load
from rights.standing import triage_outcomes
from tests.casework.asking_for import asked
from tests.small_council import SmallTruth
from tests.small_office import NOON, RECEIVED, STAFF, Small, open_small, receive_letter

Council = tuple[Path, SmallTruth]
OUTCOMES = triage_outcomes(load(), NOON.date())
ENTERED = [o for o in OUTCOMES if o.writes and o.code != "duplicate"]
"""What an officer may enter; a duplicate names its other case on a page of its own."""


@pytest.mark.parametrize("outcome", ENTERED, ids=lambda o: o.code)
def test_each_outcome_ends_with_a_letter(
    small_council: Council, tmp_path: Path, outcome: Any
) -> None:
    """One letter, no acknowledgement, no search, no hold, and the case closes as what it was."""
    triage = {"triage": {"outcome": outcome.code, "reason": "It asks about road works."}}
    with asked(tmp_path, small_council, triage) as small:
        case = small.office.case(small.ref)
        assert list(case.letters) == ["triage"]
        assert case.letters["triage"].template == "triage_notice"
        assert case.closed is not None and case.closed.outcome == outcome.code
        assert case.open_questions == () and not case.searched_seq
        assert case.triage is not None and case.triage.reason == "It asks about road works."
        assert case.triage.law_version == small.office.law.version


@pytest.mark.parametrize(
    ("triage", "code"),
    [
        ({"outcome": "freedom of information", "reason": " "}, "triage.reason"),
        ({"outcome": "something else", "reason": "Why not"}, "triage.unknown"),
    ],
)
def test_triage_without_a_reason_or_outcome_is_refused(
    small_council: Council, tmp_path: Path, triage: dict[str, str], code: str
) -> None:
    """Nothing is recorded, who is who neither."""
    council, truth = small_council
    office = open_small(tmp_path, council)
    small = Small(office, receive_letter(office, truth), truth)
    small.work()
    with pytest.raises(InputError) as caught:
        given = Given("people", "given", {**truth.people, "triage": triage})
        answer(office, small.ref, given, STAFF["officer1"])
    assert caught.value.code == code
    assert office.case(small.ref).people is None
    office.store.close()


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ({"requester": "agent", "requester_name": ""}, "people.requester_name"),
        ({"requester": "parent", "requester_name": "Karen", "born": None}, "people.child_born"),
        ({"died_on": "2027-01-01"}, "people.future"),
        ({"requester": "uncle", "requester_name": "Bob"}, "people.incomplete"),
    ],
)
def test_entries_that_cannot_be_are_refused(
    small_council: Council, tmp_path: Path, entered: dict[str, Any], code: str
) -> None:
    """What the questions about who may ask rest on has to be there."""
    council, truth = small_council
    office = open_small(tmp_path, council)
    small = Small(office, receive_letter(office, truth), truth)
    small.work()
    people = {**truth.people, **entered}
    people["subject"] = dict(people["subject"])
    if "born" in people:
        people["subject"]["date_of_birth"] = people.pop("born")
    if "died_on" in people:
        people["subject"]["died_on"] = people.pop("died_on")
    with pytest.raises(InputError) as caught:
        answer(office, small.ref, Given("people", "given", people), STAFF["officer1"])
    assert caught.value.code == code
    assert "Bob" not in str(caught.value)
    office.store.close()


def test_a_request_about_data_is_the_usual_case(small_council: Council, tmp_path: Path) -> None:
    """The form's default is no triage: the request is acknowledged and searched for."""
    with asked(tmp_path, small_council, {"triage": {"outcome": "request"}}) as small:
        case = small.office.case(small.ref)
        assert case.triage is None and case.received_on == RECEIVED
        assert "acknowledgement" in case.letters and case.searched_seq
