"""The letter to somebody who has not answered our question: we will close unless we hear."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseNotice(LetterBase):
    """We asked, nothing came; the request is closed after a day unless we hear.

    Not acting on a request is told with every way to complain (UK GDPR Art 12(4)).

    Raises:
        InputError: Fewer ways to complain are given than the law in force on the day names.
    """

    kind: ClassVar[str] = "lapse_notice"

    asked_on: dt.date
    question: str
    until: dt.date
    """The last day on which an answer keeps the request open."""
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        check_routes(self.routes, self.date)
