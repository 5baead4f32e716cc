"""The subject's own health data: tick many, say what the subject knows, or ask a professional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from casework.outward_contact import entries_of
from casework.review.health import asked_opinions, health_documents, tally_of
from casework.unlocking import (
    ask_professional,
    mark_known,
    record_opinion,
    retract_known,
    set_aside,
)
from desk.errors import status_of
from desk.web import Form, Sent, Signed, Visit
from rights.contact import Purpose, checks_for
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.gates.guards.health import SUBJECT
from rights.opinions import Giver, Professional, numbers_of, opinion_words
from rights.release import CaseRef

router = APIRouter()
WHOSE = {
    "subject": SUBJECT,
    "other": "somebody else: a parent, a carer, a solicitor",
}


@router.get("/cases/{ref}/health")
def health_page(visit: Signed, ref: str) -> Response:
    """Every locked item of the file, numbered, with where it stands today."""
    return _page(visit, ref, None, None)


@router.post("/cases/{ref}/health/known")
def known_given(visit: Signed, ref: str, form: Form) -> Response:
    """The subject knows what was ticked."""

    def act(known: CaseRef) -> None:
        mark_known(
            visit.office,
            known,
            _ticked(visit, known, form),
            whose=WHOSE.get(form.text("whose"), ""),
            how=form.text("how"),
            known_on=_day(form, "known_on", "the subject came to know it"),
            who=visit.who,
        )

    return _done(visit, ref, form, act)


@router.post("/cases/{ref}/health/locked")
def locked_again(visit: Signed, ref: str, form: Form) -> Response:
    """What was ticked had been recorded as known by mistake."""

    def act(known: CaseRef) -> None:
        items = _ticked(visit, known, form)
        retract_known(visit.office, known, items, form.text("why"), visit.who)

    return _done(visit, ref, form, act)


@router.post("/cases/{ref}/health/ask")
def professional_asked(visit: Signed, ref: str, form: Form) -> Response:
    """One schedule of what was ticked, for one professional."""

    def act(known: CaseRef) -> None:
        before = form.text("asked_before")
        ask_professional(
            visit.office,
            known,
            _ticked(visit, known, form),
            _professional(form),
            visit.review(known).bundle,
            visit.who,
            contact=entries_of({name: form.text(name) for name in _CONTACT}),
            asked_before=_day(form, "asked_before", "they were asked") if before else None,
        )

    return _done(visit, ref, form, act)


@router.post("/cases/{ref}/health/opinions")
def opinion_came(visit: Signed, ref: str, form: Form) -> Response:
    """A return sheet came back."""

    def act(known: CaseRef) -> None:
        record_opinion(
            visit.office,
            known,
            form.text("opinion"),
            harm=numbers_of(form.text("harm")),
            no_harm=numbers_of(form.text("no_harm")),
            by=_giver(form),
            dated=_day(form, "dated", "the opinion was given"),
            received_on=_day(form, "received_on", "it came"),
            who=visit.who,
        )

    return _done(visit, ref, form, act)


@router.post("/cases/{ref}/health/aside")
def opinion_set_aside(visit: Signed, ref: str, form: Form) -> Response:
    """Something is new, so that an opinion may no longer be relied on."""

    def act(known: CaseRef) -> None:
        set_aside(visit.office, known, form.text("opinion"), form.text("why"), visit.who)

    return _done(visit, ref, form, act)


def _done(visit: Visit, ref: str, form: Sent, act: Callable[[CaseRef], None]) -> Response:
    known = visit.office.known(ref)
    try:
        act(known)
    except (InputError, RefusedError) as error:
        return _page(visit, known, form, error)
    return visit.recorded(known, f"/cases/{known}/health")


def _ticked(visit: Visit, ref: CaseRef, form: Sent) -> list[str]:
    """The items ticked, one by one or with their whole document."""
    whole = set(form.every("document"))
    items = form.every("item")
    for document in health_documents(visit.review(ref)) if whole else ():
        if document.document in whole:
            items += document.blocked
    return items


def _professional(form: Sent) -> Professional:
    try:
        return Professional(
            name=form.text("name"),
            qualification=form.text("qualification"),
            why=form.text("why_them"),
            address=tuple(form.lines("address")),
        )
    except ValidationError:
        raise _incomplete() from None


def _giver(form: Sent) -> Giver:
    try:
        return Giver(name=form.text("name"), qualification=form.text("qualification"))
    except ValidationError:
        raise _incomplete() from None


def _incomplete() -> InputError:
    return InputError(
        "opinion.incomplete",
        "The name, the qualification or the reason is missing.",
        "Give the health professional's name and qualification, and why this one is asked.",
    )


def _day(form: Sent, name: str, what: str) -> dt.date:
    try:
        return dt.date.fromisoformat(form.text(name))
    except ValueError:
        raise InputError(
            "health.day",
            f"The day on which {what} is missing or not written as yyyy-MM-dd.",
            "Write it as 2026-11-22.",
        ) from None


def _page(visit: Visit, ref: str, form: Sent | None, error: RightsdeskError | None) -> Response:
    review = visit.review(ref)
    visit.journal("health data", review.work.ref)
    documents = health_documents(review)
    opinions = asked_opinions(review)
    law = opinion_words(visit.office.law, visit.office.today())
    return visit.page(
        "health.html",
        status_of(error) if error else 200,
        case=review.case,
        documents=documents,
        tally=tally_of(documents),
        opinions=opinions,
        by_number={o.name: o.name.rpartition("/")[2] for o in opinions},
        law=law,
        reasons=law.appropriate,
        whose=WHOSE,
        entered=_entered(form),
        ticked=frozenset(form.every("item")) if form else frozenset[str](),
        ticked_documents=frozenset(form.every("document")) if form else frozenset[str](),
        checks=_CHECKS,
        error=error,
    )


_FIELDS = ("how", "known_on", "whose", "why", "name", "qualification", "why_them", "address")
_CHECKS = checks_for(Purpose.OPINION)
_CONTACT = tuple(check.name for check in _CHECKS)
_MORE = ("asked_before", "opinion", "harm", "no_harm", "dated", "received_on")


def _entered(form: Sent | None) -> dict[str, str]:
    """What was typed, so that nobody types twice after an error."""
    return {name: form.text(name) if form else "" for name in (*_FIELDS, *_MORE, *_CONTACT)}
