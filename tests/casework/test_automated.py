"""A decision by machine alone, from the letter to what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from casework.automated.asks import (
    AGREE,
    BARRED,
    LOOK,
    MACHINE,
    NO_SPECIAL,
    NONE,
    NOT_AGREE,
    PERSON,
)
from casework.questions import Given, SignedIn, answer
from casework.receive import Receipt, receive
from rights.case import Case
from rights.errors import InputError, RefusedError
from rights.release import Right
from tests.letters.reading import flat_text
from tests.small_council import SmallTruth
from tests.small_office import RECEIVED, STAFF, Small, events_of, open_small

Council = tuple[Path, SmallTruth]
OFFICER, MANAGER, DPO = STAFF["officer1"], STAFF["manager"], STAFF["dpo"]
MADE: dict[str, Any] = {
    "decision": "the banding of your application for a home",
    "service": "Housing",
    "effect": "It decides how long she waits.",
    "profiling": "yes",
    "explanation": "A program gave points for what you entered.\nYou had 40 points: band C.",
    "wants": LOOK,
}
SAFE: dict[str, Any] = {
    "informed": "no",
    "views": "You told us that your health was left out.",
    "reviewer": "Tom Ashby, housing manager",
    "power": "yes",
}
REASON = {"reason": "The service was asked."}
NEW: dict[str, Any] = {
    "findings": "Your health counts. You are in band B from 1 October.",
    "instruction": "Set the band to B from 1 October 2026.",
}


def ask_about_it(tmp_path: Path, council: Council) -> Small:
    """A request that was received, with who is who and its acknowledgement."""
    folder, truth = council
    office = open_small(tmp_path, folder)
    receipt = Receipt(Right.AUTOMATED_DECISION, "phone", RECEIVED, "Front desk", False, run="adm")
    small = Small(office, receive(office, receipt, OFFICER.actor), truth)
    small.work()
    small.answer("people")
    small.work()
    return small


def say(
    small: Small, what: str, value: str, details: Mapping[str, Any], who: SignedIn = OFFICER
) -> Case:
    """An answer to the question of this name, and whatever follows from it."""
    answer(small.office, small.ref, Given(f"automated/1/{what}", value, details), who)
    small.work()
    return small.office.case(small.ref)


def reviewed(small: Small, allowed: str, value: str, details: Mapping[str, Any]) -> Case:
    say(small, "made", MACHINE, MADE)
    say(small, "allowed", allowed, REASON, DPO)
    say(small, "safeguards", "given", SAFE)
    return say(small, "review", value, details, MANAGER)


def sent_letter(small: Small) -> str:
    small.until()
    case = small.office.case(small.ref)
    assert case.closed is not None and case.seal is not None
    return flat_text(small.office.store.get_file(small.ref, case.seal.event.letter_file))


def test_a_person_took_part(small_council: Council, tmp_path: Path):
    """A manager, and nobody else, agrees that no machine alone decided."""
    small = ask_about_it(tmp_path, small_council)
    say(small, "made", PERSON, {**MADE, "part": "Ms Ashby read it and could give another band."})
    with pytest.raises(RefusedError) as caught:
        say(small, "agreed", AGREE, REASON, OFFICER)
    assert caught.value.code == "question.role"
    case = say(small, "agreed", AGREE, REASON, MANAGER)
    decided = case.decision("outcome")
    assert decided is not None and decided.event.outcome == "not automated"


def test_a_manager_who_does_not_agree_has_it_looked_at(small_council: Council, tmp_path: Path):
    """What a person only signed off counts as made by a machine alone."""
    small = ask_about_it(tmp_path, small_council)
    say(small, "made", NONE, MADE)
    case = say(small, "agreed", NOT_AGREE, REASON, MANAGER)
    assert case.decision("outcome") is None
    assert [q.id for q in case.open_questions if q.topic == "assess"] == ["automated/1/allowed"]


def test_a_new_decision_is_a_task_of_the_service(small_council: Council, tmp_path: Path):
    """The reply waits until somebody says who put it into effect, when, and what shows now."""
    small = ask_about_it(tmp_path, small_council)
    case = reviewed(small, NO_SPECIAL, "changed", NEW)
    (task,) = [q for q in case.open_questions if q.topic == "act"]
    assert task.body["steps"] == ["Set the band to B from 1 October 2026."]
    assert case.seal is None
    before = events_of(small.office, small.ref)
    small.work()
    assert before == events_of(small.office, small.ref)


def test_what_the_service_cannot_do_yet_is_told(small_council: Council, tmp_path: Path):
    """The letter does not say that it is done."""
    small = ask_about_it(tmp_path, small_council)
    case = reviewed(small, NO_SPECIAL, "changed", NEW)
    (task,) = [q for q in case.open_questions if q.topic == "act"]
    cannot = Given(task.id, "it cannot be done", {"reason": "The system is closed until Monday."})
    answer(small.office, small.ref, cannot, OFFICER)
    assert "could not put the new decision into effect straight away" in sent_letter(small)


def test_what_was_barred_cannot_be_upheld(small_council: Council, tmp_path: Path):
    """With special category data and nothing that allows it, a person decides anew (Art 22B)."""
    small = ask_about_it(tmp_path, small_council)
    with pytest.raises(InputError) as caught:
        reviewed(small, BARRED, "upheld", {"findings": "It stays."})
    assert caught.value.code == "question.option"
    case = say(small, "review", "changed", NEW, MANAGER)
    (task,) = [q for q in case.open_questions if q.topic == "act"]
    proof = {"by": "Tom Ashby", "on": "2026-11-23", "proof": "The record shows band B."}
    answer(small.office, small.ref, Given(task.id, "done", proof), OFFICER)
    assert "did not let a machine alone make such a decision" in sent_letter(small)


@pytest.mark.parametrize(
    ("what", "value", "details", "code"),
    [
        ("made", MACHINE, {**MADE, "decision": ""}, "automated.decision"),
        ("made", PERSON, MADE, "automated.part"),
        ("made", MACHINE, {**MADE, "profiling": ""}, "automated.profiling"),
        ("made", MACHINE, {**MADE, "wants": ""}, "automated.wants"),
    ],
)
def test_how_it_came_about_is_told_whole(
    small_council: Council, tmp_path: Path, what: str, value: str, details: Any, code: str
):
    """Without the decision, the part a person took or the profile, nothing is decided."""
    small = ask_about_it(tmp_path, small_council)
    with pytest.raises(InputError) as caught:
        say(small, what, value, details)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"power": "no"}, "automated.power"),
        ({"reviewer": ""}, "automated.reviewer"),
        ({"views": ""}, "automated.views"),
        ({"informed": ""}, "automated.informed"),
    ],
)
def test_the_safeguards_are_there(
    small_council: Council, tmp_path: Path, change: dict[str, str], code: str
):
    """Told, heard, and looked at by a named person who can change it (Art 22C)."""
    small = ask_about_it(tmp_path, small_council)
    say(small, "made", MACHINE, MADE)
    say(small, "allowed", NO_SPECIAL, REASON, DPO)
    with pytest.raises(InputError) as caught:
        say(small, "safeguards", "given", {**SAFE, **change})
    assert caught.value.code == code
