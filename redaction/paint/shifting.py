"""Moving the picture of words on a scan.

Only the ink of a word moves, by whole pixels; the paper it comes to lie on is made of the paper of
the line (`paper`). Light falls off over a scan and every sheet has its grain: paper that moved
along would show how far.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from redaction.paint.paper import cover
from redaction.paint.render import Pixels

_AROUND = 16
"""Rows above and below a line whose paper is looked at."""
_LEAST, _SIGMAS = 16, 3.0
"""Grey levels under the paper from which a pixel is ink, or that many times its unevenness."""
_BLOCK = 16


@dataclass(frozen=True, slots=True)
class Shift:
    """A word's columns in the source and where they go, in pixels; the ends are exclusive."""

    left: int
    right: int
    to_left: int
    to_right: int


def shift(pixels: Pixels, rows: slice, columns: slice, shifts: Sequence[Shift]) -> None:
    """Clears a part of a line and puts the ink of these words where they now stand, in place.

    What stands in the part and is none of the words is gone.
    """
    source = pixels[rows].copy()
    clear(pixels, rows, columns)
    for item in shifts:
        ink = source[:, item.left : item.right]
        mask = _ink(ink)
        width = min(item.to_right, pixels.shape[1]) - item.to_left
        if width <= 0 or not ink.size:
            continue
        if item.to_right - item.to_left != item.right - item.left:
            ink, mask = _narrowed(ink, mask, item.to_right - item.to_left)
        target = pixels[rows, item.to_left : item.to_left + width]
        target[mask[:, :width]] = ink[:, :width][mask[:, :width]]


def clear(pixels: Pixels, rows: slice, columns: slice) -> None:
    """Fills a part of a line with its own paper, in place."""
    first = max(0, rows.start - _AROUND)
    part = pixels[first : rows.stop + _AROUND]
    window = slice(rows.start - first, rows.stop - first), columns
    covered = np.zeros(part.shape[:2], dtype=np.bool_)
    covered[window] = True
    cover(part, [window], covered)


def _ink(area: Pixels) -> npt.NDArray[np.bool_]:
    """Pixels clearly darker than most around, and those beside them: the soft edge of a stroke."""
    grey = (area if area.ndim == 2 else area.min(axis=2)).astype(np.int16)
    if not grey.size:
        return np.zeros(grey.shape, dtype=np.bool_)
    counts = np.bincount((grey // _BLOCK).ravel(), minlength=256 // _BLOCK)
    light = int(counts[len(counts) // 2 :].argmax()) + len(counts) // 2
    paper = grey[np.abs(grey - (light * _BLOCK + _BLOCK // 2)) <= 2 * _BLOCK]
    tone, uneven = (float(np.median(paper)), float(paper.std())) if paper.size else (255.0, 0.0)
    dark = grey < tone - max(_LEAST, _SIGMAS * min(uneven, _BLOCK))
    grown = np.pad(dark, 1)
    rows = grown[:-2] | grown[1:-1] | grown[2:]
    near: npt.NDArray[np.bool_] = rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]
    return near


def _narrowed(
    ink: Pixels, mask: npt.NDArray[np.bool_], width: int
) -> tuple[Pixels, npt.NDArray[np.bool_]]:
    size = (max(1, width), ink.shape[0])
    made = np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.BILINEAR))
    kept = Image.fromarray(mask.astype(np.uint8) * 255).resize(size, Image.Resampling.BILINEAR)
    return made, np.asarray(kept) > math.ceil(255 / 4)
