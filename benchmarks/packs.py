"""A pack of 2,000 verified pages: time and memory beyond rendering our own pages.

The disclosed pages are painted and rebuilt as they always are, then repeated as documents of their
own. Each round runs in a fresh process, the peer and ours in turn: the peer puts the same documents
into one file with pikepdf and saves it, with no contents, stamps, outline or code. Rendering our
own pages is timed inside the same run and taken off; its memory is that of a process that loads the
same documents and renders the same pages only.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

import pikepdf

from benchmarks.sample_pages import case_notes, plans_for, read
from letters import pack as module
from letters.parts import Contact, Letterhead, Subject
from letters.sheets import DisclosedPart, LabelMeaning, PackContext, RedactionRow
from redaction.paint import paint

BAR_SECONDS = 3.0
BAR_MIB = 300.0
_PAGES, _DOCUMENTS, _EACH = 40, 50, 40
_ROUNDS = 3
_MIB = 1024.0


def run() -> bool:
    """Prints the figures; whether the bars are met."""

    document = read(case_notes(_PAGES))
    painted = paint(document, plans_for(document, every=140))
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, "pages.pdf")
        file.write_bytes(painted.pdf)
        rounds = [
            {job: _in_child(job, file) for job in ("peer", "own", "ours")} for _ in range(_ROUNDS)
        ]
    size = rounds[0]["ours"]["bytes"] / _MIB / _MIB
    print(f"{_DOCUMENTS * _EACH:,} pages in {_DOCUMENTS} documents, {size:.0f} MiB, 1 process")
    peer = statistics.median(r["peer"]["seconds"] for r in rounds)
    cpu = statistics.median(r["ours"]["cpu"] for r in rounds)
    ours = statistics.median(r["ours"]["seconds"] for r in rounds)
    own = statistics.median(r["ours"]["own_seconds"] for r in rounds)
    extra = statistics.median(r["ours"]["peak"] - r["own"]["peak"] for r in rounds)
    peaks = {job: statistics.median(r[job]["peak"] for r in rounds) for job in rounds[0]}
    print(f"  pikepdf concatenation    {peer:7.2f} s by the clock, peak {peaks['peer']:5.0f} MiB")
    print(f"  rendering our own pages  {own:7.2f} s by the clock, peak {peaks['own']:5.0f} MiB")
    print(f"  pack beyond that         {ours:7.2f} s by the clock, {cpu:.2f} s of processor")
    print(f"  pack, peak               {peaks['ours']:7.0f} MiB, {extra:.0f} MiB beyond our pages")
    same = len({r["ours"]["sha256"] for r in rounds}) == 1
    print(f"  every round gave {'the same bytes' if same else 'OTHER BYTES'}")
    met = cpu <= BAR_SECONDS and extra <= BAR_MIB and same
    print(f"  bars {BAR_SECONDS:g} s of processor, {BAR_MIB:g} MiB: {'met' if met else 'MISSED'}")
    return met


def _in_child(job: str, file: Path) -> dict[str, float]:
    """What one job took in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.packs", job, str(file)],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(ended.stdout)


def _child(job: str, file: Path) -> dict[str, object]:

    # Each document has bytes of its own, as it has when painted.
    pages = file.read_bytes()
    copies = [bytes(bytearray(pages)) for _ in range(_DOCUMENTS)]
    if job == "peer":
        began = time.perf_counter()
        with pikepdf.new() as pdf:
            sources = [pikepdf.open(BytesIO(copy)) for copy in copies]
            for source in sources:
                pdf.pages.extend(source.pages)
            out = BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
        return {"seconds": time.perf_counter() - began, "peak": _peak()}
    return _build(copies, only_own=job == "own")


def _build(copies: list[bytes], *, only_own: bool) -> dict[str, object]:

    parts = [
        DisclosedPart(
            title=f"Case system: record {n}",
            date=dt.date(2009, 1, 1) + dt.timedelta(days=31 * n),
            pdf=copy,
            page_refs=tuple(f"D{n}/{p}" for p in range(1, _EACH + 1)),
        )
        for n, copy in enumerate(copies)
    ]
    rendering = [0.0, 0.0]
    render = module.render_pages

    def timed(*args: object, **fields: object) -> object:
        began, cpu = time.perf_counter(), time.process_time()
        try:
            return render(*args, **fields)  # pyright: ignore[reportArgumentType]
        finally:
            rendering[0] += time.perf_counter() - began
            rendering[1] += time.process_time() - cpu

    if only_own:
        module.own_pages(_context(), parts)
        return {"peak": _peak()}
    module.render_pages = timed  # pyright: ignore[reportAttributeAccessIssue]
    began, cpu = time.perf_counter(), time.process_time()
    made = module.build_pack(_context(), parts)
    seconds, processor = time.perf_counter() - began, time.process_time() - cpu
    return {
        "seconds": seconds - rendering[0],
        "cpu": processor - rendering[1],
        "own_seconds": rendering[0],
        "bytes": len(made.data),
        "sha256": made.sha256,
        "peak": _peak(),
    }


def _context() -> PackContext:
    return PackContext(
        letterhead=Letterhead("Council", "Records", ("1 Quay Street",), "1", "a@b.example", "b"),
        contact=Contact("Asha Bell", "Officer", "1", "a@b.example"),
        subject=Subject("Jordan Marsh"),
        reference="SAR-2026-0041-K",
        date=dt.date(2026, 11, 23),
        article_15=None,
        search=None,
        labels=(LabelMeaning("Another person", "About someone else.", "DPA 2018 Sch 2 para 16"),),
        redactions=tuple(
            RedactionRow(f"D{n}/{p}", "Another person")
            for n in range(_DOCUMENTS)
            for p in range(1, _EACH + 1, 4)
        ),
    )


def _peak() -> float:
    """The most memory that this process had, in MiB (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB


if __name__ == "__main__":
    print(json.dumps(_child(sys.argv[1], Path(sys.argv[2]))))
