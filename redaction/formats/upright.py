"""Scans as they are to be read: sideways pages turned, crooked ones set level.

Paper lies on a scanner as it may. A line that runs a degree off the level cannot be closed up to a
box, and boxes over it reach into the lines beside it. Only the view's drawing instructions are
turned: the picture itself stays as it is, and the page grows so that no corner is cut off.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import numpy as np
import pikepdf
from numpy.typing import NDArray

from redaction.document import Box
from redaction.formats.ink import strokes
from redaction.formats.pdfium import Pdf, PdfPage, Pixels
from redaction.formats.words import Piece

_DPI = 100
_WHOLE = 0.5
"""Share of a page that a picture covers from which the page is taken as a scan."""
_LEAST_INK = 1500
"""Pixels of stroke at `_DPI` below which there are no lines to go by: a dozen words."""
_MOST_DOTS = 40_000
_PAPER = 128
"""Of 255: paper is lighter than this in one channel at least."""
_STEEPEST = 4.0
"""Degrees that paper lies off the level at most; more is a drawing or a photograph."""
_COARSE, _FINE = 0.2, 0.02
_LEAST_TILT = 0.06
"""Degrees: the ends of a line of 500 points then differ by half a point."""
_LINED = 1.6
"""How much more the rows of a page of type vary at its own tilt than at others."""
_TYPE = 4.0
"""The least contrast of rows, for each dot of ink, of writing: in type it is 15 to 30, in a hand
nearly 5, in drawings and photographs below 3. A drawing is never turned, not by a degree."""
_SIDEWAYS = 1.5
_LEAST_VOTES, _SURE = 8, 0.8

_Dots = tuple[NDArray[np.float64], NDArray[np.float64]]


def set_level(data: bytes) -> bytes:
    """The view with its scanned pages of type level, and sideways ones with lines across.

    Which end is up is told by OCR only (`turn_of`).
    """
    with Pdf(data) as pdf:
        found = {n: _lie(p) for n, p in enumerate(pdf.pages()) if p is not None and _is_scan(p)}
    found = {n: lie for n, lie in found.items() if lie != (0, 0.0)}
    if not found:
        return data
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, (turn, tilt) in found.items():
            if tilt:
                _tilt(pdf, pdf.pages[number], tilt)
            if turn:
                pdf.pages[number].rotate(turn, relative=True)
        return _saved(pdf)


def turned(data: bytes, turns: Mapping[int, int]) -> bytes:
    """The view with these pages (from 1) turned by so many degrees clockwise."""
    if not turns:
        return data
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, turn in turns.items():
            pdf.pages[number - 1].rotate(turn, relative=True)
        return _saved(pdf)


def turn_of(pieces: Sequence[Piece]) -> int:
    """Degrees clockwise by which a page must be turned for the words OCR read to run rightwards.

    OCR reads a page whichever way it lies; the boxes of words that follow each other tell which
    way that was.
    """
    votes = [0, 0, 0, 0]
    for first, second in pairwise(pieces):
        if second.starts_line or not (first.text.isalnum() and second.text.isalnum()):
            continue
        across = second.box.left + second.box.right - first.box.left - first.box.right
        down = second.box.top + second.box.bottom - first.box.top - first.box.bottom
        if abs(across) > 2 * abs(down):
            votes[0 if across > 0 else 2] += 1
        elif abs(down) > 2 * abs(across):
            votes[3 if down > 0 else 1] += 1
    best = max(range(4), key=votes.__getitem__)
    return 90 * best if votes[best] >= max(_LEAST_VOTES, _SURE * sum(votes)) else 0


def turn_box(box: Box, turn: int, width: float, height: float) -> Box:
    """Where a box stands after its page of this size was turned clockwise."""
    if turn == 90:
        return Box(height - box.bottom, box.left, height - box.top, box.right)
    if turn == 180:
        return Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
    if turn == 270:
        return Box(box.top, width - box.right, box.bottom, width - box.left)
    return box


def turn_pieces(pieces: Iterable[Piece], turn: int, width: float, height: float) -> list[Piece]:
    """Words with their boxes as they stand after the page was turned."""
    return [replace(p, box=turn_box(p.box, turn, width, height)) for p in pieces]


def _is_scan(page: PdfPage) -> bool:
    area = sum((b.right - b.left) * (b.bottom - b.top) for b in page.pictures())
    return area >= _WHOLE * page.width * page.height


def _lie(page: PdfPage) -> tuple[int, float]:
    """Quarter turn clockwise and degrees of tilt of a page's lines; zeros where it has none."""
    dots = _dots(page.pixels(_DPI))
    if dots is None:
        return 0, 0.0
    down, across = dots
    level, is_level = _profile((down, across))
    upright, is_upright = _profile((across, -down))
    if is_upright and upright[1] > _SIDEWAYS * level[1]:
        return 90, upright[0]
    return 0, level[0] if is_level else 0.0


def _dots(picture: Pixels) -> _Dots | None:
    """Places of strokes, down and across; None where there is too little to go by.

    Writing stands on light paper; a night sky or a photograph has no lines.
    """
    if float(np.mean(picture.max(axis=2) > _PAPER)) < _WHOLE:
        return None
    down, across = np.nonzero(strokes(picture))
    if len(down) < _LEAST_INK:
        return None
    step = max(1, len(down) // _MOST_DOTS)
    return down[::step].astype(np.float64), across[::step].astype(np.float64)


def _profile(dots: _Dots) -> tuple[tuple[float, float], bool]:
    """The tilt at which lines stand out most and how much they do; whether there are lines."""
    angles = np.arange(-_STEEPEST, _STEEPEST + _COARSE / 2, _COARSE)
    heights = np.array([_contrast(dots, a) for a in angles])
    best = int(heights.argmax())
    usual = float(np.median(heights))
    inside = 0 < best < len(angles) - 1
    is_lined = inside and heights[best] > max(_LINED * usual, _TYPE)
    fine = np.arange(angles[best] - _COARSE, angles[best] + _COARSE + _FINE / 2, _FINE)
    near = np.array([_contrast(dots, a) for a in fine])
    tilt = round(float(fine[int(near.argmax())]), 2)
    return (tilt if abs(tilt) >= _LEAST_TILT else 0.0, float(near.max())), is_lined


def _contrast(dots: _Dots, degrees: float) -> float:
    """How much neighbouring rows differ in ink when read along lines that fall by this angle."""
    down, across = dots
    rows = np.rint(down - across * math.tan(math.radians(degrees))).astype(np.int64)
    counts = np.bincount(rows - rows.min())
    return float((np.diff(counts.astype(np.float64)) ** 2).sum()) / len(down)


def _tilt(pdf: pikepdf.Pdf, page: pikepdf.Page, degrees: float) -> None:
    """Draws the page turned back by so much, on a page that holds all its corners.

    Degrees count clockwise as shown; a page's own quarter turn does not change the sense.
    """
    left, bottom, right, top = (float(v) for v in page.cropbox)
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    wide, high = right - left, top - bottom
    new_wide = wide * cos + high * abs(sin)
    new_high = high * cos + wide * abs(sin)
    middle = ((left + right) / 2, (bottom + top) / 2)
    x = new_wide / 2 - cos * middle[0] + sin * middle[1]
    y = new_high / 2 - sin * middle[0] - cos * middle[1]
    matrix = b"q %.6f %.6f %.6f %.6f %.4f %.4f cm\n" % (cos, sin, -sin, cos, x, y)
    page.contents_add(pdf.make_stream(matrix), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ"))
    for name in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
        if name in page:
            del page[name]
    page.mediabox = pikepdf.Array([0, 0, round(new_wide, 2), round(new_high, 2)])


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
