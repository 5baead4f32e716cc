"""What a source gives back, and the small protocol every kind of source keeps.

Everything here but the declared capabilities is personal data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from rights.classes import RecordKind
from rights.release import PersonName


class Capability(StrEnum):
    """What a source can do; asking it for anything else gives nothing."""

    PEOPLE = "people"
    """It holds names and can feed the identity index."""
    RECORDS = "records"
    DOCUMENTS = "documents"
    RELATIONS = "relations"
    TERMS = "terms"
    """It is searched by words (names, numbers), not by keys: see `TermSource`."""
    ASKED = "asked"
    """People search it by hand: a sheet goes out and a signed return comes in."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address as the source has it; either part may be empty."""

    text: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class SourcePerson:
    """One person record of one source, before any matching.

    Attributes:
        source: Name of the source.
        key: The source's own key for this record.
        names: Every name on the record, the current one first.
        dob: Date of birth; None when not held or not readable.
        expected_dob: Expected date of an unborn child.
        sex: 'M', 'F' or ''.
        addresses: All addresses, present and past.
        identifiers: Pairs such as ('nhs', '9434765919'), as written.
        restricted: The record itself is marked restricted.
        warnings: Codes of warnings standing on the record ('adoption', 'whereabouts withheld').
        died: Whether the record gives a day of death, readable or not.
        dob_text: What stands for the date of birth where no whole date can be read from it:
            "1985", "05/1985".
    """

    source: str
    key: str
    names: tuple[PersonName, ...] = ()
    dob: dt.date | None = None
    expected_dob: dt.date | None = None
    sex: str = ""
    addresses: tuple[Address, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    restricted: bool = False
    warnings: tuple[str, ...] = ()
    died: bool = False
    dob_text: str = ""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One row about a person, such as a case note.

    Attributes:
        key: The person key it was asked for.
        record_id: Stable within the source, the same on every run ("CASE_NOTES:881").
        fields: Label and value of every column the mapping shows, in order.
        author: The worker's name where the mapping can tell it, else the worker's key.
        copy_of: Set when this is a copy of another record (a sibling's note); that record's id.
        retracted: The system marks it as withdrawn; still held, so still searched.
    """

    source: str
    key: str
    record_id: str
    date: dt.date | None
    title: str
    text: str
    fields: tuple[tuple[str, str], ...] = ()
    author: str = ""
    copy_of: str = ""
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file about a person. `open` reads its bytes and raises `UnreadableError` if it cannot.

    Attributes:
        key: The person key or message key it was asked for.
        document_id: Stable within the source, the same on every run.
        name: File name; personal data too.
        media: Media type guessed from the name ("application/pdf"), or ''.
    """

    source: str
    key: str
    document_id: str
    name: str
    media: str
    date: dt.date | None
    title: str
    opener: Callable[[], bytes] = field(repr=False, compare=False)

    def open(self) -> bytes:
        """The whole file."""
        return self.opener()


@dataclass(frozen=True, slots=True)
class Relation:
    """Somebody around the person: family, carer or worker. Feeds the cast of the case.

    Attributes:
        key: The person key it was asked for.
        other_key: The other person's key in the source ('' when only a name is held).
        relationship: What the other is to the person ('mother', 'twin', 'social worker').
        worker: The other is there by profession; `organisation` and `team` say for whom.
        other: What the source holds about the other person; names may be empty.
    """

    source: str
    key: str
    other_key: str
    relationship: str
    worker: bool
    other: SourcePerson
    category: str = ""
    organisation: str = ""
    team: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """A source that answered and has the shape its mapping expects.

    Attributes:
        shape: (table, column, declared type) of every mapped column.
        unread: Short plain notes, without personal data, on what could not be read.
        told: What is new since its shape was accepted, and does not stop it.
    """

    source: str
    shape: tuple[tuple[str, str, str], ...] = ()
    unread: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """The words a term source is searched by: the person's names, numbers and contacts.

    Attributes:
        around: Names of family, carers and workers around the person. Colleagues write "Amy
            settled well at the Boatengs": a forename alone counts when such a name is near.
    """

    names: tuple[PersonName, ...] = ()
    dobs: tuple[dt.date, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    around: tuple[PersonName, ...] = ()


@dataclass(frozen=True, slots=True)
class TermHit:
    """An item that holds some of the terms.

    Attributes:
        key: Pass it to `documents`.
        matched: Kinds of term found ('nhs', 'email', 'full name', 'names apart', 'forename among
            people around', 'same thread', 'unreadable').
        sure: An identifier or email of the person is in it; a name alone may be a namesake's.
    """

    key: str
    matched: tuple[str, ...]
    sure: bool


@runtime_checkable
class Source(Protocol):
    """One place where the council may hold data about a person.

    Every method may raise `SourceError`: the source did not answer, or is not shaped as its
    mapping says. Iterators stream. `keys` are keys of `keyed_by`.
    """

    @property
    def name(self) -> str:
        """Short stable name, from the mapping."""
        ...

    @property
    def title(self) -> str:
        """What officers call it."""
        ...

    @property
    def controller(self) -> str:
        """'controller', 'joint controller', or whose processor or body holds it."""
        ...

    @property
    def keyed_by(self) -> str:
        """Name of the source whose person keys this one uses; its own name when its own."""
        ...

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it can be asked for."""
        ...

    @property
    def limits(self) -> tuple[str, ...]:
        """Plain sentences on what a search here does not reach."""
        ...

    @property
    def record_kind(self) -> RecordKind:
        """What kind of record in law it holds: who may be named there depends on it."""
        ...

    def probe(self) -> Probe:
        """Checks that the source answers and has every column its mapping names."""
        ...

    def people(self) -> Iterator[SourcePerson]:
        """Every person record, for the identity index."""
        ...

    def count(self, keys: Collection[str]) -> int:
        """How many rows and documents are held: the "is anything held?" question."""
        ...

    def records(self, keys: Collection[str]) -> Iterator[SourceRecord]:
        """Rows about the people with these keys."""
        ...

    def documents(self, keys: Collection[str]) -> Iterator[SourceDocument]:
        """Files about the people with these keys."""
        ...

    def relations(self, keys: Collection[str]) -> Iterator[Relation]:
        """Family and workers around the people with these keys."""
        ...


@runtime_checkable
class TermSource(Source, Protocol):
    """A source that is searched by words, such as a mailbox."""

    def find(self, terms: SearchTerms) -> Iterator[TermHit]:
        """Items that hold any of the terms."""
        ...
