"""Grounds for withholding as they stand on the day: what may be used here, and what has lapsed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from casework.office import Office
from rights.case import Case
from rights.clock import health_opinion_earliest
from rights.errors import RefusedError
from rights.exemptions import check_use
from rights.release import DisclosureMode

THIRD_PARTIES = "3P"
"""The ground where a proposal names none: whatever is held back is somebody else's."""


def check_ground(office: Office, case: Case, code: str, modes: Iterable[str]) -> None:
    """Refuse a ground that the law does not allow in this request.

    Args:
        office: The office.
        case: The request: which right it uses, and whether the subject asks in person.
        code: Code of the exemption; empty for other people's data.
        modes: How much the requester would be told, for each passage that is held back.

    Raises:
        RefusedError: it is no ground for withholding, does not reach this right, exists only when
            somebody else asks, or may not be used in that disclosure mode.
    """
    own = case.people is not None and case.people.requester == "self"
    for mode in sorted(set(modes)):
        check_use(
            code or THIRD_PARTIES,
            case.right,
            DisclosureMode(mode),
            office.law,
            on=office.today(),
            requester_is_subject=own,
        )


def check_opinion_age(office: Office, dated: dt.date) -> None:
    """Refuse a health opinion that cannot be relied on today.

    Raises:
        RefusedError: it is too old, or of a day that lies ahead.
    """
    today = office.today()
    earliest = health_opinion_earliest(today, office.law)
    if not earliest <= dated <= today:
        raise RefusedError(
            "opinion.stale",
            f"The opinion of {dated:%d %B %Y} cannot be relied on today; the oldest that can is "
            f"of {earliest:%d %B %Y}.",
            "Ask the health professional for a new opinion; send the rest meanwhile.",
        )


def check_opinions(office: Office, case: Case) -> None:
    """Refuse to seal on a health opinion that has run out since it was recorded.

    Raises:
        RefusedError: an opinion in force is too old today.
    """
    for question in case.answered("passage"):
        if question.withdrawn or question.answer is None or not question.answer.details:
            continue
        dated = json.loads(question.answer.details).get("dated")
        if dated:
            check_opinion_age(office, dt.date.fromisoformat(dated))
