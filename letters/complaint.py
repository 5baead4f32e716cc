"""Letters about a complaint to the council: that it came and who looks at it, and what was found.

DPA 2018 s.164A: acknowledged within the time, looked into, and the outcome told without delay.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """Who looks into it, and had no part in what it is about."""

    name: str
    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintAcknowledgement(LetterBase):
    """We have the complaint, this is who looks into it and what happens next.

    Raises:
        InputError: It says nothing of what was understood, or names fewer ways to complain than
            the law in force on the day.
    """

    kind: ClassVar[str] = "complaint_acknowledgement"

    received: dt.date
    points: tuple[str, ...]
    """What is complained of, one point each, as the person put it."""
    handler: Handler | None
    """None where the complaint ends before anybody had to look into it."""
    about: str = ""
    """Reference of the answer that it is about, if there is one."""
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        check_routes(self.routes, self.date)
        if not self.points:
            raise InputError(
                "letters.no_points",
                "The letter does not say what the complaint is about.",
                "Enter what the person complains of, one point to a line.",
            )


class Found(StrEnum):
    """What the council found; the values are those of the law data."""

    UPHELD = "upheld"
    PARTLY = "partly upheld"
    NOT = "not upheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintOutcome(LetterBase):
    """What came of a complaint: what was found, why it happened, and what is done about it.

    Raises:
        InputError: It tells no finding, or a complaint that is right has no cause or remedy, or
            fewer ways to complain are named than the law in force on the day has.
    """

    kind: ClassVar[str] = "complaint_outcome"

    received: dt.date
    points: tuple[str, ...]
    found: Found
    findings: tuple[str, ...]
    """What was looked at and found, one paragraph each."""
    causes: tuple[str, ...] = ()
    """What went wrong, to follow "because"."""
    remedies: tuple[str, ...] = ()
    """What was done or will be, one sentence each."""
    reopened: str = ""
    """Reference of the answer that is taken up again."""
    breach: bool = False
    """Whether it is looked into as a personal data breach, too."""
    handler: Handler
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        LetterBase.__post_init__(self)
        check_routes(self.routes, self.date)
        is_right = self.found is not Found.NOT
        if not self.findings or is_right != bool(self.causes) or is_right != bool(self.remedies):
            raise InputError(
                "letters.complaint_mismatch",
                "The outcome of the complaint and its findings, causes or remedy do not fit.",
                "Correct the answer about what was found and make the letter again.",
            )
