"""Words kept small: a whole bundle is held at once, and its words are looked at page by page.

Twenty thousand pages of words with a place for every letter are several gigabytes as objects and
some hundred megabytes packed. The vault keeps places in thousandths of a point, and so does this.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import overload

import numpy as np
import numpy.typing as npt

from redaction.document import Box, Origin, ReadDocument, Word, WordRow, load_pages

_OPEN = 64
"""Pages whose words are unpacked at a time."""
_NUMBERS = 9
"""Start, length, confidence, origin, number of edges, and the four sides of a word."""
Numbers = npt.NDArray[np.int64]


class PackedWords(Sequence[Word]):
    """The words of one page; equal to a tuple of the same words."""

    __slots__ = ("_count", "_packed", "_text")

    def __init__(self, text: str, packed: bytes, count: int) -> None:
        self._text = text
        self._packed = packed
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, index: int | slice) -> Word | tuple[Word, ...]:
        return _unpacked(self._text, self._packed, self._count)[index]

    def __iter__(self) -> Iterator[Word]:
        return iter(_unpacked(self._text, self._packed, self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (PackedWords, tuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def load_packed(data: bytes) -> ReadDocument:
    """The document that `dump_pages` wrote, without its view, its words packed."""
    return load_pages(data, words_in=_packed)


def _packed(text: str, rows: Sequence[WordRow]) -> Sequence[Word] | None:
    """The words of a page; None where a word is not what stands in the text at its place."""
    if any(not text.startswith(row[0], row[2]) for row in rows):
        return None
    numbers = _thousandths(
        n
        for word, box, start, edges, origin, sure in rows
        for n in (
            start / 1000,
            len(word) / 1000,
            sure,
            (origin == Origin.OCR.value) / 1000,
            len(edges) / 1000,
            *box,
        )
    )
    edges = _thousandths(chain.from_iterable(row[3] for row in rows))
    # Neighbours differ by little, which packs well.
    whole = numbers.tobytes() + np.diff(edges, prepend=0).tobytes()
    return PackedWords(text, zlib.compress(whole, 1), len(rows))


def _thousandths(values: Iterator[float]) -> Numbers:
    return np.rint(np.fromiter(values, np.float64) * 1000).astype(np.int64)


@lru_cache(maxsize=_OPEN)
def _unpacked(text: str, data: bytes, count: int) -> tuple[Word, ...]:
    numbers: Numbers = np.frombuffer(zlib.decompress(data), np.int64)
    each = numbers[: count * _NUMBERS].reshape(count, _NUMBERS)
    # A whole number of thousandths divided gives the very number that its decimals give.
    edges: list[float] = (np.cumsum(numbers[count * _NUMBERS :]) / 1000).tolist()
    places: list[list[float]] = (each[:, 5:] / 1000).tolist()
    heads: list[list[int]] = each[:, :5].tolist()
    found: list[Word] = []
    at = 0
    for (start, length, sure, read, many), box in zip(heads, places, strict=True):
        origin = Origin.OCR if read else Origin.NATIVE
        own = tuple(edges[at : at + many])
        found.append(Word(text[start : start + length], Box(*box), start, own, origin, sure / 1000))
        at += many
    return tuple(found)
