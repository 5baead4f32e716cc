"""After the reply: breaches of a case, their assessment, and what the Commissioner wrote."""

from __future__ import annotations

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
from desk.moments import instant, no_date, optional_day
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
    "court claim": "A claim was brought in court",
    "court order": "A court made an order",
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
        found = Found(instant(visit, form, "found"), form.text("severity"), form.text("what"))
        note_breach(visit.office, known, found, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error, _entered(form))
    return visit.recorded(known, f"/cases/{known}/breaches")


@router.post("/cases/{ref}/breaches/commissioner")
def regulator_noted(visit: Signed, ref: str, form: Form) -> Response:
    """Record that the Commissioner wrote."""
    known = visit.office.known(ref)
    try:
        day = optional_day(form.text("received_on"))
        if day is None:
            raise no_date()
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
        told_at = instant(visit, form, "told") if form.text("told_day") else None
        assessment = Assessment(
            reportable=form.text("reportable") == "yes",
            reason=form.text("reason"),
            commissioner_told_at=told_at,
            people_told_on=optional_day(form.text("people_told_on")),
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
