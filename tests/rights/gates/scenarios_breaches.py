"""What must be refused about breaches, and about questions that nobody answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rights.events import kinds as k
from tests.rights.gates.build import (
    APPROVED_CASE,
    DPO,
    LAW,
    OFFICER,
    OTHER,
    SEALED_CASE,
    Refused,
    approved,
    decided,
    opened,
    started,
)

FOUND = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
ASKED = dt.date(2026, 11, 10)
WAIT_OVER = ASKED + dt.timedelta(days=LAW.number("lapse.wait", ASKED))


def _noted(breach: str = "breach/1") -> k.BreachNoted:
    return k.BreachNoted(
        actor=OFFICER, breach=breach, found_at=FOUND, severity="high", what="A wrong address."
    )


def _assessed(**entries: Any) -> k.BreachAssessed:
    body: dict[str, Any] = {
        "breach": "breach/1",
        "reportable": True,
        "reason": "Children are named.",
        **entries,
    }
    return k.BreachAssessed(actor=OTHER, **body)


PAUSED = (
    opened(),
    k.ClockPaused(actor=OFFICER, asked_on=ASKED, question="Which years?", letter="time/0/letter"),
)
ANSWERED = (*PAUSED, k.ClockResumed(actor=OFFICER, answered_on=ASKED))

FROZEN = k.DispatchFrozen(actor=OFFICER, why="The pack went to a wrong address.")

SCENARIOS = (
    Refused(
        "not_frozen",
        "freeze.stopped",
        (*SEALED_CASE, FROZEN),
        approved(OTHER),
        frozenset({"approver"}),
        details={"code": "one two three four"},
    ),
    Refused("not_frozen", "freeze.stopped", (*APPROVED_CASE, FROZEN), started(), frozenset[str]()),
    Refused(
        "breaches_assessed",
        "freeze.not_assessed",
        (opened(), FROZEN, _noted()),
        k.DispatchReleased(actor=OTHER, why="It came back."),
        DPO,
    ),
    Refused("breach_is_new", "breach.noted", (opened(), _noted()), _noted()),
    Refused("breach_is_known", "breach.unknown", (opened(), _noted("breach/2")), _assessed(), DPO),
    Refused(
        "breach_reason_given", "breach.reason", (opened(), _noted()), _assessed(reason=" "), DPO
    ),
    Refused(
        "told_is_reportable",
        "breach.told",
        (opened(), _noted()),
        _assessed(reportable=False, commissioner_told_at=FOUND),
        DPO,
    ),
    Refused("nothing_came", "lapse.answered", ANSWERED, decided("lapse", "warned", OFFICER)),
    # On the last day of the wait it is not over yet, and no letter has said what happens next.
    Refused(
        "nothing_came",
        "lapse.too_early",
        PAUSED,
        decided("lapse", "warned", OFFICER),
        today=WAIT_OVER,
    ),
    Refused(
        "nothing_came",
        "lapse.too_early",
        PAUSED,
        decided("lapse", "lapsed", OFFICER),
        today=WAIT_OVER + dt.timedelta(days=1),
    ),
)
