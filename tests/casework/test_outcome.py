"""How a request ends: proposed, decided by whoever may, told in a letter, and recorded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from casework.clock import clock_of
from casework.outcome import AGREE, NOT_AGREE, facts_of, propose_outcome, refusal_letter
from casework.questions import Given, SignedIn, answer
from casework.receive import Receipt, receive
from casework.record import record_arrival
from letters.refusal import RefusedFor
from rights.case import Question
from rights.clock import ClockState
from rights.errors import InputError, RefusedError
from rights.events import Actor, Attested
from rights.release import CaseRef, Right
from rights.road import Stage
from tests.letters.reading import flat_text
from tests.small_council import SmallTruth
from tests.small_office import RECEIVED, STAFF, Small, open_small, receive_letter

FORM = Actor(login="prefect", attested=Attested.PREFECT)
OFFICER, MANAGER, DPO = STAFF["officer1"], STAFF["manager"], STAFF["dpo"]
UNFOUNDED: dict[str, Any] = {
    "reason": "She offered twice to withdraw for money.",
    "ground": "unfounded",
    "reasons": ["no real wish"],
    "facts": "On 21 November 2026 you wrote that you would withdraw for £2,000.",
    "next_steps": "If you would like your records after all, tell us.",
}
EXEMPT: dict[str, Any] = {"reason": "The police asked us.", "code": "CRIME", "mode": "B"}


@pytest.fixture(scope="module")
def logged(
    small_council: tuple[Path, SmallTruth], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, CaseRef]:
    """A case of which no more is known than who is who."""
    council, truth = small_council
    home = tmp_path_factory.mktemp("logged")
    office = open_small(home, council)
    small = Small(office, receive_letter(office, truth), truth)
    small.work()
    small.answer("people")
    office.store.close()
    return home, small.ref


@pytest.fixture
def small(
    logged: tuple[Path, CaseRef], small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> Small:
    """A fresh copy of that case."""
    home, ref = logged
    council, truth = small_council
    shutil.copytree(home, tmp_path / "home")
    return Small(open_small(tmp_path / "home", council), ref, truth)


def propose(small: Small, wish: str, details: dict[str, Any]) -> Question:
    case = propose_outcome(small.office, small.ref, wish, details, OFFICER)
    return next(q for q in case.open_questions if q.topic == "outcome")


def decide(small: Small, question: Question, who: SignedIn, value: str = AGREE) -> None:
    answer(small.office, small.ref, Given(question.id, value, {"reason": "as proposed"}), who)


def to_the_end(small: Small) -> None:
    small.until()
    assert small.office.case(small.ref).closed is not None


def outbox_letter(small: Small) -> str:
    sealed = small.office.case(small.ref).seal
    assert sealed is not None
    return flat_text(small.office.store.get_file(small.ref, sealed.event.letter_file))


def test_a_refused_request_ends_in_a_letter_with_reasons_and_every_route(small: Small) -> None:
    """Nothing is searched; the letter gives limb, facts and the ways to complain of its day."""
    decide(small, propose(small, "refused", UNFOUNDED), MANAGER)
    to_the_end(small)
    case = small.office.case(small.ref)
    assert case.closed is not None and case.closed.outcome == "refused"
    assert not case.sources and not case.documents
    letter = outbox_letter(small)
    assert "21 November 2026" in letter and "£2,000" in letter
    assert "Article 12(5)" in letter or "Art 12(5)" in letter
    for words in ("complain to the council", "Information Commissioner", "court"):
        assert words in letter
    decided = case.decision("outcome")
    assert decided is not None
    assert decided.event.actor.login == "manager"
    assert set(decided.event.rules) == {"right.access", "refusal.unfounded"}
    assert decided.event.law_version == small.office.law.version_of(decided.event.rules)
    assert facts_of(decided)["reasons"] == ["no real wish"]


@pytest.mark.parametrize(
    ("wish", "details", "code"),
    [
        ("refused", {**UNFOUNDED, "reasons": ["large volume"]}, "refusal.not_enough"),
        ("refused", {**UNFOUNDED, "reasons": ["rude words", "lawsuit"]}, "refusal.not_enough"),
        ("refused", {**UNFOUNDED, "reasons": []}, "refusal.reason"),
        ("refused", {**UNFOUNDED, "facts": " "}, "refusal.proof"),
        ("refused", {**UNFOUNDED, "ground": "tiresome"}, "refusal.unknown"),
        ("fee", {**UNFOUNDED, "ground": "child", "pence": "100", "basis": "x"}, "refusal.no_fee"),
        ("exempt entirely", {**EXEMPT, "mode": "C"}, "outcome.silent"),
        ("exempt entirely", {**EXEMPT, "code": "LEGAL-DISC"}, "exemption.misuse"),
        ("exempt entirely", {**EXEMPT, "code": "ABUSE"}, "exemption.own_request"),
    ],
)
def test_what_the_law_does_not_carry_is_refused(
    small: Small, wish: str, details: dict[str, Any], code: str
) -> None:
    """Rude words, volume or a lawsuit alone, no facts, no ground, a silent refusal: none of it."""
    before = small.office.case(small.ref).seq
    with pytest.raises(RefusedError) as caught:
        propose(small, wish, details)
    assert caught.value.code == code
    assert small.office.case(small.ref).seq == before


@pytest.mark.parametrize(
    ("wish", "details", "code"),
    [
        ("refused", {**UNFOUNDED, "reason": ""}, "outcome.reason"),
        ("ignored", UNFOUNDED, "outcome.wish"),
        ("fee", {**UNFOUNDED, "pence": "-5", "basis": "x"}, "fee.entries"),
        ("fee", {**UNFOUNDED, "pence": "500", "basis": ""}, "fee.entries"),
    ],
)
def test_what_is_missing_is_named(
    small: Small, wish: str, details: dict[str, Any], code: str
) -> None:
    """An entry that is not there is asked for; nothing is recorded."""
    with pytest.raises(InputError) as caught:
        propose(small, wish, details)
    assert caught.value.code == code


def test_an_officer_does_not_decide_and_a_manager_does_not_propose(small: Small) -> None:
    """Two people: one who proposes and one with the role to decide; one proposal at a time."""
    with pytest.raises(RefusedError):
        propose_outcome(small.office, small.ref, "refused", UNFOUNDED, MANAGER)
    question = propose(small, "refused", UNFOUNDED)
    with pytest.raises(RefusedError):
        decide(small, question, OFFICER)
    with pytest.raises(RefusedError) as caught:
        propose(small, "exempt entirely", EXEMPT)
    assert caught.value.code == "outcome.waiting"
    decide(small, question, MANAGER, NOT_AGREE)
    assert small.office.case(small.ref).decision("outcome") is None


def test_only_the_dpo_lets_an_answer_neither_confirm_nor_deny(small: Small) -> None:
    """It is put to the DPO, and the letter tells no reason and names every way to complain."""
    question = propose(small, "neither confirm nor deny", {"reason": "To say so would tell him."})
    assert question.role == "dpo"
    with pytest.raises(RefusedError):
        decide(small, question, MANAGER)
    decide(small, question, DPO)
    letter = refusal_letter(small.office.reading(small.ref), small.office.today())
    assert letter.told is RefusedFor.NEITHER
    assert not letter.reason and not letter.facts and not letter.citation
    assert len(letter.routes) == len(small.office.law.complaint_routes(small.office.today()))


@pytest.mark.parametrize(("mode", "told"), [("A", RefusedFor.REASON), ("B", RefusedFor.GENERAL)])
def test_an_exempt_request_is_told_as_its_mode_says(
    small: Small, mode: str, told: RefusedFor
) -> None:
    """Mode A names the rule and the reason, mode B no more than that the law allows it."""
    decide(small, propose(small, "exempt entirely", {**EXEMPT, "mode": mode}), MANAGER)
    letter = refusal_letter(small.office.reading(small.ref), small.office.today())
    assert letter.told is told
    assert bool(letter.citation) == (mode == "A")
    assert "CRIME" not in str(letter)


def test_a_fee_stops_the_time_until_it_is_paid(small: Small) -> None:
    """A notice with the sum, its reasons and basis; the month runs from the day of payment."""
    details = {**UNFOUNDED, "ground": "excessive", "reasons": ["repeats"]}
    fee = {**details, "pence": "1250", "basis": "Copying 125 pages costs us 10 pence a page."}
    decide(small, propose(small, "fee", fee), MANAGER)
    case = small.office.case(small.ref)
    assert clock_of(small.office, case).state is ClockState.AWAITING_FEE
    small.work()
    case = small.office.case(small.ref)
    made = case.letters["fee/1/letter"]
    assert made.template == "fee_notice"
    letter = flat_text(small.office.store.get_file(small.ref, made.file))
    assert "£12.50" in letter and "10 pence a page" in letter and "starts on the day" in letter
    today = small.office.today()
    record_arrival(small.office, small.ref, "the fee", today, FORM)
    clock = clock_of(small.office, small.office.case(small.ref))
    assert (clock.state, clock.relevant_day) == (ClockState.RUNNING, today)
    with pytest.raises(RefusedError) as caught:
        record_arrival(small.office, small.ref, "the fee", today, FORM)
    assert caught.value.code == "record.no_fee"


def test_a_refusal_is_taken_back_by_whoever_decided_it(small: Small) -> None:
    """A corrected answer opens the request again: a new decision that supersedes the old one."""
    question = propose(small, "refused", UNFOUNDED)
    decide(small, question, MANAGER)
    given = Given(question.id, NOT_AGREE, {"reason": "She explained."}, correct=True)
    answer(small.office, small.ref, given, MANAGER)
    case = small.office.case(small.ref)
    decided = case.decision("outcome")
    assert decided is not None
    assert (decided.event.outcome, decided.event.supersedes) == ("open", "outcome/1")
    assert small.work().stage is not Stage.SEAL
    assert small.office.case(small.ref).searched_seq


def test_a_request_that_is_taken_back_closes_without_an_answer(small: Small) -> None:
    """Withdrawn: an officer records it and the case ends."""
    decide(small, propose(small, "withdrawn", {"reason": "She rang and said so."}), OFFICER)
    small.work()
    case = small.office.case(small.ref)
    assert case.closed is not None and case.closed.outcome == "withdrawn"
    assert case.seal is None


def test_nothing_held_is_said_only_after_a_search_that_found_nothing(small: Small) -> None:
    """A proposal before the search cannot be agreed to."""
    question = propose(small, "nothing held", {"reason": "The systems do not know her."})
    with pytest.raises(RefusedError) as caught:
        decide(small, question, MANAGER)
    assert caught.value.code == "outcome.searched"


def test_an_answered_request_ends_as_the_requester_was_told(small: Small) -> None:
    """In part, because something is held back in the open; by the engine, after the last part."""
    to_the_end(small)
    case = small.office.case(small.ref)
    decided = case.decision("outcome")
    assert decided is not None and case.closed is not None
    assert decided.event.outcome == case.closed.outcome == "provided in part"
    assert decided.event.actor.login == "engine"
    assert "exemption.3P" in decided.event.rules
    assert facts_of(decided)["pages_sent"] is True


def test_the_commissioners_address_is_confirmed_before_anything_is_sealed(small: Small) -> None:
    """An unverified address makes a question for the DPO; a reason is needed; it is asked once."""
    decide(small, propose(small, "refused", UNFOUNDED), MANAGER)
    stands = small.work()
    assert [q.topic for q in stands.waiting] == ["regulator"]
    question = stands.waiting[0]
    assert question.role == "dpo"
    with pytest.raises(RefusedError):
        given = Given(question.id, question.options[0], {"reason": "looked it up"})
        answer(small.office, small.ref, given, MANAGER)
    with pytest.raises(InputError):
        answer(small.office, small.ref, Given(question.id, question.options[0]), DPO)
    given = Given(question.id, question.options[0], {"reason": "looked it up"})
    answer(small.office, small.ref, given, DPO)
    small.work()
    case = small.office.case(small.ref)
    assert case.seal is not None
    decided = case.decision("regulator contact")
    assert decided is not None and json.loads(decided.event.facts)["reason"] == "looked it up"


def test_any_right_can_be_refused_as_unfounded_and_only_access_as_exempt(
    small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """Art 12(5) reaches every right; the letter speaks of what was asked for."""
    council, truth = small_council
    office = open_small(tmp_path, council)
    receipt = Receipt(Right.ERASURE, "phone", RECEIVED, "Front desk", False, run="call")
    ref = receive(office, receipt, OFFICER.actor)
    small = Small(office, ref, truth)
    small.work()
    small.answer("people")
    with pytest.raises(InputError) as caught:
        propose(small, "exempt entirely", EXEMPT)
    assert caught.value.code == "outcome.wish"
    decide(small, propose(small, "refused", UNFOUNDED), MANAGER)
    letter = refusal_letter(office.reading(ref), office.today())
    assert letter.asked == "to have your data erased"
    assert letter.told is RefusedFor.REASON and letter.facts
