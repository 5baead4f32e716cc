"""The letter that asks a health professional about passages of a person's own health data.

Law: DPA 2018 Sch 3 paras 2, 5 and 6. It goes to the professional, not to the requester: it says
who the person is, so that the record can be found, the test in plain words, and the passages
alone. The return sheet carries the numbers and no words, so that it may come back by post.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from rights.errors import InputError


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of the schedule."""

    number: int
    source: str
    """The document, its date and page, in a few words."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRequest(LetterBase):
    """Would giving these passages to the person be likely to cause serious harm?

    Raises:
        InputError: There is no passage to ask about, or the numbers do not run from 1.
    """

    kind: ClassVar[str] = "opinion_request"

    born: dt.date | None
    """The person's date of birth; None when it is not known."""
    qualification: str
    """The professional's."""
    why_them: str
    """Why the law makes this professional the right one, as a sentence."""
    lock: tuple[str, ...]
    """Why the council cannot decide alone, in sentences."""
    lock_citation: str
    test: tuple[str, ...]
    """The question, and what does not meet the test, in sentences."""
    test_citation: str
    months: int
    """For how long the opinion may be relied on."""
    answer_by: dt.date
    schedule: int
    """Which of the case's schedules this is, so that the sheet that comes back can be told."""
    passages: tuple[Passage, ...]

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        numbers = [p.number for p in self.passages]
        if not numbers or numbers != list(range(1, len(numbers) + 1)):
            raise InputError(
                "letters.schedule",
                "The schedule of passages is empty or not numbered from 1.",
                "Choose the passages again at the desk.",
            )
