"""Letters that say no: a request refused as a whole, and a fee asked for in its place.

UK GDPR Art 12(4) and (5): reasons, every way to complain in force on the day, and a kind word.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute
from rights.errors import InputError


class RefusedFor(StrEnum):
    """How much of the reason the letter tells."""

    REASON = "reason"
    """The rule and the facts are told."""
    GENERAL = "general"
    """No more than that the law allows or requires it."""
    NEITHER = "neither"
    """Not even whether anything is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalLetter(LetterBase):
    """The request is refused as a whole (UK GDPR Art 12(4)).

    Raises:
        InputError: No way to complain is given, or a reason is told without its rule.
    """

    kind: ClassVar[str] = "refusal_letter"

    received: dt.date
    told: RefusedFor
    reason: str = ""
    """The reason as a sentence to the reader; empty unless it is told."""
    facts: tuple[str, ...] = ()
    """The facts relied on, one point each, as they may be told."""
    citation: str = ""
    routes: tuple[ComplaintRoute, ...]
    next_steps: tuple[str, ...] = ()
    """What the reader can do now, one sentence each."""

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        _routes_given(self.routes)
        if (self.told is RefusedFor.REASON) != bool(self.reason and self.citation):
            raise InputError(
                "letters.reason_mismatch",
                "The refusal tells a reason without its rule, or a rule where none may be told.",
                "Check the decision on this request and make the letter again.",
            )
        if self.facts and self.told is not RefusedFor.REASON:
            raise InputError(
                "letters.reason_mismatch",
                "The refusal tells facts where no reason may be told.",
                "Check the decision on this request and make the letter again.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNotice(LetterBase):
    """A reasonable fee is asked for before the request is dealt with (UK GDPR Art 12(5)).

    Raises:
        InputError: There is nothing to pay, or no way to complain is given.
    """

    kind: ClassVar[str] = "fee_notice"

    received: dt.date
    pence: int
    reason: str
    facts: tuple[str, ...]
    basis: str
    """How the fee was reckoned, as a sentence."""
    citation: str
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        LetterBase.__post_init__(self)
        _routes_given(self.routes)
        if self.pence <= 0:
            raise InputError(
                "letters.no_fee", "The fee is nothing.", "Enter the fee in pounds and pence."
            )

    @property
    def amount(self) -> str:
        """The fee in pounds: '£12.50'."""
        return f"£{self.pence // 100}.{self.pence % 100:02}"


def _routes_given(routes: tuple[ComplaintRoute, ...]) -> None:
    if not routes:
        raise InputError(
            "letters.routes_missing",
            "A letter that refuses must name the ways to complain.",
            "Pass the routes in force on the date of the letter.",
        )
