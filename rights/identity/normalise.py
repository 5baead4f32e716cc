"""One normal form for what is asked and for what is held, so that they can be compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rights.identity import numbers
from rights.names import PARTICLES, TITLES, fold, is_placeholder, name_tokens
from rights.release import PersonName
from rights.sources.model import Address, SourcePerson


@dataclass(frozen=True, slots=True)
class Query:
    """Everything that is known about the person to be found. Personal data.

    Attributes:
        names: All names, former ones and aliases too.
        dobs: The date of birth; more than one when records are known to differ.
        sex: 'M', 'F' or ''.
        addresses: Present and past addresses.
        postcodes: Postcodes known without the rest of the address.
        identifiers: Other numbers, as pairs of kind and value.
    """

    names: tuple[PersonName, ...] = ()
    dobs: tuple[dt.date, ...] = ()
    sex: str = ""
    addresses: tuple[Address, ...] = ()
    postcodes: tuple[str, ...] = ()
    nhs: tuple[str, ...] = ()
    upn: tuple[str, ...] = ()
    nino: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Norm:
    """Normalised facts about one person. Placeholders and invalid numbers are missing.

    Attributes:
        forenames: For each name its forename tokens in order.
        surnames: Distinct surnames, each as its tokens without particles.
        places: Pairs of postcode and house number.
        numbers: Pairs of kind and valid number.
        unnamed: A placeholder stands where the forename should be.
    """

    forenames: tuple[tuple[str, ...], ...] = ()
    surnames: tuple[tuple[str, ...], ...] = ()
    dobs: tuple[dt.date, ...] = ()
    expected: dt.date | None = None
    sex: str = ""
    postcodes: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    unnamed: bool = False
    restricted: bool = False
    adopted: bool = False

    @cached_property
    def first_names(self) -> frozenset[str]:
        """Every first forename."""
        return frozenset(tokens[0] for tokens in self.forenames)

    @cached_property
    def surname_tokens(self) -> frozenset[str]:
        """Every word of every surname."""
        return frozenset(token for tokens in self.surnames for token in tokens)

    def number(self, kind: str) -> frozenset[str]:
        """Valid numbers of one kind."""
        return frozenset(value for found, value in self.numbers if found == kind)


def surname_tokens(surname: str) -> tuple[str, ...]:
    """Words of a surname without particles, feminine Polish endings made masculine.

    >>> surname_tokens("Kowalska"), surname_tokens("van der Berg")
    (('kowalski',), ('berg',))
    """
    tokens = name_tokens(surname)
    kept = tuple(token for token in tokens if token not in PARTICLES) or tokens
    return tuple(
        token[:-1] + "i" if token.endswith(("ska", "cka", "dzka")) and len(token) > 4 else token
        for token in kept
    )


_NUMBERS = {"nhs": numbers.nhs_number, "upn": numbers.upn, "nino": numbers.nino}


def _numbers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for kind, value in pairs:
        number = _NUMBERS[kind](value) if kind in _NUMBERS else numbers.compact(value)
        if number:
            found[kind, number] = None
    return tuple(found)


def _norm(
    names: Iterable[PersonName],
    addresses: Iterable[Address],
    pairs: Iterable[tuple[str, str]],
    phones: Iterable[str],
    emails: Iterable[str],
    *,
    dobs: tuple[dt.date, ...],
    sex: str,
    expected: dt.date | None = None,
    restricted: bool = False,
    warnings: tuple[str, ...] = (),
) -> Norm:
    forenames: dict[tuple[str, ...], None] = {}
    surnames: dict[tuple[str, ...], None] = {}
    unnamed = False
    for name in names:
        if is_placeholder(name.forenames):
            unnamed = unnamed or bool(name.forenames.strip())
        elif tokens := tuple(t for t in name_tokens(name.forenames) if t not in TITLES):
            forenames[tokens] = None
        if not is_placeholder(name.surname) and (tokens := surname_tokens(name.surname)):
            surnames[tokens] = None
    postcodes: dict[str, None] = {}
    places: dict[tuple[str, str], None] = {}
    for address in addresses:
        code = numbers.postcode(address.postcode) or numbers.postcode(address.text)
        if code:
            postcodes[code] = None
            if number := numbers.house(address.text):
                places[code, number] = None
    folded_emails = (fold(email).text.strip() for email in emails)
    return Norm(
        forenames=tuple(forenames),
        surnames=tuple(surnames),
        dobs=dobs,
        expected=expected,
        sex=sex,
        postcodes=tuple(postcodes),
        places=tuple(places),
        numbers=_numbers(pairs),
        phones=tuple(dict.fromkeys(p for p in map(numbers.phone, phones) if p)),
        emails=tuple(dict.fromkeys(e for e in folded_emails if "@" in e)),
        unnamed=unnamed and not forenames,
        restricted=restricted,
        adopted=any("adopt" in warning.casefold() for warning in warnings),
    )


def of_person(person: SourcePerson) -> Norm:
    """The normal form of a source's record."""
    return _norm(
        person.names,
        person.addresses,
        person.identifiers,
        person.phones,
        person.emails,
        dobs=(person.dob,) if person.dob else (),
        sex=person.sex,
        expected=person.expected_dob,
        restricted=person.restricted,
        warnings=person.warnings,
    )


def of_query(query: Query) -> Norm:
    """The normal form of what is asked."""
    pairs = [("nhs", v) for v in query.nhs] + [("upn", v) for v in query.upn]
    pairs += [("nino", v) for v in query.nino] + list(query.identifiers)
    addresses = [*query.addresses, *(Address("", code) for code in query.postcodes)]
    return _norm(
        query.names,
        addresses,
        pairs,
        query.phones,
        query.emails,
        dobs=query.dobs,
        sex=query.sex,
    )


def merge(one: Norm, others: Iterable[Norm]) -> Norm:
    """`one` with the names, places, numbers and contacts of `others` added."""
    parts = [one, *others]
    return Norm(
        forenames=tuple(dict.fromkeys(x for part in parts for x in part.forenames)),
        surnames=tuple(dict.fromkeys(x for part in parts for x in part.surnames)),
        dobs=tuple(dict.fromkeys(x for part in parts for x in part.dobs)),
        sex=one.sex or next((part.sex for part in parts if part.sex), ""),
        postcodes=tuple(dict.fromkeys(x for part in parts for x in part.postcodes)),
        places=tuple(dict.fromkeys(x for part in parts for x in part.places)),
        numbers=tuple(dict.fromkeys(x for part in parts for x in part.numbers)),
        phones=tuple(dict.fromkeys(x for part in parts for x in part.phones)),
        emails=tuple(dict.fromkeys(x for part in parts for x in part.emails)),
    )
