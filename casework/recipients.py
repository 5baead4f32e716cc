"""Telling those who were given the data, or recording why not (UK GDPR Art 19).

Each notice is a person's to allow: it can tell an ex-partner that somebody asked. Nobody is told
more than what has to be changed on their side.
"""

from __future__ import annotations

from casework.answering import answering
from casework.erasure import made_public
from casework.office import Office, Work
from casework.outward_contact import settled_contact
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from rights.case import Case, Question
from rights.contact import Addressee, Purpose
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import RecipientsFinished, RecipientTold
from rights.register import recipients_of
from rights.register.model import Contact
from rights.road import Stage

TOPIC = "recipient"
TELL, NEVER, TOO_MUCH = (
    "tell them",
    "nothing was disclosed to them",
    "it is impossible or asks too much",
)


def tell(work: Work) -> None:
    """Ask about each recipient who may have had the data; finished when each is settled."""
    services = answering(work.case.right).services(work)
    owed = [t for t in recipients_of(work.office.council.register, services) if t.owed]
    asks = tuple(
        Ask(
            f"recipient/{told.recipient.id}",
            TOPIC,
            "officer",
            {
                "words": "Were they given the data, and is it safe to tell them?",
                "recipient": told.recipient.id,
                "kind": told.recipient.text,
                "names": list(told.recipient.names),
                "contact": _lines(told.recipient.contact),
                "services": list(told.services),
            },
            (TELL, NEVER, TOO_MUCH),
        )
        for told in owed
        if told.recipient.id not in work.case.told
    )
    asks = (*asks, *made_public.asks_for(work))
    ask(work, asks, stage=Stage.NOTIFY, topics=frozenset({TOPIC}))
    if not asks:
        work.append(RecipientsFinished(actor=ENGINE, recipients=len(owed)))


def _lines(contact: Contact | None) -> list[str]:
    """Where a notice goes, one thing a line; none where the council knows nobody to write to."""
    if contact is None:
        return []
    return [t for t in (contact.desk, *contact.address, contact.email, contact.phone) if t]


def told_as_read(office: Office, case: Case) -> tuple[str, ...]:
    """Those who were told, as the person reads them, by name where there is one.

    The person may know who had the data (UK GDPR Art 19). Who may not be named is left out, kind
    and all: that the police had this person's data can tell of an investigation.
    """
    known = office.council.register.recipients
    told = (known[code] for code, event in case.told.items() if event.told_on and code in known)
    return tuple(
        f"{one.text} ({', '.join(one.names)})" if one.names else one.text
        for one in told
        if one.name_may_be_told
    )


@on_answer(TOPIC)
def _settled(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if made_public.is_about_a_place(question):
        return made_public.settled(office, case, question, given, who)
    recipient = str(question.body["recipient"])
    reason = str(given.details.get("reason", "")).strip()
    if given.value == TELL:
        addressee = Addressee(recipient)
        return (
            settled_contact(office, case, addressee, Purpose.RECIPIENT, given.details, who),
            RecipientTold(
                actor=who.actor,
                recipient=recipient,
                told_on=office.today(),
                letter=f"recipient/{recipient}/letter",
            ),
        )
    if not reason:
        raise InputError(
            "recipient.reason",
            "Nothing says why they are not told.",
            "Write how it is known that they had nothing, or what makes telling them impossible.",
        )
    return (RecipientTold(actor=who.actor, recipient=recipient, told_on=None, why_not=reason),)
