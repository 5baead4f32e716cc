"""What arrives and starts, stops or moves the clock: the request, its people, evidence, fees."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from rights.events.base import EventBase, Personal
from rights.release import Right


class CaseOpened(EventBase):
    """A request was received by anyone in the council; that day starts the clock (Art 12A)."""

    kind: Literal["case_opened"] = "case_opened"
    right: Right
    channel: str
    received_on: dt.date
    received_by: str
    danger: bool = False
    """The officer sees a risk to somebody; dispatch needs extra care and the DPO is told."""
    request_file: str = ""
    """Vault id of the request as it came; empty for a spoken request."""
    item: str = ""
    """Token of the intake item, which makes opening a case safe to repeat."""
    letter_of: str = ""
    """The case whose letter this request came in, when one letter was about several people."""


class ReceiptCorrected(EventBase):
    """The date of receipt was wrong; the reason is kept."""

    kind: Literal["receipt_corrected"] = "receipt_corrected"
    received_on: dt.date
    reason: Personal[str]


class PeopleRecorded(EventBase):
    """Who the request is about, who makes it, and to whom the answer goes.

    `people` is the JSON of `rights.people.RequestPeople`.
    """

    kind: Literal["people_recorded"] = "people_recorded"
    people: Personal[str]


class CaseTriaged(EventBase):
    """What came is no request under data protection law, or not ours to answer."""

    kind: Literal["case_triaged"] = "case_triaged"
    outcome: str
    """Code of a triage outcome in the law data."""
    law_version: str
    reason: Personal[str]
    letter: str = "triage"
    """Id of the letter that says so; empty when there is nobody to write to."""


class CaseLinked(EventBase):
    """This case and another belong together; both say so."""

    kind: Literal["case_linked"] = "case_linked"
    other: str
    why: Literal[
        "another person in the same letter",
        "another right in the same letter",
        "a complaint about it",
        "the same request twice",
    ]


class DecisionMade(EventBase):
    """A person, or the engine by rule, decided one matter of the request.

    Never changed: a later decision on the same matter says which one it supersedes.
    """

    kind: Literal["decision_made"] = "decision_made"
    decision: str
    """Stable id within the case, such as ``competence/under-16/1``; free of personal data."""
    matter: str
    """What was decided: 'competence', 'outcome', 'regulator contact' ... as the law data has it."""
    outcome: str
    """Code of the outcome, as the law data has it."""
    decided_on: dt.date
    rules: tuple[str, ...] = ()
    """Ids of the rules that were applied."""
    law_version: str
    """SHA-256 of the law data it was made under."""
    facts: Personal[str] = ""
    """The facts the rules were applied to, as a JSON object."""
    supersedes: str = ""
    """Id of the decision it takes the place of."""


class EvidenceAsked(EventBase):
    """Identity or authority was asked for. Without a recorded doubt the clock does not restart."""

    kind: Literal["evidence_asked"] = "evidence_asked"
    what: Literal["identity", "authority"]
    asked_on: dt.date
    doubt: Personal[str] = ""
    doubt_recorded: bool = False
    letter: str = ""


class EvidenceReceived(EventBase):
    """The identity or authority evidence came. What was seen is noted, never copied."""

    kind: Literal["evidence_received"] = "evidence_received"
    what: Literal["identity", "authority"]
    received_on: dt.date
    seen: Personal[str] = ""


class FeeCharged(EventBase):
    """A reasonable fee was charged (Art 12(5))."""

    kind: Literal["fee_charged"] = "fee_charged"
    asked_on: dt.date
    pence: int
    reasons: Personal[str] = ""
    letter: str = ""


class FeePaid(EventBase):
    """The fee was paid; the month runs from this day (Art 12A(2)(c))."""

    kind: Literal["fee_paid"] = "fee_paid"
    paid_on: dt.date


class ClockPaused(EventBase):
    """Further information was asked for; access requests only (Art 12A(5))."""

    kind: Literal["clock_paused"] = "clock_paused"
    asked_on: dt.date
    question: Personal[str]
    letter: str = ""
    """Id of the letter that asked."""


class ClockResumed(EventBase):
    """The answer to the clarification came."""

    kind: Literal["clock_resumed"] = "clock_resumed"
    answered_on: dt.date


class TimeExtended(EventBase):
    """Two further months, by notice with reasons inside the first (Art 12A(3)-(4))."""

    kind: Literal["time_extended"] = "time_extended"
    noticed_on: dt.date
    ground: Literal["complexity", "number of requests"]
    reasons: Personal[str]
    letter: str = ""


class ItemArrived(EventBase):
    """Something else about the case arrived and was filed."""

    kind: Literal["item_arrived"] = "item_arrived"
    what: str
    arrived_on: dt.date
    file: str = ""
