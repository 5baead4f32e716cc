"""A pack of as many pages as one likes, put together and verified: the most memory of each process.

``python -m benchmarks.longcase.pack --pages 20000 [--verify]``. The same painted documents are
repeated, so that only what follows from the length of the pack is measured.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf

from benchmarks.longcase.watch import Watch
from benchmarks.sample_pages import case_notes, plans_for, read
from letters.pack import build_pack
from letters.parts import Contact, Letterhead, Subject
from letters.sheets import DisclosedPart, PackContext
from redaction.paint import PaintedDocument, paint
from redaction.verifying import VerifyJob, VerifyKeep, VerifyPage, verify_page, verify_pdf

_EACH = 40
_MIB = 1 << 20
_BUILD = "import sys; from benchmarks.longcase.pack import build; build(*sys.argv[1:3])"


def run(pages: int, *, check: bool) -> None:
    """Prints what a pack of so many pages takes."""
    document = read(case_notes(_EACH))
    painted = paint(document, plans_for(document, every=140))
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        (here / "pages.pdf").write_bytes(painted.pdf)
        began = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-c", _BUILD, str(pages), scratch])
        with Watch(child.pid) as watch:
            child.wait()
        size = (here / "pack.pdf").stat().st_size
        peak = max(watch.peaks.values())
        print(
            f"pack of {size / _MIB:,.0f} MiB put together in {time.perf_counter() - began:.0f} s, "
            f"peak {peak:.0f} MiB",
            flush=True,
        )
        if check:
            _check(here, painted)


def build(pages: str, folder: str) -> None:
    """The pack, from files into a file, as sealing does it."""
    here = Path(folder)
    data = (here / "pages.pdf").read_bytes()
    parts: list[DisclosedPart] = []
    while len(parts) * _EACH < int(pages):
        number = len(parts)
        file = here / f"{number}.pdf"
        file.write_bytes(data)
        parts.append(
            DisclosedPart(
                title="Case system: record",
                date=dt.date(2009, 1, 1) + dt.timedelta(days=number),
                pdf=file,
                page_refs=tuple(f"D{number}/{p}" for p in range(1, _EACH + 1)),
            )
        )
    made = build_pack(_context(), parts, into=here / "pack.pdf")
    of_page = [int((entry.page_ref or "/0").rpartition("/")[2]) for entry in made.page_map]
    (here / "map.json").write_text(json.dumps(of_page), "utf-8")


def _check(here: Path, painted: PaintedDocument) -> None:
    """Has the pack verified; in its map a page of ours stands as 0."""
    of_page: list[int] = json.loads((here / "map.json").read_text("utf-8"))
    with pikepdf.open(here / "pack.pdf") as pdf:
        sizes = [[float(v) for v in page.mediabox] for page in pdf.pages]
    pages: list[VerifyPage] = []
    for (left, bottom, right, top), at in zip(sizes, of_page, strict=True):
        high = round(top - bottom, 3)
        if at:
            page = painted.pages[at - 1]
            pages.append(verify_page(page, strip=round(high - page.height, 3)))
        else:
            pages.append(VerifyPage("ours", round(right - left, 3), high))
    job = VerifyJob(
        pages=tuple(pages),
        forbidden=("Ermintrude Snodgrass",),
        keep=tuple(VerifyKeep(n) for n, at in enumerate(of_page, start=1) if at),
        workers=os.cpu_count() or 1,
    )
    began = time.perf_counter()
    with Watch(os.getpid()) as watch:
        result = verify_pdf(here / "pack.pdf", job, scratch=here)
    said = "passed" if result.passed else f"refused: {result.failures[:3]}"
    print(f"{len(pages):,} pages verified in {time.perf_counter() - began:.0f} s: {said}")
    for kind, peak in watch.peaks.items():
        print(f"  peak of {kind:18} {peak:6.0f} MiB")


def _context() -> PackContext:
    return PackContext(
        letterhead=Letterhead("Council", "Records", ("1 Quay Street",), "1", "a@b.example", "b"),
        contact=Contact("Asha Bell", "Officer", "1", "a@b.example"),
        subject=Subject("Jordan Marsh"),
        reference="SAR-2026-0041-K",
        date=dt.date(2026, 11, 23),
        article_15=None,
        search=None,
    )


def main() -> None:
    """Reads the arguments and runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--verify", action="store_true")
    given = parser.parse_args()
    run(given.pages, check=given.verify)


if __name__ == "__main__":
    main()
