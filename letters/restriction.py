"""Letters about limiting the use of records: what was decided, and the notice before it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


class Restricted(StrEnum):
    """How far the use of the records is limited."""

    ALL = "all"
    PART = "part"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionLetter(LetterBase):
    """What was decided about limiting the use of records (UK GDPR Arts 12(3)-(4) and 18).

    Raises:
        InputError: What is told does not fit the outcome, or the ways to complain are missing where
            less was done than was asked for.
    """

    kind: ClassVar[str] = "restriction_letter"

    received: dt.date
    outcome: Restricted
    because: tuple[str, ...] = ()
    """Why the use is limited, one sentence each."""
    records: tuple[str, ...] = ()
    """The records whose use is limited, as the person knows them."""
    why_not: tuple[str, ...] = ()
    """Why their use is not limited, one sentence each."""
    citation: str = ""
    """The rule that was applied to those."""
    still: tuple[str, ...] = ()
    """What the records may still be used for."""
    ends: tuple[str, ...] = ()
    """When it ends, one sentence for each ground."""
    told: tuple[str, ...] = ()
    """Those who had the records and were told."""
    routes: tuple[ComplaintRoute, ...] = ()

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        limited, less = self.outcome is not Restricted.NOT, self.outcome is not Restricted.ALL
        if limited != bool(self.because and self.records and self.still and self.ends):
            raise _contradicts()
        if less != bool(self.why_not and self.citation):
            raise _contradicts()
        if less:
            check_routes(self.routes, self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftingNotice(LetterBase):
    """A limit on the use of records will end: told before it does (UK GDPR Art 18(3)).

    Raises:
        InputError: It would end on the day of the letter or before, or no reason is given.
    """

    kind: ClassVar[str] = "restriction_lifting"

    since: dt.date
    """The day on which the use was limited."""
    not_before: dt.date
    """The first day on which the limit may end."""
    records: tuple[str, ...]
    why: tuple[str, ...]
    """Why it ends, one sentence each."""
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        LetterBase.__post_init__(self)
        check_routes(self.routes, self.date)
        if self.not_before <= self.date or not self.why:
            raise _contradicts()


def _contradicts() -> InputError:
    return InputError(
        "letters.restriction_mismatch",
        "The letter about limiting the use of records does not fit what was decided.",
        "Check the decision on this request and make the letter again.",
    )
