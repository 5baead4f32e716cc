"""What the register answers: for the Article 15 sheet, for notices, and for each other right.

Facts only. Whether a right reaches something is decided by people with the tests of the law; here
they find the purpose, its bases and what those let in and keep out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from rights.law import Law
from rights.register.bases import Basis, basis
from rights.register.load import Register
from rights.register.model import (
    Automated,
    Consent,
    Marketing,
    Processor,
    Purpose,
    Recipient,
    Service,
)

Found = str
"""Where data were found: "source", or "source/table" when the table is known."""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What Art 15(1)(a)-(d), (g) and (h) ask for, for one service, as the person reads it."""

    id: str
    service: str
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    recipients: tuple[str, ...]
    retention: str
    origins: tuple[str, ...]
    automated: str
    transfers: str


@dataclass(frozen=True, slots=True)
class PurposeBases:
    """A purpose of a service with what the law makes of its bases."""

    service: str
    purpose: Purpose
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """Facts for whoever weighs an erasure or an objection for one purpose.

    Attributes:
        kept_under: Provisions under which keeping may be necessary, each to be tested.
        necessary: What the council says makes keeping necessary; '' means nobody has said.
        retention: Id of the rule of keeping.
        objection: The person may object to this use.
        compelling: What the council says speaks for going on; '' means nobody has said.
        withdrawal: It ends when consent is taken back.
    """

    service: str
    purpose: str
    bases: tuple[str, ...]
    kept_under: tuple[str, ...]
    necessary: str
    retention: str
    objection: bool
    compelling: str
    withdrawal: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is told of a correction, erasure or restriction, and for which services.

    Attributes:
        recipient: Kind, contact, and whether its name may be told to the person.
        services: Ids of the services that may have passed data on.
        owed: A notice is owed; False where what was passed on identifies nobody.
    """

    recipient: Recipient
    services: tuple[str, ...]
    owed: bool


@dataclass(frozen=True, slots=True)
class Stops:
    """What ends when consent is taken back, and what goes on and on which bases."""

    service: str
    consent: Consent
    goes_on_basis: tuple[Basis, ...] = field(default=())


def services_of(register: Register, found: Collection[Found]) -> tuple[Service, ...]:
    """The services whose data lie where data were found.

    A service that holds only some tables of a source is meant when one of those tables is named;
    one that holds the whole source also when only the source is.
    """
    return tuple(s for s in register.services if any(_holds(s, place) for place in found))


def _holds(service: Service, place: Found) -> bool:
    source, _, table = place.partition("/")
    return any(
        held.source == source and (not held.tables or table in held.tables)
        for held in service.held_in
    )


def services_for(register: Register, found: Collection[Found]) -> tuple[ServiceFacts, ...]:
    """Article 15(1) for each service actually found to hold data; only for those."""
    return tuple(_facts(register, service) for service in services_of(register, found))


def _facts(register: Register, service: Service) -> ServiceFacts:
    transfers = service.transfers or register.shared.transfers
    recipients = (register.recipients[i] for i in service.recipients)
    return ServiceFacts(
        id=service.id,
        service=service.name,
        purposes=tuple(purpose.text for purpose in service.purposes),
        categories=tuple(register.categories[i].text for i in service.categories),
        recipients=tuple(f"{one.text}, {one.why}" for one in recipients),
        retention=register.rules[service.retention].text,
        origins=tuple(register.origins[i].text for i in service.origins),
        automated=automated_of(register, service).text.strip(),
        transfers=transfers.text.strip(),
    )


def automated_of(register: Register, service: Service) -> Automated:
    """What a service says about decisions by machine: its own words, or those for all."""
    return service.automated or register.shared.automated


def bases_for(
    register: Register, found: Collection[Found], law: Law, *, on: dt.date
) -> tuple[PurposeBases, ...]:
    """Every purpose for which data found there may be used, with its bases."""
    return tuple(_purposes(services_of(register, found), law, on))


def _purposes(services: Iterable[Service], law: Law, on: dt.date) -> Iterator[PurposeBases]:
    for service in services:
        for purpose in service.purposes:
            bases = tuple(basis(name, law, on=on) for name in purpose.bases)
            yield PurposeBases(service.id, purpose, bases)


def recipients_of(register: Register, services: Collection[str]) -> tuple[Told, ...]:
    """Who may have received data of these services, once each, in the register's order.

    Law: UK GDPR Art 19. These are the kinds of recipient that the register knows; whoever is in
    the disclosure log of a record is added by the caller.
    """
    told: list[Told] = []
    for recipient in register.shared.recipients:
        by = tuple(
            s.id for s in register.services if s.id in services and recipient.id in s.recipients
        )
        if by:
            told.append(Told(recipient, by, owed=not recipient.anonymous))
    return tuple(told)


def processors_of(register: Register, services: Collection[str]) -> tuple[Processor, ...]:
    """Who works on the council's behalf for these services: each must carry out what is decided."""
    wanted = {p for s in register.services if s.id in services for p in s.processors}
    return tuple(one for one in register.shared.processors if one.id in wanted)


def erasure_stands(
    register: Register, found: Collection[Found], law: Law, *, on: dt.date
) -> tuple[Erasure, ...]:
    """What stands for and against keeping, purpose by purpose; nothing is decided here.

    Law: UK GDPR Arts 17(3) and 21(1): a basis never refuses by itself; necessity and the rule of
    keeping are tested for the record.
    """
    services = {s.id: s for s in register.services}
    return tuple(
        Erasure(
            service=one.service,
            purpose=one.purpose.id,
            bases=tuple(b.rule for b in one.bases),
            kept_under=tuple(dict.fromkeys(b.kept_under for b in one.bases if b.kept_under)),
            necessary=one.purpose.necessary,
            retention=services[one.service].retention,
            objection=any(b.objection for b in one.bases),
            compelling=one.purpose.compelling,
            withdrawal=any(b.withdrawal for b in one.bases),
        )
        for one in bases_for(register, found, law, on=on)
    )


def consent_based(register: Register, law: Law, *, on: dt.date) -> tuple[Stops, ...]:
    """Everything that rests on consent."""
    return tuple(
        Stops(s.id, c, tuple(basis(name, law, on=on) for name in c.goes_on_basis))
        for s in register.services
        for c in s.consent_based
    )


def marketing(register: Register) -> tuple[tuple[str, Marketing], ...]:
    """Direct marketing, each with the service that does it."""
    return tuple((s.id, one) for s in register.services for one in s.marketing)


def portable(
    register: Register, found: Collection[Found], law: Law, *, on: dt.date
) -> tuple[PurposeBases, ...]:
    """Purposes to which portability could reach: by machine, supplied by the person, such a basis.

    Law: UK GDPR Art 20(1). Hardly ever anything in a council.
    """
    services = {s.id: s for s in services_of(register, found)}
    able = {s.id for s in services.values() if s.gives and any(h.by_machine for h in s.held_in)}
    return tuple(
        one
        for one in bases_for(register, found, law, on=on)
        if one.service in able and any(b.portability for b in one.bases)
    )
