"""Pages to pixels with PDFium: the only place of this package that touches it.

pypdfium2 has no types for its raw bindings; they are wrapped here in small typed functions.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from rights.errors import UnreadableError

Pixels = npt.NDArray[np.uint8]
"""Rows x columns of grey levels, or rows x columns x 3 of red, green and blue."""

_MAX_DEPTH = 8  # forms within forms; deeper nesting is taken as a tone, the careful answer
_DARK, _LIGHT = 130, 200
_FILLED = 2  # FPDF_FILLMODE_WINDING; 1 is even-odd, 0 no fill


@dataclass(frozen=True, slots=True)
class Content:
    """What is on a page, as far as it decides how to picture it."""

    tones: bool
    """Text or areas in tones that would be lost or swallowed in black and white."""
    pictures: bool
    """Images or shadings are drawn."""
    picture_dpi: float
    """Resolution of the finest large image, 0 without one."""


@contextmanager
def opened(pdf: bytes) -> Generator[Any]:
    """The document, closed afterwards.

    Raises:
        UnreadableError: PDFium cannot open the view PDF.
    """
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise UnreadableError(
            "paint.unreadable",
            "The view of a document cannot be opened for painting.",
            "Read the document in again; if that fails, print and scan it.",
        ) from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def loaded(document: Any, index: int) -> Generator[Any]:
    """One page (from 0), closed afterwards."""
    page = document[index]
    try:
        yield page
    finally:
        page.close()


def size(page: Any) -> tuple[float, float]:
    """Width and height in points, as shown."""
    width, height = page.get_size()
    return float(width), float(height)


def render(page: Any, dpi: float, *, colour: bool) -> Pixels:
    """The page as shown, annotations included, in writable pixels."""
    bitmap = page.render(scale=dpi / 72, grayscale=not colour, rev_byteorder=True)
    pixels: Pixels = bitmap.to_numpy()
    return pixels if colour else pixels.reshape(pixels.shape[0], pixels.shape[1])


def band(
    page: Any,
    window: tuple[int, int, int, int],
    offset: float,
    narrow: float,
    scale: tuple[float, float],
    *,
    colour: bool,
) -> Pixels:
    """A part of the page drawn sideways of where it stands.

    Args:
        page: The page, open.
        window: Left, top, width and height of what is drawn, in pixels of the whole picture.
        offset: Where the page's left edge comes to lie, in pixels.
        narrow: Factor on all widths.
        scale: Pixels for each point, across and down.
        colour: Three channels or grey.
    """
    left, top, width, height = window
    kind = raw.FPDFBitmap_BGR if colour else raw.FPDFBitmap_Gray
    bitmap: Any = pdfium.PdfBitmap.new_native(width, height, kind)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    matrix = raw.FS_MATRIX(scale[0] * narrow, 0, 0, scale[1], offset - left, -top)
    clip = raw.FS_RECTF(0, 0, width, height)
    flags = raw.FPDF_ANNOT | (raw.FPDF_REVERSE_BYTE_ORDER if colour else raw.FPDF_GRAYSCALE)
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, flags)
    pixels: Pixels = bitmap.to_numpy().copy()
    bitmap.close()
    return pixels if colour else pixels.reshape(height, width)


def content(page: Any) -> Content:
    """Looks through the page's objects for colours, tones and pictures."""
    tones = pictures = False
    dpi = 0.0
    width, height = size(page)
    for kind, item in _objects(page):
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            pictures = True
            dpi = max(dpi, _picture_dpi(item, width, height))
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            tones = tones or _DARK < _level(item) < 250
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            tones = tones or _is_toned_area(item)
        else:
            tones = True
    return Content(tones, pictures, dpi)


def _objects(page: Any) -> Iterator[tuple[int, Any]]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _within(raw.FPDFPage_GetObject(page, index), 0)


def _within(item: Any, depth: int) -> Iterator[tuple[int, Any]]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind != raw.FPDF_PAGEOBJ_FORM or depth == _MAX_DEPTH:
        yield kind, item
        return
    for index in range(raw.FPDFFormObj_CountObjects(item)):
        yield from _within(raw.FPDFFormObj_GetObject(item, index), depth + 1)


def _level(item: Any) -> float:
    """Luma of an object's fill (ITU-R BT.601), 0 black to 255 white; 0 when it has none."""
    red, green, blue, alpha = (raw.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return 0.0
    luma = 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value
    return 255 - (255 - luma) * alpha.value / 255


def _is_toned_area(item: Any) -> bool:
    mode, stroke = raw.c_int(), raw.FPDF_BOOL()
    if not raw.FPDFPath_GetDrawMode(item, mode, stroke) or not mode.value:
        return False
    left, bottom, right, top = _bounds(item)
    is_area = min(right - left, top - bottom) > 3
    return is_area and 40 < _level(item) < _LIGHT


def _picture_dpi(item: Any, width: float, height: float) -> float:
    across, down = raw.c_uint(), raw.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(item, across, down):
        return 0.0
    left, bottom, right, top = _bounds(item)
    seen = max(1.0, (right - left)), max(1.0, (top - bottom))
    if seen[0] * seen[1] < 0.05 * width * height:
        return 0.0
    pixels = sorted((across.value, down.value))
    return 72 * pixels[1] / max(seen)


def _bounds(item: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (raw.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0, 0.0, 0.0, 0.0
    return left.value, bottom.value, right.value, top.value
