"""Rows: restriction, objection, marketing and consent."""

from __future__ import annotations

import datetime as dt

from casework.restriction.lifting import propose_lifting
from casework.restriction.standing import standing
from casework.restriction.watch import check_restrictions
from rights.release import Right
from tests.casework.test_consent import BASIS, takes_back
from tests.casework.test_objection import (
    DUTY,
    EMAIL,
    MARKETING,
    OTHER,
    PUBLIC,
    SITUATION,
    objects,
    weighing,
)
from tests.casework.test_restrict import ALL, NOT, some
from tests.small_office import STAFF
from tests.walk.walker import Row, Walker

ROUTES = ("complain to the council", "Information Commissioner", "court")
NO_ROUTES = ROUTES[:2]
FIRST = frozenset({"CASE_NOTES 8001 PROCESSING_STOPPED", "CASE_NOTES 8001 STOPPED_FOR"})
VISIT = frozenset({"CASE_NOTES 8002 PROCESSING_STOPPED", "CASE_NOTES 8002 STOPPED_FOR"})
_R, _O, _C = Right.RESTRICTION, Right.OBJECTION, Right.CONSENT_WITHDRAWAL


def _lifted(case: Walker) -> None:
    """Everything is limited; then the limit on one note ends, after its letter and notice."""
    case.walk()
    key = [s.order.key for s in standing(case.case) if s.order.record == "CASE_NOTES:8002"]
    why = {"keys": key, "why": "We have checked the note.", "named": "The visit of 2012"}
    propose_lifting(case.office, case.ref, why, STAFF["officer1"])
    case.give(case.open("lift/"), ("end the limit after notice", {"reason": "Agreed."}))
    today = case.office.today()
    check_restrictions(case.office, today, dry_run=False)
    sent = {"on": today.isoformat(), "proof": "Post book."}
    case.give(case.open("lift/sent"), ("the letter was sent", sent))
    for days in (13, 1):
        assert "N" not in {r["PROCESSING_STOPPED"] for r in _notes(case)}
        check_restrictions(case.office, case.forward(days), dry_run=False)


def _notes(case: Walker) -> list[dict[str, str | None]]:
    from tests.walk.sources import read_sources

    rows = read_sources(case.council).rows
    return [dict(row) for (table, _, _), row in rows.items() if table == "CASE_NOTES"]


def _used_again(case: Walker) -> None:
    """The reply names the day on which the limit ends; on that day it does, not before."""
    case.walk()
    check_restrictions(case.office, case.forward(13), dry_run=False)
    assert {r["ID"]: r["PROCESSING_STOPPED"] for r in _notes(case)} == {"8001": "N", "8002": "Y"}
    check_restrictions(case.office, case.forward(1), dry_run=False)


RESTRICTION = (
    Row(
        right=_R,
        rule="right.restriction",
        outcome="restricted",
        start="restriction",
        replies={"assess": ALL},
        reply="restriction_letter",
        says=("We have stopped using these records", "such as a child who is not safe"),
        never=NO_ROUTES,
        sources=FIRST | VISIT,
        by_hand=True,
        told="had it",
    ),
    Row(
        right=_R,
        rule="right.restriction",
        outcome="restricted in part",
        start="restriction",
        replies={"assess": some("Home visit"), "*/decide": ("agree", {})},
        reply="restriction_letter",
        says=("You say that nothing else is wrong.", *ROUTES),
        sources=VISIT,
        told="had it",
    ),
    Row(
        right=_R,
        rule="right.restriction",
        outcome="not restricted",
        start="restriction",
        replies={"assess": NOT, "*/decide": ("agree", {})},
        reply="restriction_letter",
        says=("You do not say what is wrong.", "18(1)", *ROUTES),
    ),
    Row(
        right=_R,
        rule="right.restriction",
        outcome="lifted after notice",
        start="restriction",
        replies={"assess": ALL},
        steps=_lifted,
        closes="restricted",
        reply="restriction_letter",
        letters=frozenset({"restriction_lifting"}),
        says=("We have checked the note.", "The visit of 2012", "7 December 2026", *ROUTES),
        sources=FIRST,
        by_hand=True,
        told="had it",
    ),
)
OBJECTION = (
    Row(
        right=_O,
        rule="right.objection",
        outcome="stopped",
        start="objection",
        replies={"assess": objects(PUBLIC), "*/weigh": weighing("it stops")},
        reply="objection_letter",
        says=("We have stopped what you objected to", SITUATION),
        never=NO_ROUTES,
        sources=VISIT,
        told="had it",
    ),
    Row(
        right=_O,
        rule="right.objection",
        outcome="stopped in part",
        start="objection",
        replies={
            "assess": objects(PUBLIC, DUTY),
            "*/weigh": weighing("it stops"),
        },
        reply="objection_letter",
        says=("We have stopped some of what", "The law does not leave us a choice here.", *ROUTES),
        sources=VISIT,
        told="had it",
    ),
    Row(
        right=_O,
        rule="right.objection",
        outcome="continues on compelling grounds",
        start="objection",
        replies={
            "assess": objects(PUBLIC, OTHER),
            "*/weigh": weighing(
                "it goes on: compelling grounds override", compelling="Ofsted asks for totals."
            ),
        },
        steps=_used_again,
        reply="objection_letter",
        says=("We will go on, and this is why", "Ofsted asks for totals.", "7 December", *ROUTES),
    ),
    Row(
        right=_O,
        rule="right.objection",
        outcome="refused",
        start="objection",
        replies={
            "assess": objects(DUTY),
            "*/weigh": weighing("it cannot be objected to"),
        },
        reply="objection_letter",
        says=("You cannot object when a law tells us", "UK GDPR Art 6(1)(c)", *ROUTES),
    ),
    Row(
        right=_O,
        rule="right.marketing",
        outcome="stopped",
        start="objection",
        replies={"assess": MARKETING},
        reply="marketing_stopped",
        says=("We will not send you this any more", "News of the family hub", "your email"),
        never=(EMAIL, *NO_ROUTES),
        marks=frozenset({"not written to"}),
    ),
    Row(
        right=_O,
        rule="right.marketing",
        outcome="not marketing",
        start="objection",
        replies={
            "assess": objects(PUBLIC, not_marketing="the yearly letter about your plan"),
            "*/weigh": weighing("it stops"),
        },
        closes="stopped",
        reply="objection_letter",
        says=("the yearly letter about your plan. It is not direct marketing", *ROUTES),
        sources=VISIT,
        told="had it",
    ),
)
CONSENT = (
    Row(
        right=_C,
        rule="right.consent",
        outcome="stopped",
        start="consent withdrawal",
        replies={"assess": takes_back("Activities", "", "Home visit")},
        reply="consent_letter",
        says=(
            "We have stopped, as you asked",
            "Invitations and photographs",
            "It stays as it was",
            "You can ask us to erase it",
        ),
        never=NO_ROUTES,
        sources=VISIT,
        told="had it",
        due=dt.date(2026, 11, 20),
        in_time=False,
    ),
    Row(
        right=_C,
        rule="right.consent",
        outcome="continues on another basis",
        start="consent withdrawal",
        replies={"assess": takes_back("News", email=EMAIL), "*/basis": BASIS},
        reply="consent_letter",
        says=(
            "Emails with news of the hub",
            "Messages about sessions that you booked",
            "UK GDPR Art 6(1)(e)",
            *ROUTES,
        ),
        marks=frozenset({"not written to"}),
        due=dt.date(2026, 11, 20),
        in_time=False,
    ),
)
ROWS = (*RESTRICTION, *OBJECTION, *CONSENT)
