"""Rows: how any request may end, whatever the right: withdrawn, lapsed, a duplicate, no request."""

from __future__ import annotations

import datetime as dt

from casework.lapse import CLOSE, WRITE, watch_lapses
from casework.letter_words import GO, PAUSE, request_change
from casework.receive import Receipt, receive
from casework.reopen import merge, reopen
from rights.lapse import notice_until
from rights.release import Right
from tests.casework.test_outcome import UNFOUNDED
from tests.small_office import RECEIVED, STAFF, Small
from tests.walk.rows_answers import propose, proposed
from tests.walk.rows_limiting import ROUTES
from tests.walk.walker import Row, Walker

_A = Right.ACCESS
OFFICER = STAFF["officer1"]
TAKEN_BACK = {"reason": "She rang and said so."}


def _lapses(case: Walker) -> None:
    """Asked, waited, written, waited again, closed; each by an officer."""
    request_change(case.office, case.ref, PAUSE, case.office.today())
    question = next(q for q in case.case.open_questions if q.topic == "time")
    case.give(question, (GO, {"words": "Which schools do you mean?"}))
    case.small.work()
    wait = case.office.law.number("lapse.wait", case.office.today())
    _watch(case, wait + 1)
    case.give(case.open("lapse/"), (WRITE, {}))
    case.small.work()
    day = case.office.today()
    _watch(case, (notice_until(day, case.office.law) - day).days + 1)
    case.give(case.open("lapse/"), (CLOSE, {}))
    case.walk()


def _watch(case: Walker, days: int) -> None:
    """The daily watch, on the day before as well: it asks nothing then."""
    assert watch_lapses(case.office, case.forward(days - 1), dry_run=False) == ()
    assert len(watch_lapses(case.office, case.forward(1), dry_run=False)) == 1


def _twice(case: Walker) -> Walker:
    """The same request came again; the second is put to the first."""
    receipt = Receipt(_A, "phone", RECEIVED, "Front desk", False, run="again")
    ref = receive(case.office, receipt, OFFICER.actor)
    again = Small(case.office, ref, case.truth)
    again.work()
    again.answer("people")
    merge(case.office, ref, case.ref, "The same words on the same day.", OFFICER)
    again.work()
    return case.other(ref)


def _not_data(case: Walker) -> None:
    """An officer sees from the letter that it is about something else."""
    people = {**case.truth.people}
    people["triage"] = {"outcome": "freedom of information", "reason": "It asks about road works."}
    case.give(case.open("people"), ("given", people))
    case.walk()


def _reopened(case: Walker) -> None:
    """Refused and closed, then taken up again: it is searched for the first time."""
    propose(case, "refused", UNFOUNDED, "manager")
    case.walk()
    assert case.case.closed is not None
    reopen(case.office, case.ref, "The refusal was wrong.", OFFICER)
    case.small.work()
    assert case.case.closed is None and case.case.searched_seq


WITHDRAWN = tuple(
    Row(
        right=right,
        rule="right.any",
        outcome="withdrawn",
        start=f"{right.value}/received",
        steps=lambda case: (case.small.answer("people"), taken_back(case))[1],
        due=None,
        counted="" if right is Right.COMPLAINT else "withdrawn",
        turns=frozenset({"withdrawn"}),
    )
    for right in Right
)


def taken_back(case: Walker) -> None:
    """The person takes it back, and an officer records that."""
    propose(case, "withdrawn", TAKEN_BACK, "officer1")
    case.walk()


ANY = (
    Row(
        right=Right.ERASURE,
        rule="right.any",
        outcome="refused",
        start="erasure/received",
        steps=lambda case: (case.small.answer("people"), _refused(case))[1],
        reply="refusal_letter",
        says=("to have your data erased", "you would withdraw for £2,000", *ROUTES),
        counted="refused",
    ),
    Row(
        right=_A,
        rule="right.any",
        outcome="open",
        start="access",
        steps=_reopened,
        closes="open",
        due=dt.date(2026, 12, 21),
        reply="refusal_letter",
        turns=frozenset({"reopened"}),
    ),
    Row(
        right=_A,
        rule="",
        outcome="lapsed",
        start="access",
        steps=_lapses,
        letters=frozenset({"clarification_request", "lapse_notice"}),
        says=("Which schools do you mean?", *ROUTES),
        due=None,
        counted="lapsed",
        turns=frozenset({"lapsed"}),
    ),
    Row(
        right=_A,
        rule="",
        outcome="duplicate",
        start="access",
        steps=_twice,
        letters=frozenset({"triage_notice"}),
        says=("you get one answer",),
        due=None,
        counted="no request to us under this law",
        turns=frozenset({"merged as a duplicate"}),
    ),
    Row(
        right=_A,
        rule="",
        outcome="freedom of information",
        start="access/received",
        steps=_not_data,
        letters=frozenset({"triage_notice"}),
        due=None,
        counted="no request to us under this law",
        turns=frozenset({"not a data request"}),
    ),
)


def _refused(case: Walker) -> None:
    proposed("refused", UNFOUNDED, "manager")(case)


ROWS = (*WITHDRAWN, *ANY)
