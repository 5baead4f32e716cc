"""Reads the time of a case from its facts, with the working.

The law is UK GDPR Art 12A (in force 5 February 2026; before it Art 12(3)), counted as Regulation
1182/71 Art 3 says, with the values, dates of force and citations of ``rights/law``. Nothing is
stored and nothing is added to a stored date: the period is counted from its start every time.

* Art 12A(2): the start is the latest of receipt, identity information and payment of a fee.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rights.clock import words
from rights.clock.count import left_out
from rights.clock.facts import Clock, ClockFacts, ClockState, Trigger
from rights.clock.period import Periods, Span
from rights.clock.validate import check_dates
from rights.clock.working import Working
from rights.law import Law
from rights.release import Right
from rights.workdays import calendar_of, next_working_day

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
    periods = Periods(facts, law, calendar_of(law))
    return _Reading(today, periods, Working(periods)).clock()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of one case."""

    today: dt.date
    periods: Periods
    working: Working

    def clock(self) -> Clock:
        facts, law = self.periods.facts, self.periods.law
        self._receipt()
        if facts.right is Right.COMPLAINT:
            return self._other_period(words.complaint_steps)
        if facts.right.value in law.words("time.at_once", facts.received_on):
            return self._other_period(words.at_once_steps)
        start, awaited = self._start()
        span = self.periods.span(start)
        self.working.period(span, awaited)
        if awaited:
            days = (self.today - facts.received_on).days
            self.working.cautions.append(words.days_since_receipt(days, awaited))
        return self._finish(span, self.periods.standing(start, span), awaited)

    def _receipt(self) -> None:
        facts = self.periods.facts
        text = words.received(facts.received_on, self.periods.calendar)
        self.working.step("time.receipt", text)
        if (lag := self._lag()) and facts.recorded_on:
            self.working.cautions.append(words.late_recognition(facts.recorded_on, lag))

    def _lag(self) -> int | None:
        facts = self.periods.facts
        return None if facts.recorded_on is None else (facts.recorded_on - facts.received_on).days

    def _start(self) -> tuple[dt.date, tuple[str, ...]]:
        """The relevant day by what has come so far, and what is still awaited."""
        received = start = self.periods.facts.received_on
        law, working = self.periods.law, self.working
        if not law.switch("time.receipt", start):
            start = next_working_day(start, self.periods.calendar)
        awaited: list[str] = []
        for what, trigger in self._triggers():
            rule_id = f"time.restart_{what}"
            if not law.switch(rule_id, received):
                working.reject("clock.no_restart", rule_id, words.no_restart(what, trigger))
            elif not trigger.grounds_recorded:
                working.reject("clock.no_grounds", rule_id, words.no_grounds(what, trigger))
            elif not awaited and self.periods.is_over(start, trigger.asked_on):
                working.reject("clock.asked_too_late", rule_id, words.trigger_late(what, trigger))
            elif trigger.met_on is None:
                awaited.append(what)
                working.step(rule_id, words.awaited(what, trigger))
            else:
                start = max(start, trigger.met_on)
                working.step(rule_id, words.restarted(what, trigger))
        if any(step.rule_id == "time.restart_authority" for step in working.steps):
            working.cautions.append(words.authority_reading())
        return start, tuple(awaited)

    def _triggers(self) -> list[tuple[str, Trigger]]:
        facts = self.periods.facts
        every = [
            *(("identity", t) for t in facts.identity),
            *(("authority", t) for t in facts.authority),
            *(("fee", t) for t in facts.fee),
        ]
        every.sort(key=_in_order)
        limit = self.periods.law.number("warning.identity_asked", facts.received_on)
        for what, trigger in every:
            days = (trigger.asked_on - facts.received_on).days
            if days > limit and what != "fee":
                self.working.cautions.append(words.asked_late(what, days))
        return every

    def _finish(self, span: Span, standing: dt.date, awaited: tuple[str, ...]) -> Clock:
        whole, first, facts = span.whole, span.first, self.periods.facts
        due = None if awaited else whole.due
        state = self._state(span, due, awaited)
        target = None if awaited else self.periods.target(span)
        if target is not None and state is not ClockState.OVERDUE and self.today > target:
            self.working.cautions.append(words.target_passed(target))
        if facts.recorded_on is not None and due is not None and facts.recorded_on > due:
            self.working.cautions.append(words.gone_before_logged(due, facts.recorded_on))
        used_to = min(self.today, whole.unrolled or self.today)
        used = (used_to - whole.start).days - left_out(whole.gaps, whole.start, used_to)
        return Clock(
            state=state,
            right=facts.right,
            today=self.today,
            received_on=facts.received_on,
            relevant_day=None if awaited else whole.start,
            unrolled=None if awaited else whole.unrolled,
            due=due,
            notice_by=first.due if self.periods.may_extend and not awaited else None,
            standing_due=standing,
            internal_target=target,
            reply_day_target=self.periods.reply_day_due(span) if due and whole.counted else None,
            days_left=None if due is None else (due - self.today).days,
            days_used=0 if awaited else max(0, used),
            excluded_days=whole.excluded_days,
            recognition_lag=self._lag(),
            extended=span.extended and not awaited,
            steps=tuple(self.working.steps),
            warnings=tuple(self.working.cautions),
            rejected=tuple(self.working.rejected),
            law_version=self.periods.law.version,
        )

    def _state(self, span: Span, due: dt.date | None, awaited: tuple[str, ...]) -> ClockState:
        if awaited:
            return next(state for what, state in _STATES.items() if what in awaited)
        received = self.periods.facts.received_on
        for pause in span.whole.counted:
            still_open = pause.answered_on is None or pause.answered_on > self.today
            if still_open and pause.asked_on <= self.today:
                days = (self.today - pause.asked_on).days
                if days > self.periods.law.number("warning.pause_open", received):
                    self.working.cautions.append(words.pause_long(pause, days))
                return ClockState.PAUSED
        if due is not None and self.today > due:
            return ClockState.OVERDUE
        return ClockState.EXTENDED if span.extended else ClockState.RUNNING

    def _other_period(self, explain: words.OtherPeriod) -> Clock:
        """A complaint's acknowledgement, or something to be done at once."""
        facts, working = self.periods.facts, self.working
        received = facts.received_on
        unrolled, rule_id, text = explain(received, self.periods.law)
        working.step(rule_id, text)
        due = next_working_day(unrolled, self.periods.calendar)
        if due != unrolled:
            text = words.rolled(unrolled, due, self.periods.calendar)
            working.step("time.non_working_end", text)
        for pause in facts.pauses:
            text = words.pause_not_allowed(facts.right, pause)
            working.reject("clock.no_pause", "time.pause_rights", text)
        if facts.extension is not None:
            working.reject("clock.no_extension", "time.extension_rights", words.cannot_extend())
        return Clock(
            state=ClockState.OVERDUE if self.today > due else ClockState.RUNNING,
            right=facts.right,
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
            steps=tuple(working.steps),
            warnings=tuple(working.cautions),
            rejected=tuple(working.rejected),
            law_version=self.periods.law.version,
        )


def _in_order(item: tuple[str, Trigger]) -> tuple[dt.date, dt.date, bool, str]:
    """By the day of asking; nothing depends on the order in which events were recorded."""
    what, trigger = item
    return trigger.asked_on, trigger.met_on or dt.date.max, trigger.grounds_recorded, what
