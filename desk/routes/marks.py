"""What a reviewer does on a page: each form records one thing and comes back to the page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.review import (
    Marking,
    decide_mention,
    draw_box,
    mark_page_read,
    mark_text,
    mark_words,
    take_back,
)
from desk.web import Form, Sent, Signed
from redaction.decisions import Outcome
from redaction.document import Box
from rights.errors import InputError
from rights.release import DisclosureMode

router = APIRouter(prefix="/cases/{ref}/pages/{document}/{number}")


@router.post("/decide")
def decide(visit: Signed, ref: str, document: str, number: int, form: Form) -> Response:
    """Show or withhold one proposed stretch here."""
    review = visit.review(ref)
    outcome = _outcome(form)
    decide_mention(review, form.text("proposal"), outcome, form.text("reason"), visit.who)
    return visit.recorded(review.work.ref, _page(ref, document, number))


@router.post("/mark")
def mark(visit: Signed, ref: str, document: str, number: int, form: Form) -> Response:
    """Mark a stretch chosen by its first and last word, or every place of some words."""
    review = visit.review(ref)
    where = _marking(document, number, form, _outcome(form))
    if form.text("words"):
        mark_words(review, where, form.text("words"), visit.who)
    else:
        start, end = (_whole(form.text(name)) for name in ("start", "end"))
        mark_text(review, where, start, end, visit.who)
    return visit.recorded(review.work.ref, _page(ref, document, number))


@router.post("/box")
def box(visit: Signed, ref: str, document: str, number: int, form: Form) -> Response:
    """Withhold an area that was drawn."""
    review = visit.review(ref)
    sides = [_length(form.text(name)) for name in ("left", "top", "right", "bottom")]
    where = _marking(document, number, form, Outcome.REDACT)
    draw_box(review, where, Box(*sides), visit.who)
    return visit.recorded(review.work.ref, _page(ref, document, number))


@router.post("/take-back")
def undo(visit: Signed, ref: str, document: str, number: int, form: Form) -> Response:
    """Take back a mark."""
    review = visit.review(ref)
    take_back(review, form.text("decision"), visit.who)
    return visit.recorded(review.work.ref, _page(ref, document, number))


@router.post("/read")
def read(visit: Signed, ref: str, document: str, number: int, form: Form) -> Response:
    """Record that a human read the page."""
    review = visit.review(ref)
    mark_page_read(review, document, number, visit.who)
    return visit.recorded(review.work.ref, _page(ref, document, number))


def _page(ref: str, document: str, number: int) -> str:
    return f"/cases/{ref}/pages/{document}/{number}"


def _marking(document: str, number: int, form: Sent, outcome: Outcome) -> Marking:
    try:
        mode = DisclosureMode(form.text("mode") or DisclosureMode.NAMED)
    except ValueError:
        raise _unclear() from None
    return Marking(
        document,
        number,
        outcome,
        form.text("reason"),
        mode=mode,
        why_silent=form.text("why_silent"),
        person=form.text("person"),
    )


def _outcome(form: Sent) -> Outcome:
    try:
        return Outcome(form.text("outcome"))
    except ValueError:
        raise _unclear() from None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputError(
            "desk.no_words",
            "No words were chosen.",
            "Click the first and the last word on the page, or type them.",
        )
    return int(text)


def _length(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e6:  # also refuses what is no number at all
        raise InputError("desk.no_box", "No box was drawn.", "Draw it on the page with the mouse.")
    return value


def _unclear() -> InputError:
    return InputError(
        "desk.choice", "What is to be done was not chosen.", "Choose one of the options."
    )
