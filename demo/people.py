"""The people of the story and what is known of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo.truth import TruthName, TruthPerson
from rights.law.yamlfile import parse_yaml
from rights.release import Role

DATA = Path(__file__).parent / "data"
EMAIL_DOMAIN = "saltmarsh.example.org"


def load_data(name: str) -> dict[str, Any]:
    """One of the generator's own data files, by its name without the ending."""
    return parse_yaml((DATA / f"{name}.yaml").read_bytes())


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `since` and `until` are the dates somebody lived there."""

    street: str
    town: str
    postcode: str
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def line(self) -> str:
        """Street and town."""
        return f"{self.street}, {self.town}"

    @property
    def full(self) -> str:
        """Street, town and postcode."""
        return f"{self.line} {self.postcode}"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the story. Treatments and outcomes are by kind of fact."""

    key: str
    role: Role
    relation: str
    sex: str
    forename: str
    surname: str
    nick: str = ""
    title: str = ""
    rank: str = ""
    former_surname: str = ""
    born: dt.date | None = None
    addresses: dict[str, Address] = field(default_factory=dict[str, Address])
    phone: str = ""
    new_phone: str = ""
    email: str = ""
    identifiers: dict[str, str] = field(default_factory=dict[str, str])
    job: str = ""
    team: str = ""
    organisation: str = ""
    person_id: str = ""
    worker_id: str = ""
    professional: bool = False
    protected: bool = False
    lived_with_subject: bool = False
    treatment: dict[str, str] = field(default_factory=dict[str, str])
    outcome: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def full(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}"

    def truth(self) -> TruthPerson:
        """The entry of this person in truth.json."""
        names = [TruthName(self.forename, self.surname, self.title, "current")]
        if self.former_surname:
            names.append(TruthName(self.forename, self.former_surname, "", "former"))
        if self.nick:
            names.append(TruthName(self.nick, self.surname, "", "known_as"))
        return TruthPerson(
            key=self.key,
            role=self.role.value,
            relation=self.relation,
            sex=self.sex,
            names=tuple(names),
            date_of_birth=self.born.isoformat() if self.born else "",
            addresses=tuple(a.full for a in self.addresses.values()),
            phones=tuple(p for p in (self.phone, self.new_phone) if p),
            emails=(self.email,) if self.email else (),
            identifiers=tuple(sorted(self.identifiers.items())),
            professional=self.professional,
            protected=self.protected,
            lived_with_subject=self.lived_with_subject,
            treatment=self.treatment,
            outcome=self.outcome,
        )


@dataclass(frozen=True, slots=True)
class Story:
    """The cast, the places and the fixed dates of one generated council."""

    seed: int
    origin: str
    people: dict[str, Someone]
    places: dict[str, str]
    request_date: dt.date

    @property
    def subject(self) -> Someone:
        """Who asks for their own file."""
        return self.people["subject"]

    def at(self, age: float) -> dt.date:
        """The first working day on or after the subject reached that age in years."""
        born = self.subject.born
        assert born is not None
        day = born + dt.timedelta(days=round(age * 365.25))
        return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
