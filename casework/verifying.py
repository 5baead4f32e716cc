"""What the verifier is asked about a pack and its letter."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf

from casework.packing import page_ref
from letters.pack import Pack
from letters.render import LetterPdf
from redaction.document import Box
from redaction.paint import PaintedDocument, PaintedPage
from redaction.propose.forbidden import Forbidden
from redaction.verifying import (
    VerifyJob,
    VerifyKeep,
    VerifyPage,
    VerifyPlace,
    Want,
    verify_page,
)


def pack_job(
    pack: Pack, painted: Sequence[PaintedDocument], forbidden: Forbidden, workers: int
) -> VerifyJob:
    """Every page as it should be, the strings forbidden everywhere, and the decided places."""
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
        VerifyPlace(outward[page_ref(p.document, p.page)], p.box, p.text, Want(p.want))
        for p in forbidden.places
        if page_ref(p.document, p.page) in outward
    )
    return VerifyJob(
        pages=expected,
        forbidden=forbidden.everywhere,
        places=places,
        keep=tuple(VerifyKeep(number) for number in sorted(outward.values())),
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
