"""Contact with others: settled before a letter, and agreed by the social work manager in doubt."""

from __future__ import annotations

from collections.abc import Mapping

from casework.office import Office
from casework.questions import SignedIn
from rights.case import Case
from rights.contact import (
    AGREEMENT,
    AGREES,
    LEAST,
    MANAGER,
    MAY,
    REVEALS,
    SAFETY,
    Addressee,
    Purpose,
    check_contact,
    matter_of,
)
from rights.decisions import record
from rights.errors import InputError
from rights.events.kinds import DecisionMade
from rights.release import CaseRef


def entries_of(details: Mapping[str, object]) -> dict[str, str]:
    """The entries about a contact among the details of an answer or a form."""
    names = (REVEALS.name, AGREEMENT.name, SAFETY.name, LEAST.name)
    return {name: text for name in names if (text := str(details.get(name, "")).strip())}


def settled_contact(
    office: Office,
    case: Case,
    addressee: Addressee,
    purpose: Purpose,
    details: Mapping[str, object],
    who: SignedIn,
) -> DecisionMade:
    """The decision that a contact may be made, by what was entered about it.

    It is recorded in front of the event that makes the contact, which is refused without it.

    Raises:
        InputError: something was not answered.
        RefusedError: the requester does not agree, it is not safe, or it tells too much.
    """
    entries = entries_of(details)
    check_contact(case, addressee, purpose, entries)
    return record(
        case,
        actor=who.actor,
        matter=matter_of(purpose, addressee.id),
        outcome=MAY,
        law=office.law,
        on=office.today(),
        facts={**entries, "care": list(addressee.flags)},
    )


def agree(
    office: Office, ref: CaseRef, purpose: str, addressee: str, reason: str, who: SignedIn
) -> Case:
    """Record that the social work manager agrees to a contact, or to all of its kind.

    Raises:
        InputError: nothing says why it is safe, or the purpose is unknown.
        RefusedError: the person is no manager.
    """
    case = office.case(ref)
    if purpose not in set(Purpose) or not reason.strip():
        raise InputError(
            "contact.reason",
            "It was not chosen what may be sent, or nothing says why it is safe.",
            "Choose it, and write what you looked at.",
        )
    matter = "/".join(part for part in (MANAGER, purpose, addressee.strip()) if part)
    made = record(
        case,
        actor=who.actor,
        matter=matter,
        outcome=AGREES,
        law=office.law,
        on=office.today(),
        facts={"reason": reason.strip()},
    )
    return office.record(case, [made], roles=who.roles)
