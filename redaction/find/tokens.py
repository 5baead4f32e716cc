"""Words of a page's text with their places, and folding that never moves a place.

Two foldings are used. `flatten` maps every character to exactly one, so that an offset in the
flattened text is an offset in the text itself: a case fold that changes length (the Turkish İ, the
German ß, a ligature) would shift every offset behind it. `rights.names.fold` may change length; it
is used on one word at a time, for the key under which a name is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from rights.names import fold

_MARKS = r"\u00ad\u0300-\u036f\u200b-\u200d"
_TAIL = rf"[^\W_]*(?:[{_MARKS}]+[^\W_]*)*(?:['’`´][^\W_]+)*"
_WORD = re.compile(rf"[^\W_]{_TAIL}")
# Starts of words that may be capitals: no small Latin letter and no digit, and not inside a word.
_NO_SMALL_WORD = re.compile(
    rf"(?<![^\W_])(?<![^\W_][{_MARKS}'’`´])[^\W_0-9a-z]{_TAIL}",
)
_POSSESSIVE = re.compile(r"['’`´]s$", re.IGNORECASE)
_end = attrgetter("end")
_NOT_IN_KEYS = re.compile(r"[^\w]|_")


class Token(NamedTuple):
    """One word of the text, without a possessive ending.

    `key` is folded, without apostrophes, soft hyphens or accents.
    """

    text: str
    start: int
    end: int
    key: str
    possessive: bool

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


class _Flat(dict[int, str]):
    """One character for one character: small unaccented letters and digits, else a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        flat = " "
        if char.isalnum():
            plain = unicodedata.normalize("NFKD", char.casefold())
            flat = plain[0] if plain and plain[0].isalnum() else char
        self[code] = flat
        return flat


_FLAT = _Flat()


def flatten(text: str) -> str:
    """Small letters, digits and spaces only; as long as the text itself."""
    return text.translate(_FLAT)


class Keys(dict[str, tuple[str, str, bool]]):
    """From a written word to it without a possessive ending, its key and whether it had one."""

    def __missing__(self, word: str) -> tuple[str, str, bool]:
        bare = _POSSESSIVE.sub("", word)
        result = (bare, key_of(bare), bare != word)
        self[word] = result
        return result


def key_of(word: str) -> str:
    """The key of a single word, as names and tokens are looked up by."""
    return _NOT_IN_KEYS.sub("", unicodedata.normalize("NFKD", fold(word).text))


def tokenise(text: str, keys: Keys, *, capitals: bool = False) -> list[Token]:
    """The words of a text in order; `keys` is kept by the caller over many texts.

    `capitals` leaves out, at a third of the cost, all that start with no capital letter.
    """
    new = tuple.__new__  # a named tuple's own constructor takes twice as long
    matches = (_NO_SMALL_WORD if capitals else _WORD).finditer(text)
    return [
        new(Token, (word, start := match.start(), start + len(word), key, possessive))
        for match in matches
        for word, key, possessive in (keys[match[0]],)
        if key and (not capitals or word[0].isupper())
    ]


def claimed_by(tokens: Sequence[Token], stretches: Iterable[tuple[int, int]]) -> list[bool]:
    """For each word of a text, whether it overlaps one of the stretches, `end` exclusive."""
    claimed = [False] * len(tokens)
    for start, end in stretches:
        index = bisect_left(tokens, start + 1, key=_end)
        while index < len(tokens) and tokens[index].start < end:
            claimed[index] = True
            index += 1
    return claimed


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text, `end` exclusive."""

    start: int
    end: int


_BREAK = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bDr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bMrs\.)"
    r"[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n[ \t]*\n\s*"
)


def sentences(text: str) -> Iterator[Stretch]:
    """Cuts a text at sentence ends and blank lines; what is cut off is white space only."""
    start = 0
    for match in _BREAK.finditer(text):
        if text[start : match.start()].strip():
            yield _trim(text, start, match.start())
        start = match.end()
    if text[start:].strip():
        yield _trim(text, start, len(text))


def _trim(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end)
