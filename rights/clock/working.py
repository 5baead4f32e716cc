"""The working of a clock: its steps, what does not count, and what to look at, each cited."""

from __future__ import annotations

from dataclasses import dataclass, field

from rights.clock import words
from rights.clock.count import Measured, left_out
from rights.clock.facts import Caution, Rejected, Step
from rights.clock.period import Periods, Span
from rights.workdays import english


@dataclass(slots=True)
class Working:
    """Grows while the facts of one case are gone through."""

    periods: Periods
    steps: list[Step] = field(default_factory=list[Step])
    rejected: list[Rejected] = field(default_factory=list[Rejected])
    cautions: list[Caution] = field(default_factory=list[Caution])

    def step(self, rule_id: str, text: str) -> None:
        """One more step, with the rule as it stood for a request received that day."""
        self.steps.append(Step(text, rule_id, self._cite(rule_id)))

    def reject(self, code: str, rule_id: str, text: str) -> None:
        """Something recorded that does not count."""
        self.rejected.append(Rejected(code, text, rule_id, self._cite(rule_id)))

    def period(self, span: Span, awaited: tuple[str, ...]) -> None:
        """The count from the start to the end.

        Args:
            span: The periods.
            awaited: What has not come; while something is awaited there is no count to tell.
        """
        if not awaited:
            months = self.periods.months
            self.step("time.period", words.months_from(span.first, months))
            self._extension(span)
        if span.whole.due is None or not awaited:
            self._pauses(span.whole)
        if not awaited:
            self._end(span.whole)

    def _cite(self, rule_id: str) -> str:
        return self.periods.law.dated(rule_id, self.periods.facts.received_on).citation

    def _extension(self, span: Span) -> None:
        extension = self.periods.facts.extension
        if extension is None:
            return
        rule_id = "time.extension_notice"
        last = span.first.due
        if span.extended:
            months = self.periods.extended_months
            self.step("time.extension", words.extended(extension, last, span.whole, months))
            if span.first.unrolled and extension.noticed_on > span.first.unrolled:
                self.cautions.append(words.notice_on_rolled_day())
        elif not self.periods.may_extend:
            self.reject("clock.no_extension", "time.extension_rights", words.cannot_extend())
        elif not extension.reasons_recorded:
            self.reject("clock.extension_without_reasons", rule_id, words.no_reasons(extension))
        elif last is not None and extension.noticed_on > last:
            self.reject("clock.extension_late", rule_id, words.extension_late(extension, last))
        else:
            self.reject("clock.extension_ground", rule_id, words.unknown_ground(extension))

    def _pauses(self, whole: Measured) -> None:
        rule_id = "time.pause_rights"
        facts = self.periods.facts
        if not self.periods.pauses:
            for pause in sorted(facts.pauses, key=lambda p: p.asked_on):
                self.reject("clock.no_pause", rule_id, words.pause_not_allowed(facts.right, pause))
        for pause in whole.counted:
            self.step(rule_id, words.paused(pause, whole.start))
        for pause in whole.late:
            self.reject("clock.pause_late", rule_id, words.pause_late(pause, whole.due))

    def _end(self, whole: Measured) -> None:
        if whole.unrolled is None or whole.due is None:
            return
        if whole.counted and whole.unrolled != whole.plain_end:
            days = left_out(whole.gaps, whole.start, whole.unrolled)
            self.step("time.pause_rights", words.days_left_out(days, whole.unrolled))
        if whole.due != whole.unrolled:
            text = words.rolled(whole.unrolled, whole.due, self.periods.calendar)
            self.step("time.non_working_end", text)
        self.step("time.period", f"The last day to answer is {english(whole.due)}.")
