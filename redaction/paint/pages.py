"""Painting one document: each page pictured, painted, encoded, then the whole rebuilt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from redaction.decisions import PagePlan
from redaction.document import Page, PageKind, ReadDocument
from redaction.paint.closing import Closed, close_up
from redaction.paint.encode import Picture, group4, jpeg
from redaction.paint.model import (
    PaintedDocument,
    PaintedPage,
    PaintSettings,
)
from redaction.paint.pixels import (
    black_and_white,
    has_tone,
    paint_boxes,
    planned,
    with_legible_labels,
)
from redaction.paint.rebuild import Leaf, rebuild
from redaction.paint.render import Content, Pixels, content, loaded, opened, render, size
from redaction.paint.textlayer import kept_words
from rights.errors import InputError, UnreadableError

_DEFAULT = PaintSettings()
_SIZE_SLACK = 1.0  # points by which a page's stated and real size may differ


@dataclass(frozen=True, slots=True)
class Work:
    """One page to paint and its plan."""

    page: Page
    plan: PagePlan


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page in pixels; sizes in points."""

    width: float
    height: float
    pixels: Pixels
    bilevel: bool
    pictures: bool
    closed: Closed


def paint(
    document: ReadDocument, plans: Sequence[PagePlan], *, settings: PaintSettings = _DEFAULT
) -> PaintedDocument:
    """Makes the new file of one document; the same input gives the same bytes.

    Withheld pages are left out and the rest keep their order, numbered without gaps.

    Args:
        document: The document with its view PDF.
        plans: Exactly one for every page of it. A page without a plan is a page nobody decided
            on, and stops the work.
        settings: How pages are pictured.

    Raises:
        InputError: Plans and pages do not match, or a box lies off its page.
        UnreadableError: The view PDF is missing or cannot be rendered.
    """
    work = matched(document, plans)
    leaves = list(leaves_of(document.pdf, work, settings)) if work else []
    return assembled(document.id, work, leaves, settings)


def matched(document: ReadDocument, plans: Sequence[PagePlan]) -> list[Work]:
    """The pages that go out, in order, each with its plan.

    Raises:
        InputError: Plans and pages do not match one to one.
        UnreadableError: There are pages to paint and no view PDF.
    """
    by_page = {plan.page: plan for plan in plans if plan.document == document.id}
    numbers = [page.number for page in document.pages]
    if len(by_page) != len(plans) or sorted(by_page) != sorted(numbers):
        raise InputError(
            "paint.plan_mismatch",
            f"A document of {len(numbers)} pages came with {len(plans)} page plans that do not "
            "match them one to one.",
            "Settle the decisions of this document again; a page without a plan stays unread.",
        )
    work = [Work(p, by_page[p.number]) for p in document.pages if not by_page[p.number].withheld]
    if work and not document.pdf:
        raise UnreadableError(
            "paint.no_view",
            "A document has pages to paint but no view of them.",
            "Read the document in again, or withhold it as unreadable.",
        )
    return work


def leaves_of(pdf: bytes, work: Sequence[Work], settings: PaintSettings) -> Iterator[Leaf]:
    """Renders, paints and encodes the pages one at a time."""
    with opened(pdf) as view:
        for item in work:
            if not 1 <= item.page.number <= len(view):
                raise InputError(
                    "paint.page_missing",
                    f"Page {item.page.number} is not in the view of its document.",
                    "Read the document in again.",
                )
            with loaded(view, item.page.number - 1) as shown:
                drawn = _drawn(shown, item, settings)
            # The page is let go of first: PDFium holds its decoded pictures as long as it is open.
            yield _leaf(drawn, item, settings)


def assembled(
    document_id: str, work: Sequence[Work], leaves: Sequence[Leaf], settings: PaintSettings
) -> PaintedDocument:
    """The new file and the account of its pages."""
    pages = tuple(
        PaintedPage(
            document=document_id,
            source_page=item.page.number,
            page=number,
            width=leaf.width,
            height=leaf.height,
            kind=item.page.kind,
            encoding=leaf.picture.encoding,
            carries_pictures=leaf.carries_pictures,
            picture_sha256=hashlib.sha256(leaf.picture.data).hexdigest(),
            boxes=leaf.boxes,
            words=leaf.words,
            moved=leaf.moved,
        )
        for number, (item, leaf) in enumerate(zip(work, leaves, strict=True), start=1)
    )
    pdf = rebuild(leaves, settings.language) if leaves else b""
    return PaintedDocument(document_id, pdf, pages, tools())


def tools() -> tuple[str, ...]:
    """Name and version of the libraries that make the pages."""
    return tuple(f"{name} {version(name)}" for name in ("pypdfium2", "pillow", "pikepdf"))


def _drawn(shown: object, item: Work, settings: PaintSettings) -> _Drawn:
    page = item.page
    width, height = size(shown)
    if abs(width - page.width) > _SIZE_SLACK or abs(height - page.height) > _SIZE_SLACK:
        raise InputError(
            "paint.size_mismatch",
            f"Page {page.number} is not of the size its boxes were drawn for.",
            "Read the document in again and settle its decisions again.",
        )
    found = content(shown)
    pixels, bilevel = _pictured(shown, page.kind, found, settings)
    # To hundredths, which is how far a pack's page boxes are written: the picture must end where
    # the page ends, or every reader blends its last row with nothing.
    width, height = round(width, 2), round(height, 2)
    scale = (pixels.shape[1] / width, pixels.shape[0] / height)
    closed = close_up(shown, pixels, page, item.plan.boxes, scale)
    return _Drawn(width, height, pixels, bilevel, found.pictures, closed)


def _leaf(drawn: _Drawn, item: Work, settings: PaintSettings) -> Leaf:
    width, height, pixels = drawn.width, drawn.height, drawn.pixels
    scale = (pixels.shape[1] / width, pixels.shape[0] / height)
    boxes = planned(drawn.closed.boxes, width, height)
    boxes = with_legible_labels(boxes, scale, pixels.shape)
    paint_boxes(pixels, boxes, scale, bilevel=drawn.bilevel)
    if drawn.bilevel:
        # Before the words are chosen: a word that black and white loses is not seen either.
        black_and_white(pixels, settings.threshold)
    words = kept_words(drawn.closed.page, boxes, pixels, scale)
    picture = _encoded(pixels, item.page.kind, drawn.bilevel, settings)
    return Leaf(width, height, picture, words, boxes, drawn.pictures, drawn.closed.moved)


def _pictured(
    shown: object, kind: PageKind, found: Content, settings: PaintSettings
) -> tuple[Pixels, bool]:
    """The page's pixels, and whether black and white will do for them.

    A page of dark text needs no colour to be read and goes as black and white, coloured text
    included; tones, light text, pictures and scans keep what they show.
    """
    if kind is PageKind.PHOTO:
        return render(shown, _photo_dpi(shown, found.picture_dpi, settings), colour=True), False
    if kind is PageKind.TEXT and not found.tones and not found.pictures:
        return render(shown, settings.dpi, colour=False), True
    pixels = render(shown, settings.dpi, colour=True)
    if has_tone(pixels, chroma=True):
        return pixels, False
    grey = render(shown, settings.dpi, colour=False)
    return grey, kind is PageKind.TEXT and not found.tones and not has_tone(grey, chroma=False)


def _photo_dpi(shown: object, picture_dpi: float, settings: PaintSettings) -> float:
    width, height = size(shown)
    most = 72 * (settings.photo_pixels / (width * height)) ** 0.5
    return min(max(settings.dpi, picture_dpi), most)


def _encoded(pixels: Pixels, kind: PageKind, bilevel: bool, settings: PaintSettings) -> Picture:
    if bilevel:
        return group4(pixels)
    photo = kind is PageKind.PHOTO
    return jpeg(pixels, settings.photo_quality if photo else settings.jpeg_quality)
