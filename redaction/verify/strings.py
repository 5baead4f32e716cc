"""Finding forbidden strings, however they are cased, spaced, hyphenated, accented or turned."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import ahocorasick

_TOKEN = re.compile(r"[^\W_]+")
_LETTERS_LEFT_BY_NFKD = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i"})
_OCR_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "|": "l"})
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DATES = (
    re.compile(r"^(?P<d>\d{1,2})[./\- ](?P<m>\d{1,2})[./\- ](?P<y>\d{4})$"),
    re.compile(r"^(?P<y>\d{4})[./\-](?P<m>\d{1,2})[./\-](?P<d>\d{1,2})(?:[T ].*)?$"),
    re.compile(r"^(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name>[a-z]+)\.?,?\s+(?P<y>\d{4})$", re.I),
)
_SHORT = 7
_MANY_DIGITS = 6


class _Folding(dict[int, str]):
    """What each character folds to, worked out once: NFKD, lower case, no accents."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code)).casefold()
        plain = "".join(c for c in apart if not unicodedata.combining(c))
        self[code] = plain.translate(_LETTERS_LEFT_BY_NFKD)
        return self[code]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Lower case without accents."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def squeezed(text: str, *, lookalikes: bool = False) -> str:
    """Only letters and digits, folded; with `lookalikes`, as OCR may confuse them."""
    plain = "".join(_TOKEN.findall(folded(text)))
    return _alike(plain) if lookalikes else plain


class Forbidden:
    """A set of strings to look for in many texts."""

    def __init__(self, strings: Sequence[str], *, lookalikes: bool = False) -> None:
        self._lookalikes = lookalikes
        self._automaton: Any = ahocorasick.Automaton()
        found: dict[str, set[int]] = {}
        for index, text in enumerate(strings):
            for variant in _variants(text):
                plain = _alike(variant) if lookalikes else variant
                found.setdefault(plain, set()).add(index)
        for plain, indexes in found.items():
            self._automaton.add_word(plain, (plain, frozenset(indexes)))
        if found:
            self._automaton.make_automaton()
        self._is_empty = not found

    def hits(self, text: str) -> frozenset[int]:
        """The indexes of the strings that the text holds in any of their forms."""
        if self._is_empty:
            return frozenset()
        tokens = _TOKEN.findall(folded(text))
        if self._lookalikes:
            tokens = [_alike(t) for t in tokens]
        line = "".join(tokens)
        found: set[int] = set()
        borders: set[int] | None = None
        for last, (plain, indexes) in self._automaton.iter(line):
            if indexes <= found:
                continue
            if borders is None:
                borders = set(_borders(tokens))
            start, end = last + 1 - len(plain), last + 1
            if _is_hit(plain, start in borders, end in borders):
                found |= indexes
        return frozenset(found)


def too_short(strings: Iterable[str]) -> list[int]:
    """Indexes of strings that no search could tell from ordinary text."""
    return [i for i, text in enumerate(strings) if len(squeezed(text)) < 2]


def byte_forms(strings: Sequence[str]) -> list[tuple[int, bytes]]:
    """Each string long enough to mean something in raw bytes, in the encodings a PDF may use."""
    forms: list[tuple[int, bytes]] = []
    for index, text in enumerate(strings):
        if len(squeezed(text)) <= _SHORT:
            continue
        lower = text.lower()
        encoded = {lower.encode(), lower.encode("utf-16-be"), lower.encode("latin-1", "ignore")}
        forms += [(index, form) for form in sorted(encoded) if len(form) > _SHORT]
    return forms


def _is_hit(plain: str, starts: bool, ends: bool) -> bool:
    # "can not here" holds "annother" and must not count; "JaneSmithson" glued to a word must.
    if sum(c.isdigit() for c in plain) >= _MANY_DIGITS:
        return True
    return (starts and ends) if len(plain) <= _SHORT else (starts or ends)


def _borders(tokens: Sequence[str]) -> Iterator[int]:
    position = 0
    yield position
    for token in tokens:
        position += len(token)
        yield position


def _alike(text: str) -> str:
    return text.replace("rn", "m").replace("vv", "w").translate(_OCR_LOOKALIKES)


def _variants(text: str) -> Iterator[str]:
    tokens = _TOKEN.findall(folded(text))
    plain = "".join(tokens)
    yield plain
    if 2 <= len(tokens) <= 4 and plain.isalpha():
        yield "".join([tokens[-1], *tokens[:-1]])
    digits = "".join(c for c in text if c.isdigit())
    if plain.isdigit() and len(digits) == 11 and digits.startswith("0"):
        yield "44" + digits[1:]
    yield from _date_variants(text.strip())


def _date_variants(text: str) -> Iterator[str]:
    for pattern in _DATES:
        match = pattern.match(text)
        if not match:
            continue
        parts = match.groupdict()
        name = (parts.get("name") or "").lower()
        month = next(
            (i for i, m in enumerate(_MONTHS, 1) if len(name) >= 3 and m.startswith(name)),
            int(parts.get("m") or 0),
        )
        try:
            day = dt.date(int(parts["y"]), month, int(parts["d"]))
        except ValueError:
            return
        yield from _written(day)


def _written(day: dt.date) -> Iterator[str]:
    name = _MONTHS[day.month - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(
        day.day % 10 if day.day not in (11, 12, 13) else 0, "th"
    )
    yield f"{day:%d%m%Y}"
    yield f"{day:%Y%m%d}"
    if len(f"{day.day}{day.month}{day.year}") > _MANY_DIGITS:
        yield f"{day.day}{day.month}{day.year}"
    for month in (name, name[:3]):
        yield f"{day.day}{month}{day.year}"
        yield f"{day.day:02}{month}{day.year}"
        yield f"{day.day}{ending}{month}{day.year}"
        yield f"{month}{day.day}{day.year}"
        yield f"{month}{day.day}{ending}{day.year}"
