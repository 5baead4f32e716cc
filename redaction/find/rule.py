"""What a rule for one sort of identifier says: its shape, check, cue words and what is near."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from redaction.find import checks
from rights.release import FactKind


class Anchor(NamedTuple):
    """What must stand near for a shape to be there at all: looked for once for several shapes.

    A shape starts at most `before` characters before the anchor, and what makes it one stands at
    most `after` characters behind the anchor's end.
    """

    shape: re.Pattern[str]
    before: int
    after: int


LONG_NUMBER = Anchor(re.compile(r"\d(?:[ ().-]{0,3}\d){5,}"), 16, 16)
LETTER_NUMBER = Anchor(re.compile(r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Z][\s.-]\d))"), 8, 40)


@dataclass(frozen=True, slots=True)
class Rule:
    """One sort of identifier.

    `alone` and `cued` are the confidences without and with a cue word before; 0 means it is not
    found that way. A failed check halves the confidence with a cue (a mistyped number is still
    somebody's) and drops it without; with `strict` it always drops it.
    """

    sort: str
    shape: re.Pattern[str]
    title: str
    alone: float
    cued: float
    cue: re.Pattern[str] | None = None
    check: Callable[[str], bool] | None = None
    kind: FactKind = FactKind.IDENTIFIER
    normal: Callable[[str], str] = checks.compact
    reach: int = 40
    near: Anchor | None = None
    strict: bool = False
    last: frozenset[str] = frozenset()
    """Where given: without a cue whose last word is one of these, the cue need not be sought."""
    hints: tuple[str, ...] = ()
    """Where given: one of these, in small letters, stands in every cue; quicker to look for."""


NUMBER_WORD = r"n(?:o|um|umb[ec]rs?|urnb[ec]rs?|os)"
"""Also as a scanner reads it."""


def cue(words: str) -> re.Pattern[str]:
    """A cue that may have a few words of the same line between it and the value."""
    return re.compile(rf"(?:{words})\b[^\n]{{0,24}}$", re.IGNORECASE)


def tight(words: str) -> re.Pattern[str]:
    """A cue with nothing but "no", "ref", "is" and marks between it and the value."""
    between = (
        rf"(?:\s*(?:{NUMBER_WORD}|id|ref(?:erence)?|code|name|handle|account|is|was|=|#)\b\.?)*"
    )
    return re.compile(
        rf"(?<![a-z])(?:{words})(?![a-z]){between}[\s:.#=(\"'-]{{0,4}}$", re.IGNORECASE
    )
