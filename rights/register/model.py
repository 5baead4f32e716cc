"""What the council processes, why, from whom, for whom and for how long, as its notice says it.

Configuration, not code: YAML files of the council below ``register/``. `schema.json` beside this
module is made from these models, for editors; loading goes through the models themselves.

Law: UK GDPR Arts 13, 14 and 30 (what a controller says and records), 15(1) (what it tells).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Id = str
"""Short stable name of an entry, written in lower case with underscores."""

Sensitive = Literal["", "special", "offences"]


class Part(BaseModel):
    """Base of every entry: nothing that is not known, nothing changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Contact(Part):
    """Where a notice to a body goes: a desk, not a person."""

    desk: str = Field(min_length=2)
    email: str = ""
    phone: str = ""
    address: tuple[str, ...] = ()


class Category(Part):
    """A kind of personal data.

    Attributes:
        sensitive: 'special' for a special category, 'offences' for criminal offences.
        used_for: What it is used for when that cannot be guessed; a gap when a special category
            is listed and nobody can say why.
    """

    id: Id
    text: str
    sensitive: Sensitive = ""
    used_for: str = ""


class Origin(Part):
    """Somebody that data are collected from."""

    id: Id
    text: str


class Recipient(Part):
    """Somebody that data may be passed to.

    Attributes:
        text: The kind of recipient, as the person reads it.
        why: In which case, as the person reads it after the kind.
        names: The actual bodies, when the council knows them.
        name_may_be_told: The actual name may be told to the person; False where that would put
            somebody at risk or tell of an investigation.
        contact: Where to send word of a correction, erasure or restriction.
        no_contact: Why there is none, such as "only figures that identify nobody are passed on".
        anonymous: What is passed on identifies nobody, so no notice is owed.
    """

    id: Id
    text: str
    why: str
    names: tuple[str, ...] = ()
    name_may_be_told: bool = True
    contact: Contact | None = None
    no_contact: str = ""
    anonymous: bool = False


class Processor(Part):
    """A body that holds or uses data on the council's behalf and on its instructions.

    Attributes:
        source: Name of the source under which it is searched; '' when it is not.
        asked_by_letter: It is asked in writing instead of searched, and who is asked.
    """

    id: Id
    name: str
    does: str
    source: str = ""
    asked_by_letter: Contact | None = None


class Purpose(Part):
    """What data are used for, with the bases that allow it.

    Attributes:
        bases: Names of bases of the law data (``basis.<name>``): one of Article 6 at least, and
            one of Article 9 with its condition where the data are sensitive.
        categories: The kinds of data used for it; empty for all of the service's.
        legislation: Acts and guidance that give the task, as the council cites them.
        compelling: Why the use would go on against an objection; facts for whoever weighs it.
        necessary: Why keeping the data is necessary although erasure is asked for; facts too.
    """

    id: Id
    text: str
    bases: tuple[str, ...] = Field(min_length=1)
    categories: tuple[Id, ...] = ()
    legislation: tuple[str, ...] = ()
    compelling: str = ""
    necessary: str = ""


class Holding(Part):
    """A source in which a service's data lie.

    Attributes:
        source: Name of a mapping in the council's sources.
        tables: Only these tables of it; empty for all.
        by_machine: Held in a computer; paper is not.
    """

    source: str
    tables: tuple[str, ...] = ()
    by_machine: bool = True


class Consent(Part):
    """Something that is done only because the person agreed.

    Attributes:
        what: What the person agreed to.
        stops: What stops when consent is taken back.
        goes_on: What is still done afterwards; '' when nothing is.
        goes_on_basis: The bases of what goes on, by name.
        sources: Where it has to be stopped.
    """

    id: Id
    what: str
    stops: str
    goes_on: str = ""
    goes_on_basis: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Marketing(Part):
    """Direct marketing that the service does.

    Attributes:
        what: What is sent.
        channel: How it reaches the person ("email").
        suppress_in: Source whose list of people not to write to is kept; '' when there is none.
    """

    id: Id
    what: str
    channel: str
    suppress_in: str = ""


class Machine(Part):
    """A decision made by machine, or profiling that feeds one.

    Attributes:
        what: What is decided or scored.
        logic: How, in plain words.
        effect: What follows for the person.
        alone: No person takes a meaningful part.
        sensitive: Sensitive data go into it.
        person: Who looks again when asked, by role.
    """

    id: Id
    what: str
    logic: str
    effect: str
    alone: bool
    sensitive: bool
    person: str


class Automated(Part):
    """Whether a service decides or scores by machine, and what it tells people about that.

    Attributes:
        answer: 'none', 'some', or 'unknown' until somebody has looked.
        text: What the person is told, as sentences.
        decisions: Each of them.
    """

    answer: Literal["none", "some", "unknown"]
    text: str
    decisions: tuple[Machine, ...] = ()


class Transfers(Part):
    """Whether data leave the United Kingdom, and under which safeguards."""

    any: bool
    text: str
    safeguards: str = ""


Event = Literal["born", "died", "last_entry", "closed", "adoption_order", "financial_year_end"]


class Term(Part):
    """One length of keeping, and when it applies.

    Attributes:
        years: How long.
        after: The event that it is counted from.
        died_before: Only for somebody who died before this age.
        last_entry_at: Only when the last entry was made at this age.
    """

    years: int = Field(ge=0, le=200)
    after: Event
    died_before: int | None = None
    last_entry_at: int | None = None


class Retention(Part):
    """How long one kind of record is kept.

    Attributes:
        text: As the person reads it.
        terms: Those with a condition come before the one without.
        basis: The enactment or schedule that it rests on; '' is a gap.
        status: 'checked', or 'unverified' where nobody has read the source.
        reviewed_by: Who decides on the day, by role. Nothing is destroyed by itself.
        records: Record classes, as `retention_of` is asked for them: "source/table" or "source".
    """

    id: Id
    title: str
    text: str
    terms: tuple[Term, ...] = Field(min_length=1)
    basis: str = ""
    status: Literal["checked", "unverified"] = "unverified"
    reviewed_by: str
    records: tuple[str, ...] = ()


class Service(Part):
    """One service of the council: a file of its own.

    Attributes:
        about: What it does, in a sentence.
        held_in: Where its data lie; empty is a gap.
        retention: The rule for its main records.
        gives: Whether people supply data to it themselves, for portability.
    """

    id: Id = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    about: str
    purposes: tuple[Purpose, ...] = Field(min_length=1)
    categories: tuple[Id, ...] = Field(min_length=1)
    origins: tuple[Id, ...] = Field(min_length=1)
    recipients: tuple[Id, ...] = ()
    processors: tuple[Id, ...] = ()
    held_in: tuple[Holding, ...] = ()
    retention: Id
    gives: bool = False
    automated: Automated | None = None
    transfers: Transfers | None = None
    marketing: tuple[Marketing, ...] = ()
    consent_based: tuple[Consent, ...] = ()


class Officer(Part):
    """The Data Protection Officer, as the notice names the office."""

    name: str
    address: tuple[str, ...]
    phone: str
    email: str


class Shared(Part):
    """``shared.yaml``: what several services name.

    Attributes:
        people: Whose data are held.
        financial_year_end: Month and day, as "03-31".
        automated, transfers: What holds for every service that says nothing of its own.
    """

    title: str
    controller: str
    covers: str
    officer: Officer
    people: tuple[str, ...]
    categories: tuple[Category, ...]
    origins: tuple[Origin, ...]
    recipients: tuple[Recipient, ...]
    processors: tuple[Processor, ...]
    automated: Automated
    transfers: Transfers
    financial_year_end: str = Field(pattern=r"^\d\d-\d\d$")


class Superseded(Part):
    """A source of law or guidance that the notice names although it has been replaced."""

    named: str
    replaced_by: str
    status: Literal["checked", "unverified"] = "unverified"


class Notice(Part):
    """``notice.yaml``: what the council's privacy notice says about the law, and as of when.

    Attributes:
        rights: Rule of the law data, and the day on which the notice's words about it were right.
            A right of the law data that is not here is not in the notice.
        says_retention: It gives periods, or only points to a schedule.
        legislation: What it names as its legal framework.
        superseded: What of that has been replaced.
    """

    title: str
    seen_on: dt.date
    rights: dict[str, dt.date]
    says_retention: bool
    legislation: tuple[str, ...]
    superseded: tuple[Superseded, ...] = ()


class LeftOut(Part):
    """A statement of the notice that the register does not carry, and why."""

    id: Id
    statement: str
    why: str


class RetentionFile(Part):
    """``retention.yaml``."""

    rules: tuple[Retention, ...]


class LeftOutFile(Part):
    """``left_out.yaml``."""

    left_out: tuple[LeftOut, ...]
