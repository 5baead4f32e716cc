"""After the reply: breaches of a case, their assessment, and what the Commissioner wrote."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter
from starlette.responses import Response

from casework.breaches import (
    CONTACTS,
    MAY_ASSESS,
    SEVERITIES,
    Assessment,
    Found,
    assess_breach,
    breaches_of,
    note_breach,
    note_regulator,
)
from desk.errors import status_of
from desk.web import Form, Sent, Signed, Visit
from rights.errors import InputError, RefusedError, RightsdeskError

router = APIRouter()
SEVERITY_WORDS = {
    "low": "Low: a risk to anybody is unlikely",
    "medium": "Medium: somebody may be harmed or upset by it",
    "high": "High: somebody may be in danger, or badly harmed",
}
CONTACT_WORDS = {
    "complaint": "A complaint was made to the Commissioner",
    "complaint closed": "The Commissioner closed a complaint",
    "reprimand": "A reprimand",
}
assert SEVERITY_WORDS.keys() == set(SEVERITIES) and CONTACT_WORDS.keys() == set(CONTACTS)


@router.get("/cases/{ref}/breaches")
def breaches_page(visit: Signed, ref: str) -> Response:
    """What was noted, how long there is, and the forms."""
    return _page(visit, ref, None, {})


@router.post("/cases/{ref}/breaches")
def breach_noted(visit: Signed, ref: str, form: Form) -> Response:
    """Note a breach."""
    known = visit.office.known(ref)
    try:
        found = Found(_instant(visit, form, "found"), form.text("severity"), form.text("what"))
        note_breach(visit.office, known, found, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error, _entered(form))
    return visit.recorded(known, f"/cases/{known}/breaches")


@router.post("/cases/{ref}/breaches/commissioner")
def regulator_noted(visit: Signed, ref: str, form: Form) -> Response:
    """Record that the Commissioner wrote."""
    known = visit.office.known(ref)
    try:
        day = _day(form.text("received_on"))
        if day is None:
            raise _no_date()
        reference = form.text("reference")
        note_regulator(visit.office, known, form.text("contact"), day, reference, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error, _entered(form))
    return visit.recorded(known, f"/cases/{known}/breaches#commissioner")


@router.post("/cases/{ref}/breaches/{breach:path}")
def breach_assessed(visit: Signed, ref: str, breach: str, form: Form) -> Response:
    """Record the DPO's assessment, or the next one."""
    known = visit.office.known(ref)
    try:
        if form.text("reportable") not in ("yes", "no"):
            raise InputError("desk.choice", "No answer was chosen.", "Choose one of the two.")
        told_at = _instant(visit, form, "told") if form.text("told_day") else None
        assessment = Assessment(
            reportable=form.text("reportable") == "yes",
            reason=form.text("reason"),
            commissioner_told_at=told_at,
            people_told_on=_day(form.text("people_told_on")),
        )
        assess_breach(visit.office, known, breach, assessment, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error, {**_entered(form), "of": breach})
    return visit.recorded(known, f"/cases/{known}/breaches")


def _page(
    visit: Visit, ref: str, error: RightsdeskError | None, entered: dict[str, str]
) -> Response:
    known = visit.office.known(ref)
    visit.journal("breaches of the case", known)
    case = visit.office.case(known)
    return visit.page(
        "breaches.html",
        status_of(error) if error else 200,
        case=case,
        breaches=breaches_of(visit.office, case),
        may_assess=MAY_ASSESS in visit.who.roles,
        severities=SEVERITY_WORDS,
        contacts=CONTACT_WORDS,
        entered=entered,
        error=error,
    )


_FIELDS = (
    "found_day", "found_time", "severity", "what", "contact", "received_on", "reference",
    "reportable", "reason", "told_day", "told_time", "people_told_on",
)  # fmt: skip


def _entered(form: Sent) -> dict[str, str]:
    return {name: text for name in _FIELDS if (text := form.text(name))}


def _instant(visit: Visit, form: Sent, name: str) -> dt.datetime:
    """A day and a time of the clock on the wall in London."""
    try:
        day = dt.date.fromisoformat(form.text(f"{name}_day"))
        time = dt.time.fromisoformat(form.text(f"{name}_time"))
    except ValueError:
        raise _no_date() from None
    return dt.datetime.combine(day, time.replace(tzinfo=None), visit.office.zone)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise _no_date() from None


def _no_date() -> InputError:
    return InputError(
        "desk.date",
        "A day or a time is missing or cannot be read.",
        "Choose the day, and give the time as 14:30.",
    )
