"""From a view PDF to pages of the normal form: words that are seen, and what extracts unseen."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from redaction.document import Box, HiddenItem, HiddenKind, Page, PageKind, Unreadable
from redaction.formats import ocr
from redaction.formats.account import squeeze
from redaction.formats.ink import Ink, visible_runs
from redaction.formats.limits import Limits
from redaction.formats.lying import Fonts
from redaction.formats.pdfium import Glyph, Pdf, PdfPage
from redaction.formats.scanned import Lines, lines_of
from redaction.formats.upright import turn_box, turn_of, turn_pieces
from redaction.formats.words import Piece, lay_out, pieces_of, split_words
from rights.errors import UnreadableError

_TRUSTED = 0.6
"""OCR confidence from which a word accounts for the ink under it."""
_POOR = 0.75
"""Mean OCR confidence under which a person must read the page."""
_LOOSE_INK = 250
"""Pixels of stroke at `ink.DPI` that no word accounts for: about half a signature."""
_LOOSE_SHARE = 0.004
"""On a scan some specks are to be expected: this share of all strokes may be left over.

Measured: clean scans leave 0.0004 and less, one faint line of pencil on a full page 0.005."""
_BLANK = 20
"""Pixels of stroke up to which a page without words is taken to be empty."""
_WHOLE = 0.5
_LARGEST = 16_100_000.0
"""Square points: two sheets of A0 (ISO 216), some 125 million pixels at 200 dots per inch."""
_PHOTO_TONES = 0.35
_PHOTO_WORDS = 25

HANDWRITING = (
    "Ink on this page is not explained by any word: handwriting, a signature or a picture."
)
POOR_SCAN = "The scan is poor, and words may be missing or misread."
PHOTOGRAPH = "A photograph or a drawing is on this page: look at who is in it."
PICTURE = "The page is a picture: people and places in it must be looked at."


@dataclass(slots=True)
class Reading:
    """What came out of the pages of one PDF."""

    pages: list[Page] = field(default_factory=list[Page])
    hidden: list[HiddenItem] = field(default_factory=list[HiddenItem])
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])
    used_ocr: bool = False
    turns: dict[int, int] = field(default_factory=dict[int, int])
    """Degrees clockwise by which the view's pages (from 1) are yet to be turned: as their words
    are given already."""


def read_pages(
    data: bytes,
    limits: Limits,
    *,
    photo: bool = False,
    foreign: bool = False,
    beat: Callable[[], None] = lambda: None,
) -> Reading:
    """Reads every page of a clean view PDF.

    Args:
        data: The view PDF.
        limits: Bounds on time and pages.
        photo: The PDF wraps picture files, so a page with few words is a photograph.
        foreign: Others made the PDF: whether its letters say what they show is looked at.
        beat: Called after each page, to show that the reader is alive.

    Raises:
        UnreadableError: The document has more pages than allowed.
    """
    reading = Reading()
    fonts = Fonts(data) if foreign else None
    with Pdf(data) as pdf:
        if len(pdf) > limits.pages:
            raise UnreadableError(
                "format.too_long",
                "The document has more pages than one document may have.",
                "Split it, and add the parts to the case.",
            )
        for number, page in enumerate(pdf.pages(), 1):
            if page is None:
                reading.pages.append(_blank(number))
                reading.unreadable.append(_page_task(number))
            else:
                _read_page(page, number, reading, limits, fonts, photo=photo)
            beat()
    return reading


def _blank(number: int) -> Page:
    return Page(number, 595.0, 842.0, "", (), PageKind.SCAN, "The page could not be read.")


def _page_task(number: int) -> Unreadable:
    return Unreadable(
        "format.page",
        f"Page {number} is damaged and could not be read.",
        "Open the original, or ask the source for a sound copy.",
    )


def _too_large(number: int) -> Unreadable:
    return Unreadable(
        "format.page_size",
        f"Page {number} is larger than any paper: drawn so that it can be read, it would fill the "
        "memory.",
        "Open the original, print it to PDF on paper of a usual size, and add that to the case.",
    )


def _read_page(
    page: PdfPage,
    number: int,
    reading: Reading,
    limits: Limits,
    fonts: Fonts | None,
    *,
    photo: bool,
) -> None:
    ink = Ink(page)
    seen, unseen = visible_runs(ink, split_words(page.glyphs()))
    lies = fonts is not None and fonts.lie(page, seen, limits.seconds)
    if lies:
        # What extracts is not what is seen: the page is read as a picture of itself.
        seen, unseen = [], [*unseen, *seen]
    pieces = pieces_of(seen)
    loose = ink.all_strokes() if lies else ink.strokes()
    total = int(loose.sum())
    pictures = page.pictures()
    pictured = _share(pictures, page)
    kind, why = PageKind.TEXT, ""
    if total > _LOOSE_INK or pictured >= _WHOLE:
        whole = pictured >= _WHOLE or not pieces
        try:
            found = (
                ocr.read_page(page, limits.seconds)
                if whole
                else ocr.read_areas(page, ink.bands(loose), limits.seconds)
            )
        except (subprocess.SubprocessError, OSError):
            found = []
            reading.unreadable.append(
                Unreadable(
                    "format.ocr",
                    f"The picture on page {number} could not be searched for words.",
                    "Read the page and mark what must be covered.",
                )
            )
        reading.used_ocr = True
        added = _beside(found, pieces)
        left = int(ink.without(loose, (p.box for p in added if p.confidence >= _TRUSTED)).sum())
        kind = _kind(ink, added, pieces, whole=whole, pictured=pictured, photo=photo)
        why = _why(kind, added, left, total)
        pieces = pieces + added
    if not why and pictured < _WHOLE and any(ink.is_photograph(box) for box in pictures):
        why = PHOTOGRAPH
    size = round(page.width, 3), round(page.height, 3)
    marks = None
    if kind is PageKind.SCAN and not seen:
        turn = turn_of(pieces)
        lines = lines_of(page, pieces) if turn % 180 == 0 else Lines(pieces, ())
        pieces, marks = turn_pieces(lines.pieces, turn, *size), lines.marks
        marks = tuple(turn_box(m, turn, *size) for m in marks) if turn % 180 == 0 else None
        if turn:
            reading.turns[number] = turn
            size = size if turn == 180 else (size[1], size[0])
    text, words = lay_out(pieces)
    if kind is PageKind.TEXT:
        marks = ink.marks(dict.fromkeys((w.box.top, w.box.bottom) for w in words))
    reading.pages.append(Page(number, *size, text, words, kind, why, marks))
    if page.width * page.height > _LARGEST:
        reading.unreadable.append(_too_large(number))
    reading.hidden += _unseen_text(unseen, text if kind is not PageKind.TEXT else "", number)


def _share(pictures: Sequence[Box], page: PdfPage) -> float:
    area = sum((b.right - b.left) * (b.bottom - b.top) for b in pictures)
    return area / max(page.width * page.height, 1)


def _beside(found: Sequence[Piece], native: Sequence[Piece]) -> list[Piece]:
    """OCR words that are not just another reading of a word the file already gives."""
    if not native:
        return list(found)
    boxes = np.array([(p.box.left, p.box.top, p.box.right, p.box.bottom) for p in native])
    kept: list[Piece] = []
    for piece in found:
        x, y = (piece.box.left + piece.box.right) / 2, (piece.box.top + piece.box.bottom) / 2
        inside = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        if not inside.any():
            kept.append(piece)
    return kept


def _kind(
    ink: Ink,
    added: Sequence[Piece],
    native: Sequence[Piece],
    *,
    whole: bool,
    pictured: float,
    photo: bool,
) -> PageKind:
    if not whole:
        return PageKind.TEXT
    sure = sum(1 for p in added if p.confidence >= _TRUSTED and p.text.isalnum())
    if sure < _PHOTO_WORDS and not native and (photo or ink.colourful() > _PHOTO_TONES):
        return PageKind.PHOTO
    if photo and ink.colourful() > _PHOTO_TONES:
        return PageKind.PHOTO
    # A native page on letterhead or a coloured background is still a page of known words.
    return PageKind.SCAN if sure > len(native) or not native else PageKind.TEXT


def _why(kind: PageKind, added: Sequence[Piece], left: int, total: int) -> str:
    if kind is PageKind.PHOTO:
        return PICTURE
    allowed = max(_LOOSE_INK, _LOOSE_SHARE * total if kind is PageKind.SCAN else 0)
    if left > allowed:
        return HANDWRITING
    if not added and kind is PageKind.SCAN and total > _BLANK:
        return HANDWRITING
    letters = sum(len(p.text) for p in added)
    if letters and sum(p.confidence * len(p.text) for p in added) / letters < _POOR:
        return POOR_SCAN
    return ""


def _unseen_text(unseen: Sequence[Sequence[Glyph]], read: str, number: int) -> list[HiddenItem]:
    """Unseen words, joined line by line.

    On a scan the file's own text layer lies unseen over the picture; what OCR read there as well
    is not hidden and is left out.
    """
    known = squeeze(read)
    lines: list[str] = []
    line: list[str] = []
    for run in [*unseen, []]:
        if run:
            word = "".join(g.text for g in run)
            if not (known and squeeze(word) in known):
                line.append(word)
        elif line:
            lines.append(" ".join(line))
            line = []
    if not lines:
        return []
    where = (
        "in the file's own text layer, not read on the scan" if known else "not seen on the page"
    )
    return [HiddenItem(HiddenKind.HIDDEN_TEXT, where, "\n".join(lines), number)]
