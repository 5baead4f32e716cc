"""Holding back whole documents, and giving them back."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.collect import about_of
from casework.held import Ground, give_back, hold_back
from desk.errors import status_of
from desk.web import Form, Sent, Signed, Visit
from rights.case import Case
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.exemptions import codes, exemption
from rights.release import DisclosureMode
from rights.withheld import held_back
from rights.withholding import entries

router = APIRouter(prefix="/cases/{ref}/held")
_RECORD = "record:"


@router.get("")
def held_page(visit: Signed, ref: str, code: str = "") -> Response:
    """The documents, those that are held back, and the form of a ground once one is chosen."""
    return _page(visit, ref, code, None, None)


@router.post("")
def hold(visit: Signed, ref: str, form: Form) -> Response:
    """Hold back the documents that are ticked."""
    known = visit.office.known(ref)
    code = form.text("code")
    try:
        ground = Ground(
            code,
            form.text("reason"),
            _mode(form.text("mode")),
            form.text("why_silent"),
            form.starting(_RECORD),
        )
        hold_back(visit.office, known, form.every("document"), ground, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, code, error, form)
    return visit.recorded(known, f"/cases/{known}/held")


@router.post("/back")
def back(visit: Signed, ref: str, form: Form) -> Response:
    """Take one document into review again."""
    known = visit.office.known(ref)
    try:
        give_back(visit.office, known, form.text("document"), form.text("reason"), visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, "", error, None)
    return visit.recorded(known, f"/cases/{known}/held")


def _mode(text: str) -> DisclosureMode:
    try:
        return DisclosureMode(text or DisclosureMode.NAMED)
    except ValueError:
        raise InputError(
            "mode.unknown",
            "That is not one of the ways of telling.",
            "Choose A (named), B (general words) or C (silent).",
        ) from None


def _page(
    visit: Visit, ref: str, code: str, error: RightsdeskError | None, form: Sent | None
) -> Response:
    known = visit.office.known(ref)
    case, law, today = visit.office.case(known), visit.office.law, visit.office.today()
    grounds = [
        found
        for name in codes(law)
        if (found := exemption(name, law, on=today)).withholds and not name.startswith("HEALTH")
    ]
    chosen = next((g for g in grounds if g.code == code), None)
    visit.journal("documents held back", known)
    return visit.page(
        "held.html",
        status_of(error) if error else 200,
        case=case,
        held=held_back(case),
        titles=_titles(case),
        sent=case.on_their_way,
        grounds=grounds,
        chosen=chosen,
        entries=entries(chosen, law, on=today) if chosen else (),
        ticked=form.every("document") if form else [],
        entered={n: form.text(n) for n in ("reason", "mode", "why_silent")} if form else {},
        given=form.starting(_RECORD) if form else {},
        error=error,
    )


def _titles(case: Case) -> dict[str, str]:
    """What each document that was read is called, for the reviewer alone."""
    return {d: str(about_of(case.documents[d])["title"]) for d in case.read if d in case.documents}
