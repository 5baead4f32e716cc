"""The letter to a place that was asked to search for us and has not answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from rights.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChase(LetterBase):
    """We asked you to search; please answer, for the law's time does not wait.

    It repeats what the place needs in order to search, and says nothing of who asks or why.

    Raises:
        InputError: Nothing is said to search by, or the answer is due before it was asked for.
    """

    kind: ClassVar[str] = "source_chase"

    place: str
    """What was to be searched, as the council calls it."""
    asked_on: dt.date
    search_by: tuple[str, ...]
    """Names, dates of birth and numbers to search by, one each: 'Name: Jordan Marsh'."""
    answer_by: dt.date

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        if not self.search_by or self.answer_by < self.asked_on:
            raise InputError(
                "letters.chase",
                "The letter does not say what to search by, or its day lies before the first one.",
                "Check the search of this case and make the letter again.",
            )
