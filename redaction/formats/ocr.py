"""Words on pictures of paper, by tesseract.

Run as a child of the reader, so it has the reader's limits and no network. The picture goes in by
standard input and the words come out by standard output: nothing touches the disk.
"""

from __future__ import annotations

import csv
import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO, StringIO

from PIL import Image

from redaction.document import Box, Origin
from redaction.formats.pdfium import PdfPage, Pixels
from redaction.formats.words import Piece

DPI = 300
_WORD_LEVEL = "5"
_PAGE_WITH_ORIENTATION = "1"
_ONE_BLOCK = "6"
_SPARSE = "11"


@cache
def version() -> str:
    """`tesseract` and its version."""
    said = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[0]


def read_page(page: PdfPage, seconds: float) -> list[Piece]:
    """All words on the page, whichever way up the paper was laid on the scanner."""
    return _words(page.pixels(DPI), page, Box(0, 0, page.width, page.height), seconds, whole=True)


def read_areas(page: PdfPage, areas: list[Box], seconds: float) -> list[Piece]:
    """Words in parts of the page (a picture, a stamp, a signature)."""
    picture = page.pixels(DPI)
    scale = picture.shape[1] / max(page.width, 1)
    found: list[Piece] = []
    for area in areas:
        part = picture[
            int(area.top * scale) : int(area.bottom * scale),
            int(area.left * scale) : int(area.right * scale),
        ]
        if min(part.shape[:2]) >= 16:
            found += _words(part, page, area, seconds, whole=False)
    return found


def read_strip(picture: Pixels, seconds: float) -> list[Piece]:
    """Words cut out of a page and set below each other; boxes in pixels."""
    return parse_tsv(_tesseract(picture, _ONE_BLOCK, seconds))


def _words(
    picture: Pixels, page: PdfPage, area: Box, seconds: float, *, whole: bool
) -> list[Piece]:
    table = _tesseract(picture, _PAGE_WITH_ORIENTATION if whole else _SPARSE, seconds)
    points = (area.right - area.left) / picture.shape[1]
    return [
        replace(
            piece,
            box=Box(
                area.left + piece.box.left * points,
                area.top + piece.box.top * points,
                min(area.left + piece.box.right * points, page.width),
                min(area.top + piece.box.bottom * points, page.height),
            ),
        )
        for piece in parse_tsv(table)
    ]


def _tesseract(picture: Pixels, mode: str, seconds: float) -> str:
    held = BytesIO()
    Image.fromarray(picture).convert("L").save(held, "PNG", compress_level=1)
    run = subprocess.run(
        ["tesseract", "stdin", "stdout", "--dpi", str(DPI), "--psm", mode, "-l", "eng", "tsv"],
        input=held.getvalue(),
        capture_output=True,
        timeout=seconds,
        check=True,
    )
    return run.stdout.decode("utf-8", "replace")


def parse_tsv(table: str) -> list[Piece]:
    """Words of tesseract's TSV, boxes in pixels, confidence from 0 to 1.

    OCR gives no places for single characters, so the words have no edges and are only ever boxed
    whole.
    """
    pieces: list[Piece] = []
    line = ""
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        this_line = f"{row['block_num']}.{row['par_num']}.{row['line_num']}"
        left, top = float(row["left"]), float(row["top"])
        pieces.append(
            Piece(
                # Several tokens in one box would break the rule that words hold no space.
                "".join(text.split()),
                Box(left, top, left + float(row["width"]), top + float(row["height"])),
                starts_line=this_line != line,
                origin=Origin.OCR,
                confidence=max(float(row["conf"]), 0.0) / 100,
            )
        )
        line = this_line
    return pieces
