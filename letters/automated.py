"""The answer about a decision that a machine made alone (UK GDPR Arts 22A to 22D)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


class Decided(StrEnum):
    """How it ended; the values are those of the law data."""

    RECONSIDERED = "reconsidered by a person"
    EXPLAINED = "explained"
    CHANGED = "changed"
    UPHELD = "upheld"
    NOT_AUTOMATED = "not automated"


_REVIEWED = frozenset({Decided.RECONSIDERED, Decided.CHANGED, Decided.UPHELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedOutcome(LetterBase):
    """What came of a request about a decision by machine, who looked at it, and why.

    Raises:
        InputError: It says that a person looked at it and names none, gives no explanation, or
            names fewer ways to complain than the law in force on the day.
    """

    kind: ClassVar[str] = "automated_outcome"

    received: dt.date
    decision: str
    """The decision that was asked about, to follow "about": 'the banding of your home'."""
    decided: Decided
    explanation: tuple[str, ...]
    """How the decision came about and what a person did in it, one paragraph each."""
    views: str = ""
    """What the person told us, as it was weighed; empty when they told nothing."""
    reviewer: str = ""
    """Who looked at it with the power to change it: name and job."""
    findings: tuple[str, ...] = ()
    """What that person decided and why."""
    barred: bool = False
    """Whether a machine alone was not allowed to make it at all (Art 22B)."""
    is_late: bool = False
    """Whether the service could not put the new decision into effect straight away."""
    citation: str
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        check_routes(self.routes, self.date)
        is_reviewed = self.decided in _REVIEWED
        if not self.explanation or is_reviewed != bool(self.reviewer and self.findings):
            raise InputError(
                "letters.review_mismatch",
                "The letter and what was found about the decision do not fit.",
                "Correct the answers about the decision and make the letter again.",
            )
        if self.barred and self.decided is Decided.UPHELD:
            raise InputError(
                "letters.barred_upheld",
                "A decision that the law does not allow cannot be left as it is.",
                "Have a person decide anew.",
            )
