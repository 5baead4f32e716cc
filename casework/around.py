"""The people around the subject, as the sources knew them on the day they were collected."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from rights.cast import CastEntry
from rights.people import RequestPeople
from rights.release import Person, PersonName
from rights.sources import Relation, SourcePerson


@dataclass(frozen=True, slots=True)
class Around:
    """The subject's own records, and the people around, in the words of the sources."""

    subject: tuple[CastEntry, ...]
    relations: tuple[CastEntry, ...]


AROUND = TypeAdapter(Around)
PEOPLE = TypeAdapter(tuple[Person, ...])


def entry_of_relation(relation: Relation) -> CastEntry:
    """What a source holds about somebody around the subject."""
    entry = entry_of_person(relation.other)
    role = relation.relationship if relation.worker else ""
    return CastEntry(
        names=entry.names,
        role_words=role or relation.category,
        relation="" if relation.worker else relation.relationship,
        date_of_birth=entry.date_of_birth,
        addresses=entry.addresses,
        phones=entry.phones,
        emails=entry.emails,
        identifiers=entry.identifiers,
        flags=entry.flags,
        source=relation.source,
        died=entry.died,
    )


def entry_of_person(person: SourcePerson) -> CastEntry:
    """A source's own record of one person."""
    return CastEntry(
        names=person.names,
        date_of_birth=person.dob,
        addresses=tuple(
            ", ".join(part for part in (a.text, a.postcode) if part) for a in person.addresses
        ),
        phones=person.phones,
        emails=person.emails,
        identifiers=person.identifiers,
        flags=person.warnings,
        source=person.source,
        died=person.died,
    )


def entry_of_request(people: RequestPeople) -> CastEntry:
    """The subject as the request describes them."""
    subject = people.subject
    numbers = (("nhs", subject.nhs), ("upn", subject.upn), ("nino", subject.nino))
    return CastEntry(
        names=tuple(PersonName(n.forenames, n.surname, "", n.kind) for n in subject.names),
        date_of_birth=subject.date_of_birth,
        addresses=subject.addresses,
        phones=subject.phones,
        emails=subject.emails,
        identifiers=tuple((kind, value) for kind, value in numbers if value),
        source="request",
    )
