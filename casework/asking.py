"""From the people of a request to what the index and the sources are asked with."""

from __future__ import annotations

import re

from rights.identity import Query
from rights.people import RequestPeople, SubjectDetails
from rights.release import PersonName
from rights.sources import Address, SearchTerms

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)


def query_of(people: RequestPeople) -> Query:
    """What the people index is asked with."""
    subject = people.subject
    return Query(
        names=names_of(subject),
        dobs=(subject.date_of_birth,) if subject.date_of_birth else (),
        addresses=tuple(_address(line) for line in subject.addresses),
        nhs=(subject.nhs,) if subject.nhs else (),
        upn=(subject.upn,) if subject.upn else (),
        nino=(subject.nino,) if subject.nino else (),
        phones=subject.phones,
        emails=subject.emails,
    )


def terms_of(people: RequestPeople) -> SearchTerms:
    """What sources that are searched by words are asked with."""
    subject = people.subject
    numbers = (("nhs", subject.nhs), ("upn", subject.upn), ("nino", subject.nino))
    return SearchTerms(
        names=names_of(subject),
        dobs=(subject.date_of_birth,) if subject.date_of_birth else (),
        identifiers=tuple((kind, value) for kind, value in numbers if value),
        emails=subject.emails,
        phones=subject.phones,
    )


def names_of(subject: SubjectDetails) -> tuple[PersonName, ...]:
    """Every name the request gives, the current one first."""
    names = sorted(subject.names, key=lambda n: n.kind != "current")
    return tuple(PersonName(n.forenames, n.surname, "", n.kind) for n in names)


def _address(line: str) -> Address:
    found = _POSTCODE.search(line)
    if found is None:
        return Address(line)
    return Address(line[: found.start()].strip(" ,"), f"{found[1]} {found[2]}".upper())
