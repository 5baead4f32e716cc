"""Our own HTML set out as pages by WeasyPrint, which here can fetch nothing.

The fonts are Debian's Liberation, so that the same text gives the same pages on each machine.
"""

from __future__ import annotations

import gc
import html
import logging
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

import weasyprint
from weasyprint.urls import URLFetcher

from redaction.formats.join import join

_HTML: Any = weasyprint.HTML

TAB = "    "
"""What a tab is set as."""
_BREAKS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))
"""Characters that end a line (Unicode Standard Annex 14, class BK)."""
TOOL = f"weasyprint {version('weasyprint')}"

_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
@page wide { size: A4 landscape; margin: 14mm 12mm; }
html { font: 10pt/1.35 "Liberation Sans", "DejaVu Sans", sans-serif; color: #000;
  font-variant-ligatures: none; hyphens: none; }
body { margin: 0; }
h1 { font-size: 14pt; margin: 0 0 3mm; } h2 { font-size: 11pt; margin: 4mm 0 2mm; }
h3 { font-size: 10pt; margin: 3mm 0 1mm; }
h1, h2, h3 { break-after: avoid; }
* { overflow-wrap: break-word; }
.text { white-space: pre-wrap; }
.wide { page: wide; }
table { border-collapse: collapse; }
.grid, .facts { table-layout: fixed; width: 100%; }
.grid th, .grid td { border: 0.5pt solid #888; padding: 1mm 1.5mm; text-align: left;
  vertical-align: top; white-space: pre-wrap; }
.grid th { background: #eee; }
.grid thead { display: table-header-group; }
.grid tr { break-inside: avoid; }
.facts th { text-align: left; vertical-align: top; padding: 0.5mm 4mm 0.5mm 0; width: 38mm;
  font-weight: bold; }
.facts td { vertical-align: top; padding: 0.5mm 0; white-space: pre-wrap; }
.facts { margin-bottom: 3mm; }
.note { font-style: italic; }
"""

_FOREIGN_STYLE = """
* { max-width: 100% !important; overflow: visible !important; }
table { width: auto !important; height: auto !important; table-layout: auto !important; }
td, th, p, div, span { white-space: normal; }
pre, .text { white-space: pre-wrap !important; }
img { max-height: 220mm !important; }
"""
"""For HTML that others wrote: nothing may be cut off at the edge of the paper."""


def escape(text: str) -> str:
    """Text for HTML, without the control characters that no font can show.

    A tab is a wide space: set as a tab it may end so close behind a word that what follows seems
    to be glued to it, on paper and to whoever extracts the words.
    """
    return html.escape(_shown(text).replace("\t", TAB))


def _shown(text: str) -> str:
    """Control characters as spaces, and every way of ending a line as one."""
    kept = text.replace("\r\n", "\n").translate(_BREAKS)
    return "".join(c if c >= " " or c in "\n\t" else " " for c in kept)


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """A list of names and values."""
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows
    )
    return f'<table class="facts">{cells}</table>' if cells else ""


def grid(head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float] = ()) -> str:
    """A table with lines; the head is repeated on each page.

    Args:
        head: Column names.
        rows: Cells; every text is shown whole.
        widths: Shares of the width, one per column; equal if not given.
    """
    total = sum(widths)
    columns = "".join(f'<col style="width:{100 * w / total:.2f}%">' for w in widths)
    top = "".join(f"<th>{escape(h)}</th>" for h in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return (
        f'<table class="grid">{columns}'
        + (f"<thead><tr>{top}</tr></thead>" if head else "")
        + f"<tbody>{body}</tbody></table>"
    )


def typeset(
    parts: str | Sequence[str],
    *,
    foreign: bool = False,
    beat: Callable[[], None] = lambda: None,
) -> bytes:
    """A PDF of one or more HTML bodies, each starting on a new page.

    Args:
        parts: HTML bodies.
        foreign: They hold HTML that others wrote: whatever it asks for, nothing is cut off.
        beat: Called after each body, to show that the reader is alive.
    """
    bodies = [parts] if isinstance(parts, str) else list(parts)
    style = f"<style>{_STYLE}</style>"
    late = f"<style>{_FOREIGN_STYLE}</style>" if foreign else ""
    done: list[bytes] = []
    for body in bodies:
        done.append(_pdf(f"{style}<body>{body}{late}</body>"))
        beat()
    return join(done)


def _pdf(page: str) -> bytes:
    with _unlogged(), _uncollected():
        document = _HTML(
            string=f'<!doctype html><html lang="en"><meta charset="utf-8">{page}</html>',
            url_fetcher=URLFetcher(allowed_protocols=("data",)),
            media_type="print",
        )
        made: bytes = document.write_pdf()
    return made


@contextmanager
def _unlogged() -> Generator[None]:
    """WeasyPrint's warnings quote the document; they stay out of every log, for this long."""
    logger = logging.getLogger("weasyprint")
    before, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.propagate = before


@contextmanager
def _uncollected() -> Generator[None]:
    """Without the collector, which takes a third of the time over boxes that all are in use."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
