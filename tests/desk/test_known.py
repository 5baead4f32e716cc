"""What the person knows, and who is in a picture, as officers record it at the desk."""

from __future__ import annotations

from collections.abc import Callable

from tests.desk.conftest import Room


def test_what_the_person_knows_is_recorded_from_the_pages_that_show_it(
    room_at: Callable[[str], Room],
) -> None:
    """Of somebody among the people, of a document on its page; a refusal says what is missing."""
    room = room_at("cast")
    officer = room.as_("officer1")
    ref = next(q.body["ref"] for q in room.case.open_questions if q.topic == "cast")
    assert f'name="known:{ref}"' in officer.case_page("/cast").text
    missing = officer.case_post("/known", {"of": ref, f"known:{ref}": "the person signed it"})
    assert missing.status_code == 422 and "what shows it" in missing.text
    done = officer.case_post(
        "/known",
        {"of": ref, f"known:{ref}": "the person signed it", f"known-reason:{ref}": "page 2"},
    )
    assert done.status_code == 303 and f"#{ref}" in done.headers["location"]
    document = next(iter(room.case.read))
    back = f"/cases/{room.ref}/pages/{document}/1"
    fields = {"scope": "document", "of": document, "how": "it was sent to the person"}
    done = officer.case_post("/known", {**fields, "known_reason": "the envelope", "back": back})
    assert done.headers["location"].startswith(back)
    assert "it was sent to the person" in officer.get(back).text
    assert officer.case_post("/known", {**fields, "scope": "house"}).status_code == 422


def test_who_is_in_a_picture_is_ticked(room_at: Callable[[str], Room]) -> None:
    """The page leads to the question, which lists the people; without a tick it is refused."""
    room = room_at("cast")
    officer = room.as_("officer1")
    question = next(q for q in room.case.open_questions if q.body.get("picture"))
    place = f"/pages/{question.body['document']}/{question.body['page']}"
    assert "Say who is in the picture" in officer.case_page(place).text
    form = officer.case_page(f"/questions/{question.id}").text
    assert "Priya Nair" in form and "who is not listed" in form
    seen: dict[str, object] = {"value": "looked at: the people ticked are in it"}
    assert officer.case_post(f"/questions/{question.id}", seen).status_code == 422
    who = next(q.body["ref"] for q in room.case.open_questions if q.topic == "cast")
    done = officer.case_post(f"/questions/{question.id}", {**seen, "people": who})
    assert done.status_code == 303
    assert not room.case.questions[question.id].is_open
    assert "The whole page is withheld" in officer.case_page(place).text
    assert "Can be seen in" in officer.case_page("/cast").text
