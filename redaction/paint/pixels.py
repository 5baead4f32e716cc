"""Painting boxes and labels into pixels, and asking where ink is left."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import ImageFont

from redaction.decisions import PaintBox
from redaction.document import Box
from redaction.paint.model import Fill, PaintedBox
from redaction.paint.paper import cover
from redaction.paint.render import Pixels
from rights.errors import InputError
from rights.release import told

_BLOCK = 16
_LARGEST, _LEGIBLE, _SMALLEST = 30, 16, 13
"""Pixels of type: 16 are 5.8 points at 200 dpi; below 13 letters run together."""
_SHORTER = ("[withheld]", "[...]")
"""What a box says that is too small for its label."""
_MARGIN = 4
_CONTRAST = 48
_GRACE = 1.5  # pixels


def planned(boxes: Iterable[PaintBox], width: float, height: float) -> tuple[PaintedBox, ...]:
    """The boxes clipped to the page, each with its fill.

    Raises:
        InputError: A box lies off the page or has no area: the plan is of another page.
    """
    made: list[PaintedBox] = []
    for item in boxes:
        box = Box(
            max(0.0, item.box.left),
            max(0.0, item.box.top),
            min(width, item.box.right),
            min(height, item.box.bottom),
        )
        if not (box.left < box.right and box.top < box.bottom):
            raise InputError(
                "paint.box_off_page",
                "A decided box lies off its page or has no area.",
                "Open the page at the desk and draw the box again.",
            )
        silent = told(item.mode) is None
        fill = Fill.PAPER if silent else Fill.BLACK
        label = "" if silent else " ".join(item.label.split())
        made.append(PaintedBox(box, fill, label, item.code, item.mode, item.cause))
    return tuple(made)


def with_legible_labels(
    boxes: Iterable[PaintedBox], scale: tuple[float, float], shape: Sequence[int]
) -> tuple[PaintedBox, ...]:
    """The boxes, those too small for their label in legible type with a shorter one.

    A shorter label tells less and never more. Where none can be read the box keeps its own, for
    those who have the page read out.
    """
    return tuple(
        replace(item, label=_legible(item.label, window(item.box, scale, shape)))
        if item.label
        else item
        for item in boxes
    )


def _legible(label: str, area: tuple[slice, slice]) -> str:
    rows, columns = (part.stop - part.start for part in area)
    for least in (_LEGIBLE, _SMALLEST):
        for shorter in (label, *_SHORTER):
            if len(shorter) <= len(label) and _fitting(shorter, rows, columns, least) is not None:
                return shorter
    return label


def window(box: Box, scale: tuple[float, float], shape: Sequence[int]) -> tuple[slice, slice]:
    """Rows and columns of every pixel the box touches, even in part."""
    top, bottom = math.floor(box.top * scale[1]), math.ceil(box.bottom * scale[1])
    left, right = math.floor(box.left * scale[0]), math.ceil(box.right * scale[0])
    # Clamped at both ends: a negative stop would count from the far side of the page.
    return (
        slice(max(0, top), max(0, min(shape[0], bottom))),
        slice(max(0, left), max(0, min(shape[1], right))),
    )


def paint_boxes(
    pixels: Pixels,
    boxes: Sequence[PaintedBox],
    scale: tuple[float, float],
    *,
    bilevel: bool = False,
) -> None:
    """Paints every box, then every label: a box over another must not cut its label's ink."""
    windows = [(item, window(item.box, scale, pixels.shape)) for item in boxes]
    silent = [area for item, area in windows if item.fill is Fill.PAPER]
    if silent:
        covered = np.zeros(pixels.shape[:2], dtype=np.bool_)
        for _, area in windows:
            covered[area] = True
        cover(pixels, silent, covered, bilevel=bilevel)
    # Paper first: where a silent box meets a black one, black must win or its edge would show.
    for item, area in windows:
        if item.fill is Fill.BLACK:
            pixels[area] = 0
    labelled: list[Box] = []
    for item in boxes:
        if not item.label:
            continue
        rows, columns = window(item.box, scale, pixels.shape)
        mask = _fitting(item.label, rows.stop - rows.start, columns.stop - columns.start)
        if mask is None:
            continue
        top = rows.start + (rows.stop - rows.start - mask.shape[0]) // 2
        left = columns.start + _MARGIN
        # Boxes of lines close together may overlap; only labels must not run into each other.
        ink = Box(left, top, left + mask.shape[1], top + mask.shape[0])
        if not any(ink.touches(other) for other in labelled):
            labelled.append(ink)
            pixels[top : top + mask.shape[0], left : left + mask.shape[1]][mask] = 255


def black_and_white(pixels: Pixels, threshold: int) -> None:
    """Makes every pixel 0 or 255, in place; from `threshold` on it is paper."""
    # In place, since fresh memory of a page's size costs more than the work itself. A true
    # comparison is 1, and 1 negated fills the byte.
    np.greater_equal(pixels, threshold, out=pixels.view(np.bool_))
    np.negative(pixels, out=pixels)


def have_ink(
    pixels: Pixels, corners: npt.NDArray[np.float64], scale: tuple[float, float]
) -> npt.NDArray[np.bool_]:
    """Whether something is seen in each of many boxes (rows of left, top, right, bottom)."""
    found = np.zeros(len(corners), dtype=np.bool_)
    if not len(corners):
        return found
    windows = _windows(corners, scale, pixels.shape)
    if pixels.ndim == 2:
        found = _mid_row_changes(pixels, windows)
    for index in np.flatnonzero(~found):
        left, top, right, bottom = windows[index]
        found[index] = _differs(pixels[top:bottom, left:right])
    return found


def _windows(
    corners: npt.NDArray[np.float64], scale: tuple[float, float], shape: Sequence[int]
) -> npt.NDArray[np.intp]:
    """The pixels of each box with a pixel's grace around, within the page."""
    factor = np.array([scale[0], scale[1], scale[0], scale[1]])
    grown = corners * factor + np.array([-_GRACE, -_GRACE, _GRACE, _GRACE])
    grown[:, 2:] = np.ceil(grown[:, 2:])
    # Clamped at both ends: a negative stop would count from the far side of the page.
    most = np.array([shape[1], shape[0], shape[1], shape[0]])
    return np.clip(grown, 0, most).astype(np.intp)


def _mid_row_changes(pixels: Pixels, windows: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Which windows show ink already in their middle row, as most words do."""
    middle = np.minimum((windows[:, 1] + windows[:, 3]) // 2, pixels.shape[0] - 1)
    rows, place = np.unique(middle, return_inverse=True)
    seen = pixels[rows].astype(np.int16)
    steps = np.zeros(seen.shape, dtype=np.int32)
    np.cumsum(np.abs(np.diff(seen, axis=1)) >= _CONTRAST, axis=1, out=steps[:, 1:])
    last = np.maximum(windows[:, 2] - 1, 0)
    first = np.minimum(windows[:, 0], last)
    is_there = (windows[:, 3] > windows[:, 1]) & (windows[:, 2] > windows[:, 0])
    return is_there & (steps[place, last] > steps[place, first])


def _differs(area: Pixels) -> bool:
    if area.size == 0:
        return False
    low = area.min(axis=(0, 1)).astype(np.int16)
    return bool((area.max(axis=(0, 1)) - low >= _CONTRAST).any())


def has_tone(pixels: Pixels, *, chroma: bool) -> bool:
    """Whether areas of at least four blocks of 16 pixels are mid-grey (or coloured).

    The edge of a letter is grey too, but never a whole block of it.
    """
    rows, columns = (n - n % _BLOCK for n in pixels.shape[:2])
    part = pixels[:rows, :columns]
    if chroma:
        marked = (part.max(axis=2) - part.min(axis=2)) > 40
    else:
        grey = part if part.ndim == 2 else part.mean(axis=2)
        marked = (grey > 40) & (grey < 215)
    share = marked.reshape(rows // _BLOCK, _BLOCK, columns // _BLOCK, _BLOCK).mean(axis=(1, 3))
    return int((share > 0.6).sum()) >= 4


def _fitting(
    label: str, rows: int, columns: int, least: int = _SMALLEST
) -> npt.NDArray[np.bool_] | None:
    """The label at the largest size that fits with a margin, or None if none is legible."""
    for points in range(min(_LARGEST, rows), least - 1, -1):
        mask = _label_mask(label, points)
        if mask.shape[0] + 2 <= rows and mask.shape[1] + 2 * _MARGIN <= columns:
            return mask
    return None


@lru_cache(maxsize=512)
def _label_mask(label: str, points: int) -> npt.NDArray[np.bool_]:
    """The label's ink in Pillow's built-in face, cut to its bounds; the same on every machine."""
    font = ImageFont.load_default(points)
    ink = font.getmask(label, mode="1")
    mask = np.array(ink, dtype=np.uint8).reshape(ink.size[1], ink.size[0]) > 0
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
