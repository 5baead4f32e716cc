"""What the verifier is asked about a pack and its letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf

from casework.office import Work
from casework.outward import page_ref
from casework.painting import PaintedFile
from casework.read import load
from letters.pack import Pack
from letters.render import LetterPdf
from redaction.decisions import PagePlan
from redaction.document import Box
from redaction.paint import PaintedDocument, PaintedPage, carried
from redaction.paint.render import loaded, opened, render
from redaction.propose.forbidden import Forbidden
from redaction.verifying import (
    VerifyJob,
    VerifyKeep,
    VerifyPage,
    Want,
    verify_page,
    verify_place,
)

_MOVED = 1.0
"""Points by which a box may differ from where it was decided."""
_DPI = 100
"""Fine enough that a single full stop leaves a mark."""


def blank_pages(work: Work, painted: Sequence[PaintedFile]) -> frozenset[str]:
    """References of pages that show nothing as they are held: backs of sheets, spacer pictures.

    A page that is blank in the pack but not in the source stays a reason to refuse the pack.
    """
    found: set[str] = set()
    for document, bare in ((one.account.document, one.bare) for one in painted if one.bare):
        with opened(load(work, document, with_pdf=True).pdf) as pdf:
            for number in bare:
                with loaded(pdf, number - 1) as held:
                    pixels = render(held, _DPI, colour=False)
                if pixels.max() == pixels.min():
                    found.add(page_ref(document, number))
    return frozenset(found)


def not_as_decided(
    plans: Sequence[PagePlan], painted: Sequence[PaintedDocument]
) -> tuple[tuple[str, int], ...]:
    """Pages, as (document, page), that were not painted as decided; nothing may leave with one.

    A box is missing or elsewhere, or the page was held back. The verifier is told the boxes as
    painted; without this it would not miss one that was dropped on the way. Where a line closed
    up, a box goes with its line and is only counted.
    """
    plan_of = {(plan.document, plan.page): plan for plan in plans}
    return tuple(
        (page.document, page.source_page)
        for page in (p for d in painted for p in d.pages)
        if (plan := plan_of.get((page.document, page.source_page))) is None
        or plan.withheld
        or not _has_all(plan, page)
    )


def _has_all(plan: PagePlan, page: PaintedPage) -> bool:
    decided = Counter((b.cause, b.code, b.mode) for b in plan.boxes)
    if decided != Counter((b.cause, b.code, b.mode) for b in page.boxes):
        return False
    return all(
        any(_holds(p.box, _clipped(b.box, page)) for p in page.boxes if p.mode is b.mode)
        or any(_holds(p.box, carried(b.box, page.moved)) for p in page.boxes if p.mode is b.mode)
        for b in plan.boxes
        if b.closing is None
    )


def _clipped(box: Box, page: PaintedPage) -> Box:
    return Box(
        max(box.left, 0), max(box.top, 0), min(box.right, page.width), min(box.bottom, page.height)
    )


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left + _MOVED
        and outer.top <= inner.top + _MOVED
        and inner.right <= outer.right + _MOVED
        and inner.bottom <= outer.bottom + _MOVED
    )


def pack_job(
    pack: Pack,
    painted: Sequence[PaintedDocument],
    forbidden: Forbidden,
    workers: int,
    blank: frozenset[str],
    *,
    thorough: bool = False,
) -> VerifyJob:
    """Every page as it should be, the strings forbidden everywhere, and the decided places.

    `blank` are the references of pages that show nothing as they are held; `thorough` has every
    disclosed page read again by OCR.
    """
    pages = {page_ref(p.document, p.source_page): p for d in painted for p in d.pages}
    sizes = _sizes(pack.content)
    outward = {p.page_ref: p.number for p in pack.page_map if p.page_ref}
    expected = tuple(
        _expected(pages[p.page_ref], sizes[p.number - 1])
        if p.page_ref
        else VerifyPage("ours", *sizes[p.number - 1])
        for p in pack.page_map
    )
    places = tuple(
        verify_place(outward[ref], pages[ref], p.box, p.text, Want(p.want))
        for p in forbidden.places
        if (ref := page_ref(p.document, p.page)) in outward
    )
    return VerifyJob(
        pages=expected,
        forbidden=forbidden.everywhere,
        places=places,
        keep=tuple(VerifyKeep(n) for ref, n in sorted(outward.items()) if ref not in blank),
        thorough=thorough,
        workers=workers,
    )


def letter_job(letter: LetterPdf, forbidden: Forbidden) -> VerifyJob:
    """Our own letter leaks as well as any page: it is held to the same list."""
    pages = tuple(VerifyPage("ours", width, height) for width, height in _sizes(letter.data))
    return VerifyJob(pages=pages, forbidden=forbidden.everywhere)


def _expected(page: PaintedPage, size: tuple[float, float]) -> VerifyPage:
    return verify_page(page, strip=round(size[1] - page.height, 3))


def _sizes(pdf_: bytes | Path) -> list[tuple[float, float]]:
    with pikepdf.open(BytesIO(pdf_) if isinstance(pdf_, bytes) else pdf_) as pdf:
        boxes = [Box(*(float(v) for v in page.mediabox)) for page in pdf.pages]
    return [(round(b.right - b.left, 3), round(b.bottom - b.top, 3)) for b in boxes]
