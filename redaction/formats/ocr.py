"""Words on pictures of paper, by tesseract.

Run as a child of the reader, so it has the reader's limits and no network. The picture goes in by
standard input and the words come out by standard output: nothing touches the disk.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO, StringIO

import numpy as np
from PIL import Image

from redaction.document import Box, Origin
from redaction.formats.pdfium import PdfPage, Pixels
from redaction.formats.upright import turn_pieces
from redaction.formats.words import Piece

DPI = 300
_WORD_LEVEL = "5"
_PAGE_WITH_ORIENTATION = "1"
_PAGE = "3"
_ONE_BLOCK = "6"
_SPARSE = "11"
_SURE_WORD = 0.7
_LEAST_TRIED = 3
"""Words below which there is nothing that another way round would read better."""
_CLEARLY = 2
"""How many times as many letters another way round must give."""


@cache
def version() -> str:
    """`tesseract` and its version."""
    said = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[0]


def read_page(page: PdfPage, seconds: float) -> list[Piece]:
    """All words on the page, whichever way up the paper was laid on the scanner.

    tesseract sees by itself how a full page lies. Where too little is on it for that, it is tried
    with the page the other ways round, coarsely, and the best is taken.
    """
    picture = page.pixels(DPI)
    area = Box(0, 0, page.width, page.height)
    found = _words(picture, area, seconds, mode=_PAGE_WITH_ORIENTATION)
    if _is_sure(found) or len(found) < _LEAST_TRIED:
        return found
    tries = {
        turns: _letters(parse_tsv(_tesseract(_turned(picture[::2, ::2], turns), _PAGE, seconds)))
        for turns in (0, 2, 1, 3)
    }
    best = max(tries, key=tries.__getitem__)
    if best == 0 or tries[best] < _CLEARLY * max(tries[0], _letters(found), 1):
        return found
    sideways = best % 2 == 1
    turned = Box(0, 0, *((page.height, page.width) if sideways else (page.width, page.height)))
    read = _words(_turned(picture, best), turned, seconds, mode=_PAGE)
    # `np.rot90` turns against the clock: these boxes are turned back with it.
    return turn_pieces(read, best * 90, turned.right, turned.bottom)


def _turned(picture: Pixels, quarters: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(picture, quarters))


def _letters(pieces: Sequence[Piece]) -> int:
    """Letters and digits in words that were read with some certainty."""
    return sum(len(p.text) for p in pieces if p.confidence >= _SURE_WORD and p.text.isalnum())


def _is_sure(pieces: Sequence[Piece]) -> bool:
    """Whether most of what was read makes words."""
    return 2 * _letters(pieces) >= sum(len(p.text) for p in pieces)


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
            found += _words(part, area, seconds, mode=_SPARSE)
    return found


def read_strip(picture: Pixels, seconds: float) -> list[Piece]:
    """Words cut out of a page and set below each other; boxes in pixels."""
    return parse_tsv(_tesseract(picture, _ONE_BLOCK, seconds))


def _words(picture: Pixels, area: Box, seconds: float, *, mode: str) -> list[Piece]:
    table = _tesseract(picture, mode, seconds)
    points = (area.right - area.left) / picture.shape[1]
    return [
        replace(
            piece,
            box=Box(
                area.left + piece.box.left * points,
                area.top + piece.box.top * points,
                min(area.left + piece.box.right * points, area.right),
                min(area.top + piece.box.bottom * points, area.bottom),
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
