"""Covering a silent box with the paper it lies on, so that nothing shows that there was a box.

White is not the colour of every page: on a scan, a tinted form or a dark band a white patch would
be as plain as a black one. What is painted here follows from the pixels around the box alone, never
from those in it or in another box, so it cannot tell anything of what is covered.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from redaction.paint.render import Pixels

Window = tuple[slice, slice]
_MARGIN = 14
"""Pixels around a box in which the paper is looked for; about two millimetres at 200 dpi."""
_STEP = 64
"""Pixels of width for which the paper is taken as even: light falls off slowly over a scan."""
_NEAR = 14
"""Grey levels by which paper differs from itself."""
_RULE = 24
"""Pixels that a ruled line goes on for on both sides of a box; no stroke of a letter is so long."""
_CONTRAST = 60
_MOST_RULED = 0.2
"""Share of a box's height that ruled lines may take; more is a pattern or a picture."""
_DARK = 100


def cover(
    pixels: Pixels,
    windows: Sequence[Window],
    covered: npt.NDArray[np.bool_],
    *,
    bilevel: bool = False,
) -> None:
    """Fills these windows with the paper around them, in place.

    Args:
        pixels: The page.
        windows: The silent boxes.
        covered: Pixels under any decided box: what is there may not be looked at.
        bilevel: The page will be black and white: its paper is white, or black in a dark band.
    """
    before = pixels.copy()
    for rows, columns in windows:
        if rows.stop > rows.start and columns.stop > columns.start:
            patch = _patch(before, covered, rows, columns)
            if bilevel:
                patch[:] = 0 if patch.max() < _DARK else 255
            _ruled(before, covered, rows, columns, patch)
            pixels[rows, columns] = patch


def _patch(page: Pixels, covered: npt.NDArray[np.bool_], rows: slice, columns: slice) -> Pixels:
    height, width = rows.stop - rows.start, columns.stop - columns.start
    middles = np.linspace(0, width, max(2, width // _STEP + 1))
    found = [
        _paper(page, covered, rows, columns.start + int(x) - _STEP, columns.start + int(x) + _STEP)
        for x in middles
    ]
    across = np.arange(width)
    channels = page.shape[2] if page.ndim == 3 else 1
    tones = np.array([tone for tone, _ in found], dtype=np.float64).reshape(len(middles), channels)
    even = np.stack([np.interp(across, middles, tones[:, c]) for c in range(channels)], axis=1)
    patch = np.broadcast_to(even, (height, width, channels)).copy()
    patch += _grain([grain for _, grain in found], (height, width))[:, :, None]
    patch = np.clip(np.rint(patch), 0, 255).astype(np.uint8)
    return patch if page.ndim == 3 else patch[:, :, 0]


def _paper(
    page: Pixels, covered: npt.NDArray[np.bool_], rows: slice, left: int, right: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The paper's tone near a stretch of a box, and how its pixels differ from it.

    The tone that most of the pixels around have; where nothing around may be looked at, that of
    the page.
    """
    top, bottom = max(0, rows.start - _MARGIN), rows.stop + _MARGIN
    near = (slice(top, bottom), slice(max(0, left), max(0, right)))
    seen = page[near][~covered[near]]
    if seen.shape[0] < _STEP:
        seen = page[::4, ::4][~covered[::4, ::4]]
    if seen.shape[0] == 0:
        channels = page.shape[2] if page.ndim == 3 else 1
        return np.full(channels, 255.0), np.zeros(1)
    grey = seen if seen.ndim == 1 else seen.mean(axis=1)
    counts, edges = np.histogram(grey, bins=32, range=(0, 256))
    most = edges[int(counts.argmax())] + 4
    own = np.abs(grey - most) <= _NEAR
    tone = np.atleast_1d(np.median(seen[own], axis=0)).astype(np.float64)
    return tone, (grey[own] - np.median(grey[own])).astype(np.float64)


def _grain(
    grains: Sequence[npt.NDArray[np.float64]], shape: tuple[int, int]
) -> npt.NDArray[np.float64]:
    """The unevenness of the paper, in an order of its own: a flat patch would show on a scan."""
    pool = np.concatenate(grains)
    if not pool.any():
        return np.zeros(shape)
    chosen = np.random.default_rng(0).integers(0, len(pool), shape[0] * shape[1])
    return pool[chosen].reshape(shape)


def _ruled(
    page: Pixels, covered: npt.NDArray[np.bool_], rows: slice, columns: slice, patch: Pixels
) -> None:
    """Draws on the lines of a form or table that run through the box: a gap would show."""
    left = (rows, slice(columns.start - _RULE, columns.start))
    right = (rows, slice(columns.stop, columns.stop + _RULE))
    if columns.start < _RULE or columns.stop + _RULE > page.shape[1]:
        return
    if covered[left].any() or covered[right].any():
        return
    sides = np.concatenate([page[left], page[right]], axis=1)
    grey = sides if sides.ndim == 2 else sides.mean(axis=2)
    paper = patch if patch.ndim == 2 else patch.mean(axis=2)
    lines = (np.abs(grey - np.median(paper)) > _CONTRAST).all(axis=1)
    if lines.mean() > _MOST_RULED:
        return
    patch[lines] = np.median(sides[lines], axis=1, keepdims=True).astype(np.uint8)
