"""What is really seen: which characters leave ink, and which ink no word accounts for.

A character is seen if switching the text off changes the page where the character stands. White
on white, black under black, behind a picture, outside the crop box, on a hidden layer: all of them
change nothing and are therefore not seen, while white text on a dark heading is.

Ink that no word accounts for (handwriting, a signature, a photograph, letters drawn as curves)
must be read by OCR or by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from redaction.document import Box
from redaction.formats.pdfium import Glyph, PdfPage, Pixels

Mask = NDArray[np.bool_]
DPI = 100
"""Fine enough for 4 pt type, coarse enough for two renderings of a page in ~10 ms."""
_CONTRAST = 32
"""Of 255, in any colour channel: below it, text is not legible on its background."""
_MIN_TYPE = 2.0
"""Points: smaller type cannot be read on the page."""
_EDGE = 36
"""Of 255: a step in brightness that counts as a stroke. Faint pencil on noisy paper makes ~50."""
_PHOTO_SIDE = 72
"""Points: a smaller picture shows nobody who could be known again."""
_PHOTO_SHARE, _PHOTO_LEVELS = 0.35, 24
"""Of a photograph's pixels so many are neither white nor black, in so many of 64 tones."""
_STRAIGHT = 14
"""Pixels at `DPI` (about 10 pt): longer straight runs are rules and table borders."""


class Ink:
    """Renderings of one page, with and without its text."""

    def __init__(self, page: PdfPage) -> None:
        shown = page.pixels(DPI)
        bare = page.pixels_without_text(DPI)
        self._bare, self._shown = bare, shown
        self._scale = shown.shape[1] / max(page.width, 1)
        change = np.maximum(shown, bare) - np.minimum(shown, bare)
        self._text: Mask = _over_channels(np.maximum, change) > _CONTRAST
        self._size = (page.width, page.height)
        # Ink above and to the left of each pixel: what a box holds is told by its corners.
        self._sums = np.zeros((self._text.shape[0] + 1, self._text.shape[1] + 1), dtype=np.int32)
        np.cumsum(np.cumsum(self._text, axis=0, dtype=np.int32), axis=1, out=self._sums[1:, 1:])

    def shows(self, glyphs: Sequence[Glyph]) -> list[bool]:
        """Which of the characters are seen on the page."""
        if not glyphs:
            return []
        left, top, right, bottom = np.array(
            [(g.box.left, g.box.top, g.box.right, g.box.bottom) for g in glyphs]
        ).T
        width, height = right - left, bottom - top
        # The rim may hold a neighbour's ink: a letter beside, or the tails of the line above.
        high, wide = self._text.shape
        y0 = self._whole(top + height * 0.15, high)
        y1 = np.minimum(np.maximum(self._whole(bottom - height * 0.05, high), y0 + 1), high)
        x0 = self._whole(left + width / 10, wide)
        x1 = np.minimum(np.maximum(self._whole(right - width / 10, wide), x0 + 1), wide)
        sums = self._sums
        ink = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
        inside = (y1 > y0) & (x1 > x0) & (np.maximum(width, height) >= _MIN_TYPE)
        found: list[bool] = (inside & (ink > 0)).tolist()
        return found

    def _whole(self, points: NDArray[np.float64], limit: int) -> NDArray[np.int64]:
        return np.clip(points * self._scale, 0, limit).astype(np.int64)

    def _rows_columns(self, box: Box) -> tuple[int, int, int, int]:
        high, wide = self._text.shape
        y0, y1 = _within(box.top * self._scale, high), _within(box.bottom * self._scale, high)
        x0, x1 = _within(box.left * self._scale, wide), _within(box.right * self._scale, wide)
        return y0, min(max(y1, y0 + 1), high), x0, min(max(x1, x0 + 1), wide)

    def strokes(self) -> Mask:
        """Strokes that are not text objects, without straight rules and borders."""
        return strokes(self._bare)

    def all_strokes(self) -> Mask:
        """The same with the text objects, for a page whose text cannot be trusted."""
        return strokes(self._shown)

    def marks(self, lines: Iterable[tuple[float, float]]) -> tuple[Box, ...]:
        """What is drawn beside the text within these lines (top and bottom in points).

        Rules, underlines, borders and the edges of shaded areas; one box for each stretch.
        """
        if int(self._bare.max()) - int(self._bare.min()) <= _EDGE:
            return ()
        drawn = _steps(self._bare)
        found: list[Box] = []
        for top, bottom in lines:
            y0, y1, _, _ = self._rows_columns(Box(0, top, 0, bottom))
            columns = np.flatnonzero(drawn[y0:y1].any(axis=0))
            if not columns.size:
                continue
            for run in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1):
                left, right = float(run[0] - 1), float(run[-1] + 1)
                found.append(Box(left / self._scale, top, right / self._scale, bottom))
        return tuple(found)

    def without(self, mask: Mask, boxes: Iterable[Box]) -> Mask:
        """The mask with the (slightly grown) boxes of known words taken out."""
        left = mask.copy()
        for box in boxes:
            grow = 0.2 * (box.bottom - box.top)
            y0, y1, x0, x1 = self._rows_columns(
                Box(box.left - grow, box.top - grow, box.right + grow, box.bottom + grow)
            )
            left[y0:y1, x0:x1] = False
        return left

    def colourful(self) -> float:
        """Share of the page that is neither near white nor near black, as in a photograph."""
        low = _over_channels(np.minimum, self._bare)
        high = _over_channels(np.maximum, self._bare)
        return float(((high > 40) & (low < 215)).mean())

    def is_photograph(self, box: Box) -> bool:
        """Whether a picture of some size has the many tones of a photograph or a drawing."""
        if min(box.right - box.left, box.bottom - box.top) < _PHOTO_SIDE:
            return False
        y0, y1, x0, x1 = self._rows_columns(box)
        low = _over_channels(np.minimum, self._bare[y0:y1, x0:x1])
        high = _over_channels(np.maximum, self._bare[y0:y1, x0:x1])
        toned = float(((high > 40) & (low < 215)).mean())
        return toned > _PHOTO_SHARE and len(np.unique(low >> 2)) >= _PHOTO_LEVELS

    def bands(self, mask: Mask) -> list[Box]:
        """Boxes, from top to bottom, that hold the marked pixels; far apart ones are separate."""
        rows = np.flatnonzero(mask.any(axis=1))
        if not rows.size:
            return []
        gap = DPI * 0.4
        cuts = np.flatnonzero(np.diff(rows) > gap) + 1
        pad = DPI * 0.12
        boxes: list[Box] = []
        for group in np.split(rows, cuts):
            top, bottom = int(group[0]), int(group[-1]) + 1
            columns = np.flatnonzero(mask[top:bottom].any(axis=0))
            boxes.append(
                Box(
                    max(float(columns[0] - pad) / self._scale, 0.0),
                    max((top - pad) / self._scale, 0.0),
                    min(float(columns[-1] + pad) / self._scale, self._size[0]),
                    min((bottom + pad) / self._scale, self._size[1]),
                )
            )
        return boxes


def _within(value: float, limit: int) -> int:
    return int(min(max(value, 0), limit))


def _over_channels(ufunc: np.ufunc, picture: Pixels) -> Pixels:
    # Reducing over an axis of three is ten times slower than two calls on whole planes.
    joined: Pixels = ufunc(ufunc(picture[:, :, 0], picture[:, :, 1]), picture[:, :, 2])
    return joined


def strokes(picture: Pixels) -> Mask:
    """Where brightness steps sharply, but for long straight runs."""
    if int(picture.max()) - int(picture.min()) <= _EDGE:
        return np.zeros(picture.shape[:2], dtype=np.bool_)
    mask = _steps(picture)
    straight = _runs(mask) | _runs(mask.T).T
    return mask & ~straight


def _steps(picture: Pixels) -> Mask:
    grey = _over_channels(np.minimum, picture).astype(np.int16)
    mask = np.zeros(grey.shape, dtype=np.bool_)
    mask[:, 1:] |= np.abs(np.diff(grey, axis=1)) > _EDGE
    mask[1:, :] |= np.abs(np.diff(grey, axis=0)) > _EDGE
    return mask


def _runs(mask: Mask) -> Mask:
    """Pixels that lie in a horizontal run of at least `_STRAIGHT`."""
    if mask.shape[1] < _STRAIGHT:
        return np.zeros_like(mask)
    sums = np.zeros((mask.shape[0], mask.shape[1] + 1), dtype=np.int32)
    np.cumsum(mask, axis=1, out=sums[:, 1:])
    full = (sums[:, _STRAIGHT:] - sums[:, :-_STRAIGHT]) == _STRAIGHT
    out = np.zeros_like(mask)
    for shift in range(_STRAIGHT):
        out[:, shift : shift + full.shape[1]] |= full
    return out


def visible_runs(
    ink: Ink, runs: Sequence[Sequence[Glyph]]
) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """Splits words into what is seen and what is not, per character.

    A full stop or an accent may be too small for the rendering: punctuation is seen if any letter
    of its word is. The empty runs that mark line ends are kept in both lists.
    """
    seen: list[list[Glyph]] = []
    unseen: list[list[Glyph]] = []
    told = iter(ink.shows([glyph for run in runs for glyph in run]))
    for run in runs:
        if not run:
            seen.append([])
            unseen.append([])
            continue
        shows = list(islice(told, len(run)))
        if not any(shows):
            unseen.append(list(run))
            continue
        keep = [s or not g.text.isalnum() for g, s in zip(run, shows, strict=True)]
        seen.append([g for g, k in zip(run, keep, strict=True) if k])
        if not all(keep):
            unseen.append([g for g, k in zip(run, keep, strict=True) if not k])
    return seen, unseen
