"""The road of a case at the desk, form by form."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from casework.bundle import load_bundle
from casework.collect import wanted_documents
from casework.judged import ALL, NO, NOT_ALL, TOPIC, YES
from casework.questions import Ask, ask
from casework.review import cast_of
from casework.search import GO_ON
from casework.work import run_stage
from redaction.formats.pdfium import Pdf
from rights.road import AGAIN, Stage
from rights.sources.limits import weighed
from tests.desk.conftest import Room

WEIGHED = {
    "information": "daily_life",
    "confidence": "none",
    "consent": "not_known",
    "capacity": "able",
    "refusal": "none",
}
RoomAt = Callable[[str], Room]
pytestmark = pytest.mark.xdist_group("desk")


def test_who_is_who_is_entered_beside_the_request(room_at: RoomAt) -> None:
    """The form shows the request, records the three roles and starts the next stage."""
    room = room_at("people")
    officer = room.as_("officer1")
    page = officer.case_page("/people")
    assert "/request/1.png" in page.text
    assert "checked" not in page.text
    picture = officer.case_page("/request/1.png")
    assert picture.content.startswith(b"\x89PNG")
    people = room.truth.people
    name = people["subject"]["names"][0]
    answer = officer.case_post(
        "/people",
        {
            "forenames": [name["forenames"], ""],
            "surname": [name["surname"], ""],
            "name_kind": ["current", "current"],
            "date_of_birth": people["subject"]["date_of_birth"],
            "addresses": "\n".join(people["subject"]["addresses"]),
            "requester": "self",
            "recipient_name": people["recipient"]["name"],
            "recipient_address": "\n".join(people["recipient"]["address"]),
            "channel": "post",
            "asked_for": "Everything",
            "protected_facts": "6 Linden Mews",
        },
    )
    assert answer.status_code == 303
    recorded = room.case.people
    assert recorded is not None
    assert recorded.subject.names[0].surname == name["surname"]
    assert recorded.protected_facts == ("6 Linden Mews",)
    assert room.nudged == [room.ref]


def test_an_incomplete_entry_comes_back_with_what_was_typed(room_at: RoomAt) -> None:
    """Nothing is recorded, the missing entries are named, and nobody types twice."""
    room = room_at("people")
    officer = room.as_("officer1")
    answer = officer.case_post("/people", {"requester_name": "Typed Already"})
    assert answer.status_code == 422
    assert "Typed Already" in answer.text
    assert "who makes the request" in answer.text
    assert room.case.people is None
    assert room.nudged == []


def test_matches_are_shown_with_their_reasons_and_answered(room_at: RoomAt) -> None:
    """Sure ones are confirmed once, doubtful ones singly; waterfalls are drawn in the page."""
    room = room_at("match")
    officer = room.as_("officer1")
    with room.office.working(room.ref, "test") as work:
        joined: dict[str, object] = {
            "source": "case_system",
            "key": "79001",
            "before": ["Said no."],
        }
        body = {"words": "Is it the subject's?", "apart": joined}
        item = Ask("match/case_system/x", TOPIC, "officer", body, (YES, NO))
        ask(work, (item,), stage="second pass", topics=frozenset())
    page = officer.case_page("/matches")
    assert "record 79001" in page.text and "Said no." in page.text
    assert "<svg" in page.text
    assert "checked" not in page.text
    questions = [q for q in room.case.open_questions if q.topic == "match"]
    chosen = {f"answer:{q.id}": q.options[0] if "candidates" in q.body else "no" for q in questions}
    assert officer.case_post("/matches", dict(chosen)).status_code == 303
    assert not [q for q in room.case.open_questions if q.topic == "match"]
    again = officer.case_page("/matches")
    assert "Correct this answer" in again.text


def test_what_is_weighed_before_a_search_stops_short_is_shown(room_at: RoomAt) -> None:
    """Beside the reason for going on without a place, the law's words for what is weighed."""
    room = room_at("match")
    with room.office.working(room.ref, "test") as work:
        body = {"words": "It did not answer.", "source": "case_system", "code": "", "note": ""}
        item = Ask("source/x", "source", "officer", body, (AGAIN, GO_ON))
        ask(work, (item,), stage="collect", topics=frozenset())
    page = room.as_("officer1").case_page("/questions/source/x").text
    for words in weighed(room.office.law, room.office.today()):
        assert words in page


def test_a_judgement_is_taken_back_and_collecting_follows(room_at: RoomAt) -> None:
    """A confirmed record is said to be somebody else's: its documents leave the case, and come
    back when that is corrected in turn; both answers stay in the journal."""
    room = room_at("cast")
    officer = room.as_("officer1")
    bundle = next(q for q in room.case.answered("match") if "candidates" in q.body)
    record = next(c for c in bundle.body["candidates"] if c["source"] == "case_system")

    def sources() -> set[str]:
        work = room.office.reading(room.ref)
        return {work.case.documents[d].source for d in wanted_documents(work)}

    def correct(**given: str) -> None:
        told = {"reason": "Looked at again.", **given}
        assert officer.case_post(f"/questions/{bundle.id}", dict(told)).status_code == 303
        run_stage(room.office, room.ref, Stage.COLLECT, "test")

    assert "case_system" in sources()
    correct(value=NOT_ALL, **{f"not:{bundle.id}": f"case_system|{record['key']}"})
    assert "case_system" not in sources()
    correct(value=ALL)
    assert "case_system" in sources()
    rows = [r.event for r in room.office.store.read(room.ref)]
    answers = [e for e in rows if e.kind == "question_answered" and e.question == bundle.id]
    assert [e.answer for e in answers] == [ALL, NOT_ALL, ALL]


def test_a_message_can_be_read_before_it_is_judged(room_at: RoomAt) -> None:
    """What a search by words found is shown as text, under a link that names nobody."""
    room = room_at("match")
    officer = room.as_("officer1")
    links = re.findall(r'href="(/cases/[^"]*/messages/[^"]+)"', officer.case_page("/matches").text)
    assert links
    page = officer.get(links[0])
    assert page.status_code == 200
    assert "good spirits" in page.text


def test_one_decision_for_a_person_and_kind_of_fact(room_at: RoomAt) -> None:
    """Nothing is preselected; what was chosen is recorded and can be corrected."""
    room = room_at("cast")
    officer = room.as_("officer1")
    assert "checked" not in officer.case_page("/cast").text
    question = next(q for q in room.case.open_questions if q.topic == "cast")
    chosen = {f"answer:{question.id}": "withhold"}
    assert "lacks" in officer.case_post("/cast", dict(chosen)).text
    weighed = {f"weigh:{question.body['ref']}:{code}": answer for code, answer in WEIGHED.items()}
    assert officer.case_post("/cast", {**chosen, **weighed}).status_code == 303
    assert room.case.questions[question.id].answer is not None
    page = officer.case_page(f"/questions/{question.id}")
    assert "Correct the answer" in page.text
    assert "checked" not in page.text
    corrected = officer.case_post(
        f"/questions/{question.id}", {"value": "disclose", "reason": "they agreed in writing"}
    )
    answer = room.case.questions[question.id].answer
    assert corrected.status_code == 303 or "cannot be disclosed" in corrected.text
    assert answer is not None
    assert answer.login == "officer1"


def test_professionals_are_shown_by_one_button_that_lists_them(room_at: RoomAt) -> None:
    """Exactly the listed names are recorded; a list that has changed is refused."""
    room = room_at("cast")
    officer = room.as_("officer1")
    panel = officer.case_page("/cast").text.split("Officials to be weighed")[0]
    listed = re.findall(r'name="listed" value="([^"]+)"', panel)
    assert listed
    assert all(q.endswith("/name") for q in listed)
    stale = officer.case_post("/cast/professionals", {"listed": listed[:-1]})
    assert stale.status_code == 422
    assert not room.case.answered("cast")
    assert officer.case_post("/cast/professionals", {"listed": listed}).status_code == 303
    assert {q.id for q in room.case.answered("cast")} == set(listed)
    roles = {q.body["role"] for q in room.case.answered("cast")}
    assert roles <= {"social_worker", "health", "education", "police", "other_professional"}


def test_a_protected_address_cannot_be_shown(room_at: RoomAt) -> None:
    """The gate of casework stands at the desk: the sentence and the next step, and no record."""
    room = room_at("cast")
    officer = room.as_("officer1")
    protected = next(
        q
        for q in room.case.open_questions
        if q.topic == "cast" and q.body["protected"] and q.body["kind"] == "contact"
    )
    answer = officer.case_post(
        "/cast", {f"answer:{protected.id}": "disclose", f"reason:{protected.id}": "because"}
    )
    assert answer.status_code == 403
    assert "safety flag" in answer.text
    assert room.case.questions[protected.id].answer is None


def test_every_question_has_a_page_and_an_answer_to_give(room_at: RoomAt) -> None:
    """Whatever a stage asks can be read and answered; none has a choice made already."""
    room = room_at("cast")
    officer = room.as_("officer1")
    for question in room.case.open_questions:
        page = officer.case_page(f"/questions/{question.id}")
        assert page.status_code == 200, question.id
        assert 'type="radio"' in page.text
        assert "checked" not in page.text


def test_a_passage_is_answered_with_its_reason(room_at: RoomAt) -> None:
    """A refused answer keeps what was typed; the complete one is recorded by the right role."""
    room = room_at("cast")
    question = next(
        q for q in room.case.open_questions if q.topic == "passage" and "as marked" in q.options
    )
    login = {"officer": "officer1"}.get(question.role, question.role)
    officer = room.as_(login)
    bare = officer.case_post(f"/questions/{question.id}", {"value": "withhold"})
    assert bare.status_code == 422
    assert "Nothing was recorded" in bare.text
    marks = {f"mark:{p['id']}": "withhold" for p in question.body["passages"]}
    given = {"value": "as marked", "reason": "somebody else's story", **marks}
    colleague = room.as_("officer1" if login != "officer1" else "manager")
    by_other = colleague.case_post(f"/questions/{question.id}", dict(given))
    assert by_other.status_code == 403
    assert officer.case_post(f"/questions/{question.id}", dict(given)).status_code == 303
    assert room.case.questions[question.id].answer is not None


def test_a_page_is_marked_and_the_mark_taken_back(room_at: RoomAt) -> None:
    """Words, boxes and single mentions are marked by forms alone, without any script."""
    room = room_at("cast")
    officer = room.as_("officer1")
    listing = officer.case_page("/pages")
    links = re.findall(r'href="/cases/[^/]+(/pages/d[0-9a-f]+/1)"', listing.text)
    where = next(x for x in links if "Marnie" in officer.case_page(x).text)
    assert officer.case_page(f"{where}/picture.png").content.startswith(b"\x89PNG")
    assert officer.case_page(f"{where}/preview.png").content.startswith(b"\x89PNG")
    assert "As the requester" in officer.case_page(where).text
    marked = officer.case_post(f"{where}/mark", {"words": "Marnie", "outcome": "redact"})
    assert marked.status_code == 303
    box = {"left": "10", "top": "10", "right": "60", "bottom": "40"}
    assert officer.case_post(f"{where}/box", dict(box)).status_code == 303
    assert officer.case_post(f"{where}/read", {}).status_code == 303
    page = officer.case_page(where)
    assert "Marked by reviewers" in page.text
    assert "read by a person" in page.text
    before = len(room.case.passages)
    decisions = re.findall(r'name="decision" value="(mark/\d+)"', page.text)
    assert len(decisions) == before
    assert officer.case_post(f"{where}/take-back", {"decision": decisions[0]}).status_code == 303
    page = officer.case_page(where)
    assert decisions[0] not in page.text
    assert room.nudged.count(room.ref) == 4


def test_the_pack_is_approved_by_another_login_that_quotes_its_words(room_at: RoomAt) -> None:
    """The decider is refused, wrong words are refused, the right ones approve this very pack."""
    room = room_at("approve")
    question = next(q for q in room.case.open_questions if q.topic == "approve")
    sealed = room.case.seal
    assert sealed is not None
    words = sealed.event.code
    with Pdf(room.small.pack()) as pdf:
        *_, last = ("".join(g.text for g in p.glyphs()) for p in pdf.pages() if p)
    assert words in " ".join(last.split())
    other = room.as_("officer2" if "officer2" not in room.case.deciders else "dpo")
    page = other.case_page("/approve")
    assert words not in page.text
    pack = other.case_page("/pack.pdf")
    assert pack.content == room.small.pack()
    assert f"{room.ref}-pack.pdf" in pack.headers["content-disposition"]
    wrong = other.case_post(
        "/approve", {"question": question.id, "value": "approve", "code": "one two three four"}
    )
    assert wrong.status_code == 403
    decider = room.as_(next(iter(room.case.deciders & {"officer1", "officer2"})))
    own = decider.case_post(
        "/approve", {"question": question.id, "value": "approve", "code": words}
    )
    assert own.status_code == 403
    assert room.case.seal is not None
    assert not room.case.seal.approved_by
    done = other.case_post("/approve", {"question": question.id, "value": "approve", "code": words})
    assert done.status_code == 303
    assert room.case.seal is not None
    assert room.case.seal.approved_by == other.get("/").text.split("<span>")[1].split(" ")[0]


def test_a_pack_sent_back_says_why(room_at: RoomAt) -> None:
    """Sending back without a reason is refused; with one it becomes a question to the officers."""
    room = room_at("approve")
    question = next(q for q in room.case.open_questions if q.topic == "approve")
    other = room.as_("officer2" if "officer2" not in room.case.deciders else "dpo")
    form = {"question": question.id, "value": "send back"}
    assert other.case_post("/approve", dict(form)).status_code == 422
    assert other.case_post("/approve", {**form, "reason": "page 2"}).status_code == 303
    rework = next(q for q in room.case.open_questions if q.topic == "rework")
    assert "page 2" in room.as_("officer1").case_page(f"/questions/{rework.id}").text


def test_the_case_page_tells_the_whole_story(room_at: RoomAt) -> None:
    """Timeline, clock with its working, sources, letters and answers stand on one page."""
    room = room_at("approve")
    page = room.as_("officer1").case_page()
    for words in (
        "How the time is counted",
        "Sources searched",
        "Acknowledgement (PDF)",
        "Response pack (PDF)",
        "Correct this answer",
        "What happened",
        "Request received and case opened",
    ):
        assert words in page.text
    letter = room.as_("officer1").case_page("/letters/acknowledgement")
    assert letter.content.startswith(b"%PDF")


def test_cast_is_complete(room_at: RoomAt) -> None:
    """Everyone who is asked about has a section with every kind of fact."""
    room = room_at("cast")
    page = room.as_("officer1").case_page("/cast").text
    cast = cast_of(room.case, load_bundle(room.office.reading(room.ref)).people)
    for line in cast:
        assert f'id="{line.person.ref}"' in page
        for fact in line.facts:
            assert f'name="answer:{fact.question.id}"' in page
