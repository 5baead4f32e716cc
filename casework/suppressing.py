"""Not writing again: what a source is told, and the least that is kept so that it stays so.

Law: UK GDPR Art 21(3). Where a system has a list of people not to write to, the address is put on
that list; where none has, whoever keeps the list by hand takes the person off and says so. Either
way a mark is kept that says nothing to whoever has only the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.answering import Ordered
from casework.office import Office, Work
from casework.questions import Given
from casework.restriction.records import entry
from rights.case import Case
from rights.errors import InputError
from rights.people import RequestPeople
from rights.register import marketing
from rights.sources.actions import Suppress
from rights.sources.suppression import NOT_WRITTEN_TO, contact_marks

CONTACTS = {"email": "email address", "phone": "telephone number"}
"""What a person is written to by, and what it is called."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Something that is sent, as the register has it.

    Attributes:
        service: Id of the service; `title` is its name.
        source: Whose list of people not to write to is kept; '' when it is kept by hand.
    """

    service: str
    title: str
    id: str
    what: str
    channel: str
    source: str


def sending(office: Office) -> tuple[Sending, ...]:
    """All direct marketing of the council, in the register's order."""
    register = office.council.register
    names = {service.id: service.name for service in register.services}
    return tuple(
        Sending(service, names[service], one.id, one.what, one.channel, one.suppress_in)
        for service, one in marketing(register)
    )


def contact_entries(people: RequestPeople | None) -> list[dict[str, Any]]:
    """The fields for what is put on a list, and for what somebody stopped by hand."""
    known = people.subject if people else None
    emails = ", ".join(known.emails) if known else ""
    phones = ", ".join(known.phones) if known else ""
    return [
        entry("email", "Email address", f"As written to now. {emails}".strip(), "line"),
        entry("phone", "Telephone number", f"As written to now. {phones}".strip(), "line"),
        entry(
            "by_hand",
            "Who has stopped it by hand, and how you know",
            "Where no system keeps the list: ring whoever does, before you answer.",
        ),
    ]


def contacts_of(office: Office, sent: Sequence[Sending], given: Given) -> dict[str, Any]:
    """What stops and by which address, checked, as facts of a decision.

    Raises:
        InputError: an address is missing, or nobody has stopped what no system can.
    """
    entered = {kind: str(given.details.get(kind, "")).strip() for kind in CONTACTS}
    contacts = {kind: value for kind, value in entered.items() if value}
    by_hand = str(given.details.get("by_hand", "")).strip()
    if sent and not contacts:
        raise InputError(
            "marketing.contact",
            "Nothing says which address is not to be written to.",
            "Write the email address or telephone number that is used now.",
        )
    if any(not one.source for one in sent) and not by_hand:
        raise InputError(
            "marketing.by_hand",
            "Of something that is sent the list is kept by hand, and nobody has stopped it yet.",
            "Ring whoever keeps the list, then write who took the person off and how you know.",
        )
    return {
        "marketing": [[one.service, one.id] for one in sent],
        "marketing_text": [one.what for one in sent],
        "contacts": contacts if sent else {},
        "kept": [CONTACTS[kind] for kind in contacts] if sent else [],
        "by_hand": by_hand,
    }


def suppressing(
    office: Office, case: Case, facts: Mapping[str, Any], decision: str
) -> tuple[Ordered, ...]:
    """Orders to put the addresses on the lists of the systems that send, once for each system."""
    wanted = [tuple(pair) for pair in facts["marketing"]]
    sources = {s.source for s in sending(office) if (s.service, s.id) in wanted and s.source}
    return suppressing_in(office, case, sources, facts["contacts"], decision)


def suppressing_in(
    office: Office,
    case: Case,
    sources: set[str],
    contacts: Mapping[str, str],
    decision: str,
) -> tuple[Ordered, ...]:
    """Orders to put addresses on the lists of these systems."""
    return tuple(
        Ordered(
            source,
            Suppress(
                key=f"{case.ref}/{decision}/suppress/{source}",
                values=tuple(sorted(contacts.items())),
            ),
            decision,
        )
        for source in sorted(sources)
        if contacts and source in office.actions
    )


def keep_marks(work: Work, facts: Mapping[str, Any], decision: str) -> None:
    """Keep marks of the addresses, so that an import or another list does not bring them back."""
    store, contacts = work.office.store, facts["contacts"]
    emails = [contacts["email"]] if "email" in contacts else []
    phones = [contacts["phone"]] if "phone" in contacts else []
    marks = contact_marks(emails, phones, store.mark_key())
    if marks:
        key = f"{work.ref}/{decision}"
        store.suppressed.add(marks, purpose=NOT_WRITTEN_TO, key=key, on=work.office.today())
