"""Letters about an objection to a use of data, and about direct marketing that has stopped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


class Objected(StrEnum):
    """How an objection ended."""

    STOPPED = "stopped"
    PART = "part"
    CONTINUES = "continues"
    NO_RIGHT = "no right"
    """Nothing that is objected to rests on a basis that can be objected to."""


@dataclass(frozen=True, slots=True)
class UseDecided:
    """One use that was objected to.

    Attributes:
        use: What the data are used for, as it stands in the register.
        stops: Whether it stops.
        reason: Why it goes on, as sentences to the reader; empty when it stops.
        basis: The basis it rests on, as a sentence without its full stop.
        citation: The provision of that basis.
    """

    use: str
    stops: bool
    reason: str
    basis: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionLetter(LetterBase):
    """What was decided about an objection (UK GDPR Arts 12(3)-(4) and 21(1)).

    Raises:
        InputError: A use goes on without a reason, what is told does not fit the outcome, or the
            ways to complain are missing where something goes on.
    """

    kind: ClassVar[str] = "objection_letter"

    received: dt.date
    outcome: Objected
    situation: str
    """What the person said of their own situation, as we understood it."""
    uses: tuple[UseDecided, ...]
    marketing: tuple[str, ...] = ()
    """Direct marketing that has stopped as well."""
    not_marketing: str = ""
    """What the person took for direct marketing, and is none: weighed like any other use."""
    limited: bool = False
    """The use of records was limited while we decided."""
    limit_ends: dt.date | None = None
    """The first day on which that limit may end; None when it stays or there was none."""
    told: tuple[str, ...] = ()
    """Those who had the records and were told."""
    routes: tuple[ComplaintRoute, ...] = ()

    @property
    def stopping(self) -> tuple[UseDecided, ...]:
        """The uses that stop."""
        return tuple(use for use in self.uses if use.stops)

    @property
    def going_on(self) -> tuple[UseDecided, ...]:
        """The uses that go on."""
        return tuple(use for use in self.uses if not use.stops)

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        fits = {
            Objected.STOPPED: bool(self.stopping) and not self.going_on,
            Objected.PART: bool(self.stopping and self.going_on),
            Objected.CONTINUES: bool(self.going_on) and not self.stopping,
            Objected.NO_RIGHT: bool(self.going_on) and not self.stopping,
        }[self.outcome]
        soon = self.limit_ends is not None and self.limit_ends <= self.date
        if not fits or soon or any(not use.reason for use in self.going_on):
            raise InputError(
                "letters.objection_mismatch",
                "The letter about an objection does not fit what was decided.",
                "Check the decision on this request and make the letter again.",
            )
        if self.going_on or self.not_marketing:
            check_routes(self.routes, self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketingStopped(LetterBase):
    """Direct marketing has stopped; there was nothing to weigh (UK GDPR Art 21(2)-(3)).

    Raises:
        InputError: Nothing is named that has stopped.
    """

    kind: ClassVar[str] = "marketing_stopped"

    received: dt.date
    what: tuple[str, ...]
    """What is no longer sent."""
    stopped_on: dt.date
    kept: tuple[str, ...]
    """What is kept so as not to write again, such as 'your email address'."""

    def __post_init__(self) -> None:
        LetterBase.__post_init__(self)
        if not self.what or not self.kept:
            raise InputError(
                "letters.marketing_nothing",
                "The letter does not say what has stopped, or what is kept to make sure.",
                "Check the answer on this request and make the letter again.",
            )
