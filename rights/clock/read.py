"""Reads the time of a case from its facts, with the working.

The law is UK GDPR Art 12A (in force 5 February 2026; before it Art 12(3)), counted as Regulation
1182/71 Art 3 says, with the values, dates of force and citations of ``rights/law``. Nothing is
stored and nothing is added to a stored date: the period is counted from its start every time.

* Art 12A(2): the start is the latest of receipt, identity information and payment of a fee.
* Art 12A(3)-(4): an extended period is counted from the same start, and only when notice with
  reasons was given before the first period ended.
* Art 12A(5): a question pauses the time of an access request, never of another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from rights.clock import words
from rights.clock.count import Measured, add_months, count_days, left_out, measure
from rights.clock.facts import (
    Caution,
    Clock,
    ClockFacts,
    ClockState,
    Pause,
    Rejected,
    Step,
    Trigger,
)
from rights.clock.validate import check_dates
from rights.law import Law
from rights.release import Right
from rights.workdays import Calendar, calendar_of, english, next_working_day

_STATES = {
    "identity": ClockState.AWAITING_ID,
    "authority": ClockState.AWAITING_AUTHORITY,
    "fee": ClockState.AWAITING_FEE,
}


def read_clock(facts: ClockFacts, today: dt.date, law: Law) -> Clock:
    """The time of a case as it stands on a day.

    For a complaint `due` is the last day to acknowledge it (DPA 2018 s.164A); there is no fixed
    day for the outcome. For a withdrawal of consent no month is allowed (Art 7(3)): `due` is the
    day of receipt, or the next working day.

    Args:
        facts: What happened, in any order.
        today: The local day to read the time for.
        law: The law data.

    Raises:
        InputError: ``clock.impossible_date`` when a date cannot be (an answer before its question).
        ConfigError: ``clock.past_horizon`` when a date lies beyond the confirmed holidays.
    """
    check_dates(facts)
    return _Reading(facts, today, law).clock()


@dataclass(frozen=True, slots=True)
class _Span:
    """Both periods that one start gives."""

    first: Measured
    whole: Measured
    extended: bool


@dataclass(slots=True)
class _Reading:
    """One reading of one case: the working grows as the facts are gone through."""

    facts: ClockFacts
    today: dt.date
    law: Law
    calendar: Calendar = field(init=False)
    steps: list[Step] = field(default_factory=list[Step])
    rejected: list[Rejected] = field(default_factory=list[Rejected])
    cautions: list[Caution] = field(default_factory=list[Caution])

    def __post_init__(self) -> None:
        self.calendar = calendar_of(self.law)

    def clock(self) -> Clock:
        facts = self.facts
        self._receipt()
        if facts.right is Right.COMPLAINT:
            return self._other_period(words.complaint_steps)
        if facts.right.value in self.law.words("time.at_once", facts.received_on):
            return self._other_period(words.at_once_steps)
        start, awaited = self._start()
        span = self._span(start)
        self._explain_period(span, awaited)
        standing = self._standing(start, span)
        if awaited:
            self._awaiting(awaited)
        return self._finish(span, standing, awaited)

    def cite(self, rule_id: str) -> str:
        """Where a rule stood for a request received on that day."""
        return self.law.dated(rule_id, self.facts.received_on).citation

    def _step(self, rule_id: str, text: str) -> None:
        self.steps.append(Step(text, rule_id, self.cite(rule_id)))

    def _reject(self, code: str, rule_id: str, text: str) -> None:
        self.rejected.append(Rejected(code, text, rule_id, self.cite(rule_id)))

    def _receipt(self) -> None:
        received = self.facts.received_on
        self._step("time.receipt", words.received(received, self.calendar))
        if (lag := self._lag()) and self.facts.recorded_on:
            self.cautions.append(words.late_recognition(self.facts.recorded_on, lag))

    def _lag(self) -> int | None:
        recorded = self.facts.recorded_on
        return None if recorded is None else (recorded - self.facts.received_on).days

    def _start(self) -> tuple[dt.date, tuple[str, ...]]:
        """The relevant day by what has come so far, and what is still awaited."""
        start = self.facts.received_on
        if not self.law.switch("time.receipt", start):
            start = next_working_day(start, self.calendar)
        awaited: list[str] = []
        for what, trigger in self._triggers():
            rule_id = f"time.restart_{what}"
            if not self.law.switch(rule_id, self.facts.received_on):
                self._reject("clock.no_restart", rule_id, words.no_restart(what, trigger))
            elif not trigger.grounds_recorded:
                self._reject("clock.no_grounds", rule_id, words.no_grounds(what, trigger))
            elif not awaited and self._is_over(start, trigger.asked_on):
                self._reject("clock.asked_too_late", rule_id, words.trigger_late(what, trigger))
            elif trigger.met_on is None:
                awaited.append(what)
                self._step(rule_id, words.awaited(what, trigger))
            else:
                start = max(start, trigger.met_on)
                self._step(rule_id, words.restarted(what, trigger))
                if what == "authority":
                    self.cautions.append(words.authority_reading())
        return start, tuple(awaited)

    def _triggers(self) -> list[tuple[str, Trigger]]:
        facts = self.facts
        every = [
            *(("identity", t) for t in facts.identity),
            *(("authority", t) for t in facts.authority),
            *(("fee", t) for t in facts.fee),
        ]
        every.sort(key=_in_order)
        limit = self.law.number("warning.identity_asked", facts.received_on)
        for what, trigger in every:
            days = (trigger.asked_on - facts.received_on).days
            if days > limit and what != "fee":
                self.cautions.append(words.asked_late(what, days))
        return every

    def _is_over(self, start: dt.date, day: dt.date) -> bool:
        """Whether the period from that start had ended before a day."""
        if day <= add_months(start, self.law.number("time.period", self.facts.received_on)):
            return False  # nothing ends a period before its month is out
        due = self._span(start).whole.due
        return due is not None and day > due

    def _pauses(self) -> tuple[Pause, ...]:
        allowed = self.law.words("time.pause_rights", self.facts.received_on)
        return self.facts.pauses if self.facts.right.value in allowed else ()

    def _span(self, start: dt.date, pauses: Iterable[Pause] | None = None) -> _Span:
        on = self.facts.received_on
        lawful = self._pauses() if pauses is None else tuple(pauses)
        months = self.law.number("time.period", on)
        resumes = not self.law.switch("time.pause_reply_day", on)
        first = measure(start, months, lawful, self.calendar, reply_day_counts=resumes)
        if not self._extends(first):
            return _Span(first, first, extended=False)
        months += self.law.number("time.extension", on)
        whole = measure(start, months, lawful, self.calendar, reply_day_counts=resumes)
        return _Span(first, whole, extended=True)

    def _extends(self, first: Measured) -> bool:
        extension = self.facts.extension
        return (
            extension is not None
            and self._may_extend()
            and extension.reasons_recorded
            and extension.ground in self.law.words("time.extension_notice", self.facts.received_on)
            and (first.due is None or extension.noticed_on <= first.due)
        )

    def _may_extend(self) -> bool:
        rights = self.law.words("time.extension_rights", self.facts.received_on)
        return self.facts.right.value in rights

    def _explain_period(self, span: _Span, awaited: tuple[str, ...]) -> None:
        if not awaited:
            self._explain_count(span)
            self._explain_extension(span)
        if span.whole.due is None or not awaited:
            self._explain_pauses(span.whole)
        if not awaited:
            self._explain_end(span.whole)

    def _explain_count(self, span: _Span) -> None:
        months = self.law.number("time.period", self.facts.received_on)
        self._step("time.period", words.months_from(span.first, months))

    def _explain_extension(self, span: _Span) -> None:
        extension = self.facts.extension
        if extension is None:
            return
        rule_id = "time.extension_notice"
        last = span.first.due
        if span.extended:
            on = self.facts.received_on
            months = self.law.number("time.period", on) + self.law.number("time.extension", on)
            self._step("time.extension", words.extended(extension, last, span.whole, months))
            if span.first.unrolled and extension.noticed_on > span.first.unrolled:
                self.cautions.append(words.notice_on_rolled_day())
        elif not self._may_extend():
            self._reject("clock.no_extension", "time.extension_rights", words.cannot_extend())
        elif not extension.reasons_recorded:
            self._reject("clock.extension_without_reasons", rule_id, words.no_reasons(extension))
        elif last is not None and extension.noticed_on > last:
            self._reject("clock.extension_late", rule_id, words.extension_late(extension, last))
        else:
            self._reject("clock.extension_ground", rule_id, words.unknown_ground(extension))

    def _explain_pauses(self, whole: Measured) -> None:
        rule_id = "time.pause_rights"
        if not self._pauses():
            for pause in sorted(self.facts.pauses, key=lambda p: p.asked_on):
                text = words.pause_not_allowed(self.facts.right, pause)
                self._reject("clock.no_pause", rule_id, text)
        for pause in whole.counted:
            self._step(rule_id, words.paused(pause, whole.start))
        for pause in whole.late:
            self._reject("clock.pause_late", rule_id, words.pause_late(pause, whole.due))

    def _explain_end(self, whole: Measured) -> None:
        if whole.unrolled is None or whole.due is None:
            return
        if whole.counted and whole.unrolled != whole.plain_end:
            days = left_out(whole.gaps, whole.start, whole.unrolled)
            self._step("time.pause_rights", words.days_left_out(days, whole.unrolled))
        if whole.due != whole.unrolled:
            text = words.rolled(whole.unrolled, whole.due, self.calendar)
            self._step("time.non_working_end", text)
        self._step("time.period", f"The last day to answer is {english(whole.due)}.")

    def _standing(self, start: dt.date, span: _Span) -> dt.date:
        """The day to plan with while a question or something awaited leaves no date."""
        if span.whole.due is not None:
            return span.whole.due
        closed = [p for p in self._pauses() if p.answered_on is not None]
        due = self._span(start, closed).whole.due
        return due or start

    def _awaiting(self, awaited: tuple[str, ...]) -> None:
        self.cautions.append(
            words.days_since_receipt((self.today - self.facts.received_on).days, awaited)
        )

    def _finish(self, span: _Span, standing: dt.date, awaited: tuple[str, ...]) -> Clock:
        whole, first = span.whole, span.first
        due = None if awaited else whole.due
        state = self._state(span, due, awaited)
        target = None if awaited else self._target(span)
        if target is not None and state is not ClockState.OVERDUE and self.today > target:
            self.cautions.append(words.target_passed(target))
        used_to = min(self.today, whole.unrolled or self.today)
        used = (used_to - whole.start).days - left_out(whole.gaps, whole.start, used_to)
        return Clock(
            state=state,
            right=self.facts.right,
            today=self.today,
            received_on=self.facts.received_on,
            relevant_day=None if awaited else whole.start,
            unrolled=None if awaited else whole.unrolled,
            due=due,
            notice_by=first.due if self._may_extend() and not awaited else None,
            standing_due=standing,
            internal_target=target,
            reply_day_target=self._reply_day(span) if due and whole.counted else None,
            days_left=None if due is None else (due - self.today).days,
            days_used=0 if awaited else max(0, used),
            excluded_days=whole.excluded_days,
            recognition_lag=self._lag(),
            extended=span.extended and not awaited,
            steps=tuple(self.steps),
            warnings=tuple(self.cautions),
            rejected=tuple(self.rejected),
            law_version=self.law.version,
        )

    def _state(self, span: _Span, due: dt.date | None, awaited: tuple[str, ...]) -> ClockState:
        if awaited:
            return next(state for what, state in _STATES.items() if what in awaited)
        for pause in span.whole.counted:
            still_open = pause.answered_on is None or pause.answered_on > self.today
            if still_open and pause.asked_on <= self.today:
                days = (self.today - pause.asked_on).days
                if days > self.law.number("warning.pause_open", self.facts.received_on):
                    self.cautions.append(words.pause_long(pause, days))
                return ClockState.PAUSED
        if due is not None and self.today > due:
            return ClockState.OVERDUE
        return ClockState.EXTENDED if span.extended else ClockState.RUNNING

    def _target(self, span: _Span) -> dt.date | None:
        """The flat target for each month of the period, pauses added, never after the end."""
        on = self.facts.received_on
        if span.whole.due is None:
            return None
        months = self.law.number("time.period", on)
        if span.extended:
            months += self.law.number("time.extension", on)
        days = self.law.number("target.internal", on) * months
        target = count_days(span.whole.start, days, span.whole.gaps)
        return min(target, span.whole.due) if target else None

    def _reply_day(self, span: _Span) -> dt.date | None:
        on = self.facts.received_on
        months = self.law.number("time.period", on)
        if span.extended:
            months += self.law.number("time.extension", on)
        whole = span.whole
        return measure(whole.start, months, whole.counted, self.calendar, reply_day_counts=True).due

    def _other_period(self, explain: words.OtherPeriod) -> Clock:
        """A complaint's acknowledgement, or something to be done at once."""
        received = self.facts.received_on
        unrolled, rule_id, text = explain(received, self.law)
        self._step(rule_id, text)
        due = next_working_day(unrolled, self.calendar)
        if due != unrolled:
            self._step("time.non_working_end", words.rolled(unrolled, due, self.calendar))
        for pause in self.facts.pauses:
            text = words.pause_not_allowed(self.facts.right, pause)
            self._reject("clock.no_pause", "time.pause_rights", text)
        if self.facts.extension is not None:
            self._reject("clock.no_extension", "time.extension_rights", words.cannot_extend())
        return Clock(
            state=ClockState.OVERDUE if self.today > due else ClockState.RUNNING,
            right=self.facts.right,
            today=self.today,
            received_on=received,
            relevant_day=received,
            unrolled=unrolled,
            due=due,
            notice_by=None,
            standing_due=due,
            internal_target=None,
            reply_day_target=None,
            days_left=(due - self.today).days,
            days_used=max(0, (min(self.today, unrolled) - received).days),
            excluded_days=0,
            recognition_lag=self._lag(),
            extended=False,
            steps=tuple(self.steps),
            warnings=tuple(self.cautions),
            rejected=tuple(self.rejected),
            law_version=self.law.version,
        )


def _in_order(item: tuple[str, Trigger]) -> tuple[dt.date, dt.date, bool, str]:
    """By the day of asking; nothing depends on the order in which events were recorded."""
    what, trigger = item
    return trigger.asked_on, trigger.met_on or dt.date.max, trigger.grounds_recorded, what
