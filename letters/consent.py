"""The letter about consent that was taken back: what has stopped, what goes on and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


@dataclass(frozen=True, slots=True)
class GoesOn:
    """Something that is still done, and the other basis on which it always was.

    Attributes:
        what: What is done, as it stands in the register.
        basis: The basis as a sentence without its full stop.
        citation: Its provision.
    """

    what: str
    basis: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLetter(LetterBase):
    """Consent was taken back (UK GDPR Art 7(3)); what was kept on it alone may be erased.

    Raises:
        InputError: Nothing stops and nothing goes on, or the ways to complain are missing where
            something goes on.
    """

    kind: ClassVar[str] = "consent_letter"

    received: dt.date
    stopped: tuple[str, ...]
    """What has stopped."""
    stopped_on: dt.date
    goes_on: tuple[GoesOn, ...] = ()
    routes: tuple[ComplaintRoute, ...] = ()

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        if not self.stopped and not self.goes_on:
            raise InputError(
                "letters.consent_nothing",
                "The letter does not say what has stopped or what goes on.",
                "Check the decision on this request and make the letter again.",
            )
        if self.goes_on:
            check_routes(self.routes, self.date)
