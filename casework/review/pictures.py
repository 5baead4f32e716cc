"""Pictures of pages: as they are held, and exactly as the requester will see them."""

from __future__ import annotations

import threading
from dataclasses import replace
from io import BytesIO

from PIL import Image

from casework.read import load
from casework.review.pages import undecided_boxes
from casework.review.shelf import Review
from redaction.decisions import PagePlan
from redaction.document import ReadDocument
from redaction.paint import paint
from redaction.paint.render import loaded, opened, render
from rights.errors import InputError

DPI = 110
"""Sharp at the width of a desk page, and about 100 kB a page."""

_PDFIUM = threading.Lock()
# PDFium may not be entered by two threads at once.


def picture(document: ReadDocument, number: int) -> bytes:
    """One page of a document with its view PDF, as PNG.

    Raises:
        InputError: the document has no such page.
    """
    if not 1 <= number <= len(document.pages):
        raise InputError(
            "review.page", "The document has no such page.", "Go back to the list of pages."
        )
    with _PDFIUM:
        return _rendered(document.pdf, number - 1)


def page_picture(review: Review, document: str, number: int) -> bytes:
    """One page as it is held, unredacted, as PNG."""
    return picture(load(review.work, document, with_pdf=True), number)


def preview_picture(review: Review, document: str, number: int) -> bytes | None:
    """The very page that would leave, as PNG; None when it stays back.

    It is painted and rebuilt as sealing does it and then rendered from the new file. What nobody
    has decided yet is covered, as it would be withheld.
    """
    whole = load(review.work, document, with_pdf=True)
    page = next((p for p in whole.pages if p.number == number), None)
    plan = next(
        (p for p in review.settled.plans if (p.document, p.page) == (document, number)), None
    )
    if page is None or plan is None:
        raise InputError(
            "review.page", "The document has no such page.", "Go back to the list of pages."
        )
    if plan.withheld:
        return None
    covered = undecided_boxes(review, page, document)
    plan = PagePlan(document, number, (*plan.boxes, *covered))
    with _PDFIUM:
        painted = paint(replace(whole, pages=(page,)), (plan,))
        return _rendered(painted.pdf, 0)


def _rendered(pdf: bytes, index: int) -> bytes:
    with opened(pdf) as view, loaded(view, index) as page:
        pixels = render(page, DPI, colour=True)
    out = BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()
