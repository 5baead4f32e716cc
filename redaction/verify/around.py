"""Whether a box painted as paper shows nothing but the paper around it.

White paper needs no look around. In a picture without loss a box is clean if it is all of one
tone; on tinted, dark or scanned paper, if it has the tone that most of its surroundings have. Ruled
lines may run through, if they go on for some way on both sides.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from redaction.verify.job import BoxPoints, ExpectedPage
from redaction.verify.seen import Grey

Window = tuple[slice, slice]
_MARGIN = 14  # pixels around a box that are looked at
_RING = 9  # pixels along the edge of a box into which JPEG carries what stands beside it
_SLACK_INSIDE, _SLACK_EDGE = 40, 110  # grey levels
_RULE = 20  # pixels a ruled line goes on for on both sides
_CONTRAST = 48
_MOST_RULED = 0.5  # share of a box's rows


def is_as_around(
    page: ExpectedPage,
    area: Window,
    scale: tuple[float, float],
    pixels: Grey,
    *,
    exact: bool,
) -> bool:
    """Whether nothing in a paper box stands out from its surroundings.

    Args:
        page: The page with all its boxes.
        area: The pixels wholly inside the box.
        scale: Pixels for each point, across and down.
        pixels: The page without its strip.
        exact: Whether the picture is without loss.
    """
    covered = _covered(page, scale, pixels.shape)
    black = _covered(page, scale, pixels.shape, fill="black")
    around = _grown(area, _MARGIN)
    seen = pixels[around][~covered[around]]
    if seen.size == 0:
        return False
    part = pixels[area].astype(np.int16)
    paper = int(np.median(part)) if exact else _commonest(seen)
    slack = _slack(part.shape, exact=exact)
    off = (np.abs(part - paper) > slack) & ~black[area]
    ruled = _ruled_rows(area, covered, pixels, paper)
    if ruled.mean() <= _MOST_RULED:
        off[ruled] = False
    return not bool(off.any())


def _commonest(seen: Grey) -> int:
    """The tone of most pixels: their median within the fullest range of levels."""
    counts, edges = np.histogram(seen, bins=32, range=(0, 256))
    middle = edges[int(counts.argmax())] + 4
    return int(np.median(seen[np.abs(seen.astype(np.int16) - middle) <= 14]))


def _slack(shape: tuple[int, ...], *, exact: bool) -> npt.NDArray[np.int16]:
    slack = np.full(shape, 0 if exact else _SLACK_EDGE, dtype=np.int16)
    slack[_RING:-_RING, _RING:-_RING] = 0 if exact else _SLACK_INSIDE
    return slack


def _ruled_rows(
    area: Window, covered: npt.NDArray[np.bool_], pixels: Grey, paper: int
) -> npt.NDArray[np.bool_]:
    """Rows that are one line from beyond the box on the left to beyond it on the right."""
    rows, columns = area
    wide = (rows, slice(columns.start - _RULE - 2, columns.stop + _RULE + 2))
    if columns.start < _RULE + 2 or columns.stop + _RULE + 2 > pixels.shape[1]:
        return np.zeros(rows.stop - rows.start, dtype=np.bool_)
    part = pixels[wide].astype(np.int16)
    sides = np.concatenate([part[:, :_RULE], part[:, -_RULE:]], axis=1)
    marked = (np.abs(sides - paper) > _CONTRAST).all(axis=1)
    return marked & (np.ptp(part, axis=1) <= 2 * _CONTRAST)


def _covered(
    page: ExpectedPage, scale: tuple[float, float], shape: tuple[int, ...], fill: str = ""
) -> npt.NDArray[np.bool_]:
    covered = np.zeros(shape[:2], dtype=np.bool_)
    for box in page.boxes:
        if fill in ("", box.fill):
            covered[_outer(box.box, scale)] = True
    return covered


def _outer(box: BoxPoints, scale: tuple[float, float]) -> Window:
    left, top, right, bottom = box
    return (
        slice(max(0, int(top * scale[1])), max(0, math.ceil(bottom * scale[1]))),
        slice(max(0, int(left * scale[0])), max(0, math.ceil(right * scale[0]))),
    )


def _grown(area: Window, by: int) -> Window:
    rows, columns = area
    return (
        slice(max(0, rows.start - by), rows.stop + by),
        slice(max(0, columns.start - by), columns.stop + by),
    )
