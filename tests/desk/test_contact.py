"""Writing to others and reading support, at the desk."""

from __future__ import annotations

from collections.abc import Callable

from casework.bundle import load_bundle
from rights.contact import PLAIN, SAFE, SPEAKS_AGAINST
from rights.release import Role
from tests.desk.conftest import Room

LETTER: dict[str, object] = {
    "name": "Mx A Reader",
    "address": "4 Long Row\nSaltmarsh",
    "about": "That you helped.",
}
SUPPORT: dict[str, object] = {
    "known_as": "Sam",
    "format": "large print",
    "helps": ["call before", "in parts"],
    "safe_times": "mornings",
    "avoid_first": ["2026-12-24", ""],
    "avoid_last": ["", ""],
}


def test_somebody_in_the_file_is_asked_and_their_answer_stands_ready(
    room_at: Callable[[str], Room],
) -> None:
    """From the page of the people to the letter, the manager's part, the answer and the factors."""
    room = room_at("cast")
    officer, manager = room.as_("officer1"), room.as_("manager")
    people = load_bundle(room.office.reading(room.ref)).people[1:]
    person = next(p for p in people if not p.protected and p.role is not Role.REFERRER)
    assert f"/contact/{person.ref}" in officer.case_page("/cast").text
    path = f"/contact/{person.ref}"
    assert "Ask them" in officer.case_page(path).text
    form: dict[str, object] = {**LETTER, **PLAIN, "safe": SPEAKS_AGAINST}
    refused = officer.case_post(path, form)
    assert refused.status_code == 403 and "manager has not agreed" in refused.text
    assert "4 Long Row" in refused.text
    agreed: dict[str, object] = {
        "purpose": "consent request",
        "addressee": person.ref,
        "reason": "Met at work.",
    }
    assert officer.case_post("/contact/manager", agreed).status_code == 403
    assert manager.case_post("/contact/manager", agreed).status_code == 303
    assert officer.case_post(path, form).status_code == 303
    room.small.work()
    (question,) = [q for q in room.small.waiting() if q.topic == "agreement"]
    assert "What they were asked" in officer.case_page(f"/questions/{question.id}").text
    given: dict[str, object] = {"value": "refused", "reason": "By letter.", "came_on": "2026-11-23"}
    assert officer.case_post(f"/questions/{question.id}", given).status_code == 303
    assert "Refused" in officer.case_page(path).text
    page = officer.case_page("/cast").text
    start = page.index(f'id="weigh-{person.ref}-consent"')
    assert '<option value="refused" selected>' in page[start : page.index("</select>", start)]
    assert "the manager agrees" in officer.case_page("/contact").text


def test_an_unknown_person_is_answered_in_words(room_at: Callable[[str], Room]) -> None:
    """A number that nobody in the file has leads nowhere."""
    room = room_at("cast")
    officer = room.as_("officer1")
    assert officer.case_page("/contact/P999").status_code == 422
    assert officer.case_post("/contact/P999", {**LETTER, **PLAIN, "safe": SAFE}).status_code == 422


def test_reading_support_is_entered_with_who_is_who(room_at: Callable[[str], Room]) -> None:
    """A single day is a span of one; the form shows what was entered when it is corrected."""
    room = room_at("people")
    officer = room.as_("officer1")
    form: dict[str, object] = {
        "forenames": "Sam",
        "surname": "Reader",
        "name_kind": "current",
        "requester": "self",
        "recipient_name": "Sam Reader",
        "recipient_address": "1 Long Row",
        "channel": "post",
        **SUPPORT,
    }
    assert officer.case_post("/people", form).status_code == 303
    people = room.case.people
    assert people is not None
    assert people.recipient.known_as == "Sam" and people.recipient.format == "large print"
    assert people.support.helps == ("call before", "in parts")
    (days,) = people.support.avoid
    assert days.first == days.last and days.first.isoformat() == "2026-12-24"
    page = officer.case_page("/people?correct=1").text
    assert 'value="2026-12-24"' in page and 'value="mornings"' in page
    wrong: dict[str, object] = {
        **form,
        "correct": "1",
        "avoid_first": ["2026-12-24"],
        "avoid_last": ["2026-12-01"],
    }
    refused = officer.case_post("/people", wrong)
    assert refused.status_code == 422 and "support.avoid" in refused.text
