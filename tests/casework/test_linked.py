"""One letter about several people, or for several rights: linked cases, whatever is killed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casework.letter_words import RECEIVED as TIME_RECEIVED
from casework.letter_words import request_change
from casework.office import Office
from casework.questions import Given, answer
from casework.receipts import align_receipts
from casework.work import run_stage
from rights.case import Case
from rights.failpoints import FAILPOINTS
from rights.release import CaseRef, Right
from rights.road import Stage
from tests.casework.asking_for import PARENT, asked, open_matters
from tests.rights.store.build import in_child
from tests.small_council import SmallTruth
from tests.small_office import RECEIVED, STAFF, Small, open_small, receive_letter

Council = tuple[Path, SmallTruth]
TILDA = {
    "subject": {
        "names": [{"forenames": "Tilda", "surname": "Holloway"}],
        "date_of_birth": "2012-04-11",
    },
    "relation": "child",
}
BOTH = {**PARENT, "others": [TILDA], "rights_also": ["rectification", "access"]}
POINTS = sorted(p for p in FAILPOINTS if p.startswith("linked."))


def enter(small: Small, entered: dict[str, Any], *, born: str = "2011-04-11") -> Case:
    """Enter who is who without working on."""
    people = {**small.truth.people, **entered}
    people["subject"] = {**people["subject"], "date_of_birth": born}
    return answer(small.office, small.ref, Given("people", "given", people), STAFF["officer1"])


def test_each_person_and_each_right_has_a_case_of_its_own(
    small_council: Council, tmp_path: Path
) -> None:
    """Same day, same letter, own reference, own key, own questions; both sides say so."""
    with asked(tmp_path, small_council, BOTH, born="2011-04-11") as small:
        office, case = small.office, small.office.case(small.ref)
        assert [link.why for link in case.linked] == [
            "another person in the same letter",
            "another right in the same letter",
        ]
        twin, correction = (office.case(link.other) for link in case.linked)
        assert (twin.right, correction.right) == (Right.ACCESS, Right.RECTIFICATION)
        for other in (twin, correction):
            assert other.opened is not None and case.opened is not None
            assert other.opened.letter_of == case.ref
            assert (other.received_on, other.opened.channel) == (RECEIVED, case.opened.channel)
            assert [link.other for link in other.linked] == [case.ref]
            letter = office.store.get_file(other.ref, other.opened.request_file)
            assert letter == small.truth.letter.read_bytes()
            assert [q.topic for q in other.open_questions] == ["people"]
        entered = twin.open_questions[0].body["prefill"]
        assert entered["subject"]["names"][0]["forenames"] == "Tilda"
        assert (entered["requester"], entered["requester_name"]) == ("parent", "Karen Holloway")
        assert entered["others"] == [] and entered["rights_also"] == []
        _corrected_once_asked_in_each(small, case, (twin.ref, correction.ref))


def _corrected_once_asked_in_each(small: Small, case: Case, others: tuple[CaseRef, ...]) -> None:
    """One letter came on one day: a corrected date is asked about in its other cases, once."""
    office, earlier = small.office, RECEIVED - dt.timedelta(days=1)
    assert align_receipts(office, dry_run=False) == ()
    request_change(office, case.ref, TIME_RECEIVED, earlier)
    _say(office, case.ref, "go on", words="The envelope is stamped.")
    assert len(align_receipts(office, dry_run=True)) == 2
    assert all(not _about_time(office.case(ref)) for ref in others), "only shown"
    assert len(align_receipts(office, dry_run=False)) == 2
    first, second = others
    _say(office, first, "go on", words="The same envelope.")
    assert office.case(first).received_on == earlier
    _say(office, second, "stop")
    assert office.case(second).received_on == RECEIVED
    assert align_receipts(office, dry_run=False) == (), "who said no is not asked again"


def _about_time(case: Case) -> list[str]:
    return [q.id for q in case.open_questions if q.topic == "time"]


def _say(office: Office, ref: CaseRef, value: str, **details: str) -> None:
    (question,) = _about_time(office.case(ref))
    answer(office, ref, Given(question, value, details), STAFF["officer1"])


def test_each_is_asked_by_itself_who_may_ask(small_council: Council, tmp_path: Path) -> None:
    """The twin's case has its own questions, acknowledgement and clock, and opens no more cases."""
    with asked(tmp_path, small_council, BOTH, born="2008-04-11") as small:
        office = small.office
        (twin, _) = (CaseRef(link.other) for link in office.case(small.ref).linked)
        waiting = office.case(twin).open_questions[0]
        given = Given("people", "given", waiting.body["prefill"])
        answer(office, twin, given, STAFF["officer1"])
        Small(office, twin, small.truth).work()
        assert "standing/competence/under-16" in open_matters(small, twin)
        assert "standing/competence/adult" in open_matters(small)
        assert "acknowledgement" in office.case(twin).letters
        assert len(office.store.cases()) == 3


def test_one_subject_in_several_services_stays_one_case(
    small_council: Council, tmp_path: Path
) -> None:
    """A letter that names nobody else opens nothing else."""
    with asked(tmp_path, small_council, {}) as small:
        assert small.office.store.cases() == [small.ref]
        assert small.office.case(small.ref).linked == ()


def test_a_correction_opens_no_second_case(small_council: Council, tmp_path: Path) -> None:
    """Who was entered before keeps the case they have; only who is new gets one."""
    with asked(tmp_path, small_council, {**PARENT, "others": [TILDA]}) as small:
        office, ref = small.office, small.ref
        recorded = office.case(ref).people
        assert recorded is not None
        entered = recorded.model_dump(mode="json")
        entered["others"] = [
            {"subject": {"names": [{"forenames": "Bo", "surname": "New"}]}, "relation": "acts for"},
            *entered["others"],
        ]
        answer(office, ref, Given("people", "given", entered, correct=True), STAFF["officer1"])
        small.work()
        assert len(office.store.cases()) == 3
        (_, newest) = office.case(ref).linked
        prefill = office.case(newest.other).open_questions[0].body["prefill"]
        assert prefill["subject"]["names"][0]["forenames"] == "Bo"
        assert prefill["requester"] == "agent"


@pytest.fixture(scope="module")
def entered_at(
    small_council: Council, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, CaseRef]:
    """An office in which who is who is entered and nothing has been opened yet."""
    home = tmp_path_factory.mktemp("entered") / "home"
    council, truth = small_council
    office = open_small(home, council)
    small = Small(office, receive_letter(office, truth), truth)
    small.work()
    enter(small, BOTH)
    office.store.close()
    return home, small.ref


def _in_office(home: Path, council: Path, work: Callable[[Office], object]) -> None:
    office = open_small(home, council)
    try:
        work(office)
    finally:
        office.store.close()


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize(
    "point",
    [*POINTS, "store.key-made", "store.file-kept", "database.before-commit", "journal.projected"],
)
def test_killed_while_opening_and_run_again(
    small_council: Council, entered_at: tuple[Path, CaseRef], point: str, turn: int, tmp_path: Path
) -> None:
    """Killed at any step, at the first or the second case: two linked cases, each told once."""
    council, truth = small_council
    before, ref = entered_at
    home = tmp_path / "home"
    shutil.copytree(before, home)

    def settle(office: Office) -> None:
        run_stage(office, ref, Stage.STANDING, "worker")

    killed = in_child(lambda: _in_office(home, council, settle), f"{point}:{turn}")
    assert killed == "killed"
    office = open_small(home, council)
    settle(office)
    case = office.case(ref)
    assert len(office.store.cases()) == 3
    assert len({link.other for link in case.linked}) == len(case.linked) == 2
    for link in case.linked:
        other = office.case(link.other)
        assert [mine.other for mine in other.linked] == [ref]
        assert other.opened is not None
        letter = office.store.get_file(other.ref, other.opened.request_file)
        assert letter == truth.letter.read_bytes()
        assert len(other.questions) == 1
    assert office.store.verify().passes
    office.store.close()
