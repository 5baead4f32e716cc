"""The case page and the page where a request is answered as a whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desk.conftest import Room

RoomAt = Callable[[str], Room]
pytestmark = pytest.mark.xdist_group("desk")
REFUSAL: dict[str, object] = {
    "wish": "refused",
    "reason": "She offered to withdraw for money.",
    "ground": "unfounded",
    "reasons": ["no real wish"],
    "facts": "On 21 November you wrote that you would withdraw for money.",
}


def test_an_officer_proposes_and_a_manager_decides_at_the_desk(room_at: RoomAt) -> None:
    """The proposal is put to the manager with ground and facts, and the decision is on the page."""
    room = room_at("match")
    officer = room.as_("officer1")
    assert "Answer the request as a whole" in officer.case_page("/outcome").text
    assert officer.case_post("/outcome", REFUSAL).status_code == 303
    question = next(q for q in room.case.open_questions if q.topic == "outcome")
    page = room.as_("manager").case_page(f"/questions/{question.id}").text
    assert "She offered to withdraw for money." in page and "unfounded" in page
    given = {"value": "agree", "reason": "Agreed."}
    assert room.as_("manager").case_post(f"/questions/{question.id}", given).status_code == 303
    page = officer.case_page().text
    assert "The request as a whole</span> <strong>refused</strong>" in page
    assert "The request is manifestly unfounded" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reasons": ["large volume"]}, "never enough"),
        ({"facts": ""}, "no facts are given"),
        ({"reason": ""}, "Nothing says why"),
        ({"wish": "fee", "fee": "a lot", "basis": "x"}, "The fee is missing"),
        ({"wish": "exempt entirely", "code": "CRIME", "mode": "C"}, "leaves no trace"),
    ],
)
def test_what_the_law_does_not_allow_is_said_and_what_was_typed_stays(
    room_at: RoomAt, changes: dict[str, object], told: str
) -> None:
    """Nothing is recorded, the reason is shown, and the form keeps its entries."""
    room = room_at("match")
    before = room.case.seq
    answer = room.as_("officer1").case_post("/outcome", {**REFUSAL, **changes})
    assert answer.status_code in (400, 403, 422)
    assert told in answer.text
    assert room.case.seq == before
    if changes.get("facts") is None:
        assert "withdraw for money" in answer.text


def test_a_manager_cannot_propose(room_at: RoomAt) -> None:
    """The form is for officers; a manager sees that, and a sent form is refused."""
    room = room_at("match")
    manager = room.as_("manager")
    assert "Propose it" not in manager.case_page("/outcome").text
    assert manager.case_post("/outcome", REFUSAL).status_code == 403


def test_what_is_ready_is_sent_by_a_button_and_taken_back_with_a_reason(room_at: RoomAt) -> None:
    """While one passage waits the rest can go as a part; until then it can be taken back."""
    room = room_at("cast")
    officer = room.as_("officer1")
    assert "Send what is ready" not in officer.case_page().text
    small = room.small
    kept = next(q.id for q in small.waiting() if q.topic == "passage")
    while others := [q for q in small.work().waiting if q.id != kept]:
        small.rehearsal.answer_waiting(small.ref, others)
    page = officer.case_page().text
    assert "Send what is ready" in page and "1 answer from the manager" in page
    assert officer.case_post("/parts", {"do": "send"}).status_code == 303
    assert room.case.part is not None and not room.case.part.last
    assert room.nudged
    page = officer.case_page().text
    assert "Take part 1 back" in page and "planned" in page
    assert officer.case_post("/parts", {"do": "back", "why": " "}).status_code == 403
    assert officer.case_post("/parts", {"do": "back", "why": "A mistake."}).status_code == 303
    assert room.case.part is None


def test_the_case_page_shows_warnings_and_blocks_with_their_law(room_at: RoomAt) -> None:
    """What is not allowed yet stands on the page with the rule that forbids it."""
    page = room_at("cast").as_("officer1").case_page().text
    assert "What the law does not allow yet" in page
    assert "Sch 3 paras 5(4) and 6(4)" in page
    assert "Nobody has confirmed the Commissioner" in page


def test_the_dpo_confirms_the_commissioners_address_at_the_desk(room_at: RoomAt) -> None:
    """The question shows the address as letters would print it."""
    room = room_at("cast")
    small = room.small
    while others := [q for q in small.work().waiting if q.topic != "regulator"]:
        small.rehearsal.answer_waiting(small.ref, others)
    question = next(q for q in room.case.open_questions if q.topic == "regulator")
    dpo = room.as_("dpo")
    page = dpo.case_page(f"/questions/{question.id}").text
    assert "Wycliffe House" in page and "Last confirmed: never" in page
    given = {"value": "checked and right", "reason": "Looked at ico.org.uk today."}
    assert dpo.case_post(f"/questions/{question.id}", given).status_code == 303
    assert room.case.decision("regulator contact") is not None
