"""Where the ink of words really ends on a scan, and what else is drawn on their lines.

OCR boxes are often a letter short or long. Where words are to close up to a box, each must end
where its own ink ends, and nothing may stand on the line that is no word: a signature, a rule, a
note in the margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from redaction.document import Box
from redaction.formats.pdfium import PdfPage
from redaction.formats.words import Piece

Mask = NDArray[np.bool_]
_DPI = 200
_BLOCK = 64
"""Pixels for which the paper is taken as of one tone."""
_PAPER = 80
"""Percentile of a block's pixels that is its paper; a full line of type inks a fifth of it."""
_CONTRAST = 45
"""Grey levels under the paper from which a pixel is ink; noise of 12 levels reaches it seldom."""
_LEAST_AROUND = 4
"""Dark pixels of nine from which the middle one is no speck."""
_NEAR = 2
"""Pixels beside a word's box in which ink is still its own."""
_SPECK = 6
"""Pixels of ink that may stand on a line without being anything."""
_TALLEST = 2.5
"""Times the page's usual word height from which a box is no word of a line."""
_SHARED = 0.2
"""Of a stretch of ink, how much a second word must claim for both to have it."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The words with boxes that end at their ink, and what else stands on their lines."""

    pieces: list[Piece]
    marks: tuple[Box, ...]


def lines_of(page: PdfPage, pieces: Sequence[Piece]) -> Lines:
    """Sets each word's sides to its ink, and finds the ink on its line that is no word's.

    Words whose ink runs together get boxes that overlap: they cannot be told apart.
    """
    if not pieces:
        return Lines([], ())
    ink = _ink(page)
    scale = ink.shape[1] / max(page.width, 1)
    boxes = np.array([(p.box.left, p.box.top, p.box.right, p.box.bottom) for p in pieces]) * scale
    tall = boxes[:, 3] - boxes[:, 1]
    ordinary = tall <= _TALLEST * float(np.median(tall))
    sides = {n: (left, right) for n, (left, right) in enumerate(boxes[:, [0, 2]].tolist())}
    found: dict[int, tuple[float, float]] = {}
    marks: list[Box] = []
    for index in np.flatnonzero(ordinary).tolist():
        if index in found:
            continue
        members = np.flatnonzero(_level_with(boxes, index) & ordinary)
        top, bottom = int(boxes[members, 1].min()), int(np.ceil(boxes[members, 3].max()))
        band = _band(ink, boxes, members, top, bottom)
        for owner in members.tolist():
            found.setdefault(owner, (np.inf, -np.inf))
        for left, right in _runs(band):
            owners = members[_owners(boxes[members], left, right)].tolist()
            for owner in owners:
                first, last = found[owner]
                found[owner] = min(first, left), max(last, right)
            if not owners and int(band[:, left:right].sum()) >= _SPECK:
                marks.append(Box(left / scale, top / scale, right / scale, bottom / scale))
    sides |= {n: ends for n, ends in found.items() if ends[0] < ends[1]}
    return Lines(
        [
            replace(p, box=replace(p.box, left=sides[n][0] / scale, right=sides[n][1] / scale))
            for n, p in enumerate(pieces)
        ],
        tuple(marks),
    )


def _ink(page: PdfPage) -> Mask:
    """Pixels that are darker than the paper around them, specks left out."""
    grey = page.pixels(_DPI).min(axis=2).astype(np.int16)
    high, wide = grey.shape
    paper = np.empty((-(-high // _BLOCK), -(-wide // _BLOCK)), dtype=np.int16)
    for row, column in np.ndindex(*paper.shape):
        block = grey[
            row * _BLOCK : (row + 1) * _BLOCK : 3, column * _BLOCK : (column + 1) * _BLOCK : 3
        ]
        paper[row, column] = np.percentile(block, _PAPER)
    around = np.kron(paper, np.ones((_BLOCK, _BLOCK), dtype=np.int16))[:high, :wide]
    dark = grey < around - _CONTRAST
    padded = np.pad(dark, 1).astype(np.uint8)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    return dark & (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:] >= _LEAST_AROUND)


def _level_with(boxes: NDArray[np.float64], index: int) -> Mask:
    """The words of one line, by whose middle lies within whose height."""
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    _, top, _, bottom = boxes[index]
    inside = (middles > top) & (middles < bottom)
    return inside & (boxes[:, 1] < middles[index]) & (middles[index] < boxes[:, 3])


def _band(
    ink: Mask, boxes: NDArray[np.float64], members: NDArray[np.intp], top: int, bottom: int
) -> Mask:
    """The line's ink without that of words on other lines that reach into it."""
    band = ink[max(top, 0) : bottom].copy()
    others = np.ones(len(boxes), dtype=np.bool_)
    others[members] = False
    others &= (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
    for left, first, right, last in boxes[others]:
        rows = slice(max(0, int(first) - top - 1), max(0, int(last) - top + 2))
        band[rows, max(0, int(left) - _NEAR) : int(right) + _NEAR + 1] = False
    return band


def _runs(band: Mask) -> list[tuple[int, int]]:
    """First and last (exclusive) column of each stretch of ink."""
    columns = np.flatnonzero(band.any(axis=0))
    if not columns.size:
        return []
    cuts = np.flatnonzero(np.diff(columns) > 1) + 1
    return [(int(run[0]), int(run[-1]) + 1) for run in np.split(columns, cuts)]


def _owners(boxes: NDArray[np.float64], left: int, right: int) -> Mask:
    """Which words a stretch of ink belongs to: one, or several that run together."""
    over = np.minimum(boxes[:, 2], right) - np.maximum(boxes[:, 0], left)
    most = over.max()
    if most <= 0:
        near: Mask = over > -_NEAR - 1
        return near & (over == most)
    return over >= _SHARED * (right - left)
