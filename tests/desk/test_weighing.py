"""Weighing people at the desk: once for a person, alike for officials, and who has died."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from casework.whose import OPTIONS, THEIRS
from rights.case import Question
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked
from tests.desk.conftest import Room

RoomAt = Callable[[str], Room]
pytestmark = pytest.mark.xdist_group("desk")
OFFICIAL = {
    "information": "official",
    "confidence": "none",
    "consent": "not_official",
    "capacity": "able",
    "refusal": "none",
}


def question_on(room: Room, role: str, kind: str) -> Question:
    """The open question on a person's kind of fact."""
    return room.small.question("cast", role=role, kind=kind)


def test_one_weighing_goes_with_every_kind_of_fact(room_at: RoomAt) -> None:
    """The five chosen once are recorded with both answers, and kept for a correction."""
    room = room_at("cast")
    officer = room.as_("officer1")
    name, contact = (question_on(room, "partner_of_parent", k) for k in ("name", "contact"))
    ref = name.body["ref"]
    form: dict[str, object] = {f"answer:{q.id}": "withhold" for q in (name, contact)}
    bare = officer.case_post("/cast", dict(form))
    assert bare.status_code == 403
    assert "What was done to get consent" in bare.text
    assert not room.case.answered("cast")
    form |= {f"weigh:{ref}:{code}": answer for code, answer in OFFICIAL.items()}
    assert officer.case_post("/cast", form).status_code == 303
    for question in (name, contact):
        answer = room.case.questions[question.id].answer
        assert answer is not None
        assert json.loads(answer.details)["factors"] == OFFICIAL
    assert "Weighed:" in officer.case_page("/cast").text
    again = {"value": "disclose", "reason": "he agreed in writing"}
    assert officer.case_post(f"/questions/{name.id}", dict(again)).status_code == 303
    corrected = room.case.questions[name.id].answer
    assert corrected is not None
    assert json.loads(corrected.details) == {"reason": again["reason"], "factors": OFFICIAL}


def test_officials_are_weighed_alike_by_one_button(room_at: RoomAt) -> None:
    """Exactly the listed names, with all five factors or not at all."""
    room = room_at("cast")
    officer = room.as_("officer1")
    panel = (
        officer.case_page("/cast").text.split("Officials to be weighed")[1].split("</section>")[0]
    )
    listed = re.findall(r'name="listed" value="([^"]+)"', panel)
    assert {room.case.questions[q].body["role"] for q in listed} == {"health", "police"}
    alike = {f"alike:{code}": answer for code, answer in OFFICIAL.items()}
    assert officer.case_post("/cast/officials", {"listed": listed}).status_code == 403
    assert officer.case_post("/cast/officials", {"listed": listed[1:], **alike}).status_code == 422
    assert not room.case.answered("cast")
    assert officer.case_post("/cast/officials", {"listed": listed, **alike}).status_code == 303
    answers = {q.id: q.answer.value for q in room.case.answered("cast") if q.answer}
    assert answers == dict.fromkeys(listed, "disclose")
    assert "Officials to be weighed" not in officer.case_page("/cast").text


def test_who_has_died_is_noted_with_how_it_is_known(room_at: RoomAt) -> None:
    """The note needs its source, stands beside the name, and changes what is asked."""
    room = room_at("cast")
    officer = room.as_("officer1")
    ref = question_on(room, "partner_of_parent", "name").body["ref"]
    form: dict[str, object] = {"person": ref, f"living:{ref}": "died"}
    assert officer.case_post("/cast/living", dict(form)).status_code == 403
    assert officer.case_post("/cast/living", {"person": ref}).status_code == 422
    form[f"how:{ref}"] = "a death certificate on file"
    assert officer.case_post("/cast/living", form).status_code == 303
    page = officer.case_page("/cast").text
    assert ">died</span>" in page
    assert "no longer protected for their own sake" in page
    assert room.case.living[ref].living == "died"


def test_a_passage_asks_for_the_record_of_its_ground(room_at: RoomAt) -> None:
    """The form shows the entries of the ground; what is missing is named and nothing is kept."""
    room = room_at("cast")
    asked = QuestionAsked(
        actor=ENGINE,
        question="passage/test/harm",
        topic="passage",
        stage="propose",
        role="manager",
        text=json.dumps(_harm(room)),
        options=("disclose", "withhold", "as marked"),
    )
    room.office.record(room.case, [asked])
    manager = room.as_("manager")
    where = f"/questions/{asked.question}"
    page = manager.case_page(where).text
    assert "How that would get in the way of social work" in page
    assert "Social work data: child abuse" in page
    form: dict[str, object] = {
        "value": "withhold",
        "reason": "it names who told us",
        "extent": "one sentence",
        "harm": "Distress, upset or embarrassment",
        "prejudice": "nobody would ring us again",
        "review": "2027-11-23",
    }
    distress = manager.case_post(where, dict(form))
    assert distress.status_code == 403
    assert "Distress is not serious harm" in distress.text
    form["harm"] = "Serious harm to somebody's physical health"
    assert manager.case_post(where, {**form, "extent": ""}).status_code == 403
    assert manager.case_post(where, dict(form)).status_code == 303
    decision = room.case.decision(asked.question)
    assert decision is not None
    assert decision.event.rules == ("exemption.SW-HARM", "withholding.record")


def test_whose_health_is_asked_with_the_passage(room_at: RoomAt) -> None:
    """The page of the question shows the passage and the other person, and takes the answer."""
    room = room_at("cast")
    passage = question_on(room, "parent", "health").body["examples"][0]
    mother = question_on(room, "parent", "health").body
    body = {
        "words": "Whose health is this about?",
        "document": passage["document"],
        "others": [{"ref": mother["ref"], "name": mother["person"], "relation": "your mother"}],
        "pairs": [["lock", "other"]],
        "examples": [passage],
    }
    asked = QuestionAsked(
        actor=ENGINE,
        question=f"who/health/{passage['document']}/{mother['ref']}",
        topic="who",
        stage="propose",
        role="officer",
        text=json.dumps(body),
        options=OPTIONS,
    )
    room.office.record(room.case, [asked])
    officer = room.as_("officer1")
    page = officer.case_page(f"/questions/{asked.question}").text
    assert mother["person"] in page
    assert "tablets for depression" in page
    given = officer.case_post(f"/questions/{asked.question}", {"value": THEIRS})
    assert given.status_code == 303
    answer = room.case.questions[asked.question].answer
    assert answer is not None
    assert answer.value == THEIRS


def _harm(room: Room) -> dict[str, object]:
    """A passage under serious harm, at a place that the file has."""
    place = question_on(room, "parent", "name").body["examples"][0]
    passage = {
        **place,
        "id": "q1",
        "reason": "Risk assessment.",
        "kind": "private",
        "treatment": "ask",
        "mode": "B",
        "person": None,
        "class": "social work",
        "flags": ["child abuse"],
    }
    body = {"title": "A note", "document": place["document"], "decider": "social_work_manager"}
    return {**body, "code": "SW-HARM", "passages": [passage]}
