"""A letter in between: how far the work on a request is, and that it is not forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressLetter(LetterBase):
    """Where the request stands, what comes next and by when.

    It moves no date and says nothing of what was found: that is the answer's to tell.

    Raises:
        InputError: The answer is late, and fewer ways to complain are given than the law names.
    """

    kind: ClassVar[str] = "progress"

    received: dt.date
    done: tuple[str, ...]
    """What was done so far, in sentences that are true in every disclosure mode."""
    next_steps: tuple[str, ...]
    """What is still to do, one sentence each."""
    due: dt.date | None
    """By when the answer is due; None while the time has not started or stands still."""
    late: bool = False
    """Whether that day has passed."""
    routes: tuple[ComplaintRoute, ...] = ()
    """Every way to complain of the day, with an answer that is late."""

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        if self.late:
            check_routes(self.routes, self.date)
