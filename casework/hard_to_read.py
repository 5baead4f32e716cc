"""What may be hard to read in a document, said before its first page.

Proposed from cues in the very words that are sent: what is withheld must not show in a warning.
A cue is a word or phrase of the council's list, matched whole and in any case. The warnings are
kept general and speak of the page, never of the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redaction.paint import PaintedDocument


@dataclass(frozen=True, slots=True)
class ContentWarning:
    """One kind of hard content.

    Attributes:
        id: Its name in the council's list.
        text: The warning, as a sentence.
        cues: Words and phrases that stand for it; one may end in `*` for any ending.
    """

    id: str
    text: str
    cues: tuple[str, ...]

    def stands_in(self, text: str) -> bool:
        """Whether one of the cues stands in a text."""
        return bool(self.cues) and re.search(self._pattern, text, re.IGNORECASE) is not None

    @property
    def _pattern(self) -> str:
        return rf"\b(?:{'|'.join(_as_pattern(cue) for cue in self.cues)})"


def warning_of(painted: PaintedDocument, known: Sequence[ContentWarning]) -> str:
    """The warnings of one document as sentences, in the council's order; '' for none."""
    text = " ".join(word.text for page in painted.pages for word in page.words)
    return " ".join(_found(text, known))


def _found(text: str, known: Iterable[ContentWarning]) -> Iterable[str]:
    return (warning.text for warning in known if warning.stands_in(text))


def _as_pattern(cue: str) -> str:
    words = r"\W+".join(re.escape(word) for word in cue.rstrip("*").split())
    return words if cue.endswith("*") else rf"{words}\b"
