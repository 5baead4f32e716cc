"""Who is who: entered by an officer, with the request beside the form."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from casework.people import DATA_RIGHTS, PEOPLE, TOPIC, as_details
from casework.questions import Given, answer
from casework.review import request_document
from desk.errors import status_of
from desk.web import Form, Sent, Signed, Visit
from rights.case import Case, Question
from rights.errors import InputError
from rights.release import Right
from rights.standing import triage_outcomes

router = APIRouter()
NAME_ROWS = 4
OTHER_ROWS = 3
NAME_KINDS = {
    "current": "current",
    "former": "former",
    "alias": "alias",
    "known_as": "known as",
}
REQUESTERS = {
    "self": "The person themselves",
    "parent": "Somebody with parental responsibility, for a child",
    "agent": "Somebody they asked to act for them, such as a solicitor or a relative",
    "deputy": "A deputy or attorney",
    "body": "A body that represents people, such as a charity",
    "other": "Somebody else, or it is not clear",
}
ANSWER_TO = {
    "requester": "whoever makes the request",
    "subject": "the person it is about",
    "somebody else": "somebody else",
}
RELATIONS = {
    "child": "a child of whoever asks",
    "acts for": "somebody they act for",
    "requester": "whoever asks, for themselves",
    "other": "somebody else",
}
RIGHTS = {
    Right.ACCESS: "A copy of the data",
    Right.RECTIFICATION: "Correcting something",
    Right.ERASURE: "Erasing something",
    Right.RESTRICTION: "Restricting its use",
    Right.OBJECTION: "Objecting to its use",
    Right.PORTABILITY: "Moving data to somebody else",
    Right.AUTOMATED_DECISION: "Another look at a decision made by a machine",
    Right.CONSENT_WITHDRAWAL: "Taking back consent",
    Right.COMPLAINT: "A complaint about data",
}
FORMATS = {
    "": "They did not say",
    "paper": "On paper",
    "large print": "In large print",
    "screen reader": "For a screen reader",
    "easy read": "In easy words",
}
HELPS = {
    "in parts": "They want it in parts, a little at a time",
    "single documents": "They want each document as a file of its own too",
    "read with someone": "They want to read it with somebody",
    "call before": "They want a call before it comes",
    "call after": "They want a call after they have read it",
}
SAFE_BY = {
    "": "They did not say",
    "post": "By post",
    "email": "By email",
    "telephone": "By telephone",
    "text message": "By text message",
}
AVOID_ROWS = 2
CHANNELS = {"post": "By post", "email": "By email", "collect": "It is collected"}


@router.get("/cases/{ref}/people")
def people_page(visit: Signed, ref: str, correct: bool = False) -> Response:
    """The form: empty, filled in from a letter about several people, or to be corrected."""
    case = visit.office.case(ref)
    if correct and case.people:
        return _form(visit, ref, as_details(case.people), None)
    waiting = _asked(case)
    prefill = waiting.body.get("prefill", {}) if waiting and waiting.is_open else {}
    return _form(visit, ref, prefill, None)


@router.post("/cases/{ref}/people")
def people_given(visit: Signed, ref: str, form: Form) -> Response:
    """Record who is who."""
    entered = details_of(form)
    known = visit.office.known(ref)
    asked = _asked(visit.office.case(known))
    correct = asked is not None and not asked.is_open and form.text("correct") == "1"
    try:
        _choices_made(entered)
        given = Given(asked.id if asked else PEOPLE, "given", entered, correct)
        answer(visit.office, known, given, visit.who)
    except InputError as error:
        return _form(visit, ref, entered, error)
    return visit.recorded(known, f"/cases/{known}")


def _asked(case: Case) -> Question | None:
    """The question for who is who that waits, or else the latest that was answered."""
    asked = [q for q in case.questions.values() if q.topic == TOPIC and not q.withdrawn]
    return max(asked, key=lambda q: (q.is_open, q.asked_seq), default=None)


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
            "died_on": form.text("died_on") or None,
        },
        "requester": form.text("requester"),
        "requester_name": form.text("requester_name"),
        "recipient": {
            "name": form.text("recipient_name"),
            "address": form.lines("recipient_address"),
            "email": form.text("recipient_email"),
            "channel": form.text("channel"),
            "format": form.text("format"),
            "known_as": form.text("known_as"),
        },
        "support": {
            "times": form.text("safe_times"),
            "by": form.text("safe_by"),
            "never": form.text("safe_never"),
            "helps": form.every("helps"),
            "avoid": _avoided(form),
        },
        "answer_to": form.text("answer_to") or "requester",
        "asked_for": form.text("asked_for"),
        "protected_facts": form.lines("protected_facts"),
        "others": _others(form),
        "rights_also": form.every("rights_also"),
        "coercion_suspected": form.text("coercion_suspected") == "1",
        "triage": {
            "outcome": form.text("triage") or DATA_RIGHTS,
            "reason": form.text("triage_reason"),
        },
    }


def _avoided(form: Sent) -> list[dict[str, str]]:
    """Days to avoid, one span a row; a single day may be given alone."""
    rows = zip(form.every("avoid_first"), form.every("avoid_last"), strict=False)
    return [
        {"first": first or last, "last": last or first} for first, last in rows if first or last
    ]


def _others(form: Sent) -> list[dict[str, Any]]:
    """Further people whom the letter is about, one a row; empty rows are left out."""
    rows = zip(
        *(form.every(f"other_{n}") for n in ("forenames", "surname", "born", "relation", "key")),
        strict=False,
    )
    return [
        {
            "subject": {
                "names": [{"forenames": first, "surname": last}],
                "date_of_birth": born or None,
            },
            "relation": relation,
            "key": key,
        }
        for first, last, born, relation, key in rows
        if first or last
    ]


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
    asked = _asked(case)
    waiting = asked is not None and asked.is_open
    others = entered.get("others", [])
    names = entered.get("subject", {}).get("names", [])
    blank = {"forenames": "", "surname": "", "kind": "current"}
    return visit.page(
        "people.html",
        status_of(error) if error else 200,
        case=case,
        request=request,
        entered=entered,
        names=[*names, *([blank] * max(1, NAME_ROWS - len(names)))],
        correct=case.people is not None and not waiting,
        asked=asked.body.get("words", "") if asked and waiting and entered else "",
        others=[*others, *([{}] * max(1, OTHER_ROWS - len(others)))],
        error=error,
        name_kinds=NAME_KINDS,
        requesters=REQUESTERS,
        channels=CHANNELS,
        formats=FORMATS,
        helps=HELPS,
        safe_by=SAFE_BY,
        avoided=[
            *entered.get("support", {}).get("avoid", []),
            *([{}] * AVOID_ROWS),
        ],
        answer_to=ANSWER_TO,
        relations=RELATIONS,
        rights={r.value: words for r, words in RIGHTS.items() if r is not case.right},
        triage=triage_outcomes(visit.office.law, visit.office.today()),
        data_rights=DATA_RIGHTS,
        linked=bool(case.opened and case.opened.letter_of),
    )
