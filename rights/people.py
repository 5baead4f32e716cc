"""Subject, requester and recipient: three roles that one person or three may fill.

All of it is personal data and lives sealed in the case's events. Every field that was added later
has a default, so that what was recorded before still reads.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rights.release import Right

RequesterKind = Literal["self", "parent", "agent", "deputy", "body", "other"]
"""The person; somebody with parental responsibility; somebody they asked to act; a deputy or
attorney; a representative body (UK GDPR Art 80); somebody whose standing is not known yet."""
ReadingFormat = Literal["", "paper", "large print", "screen reader", "easy read"]
"""How the reader wants letters and records; empty where they did not say."""
ReadingHelp = Literal[
    "in parts", "single documents", "read with someone", "call before", "call after"
]
"""What somebody asked for who finds it hard to read such a file, or to read it alone."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GivenName(_Part):
    """A name as the request or the officer gives it."""

    forenames: str = ""
    surname: str = Field(min_length=1)
    kind: Literal["current", "former", "alias", "known_as"] = "current"


class SubjectDetails(_Part):
    """Whom the request is about, as far as the search needs to know."""

    names: tuple[GivenName, ...] = Field(min_length=1)
    date_of_birth: dt.date | None = None
    addresses: tuple[str, ...] = ()
    """Each with its postcode at the end."""
    nhs: str = ""
    upn: str = ""
    nino: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    died_on: dt.date | None = None
    """Personal data are those of living people (DPA 2018 s.3(2))."""


class FurtherPerson(_Part):
    """Somebody else whom the same letter is about; they get a case of their own."""

    subject: SubjectDetails
    relation: Literal["requester", "child", "acts for", "other"] = "other"
    """What they are to whoever asks: the same person, their child, one they act for, or other."""
    key: str = ""
    """Made when it is first recorded, so that a correction opens no second case."""


class Recipient(_Part):
    """To whom and how the answer goes."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    channel: Literal["post", "email", "collect"] = "post"
    format: ReadingFormat = ""
    known_as: str = ""
    """The name to use to them; by default the name itself."""


class DaysToAvoid(_Part):
    """Days on which nothing is to reach the person: a birthday, an anniversary, a court day."""

    first: dt.date
    last: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> DaysToAvoid:
        if self.last < self.first:
            raise ValueError("the last day lies before the first")
        return self

    def holds(self, day: dt.date) -> bool:
        """Whether a day is one of them, both ends included."""
        return self.first <= day <= self.last


class ReadingSupport(_Part):
    """How to reach the person safely, and what helps them to read what comes.

    Asked for at receipt. It never moves the day by which the law wants an answer.
    """

    times: str = ""
    """When it is safe to get in touch, in the person's words."""
    by: Literal["", "post", "email", "telephone", "text message"] = ""
    """How it is safe to get in touch; empty where they did not say."""
    never: str = ""
    """What must not be done: no messages left, no letters with the council's name outside."""
    helps: tuple[ReadingHelp, ...] = ()
    avoid: tuple[DaysToAvoid, ...] = ()

    def avoided(self, day: dt.date) -> DaysToAvoid | None:
        """The days to avoid that a day is among; None where nothing speaks against it."""
        return next((days for days in self.avoid if days.holds(day)), None)


class RequestPeople(_Part):
    """The three roles of one case, and what must never be let slip in answering it."""

    subject: SubjectDetails
    requester: RequesterKind = "self"
    requester_name: str = ""
    recipient: Recipient
    answer_to: Literal["requester", "subject", "somebody else"] = "requester"
    """Whom the recipient is, by the wish of whoever asks."""
    asked_for: str = ""
    """What the request asks for, in the officer's words."""
    protected_facts: tuple[str, ...] = ()
    """Texts whose every trace blocks release: a safe address, a placement, a referrer's name."""
    others: tuple[FurtherPerson, ...] = ()
    """Further people whom the same letter is about."""
    rights_also: tuple[Right, ...] = ()
    """Further rights used for the same subject in the same letter."""
    coercion_suspected: bool = False
    """Somebody seems to make the person ask, which is an offence (DPA 2018 s.184)."""
    support: ReadingSupport = ReadingSupport()
    """How the recipient can be reached safely, and what helps them to read."""

    @property
    def goes_to_subject(self) -> bool:
        """Whether the answer goes to the person the records are about."""
        return self.answer_to == "subject" or (
            self.requester == "self" and self.answer_to == "requester"
        )
