"""Which words may stay in the text layer, and the content stream that holds them.

The layer is invisible (text render mode 3, ISO 32000-2 9.3.6) and set in a font without glyphs,
half an em for every code. Words sit at whole points: what the picture shows is no finer, and a
finer position would give away the width of what was covered (Bland, Iyer, Levchenko 2022).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

import numpy as np
import numpy.typing as npt

from redaction.document import Box, Page, Word
from redaction.paint.model import KeptWord, PaintedBox
from redaction.paint.pixels import have_ink
from redaction.paint.render import Pixels

ADVANCE = 0.5
"""Width of every code of the layer's font, in ems."""

_ACROSS, _DOWN = 0.2, 0.35
"""Share of a character's width and height from which a box over it counts as covering it. Boxes
are padded, so they graze the lines above and below without making them unreadable."""

_LEAST_SIDE = 1.5  # points; an "l" is narrow, but no letter is small both ways
_LEAST_ADVANCE = 0.15  # width a letter takes at least, as a share of its height


class Codes:
    """Numbers the characters of one document, and gives what each number stands for.

    A character outside the basic plane gets a private code, since a code has two bytes.
    """

    def __init__(self) -> None:
        self._private: dict[str, int] = {}
        self._used: dict[int, str] = {}
        self._known: dict[str, bytes] = {}

    def encode(self, text: str) -> bytes:
        """The text as a PDF hexadecimal string."""
        known = self._known.get(text)
        if known is not None:
            return known
        codes: list[int] = []
        for character in text:
            code = ord(character)
            if code > 0xFFFF or 0xE000 <= code <= 0xF8FF:
                code = self._private.setdefault(character, 0xE000 + len(self._private))
            self._used[code] = character
            codes.append(code)
        written = b"<" + b"".join(b"%04X" % code for code in codes) + b">"
        self._known[text] = written
        return written

    def used(self) -> list[tuple[int, str]]:
        """Every code in use and its character, in order."""
        return sorted(self._used.items())


def kept_words(
    page: Page, boxes: Sequence[PaintedBox], pixels: Pixels, scale: tuple[float, float]
) -> tuple[KeptWord, ...]:
    """The words, or parts of words, that no box covers and whose ink is still there."""
    words = page.words
    if not words:
        return ()
    corners = np.array([(w.box.left, w.box.top, w.box.right, w.box.bottom) for w in words])
    areas = [b.box for b in boxes]
    near = _near(corners, areas)
    pieces = [KeptWord(w.text, w.box) for w in words]
    if near.any():
        parts = [
            list(_uncovered(word, areas)) if near[index] else [pieces[index]]
            for index, word in enumerate(words)
        ]
        pieces = [piece for part in parts for piece in part]
        corners = np.array(
            [(p.box.left, p.box.top, p.box.right, p.box.bottom) for p in pieces]
        ).reshape(-1, 4)
    lengths = np.array([len(p.text) for p in pieces])
    legible = _fits(corners, lengths)
    for index in np.flatnonzero(~legible):
        # A mark that is no letter may be as small as it likes.
        legible[index] = not any(c.isalnum() for c in pieces[index].text)
    return tuple(compress(pieces, legible & have_ink(pixels, corners, scale)))


def _near(corners: npt.NDArray[np.float64], areas: Sequence[Box]) -> npt.NDArray[np.bool_]:
    """Which words a box touches."""
    near = np.zeros(len(corners), dtype=np.bool_)
    left, top, right, bottom = corners.T
    for area in areas:
        near |= (
            (area.top < bottom) & (top < area.bottom) & (area.left < right) & (left < area.right)
        )
    return near


def stream(
    words: Iterable[KeptWord], boxes: Iterable[PaintedBox], height: float, codes: Codes
) -> bytes:
    """The text operators of one page: a word each, then the label of each box."""
    lines = [b"BT /T 1 Tf 3 Tr"]
    encode = codes.encode
    for word in words:
        text, box = word.text, word.box
        left = box.left
        lines.append(
            b"%.2f 0 0 %d %d %d Tm %s Tj"
            % (
                max(0.1, (box.right - left) / (ADVANCE * len(text))),
                max(1, round(box.bottom - box.top)),
                round(left),
                round(height - box.bottom),
                encode(text + " "),
            )
        )
    for item in boxes:
        if item.label:
            box = item.box
            across = (box.right - box.left) / (ADVANCE * (len(item.label) + 1))
            lines.append(
                b"%.3f 0 0 %.2f %.2f %.2f Tm %s Tj"
                % (
                    across,
                    (box.bottom - box.top) * 0.9,
                    box.left,
                    height - box.bottom,
                    codes.encode(item.label + " "),
                )
            )
    return b"\n".join([*lines, b"ET"])


def _uncovered(word: Word, areas: Sequence[Box]) -> Iterator[KeptWord]:
    box = word.box
    near = [
        a
        for a in areas
        if a.top < box.bottom and box.top < a.bottom and a.left < box.right and box.left < a.right
    ]
    if not near:
        yield KeptWord(word.text, box)
        return
    edges = word.edges if len(word.edges) == len(word.text) + 1 else _even(word)
    run: list[int] = []
    for index in range(len(word.text) + 1):
        cell = None
        if index < len(word.text):
            left, right = sorted((edges[index], edges[index + 1]))
            cell = Box(left, word.box.top, right, word.box.bottom)
        if cell is not None and not any(_covers(a, cell) for a in near):
            run.append(index)
        elif run:
            ends = sorted((edges[run[0]], edges[run[-1] + 1]))
            text = word.text[run[0] : run[-1] + 1]
            yield KeptWord(text, Box(ends[0], word.box.top, ends[1], word.box.bottom))
            run = []


def _fits(corners: npt.NDArray[np.float64], lengths: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Whether anybody could read so many letters in these spaces.

    What extracts but cannot be read is not what is seen: a speck, or words that a file claims for
    another picture of itself (ActualText, ISO 32000-2 14.9.4).
    """
    width, height = corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]
    small, large = np.minimum(width, height), np.maximum(width, height)
    return (large >= _LEAST_SIDE) & (large / lengths >= _LEAST_ADVANCE * small)


def _even(word: Word) -> tuple[float, ...]:
    step = (word.box.right - word.box.left) / max(1, len(word.text))
    return tuple(word.box.left + step * i for i in range(len(word.text) + 1))


def _covers(area: Box, cell: Box) -> bool:
    across = min(area.right, cell.right) - max(area.left, cell.left)
    down = min(area.bottom, cell.bottom) - max(area.top, cell.top)
    # A combining mark has no width of its own; it goes with the place it stands at.
    is_across = across >= _ACROSS * (cell.right - cell.left) and across >= 0
    return is_across and down >= _DOWN * (cell.bottom - cell.top) and down > 0
