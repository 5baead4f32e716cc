"""The periods that a case's facts give, from whatever start: the first, and the extended one.

* Art 12A(3)-(4): an extended period is counted from the same start, and only when notice with
  reasons was given before the first period ended.
* Art 12A(5): a question pauses the time of an access request, never of another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rights.clock.count import Measured, add_months, count_days, measure
from rights.clock.facts import ClockFacts, Pause
from rights.law import Law
from rights.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Span:
    """Both periods that one start gives; they are the same where nothing extends the first."""

    first: Measured
    whole: Measured
    extended: bool


@dataclass(frozen=True, slots=True)
class Periods:
    """Counts the periods of one case under the law of its day of receipt."""

    facts: ClockFacts
    law: Law
    calendar: Calendar

    @property
    def months(self) -> int:
        """Length of the first period."""
        return self.law.number("time.period", self.facts.received_on)

    @property
    def extended_months(self) -> int:
        """Length of the period once it is extended, from the same start."""
        return self.months + self.law.number("time.extension", self.facts.received_on)

    @property
    def may_extend(self) -> bool:
        """Whether the right used knows an extension."""
        rights = self.law.words("time.extension_rights", self.facts.received_on)
        return self.facts.right.value in rights

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The questions that may pause the right used."""
        allowed = self.law.words("time.pause_rights", self.facts.received_on)
        return self.facts.pauses if self.facts.right.value in allowed else ()

    def span(self, start: dt.date, pauses: Iterable[Pause] | None = None) -> Span:
        """Both periods from a start.

        Args:
            start: The relevant day.
            pauses: Those to count; by default all that are lawful.

        Raises:
            ConfigError: ``clock.past_horizon``.
        """
        lawful = self.pauses if pauses is None else tuple(pauses)
        resumes = not self.law.switch("time.pause_reply_day", self.facts.received_on)
        first = measure(start, self.months, lawful, self.calendar, reply_day_counts=resumes)
        if not self._extends(first):
            return Span(first, first, extended=False)
        months = self.extended_months
        whole = measure(start, months, lawful, self.calendar, reply_day_counts=resumes)
        return Span(first, whole, extended=True)

    def is_over(self, start: dt.date, day: dt.date) -> bool:
        """Whether the period from a start had ended before a day."""
        if day <= add_months(start, self.months):
            return False  # nothing ends a period before its month is out
        due = self.span(start).whole.due
        return due is not None and day > due

    def standing(self, start: dt.date, span: Span) -> dt.date:
        """The day to plan with while a question or something awaited leaves no date."""
        if span.whole.due is not None:
            return span.whole.due
        closed = [pause for pause in self.pauses if pause.answered_on is not None]
        return self.span(start, closed).whole.due or start

    def target(self, span: Span) -> dt.date | None:
        """The flat target for each month of the period, pauses added, never after the end."""
        if span.whole.due is None:
            return None
        months = self.extended_months if span.extended else self.months
        days = self.law.number("target.internal", self.facts.received_on) * months
        target = count_days(span.whole.start, days, span.whole.gaps)
        return min(target, span.whole.due) if target else None

    def reply_day_due(self, span: Span) -> dt.date | None:
        """The end if the day of each answer counted: the older, earlier reading."""
        months = self.extended_months if span.extended else self.months
        whole = span.whole
        return measure(whole.start, months, whole.counted, self.calendar, reply_day_counts=True).due

    def _extends(self, first: Measured) -> bool:
        extension = self.facts.extension
        return (
            extension is not None
            and self.may_extend
            and extension.reasons_recorded
            and extension.ground in self.law.words("time.extension_notice", self.facts.received_on)
            and (first.due is None or extension.noticed_on <= first.due)
        )
