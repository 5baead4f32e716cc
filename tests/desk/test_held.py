"""Whole documents are held back at the desk, and the DPO answers about silence."""

from __future__ import annotations

from collections.abc import Callable

from rights.silence import ALLOW
from rights.withheld import held_back
from tests.desk.conftest import Room

WORDS: dict[str, object] = {
    "code": "CRIME",
    "reason": "The police wrote that their enquiry is live.",
    "mode": "C",
    "why_silent": "That there is an enquiry would warn those who are watched.",
    "record:extent": "All of it is about the enquiry.",
    "record:view_of": "DS Hartley",
    "record:view_dated": "2026-11-20",
    "record:review": "2027-02-01",
}


def test_documents_are_held_back_in_one_form_and_the_dpo_decides(
    room_at: Callable[[str], Room],
) -> None:
    """The form asks for what the ground needs; the DPO's question shows the reasons."""
    room = room_at("cast")
    officer = room.as_("officer1")
    assert "Choose this ground" in officer.case_page("/held").text
    page = officer.case_page("/held?code=CRIME").text
    assert "Whose written view was taken" in page
    document = next(iter(room.case.read))
    lacking = officer.case_post("/held", {**WORDS, "document": [document], "why_silent": ""})
    assert lacking.status_code == 422
    assert "may not even learn" in lacking.text
    assert not held_back(room.case)
    done = officer.case_post("/held", {**WORDS, "document": [document]})
    assert done.status_code == 303
    assert document in held_back(room.case)
    (asked,) = [q for q in room.case.open_questions if q.topic == "mode"]
    dpo = room.as_("dpo")
    assert str(WORDS["why_silent"]) in dpo.case_page(f"/questions/{asked.id}").text
    assert dpo.case_post(f"/questions/{asked.id}", {"value": ALLOW}).status_code == 303
    assert "without any trace" in officer.case_page("/held").text
    back: dict[str, object] = {"document": document, "reason": "The enquiry ended."}
    assert officer.case_post("/held/back", back).status_code == 303
    assert not held_back(room.case)
