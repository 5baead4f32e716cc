"""What a reviewer marks on a page by hand: the same law as in the answers about it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rights.errors import InputError, RefusedError
from rights.events import kinds as k
from rights.exemptions import check_use
from rights.gates.attempt import Attempt, guard
from rights.release import DisclosureMode
from rights.standing import by_power

THIRD_PARTIES = "3P"
"""The ground where a mark names none: whatever is held back is somebody else's."""


def _decision(attempt: Attempt) -> Mapping[str, Any]:
    """The decision that is recorded, as an object."""
    event = attempt.event
    return json.loads(event.decision) if isinstance(event, k.PassageDecided) else {}


def _over(attempt: Attempt) -> Sequence[Mapping[str, Any]]:
    """What the engine proposed where the mark stands (`casework.review.marks`)."""
    return attempt.details.get("over", ())


def _shows(attempt: Attempt) -> bool:
    return _decision(attempt).get("outcome") == "keep"


def _takes_back(attempt: Attempt) -> bool:
    """Whether a mark only takes an earlier one back: it keeps an area of no size."""
    return _shows(attempt) and bool(_decision(attempt).get("area"))


def _has_reason(attempt: Attempt) -> bool:
    return bool(str(_decision(attempt).get("reason", "")).strip())


@guard
def warning_not_sent(attempt: Attempt) -> None:
    """What is said before a document cannot be changed once it is being sent."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.DecisionMade):
        return
    if event.matter.partition("/")[2] in case.on_their_way:
        raise RefusedError(
            "warning.sent",
            f"This document of {case.ref} was sent or is being sent.",
            "What was sent stays as it is.",
        )


@guard
def document_not_sent(attempt: Attempt) -> None:
    """What an earlier part showed cannot be marked anew."""
    document = getattr(attempt.event, "document", "")
    if document in attempt.case.on_their_way:
        raise RefusedError(
            "review.sent",
            f"This document of {attempt.case.ref} has been sent already.",
            "What went out cannot be changed; tell the DPO if something went wrong.",
        )


@guard
def decider_of_place(attempt: Attempt) -> None:
    """A place is marked by somebody who may answer the question about it."""
    wanted = {str(fact["role"]) for fact in _over(attempt)} or {"officer"}
    for role in sorted(wanted - attempt.roles):
        raise RefusedError(
            "review.role",
            f"This can be decided only by somebody with the role {role}, signed in at the desk.",
            "Ask a colleague with that role.",
        )


@guard
def lock_needs_opinion(attempt: Attempt) -> None:
    """The subject's own health data are neither shown nor withheld by a mark (Sch 3)."""
    if any(fact["locked"] for fact in _over(attempt)) and not _takes_back(attempt):
        raise RefusedError(
            "review.health",
            "The subject's own health data wait for a health professional's opinion.",
            "Answer the question about these passages; it asks for the opinion.",
        )


@guard
def protected_place(attempt: Attempt) -> None:
    """The whereabouts of somebody who is protected are not shown, whatever the reason."""
    if _shows(attempt) and any(fact["protected"] for fact in _over(attempt)):
        raise RefusedError(
            "review.protected",
            "These are the whereabouts of somebody who is protected.",
            "They cannot be shown while the safety flag stands in the source.",
        )


@guard
def mark_has_reason(attempt: Attempt) -> None:
    """Against what the law, the cast or an earlier answer says, only with the reason."""
    shows, over = _shows(attempt), _over(attempt)
    if not _decision(attempt) or _takes_back(attempt):
        return
    against = (
        not _decision(attempt).get("proposal") or any(fact["doubtful"] for fact in over)
        if shows
        else any(fact["by_law"] for fact in over)
    )
    if against and not _has_reason(attempt):
        raise InputError(
            "review.reason",
            "Nothing says why this is decided otherwise than proposed.",
            "Write the reason.",
        )


@guard
def ground_allows(attempt: Attempt) -> None:
    """Nothing is withheld on a ground that the law does not give in this request."""
    decision, case = _decision(attempt), attempt.case
    if not decision or _shows(attempt):
        return
    people = case.people
    check_use(
        str(decision.get("code") or THIRD_PARTIES),
        case.right,
        DisclosureMode(decision["mode"]),
        attempt.law,
        on=attempt.today,
        requester_is_subject=people is None or not by_power(people, attempt.today, attempt.law),
    )
