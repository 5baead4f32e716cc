"""The answer to somebody who asked that what is wrong be put right, point by point.

UK GDPR Arts 12(3), 12(4) and 16. Where use was stopped meanwhile, the letter is also the notice
before that ends (Art 18(3)).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


class Rectified(StrEnum):
    """How the request ended as a whole."""

    CORRECTED = "corrected"
    COMPLETED = "completed"
    PARTLY = "partly"
    REFUSED = "refused"


class PointEnd(StrEnum):
    """How one point ended."""

    CORRECTED = "corrected"
    COMPLETED = "completed"
    """A supplementary statement was added."""
    NOTED = "noted"
    """It stays; the person's own words stand beside it."""
    LABELLED = "labelled"
    """It stays as an allegation, marked so and with what became of it."""
    REFUSED = "refused"
    """It stays; it is noted that it was contested."""


_GAINED = frozenset({PointEnd.CORRECTED, PointEnd.COMPLETED})


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """The answer to one point.

    Attributes:
        number: As the letter counts them, from 1.
        said: What the person said, in their own words.
        end: How it ended.
        entries: The entries it is about, as an officer names them to the person.
        was: The words that were wrong; for a correction.
        now: What it says now; for a correction.
        beside: What was put beside the entry: a statement, or what became of an allegation.
        reason: Why it stays, as sentences to the reader; empty when nothing stays.
        opinion: What became of an opinion that rested on the fact, as a sentence; may be empty.
        citation: The rule a refusal rests on; empty when nothing stays.
    """

    number: int
    said: str
    end: PointEnd
    entries: tuple[str, ...]
    was: str = ""
    now: str = ""
    beside: str = ""
    reason: str = ""
    opinion: str = ""
    citation: str = ""

    @property
    def stays(self) -> bool:
        """Whether something is left as it was."""
        return self.end not in _GAINED


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationLetter(LetterBase):
    """What was put right, what was not, and why.

    Raises:
        InputError: The whole does not fit its points, something stays without a reason or its
            rule, or not every way to complain is given where something stays (Art 12(4)).
    """

    kind: ClassVar[str] = "rectification_letter"

    received: dt.date
    outcome: Rectified
    points: tuple[PointAnswer, ...]
    told: tuple[str, ...] = ()
    """Those who had the data and were told of the change."""
    limited: bool = False
    """The use of entries was stopped while they were checked."""
    limit_ends: dt.date | None = None
    """The first day on which that ends; needed when it was stopped."""
    routes: tuple[ComplaintRoute, ...] = ()

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        stays = [p for p in self.points if p.stays]
        gained = len(stays) < len(self.points)
        wanted = {
            Rectified.CORRECTED: (True, False),
            Rectified.COMPLETED: (True, False),
            Rectified.PARTLY: (True, True),
            Rectified.REFUSED: (False, True),
        }[self.outcome]
        broken = (
            (gained, bool(stays)) != wanted
            or any(not (p.reason and p.citation) for p in stays)
            or any(p.end is PointEnd.CORRECTED and not (p.was and p.now) for p in self.points)
            or self.limited != (self.limit_ends is not None)
        )
        if broken:
            raise InputError(
                "letters.outcome_mismatch",
                "The outcome in the letter does not fit what was decided on its points.",
                "Check the decisions on this case and make the letter again.",
            )
        if stays:
            check_routes(self.routes, self.date)

    @property
    def gained(self) -> tuple[PointAnswer, ...]:
        """The points that were put right or completed."""
        return tuple(p for p in self.points if not p.stays)
