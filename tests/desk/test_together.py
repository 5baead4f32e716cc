"""Many questions of one topic on one page: one decision for all that it fits."""

from __future__ import annotations

from collections.abc import Callable

from tests.desk.conftest import Room

RoomAt = Callable[[str], Room]


def test_one_call_puts_deletion_on_hold_at_every_source(room_at: RoomAt) -> None:
    """All are ticked and nothing is chosen; whoever said so is needed; each keeps its answer."""
    room = room_at("match")
    officer = room.as_("officer1")
    holds = [q.id for q in room.case.open_questions if q.topic == "hold"]
    assert len(holds) > 1
    assert f"/cases/{room.ref}/together/hold" in officer.case_page().text
    page = officer.case_page("/together/hold").text
    assert page.count('name="of"') == page.count(" checked") == len(holds)
    given: dict[str, object] = {"of": holds, "value": "on hold"}
    refused = officer.case_post("/together/hold", given)
    assert refused.status_code == 422 and "Nothing says who confirmed it" in refused.text
    given |= {"of": holds[1:], "by": "The system owner"}
    assert officer.case_post("/together/hold", given).status_code == 303
    answers = {q: room.case.questions[q].answer for q in holds}
    assert answers[holds[0]] is None and all(answers[q] for q in holds[1:])
    alone = officer.case_post(f"/questions/{holds[0]}", {"value": "on hold", "by": "The owner"})
    assert alone.status_code == 303 and room.case.questions[holds[0]].answer


def test_what_others_must_decide_is_named_and_cannot_be_answered_here(room_at: RoomAt) -> None:
    """A page shows forms for the visitor's own roles; a batch needs one answer that was shown."""
    room = room_at("cast")
    asked = [q for q in room.case.open_questions if q.topic == "passage"]
    theirs = next(q for q in asked if q.role != "officer")
    officer = room.as_("officer1")
    page = officer.case_page("/together/passage").text
    assert f"For the {theirs.role}" in page
    assert f'value="{theirs.id}"' not in page
    batch: dict[str, object] = {"of": [theirs.id], "value": "disclose", "reason": "because"}
    assert officer.case_post("/together/passage", batch).status_code == 403
    assert officer.case_post("/together/passage", {"value": "disclose"}).status_code == 422
    batch["value"] = "as marked"
    assert room.as_(theirs.role).case_post("/together/passage", batch).status_code == 422
    assert room.case.questions[theirs.id].answer is None
    assert officer.case_page("/together/page").status_code == 200
