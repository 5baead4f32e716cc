"""What is withheld in a case: how much is black, who decided it, and how the proposals fared."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.collect import about_of
from casework.redactions import account_of
from desk.pages import called
from desk.web import Signed
from rights.exemptions import exemptions

router = APIRouter()


@router.get("/cases/{ref}/redactions")
def redactions_page(visit: Signed, ref: str) -> Response:
    """The schedule, the black-ink meter, the rules and the log, part by part."""
    review = visit.review(ref)
    visit.journal("what is withheld", review.work.ref)
    case, law = review.case, visit.office.law
    return visit.page(
        "redactions.html",
        case=case,
        parts=account_of(review),
        titles={name: str(about_of(e)["title"]) for name, e in case.documents.items()},
        people={str(p.ref): called(p) for p in review.bundle.people},
        grounds={e.code: f"{e.code}: {e.title}" for e in exemptions(law, on=visit.office.today())},
    )
