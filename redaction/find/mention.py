"""What the finder of known names hands on: words that name somebody."""

from __future__ import annotations

from typing import NamedTuple

from redaction.find.writings import Part


class Mention(NamedTuple):
    """Words that name one of `people` (positions in the list of people)."""

    start: int
    end: int
    people: tuple[int, ...]
    parts: frozenset[Part]
    title: str
    confidence: float
    how: str
    sure: bool = True
    """Whether it can be nobody's name but theirs."""
