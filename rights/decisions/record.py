"""Recording a decision: append-only, with its rules, the law it was made under and what it ends."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence

from rights.case import Case, Decision
from rights.decisions.regulator import CONTACT
from rights.decisions.table import rule_of, way
from rights.errors import RefusedError
from rights.events import Actor
from rights.events.kinds import DecisionMade
from rights.law import Law

OUTCOME = "outcome"
"""The matter of how the request ends."""


def record(
    case: Case,
    *,
    actor: Actor,
    matter: str,
    outcome: str,
    law: Law,
    on: dt.date,
    rules: Sequence[str] = (),
    facts: Mapping[str, object] | None = None,
) -> DecisionMade:
    """The event of a decision on one matter; it takes the place of the one in force, if any.

    Args:
        case: The case as it stands.
        actor: Who decides.
        matter: What is decided.
        outcome: Code of the outcome.
        law: The law data; its version is kept with the decision.
        on: The local day.
        rules: Ids of the rules that were applied.
        facts: What the rules were applied to; personal data, kept sealed.

    Raises:
        RefusedError: the outcome is none that the law knows for this matter.
        InputError: ``law.unknown_rule``.
    """
    check_outcome(case, matter, outcome, law, on)
    for rule_id in rules:
        law.rule(rule_id)
    before = case.decision(matter)
    number = 1 + sum(1 for d in case.decisions if d.event.matter == matter)
    slug = re.sub(r"[^a-z0-9/]+", "-", matter.lower())
    return DecisionMade(
        actor=actor,
        decision=f"{slug}/{number}",
        matter=matter,
        outcome=outcome,
        decided_on=on,
        rules=tuple(dict.fromkeys(rules)),
        law_version=law.version_of(rules) if rules else law.version,
        facts=json.dumps(facts, ensure_ascii=False, default=str) if facts else "",
        supersedes=before.event.decision if before else "",
    )


def check_outcome(case: Case, matter: str, outcome: str, law: Law, on: dt.date) -> None:
    """Refuse an outcome that the law data does not know for this matter.

    Matters that have a table of their own elsewhere are checked there.

    Raises:
        RefusedError: ``decision.outcome`` or ``decision.no_right``.
    """
    if matter == OUTCOME and rule_of(case.right) is not None:
        way(case.right, outcome, law, on=on)
    elif matter == CONTACT and outcome not in law.words("regulator.override", on):
        raise RefusedError(
            "decision.outcome",
            "That is no decision about the Commissioner's contact details.",
            f"Choose one of: {', '.join(law.words('regulator.override', on))}.",
        )


def what_stands(case: Case) -> tuple[Decision, ...]:
    """The decision in force on each matter, in the order in which they were made."""
    latest = {d.event.matter: d for d in case.decisions}
    return tuple(sorted(latest.values(), key=lambda d: d.seq))


def since_changed(decision: Decision, law: Law) -> bool:
    """Whether a rule that the decision rests on says something else now, or is gone."""
    event = decision.event
    if not event.rules:
        return event.law_version != law.version
    if any(rule_id not in law.rules for rule_id in event.rules):
        return True
    return event.law_version != law.version_of(event.rules)
