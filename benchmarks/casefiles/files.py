"""Invented papers as real files: Word, mail with a quoted thread, scans, spreadsheets, text.

The truth of a paper is carried over to whatever text comes out at the other end.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from random import Random

import docx
import numpy as np
import openpyxl
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

from benchmarks.casefiles.generate import Paper
from benchmarks.casefiles.truth import Truth

_DPI = 200
_PAGE = (1654, 2339)
"""A4 at that resolution."""
_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_docx(paper: Paper) -> bytes:
    """Paragraphs, every third one in a table's cell."""
    document = docx.Document()
    for number, part in enumerate(paper.text.split("\n\n")):
        if number % 3 == 2:
            document.add_table(1, 1).cell(0, 0).text = part
        else:
            document.add_paragraph(part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_eml(paper: Paper) -> bytes:
    """A mail whose second half is a quoted answer."""
    blocks = paper.text.split("\n\n")
    half = len(blocks) // 2
    quoted = "\n".join("> " + line for line in "\n\n".join(blocks[half:]).split("\n"))
    message = EmailMessage()
    message["Subject"] = "Update"
    message["Date"] = "Tue, 03 May 2022 09:12:44 +0100"
    message["From"] = "duty@council.example"
    message["To"] = "team@council.example"
    message.set_content("\n\n".join(blocks[:half]) + "\n\n" + quoted)
    return message.as_bytes()


def as_xlsx(paper: Paper) -> bytes:
    """One row for each line: a day, a sort and the rest; no column falls on another page."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    whole = list(paper.text)
    for truth in paper.truth:  # a row holds its cells whole
        whole[truth.start : truth.end] = paper.text[truth.start : truth.end].replace("\n", " ")
    for line in "".join(whole).split("\n"):
        if line.strip():
            sheet.append([_ILLEGAL.sub("", cell) for cell in line.split("\t", 2)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_scan(paper: Paper, seed: int = 0) -> bytes:
    """A grey TIFF of pages at 200 dpi: slightly turned, blurred and noisy."""
    rng = Random(seed)
    font = ImageFont.truetype(str(_FONT), 30)
    lines = [
        piece
        for line in paper.text.split("\n")
        for piece in (textwrap.wrap(line.replace("\t", "    "), 84) or [""])
    ]
    pages: list[Image.Image] = []
    for first in range(0, len(lines), 52):
        page = Image.new("L", _PAGE, 250)
        draw = ImageDraw.Draw(page)
        for row, line in enumerate(lines[first : first + 52]):
            draw.text((120, 120 + 41 * row), line, font=font, fill=25)
        page = page.rotate(rng.uniform(-0.6, 0.6), fillcolor=250, resample=Image.Resampling.BICUBIC)
        page = page.filter(ImageFilter.GaussianBlur(0.6))
        noise = np.random.default_rng(seed + first).normal(0, 12, (_PAGE[1], _PAGE[0]))
        pages.append(Image.fromarray(np.clip(np.asarray(page) + noise, 0, 255).astype(np.uint8)))
    out = io.BytesIO()
    pages[0].save(
        out,
        "TIFF",
        save_all=True,
        append_images=pages[1:],
        dpi=(_DPI, _DPI),
        compression="tiff_deflate",
    )
    return out.getvalue()


def as_text(paper: Paper) -> bytes:
    """The text as it is."""
    return paper.text.encode()


def carried(paper: Paper, text: str) -> tuple[Truth, ...]:
    """The truth of a paper at its places in the text that came out.

    White space does not count, nor do marks of quotation; letters that a scanner misread keep their
    place. Truth of which nothing came out stands as an empty stretch, which nothing can cover.
    """
    source, _ = _bare(paper.text)
    target, places = _bare(text)
    where: dict[int, int] = {}
    for block in Levenshtein.opcodes(source, target):
        size = min(block.src_end - block.src_start, block.dest_end - block.dest_start)
        if block.tag in ("equal", "replace"):
            for step in range(size):
                where[block.src_start + step] = block.dest_start + step
    bare_of = _positions(paper.text)
    found: list[Truth] = []
    for truth in paper.truth:
        inside = [bare_of[i] for i in range(truth.start, truth.end) if i in bare_of]
        hit = [where[i] for i in inside if i in where]
        if not hit:
            continue
        start, end = places[hit[0]], places[hit[-1]] + 1
        found.append(Truth(start, end, truth.kind, truth.person, truth.form))
    return tuple(found)


def _positions(text: str) -> dict[int, int]:
    return {at: n for n, at in enumerate(i for i, c in enumerate(text) if c.isalnum())}


def _bare(text: str) -> tuple[str, Sequence[int]]:
    places = [i for i, c in enumerate(text) if c.isalnum()]
    return "".join(text[i] for i in places), places
