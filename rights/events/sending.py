"""Letters, parts and packs on their way out, and the end of the case."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from rights.events.base import EventBase, Personal


class LetterMade(EventBase):
    """A letter was rendered; its bytes stand in the vault."""

    kind: Literal["letter_made"] = "letter_made"
    letter: str
    template: str
    sha256: str
    file: str
    to_send: bool = False
    """It goes out by itself once it is made; what older journals hold was posted by hand."""


class SendingStarted(EventBase):
    """About to send one letter, or a further copy: recorded before, so that nothing goes twice."""

    kind: Literal["sending_started"] = "sending_started"
    what: str
    """Id of the letter, or of the copy."""
    key: str
    sha256: str
    """Of the bytes that leave; of the hashes of several files in their order."""
    channel: str


class SendingConfirmed(EventBase):
    """The delivery adapter confirmed, or a person proved, that it was sent."""

    kind: Literal["sending_confirmed"] = "sending_confirmed"
    what: str
    key: str
    sent_on: dt.date
    receipt: Personal[str] = ""


class PartPlanned(EventBase):
    """Which documents the next part of the answer holds; the last part holds all that remain."""

    kind: Literal["part_planned"] = "part_planned"
    part: int
    documents: tuple[str, ...]
    last: bool


class PartDropped(EventBase):
    """A part planned early is not sent by itself after all; its documents join a later one."""

    kind: Literal["part_dropped"] = "part_dropped"
    part: int
    why: Personal[str]


class PackSealed(EventBase):
    """A response pack was built and passed the independent verifier."""

    kind: Literal["pack_sealed"] = "pack_sealed"
    part: int
    sha256: str
    pages: int
    code: Personal[str]
    """The four words printed at the end; sealed so that only a reader of the pack knows them."""
    file: str
    manifest_file: str
    letter_file: str
    verifier: str
    basis: int
    """Sequence number of the last event the pack rests on; a later decision voids the seal."""
    dated: dt.date | None = None
    """The day printed on its letter."""


class PackRefused(EventBase):
    """The verifier refused a pack; nothing may leave."""

    kind: Literal["pack_refused"] = "pack_refused"
    part: int
    causes: tuple[str, ...]
    report_file: str = ""


class PackApproved(EventBase):
    """A second person approved the exact pack, quoting the code printed at its end."""

    kind: Literal["pack_approved"] = "pack_approved"
    part: int
    sha256: str


class DispatchFrozen(EventBase):
    """Something has gone wrong: nothing of this case leaves until it is looked at."""

    kind: Literal["dispatch_frozen"] = "dispatch_frozen"
    why: Personal[str]


class DispatchReleased(EventBase):
    """What had gone wrong was looked at; the case may go on."""

    kind: Literal["dispatch_released"] = "dispatch_released"
    why: Personal[str]


class DispatchStarted(EventBase):
    """About to send: recorded before, so that a crash cannot send twice."""

    kind: Literal["dispatch_started"] = "dispatch_started"
    key: str
    sha256: str
    channel: str
    part: int = 1


class DispatchConfirmed(EventBase):
    """The delivery adapter confirmed, or a person proved, that it was sent."""

    kind: Literal["dispatch_confirmed"] = "dispatch_confirmed"
    key: str
    sent_on: dt.date
    receipt: Personal[str] = ""
    part: int = 1


class OutboxTaken(EventBase):
    """A person posted or handed over what a sending had put into the outbox."""

    kind: Literal["outbox_taken"] = "outbox_taken"
    key: str
    """The sending."""
    how: Literal["posted", "collected", "handed over"]
    taken_on: dt.date
    proof: Personal[str] = ""
    """A tracking number, or who took it."""


class OutboxCleared(EventBase):
    """The copy that lay in the outbox was removed, some days after it had been taken."""

    kind: Literal["outbox_cleared"] = "outbox_cleared"
    key: str
    cleared_on: dt.date


class CaseReopened(EventBase):
    """A closed case is taken up again, after a complaint or because something was missed."""

    kind: Literal["case_reopened"] = "case_reopened"
    why: Personal[str]
    by_case: str = ""
    """The complaint that asks for it."""


class CaseClosed(EventBase):
    """The case is answered in full or ended for another reason."""

    kind: Literal["case_closed"] = "case_closed"
    outcome: str
    closed_on: dt.date
