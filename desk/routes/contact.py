"""Contact with others: asking somebody in the file, and what the social work manager agrees to."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.cast_asks import with_living
from casework.outward_contact import agree, entries_of
from casework.thirdparty import TOPIC, Wish, addressee_of, ask_consent
from desk.errors import status_of
from desk.web import Form, Sent, Signed, Visit
from rights.contact import (
    CONTACT,
    MANAGER,
    PURPOSES,
    Purpose,
    checks_for,
    manager_agrees,
    reasons_for_care,
)
from rights.decisions import what_stands
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.release import Person
from rights.thirdparty import MATTER, facts_of, stands

router = APIRouter(prefix="/cases/{ref}/contact")


@router.get("")
def contacts_page(visit: Signed, ref: str) -> Response:
    """What was settled about writing to others, and the manager's part in it."""
    return _overview(visit, ref)


@router.post("/manager")
def manager_agreed(visit: Signed, ref: str, form: Form) -> Response:
    """The social work manager agrees to a contact, or to all of its kind."""
    known = visit.office.known(ref)
    try:
        purpose, addressee = form.text("purpose"), form.text("addressee")
        agree(visit.office, known, purpose, addressee, form.text("reason"), visit.who)
    except (InputError, RefusedError) as error:
        return _overview(visit, ref, error)
    return visit.recorded(known, f"/cases/{known}/contact")


@router.get("/{person}")
def ask_page(visit: Signed, ref: str, person: str) -> Response:
    """One person of the file: what they were asked and said, and the form to ask them."""
    return _ask_page(visit, ref, person)


@router.post("/{person}")
def asked(visit: Signed, ref: str, person: str, form: Form) -> Response:
    """Ask one person, or remind them."""
    known = visit.office.known(ref)
    wish = Wish(
        name=form.text("name"),
        address=tuple(form.lines("address")),
        about=tuple(form.lines("about")),
        contact=entries_of(_entered(form)),
    )
    try:
        ask_consent(visit.office, known, _person(visit, ref, person), wish, visit.who)
    except (InputError, RefusedError) as error:
        return _ask_page(visit, ref, person, form, error)
    return visit.recorded(known, f"/cases/{known}/contact/{person}")


def _person(visit: Visit, ref: str, name: str) -> Person:
    review = visit.review(ref)
    found = next(
        (p for p in with_living(review.case, review.bundle.people[1:]) if p.ref == name), None
    )
    if found is None:
        raise InputError(
            "thirdparty.unknown",
            "Nobody in the file has this number.",
            "Choose somebody on the page People in the file.",
        )
    return found


def _overview(visit: Visit, ref: str, error: RightsdeskError | None = None) -> Response:
    known = visit.office.known(ref)
    visit.journal("contact with others", known)
    case = visit.office.case(known)
    heads = (CONTACT, MANAGER, MATTER)
    return visit.page(
        "contacts.html",
        status_of(error) if error else 200,
        case=case,
        purposes=PURPOSES,
        settled=[d for d in what_stands(case) if d.event.matter.partition("/")[0] in heads],
        waiting=[q for q in case.open_questions if q.topic == TOPIC],
        may_agree="manager" in visit.who.roles,
        error=error,
    )


def _ask_page(
    visit: Visit,
    ref: str,
    name: str,
    form: Sent | None = None,
    error: RightsdeskError | None = None,
) -> Response:
    known = visit.office.known(ref)
    visit.journal("asking somebody in the file", known)
    person = _person(visit, ref, name)
    work = visit.office.reading(known)
    addressee = addressee_of(work, person)
    before = stands(work.case, person.ref)
    return visit.page(
        "contact.html",
        status_of(error) if error else 200,
        case=work.case,
        person=person,
        care=reasons_for_care(work.case, addressee),
        agreed=manager_agrees(work.case, person.ref, Purpose.CONSENT),
        checks=checks_for(Purpose.CONSENT),
        least=PURPOSES[Purpose.CONSENT].least,
        before=before,
        facts=facts_of(before) if before else {},
        waiting=[
            q
            for q in work.case.open_questions
            if q.topic == TOPIC and q.body.get("person") == person.ref
        ],
        entered=_entered(form) if form else _proposed(person),
        error=error,
    )


_FIELDS = ("name", "address", "about", "revealed", "agreed", "safe", "least")


def _entered(form: Sent) -> dict[str, str]:
    return {name: form.text(name) for name in _FIELDS}


def _proposed(person: Person) -> dict[str, str]:
    """Name and address as the sources have them; a protected person's address is not shown."""
    address = person.addresses[0] if person.addresses and not person.protected else ""
    lines = "\n".join(part.strip() for part in address.split(",") if part.strip())
    return {**dict.fromkeys(_FIELDS, ""), "name": person.display, "address": lines}
