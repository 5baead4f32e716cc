"""Who is who with further people, rights and triage; and the questions about who may ask."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.desk.conftest import Room

RoomAt = Callable[[str], Room]
pytestmark = pytest.mark.xdist_group("desk")


def entries(room: Room, **more: object) -> dict[str, object]:
    """What an officer types for a mother who asks for a child."""
    return {
        "forenames": ["Marnie", ""],
        "surname": ["Holloway", ""],
        "name_kind": ["current", "current"],
        "date_of_birth": "2012-11-24",
        "requester": "parent",
        "requester_name": "Karen Holloway",
        "recipient_name": "Karen Holloway",
        "recipient_address": "3 Teasel Way\nGullwick",
        "channel": "post",
        **more,
    }


def test_further_people_and_rights_become_cases_that_are_prefilled(room_at: RoomAt) -> None:
    """Both cases are linked on the case page, and each opens with what the letter said."""
    room = room_at("people")
    officer = room.as_("officer1")
    sent = entries(
        room,
        other_key=["", ""],
        other_forenames=["Tilda", ""],
        other_surname=["Holloway", ""],
        other_born=["2012-11-24", ""],
        other_relation=["child", "child"],
        rights_also=["rectification"],
    )
    assert officer.case_post("/people", sent).status_code == 303
    room.small.work()
    page = officer.case_page().text
    links = [link.other for link in room.case.linked]
    assert len(links) == 2 and all(f'href="/cases/{ref}"' in page for ref in links)
    form = officer.get(f"/cases/{links[0]}/people").text
    assert 'value="Tilda"' in form and 'value="Karen Holloway"' in form
    assert re.search(r'value="parent" required checked', form)
    assert "further person" not in form
    assert room.case.people is not None
    (person,) = room.case.people.others
    assert officer.case_page("/people?correct=1").text.count(f'value="{person.key}"') == 1


def test_a_question_about_who_may_ask_says_why_and_keeps_what_was_typed(room_at: RoomAt) -> None:
    """Who asks for whom, the reason, its citation and the age are shown; fields come back."""
    room = room_at("people")
    officer = room.as_("officer1")
    assert officer.case_post("/people", entries(room)).status_code == 303
    room.small.work()
    path = "/questions/standing/competence/under-16"
    page = officer.case_page(path).text
    assert "Karen Holloway asks for Marnie Holloway, born 24 November 2012" in page
    assert "Aged 13" in page and "Gillick" in page and "checked" not in page
    option = "The child does not yet understand what it means"
    refused = officer.case_post(path, {"value": option, "assessed_by": "Priya Nair"})
    assert refused.status_code == 422
    assert "On what evidence" in refused.text and 'value="Priya Nair"' in refused.text
    choices = re.findall(r"<option>([^<]+)</option>", page)
    assert len(choices) == 3
    said: dict[str, object] = {
        "value": option,
        "assessed_by": "Priya Nair",
        "assessed_on": "2026-11-23",
        "evidence": "She asked what a record is.",
        "conclusion": "Not yet.",
        "views": choices[0],
    }
    assert officer.case_post(path, said).status_code == 303
    made = room.case.decision("standing/competence/under-16")
    assert made is not None and made.event.outcome == "not-competent"
    assert "The child&#39;s interests" in officer.case_page().text
    manager = room.as_("manager").case_page("/questions/standing/interests/under-16").text
    assert manager.count("<textarea") == 7


def test_triage_needs_a_reason_and_then_ends_the_case(room_at: RoomAt) -> None:
    """Without a reason the choice comes back; with it the letter lies on the case page."""
    room = room_at("people")
    officer = room.as_("officer1")
    sent = entries(room, triage="freedom of information")
    refused = officer.case_post("/people", sent)
    assert refused.status_code == 422
    assert re.search(r'value="freedom of information" selected', refused.text)
    sent["triage_reason"] = "It asks what the council spends on roads."
    assert officer.case_post("/people", sent).status_code == 303
    room.small.work()
    assert room.case.closed is not None
    page = officer.case_page().text
    assert "What happens with the letter" in page
    assert officer.case_page("/letters/triage").content.startswith(b"%PDF")
