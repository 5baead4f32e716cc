"""The letter about another copy of an answer that was sent (UK GDPR Art 15(3))."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherCopy(LetterBase):
    """Another copy: what it costs and how that was reckoned, or here it is.

    Raises:
        InputError: A fee has no reckoning or no rule, or the ways to complain are missing with it.
    """

    kind: ClassVar[str] = "further_copy"

    received: dt.date
    """The day on which another copy was asked for."""
    sent_before: dt.date
    """The day on which the answer was sent."""
    pence: int = 0
    """The fee that is asked for; 0 where the copy comes with this letter."""
    basis: str = ""
    """How the fee was reckoned, as a sentence."""
    citation: str = ""
    due: dt.date | None = None
    how_sent: str = ""
    routes: tuple[ComplaintRoute, ...] = ()

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        if self.pence < 0 or bool(self.pence) != bool(self.basis and self.citation and self.due):
            raise InputError(
                "letters.copy_fee",
                "The fee for the copy is not explained, or nothing is charged and explained.",
                "Enter the fee and how it was reckoned, or leave both out.",
            )
        if self.pence:
            check_routes(self.routes, self.date)

    @property
    def amount(self) -> str:
        """The fee in pounds: '£12.50'."""
        return f"£{self.pence // 100}.{self.pence % 100:02}"
