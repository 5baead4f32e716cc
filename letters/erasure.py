"""Letters about erasing records: what was decided, and the certificate of what is gone.

They name records by kind, place and days only: a title may name somebody else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


class Erasing(StrEnum):
    """How a request to erase ended."""

    ALL = "all"
    PART = "part"
    LIMITED = "limited"
    """Kept, and no longer used."""
    NOT = "not"
    NOTHING = "nothing"
    """Nothing is held."""


@dataclass(frozen=True, slots=True)
class GoneRow:
    """One row of the certificate."""

    what: str
    """'3 case notes, from 1 February 2012 to 20 March 2012'."""
    where: str
    when: str
    """The day on which it was done, or the first and last."""
    proof: str
    """How it is known, as a sentence."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """Records that stay, and why."""

    what: str
    why: tuple[str, ...]
    """One sentence each: the reason of whoever decided, and how long it is kept."""
    citation: str
    limited: bool = False
    """Kept and no longer used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureLetter(LetterBase):
    """What was decided about erasing records, and what was done (UK GDPR Arts 12(3)-(4), 17, 19).

    Raises:
        InputError: What is told does not fit the outcome, or the ways to complain are missing where
            less was done than was asked for.
    """

    kind: ClassVar[str] = "erasure_letter"

    received: dt.date
    outcome: Erasing
    gone: tuple[GoneRow, ...] = ()
    kept: tuple[KeptRow, ...] = ()
    to_go: tuple[str, ...] = ()
    """What will be erased when nothing is in the way any more."""
    waits_until: dt.date | None = None
    why_later: str = ""
    elsewhere: str = ""
    """What was arranged with backups and with those who work for us."""
    public: tuple[str, ...] = ()
    """Each place where some of it was public, with what was done to tell others (Art 17(2))."""
    told: tuple[str, ...] = ()
    """Those who had the records and were told."""
    marked: bool = False
    """A mark was kept so that an import does not bring the person back."""
    listed: tuple[str, ...] = ()
    """Systems that keep the address on their list of people not to write to."""
    routes: tuple[ComplaintRoute, ...] = ()

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        erases = self.outcome in (Erasing.ALL, Erasing.PART)
        less = self.outcome is not Erasing.ALL
        waits = self.waits_until is not None
        if (
            erases != bool(self.gone or self.to_go)
            or waits != bool(self.to_go and self.why_later)
            or (waits and bool(self.gone))
            or (erases and not self.elsewhere)
            or (less and self.outcome is not Erasing.NOTHING) != bool(self.kept)
        ):
            raise _contradicts()
        if less or waits:
            check_routes(self.routes, self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureCertificate(LetterBase):
    """What had to wait is gone now: what, where, when and how it is known (UK GDPR Art 17).

    Raises:
        InputError: Nothing is gone, or it is not said what becomes of copies elsewhere.
    """

    kind: ClassVar[str] = "erasure_certificate"

    received: dt.date
    gone: tuple[GoneRow, ...]
    kept: tuple[KeptRow, ...] = ()
    """What could not be erased after all."""
    elsewhere: str
    marked: bool = False
    listed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        LetterBase.__post_init__(self)
        if not self.gone or not self.elsewhere:
            raise _contradicts()


def _contradicts() -> InputError:
    return InputError(
        "letters.erasure_mismatch",
        "The letter about erasing records does not fit what was decided and done.",
        "Check the decision on this request and make the letter again.",
    )
