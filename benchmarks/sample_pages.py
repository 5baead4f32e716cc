"""Made-up pages of case notes, and a plain reading of a PDF into the normal form.

Kept apart from `redaction.formats`, so that painting is measured and tested without it.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import weasyprint

from redaction.decisions import PagePlan, PaintBox
from redaction.document import Box, Page, PageKind, ReadDocument, Word

_TEXT = (
    "the social worker visited home today and spoke with mother about school attendance contact "
    "plan review meeting concerns were noted by health visitor who had seen both children at "
    "clinic in March they appeared well dressed but tired grandmother helps on Fridays"
)
_NAMES = ("Karen Holt", "Mr Adeyemi", "Siân Pugh", "Łukasz Wrona", "Dr Patel", "Tyler")
_STYLE = (
    "@page{size:A4;margin:18mm} body{font:10.5pt/1.35 'Liberation Sans','DejaVu Sans'}"
    "h1{font-size:13pt;margin:0 0 2mm} p{margin:0 0 2mm}"
)


def case_notes(pages: int, seed: int = 1) -> bytes:
    """A born-digital PDF of about 3,000 characters a page, the same for the same seed."""
    rng = random.Random(seed)
    words_of = _TEXT.split()
    body: list[str] = []
    for number in range(pages):
        notes = [f"<h1 style='break-before:page'>Case note {number + 1}</h1>"]
        for _ in range(6):
            words = [rng.choice(words_of) for _ in range(80)]
            for _ in range(2):
                words.insert(rng.randrange(len(words)), rng.choice(_NAMES))
            notes.append("<p>" + " ".join(words) + ".</p>")
        body += notes
    html = f"<html lang=en><style>{_STYLE}</style>{''.join(body)}"
    return bytes(weasyprint.HTML(string=html).write_pdf() or b"")


def read(pdf: bytes, document_id: str = "D1", kind: PageKind = PageKind.TEXT) -> ReadDocument:
    """Every character PDFium extracts, joined to words; nothing is left out as unseen."""
    view = pdfium.PdfDocument(pdf)
    pages = tuple(_page(view, index, kind) for index in range(len(view)))
    view.close()
    return ReadDocument(
        document_id, "application/pdf", hashlib.sha256(pdf).hexdigest(), pages, pdf=pdf
    )


def plans_for(document: ReadDocument, *, every: int = 0) -> tuple[PagePlan, ...]:
    """Plans with a labelled box over every `every`-th word, padded by a point; none if 0."""
    plans: list[PagePlan] = []
    for page in document.pages:
        chosen = page.words[::every] if every else ()
        boxes = tuple(PaintBox(grown(w.box, 1), "[third party]", "3P") for w in chosen)
        plans.append(PagePlan(document.id, page.number, boxes))
    return tuple(plans)


def grown(box: Box, by: float) -> Box:
    """The box with `by` points more on every side."""
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _page(view: Any, index: int, kind: PageKind) -> Page:
    page = view[index]
    width, height = page.get_size()
    text_page = page.get_textpage()
    runs = [
        list(group)
        for is_space, group in itertools.groupby(
            _characters(text_page, height), key=lambda c: not c[0].strip()
        )
        if not is_space
    ]
    words: list[Word] = []
    start = 0
    for run in runs:
        text = "".join(c for c, _ in run)
        boxes = [b for _, b in run]
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.union(box)
        edges = (*(b.left for b in boxes), boxes[-1].right)
        words.append(Word(text, whole, start, edges))
        start += len(text) + 1
    text = " ".join(w.text for w in words)
    return Page(index + 1, width, height, text, tuple(words), kind, marks=())


def _characters(text_page: Any, height: float) -> Iterator[tuple[str, Box]]:
    left, right, bottom, top = (raw.c_double() for _ in range(4))
    loose = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if not code or 0xD800 <= code <= 0xDFFF:
            continue
        raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        box = Box(left.value, height - top.value, right.value, height - bottom.value)
        # As `redaction.formats` does: ink, advance width and the height of the face.
        if raw.FPDFText_GetLooseCharBox(text_page, index, loose):
            box = box.union(Box(loose.left, height - loose.top, loose.right, height - loose.bottom))
        yield chr(code), box
