"""Files of a case to look at, named by the case's reference and never by what is in them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.portability.answer import export_of
from casework.review import page_picture, picture, preview_picture, request_document
from desk.web import Signed, Visit
from rights.errors import InputError
from rights.release import CaseRef

router = APIRouter()


@router.get("/cases/{ref}/letters/{letter:path}")
def letter(visit: Signed, ref: str, letter: str) -> Response:
    """A letter as PDF."""
    known = visit.office.known(ref)
    made = visit.office.case(known).letters.get(letter)
    if made is None:
        raise _no_file()
    return _pdf(visit, known, made.file, "letter")


@router.get("/cases/{ref}/pack.pdf")
def pack(visit: Signed, ref: str) -> Response:
    """The sealed pack as PDF: the very bytes that would leave."""
    known = visit.office.known(ref)
    sealed = visit.office.case(known).seal
    if sealed is None:
        raise _no_file()
    return _pdf(visit, known, sealed.event.file, "pack")


@router.get("/cases/{ref}/reply.pdf")
def reply(visit: Signed, ref: str) -> Response:
    """The letter that goes with the pack."""
    known = visit.office.known(ref)
    sealed = visit.office.case(known).seal
    if sealed is None:
        raise _no_file()
    return _pdf(visit, known, sealed.event.letter_file, "reply")


@router.get("/cases/{ref}/request/{number}.png")
def request_page(visit: Signed, ref: str, number: int) -> Response:
    """A page of the request as it came."""
    known = visit.office.known(ref)
    document = request_document(visit.office.reading(known))
    if document is None:
        raise _no_file()
    visit.journal("request, picture", known)
    return _png(picture(document, number))


@router.get("/cases/{ref}/pages/{document}/{number}/picture.png")
def held(visit: Signed, ref: str, document: str, number: int) -> Response:
    """A page as it is held."""
    review = visit.review(ref)
    data = page_picture(review, document, number)
    visit.journal(f"page {document}/{number}, picture", review.work.ref)
    return _png(data)


@router.get("/cases/{ref}/pages/{document}/{number}/preview.png")
def preview(visit: Signed, ref: str, document: str, number: int) -> Response:
    """A page exactly as the requester will see it."""
    review = visit.review(ref)
    data = preview_picture(review, document, number)
    if data is None:
        raise _no_file()
    visit.journal(f"page {document}/{number}, preview", review.work.ref)
    return _png(data)


@router.get("/cases/{ref}/export.zip")
def export(visit: Signed, ref: str) -> Response:
    """The machine-readable export of an answered request, to be handed over."""
    known = visit.office.known(ref)
    data = export_of(visit.office, known, visit.who)
    headers = {"Content-Disposition": f'attachment; filename="{known}.zip"'}
    return Response(data, media_type="application/zip", headers=headers)


def _pdf(visit: Visit, ref: CaseRef, file: str, what: str) -> Response:
    data = visit.office.store.get_file(ref, file)
    visit.journal(what, ref)
    headers = {"Content-Disposition": f'inline; filename="{ref}-{what}.pdf"'}
    return Response(data, media_type="application/pdf", headers=headers)


def _png(data: bytes) -> Response:
    return Response(data, media_type="image/png")


def _no_file() -> InputError:
    return InputError(
        "desk.no_file", "There is nothing here to look at.", "Go back to the case page."
    )
