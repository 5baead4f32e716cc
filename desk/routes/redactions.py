"""What is withheld in a case: how much is black, who decided it, and how the proposals fared."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.collect import about_of
from casework.redactions import account_of
from desk.web import Signed

router = APIRouter()


@router.get("/cases/{ref}/redactions")
def redactions_page(visit: Signed, ref: str) -> Response:
    """The schedule, the black-ink meter, the rules and the log, part by part."""
    review = visit.review(ref)
    visit.journal("what is withheld", review.work.ref)
    case = review.case
    return visit.page(
        "redactions.html",
        case=case,
        parts=account_of(review),
        titles={name: str(about_of(e)["title"]) for name, e in case.documents.items()},
        people={str(p.ref): p.display for p in review.bundle.people},
    )
