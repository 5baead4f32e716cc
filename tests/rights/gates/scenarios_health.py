"""What must be refused of the subject's own health data."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from rights.events import Event
from rights.events import kinds as k
from rights.gates.guards.health import SUBJECT
from tests.rights.gates.build import FIRST_PART_SENT, OFFICER, READ_CASE, TODAY, Refused, asked

DAY = dt.timedelta(days=1)
LOCKED: tuple[Event, ...] = (
    *READ_CASE,
    asked("health/D1", "health", documents=["D1"], items=["D1/a", "D1/b"]),
    asked("health/D2", "health", documents=["D2"], items=["D2/c"]),
)
PART_GONE: tuple[Event, ...] = (*LOCKED, *FIRST_PART_SENT[len(READ_CASE) :])
OURS: dict[str, Any] = {"whose": SUBJECT}


def known(*items: str, how: str = "was present", on: dt.date = TODAY) -> k.KnownToSubject:
    """The subject knows these items."""
    return k.KnownToSubject(actor=OFFICER, items=items, known_on=on, how=how)


def ask(
    *items: str, name: str = "opinion/1", on: dt.date = TODAY, letter: str = ""
) -> k.OpinionAsked:
    """A professional is asked."""
    person = json.dumps({"name": "Dr L Fen", "qualification": "Paediatrician", "why": "treats her"})
    return k.OpinionAsked(
        actor=OFFICER, opinion=name, items=items, asked_on=on, professional=person, letter=letter
    )


def given(
    harm: tuple[str, ...] = (),
    no_harm: tuple[str, ...] = (),
    *,
    name: str = "opinion/1",
    dated: dt.date = TODAY,
    received: dt.date = TODAY,
) -> k.OpinionGiven:
    """An opinion came."""
    return k.OpinionGiven(
        actor=OFFICER,
        opinion=name,
        dated=dated,
        received_on=received,
        harm=harm,
        no_harm=no_harm,
        by=json.dumps({"name": "Dr L Fen", "qualification": "Paediatrician"}),
    )


def spoiled(why: str = "she was in hospital again", name: str = "opinion/1") -> k.OpinionSpoiled:
    """An opinion is set aside."""
    return k.OpinionSpoiled(actor=OFFICER, opinion=name, why=why)


ASKED: tuple[Event, ...] = (*LOCKED, ask("D1/a", "D1/b", on=TODAY - 9 * DAY))
LONG_AGO = dt.date(2026, 5, 20)
OLD: tuple[Event, ...] = (*LOCKED, ask("D1/a", on=LONG_AGO))

SCENARIOS = (
    *(
        Refused(
            "knowledge_of_the_subject",
            "health.whose_knowledge",
            LOCKED,
            known("D1/a", how="the parent knows"),
            details=details,
        )
        for details in ({}, {"whose": "somebody else: a parent, a carer, a solicitor"})
    ),
    Refused("knowledge_explained", "health.how", LOCKED, known("D1/a", how=" "), details=OURS),
    Refused(
        "knowledge_explained", "health.when", LOCKED, known("D1/a", on=TODAY + DAY), details=OURS
    ),
    Refused("items_are_locked", "health.items", LOCKED, known("D1/x"), details=OURS),
    Refused("items_are_locked", "health.items", LOCKED, known(), details=OURS),
    Refused("items_are_locked", "health.items", LOCKED, ask("D9/a")),
    Refused("items_are_locked", "health.sent", PART_GONE, known("D1/a", "D2/c"), details=OURS),
    Refused("items_are_locked", "health.sent", PART_GONE, ask("D1/a")),
    Refused(
        "no_fresh_harm",
        "health.harm_said",
        (*ASKED, given(("D1/a",), ("D1/b",), dated=TODAY - DAY)),
        known("D1/a"),
        details=OURS,
    ),
    Refused(
        "spoiling_has_reason",
        "health.why",
        (*LOCKED, known("D1/a")),
        k.KnowledgeRetracted(actor=OFFICER, items=("D1/a",), why=""),
    ),
    Refused("spoiling_has_reason", "health.why", ASKED, spoiled(why=" ")),
    Refused(
        "knowledge_was_recorded",
        "health.not_known",
        (*LOCKED, known("D1/a")),
        k.KnowledgeRetracted(actor=OFFICER, items=("D1/b",), why="the wrong line"),
    ),
    Refused(
        "knowledge_was_recorded",
        "health.sent",
        (*LOCKED, known("D1/a"), *PART_GONE[len(LOCKED) :]),
        k.KnowledgeRetracted(actor=OFFICER, items=("D1/a",), why="the wrong line"),
    ),
    Refused(
        "opinion_was_asked",
        "opinion.set_aside",
        (*ASKED, spoiled()),
        given(no_harm=("D1/a",)),
    ),
    Refused("opinion_was_asked", "opinion.set_aside", (*ASKED, spoiled()), spoiled()),
    Refused("opinion_keeps_to_schedule", "opinion.schedule", ASKED, given()),
    Refused("opinion_keeps_to_schedule", "opinion.schedule", ASKED, given(no_harm=("D2/c",))),
    Refused(
        "opinion_keeps_to_schedule", "opinion.schedule", ASKED, given(("D1/a",), ("D1/a", "D1/b"))
    ),
    Refused(
        "opinion_is_fresh", "opinion.days", ASKED, given(no_harm=("D1/a",), dated=TODAY - 10 * DAY)
    ),
    Refused(
        "opinion_is_fresh",
        "opinion.days",
        ASKED,
        given(no_harm=("D1/a",), dated=TODAY, received=TODAY - DAY),
    ),
    Refused(
        "opinion_is_fresh",
        "opinion.days",
        ASKED,
        given(no_harm=("D1/a",), dated=TODAY + DAY, received=TODAY + DAY),
    ),
    Refused(
        "opinion_is_fresh", "opinion.stale", OLD, given(no_harm=("D1/a",), dated=LONG_AGO + DAY)
    ),
)
