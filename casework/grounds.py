"""Grounds for withholding as they stand on the day: what may be used in this request."""

from __future__ import annotations

from collections.abc import Iterable

from casework.office import Office
from rights.case import Case
from rights.exemptions import check_use
from rights.release import DisclosureMode
from rights.standing import by_power

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
    people = case.people
    own = people is None or not by_power(people, office.today(), office.law)
    for mode in sorted(set(modes)):
        check_use(
            code or THIRD_PARTIES,
            case.right,
            DisclosureMode(mode),
            office.law,
            on=office.today(),
            requester_is_subject=own,
        )
