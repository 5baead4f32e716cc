"""What is done in source systems, who is told of it, and breaches."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from rights.events.base import EventBase, Personal


class ActionStarted(EventBase):
    """About to act in a source: recorded before, so that a crash cannot act twice."""

    kind: Literal["action_started"] = "action_started"
    key: str
    """The order's key; it takes effect once, whoever repeats it."""
    source: str
    act: str
    """Erase, correct, annotate, restrict, lift or suppress."""
    point: str = ""
    """The point or decision it carries out."""
    order: Personal[str]
    """The order with its record, as a JSON object."""


class ActionDone(EventBase):
    """The source did it, or a person did, and what the record shows now was read anew."""

    kind: Literal["action_done"] = "action_done"
    key: str
    proved: bool
    """Whether the source, read through a fresh connection, shows the effect."""
    by_hand: bool = False
    done_on: dt.date
    receipt: Personal[str]
    """What the adapter or the person said, as a JSON object."""


class ActionsFinished(EventBase):
    """Everything that the decision calls for in the sources is done."""

    kind: Literal["actions_finished"] = "actions_finished"
    actions: int


class RecipientTold(EventBase):
    """A recipient was told what was corrected, erased or restricted, or why not (Art 19)."""

    kind: Literal["recipient_told"] = "recipient_told"
    recipient: str
    """Code of the recipient in the council's register."""
    told_on: dt.date | None
    """None when telling is impossible or asks too much, or nothing was ever disclosed to it."""
    letter: str = ""
    why_not: Personal[str] = ""


class RecipientsFinished(EventBase):
    """Every recipient was told, or it is recorded why not."""

    kind: Literal["recipients_finished"] = "recipients_finished"
    recipients: int


class RestrictionChecked(EventBase):
    """Whether a source still honours a restriction that was set there."""

    kind: Literal["restriction_checked"] = "restriction_checked"
    key: str
    """The order that set it."""
    checked_on: dt.date
    honoured: bool


class BreachNoted(EventBase):
    """Something of this case reached the wrong person or was lost (UK GDPR Art 33)."""

    kind: Literal["breach_noted"] = "breach_noted"
    breach: str
    found_at: dt.datetime
    severity: Literal["low", "medium", "high"]
    what: Personal[str]


class BreachAssessed(EventBase):
    """Whether a breach is told to the Commissioner and to the people, and why (Arts 33, 34)."""

    kind: Literal["breach_assessed"] = "breach_assessed"
    breach: str
    commissioner_told_at: dt.datetime | None = None
    """None when it is unlikely to be a risk, or while that is still to be done."""
    people_told_on: dt.date | None = None
    reportable: bool
    reason: Personal[str]


class RegulatorContacted(EventBase):
    """The Commissioner or a court wrote about this case: a complaint, its end, a claim."""

    kind: Literal["regulator_contacted"] = "regulator_contacted"
    what: Literal["complaint", "complaint closed", "reprimand", "court claim", "court order"]
    received_on: dt.date
    reference: Personal[str] = ""
