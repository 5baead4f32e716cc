"""What must be refused on the day of sealing and on the day of sending (law.md 8)."""

from __future__ import annotations

import datetime as dt

from rights.events import kinds as k
from tests.rights.gates.build import (
    APPROVED_CASE,
    LAW,
    OFFICER,
    PLANNED,
    READ_CASE,
    SEALED_CASE,
    TODAY,
    Refused,
    approved,
    planned,
    sealed,
    started,
)

BOTH = planned("D1", "D2")
LOCKED = {"health": ("D1/p1", "D2/p2")}


def _opinion(dated: dt.date) -> tuple[k.OpinionAsked, k.OpinionGiven]:
    items = ("D1/p1", "D2/p2")
    asked = k.OpinionAsked(
        actor=OFFICER, opinion="opinion/1", items=items, asked_on=dated, professional="{}"
    )
    given = k.OpinionGiven(
        actor=OFFICER,
        opinion="opinion/1",
        dated=dated,
        received_on=dated,
        harm=items[:1],
        no_harm=items[1:],
        by="{}",
    )
    return asked, given


OLD = (*READ_CASE, *_opinion(dt.date(2026, 5, 1)), BOTH, sealed(PLANNED + 2), approved())
OLD_ROUTES = next(
    day
    for day in (TODAY - dt.timedelta(days=n) for n in range(400))
    if LAW.complaint_routes(day) != LAW.complaint_routes(TODAY)
)
"""The last day on which a letter named other ways to complain."""

SCENARIOS = (
    Refused(
        "everything_decided",
        "seal.undecided",
        (*READ_CASE, BOTH),
        sealed(PLANNED),
        details={"undecided": 2},
    ),
    # A stage that does not say what it found seals nothing.
    Refused(
        "everything_decided",
        "seal.undecided",
        (*READ_CASE, BOTH),
        sealed(PLANNED),
        details={"undecided": None},
    ),
    Refused(
        "health_unlocked", "health.blocked", (*READ_CASE, BOTH), sealed(PLANNED), details=LOCKED
    ),
    Refused(
        "health_unlocked",
        "health.blocked",
        (*READ_CASE, BOTH),
        sealed(PLANNED),
        details={"health": None},
    ),
    # The opinion was good on the day of sealing, and has run out since.
    Refused("health_unlocked", "health.blocked", OLD, started(), details=LOCKED),
    Refused(
        "letter_of_today",
        "dispatch.routes",
        (
            *SEALED_CASE[:-1],
            sealed(PLANNED).model_copy(update={"dated": OLD_ROUTES}),
            APPROVED_CASE[-1],
        ),
        started(),
    ),
)
