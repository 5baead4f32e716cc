"""Whether decided boxes are painted through, labels are only labels, and words have ink."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import ImageFont

from redaction.verify.around import is_as_around
from redaction.verify.content import Run
from redaction.verify.job import BoxPoints, Check, ExpectedPage, Failure
from redaction.verify.seen import Grey, Places, have_ink

_LARGEST, _SMALLEST = 30, 8
_LABEL_SLACK = 0.7  # points a label's words may stand over their box
_GRAZE = 1.6  # points two neighbours may share: whole-point places, padded boxes
_GRAZE_DOWN = 0.42  # share of a word's height that a box on the next line may cover
_LEAST_SIDE = 1.0  # points
_LEAST_ADVANCE = 0.1  # of a letter's height; narrower words are not what the picture says

Window = tuple[slice, slice]
Label = tuple[int, int, npt.NDArray[np.bool_]]
"""First row, first column and ink of a label found on the page."""


def check_boxes(page: ExpectedPage, number: int, pixels: Grey, *, exact: bool) -> Iterator[Failure]:
    """Every pixel wholly inside a box has the box's fill, but for its own label's ink.

    `pixels` is the page without its strip. `exact` is for pictures without loss; JPEG rings a
    little at the edge of a box.
    """
    slack = 0 if exact else 90
    scale = _scale(page, pixels)
    windows = [_inner(b.box, scale, pixels) for b in page.boxes]
    labels = [
        label
        for box, area in zip(page.boxes, windows, strict=True)
        if box.label and (label := _label_in(box.label, area, pixels)) is not None
    ]
    for index, (box, area) in enumerate(zip(page.boxes, windows, strict=True)):
        part = pixels[area]
        if part.size == 0:
            yield _failed(number, index, "a decided box is too small to be checked")
            continue
        if box.fill == "paper":
            dark = part < 255 - slack
            dark &= ~_under_black(page, area, scale, part.shape)
            if dark.any() and not is_as_around(page, area, scale, pixels, exact=exact):
                yield _failed(number, index, "a decided box is not painted over all its area")
            continue
        if int(part.max()) <= slack:
            continue
        if bool((part > slack)[~_under_labels(area, labels, exact=exact)].any()):
            yield _failed(number, index, "a decided box is not painted over all its area")


def check_words(
    page: ExpectedPage, number: int, runs: Sequence[Run], pixels: Grey
) -> Iterator[Failure]:
    """Every word of the text layer has ink and no box over it, or is the label of its box."""
    said = [run for run in runs if run.text]
    height = page.height
    places = np.array(
        [(run.left, height - run.top, run.right, height - run.bottom) for run in said]
    ).reshape(-1, 4)
    under = np.zeros(len(said), dtype=np.bool_)
    labels = np.zeros(len(said), dtype=np.bool_)
    for box in page.boxes:
        here = _are_under(places, box.box)
        under |= here
        for index in np.flatnonzero(here).tolist():
            is_label = said[index].text == box.label
            labels[index] |= is_label and _is_inside(places[index], box.box)
    covered = int((under & ~labels).sum())
    seen = have_ink(pixels, places, _scale(page, pixels)) & _are_readable(said, places)
    bare = int((~under & ~seen).sum())
    if covered:
        yield Failure(
            check=Check.INK, page=number, cause=f"{covered} words stand under a decided box"
        )
    if bare:
        yield Failure(check=Check.INK, page=number, cause=f"{bare} words have no ink to be read by")


def words_at(page: ExpectedPage, runs: Sequence[Run], box: BoxPoints, grow: float) -> str:
    """The words of the layer that touch a place, labels of boxes left out."""
    left, top, right, bottom = box[0] - grow, box[1] - grow, box[2] + grow, box[3] + grow
    height = page.height
    labels = {b.label for b in page.boxes if b.label}
    return " ".join(
        run.text
        for run in runs
        if run.left < right
        and left < run.right
        and height - run.top < bottom
        and top < height - run.bottom
        and run.text not in labels
    )


def _scale(page: ExpectedPage, pixels: Grey) -> tuple[float, float]:
    return pixels.shape[1] / page.width, pixels.shape[0] / page.height


def _inner(box: BoxPoints, scale: tuple[float, float], pixels: Grey) -> Window:
    """The pixels that lie wholly inside the box."""
    left, top, right, bottom = box
    rows = slice(max(0, math.ceil(top * scale[1])), math.floor(bottom * scale[1]))
    columns = slice(max(0, math.ceil(left * scale[0])), math.floor(right * scale[0]))
    return (
        slice(rows.start, max(rows.start, min(pixels.shape[0], rows.stop))),
        slice(columns.start, max(columns.start, min(pixels.shape[1], columns.stop))),
    )


def _label_in(label: str, area: Window, pixels: Grey) -> Label | None:
    """Finds the label's own letters in the box: left with a small margin, mid-height."""
    rows, columns = area
    bright = pixels[area] > 128
    if not bright.any():
        return None
    tall, wide = bright.shape
    for points in range(min(_LARGEST, tall + 2), _SMALLEST - 1, -1):
        ink = _letters(label, points)
        if ink.shape[0] > tall or ink.shape[1] > wide:
            continue
        middle = (tall - ink.shape[0]) // 2
        for top in range(max(0, middle - 2), min(tall - ink.shape[0], middle + 2) + 1):
            for left in range(min(8, wide - ink.shape[1]) + 1):
                seen = bright[top : top + ink.shape[0], left : left + ink.shape[1]]
                if int((seen != ink).sum()) <= ink.sum() // 12:
                    return rows.start + top, columns.start + left, ink
    return None


@lru_cache(maxsize=512)
def _letters(label: str, points: int) -> npt.NDArray[np.bool_]:
    """What a label looks like in the face that labels are agreed to be set in."""
    made = ImageFont.load_default(points).getmask(label, mode="1")
    ink = np.array(made, dtype=np.uint8).reshape(made.size[1], made.size[0]) > 0
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _under_labels(area: Window, labels: Sequence[Label], *, exact: bool) -> npt.NDArray[np.bool_]:
    """Which pixels of a box belong to the letters of a label that was found."""
    rows, columns = area
    shape = rows.stop - rows.start, columns.stop - columns.start
    marked = np.zeros(shape, dtype=np.bool_)
    grow = 0 if exact else 5
    for row, column, ink in labels:
        # JPEG rings in the 8 x 8 blocks that a letter touches.
        mask = np.ones([n + 2 * grow for n in ink.shape], dtype=np.bool_) if grow else ink
        top, left = row - grow - rows.start, column - grow - columns.start
        y0, x0 = max(0, top), max(0, left)
        y1, x1 = min(shape[0], top + mask.shape[0]), min(shape[1], left + mask.shape[1])
        if y0 < y1 and x0 < x1:
            marked[y0:y1, x0:x1] |= mask[y0 - top : y1 - top, x0 - left : x1 - left]
    return marked


def _under_black(
    page: ExpectedPage, area: Window, scale: tuple[float, float], shape: tuple[int, ...]
) -> npt.NDArray[np.bool_]:
    """Which pixels of a paper box a black box reaches: there black is right."""
    marked = np.zeros(shape, dtype=np.bool_)
    rows, columns = area
    for other in page.boxes:
        if other.fill == "black":
            left, top, right, bottom = other.box
            y0, y1 = int(top * scale[1]) - rows.start, math.ceil(bottom * scale[1]) - rows.start
            x0, x1 = int(left * scale[0]), math.ceil(right * scale[0])
            marked[
                max(0, y0) : max(0, y1), max(0, x0 - columns.start) : max(0, x1 - columns.start)
            ] = True
    return marked


def _are_readable(runs: Sequence[Run], places: Places) -> npt.NDArray[np.bool_]:
    sides = places[:, 2:] - places[:, :2]
    small, large = sides.min(axis=1), sides.max(axis=1)
    lengths = np.array([len(run.text) for run in runs])
    fits = (large >= _LEAST_SIDE) & (large >= _LEAST_ADVANCE * small * lengths)
    for index in np.flatnonzero(~fits).tolist():
        fits[index] = not any(c.isalnum() for c in runs[index].text)
    return fits


def _are_under(places: Places, box: BoxPoints) -> npt.NDArray[np.bool_]:
    across = np.minimum(places[:, 2], box[2]) - np.maximum(places[:, 0], box[0])
    down = np.minimum(places[:, 3], box[3]) - np.maximum(places[:, 1], box[1])
    tall = places[:, 3] - places[:, 1]
    return (down > 0) & (across > _GRAZE) & (down > _GRAZE_DOWN * tall)


def _is_inside(place: npt.NDArray[np.float64], box: BoxPoints) -> bool:
    return bool(
        place[0] >= box[0] - _LABEL_SLACK
        and place[1] >= box[1] - _LABEL_SLACK
        and place[2] <= box[2] + _LABEL_SLACK
        and place[3] <= box[3] + _LABEL_SLACK
    )


def _failed(number: int, index: int, cause: str) -> Failure:
    return Failure(check=Check.BOX, page=number, index=index, cause=cause)
