"""The outbox: what lies there in clear, for how long, and that somebody took it."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter
from starlette.responses import Response

from casework.outbox import HOW, Lying, lying, take
from desk import words
from desk.errors import status_of
from desk.web import Form, Signed, Visit
from rights.errors import InputError, RefusedError, RightsdeskError

router = APIRouter()


@router.get("/outbox")
def outbox_page(visit: Signed) -> Response:
    """Every parcel in the outbox, the oldest first."""
    return _page(visit)


@router.post("/cases/{ref}/outbox")
def taken(visit: Signed, ref: str, form: Form) -> Response:
    """Record that a parcel was posted, collected or handed over."""
    known = visit.office.known(ref)
    visit.journal("the outbox", known)
    try:
        day = _day(form.text("taken_on"))
        how, proof = form.text("how"), form.text("proof")
        take(visit.office, known, form.text("key"), how, day, proof, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, error)
    return visit.back("/outbox")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(
            "outbox.day",
            "The day it left is missing or not written as yyyy-MM-dd.",
            "Write it as 2026-11-22.",
        ) from None


def _what(visit: Visit, parcel: Lying) -> str:
    """What lies in it, by the letter that its sending is about; the answer where it is a part."""
    if not parcel.ref:
        return ""
    case = visit.office.case(visit.office.known(parcel.ref))
    sent = (i for i, s in case.sendings.items() if s.started.key == parcel.key)
    letter = case.letters.get(next(sent, ""))
    return words.LETTERS.get(letter.template, "Letter") if letter else "Answer"


def _page(visit: Visit, error: RightsdeskError | None = None) -> Response:
    return visit.page(
        "outbox.html",
        status_of(error) if error else 200,
        parcels=[(one, _what(visit, one)) for one in lying(visit.office)],
        how=HOW,
        days=visit.office.council.outbox_days,
        error=error,
    )
