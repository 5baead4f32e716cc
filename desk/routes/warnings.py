"""What is said before documents that may be hard to read: looked at before approval."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.content_warnings import reword, warned
from desk.errors import status_of
from desk.named import document_name
from desk.web import Form, Signed, Visit
from rights.errors import InputError, RefusedError, RightsdeskError

router = APIRouter()


@router.get("/cases/{ref}/warnings")
def warnings_page(visit: Signed, ref: str) -> Response:
    """Each document of the sealed pack with the warning before it."""
    return _page(visit, ref, None)


@router.post("/cases/{ref}/warnings")
def warning_given(visit: Signed, ref: str, form: Form) -> Response:
    """Add a warning, take it away, or word it anew."""
    known = visit.office.known(ref)
    try:
        reword(
            visit.office,
            known,
            form.text("document"),
            form.text("words"),
            form.text("reason"),
            visit.who,
        )
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error)
    return visit.recorded(known, f"/cases/{known}/warnings")


def _page(visit: Visit, ref: str, error: RightsdeskError | None) -> Response:
    office = visit.office
    known = office.known(ref)
    visit.journal("content warnings page", known)
    case = office.case(known)
    titles = {source.name: source.title for source in office.sources}
    rows = warned(office, case)
    spoken = [r for r in rows if r.said or r.proposed or r.decided]
    return visit.page(
        "warnings.html",
        status_of(error) if error else 200,
        case=case,
        spoken=spoken,
        silent=[r for r in rows if r not in spoken],
        named={r.document: document_name(r.document, case) for r in rows},
        titles=titles,
        error=error,
    )
