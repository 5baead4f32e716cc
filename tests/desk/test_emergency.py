"""Something has gone wrong, at the desk: reported, seen what left, and let go on by the DPO."""

from __future__ import annotations

from collections.abc import Callable

from rights.emergency import Mishap
from tests.desk.conftest import Room

AWARE: dict[str, object] = {"aware_day": "2026-11-23", "aware_time": "09:47"}
WORDS = "The pack went to 6 Linden Mews."


def test_from_the_report_to_letting_it_go_on(room_at: Callable[[str], Room]) -> None:
    """The sent case is stopped, what left is listed with its proof, and the DPO lets it go on."""
    room = room_at("approve")
    room.small.until()
    assert room.case.closed is not None
    officer, dpo, manager = room.as_("officer1"), room.as_("dpo"), room.as_("manager")
    form: dict[str, object] = {"kind": Mishap.WRONG_RECIPIENT.value, "words": WORDS, **AWARE}
    assert officer.case_post("/emergency", form).status_code == 303
    page = officer.case_page("/emergency").text
    assert "Nothing of this case leaves" in page and WORDS in page
    assert "69 hours left" in page
    people = room.case.people
    assert people is not None
    surname = people.subject.names[0].surname
    left = officer.case_post("/emergency/left", {"also": surname}).text
    assert people.recipient.name in left
    assert "The signed record and these pages belong together" in left
    assert f"<q>{surname}</q>" in left and "looked for" in left
    assert '<strong class="tag late">withheld' not in left
    looked = [a.what for a in room.office.store.accesses(room.ref)]
    assert "what left of the case" in looked
    for path, words in (("safeguarding/1", "time runs as before"), ("emergency/1", "Look at what")):
        assert words in officer.case_page(f"/questions/{path}").text
    told: dict[str, object] = {
        "value": "told, and they act on it",
        "told": "Imogen Thaw, 10:00",
        "reason": "Calls.",
    }
    assert manager.case_post("/questions/safeguarding/1", told).status_code == 303
    go_on: dict[str, object] = {"value": "it may go on", "reason": "It came back unopened."}
    refused = dpo.case_post("/questions/emergency/1", go_on)
    assert refused.status_code == 403 and "not assessed" in refused.text
    assess: dict[str, object] = {"reportable": "no", "reason": "It came back unopened."}
    assert dpo.case_post("/breaches/breach/1", assess).status_code == 303
    assert dpo.case_post("/questions/emergency/1", go_on).status_code == 303
    assert room.case.frozen is None


def test_what_does_not_stand_there_is_not_reported(room_at: Callable[[str], Room]) -> None:
    """A name that no page holds is looked for and not found."""
    room = room_at("approve")
    room.small.until()
    officer = room.as_("officer1")
    left = officer.case_post("/emergency/left", {"also": "Nobody Whatever"}).text
    assert "Nobody Whatever" not in left.split('id="report"')[0].partition("</form>")[2]


def test_a_report_without_a_time_is_answered_in_words(room_at: Callable[[str], Room]) -> None:
    """Nothing is recorded, and the page says what is missing."""
    room = room_at("people")
    before = room.case.seq
    answer = room.as_("officer1").case_post("/emergency", {"kind": "lost parcel"})
    assert answer.status_code == 422 and "A day or a time is missing" in answer.text
    assert room.case.seq == before
