"""The letter to whoever received the data: what has to change on their side, and nothing more.

UK GDPR Art 19. It tells nobody that somebody asked, or why: a school or a former partner's
solicitor could read out of that what the person has against them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from letters.context import LetterBase
from rights.errors import InputError


class Change(StrEnum):
    """What has to be done with the data that were passed on."""

    CORRECT = "correct"
    ERASE = "erase"
    LIMIT = "limit"
    """Stored and no longer used."""
    LIFT = "lift"
    """A limit has ended."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """One thing that was wrong or missing, and what is right."""

    wrong: str
    """What it said; empty where something was missing."""
    right: str
    """What it says now, or what was added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientNotice(LetterBase):
    """Please do the same with what we passed on to you.

    Raises:
        InputError: Something is to be put right and it is not said what, or the other way round.
    """

    kind: ClassVar[str] = "recipient_notice"

    change: Change
    born: dt.date | None
    """The person's date of birth, so that the right record is found; None when it is not known."""
    services: tuple[str, ...]
    """From which of our services the data came."""
    replaced: tuple[Replaced, ...] = ()
    """With CORRECT alone."""
    which: tuple[str, ...] = ()
    """Which records, by number and days and never by title; with all but CORRECT."""

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        corrects = self.change is Change.CORRECT
        if not self.services or bool(self.replaced) != corrects or bool(self.which) == corrects:
            raise InputError(
                "letters.notice_mismatch",
                "The notice does not say what has to change, or says more than that.",
                "Check what was decided for each record.",
            )
