"""Folding text for comparison without losing where each character came from.

Folding removes case, accents and typographic differences: ``Łódź`` becomes ``lodz``, ``O’Brien``
becomes ``o'brien``. It changes lengths (``ß`` becomes two letters, a Turkish ``İ`` case-folds to
two code points, soft hyphens vanish), so a finding in folded text is brought back to the original
through an offset map.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Letters that compatibility decomposition leaves alone, and punctuation with many shapes.
_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
    "æ": "ae", "œ": "oe", "ß": "ss", "ŋ": "n", "ə": "e", "ɛ": "e", "ĸ": "k", "ƒ": "f",
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "ʹ": "'", "`": "'", "´": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "﹣": "-", "－": "-",
}  # fmt: skip
# Invisible characters that break a name apart for a machine but not for a reader.
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
_CACHE: dict[str, str] = {}


def _fold_char(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char in _LETTERS:
        return _LETTERS[char]
    out: list[str] = []
    for part in unicodedata.normalize("NFKD", char.casefold()):
        if not unicodedata.combining(part):
            out.append(_LETTERS.get(part, " " if part.isspace() and part > "\x7f" else part))
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with the way back to the original.

    Attributes:
        text: The folded text.
        offsets: For each folded character the index of the original character it came from,
            and one last entry, the length of the original.
    """

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that folded characters `start` to `end` came from.

        Combining marks and invisible characters that folding dropped belong to the character
        before them. An empty span maps to an empty span.
        """
        first = self.offsets[start]
        if end <= start:
            return first, first
        return first, max(self.offsets[end], self.offsets[end - 1] + 1)


def fold(text: str) -> Folded:
    """Folds `text` for comparison; see the module for what is removed.

    >>> fold("Zoë O’Brien").text
    "zoe o'brien"
    """
    if text.isascii():
        return Folded(text.lower(), range(len(text) + 1))
    out: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        folded = _CACHE.get(char)
        if folded is None:
            folded = _CACHE[char] = _fold_char(char)
        out.append(folded)
        if len(folded) == 1:
            offsets.append(index)
        else:
            offsets.extend([index] * len(folded))
    offsets.append(len(text))
    return Folded("".join(out), offsets)


_SPLIT = re.compile(r"[^\w']+|_")


def name_tokens(name: str) -> tuple[str, ...]:
    """The folded words of a name; hyphens split, apostrophes and full stops vanish.

    >>> name_tokens("Anne-Marie O'Brien")
    ('anne', 'marie', 'obrien')
    """
    words = (word.replace("'", "") for word in _SPLIT.split(fold(name).text))
    return tuple(word for word in words if word)
