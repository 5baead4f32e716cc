"""Complaints, reopened cases and duplicates: looked at by somebody else, and never in silence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rights.case import Case
from rights.decisions.complaint import HANDLER
from rights.errors import RefusedError
from rights.events import DESTROYED, Attested
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard
from rights.release import Right

DUPLICATE = "duplicate"
"""Outcome of triage of a request that another case answers."""


@guard
def handler_not_involved(attempt: Attempt) -> None:
    """Nobody looks into a complaint about what they decided or approved (DPA 2018 s.164A)."""
    event = attempt.event
    if not isinstance(event, k.DecisionMade):
        return
    facts = _facts(event.facts)
    if facts.get("login") in facts.get("involved", ()):
        raise RefusedError(
            "complaint.involved",
            f"This person had a part in what the complaint {attempt.case.ref} is about.",
            "Name somebody who decided and approved nothing there.",
        )


@guard
def handled_by_its_handler(attempt: Attempt) -> None:
    """What a complaint comes to is found by whoever was named to look into it."""
    case, actor = attempt.case, attempt.event.actor
    if case.opened is None or case.right is not Right.COMPLAINT:
        return
    if actor.attested is Attested.ENGINE or not _is_finding(attempt):
        return
    if actor.login != handler_of(case).get("login"):
        raise RefusedError(
            "complaint.not_handler",
            f"Somebody else was named to look into {case.ref}.",
            "Let that person sign in, or name another who had no part in what it is about.",
        )


@guard
def reopened_with_reason(attempt: Attempt) -> None:
    """A closed case is taken up again only for a reason that stands in its journal."""
    event = attempt.event
    if isinstance(event, k.CaseReopened) and not event.why.strip():
        raise RefusedError(
            "reopen.reason",
            "Nothing says why the case is taken up again.",
            "Write what was missed, or what the complaint found.",
        )


@guard
def duplicate_names_its_case(attempt: Attempt) -> None:
    """A request is put to another only when both say which one goes on."""
    event = attempt.event
    if not isinstance(event, k.CaseTriaged) or event.outcome != DUPLICATE:
        return
    if not any(link.why == "the same request twice" for link in attempt.case.linked):
        raise RefusedError(
            "duplicate.which",
            "Nothing says which case answers this request.",
            "Use 'Reopen or merge' on the case page and give the reference of the other case.",
        )


def handler_of(case: Case) -> Mapping[str, Any]:
    """Who looks into a complaint, as it was named; empty while nobody is."""
    named = case.decision(HANDLER)
    return _facts(named.event.facts) if named is not None else {}


def _is_finding(attempt: Attempt) -> bool:
    event = attempt.event
    if isinstance(event, k.DecisionMade):
        return event.outcome not in ("withdrawn", "open")
    return True


def _facts(text: str) -> Mapping[str, Any]:
    if not text or text == DESTROYED:
        return {}
    found: Any = json.loads(text)
    return found if isinstance(found, dict) else {}
