"""Text of any PDF that can be copied but is not seen: fake redactions and hidden text.

A page is drawn three times: as it is, without its text, and its text alone in plain black. A
character is seen where taking the text away changes the picture. Whatever covers it (rectangle,
polygon, line, picture, annotation) or hides it (white on white, black on black, off the page)
leaves no such change. Text that is invisible by its render mode, as OCR writes it, is held
against the picture under it instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from redaction.verify.job import BoxPoints

_SCALE = 150 / 72
_LEAST_SHARE = 0.5
_LEAST_INK = 4
_CHANGE = 24
_CONTRAST = 40
_MAX_DEPTH = 8

Grey = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Unseen:
    """A run of characters that extracts but is not seen. Personal data: never log it.

    `box` is in points from the page's top left; `page` counts from 1.
    """

    page: int
    text: str
    box: BoxPoints


@dataclass(frozen=True, slots=True)
class _Drawn:
    full: Grey
    change: Grey
    alone: Grey
    invisible: bool


def unseen(pdf: bytes) -> Iterator[Unseen]:
    """Every run of unseen characters of the file, page by page."""
    document: Any = pdfium.PdfDocument(pdf)
    try:
        for index in range(len(document)):
            page = document[index]
            yield from _on_page(page, index + 1)
            page.close()
    finally:
        document.close()


def _on_page(page: Any, number: int) -> Iterator[Unseen]:
    # Read before drawing: drawing the text alone changes it.
    text_page = page.get_textpage()
    characters = list(_characters(text_page, float(page.get_height())))
    text_page.close()
    if not characters:
        return
    drawn = _drawn(page)
    run: list[tuple[str, BoxPoints]] = []
    for text, box in characters:
        if text.isspace():
            if run:
                run.append((text, box))
        elif _is_seen(drawn, box):
            yield from _told(run, number)
            run = []
        else:
            run.append((text, box))
    yield from _told(run, number)


def _told(run: list[tuple[str, BoxPoints]], number: int) -> Iterator[Unseen]:
    marks = [(text, box) for text, box in run if not text.isspace()]
    # A lone dot or quote mark is a matter of the threshold, not of hiding.
    if any(text.isalnum() for text, _ in marks):
        boxes = [box for _, box in marks]
        whole = (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
        yield Unseen(number, "".join(text for text, _ in run).strip(), whole)


def _characters(text_page: Any, height: float) -> Iterator[tuple[str, BoxPoints]]:
    left, right, bottom, top = (raw.c_double() for _ in range(4))
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if not code or 0xD800 <= code <= 0xDFFF:
            continue
        raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        box = (left.value, height - top.value, right.value, height - bottom.value)
        yield chr(code), box


def _drawn(page: Any) -> _Drawn:
    objects = list(_objects(page))
    texts = [item for kind, item in objects if kind == raw.FPDF_PAGEOBJ_TEXT]
    others = [item for kind, item in objects if kind != raw.FPDF_PAGEOBJ_TEXT]
    full = _render(page, annotations=True)
    for item in texts:
        raw.FPDFPageObj_SetIsActive(item, False)
    bare = _render(page, annotations=True)
    invisible = any(
        raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        for item in texts
    )
    for item in others:
        raw.FPDFPageObj_SetIsActive(item, False)
    for item in texts:
        raw.FPDFPageObj_SetIsActive(item, True)
        raw.FPDFPageObj_SetFillColor(item, 0, 0, 0, 255)
        raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_FILL)
    alone = _render(page, annotations=False)
    return _Drawn(full, np.abs(full - bare), alone, invisible)


def _objects(page: Any) -> Iterator[tuple[int, Any]]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _within(raw.FPDFPage_GetObject(page, index), 0)


def _within(item: Any, depth: int) -> Iterator[tuple[int, Any]]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _within(raw.FPDFFormObj_GetObject(item, index), depth + 1)
    else:
        yield kind, item


def _render(page: Any, *, annotations: bool) -> Grey:
    bitmap = page.render(scale=_SCALE, grayscale=True, draw_annots=annotations)
    pixels: npt.NDArray[np.uint8] = bitmap.to_numpy()
    return pixels.reshape(pixels.shape[0], pixels.shape[1]).astype(np.int16)


def _is_seen(drawn: _Drawn, box: BoxPoints) -> bool:
    rows = slice(max(0, int(box[1] * _SCALE)), max(0, int(box[3] * _SCALE) + 1))
    columns = slice(max(0, int(box[0] * _SCALE)), max(0, int(box[2] * _SCALE) + 1))
    full = drawn.full[rows, columns]
    if full.size == 0:
        return False
    ink = drawn.alone[rows, columns] < 128
    expected = int(ink.sum())
    if expected >= _LEAST_INK:
        seen = int((drawn.change[rows, columns][ink] > _CHANGE).sum())
        if seen >= _LEAST_SHARE * expected:
            return True
        if not drawn.invisible:
            return False
    return int(full.max()) - int(full.min()) >= _CONTRAST
