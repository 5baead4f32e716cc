"""So that somebody who was erased does not come back with the next import, or is written to again.

No list of erased people may be kept in clear: it would be a record of them. What is kept are marks,
keyed hashes of what an import would bring, which say nothing to whoever has only the table. A mark
that is met stops the import of that row until a person has looked; it proves nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from rights.identity.numbers import compact, nhs_number, nino, upn
from rights.identity.numbers import phones as phones_in
from rights.names.fold import name_tokens
from rights.sources.model import SourcePerson

ERASED, NOT_WRITTEN_TO = "erased", "not written to"
"""Why somebody is on the list."""

_NUMBERS: dict[str, Callable[[str], str]] = {"nhs": nhs_number, "upn": upn, "nino": nino}


class SuppressionList(Protocol):
    """A table of marks, kept by the case store."""

    def add(self, marks: Collection[str], *, purpose: str, key: str, on: dt.date) -> None:
        """Keeps marks under the key of the order; those there already stay as they are."""
        ...

    def known(self, marks: Collection[str], *, purpose: str) -> frozenset[str]:
        """Keys of the orders under which any of the marks is kept for that purpose."""
        ...

    def forget(self, key: str) -> None:
        """Removes the marks of an order, when the person asks to be known again."""
        ...


@dataclass(frozen=True, slots=True)
class Returning:
    """Somebody in an import who may be on the list.

    Attributes:
        person: As the import brings them; personal data.
        keys: Orders whose marks were met.
    """

    person: SourcePerson
    keys: frozenset[str]


def person_marks(person: SourcePerson, secret: bytes) -> frozenset[str]:
    """Marks of somebody: each valid number, each name with the date of birth, email and phone.

    A name without a date of birth gives none: it would stop everybody of that name.
    """
    found: set[str] = set()
    for kind, text in person.identifiers:
        read = _NUMBERS.get(kind, compact)
        if value := read(text):
            found.add(_mark(secret, kind, value))
    if person.dob:
        for name in person.names:
            words = sorted(name_tokens(name.full))
            if words:
                found.add(_mark(secret, "person", *words, person.dob.isoformat()))
    return frozenset(found | contact_marks(person.emails, person.phones, secret))


def contact_marks(emails: Iterable[str], phones: Iterable[str], secret: bytes) -> frozenset[str]:
    """Marks of addresses that are not to be written to."""
    mails = (_mark(secret, "email", text.strip().casefold()) for text in emails if text.strip())
    calls = (_mark(secret, "phone", number) for text in phones for number in phones_in(text))
    return frozenset((*mails, *calls))


def returning(
    people: Iterable[SourcePerson], suppressed: SuppressionList, secret: bytes, *, purpose: str
) -> Iterator[Returning]:
    """Those of an import who may be on the list: each is for a person to look at before it goes in.

    Args:
        people: As a source brings them.
        suppressed: The list.
        secret: The key that its marks were made with.
        purpose: Why one is looked for.
    """
    for person in people:
        marks = person_marks(person, secret)
        if marks and (keys := suppressed.known(marks, purpose=purpose)):
            yield Returning(person, keys)


def _mark(secret: bytes, kind: str, *values: str) -> str:
    text = "\x1f".join((kind, *values))
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
