"""A kind letter about what is no data rights request to us: what it is, and where it goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageNotice(LetterBase):
    """What somebody sent us is not a request for a person's data, or not ours to answer.

    Because the reader may see it otherwise, every way to complain is named (UK GDPR Art 12(4)).

    Raises:
        InputError: Fewer ways to complain are given than the law in force on the day names.
    """

    kind: ClassVar[str] = "triage_notice"

    received: dt.date
    what: str
    """What it is, to follow "as"."""
    paragraphs: tuple[str, ...]
    """What follows from it, in plain words."""
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        check_routes(self.routes, self.date)
