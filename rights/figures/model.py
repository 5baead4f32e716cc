"""The figures of a period, before anything is shown or hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from rights.breaches import BreachState
from rights.figures.facts import Period
from rights.people import RequestPeople

REQUESTERS: tuple[str, ...] = get_args(RequestPeople.model_fields["requester"].annotation)
SELF, CHILD = "self", "self, a child"
"""Somebody who asks for their own data and was not of age when the request came."""
NOT_RECORDED, DESTROYED = "not recorded yet", "no longer known (destroyed)"

FULL, PART, NOTHING = "in full", "in part", "nothing held"
ANSWERED, REFUSED, EXEMPT, OTHER = "answered, no more known", "refused", "exempt", "other"
NEITHER = "neither confirmed nor denied"
OUTCOMES = (PART, FULL, NOTHING, REFUSED, EXEMPT, NEITHER, ANSWERED, OTHER)
"""How an answer ended, as the requester was told it: silent withholding changes nothing here."""

WITHDRAWN, LAPSED, NO_DATE = "withdrawn", "lapsed", "answered while no due date stood"
TRIAGED = "no request to us under this law"
ENDINGS = (WITHDRAWN, TRIAGED, LAPSED, NO_DATE)
"""Closed without a due date; kept apart because nothing was late or in time."""

EACH_NOTIFIED, EXCEPTION = "each notified", "exception recorded"
"""How it ended with those who had the data, in the words of the law data."""

IN_TIME, LATE = "in time", "late"
ACK_PENDING = "not due yet"
COMPLAINT_OUTCOMES = ("upheld", "partly upheld", "not upheld", OTHER)

VALID, TOO_LATE, VOID = "in time and with reasons", "late, so void", "void for another reason"
NOTICES = (VALID, TOO_LATE, VOID)
"""A notice that came late, gave no reasons or was not allowed extends nothing (Art 12A(4))."""

SEVERITIES = ("high", "medium", "low")
BREACH_STATES: tuple[str, ...] = tuple(BreachState)
COMMISSIONER, COMMISSIONER_CLOSED, REPRIMAND = "complaint", "complaint closed", "reprimand"
NO_SERVICE, NO_ANSWER_YET = "no records sent", "not answered yet"

AGE_BANDS = (1, 3, 6, 12, 24)
"""Upper ends in months of the bands of lateness; the last band is open."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Whole days gathered over several cases. A count, a total and a median; never a list."""

    days: Mapping[int, int] = field(default_factory=dict[int, int])
    """Number of days -> how many cases: grows with the days there are, not with the cases."""

    @property
    def count(self) -> int:
        """How many cases."""
        return sum(self.days.values())

    @property
    def total(self) -> int:
        """All days together."""
        return sum(days * count for days, count in self.days.items())

    @property
    def median(self) -> float | None:
        """The middle value, or the mean of the two middle ones; None for no cases."""
        if not self.count:
            return None
        low, high = (self.count - 1) // 2, self.count // 2
        return (self._at(low) + self._at(high)) / 2

    def _at(self, place: int) -> int:
        passed = 0
        for days in sorted(self.days):
            passed += self.days[days]
            if passed > place:
                return days
        raise AssertionError("a place beyond the count")


@dataclass(frozen=True, slots=True)
class Oldest:
    """The open request that has been late the longest."""

    ref: str
    received_on: dt.date
    due: dt.date
    days_late: int


@dataclass(frozen=True, slots=True)
class CodeUse:
    """One exemption over all answers of the period."""

    cases: int = 0
    pages: int = 0
    passages: int = 0


Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Every figure of a period. Requests are all rights but the complaint, which is told apart.

    Attributes:
        period: The days asked for.
        as_at: The day that "open" is told for: the last of the period, or today if earlier.
        law_version: SHA-256 of the law data that the times were counted by.
        received_by_right: Requests and complaints first received in the period, by right.
        received_by_channel: The same by how they came.
        received_by_requester: The same by who asks.
        received_by_service: Access requests received in the period, by the services whose records
            were sent by `as_at`; one may be told of several.
        logged_late: Requests received in the period whose time had gone when they were logged.
        lag: Days from receipt to logging.
        open_states: Requests open at `as_at`, by where their time stands.
        overdue_bands: Those that are late, by months since they were due.
        oldest: The one late the longest.
        answered: Requests closed in the period that had a due date: right -> in time or late.
        strict: The same by whether the answer went within the first period of first receipt.
        outcomes: The same by outcome.
        ended: Requests closed in the period without a due date, by how.
        triaged: Those of them that were no request to us under this law, by what they were.
        ended_as: Everything closed in the period: right -> the outcome that closed it, in the
            words of the decision.
        recipients: Requests closed in the period of which somebody else had to be told, by whether
            each was (Art 19).
        in_parts: Days from the first part to the last, of requests answered in several parts.
        on_hand: Requests of extendable rights that were open on some day of the period.
        notices: Notices of extension given in the period: valid or void.
        notice_grounds: The same by ground.
        questions: Questions of clarification asked in the period.
        paused: Days left out of the time of requests answered in the period that were paused.
        unanswered: Requests closed in the period with a question never answered.
        uses: Exemptions used in answers of the period, by code.
        opinions_asked: Health opinions asked for in the period.
        opinion_wait: Days to those recorded in the period.
        opinions_expired: Health opinions that ran out in the period before the answer was sent.
        complaints_open: Complaints open at `as_at`.
        acknowledgements: Complaints received in the period: acknowledged in time, late, or open.
        complaint_outcomes: Complaints closed in the period, by outcome.
        complaint_causes: Complaints that were right, by their main cause.
        complaint_days: Days from their receipt to their outcome.
        commissioner: Letters of the Commissioner that came in the period, by kind.
        breaches: Breaches found in the period, by severity.
        breaches_told: The same by where they stood at `as_at`.
        reminders: Reminders that left in the period.
    """

    period: Period
    as_at: dt.date
    law_version: str
    received_by_right: Counts
    received_by_channel: Counts
    received_by_requester: Counts
    received_by_service: Counts
    logged_late: int
    lag: Spread
    open_states: Counts
    overdue_bands: Counts
    oldest: Oldest | None
    answered: Mapping[str, Counts]
    strict: Counts
    outcomes: Counts
    ended: Counts
    triaged: Counts
    ended_as: Mapping[str, Counts]
    recipients: Counts
    in_parts: Spread
    on_hand: int
    notices: Counts
    notice_grounds: Counts
    questions: int
    paused: Spread
    unanswered: int
    uses: Mapping[str, CodeUse]
    opinions_asked: int
    opinion_wait: Spread
    opinions_expired: int
    complaints_open: int
    acknowledgements: Counts
    complaint_outcomes: Counts
    complaint_causes: Counts
    complaint_days: Spread
    commissioner: Counts
    breaches: Counts
    breaches_told: Counts
    reminders: int

    @property
    def received(self) -> int:
        """Requests and complaints first received in the period."""
        return sum(self.received_by_right.values())

    @property
    def open_requests(self) -> int:
        """Requests open at `as_at`."""
        return sum(self.open_states.values())

    @property
    def closed_with_due(self) -> int:
        """Requests closed in the period that had a due date."""
        return sum(self.outcomes.values())

    @property
    def closed_in_time(self) -> int:
        """Of those, the ones that went by the date as lawfully moved."""
        return sum(row.get(IN_TIME, 0) for row in self.answered.values())

    @property
    def overdue(self) -> int:
        """Open requests that are late."""
        return sum(self.overdue_bands.values())
