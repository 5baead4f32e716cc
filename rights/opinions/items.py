"""Items of health data: what they are called, and the numbered schedule that asks about them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rights.errors import InputError

_RANGE = re.compile(r"(\d{1,5})(?:\s*(?:-|–|to)\s*(\d{1,5}))?")


def item_id(document: str, proposal: str) -> str:
    """The id of an item: the passage that a proposal marks in a document."""
    return f"{document}/{proposal}"


def document_of(item: str) -> str:
    """The document in which an item stands."""
    return item.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One item as a professional is asked about it. Personal data.

    Attributes:
        number: Its number in the schedule, from 1.
        item: Its id.
        title: What the document is.
        dated: Its date, if it is known.
        page: Page of the document.
        text: The passage itself, and no more.
    """

    number: int
    item: str
    title: str
    dated: dt.date | None
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """What one professional was asked, frozen on the day of asking."""

    opinion: str
    lines: tuple[ScheduleLine, ...]

    def items(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The items that stand under these numbers.

        Raises:
            InputError: ``opinion.number`` for a number that the schedule does not have.
        """
        by_number = {line.number: line.item for line in self.lines}
        wanted = tuple(numbers)
        if any(n not in by_number for n in wanted):
            raise InputError(
                "opinion.number",
                f"The schedule has the numbers 1 to {len(self.lines)} and no others.",
                "Copy the numbers from the sheet that came back.",
            )
        return tuple(by_number[n] for n in wanted)


def numbers_of(text: str) -> tuple[int, ...]:
    """The numbers that an officer copies from a return sheet: ``1, 4-6``.

    >>> numbers_of("7, 1-3; 9")
    (1, 2, 3, 7, 9)

    Raises:
        InputError: ``opinion.numbers`` for anything else.
    """
    found: set[int] = set()
    parts: Sequence[str] = [p.strip() for p in re.split(r"[,;\n]|\band\b", text) if p.strip()]
    for part in parts:
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last:
            raise InputError(
                "opinion.numbers",
                "These are not numbers of a schedule.",
                "Write them as on the sheet, for example: 1, 4-6.",
            )
        found.update(range(first, last + 1))
    return tuple(sorted(found))
