"""A limit of a search as a decision: why more would not be reasonable and proportionate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rights.case import Case
from rights.decisions import record
from rights.events import Actor
from rights.events.kinds import DecisionMade
from rights.law import Law
from rights.release import Right
from rights.sources.sheet import LIMIT, PROPORTIONATE, SEARCHED

RULE = "search.proportionate"
"""UK GDPR Art 15(1A)."""


def weighed(law: Law, on: dt.date) -> tuple[str, ...]:
    """What is weighed before a search stops short, in words for officers."""
    return law.words(RULE, on)


def limited(
    case: Case,
    source: str,
    *,
    reason: str,
    actor: Actor,
    law: Law,
    on: dt.date,
    limits: Sequence[str] = (),
) -> DecisionMade:
    """The decision that a source is not searched further.

    Args:
        case: The case.
        source: Name of the source; what is decided about a part of it goes below its name.
        reason: Why more would not be reasonable and proportionate.
        actor: Who decides.
        law: The law data.
        on: The local day.
        limits: What was not reached, in sentences, where not the whole source is meant.

    The rule is that of access; other rights have a search as well, but no such provision.
    """
    facts: dict[str, object] = {"reason": reason, "weighed": list(weighed(law, on))}
    if limits:
        facts["limits"] = list(limits)
    return record(
        case,
        actor=actor,
        matter=f"{LIMIT}{source}",
        outcome=PROPORTIONATE,
        law=law,
        on=on,
        rules=(RULE,) if case.right is Right.ACCESS else (),
        facts=facts,
    )


def lifted(case: Case, source: str, *, actor: Actor, law: Law, on: dt.date) -> DecisionMade | None:
    """The decision that takes back a limit, because the place was searched after all."""
    before = case.decision(f"{LIMIT}{source}")
    if before is None or before.event.outcome != PROPORTIONATE:
        return None
    return record(
        case,
        actor=actor,
        matter=f"{LIMIT}{source}",
        outcome=SEARCHED,
        law=law,
        on=on,
        facts={"reason": "It was searched after all."},
    )
