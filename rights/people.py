"""Subject, requester and recipient: three roles that one person or three may fill.

All of it is personal data and lives sealed in the case's events.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


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


class Recipient(_Part):
    """To whom and how the answer goes."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    channel: Literal["post", "email", "collect"] = "post"


class RequestPeople(_Part):
    """The three roles of one case, and what must never be let slip in answering it."""

    subject: SubjectDetails
    requester: Literal["self", "parent", "agent", "other"] = "self"
    requester_name: str = ""
    recipient: Recipient
    asked_for: str = ""
    """What the request asks for, in the officer's words."""
    protected_facts: tuple[str, ...] = ()
    """Texts whose every trace blocks release: a safe address, a placement, a referrer's name."""
