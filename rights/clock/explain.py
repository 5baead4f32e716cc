"""A clock as a page: what an officer, the data protection officer or a tribunal is shown.

Plain data; whoever prints it adds nothing of its own. There are no names in it, only dates, rules
and, if the caller has one, the case's reference.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rights.clock.facts import Clock, ClockState
from rights.workdays import english


@dataclass(frozen=True, slots=True)
class ExplainLine:
    """A sentence of the working with the rule it rests on."""

    text: str
    citation: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class ExplainPage:
    """The page, from top to bottom.

    Attributes:
        title: What it is about.
        answer: The date in one sentence, or why there is none.
        dates: Labels with their dates, in the order in which they matter.
        steps: The working.
        rejected: What was recorded and does not count.
        cautions: What an officer should look at.
        as_of: The day it was read for.
        law_version: SHA-256 of the law data used.
    """

    title: str
    answer: str
    dates: tuple[tuple[str, str], ...]
    steps: tuple[ExplainLine, ...]
    rejected: tuple[ExplainLine, ...]
    cautions: tuple[str, ...]
    as_of: dt.date
    law_version: str

    def lines(self) -> tuple[str, ...]:
        """The page as lines of text."""
        return (
            self.answer,
            "",
            *(f"{label}: {value}" for label, value in self.dates),
            "",
            *(f"{step.text} {step.citation}." for step in self.steps),
            *(f"Does not count: {item.text} {item.citation}." for item in self.rejected),
            *(f"Look at this: {text}" for text in self.cautions),
        )


def explain_page(clock: Clock, reference: str = "") -> ExplainPage:
    """The page of a clock.

    Args:
        clock: The time as it stands on a day.
        reference: The case's reference; empty for a request that is not a case.
    """
    of = f" of {reference}" if reference else ""
    return ExplainPage(
        title=f"The time{of}, and why",
        answer=_answer(clock),
        dates=tuple(
            (label, english(day) if isinstance(day, dt.date) else day)
            for label, day in _dates(clock)
            if day
        ),
        steps=tuple(ExplainLine(s.text, s.citation, s.rule_id) for s in clock.steps),
        rejected=tuple(ExplainLine(r.text, r.citation, r.rule_id) for r in clock.rejected),
        cautions=tuple(caution.text for caution in clock.warnings),
        as_of=clock.today,
        law_version=clock.law_version,
    )


def _answer(clock: Clock) -> str:
    if clock.due is not None:
        end = english(clock.due)
        if clock.state is ClockState.OVERDUE:
            return f"The last day was {end}; it is overdue by {_days(-(clock.days_left or 0))}."
        return f"The last day is {end}; {_days(clock.days_left or 0)} left."
    planned = f"Plan with {english(clock.standing_due)}."
    if clock.state is ClockState.PAUSED:
        return f"There is no last day while a question is open. {planned}"
    return f"There is no last day: the time has not started ({clock.state.value}). {planned}"


def _dates(clock: Clock) -> tuple[tuple[str, dt.date | str | None], ...]:
    excluded = _days(clock.excluded_days) if clock.relevant_day and clock.excluded_days else ""
    return (
        ("Right used", clock.right.value),
        ("Received", clock.received_on),
        ("Counted from", clock.relevant_day),
        ("Ends, before weekends and holidays", clock.unrolled),
        ("Last day", clock.due),
        ("Last day to give notice of an extension", clock.notice_by),
        ("Internal target, lawful pauses added", clock.internal_target),
        ("Last day if the day of an answer counted", clock.reply_day_target),
        ("Left out", excluded),
        ("State", clock.state.value),
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
