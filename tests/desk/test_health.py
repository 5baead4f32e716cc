"""The page of the subject's own health data, with real requests."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from casework.opinions import open_questions
from rights.contact import PLAIN
from rights.opinions import Lock, state_of
from rights.road import Stage
from tests.desk.conftest import Browser, Room

RoomAt = Callable[[str], Room]
pytestmark = pytest.mark.xdist_group("desk")
ASKED = {
    "name": "Dr L Fen",
    "qualification": "Consultant community paediatrician",
    "address": "Child Health Clinic\n2 Saltmarsh Road",
}
KNOWN = {"whose": "subject", "how": "was present at the review", "known_on": "2012-06-01"}
CAME = {"name": "Dr L Fen", "qualification": "Consultant", "dated": "2026-11-23"}


def items_on(browser: Browser) -> list[str]:
    """The items on the page, in their order."""
    return re.findall(r'name="item" value="([^"]+)"', browser.case_page("/health").text)


def lock(room: Room, item: str) -> Lock:
    """Where an item stands today."""
    return state_of(room.case, item, room.office.today(), room.office.law).lock


def test_every_item_is_listed_numbered_and_none_is_ticked(room_at: RoomAt) -> None:
    """The page shows each passage with its words; the question leads here."""
    room = room_at("cast")
    officer = room.as_("officer1")
    page = officer.case_page("/health")
    items = [i for q in open_questions(room.case) for i in q.body["items"]]
    assert items and set(items_on(officer)) == set(items)
    assert " checked" not in page.text
    assert page.text.count("Blocked both ways") == len(items) + 1
    question = open_questions(room.case)[0]
    assert officer.case_page(f"/questions/{question.id}").url.path.endswith("/health")
    assert "/health" in officer.case_page().text


def test_many_are_recorded_as_known_at_once(room_at: RoomAt) -> None:
    """Ticked passages open when the subject knows them, and their questions close by themselves."""
    room = room_at("cast")
    officer = room.as_("officer1")
    items = items_on(officer)
    assert officer.case_post("/health/known", {**KNOWN, "item": items}).status_code == 303
    assert {lock(room, i) for i in items} == {Lock.KNOWN}
    assert open_questions(room.case) == ()
    decided = room.case.decision("health/known")
    assert decided is not None and "health.known" in decided.event.rules
    assert "Was present at the review" in officer.case_page("/health").text
    wrong = officer.case_post("/health/locked", {"item": items[:1], "why": "the wrong line"})
    assert wrong.status_code == 303
    assert lock(room, items[0]) is Lock.BLOCKED
    assert [q.body["items"] for q in open_questions(room.case)] == [[items[0]]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"whose": "other"}, "does not open health data"),
        ({"whose": ""}, "does not open health data"),
        ({"how": ""}, "Nothing says how"),
        ({"known_on": "2027-01-01"}, "lies ahead"),
        ({"known_on": "in June"}, "yyyy-MM-dd"),
        ({"item": []}, "No locked passage was chosen"),
    ],
)
def test_what_opens_nothing_is_refused_and_nobody_types_twice(
    room_at: RoomAt, change: dict[str, object], words: str
) -> None:
    """Somebody else's knowledge, no reason and no passage: nothing is recorded, all is kept."""
    room = room_at("cast")
    officer = room.as_("officer1")
    items = items_on(officer)
    before = room.case.seq
    answer = officer.case_post("/health/known", {**KNOWN, "item": items, **change})
    assert answer.status_code in (403, 422)
    assert words in answer.text
    assert room.case.seq == before
    if "how" not in change:
        assert "was present at the review" in answer.text
    if "item" not in change:
        assert answer.text.count(" checked") >= len(items)


def test_a_schedule_a_letter_and_what_came_back(room_at: RoomAt) -> None:
    """Whole documents are ticked, one professional is asked, and the numbers that return decide."""
    room = room_at("cast")
    officer = room.as_("officer1")
    items = items_on(officer)
    why = room.office.law.words("health.professional", room.office.today())[0]
    asked = officer.case_post("/health/ask", {**ASKED, **PLAIN, "why_them": why, "item": items})
    assert asked.status_code == 303
    assert {lock(room, i) for i in items} == {Lock.BLOCKED}
    assert len(open_questions(room.case)) > 0
    room.small.work()
    assert room.case.letters["opinion/1/letter"].template == "opinion_request"
    letter = officer.case_page("/letters/opinion/1/letter")
    assert letter.content.startswith(b"%PDF")
    page = officer.case_page("/health")
    assert "Schedule 1" in page.text and "awaited" in page.text
    last = len(items)
    assert last > 2
    came = {**CAME, "opinion": "opinion/1", "received_on": "2026-11-23"}
    wrong = officer.case_post("/health/opinions", {**came, "harm": f"{last + 1}", "no_harm": ""})
    assert wrong.status_code == 422
    part = officer.case_post("/health/opinions", {**came, "harm": "1", "no_harm": f"2-{last}"})
    assert part.status_code == 303
    schedule = room.case.opinions["opinion/1"].asked.items
    assert [lock(room, i) for i in schedule] == [Lock.HARM, *[Lock.NO_HARM] * (last - 1)]
    assert open_questions(room.case) == ()
    aside = officer.case_post("/health/aside", {"opinion": "opinion/1", "why": "in hospital again"})
    assert aside.status_code == 303
    assert {lock(room, i) for i in items} == {Lock.BLOCKED}
    assert len(open_questions(room.case)) > 0


def test_only_an_officer_opens_the_lock(room_at: RoomAt) -> None:
    """A manager may look; recording is for officers, and the answer itself is always refused."""
    room = room_at("cast")
    manager, officer = room.as_("manager"), room.as_("officer1")
    items = items_on(manager)
    refused = manager.case_post("/health/known", {**KNOWN, "item": items})
    assert refused.status_code == 403
    question = open_questions(room.case)[0]
    answered = officer.case_post(f"/questions/{question.id}", {"value": "disclose"})
    assert answered.status_code == 403
    assert room.case.questions[question.id].is_open


def test_a_ticked_document_stands_for_its_blocked_passages(room_at: RoomAt) -> None:
    """One tick for a document takes every passage of it that is blocked."""
    room = room_at("cast")
    officer = room.as_("officer1")
    question = open_questions(room.case)[0]
    data: dict[str, object] = {**KNOWN, "document": question.body["document"]}
    assert officer.case_post("/health/known", data).status_code == 303
    assert {lock(room, i) for i in question.body["items"]} == {Lock.KNOWN}
    assert room.case.questions[question.id].withdrawn
    assert question.stage == Stage.PROPOSE
