"""Rows: decisions by machine, complaints, and access."""

from __future__ import annotations

import datetime as dt
from typing import Any

from casework.automated.asks import LOOK, MACHINE, NO_SPECIAL, ONLY_EXPLAIN, PERSON
from casework.letter_words import COMPLEX, GO, request_change
from casework.opinions import open_questions
from casework.outcome import AGREE, FEE, propose_outcome
from casework.parts import send_ready
from casework.record import record_arrival
from casework.unlocking import mark_known
from rights.gates.guards.health import SUBJECT
from rights.release import Right
from tests.casework.test_automated import MADE, NEW, REASON, SAFE
from tests.casework.test_complaint import NAMED
from tests.casework.test_complaint import RIGHT as WAS_RIGHT
from tests.casework.test_outcome import EXEMPT, UNFOUNDED
from tests.small_office import STAFF
from tests.walk.rows_limiting import ROUTES
from tests.walk.walker import Replies, Row, Walker

_A, _D, _X = Right.ACCESS, Right.AUTOMATED_DECISION, Right.COMPLAINT
OFFICER = STAFF["officer1"]


def reviewed(value: str, details: dict[str, Any]) -> Replies:
    """A machine alone decided, and a person looked at it anew."""
    return {
        "automated/1/made": (MACHINE, {**MADE, "wants": LOOK}),
        "automated/1/allowed": (NO_SPECIAL, REASON),
        "automated/1/safeguards": ("given", SAFE),
        "automated/1/review": (value, details),
    }


def proposed(wish: str, details: dict[str, Any], who: str) -> Any:
    """An officer proposes an outcome of the whole, and somebody agrees; then on to the end."""

    def steps(case: Walker) -> None:
        propose(case, wish, details, who)
        case.walk()

    return steps


def propose(case: Walker, wish: str, details: dict[str, Any], who: str) -> None:
    """An officer proposes an outcome of the whole, and somebody agrees."""
    propose_outcome(case.office, case.ref, wish, details, OFFICER)
    case.give(case.open("outcome/"), (AGREE, {"reason": "as proposed"}, who))


def _finding(value: str, details: dict[str, Any]) -> Replies:
    named = {**NAMED, "login": "officer2"}
    return {
        "handler": ("given", named),
        "complaint/1/finding": (value, details, "officer2"),
    }


def _fee_then_nothing(case: Walker) -> None:
    """A fee stops the time, is paid on a later day, and the request goes on from there."""
    fee = {**UNFOUNDED, "ground": "excessive", "reasons": ["repeats"], "pence": "1250"}
    propose(case, FEE, {**fee, "basis": "Copying 125 pages costs us 10 pence a page."}, "manager")
    case.small.work()
    told = case.letter_text("fee/")
    assert "£12.50" in told and "starts on the day" in told
    paid = case.forward(2)
    record_arrival(case.office, case.ref, "the fee", paid, OFFICER.actor)
    case.walk()


def _more_time_and_nothing(case: Walker) -> None:
    """Notice of more time with its reasons, in time; then the answer."""
    request_change(case.office, case.ref, COMPLEX, case.office.today())
    question = next(q for q in case.case.open_questions if q.topic == "time")
    case.give(question, (GO, {"words": "The file was kept by three councils."}))
    case.walk()


def _in_stages(case: Walker) -> None:
    """What is ready goes first; what waits for an opinion follows when it has come."""
    case.walk("cast")
    held = next(q for q in open_questions(case.case)).body["document"]
    while waiting := [q for q in case.small.waiting() if q.topic not in ("health", "hold")]:
        case.small.rehearsal.answer_waiting(case.ref, waiting)
        case.small.work()
    known = [i for q in open_questions(case.case) for i in q.body["items"] if held not in i]
    if known:
        day = case.office.today()
        mark_known(
            case.office, case.ref, known, whose=SUBJECT, how="told", known_on=day, who=OFFICER
        )
    send_ready(case.office, case.ref, OFFICER)
    case.walk("health")
    first = case.case.parts[0]
    assert first.sent_on is not None and held not in first.documents and not first.last
    assert case.case.closed is None
    case.walk()
    assert held in case.case.parts[1].documents


AUTOMATED = (
    Row(
        right=_D,
        rule="right.automated",
        outcome="reconsidered by a person",
        start="automated decision",
        replies=reviewed("reconsidered by a person", NEW),
        reply="automated_outcome",
        says=("A person has made the decision again", "You are in band B from 1 October."),
        by_hand=True,
    ),
    Row(
        right=_D,
        rule="right.automated",
        outcome="changed",
        start="automated decision",
        replies=reviewed("changed", NEW),
        reply="automated_outcome",
        says=("changed it", "You are in band B from 1 October."),
        never=("straight away",),
        by_hand=True,
    ),
    Row(
        right=_D,
        rule="right.automated",
        outcome="upheld",
        start="automated decision",
        replies=reviewed("upheld", {"findings": "The points are right."}),
        reply="automated_outcome",
        says=(
            "it stays as it is",
            "Tom Ashby, housing manager",
            "your health was left out",
            *ROUTES,
        ),
    ),
    Row(
        right=_D,
        rule="right.automated",
        outcome="explained",
        start="automated decision",
        replies={"automated/1/made": (MACHINE, {**MADE, "wants": ONLY_EXPLAIN})},
        reply="automated_outcome",
        says=(
            "How the decision was made",
            "You had 40 points: band C.",
            "Somebody who can change it will look at it.",
        ),
    ),
    Row(
        right=_D,
        rule="right.automated",
        outcome="not automated",
        start="automated decision",
        replies={
            "automated/1/made": (PERSON, {**MADE, "part": "Ms Ashby could give another band."}),
            "automated/1/agreed": ("agree", REASON),
        },
        reply="automated_outcome",
        says=("this was not such a decision", "could give another band", *ROUTES),
    ),
)
COMPLAINT = tuple(
    Row(
        right=_X,
        rule="right.complaint",
        outcome=outcome,
        start="complaint",
        replies=_finding(outcome, details),
        reply="complaint_outcome",
        says=(heading, "Ruth Okafor", *ROUTES),
        due=None,
        counted=outcome,
    )
    for outcome, details, heading in (
        ("upheld", WAS_RIGHT, "Your complaint was right, and we are sorry"),
        ("partly upheld", WAS_RIGHT, "Part of your complaint was right"),
        ("not upheld", {"findings": "It left on the day."}, "We do not agree with your complaint"),
    )
)
ACCESS = (
    Row(
        right=_A,
        rule="right.access",
        outcome="provided in full",
        start="access/clean",
        reply="cover_letter",
        counted="in full",
    ),
    Row(
        right=_A,
        rule="right.access",
        outcome="provided in part",
        start="access",
        steps=_in_stages,
        reply="cover_letter",
        letters=frozenset({"opinion_request"}),
        says=ROUTES,
        counted="in part",
        turns=frozenset({"staged release", "supplementary release after an opinion"}),
    ),
    Row(
        right=_A,
        rule="right.access",
        outcome="nothing held",
        start="access/stranger",
        steps=_fee_then_nothing,
        reply="cover_letter",
        letters=frozenset({"fee_notice"}),
        says=("We found no information to send you", *ROUTES),
        counted="nothing held",
        due=dt.date(2026, 12, 29),
        turns=frozenset({"fee"}),
    ),
    Row(
        right=_A,
        rule="right.access",
        outcome="nothing held",
        start="access/stranger",
        steps=_more_time_and_nothing,
        reply="cover_letter",
        letters=frozenset({"extension_notice"}),
        says=("We found no information to send you", *ROUTES),
        counted="nothing held",
        due=dt.date(2027, 2, 22),
        turns=frozenset({"extension"}),
    ),
    Row(
        right=_A,
        rule="right.access",
        outcome="refused",
        start="access",
        steps=proposed("refused", UNFOUNDED, "manager"),
        reply="refusal_letter",
        says=("you would withdraw for £2,000", "12(5)", *ROUTES),
        counted="refused",
    ),
    Row(
        right=_A,
        rule="right.access",
        outcome="exempt entirely",
        start="access",
        steps=proposed("exempt entirely", EXEMPT, "manager"),
        reply="refusal_letter",
        says=ROUTES,
        never=("police", "CRIME"),
        counted="exempt",
    ),
    Row(
        right=_A,
        rule="right.access",
        outcome="neither confirm nor deny",
        start="access",
        steps=proposed("neither confirm nor deny", {"reason": "It would tell him."}, "dpo"),
        reply="refusal_letter",
        says=ROUTES,
        never=("It would tell him",),
        counted="neither confirmed nor denied",
    ),
)
ROWS = (*AUTOMATED, *COMPLAINT, *ACCESS)
