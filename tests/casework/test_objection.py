"""An objection: limited at once, weighed by a manager, stopped or lifted; marketing just stops."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from casework.restriction.standing import standing
from casework.restriction.watch import check_restrictions
from rights.case import Question
from rights.release import Right
from rights.sources.suppression import NOT_WRITTEN_TO, contact_marks
from tests.casework.limiting import Limiting, Reply, again, limiting, numbers, refusal

EMAIL = "marnie@example.org"
SITUATION = "I left care ten years ago and my new employer works with the council."
PUBLIC = "Plan and commission services for the future"
OTHER = "Check and improve how well our services and policies work"
DUTY = "Prepare information for the Family Courts when it is required"


def uses(question: Question, *texts: str) -> str:
    """Numbers of these uses of children's social care in the question's list."""
    listed = next(s for s in question.body["shown"] if s["title"] == "Uses")
    rows = [r for r in listed["rows"] if r[1] == "Children's social care" and r[2] in texts]
    return ", ".join(r[0] for r in rows)


def objects(*texts: str, **more: str) -> Any:
    """What an officer understood: to these uses, about the home visit."""

    def reply(question: Question) -> Reply:
        details = {
            "uses": uses(question, *texts),
            "records": numbers(question, "Home visit"),
            "situation": SITUATION,
        }
        return "this is what is objected to", details | more

    return reply


def weighing(value: str, **more: str) -> Reply:
    """What a manager decided."""
    return value, {"weighed": "The person left long ago; planning needs totals only."} | more


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Limiting:
    """A case that waits for the officer; not to be changed."""
    case = limiting(tmp_path_factory.mktemp("asked"), Right.OBJECTION, {})
    case.walk("assess")
    return case


@pytest.fixture
def case(asked: Limiting, tmp_path: Path) -> Limiting:
    """A copy of it."""
    return again(asked, tmp_path)


def understood(case: Limiting, reply: Any) -> Question | None:
    """The officer answers; the question to the manager that comes of it, if one does."""
    case.replies = {"assess": reply}
    case.give(case.open("assess"))
    case.replies = {}
    case.walk("assess")
    return next((q for q in case.case.open_questions if q.topic == "assess"), None)


def test_the_use_is_limited_before_anything_is_weighed_and_stays_so_when_it_stops(case: Limiting):
    """The mark is set when the officer has answered, and stays with the decision to stop."""
    question = understood(case, objects(PUBLIC))
    assert question is not None and question.role == "manager"
    assert case.stopped() == {"8001": False, "8002": True}
    assert not case.case.acted_seq
    case.replies = {"assess": weighing("it stops")}
    assert case.walk().words == "closed"
    assert case.case.decision("outcome").event.outcome == "stopped"
    said = case.letter_text()
    assert "We have stopped what you objected to" in said and SITUATION in said
    assert any(name.startswith("recipient/") for name in case.asked)
    case.clock.forward(60)
    check_restrictions(case.office, case.office.today(), dry_run=False)
    assert case.stopped()["8002"] and len(standing(case.case)) == 1


def test_some_of_it_stops(case: Limiting):
    """Of two uses one stops; the other goes on for grounds that the letter tells."""
    question = understood(case, objects(PUBLIC, OTHER))
    assert question is not None
    listed = next(s for s in question.body["shown"] if s["title"] == "Uses")["rows"]
    stops = next(row[0] for row in listed if PUBLIC in row[1])
    told = {"stops": stops, "compelling": "Inspectors ask for it."}
    case.replies = {"assess": weighing("some of it stops", **told)}
    assert case.walk().words == "closed"
    assert case.case.decision("outcome").event.outcome == "stopped in part"
    said = case.letter_text()
    stopping = said[said.index("What has stopped") : said.index("What goes on, and why")]
    assert PUBLIC in stopping and OTHER not in stopping
    assert "Inspectors ask for it." in said and case.stopped()["8002"]


def test_a_duty_of_the_law_cannot_be_objected_to(case: Limiting):
    """Nothing is limited, and a manager has no other answer to give than that."""
    question = understood(case, objects(DUTY))
    assert question is not None and question.options == ("it cannot be objected to",)
    assert case.stopped() == {"8001": False, "8002": False}
    assert not case.case.actions


MARKETING = (
    "this is what is objected to",
    {"marketing": "1", "email": EMAIL, "by_hand": "Hub manager Ann Poole, by telephone."},
)


def test_marketing_stops_without_being_weighed(case: Limiting):
    """Nobody is asked to weigh; a mark of the address is kept, and the letter says what is kept."""
    assert understood(case, MARKETING) is None
    assert case.walk().words == "closed"
    outcome = case.case.decision("outcome").event
    assert (outcome.outcome, outcome.rules) == ("stopped", ("right.marketing",))
    store = case.office.store
    marks = contact_marks((EMAIL.upper(),), (), store.mark_key())
    assert store.suppressed.known(marks, purpose=NOT_WRITTEN_TO)
    said = case.letter_text()
    for words in ("We will not send you this any more", "News of the family hub", "your email"):
        assert words in said
    assert EMAIL not in said
    assert not case.case.told


def test_a_system_with_a_list_writes_to_nobody_on_it(case: Limiting):
    """The address is on the system's own list at once, and the mailing that it draws leaves it out,
    however often an import brings it again."""
    olive = "olive.trent@post.example"
    to_send = "SELECT EMAIL FROM TO_SEND"
    assert case.rows(to_send, "hub_mailing") == [(olive,)]
    reply = ("this is what is objected to", {"marketing": "2", "email": olive.upper()})
    assert understood(case, reply) is None
    assert case.rows(to_send, "hub_mailing") == []
    (listed,) = case.rows("SELECT EMAIL, ADDED_FOR FROM DO_NOT_MAIL", "hub_mailing")
    assert listed[0] == olive.upper() and listed[1].startswith(case.ref)
    assert case.walk().words == "closed"
    assert "Emails about activities and events" in case.letter_text()
    with sqlite3.connect(case.council / "systems/hub_mailing.sqlite") as db:
        db.execute("INSERT INTO SUBSCRIBERS (ID, EMAIL) VALUES (9, ?)", (olive,))
    db.close()
    assert case.rows(to_send, "hub_mailing") == []


def test_marketing_stops_at_once_although_the_rest_is_weighed(case: Limiting):
    """The mark is kept when the officer has answered, before the manager has."""
    reply = objects(PUBLIC, marketing="1", email=EMAIL, by_hand="Ann Poole, by telephone.")
    assert understood(case, reply) is not None
    store = case.office.store
    marks = contact_marks((EMAIL,), (), store.mark_key())
    assert store.suppressed.known(marks, purpose=NOT_WRITTEN_TO)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"uses": "none", "marketing": "none"}, "objection.nothing"),
        ({"uses": "1", "records": "1"}, "objection.situation"),
        ({"uses": "x", "situation": "s"}, "assess.numbers"),
        ({"marketing": "1", "by_hand": "Ann"}, "marketing.contact"),
        ({"marketing": "1", "email": EMAIL}, "marketing.by_hand"),
    ],
)
def test_entries_that_do_not_hold_are_refused(case: Limiting, details: Any, code: str):
    """Without uses, a situation, an address or somebody who has stopped it nothing is recorded."""
    case.replies = {"assess": ("this is what is objected to", details)}
    assert refusal(lambda: case.give(case.open("assess"))) == code


def test_the_burden_of_proof_is_the_councils(case: Limiting):
    """Without weighing, or without grounds for the person, no use goes on."""
    understood(case, objects(PUBLIC, OTHER))
    go_on, part = "it goes on: compelling grounds override", "some of it stops"
    for reply, code in (
        ((go_on, {"compelling": "x"}), "objection.weighed"),
        (weighing(go_on), "objection.compelling"),
        (weighing(part, compelling="x", stops="none"), "objection.part"),
        (weighing(part, compelling="x", stops="all"), "objection.part"),
    ):
        case.replies = {"assess": reply}
        assert refusal(lambda: case.give(case.open("assess"))) == code
