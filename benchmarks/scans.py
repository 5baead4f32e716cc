"""Scanned pages of invented papers: turned as they lay, read, and what boxes take with them.

Papers are set in several faces and sizes, ragged or filled, pictured at 150 to 300 dpi, laid a
little crooked, blurred and made noisy; every sixth lies sideways or upside down. They are read as
any file is read, every mention of a person is covered as for a release, and it is counted how many
ordinary words go with a name, how many lines close up, how many pages stand upright, and how many
words of the source come out. The finished pages pass the verifier or are counted as refused.
"""

from __future__ import annotations

import html
import io
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import weasyprint
from PIL import Image, ImageFilter
from rapidfuzz.distance import LCSseq

from benchmarks.casefiles.files import carried
from benchmarks.casefiles.generate import Paper, make_case
from benchmarks.casefiles.truth import Kind
from redaction.decisions import PagePlan, PaintBox
from redaction.document import ReadDocument
from redaction.formats import Incoming, read_many
from redaction.paint import PaintedDocument, paint
from redaction.propose.boxes import Covered, boxes_for
from redaction.propose.cuts import merged_boxes
from redaction.verifying import VerifyJob, verify_page, verify_pdf

BAR = 0.5
"""Ordinary words that may go with a name, in the mean."""
_PAGES = 42
_SEED = 11
_FACES = ("Liberation Serif", "Liberation Sans", "DejaVu Serif", "Liberation Mono", "DejaVu Sans")
_SIZES = (10, 11, 12, 9, 14)
_DPIS = (200, 300, 150)
_TURNS = (90, 180, 270)
_LONGEST = 2300
"""Characters to a page, so that each paper is one sheet."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One scanned sheet and what is really on it."""

    paper: Paper
    pdf: bytes
    turn: int
    dpi: int


def sheets(count: int = _PAGES, seed: int = _SEED) -> list[Scan]:
    """The made-up scans, the same for the same seed."""
    rng = Random(seed)
    papers = [p for p in make_case(seed, pages=2 * count).papers if p.kind != "spreadsheet"]
    made: list[Scan] = []
    for number in range(count):
        paper = _first_page(papers[number % len(papers)])
        turn = _TURNS[number // 6 % 3] if number % 6 == 5 else 0
        dpi = _DPIS[number % 3]
        size = _SIZES[number % 5]
        face = _FACES[number // 2 % 5]
        pixels = _pictured(paper.text, face, size, dpi, filled=number % 4 == 1)
        made.append(Scan(paper, _scanned(pixels, turn, dpi, rng), turn, dpi))
    return made


def _first_page(paper: Paper) -> Paper:
    end = paper.text.rfind("\n\n", 0, _LONGEST)
    end = len(paper.text) if len(paper.text) <= _LONGEST else end if end > 0 else _LONGEST
    truth = tuple(t for t in paper.truth if t.end <= end)
    return Paper(paper.id, paper.kind, paper.style, paper.text[:end], truth)


def _pictured(text: str, face: str, size: int, dpi: int, *, filled: bool) -> Image.Image:
    style = (
        f"@page{{size:A4;margin:20mm}}body{{font:{size}pt/1.25 '{face}';white-space:pre-wrap;"
        f"tab-size:4;{'text-align:justify;white-space:pre-line;' if filled else ''}}}"
    )
    page = f"<style>{style}</style>{html.escape(text)}"
    pdf = bytes(weasyprint.HTML(string=page).write_pdf() or b"")
    view: Any = pdfium.PdfDocument(pdf)
    picture: Image.Image = view[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    view.close()
    return picture


def _scanned(picture: Image.Image, turn: int, dpi: int, rng: Random) -> bytes:
    paper = rng.randint(225, 252)
    shade = np.asarray(picture, dtype=np.float32) / 255 * (paper - 30) + 30
    picture = Image.fromarray(shade.astype(np.uint8))
    picture = picture.rotate(
        rng.uniform(-1.3, 1.3), fillcolor=paper, resample=Image.Resampling.BICUBIC
    )
    picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.8)))
    noise = np.random.default_rng(rng.randint(0, 10**6)).normal(
        0, rng.choice((2, 6, 12)), (picture.height, picture.width)
    )
    grey = np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey).rotate(turn, expand=True).save(out, "PDF", resolution=dpi, quality=85)
    return out.getvalue()


@dataclass(slots=True)
class Result:
    """What was counted; `refused` are pages that the verifier did not let pass."""

    boxes: int = 0
    closed: int = 0
    swallowed: int = 0
    upright: int = 0
    refused: int = 0
    words: int = 0
    read: int = 0
    eyes: int = 0


def run(folder: Path | None = None) -> bool:
    """Prints the figures; whether the bar is met. Finished pages go to the folder, if any."""
    scans = sheets()
    with tempfile.TemporaryDirectory() as scratch:
        documents = read_many(
            [Incoming(f"D{n}", "scan.pdf", s.pdf) for n, s in enumerate(scans, 1)],
            scratch=Path(scratch),
            workers=1,
        )
        result = Result()
        for number, (scan, document) in enumerate(zip(scans, documents, strict=True), 1):
            painted = _covered(scan, document, result)
            job = VerifyJob(tuple(verify_page(p) for p in painted.pages), ("Zwaarteveld Ada",))
            answer = verify_pdf(painted.pdf, job, scratch=Path(scratch))
            if not answer.passed:
                result.refused += 1
                print(f"  refused: {number}", [(f.check, f.cause) for f in answer.failures])
            if folder is not None:
                (folder / f"{number:02}.pdf").write_bytes(painted.pdf)
    _tell(result, scans)
    met = result.swallowed <= BAR * result.boxes and not result.refused
    return met and result.upright == len(scans)


def _covered(scan: Scan, document: ReadDocument, result: Result) -> PaintedDocument:
    page = document.pages[0]
    source = scan.paper.text.split()
    result.words += len(source)
    result.read += LCSseq.similarity(source, page.text.split())
    result.upright += page.height > page.width and not _is_reversed(document)
    result.eyes += bool(page.needs_eyes)
    boxes: list[PaintBox] = []
    for truth in carried(scan.paper, page.text):
        if truth.kind is Kind.MENTION:
            found = boxes_for(page, truth.start, truth.end, guard=True)
            result.boxes += len(found)
            result.closed += sum(c.closing is not None for c in found)
            result.swallowed += sum(_swallowed(c, truth.start, truth.end) for c in found)
            boxes += [PaintBox(c.box, "[third party]", "3P", closing=c.closing) for c in found]
    plans = [PagePlan(document.id, 1, tuple(merged_boxes(boxes)))]
    plans += [PagePlan(document.id, p.number) for p in document.pages[1:]]
    return paint(document, plans)


def _swallowed(covered: Covered, start: int, end: int) -> int:
    return sum(not (w.start < end and start < w.end) for w in covered.words)


def _is_reversed(document: ReadDocument) -> bool:
    """Whether words that follow each other stand further left or up."""
    boxes = [w.box for w in document.pages[0].words]
    steps = [b.left > a.left for a, b in pairwise(boxes) if b.top < a.bottom]
    return sum(steps) < len(steps) / 2


def _tell(result: Result, scans: Sequence[Scan]) -> None:
    turned = sum(s.turn != 0 for s in scans)
    print(
        f"{len(scans)} scanned pages, {turned} sideways or upside down: {result.upright} upright, "
        f"{result.read / result.words:.2%} of words read, {result.eyes} to be read by eye, "
        f"{result.refused} refused by the verifier"
    )
    print(
        f"  {result.boxes} boxes over names, {result.closed / result.boxes:.0%} closed up; "
        f"{result.swallowed / result.boxes:.2f} ordinary words swallowed a box, bar {BAR}"
    )


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
