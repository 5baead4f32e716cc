"""PEOPLE.yaml: whom the finder is to look for."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from redaction.exchange.base import Reference, Strict
from rights.release import Person, PersonName, PersonRef, Role


class NameIn(Strict):
    """One name a person has gone by."""

    forenames: str = ""
    surname: str = ""
    title: str = ""
    kind: Literal["current", "former", "alias", "known_as"] = "current"

    @model_validator(mode="after")
    def _says_something(self) -> NameIn:
        if not (self.forenames.strip() or self.surname.strip()):
            raise ValueError("a name needs forenames, a surname or both")
        return self


class IdentifierIn(Strict):
    """A number on somebody's record, such as nhs or upn."""

    kind: str
    value: Annotated[str, Field(min_length=2)]


class PersonIn(Strict):
    """Somebody on the record. Personal data."""

    ref: Reference | None = Field(default=None, description="P01, P02 ... by order if left out.")
    role: Role = Role.UNKNOWN
    names: tuple[NameIn, ...] = ()
    relation: str = Field(default="", description="To the data subject: 'mother'.")
    date_of_birth: dt.date | None = None
    addresses: tuple[str, ...] = Field(default=(), description="In one line each.")
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[IdentifierIn, ...] = ()
    protected: bool = Field(default=False, description="Whereabouts must never be told.")
    lived_with_subject: bool = False

    @model_validator(mode="after")
    def _can_be_looked_for(self) -> PersonIn:
        if not (self.names or self.relation or self.identifiers or self.emails or self.phones):
            raise ValueError("a person needs a name, a relation, a number or an address to find")
        return self


class PeopleFile(Strict):
    """The people of the record, and facts whose every trace must be withheld."""

    version: Literal[1]
    people: tuple[PersonIn, ...] = ()
    protected_facts: tuple[Annotated[str, Field(min_length=4)], ...] = Field(
        default=(), description="Safe address, placement, school, referrer: withheld everywhere."
    )
    requester: Literal["subject", "another"] = Field(
        default="subject", description="'another' when a parent, agent or deputy asks."
    )
    danger: bool = Field(default=False, description="A safety flag stands on the whole case.")

    @model_validator(mode="after")
    def _everyone_once(self) -> PeopleFile:
        given = [p.ref for p in self.people if p.ref]
        if len(given) != len(set(given)):
            raise ValueError("two people have the same ref")
        if sum(p.role is Role.SUBJECT for p in self.people) > 1:
            raise ValueError("more than one person has the role 'subject'")
        return self

    def persons(self) -> tuple[Person, ...]:
        """The people as the engine takes them, the data subject first."""
        taken = {p.ref for p in self.people}
        free = (f"P{n:02d}" for n in range(1, 10_000))
        refs = [p.ref or next(r for r in free if r not in taken) for p in self.people]
        found = [_person(ref, p) for ref, p in zip(refs, self.people, strict=True)]
        return tuple(sorted(found, key=lambda p: p.role is not Role.SUBJECT))


def _person(ref: str, given: PersonIn) -> Person:
    return Person(
        ref=PersonRef(ref),
        role=given.role,
        names=tuple(PersonName(n.forenames, n.surname, n.title, n.kind) for n in given.names),
        relation=given.relation,
        date_of_birth=given.date_of_birth,
        addresses=given.addresses,
        phones=given.phones,
        emails=given.emails,
        identifiers=tuple((i.kind, i.value) for i in given.identifiers),
        protected=given.protected,
        lived_with_subject=given.lived_with_subject,
    )
