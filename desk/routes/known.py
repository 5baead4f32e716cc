"""What the person knows already of others: recorded for somebody, a document or a passage."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.record_known import record_known
from desk.web import Form, Signed, is_local
from rights.errors import InputError
from rights.knowledge import Scope

router = APIRouter()


@router.post("/cases/{ref}/known")
def known_given(visit: Signed, ref: str, form: Form) -> Response:
    """Record how the person knows something, or that they do not after all."""
    review = visit.review(ref)
    of = form.text("of")
    scope = form.text("scope") or Scope.PERSON.value  # the people's page has one form for all
    if scope not in list(Scope):
        raise InputError("desk.choice", "Nothing was chosen.", "Open the page again and choose.")
    # On a page with one form for many people the fields carry the person's reference.
    how = form.text("how") or form.text(f"known:{of}")
    reason = form.text("known_reason") or form.text(f"known-reason:{of}")
    record_known(review, Scope(scope), of, how, reason, visit.who)
    back = form.text("back")
    known = review.work.ref
    return visit.recorded(known, back if is_local(back) else f"/cases/{known}/cast#{of}")
