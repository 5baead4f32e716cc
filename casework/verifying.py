"""What the verifier is asked about a pack and its letter."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf

from casework.office import Work
from casework.outward import page_ref
from casework.read import load
from letters.pack import Pack
from letters.render import LetterPdf
from redaction.document import Box
from redaction.paint import PaintedDocument, PaintedPage, carried
from redaction.paint.render import loaded, opened, render
from redaction.propose.forbidden import Forbidden
from redaction.verifying import (
    VerifyJob,
    VerifyKeep,
    VerifyPage,
    VerifyPlace,
    Want,
    verify_page,
)

_DPI = 100
"""Fine enough that a single full stop leaves a mark."""


def blank_pages(work: Work, painted: Sequence[PaintedDocument]) -> frozenset[str]:
    """References of pages that show nothing as they are held: backs of sheets, spacer pictures.

    A page that is blank in the pack but not in the source stays a reason to refuse the pack.
    """
    found: set[str] = set()
    for document in painted:
        bare = [p for p in document.pages if not p.words and not p.boxes]
        if not bare:
            continue
        with opened(load(work, document.document, with_pdf=True).pdf) as pdf:
            for page in bare:
                with loaded(pdf, page.source_page - 1) as held:
                    pixels = render(held, _DPI, colour=False)
                if pixels.max() == pixels.min():
                    found.add(page_ref(page.document, page.source_page))
    return frozenset(found)


def pack_job(
    pack: Pack,
    painted: Sequence[PaintedDocument],
    forbidden: Forbidden,
    workers: int,
    blank: frozenset[str],
) -> VerifyJob:
    """Every page as it should be, the strings forbidden everywhere, and the decided places.

    `blank` are the references of pages that show nothing as they are held.
    """
    pages = {page_ref(p.document, p.source_page): p for d in painted for p in d.pages}
    sizes = _sizes(pack.data)
    outward = {p.page_ref: p.number for p in pack.page_map if p.page_ref}
    expected = tuple(
        _expected(pages[p.page_ref], sizes[p.number - 1])
        if p.page_ref
        else VerifyPage("ours", *sizes[p.number - 1])
        for p in pack.page_map
    )
    places = tuple(
        VerifyPlace(outward[ref], carried(p.box, pages[ref].moved), p.text, Want(p.want))
        for p in forbidden.places
        if (ref := page_ref(p.document, p.page)) in outward
    )
    return VerifyJob(
        pages=expected,
        forbidden=forbidden.everywhere,
        places=places,
        keep=tuple(VerifyKeep(n) for ref, n in sorted(outward.items()) if ref not in blank),
        workers=workers,
    )


def letter_job(letter: LetterPdf, forbidden: Forbidden) -> VerifyJob:
    """Our own letter leaks as well as any page: it is held to the same list."""
    pages = tuple(VerifyPage("ours", width, height) for width, height in _sizes(letter.data))
    return VerifyJob(pages=pages, forbidden=forbidden.everywhere)


def _expected(page: PaintedPage, size: tuple[float, float]) -> VerifyPage:
    return verify_page(page, strip=round(size[1] - page.height, 3))


def _sizes(data: bytes) -> list[tuple[float, float]]:
    with pikepdf.open(BytesIO(data)) as pdf:
        boxes = [Box(*(float(v) for v in page.mediabox)) for page in pdf.pages]
    return [(round(b.right - b.left, 3), round(b.bottom - b.top, 3)) for b in boxes]
