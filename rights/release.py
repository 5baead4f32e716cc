"""Value types that cross borders between the packages.

An unredacted document and a releasable one are different types: nothing that sends takes the
first, and only the verifier's caller may make the second.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

CaseRef = NewType("CaseRef", str)
"""A case reference with its check letter, such as ``SAR-2026-0041-K``."""

PersonRef = NewType("PersonRef", str)
"""A person in one case's file (``P07``); means nothing outside that case."""


class Right(StrEnum):
    """The rights a person may use, and the complaint. Values are what officers see."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    AUTOMATED_DECISION = "automated decision"
    CONSENT_WITHDRAWAL = "consent withdrawal"
    COMPLAINT = "complaint"


class Role(StrEnum):
    """What a person in the file is to the data subject, or does for a living."""

    SUBJECT = "subject"
    PARENT = "parent"
    SIBLING = "sibling"
    RELATIVE = "relative"
    PARTNER_OF_PARENT = "partner_of_parent"
    CARER = "carer"
    REFERRER = "referrer"
    SOCIAL_WORKER = "social_worker"
    HEALTH = "health"
    EDUCATION = "education"
    POLICE = "police"
    OTHER_PROFESSIONAL = "other_professional"
    VOLUNTEER = "volunteer"
    OTHER = "other"
    UNKNOWN = "unknown"


class FactKind(StrEnum):
    """The kinds of fact that are decided on apart for each person."""

    NAME = "name"
    """That this person is in the file, by name or by an unmistakable description."""
    CONTACT = "contact"
    """Addresses, phone numbers, emails, placement and workplace."""
    IDENTIFIER = "identifier"
    """Dates of birth and numbers such as NHS, UPN, NINO."""
    HEALTH = "health"
    PRIVATE = "private"
    """Home, family life, money, allegations, offences and opinions about this person."""


class Treatment(StrEnum):
    """What the law proposes before a person has decided."""

    CLEAR = "clear"
    ASK = "ask"
    HOLD = "hold"


class DisclosureMode(StrEnum):
    """How much the requester is told about something withheld (law.md 4.5, Art 12(4))."""

    NAMED = "A"
    GENERAL = "B"
    SILENT = "C"


class Told(StrEnum):
    """How much the requester is told about something withheld, where anything is told at all.

    Whatever can reach the requester takes this type and not `DisclosureMode`: a silent thing
    cannot be typed into a label, a list, a count or a letter.
    """

    NAMED = "A"
    GENERAL = "B"


def told(mode: DisclosureMode) -> Told | None:
    """What may be told in a disclosure mode; None in the silent one: leave it out altogether."""
    return {DisclosureMode.NAMED: Told.NAMED, DisclosureMode.GENERAL: Told.GENERAL}.get(mode)


_SILENCE = {DisclosureMode.NAMED: 0, DisclosureMode.GENERAL: 1, DisclosureMode.SILENT: 2}


def more_silent(one: DisclosureMode, other: DisclosureMode) -> DisclosureMode:
    """Of two modes the one that tells less."""
    return max(one, other, key=lambda m: _SILENCE[m])


class Living(StrEnum):
    """Whether somebody is alive: personal data are data of the living (UK GDPR Recital 27)."""

    ALIVE = "alive"
    DIED = "died"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name a person has gone by. `kind` is 'current', 'former', 'alias' or 'known_as'."""

    forenames: str
    surname: str
    title: str = ""
    kind: str = "current"

    @property
    def full(self) -> str:
        """Forenames and surname, as written in running text."""
        return f"{self.forenames} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class Person:
    """A person in the file, as the records of the case describe them. Personal data."""

    ref: PersonRef
    role: Role
    names: tuple[PersonName, ...]
    relation: str = ""
    """In words, as the requester would be told: 'your mother', 'social worker'."""
    date_of_birth: dt.date | None = None
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs such as ('nhs', '9434765919')."""
    protected: bool = False
    """A safety flag stands: whereabouts must never reach the requester."""
    lived_with_subject: bool = False
    living: Living = Living.UNKNOWN

    @property
    def display(self) -> str:
        """The current name, or the relation when no name is known."""
        return self.names[0].full if self.names else (self.relation or self.role.value)


class PersonDecision(StrEnum):
    """What a human decided for one person and kind of fact."""

    DISCLOSE = "disclose"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class ReleasablePdf:
    """Bytes that passed the independent verifier and may leave. Made only by casework.seal."""

    data: bytes = field(repr=False)
    sha256: str
    pages: int
    verified_by: str
    """Name and version of the verifier that passed these very bytes."""
