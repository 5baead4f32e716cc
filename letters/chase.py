"""The sheet to a place that is to be searched by hand, and the letter when it does not answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from rights.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChase(LetterBase):
    """Please search, or: we asked you to search; please answer, for the law's time does not wait.

    Both say what the place needs in order to search and bring the form to sign; neither says who
    asks or why.

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
    look_through: tuple[str, ...] = ()
    """What to look through, one point each: 'the box list', 'the boxes it names'."""
    first: bool = False
    """The sheet itself; otherwise it was sent before and is not answered."""

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        if not self.search_by or self.answer_by < self.asked_on:
            raise InputError(
                "letters.chase",
                "The letter does not say what to search by, or its day lies before the first one.",
                "Check the search of this case and make the letter again.",
            )
