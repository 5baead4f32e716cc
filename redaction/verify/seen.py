"""What a reader sees and can copy: pages drawn and read by PDFium.

With `ink` the only place of the verifier that touches pypdfium2's untyped bindings.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

Grey = npt.NDArray[np.uint8]
"""Rows x columns, 0 black to 255 white."""

Places = npt.NDArray[np.float64]
"""Left, top, right and bottom of many places, a row each, in points from the top left."""

_INSET = 0.01
_CONTRAST = 40
_GRACE = 1.0  # points around a word


def have_ink(pixels: Grey, places: Places, scale: tuple[float, float]) -> npt.NDArray[np.bool_]:
    """Whether each place shows something: grey levels that differ.

    Most words show it already along one row of pixels; all such rows are asked at once, and every
    other place is looked at whole.
    """
    reach = places + np.array([-_GRACE, -_GRACE, _GRACE, _GRACE])
    reach *= np.array([*scale, *scale])
    reach[:, 2:] = np.ceil(reach[:, 2:])
    # Clamped at both ends: a negative stop would count from the far side of the page.
    rows, columns = pixels.shape
    areas = np.clip(reach, 0, [columns, rows, columns, rows]).astype(np.intp)
    left, top, right, bottom = areas.T
    found = (right > left) & (bottom > top)
    if found.any():
        lines, line = np.unique(np.minimum((top + bottom) // 2, rows - 1), return_inverse=True)
        strong = np.abs(np.diff(pixels[lines].astype(np.int16), axis=1)) >= _CONTRAST
        upto = np.concatenate([np.zeros((len(lines), 1), np.int32), strong.cumsum(axis=1)], axis=1)
        last = np.maximum(right - 1, 0)
        found &= upto[line, last] > upto[line, np.minimum(left, last)]
    for index in np.flatnonzero(~found):
        part = pixels[top[index] : bottom[index], left[index] : right[index]]
        found[index] = part.size > 0 and int(part.max()) - int(part.min()) >= _CONTRAST
    return found


class Reader:
    """An open file; pages count from 0."""

    def __init__(self, path: str) -> None:
        self._pdf: Any = pdfium.PdfDocument(path)
        self._bitmap: Any = None
        self._held: tuple[int, Any] | None = None

    def close(self) -> None:
        """Lets go of the file."""
        if self._held:
            self._held[1].close()
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, index: int) -> tuple[float, float]:
        """Width and height in points, as shown."""
        width, height = self._pdf.get_page_size(index)
        return float(width), float(height)

    def text(self, index: int) -> str:
        """All text that can be copied from the page."""
        text_page = self._page(index).get_textpage()
        try:
            return str(text_page.get_text_range())
        finally:
            text_page.close()

    def draw(self, index: int, columns: int, rows: int, size: tuple[float, float]) -> Grey:
        """The page in grey, `size` points of it from the top left filling `columns` x `rows`.

        One pixel of a picture that fills that part becomes one pixel here; what lies below it
        (the strip for the page number) follows in further rows. Overwritten by the next call.
        """
        # PDFium gives a picture every pixel it reaches: drawn a hundredth of a pixel inside its
        # edges it lands on exactly the pixels meant, whatever the rounding of the page size.
        across, down = (columns - 2 * _INSET) / size[0], (rows - 2 * _INSET) / size[1]
        page = self._page(index)
        height = max(rows, math.ceil(page.get_height() * down - 0.01))
        bitmap = self._canvas(columns, height)
        raw.FPDF_RenderPageBitmapWithMatrix(
            bitmap,
            page,
            raw.FS_MATRIX(across, 0, 0, down, _INSET, _INSET),
            raw.FS_RECTF(0, 0, columns, height),
            raw.FPDF_ANNOT,
        )
        pixels: Grey = bitmap.to_numpy()
        return pixels.reshape(height, columns)

    def _page(self, index: int) -> Any:
        """The page, kept open until another is asked for."""
        if self._held is None or self._held[0] != index:
            if self._held:
                self._held[1].close()
            self._held = (index, self._pdf[index])
        return self._held[1]

    def _canvas(self, columns: int, rows: int) -> Any:
        held = self._bitmap
        if held is None or (held.width, held.height) != (columns, rows):
            held = pdfium.PdfBitmap.new_native(columns, rows, raw.FPDFBitmap_Gray)
            self._bitmap = held
        held.fill_rect((255, 255, 255, 255), 0, 0, columns, rows)
        return held
