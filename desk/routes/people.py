"""Who is who: entered by an officer, with the request beside the form."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from casework.people import TOPIC, as_details
from casework.questions import Given, answer
from casework.review import request_document
from desk.errors import status_of
from desk.web import Form, Sent, Signed, Visit
from rights.errors import InputError

router = APIRouter()
NAME_ROWS = 4
NAME_KINDS = {
    "current": "current",
    "former": "former",
    "alias": "alias",
    "known_as": "known as",
}
REQUESTERS = {
    "self": "The person themselves",
    "parent": "A parent, for their child",
    "agent": "Somebody acting for them, such as a solicitor",
    "other": "Somebody else",
}
CHANNELS = {"post": "By post", "email": "By email", "collect": "It is collected"}


@router.get("/cases/{ref}/people")
def people_page(visit: Signed, ref: str, correct: bool = False) -> Response:
    """The form; empty unless an earlier entry is being corrected."""
    case = visit.office.case(ref)
    entered = as_details(case.people) if correct and case.people else {}
    return _form(visit, ref, entered, None)


@router.post("/cases/{ref}/people")
def people_given(visit: Signed, ref: str, form: Form) -> Response:
    """Record who is who."""
    entered = details_of(form)
    known = visit.office.known(ref)
    correct = form.text("correct") == "1"
    try:
        _choices_made(entered)
        answer(visit.office, known, Given(TOPIC, "given", entered, correct), visit.who)
    except InputError as error:
        return _form(visit, ref, entered, error)
    return visit.recorded(known, f"/cases/{known}")


def details_of(form: Sent) -> dict[str, Any]:
    """The entries of the form, as `rights.people.RequestPeople` takes them."""
    names = zip(
        form.every("forenames"), form.every("surname"), form.every("name_kind"), strict=False
    )
    return {
        "subject": {
            "names": [
                {"forenames": first, "surname": last, "kind": kind}
                for first, last, kind in names
                if first or last
            ],
            "date_of_birth": form.text("date_of_birth") or None,
            "addresses": form.lines("addresses"),
            "nhs": form.text("nhs"),
            "upn": form.text("upn"),
            "nino": form.text("nino"),
            "phones": form.lines("phones"),
            "emails": form.lines("emails"),
        },
        "requester": form.text("requester"),
        "requester_name": form.text("requester_name"),
        "recipient": {
            "name": form.text("recipient_name"),
            "address": form.lines("recipient_address"),
            "email": form.text("recipient_email"),
            "channel": form.text("channel"),
        },
        "asked_for": form.text("asked_for"),
        "protected_facts": form.lines("protected_facts"),
    }


def _choices_made(entered: dict[str, Any]) -> None:
    missing = [
        words
        for words, given in (
            ("the subject's name", entered["subject"]["names"]),
            ("who makes the request", entered["requester"]),
            ("to whom the answer goes", entered["recipient"]["name"]),
            ("how the answer goes", entered["recipient"]["channel"]),
        )
        if not given
    ]
    if missing:
        raise InputError(
            "people.incomplete",
            f"Not yet entered: {', '.join(missing)}.",
            "Fill it in as the request gives it.",
        )


def _form(visit: Visit, ref: str, entered: dict[str, Any], error: InputError | None) -> Response:
    known = visit.office.known(ref)
    visit.journal("who is who", known)
    request = request_document(visit.office.reading(known))
    case = visit.office.case(known)
    names = entered.get("subject", {}).get("names", [])
    blank = {"forenames": "", "surname": "", "kind": "current"}
    return visit.page(
        "people.html",
        status_of(error) if error else 200,
        case=case,
        request=request,
        entered=entered,
        names=[*names, *([blank] * max(1, NAME_ROWS - len(names)))],
        correct=case.people is not None,
        error=error,
        name_kinds=NAME_KINDS,
        requesters=REQUESTERS,
        channels=CHANNELS,
    )
