"""The one place that talks to PDFium (pypdfium2's raw interface, which has no types).

PDFium's user space has its origin at the bottom left and knows nothing of page rotation; everything
that leaves this module is in points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice, pairwise
from types import TracebackType
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as _raw
from numpy.typing import NDArray

from redaction.document import Box

raw: Any = _raw
Pixels = NDArray[np.uint8]
_SAMPLE = 1500
"""Characters that are looked at to see which way a page is to be read."""
_LEAST_VOTES, _SURE = 12, 0.8
_Corners = tuple[float, float, float, float]
_HEIGHT, _DEPTH = 0.905, 0.25
"""Ems above and below the line for a face that is low: Liberation's, and room for tails."""
_MAX_SIDE = 5000
"""Pixels: a poster is rendered more coarsely rather than filling the memory."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as PDFium extracts it: its text, its box, and whether PDFium made it up.

    PDFium makes up the spaces and line breaks between runs of text (`generated`); they have no
    place on the page. `font` tells the fonts of one page apart, by name and place in memory.
    """

    text: str
    box: Box
    generated: bool = False
    font: str = ""


class Pdf:
    """An open PDF. Raises `pypdfium2.PdfiumError` if the bytes are no readable PDF."""

    def __init__(self, data: bytes) -> None:
        self._doc: Any = pdfium.PdfDocument(data)

    def __enter__(self) -> Pdf:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._doc.close()

    def __len__(self) -> int:
        return len(self._doc)

    def pages(self) -> Iterator[PdfPage | None]:
        """Each page in turn, closed when the next is asked for; None for one that cannot load."""
        for index in range(len(self)):
            try:
                page = PdfPage(self._doc[index])
            except pdfium.PdfiumError:
                yield None
                continue
            try:
                yield page
            finally:
                page.close()

    def flattened(self) -> bytes:
        """The same document with annotations and form values drawn into the pages.

        Uses the appearance for the screen, which is what a reader of the file sees.
        """
        self._doc.init_forms()
        for index in range(len(self)):
            try:
                page = self._doc[index]
            except pdfium.PdfiumError:
                continue
            # Rendering once makes PDFium draw up the appearances that the file does not bring.
            page.render(scale=0.1)
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
        return self.saved()

    def saved(self) -> bytes:
        """The document as PDFium holds it, with a sound table of contents."""
        out = BytesIO()
        self._doc.save(out)
        return out.getvalue()


class PdfPage:
    """One page as it is shown: after its crop box and rotation."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.width = float(raw.FPDF_GetPageWidthF(page))
        self.height = float(raw.FPDF_GetPageHeightF(page))
        bounds = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, bounds)
        self._bounds = (bounds.left, bounds.bottom, bounds.right, bounds.top)
        self._turn = int(raw.FPDFPage_GetRotation(page))

    def close(self) -> None:
        """Give back PDFium's memory."""
        self._page.close()

    def _as_shown(self) -> Callable[[float, float, float, float], Box]:
        left, bottom, right, top = self._bounds

        def upright(x0: float, y0: float, x1: float, y1: float) -> Box:
            return Box(x0 - left, top - y1, x1 - left, top - y0)

        def quarter(x0: float, y0: float, x1: float, y1: float) -> Box:
            return Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)

        def half(x0: float, y0: float, x1: float, y1: float) -> Box:
            return Box(right - x1, y0 - bottom, right - x0, y1 - bottom)

        def three_quarters(x0: float, y0: float, x1: float, y1: float) -> Box:
            return Box(top - y1, right - x1, top - y0, right - x0)

        return (upright, quarter, half, three_quarters)[self._turn % 4]

    def glyphs(self) -> list[Glyph]:
        """Every character that extracts, seen or not, in PDFium's reading order."""
        text_page = raw.FPDFText_LoadPage(self._page)
        try:
            return list(_whole_characters(self._read_glyphs(text_page)))
        finally:
            raw.FPDFText_ClosePage(text_page)

    def turn_to_read(self) -> int:
        """Degrees clockwise by which the page must be turned for its text to run left to right.

        Told by which way most letters of a word follow each other; 0 where too few do.
        """
        text_page = raw.FPDFText_LoadPage(self._page)
        try:
            sample = list(islice(self._read_glyphs(text_page), _SAMPLE))
        finally:
            raw.FPDFText_ClosePage(text_page)
        votes = [0, 0, 0, 0]
        for first, second in pairwise(sample):
            if first.text.isascii() and first.text.isalnum() and second.text.isalnum():
                across = second.box.left + second.box.right - first.box.left - first.box.right
                down = second.box.top + second.box.bottom - first.box.top - first.box.bottom
                if abs(across) > 2 * abs(down):
                    votes[0 if across > 0 else 2] += 1
                elif abs(down) > 2 * abs(across):
                    votes[3 if down > 0 else 1] += 1
        best = max(range(4), key=votes.__getitem__)
        sure = sum(votes) >= _LEAST_VOTES and votes[best] >= _SURE * sum(votes)
        return 90 * best if sure else 0

    def _read_glyphs(self, text_page: Any) -> Iterator[Glyph]:
        as_shown = self._as_shown()
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        loose = raw.FS_RECTF()
        names: dict[int, str] = {}
        lows: dict[str, bool] = {}
        for i in range(raw.FPDFText_CountChars(text_page)):
            code = raw.FPDFText_GetUnicode(text_page, i)
            text = chr(code) if 0 < code < 0x110000 else "\ufffd"
            if raw.FPDFText_IsGenerated(text_page, i) == 1:
                yield Glyph(text, Box(0, 0, 0, 0), generated=True)
                continue
            raw.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
            x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
            # The tight box is the ink, the loose one the advance width and the font's height:
            # a box to be painted must hold both.
            if raw.FPDFText_GetLooseCharBox(text_page, i, loose):
                x0, y0 = min(x0, loose.left), min(y0, loose.bottom)
                x1, y1 = max(x1, loose.right), max(y1, loose.top)
            font = _font(text_page, i, names)
            if font not in lows:
                lows[font] = _is_low(text_page, i)
            if lows[font]:
                x0, y0, x1, y1 = _as_high_as_type(text_page, i, (x0, y0, x1, y1))
            yield Glyph(text, as_shown(x0, y0, x1, y1), font=font)

    def pixels(self, dpi: float) -> Pixels:
        """The page as shown, height x width x 3, on white."""
        scale = min(dpi / 72, _MAX_SIDE / max(self.width, self.height, 1))
        bitmap = self._page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
        picture: Pixels = bitmap.to_numpy()[:, :, :3].copy()
        bitmap.close()
        return picture

    def pixels_without_text(self, dpi: float) -> Pixels:
        """The same with every text object switched off: what differs from `pixels` is text."""
        objects = [obj for obj, _ in self._objects() if _kind(obj) == raw.FPDF_PAGEOBJ_TEXT]
        for obj in objects:
            raw.FPDFPageObj_SetIsActive(obj, False)
        try:
            return self.pixels(dpi)
        finally:
            for obj in objects:
                raw.FPDFPageObj_SetIsActive(obj, True)

    def pictures(self) -> list[Box]:
        """Where images are drawn, cut to the page."""
        as_shown = self._as_shown()
        found: list[Box] = []
        for obj, matrix in self._objects():
            if _kind(obj) != raw.FPDF_PAGEOBJ_IMAGE:
                continue
            corners = [ctypes.c_float() for _ in range(4)]
            if not raw.FPDFPageObj_GetBounds(obj, *corners):
                continue
            x0, y0, x1, y1 = (c.value for c in corners)
            points = [_apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
            box = as_shown(
                min(p[0] for p in points),
                min(p[1] for p in points),
                max(p[0] for p in points),
                max(p[1] for p in points),
            )
            cut = Box(
                max(box.left, 0),
                max(box.top, 0),
                min(box.right, self.width),
                min(box.bottom, self.height),
            )
            if cut.left < cut.right and cut.top < cut.bottom:
                found.append(cut)
        return found

    def _objects(self) -> Iterator[tuple[Any, _Matrix]]:
        for i in range(raw.FPDFPage_CountObjects(self._page)):
            yield from _with_children(raw.FPDFPage_GetObject(self._page, i), _IDENTITY, 0)


def _font(text_page: Any, index: int, names: dict[int, str]) -> str:
    """A name for the font of a character: that of the file, numbered where fonts share one."""
    font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text_page, index))
    place = ctypes.cast(font, ctypes.c_void_p).value or 0
    if place not in names:
        room = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(font, room, len(room))
        name = room.value.decode("latin-1")
        names[place] = f"{name}#{sum(n.startswith(f'{name}#') for n in names.values())}"
    return names[place]


def _is_low(text_page: Any, index: int) -> bool:
    """Whether the height that PDFium knows of a character's face does not hold its letters.

    LibreOffice writes neither ascent nor descent for some faces (Noto Serif); PDFium then takes
    the ink of two letters for them, if it finds those, and a word's box would tell whether it has
    a tail (ISO 32000-2 table 120). The figures of the standard faces leave room for none either.
    """
    font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text_page, index))
    above, below = ctypes.c_float(), ctypes.c_float()
    known = raw.FPDFFont_GetAscent(font, 1.0, above) and raw.FPDFFont_GetDescent(font, 1.0, below)
    return bool(known) and above.value > 0 and above.value - below.value < 1.0


def _as_high_as_type(text_page: Any, index: int, box: _Corners) -> _Corners:
    """A character's box (in user space) over the usual height of its size of type."""
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    if not (
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        and raw.FPDFText_GetMatrix(text_page, index, matrix)
    ):
        return box
    size = raw.FPDFText_GetFontSize(text_page, index)
    x0, y0, x1, y1 = box
    # A slant is no turn: only the axis along which the letters stand counts.
    if abs(matrix.d) >= abs(matrix.c):
        ends = [y.value + up * size * matrix.d for up in (-_DEPTH, _HEIGHT)]
        return x0, min(y0, *ends), x1, max(y1, *ends)
    ends = [x.value + up * size * matrix.c for up in (-_DEPTH, _HEIGHT)]
    return min(x0, *ends), y0, max(x1, *ends), y1


def _whole_characters(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """Joins surrogate pairs, as PDFium gives characters beyond the basic plane."""
    high: Glyph | None = None
    for glyph in glyphs:
        code = ord(glyph.text)
        if 0xD800 <= code < 0xDC00:
            high = glyph
            continue
        if 0xDC00 <= code < 0xE000:
            if high is not None:
                pair = 0x10000 + ((ord(high.text) - 0xD800) << 10) + (code - 0xDC00)
                yield Glyph(chr(pair), high.box.union(glyph.box), font=glyph.font)
            high = None
            continue
        high = None
        yield glyph


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)
_MAX_DEPTH = 12


def _kind(obj: Any) -> int:
    return int(raw.FPDFPageObj_GetType(obj))


def _with_children(obj: Any, outer: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    """The object and, for a form, what is in it, with the matrix from its space to the page's."""
    yield obj, outer
    if _kind(obj) != raw.FPDF_PAGEOBJ_FORM or depth >= _MAX_DEPTH:
        return
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(obj, own)
    inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
    for i in range(raw.FPDFFormObj_CountObjects(obj)):
        yield from _with_children(raw.FPDFFormObj_GetObject(obj, i), inner, depth + 1)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
