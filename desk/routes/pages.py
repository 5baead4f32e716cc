"""The pages under review."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.review import PageLine, page_lines, page_view
from casework.review.remains import remains_of
from desk.routes.questions import grounds
from desk.web import Signed
from rights.knowledge import NOT_KNOWN, knowledge_of, ways

router = APIRouter()


@router.get("/cases/{ref}/pages")
def pages_page(visit: Signed, ref: str) -> Response:
    """Every page with what is still open on it."""
    review = visit.review(ref)
    visit.journal("list of pages", review.work.ref)
    lines = page_lines(review)
    documents: dict[str, list[PageLine]] = {}
    for line in lines:
        documents.setdefault(line.document, []).append(line)
    return visit.page(
        "pages.html",
        case=review.case,
        documents=documents,
        total=len(lines),
        to_do=[x for x in lines if x.undecided or x.must_be_read],
    )


@router.get("/cases/{ref}/remains")
def remains_page(visit: Signed, ref: str) -> Response:
    """What stays in sight beside withheld names, and documents that say the same."""
    review = visit.review(ref)
    visit.journal("what still points at somebody", review.work.ref)
    return visit.page("remains.html", case=review.case, remains=remains_of(review))


@router.get("/cases/{ref}/pages/{document}/{number}")
def page_page(visit: Signed, ref: str, document: str, number: int) -> Response:
    """One page with its marks."""
    review = visit.review(ref)
    view = page_view(review, document, number)
    visit.journal(f"page {document}/{number}", review.work.ref)
    return visit.page(
        "page.html",
        case=review.case,
        view=view,
        preview=False,
        people=review.bundle.people,
        known=knowledge_of(review.case),
        grounds=grounds(visit),
        ways=ways(visit.office.law, visit.office.today()),
        not_known=NOT_KNOWN,
    )


@router.get("/cases/{ref}/pages/{document}/{number}/preview")
def preview_page(visit: Signed, ref: str, document: str, number: int) -> Response:
    """One page exactly as the requester will see it."""
    review = visit.review(ref)
    view = page_view(review, document, number)
    visit.journal(f"page {document}/{number}, preview", review.work.ref)
    return visit.page("page.html", case=review.case, view=view, preview=True, grounds={})
