"""What would become of the time if something happened: both clocks, and the difference.

Nothing is recorded. The supposed event is held to the same law as a real one: what would not count
is told as not counting, with its reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from rights.clock.facts import Clock, ClockFacts, Extension, Pause, Rejected, Step, Trigger
from rights.clock.read import read_clock
from rights.errors import InputError, RefusedError
from rights.law import Law
from rights.workdays import english


class Supposing(StrEnum):
    """What may be supposed."""

    RECEIPT = "receipt"
    """The request was received on another day."""
    IDENTITY = "identity"
    AUTHORITY = "authority"
    FEE = "fee"
    QUESTION = "question"
    ANSWER = "answer"
    """Whatever is open - a question, or something awaited - is answered on that day."""
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class Supposed:
    """One thing supposed to happen, with its lawful ground.

    Attributes:
        what: What it is.
        on: The day of it, or of the letter that asks.
        until: The day the answer, the evidence or the fee comes; None while it stays open.
        ground: For an extension, the ground of the notice.
    """

    what: Supposing
    on: dt.date
    until: dt.date | None = None
    ground: str = "complexity"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about the time that would be otherwise. None where there would be no such day."""

    name: str
    before: dt.date | str | int | None
    after: dt.date | str | int | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The time as it is and as it would be.

    Attributes:
        before: As it is.
        after: As it would be.
        days_moved: Days by which the last day to answer would move; None where one has none.
        differences: What would be otherwise; empty when nothing would.
        new_steps: Steps of the working that the supposed event brings.
        not_counted: What of it the law would not let count, and why.
    """

    before: Clock
    after: Clock
    days_moved: int | None
    differences: tuple[Difference, ...]
    new_steps: tuple[Step, ...]
    not_counted: tuple[Rejected, ...]


_COMPARED = (
    "state",
    "relevant_day",
    "unrolled",
    "due",
    "notice_by",
    "standing_due",
    "internal_target",
    "reply_day_target",
    "days_left",
    "excluded_days",
)


def what_if(facts: ClockFacts, supposed: Supposed, today: dt.date, law: Law) -> WhatIf:
    """The time of a case as it is, as it would be, and what the difference is.

    Args:
        facts: What happened.
        supposed: What is supposed to happen as well.
        today: The local day to read both for.
        law: The law data.

    Raises:
        InputError: ``clock.impossible_date``, or ``clock.nothing_open`` for an answer to nothing.
        RefusedError: ``clock.second_extension``.
        ConfigError: ``clock.past_horizon``.
    """
    before = read_clock(facts, today, law)
    if supposed.what is Supposing.EXTENSION and before.extended:
        raise RefusedError(
            "clock.second_extension",
            "The time was extended already, and the law allows that once.",
            "Suppose something else.",
        )
    after = read_clock(suppose(facts, supposed), today, law)
    moved = None if before.due is None or after.due is None else (after.due - before.due).days
    return WhatIf(
        before=before,
        after=after,
        days_moved=moved,
        differences=tuple(
            Difference(name, getattr(before, name), getattr(after, name))
            for name in _COMPARED
            if getattr(before, name) != getattr(after, name)
        ),
        new_steps=tuple(step for step in after.steps if step not in before.steps),
        not_counted=tuple(item for item in after.rejected if item not in before.rejected),
    )


def what_if_lines(told: WhatIf) -> tuple[str, ...]:
    """The difference as plain sentences."""
    if not (told.differences or told.new_steps or told.not_counted):
        return ("Nothing about the time would be otherwise.",)
    moved = told.days_moved
    first: tuple[str, ...] = ()
    if moved and told.after.due is not None:
        way = "later" if moved > 0 else "earlier"
        days = "1 day" if abs(moved) == 1 else f"{abs(moved)} days"
        first = (f"The last day would be {english(told.after.due)}, {days} {way}.",)
    elif told.before.due is not None and told.after.due is None:
        first = ("There would be no last day until what is asked for comes.",)
    elif told.before.due is None and told.after.due is not None:
        first = (f"The last day would be {english(told.after.due)}.",)
    elif told.before.due is not None:
        first = (f"The last day would stay {english(told.before.due)}.",)
    if told.after.due is None and told.after.standing_due != told.before.standing_due:
        first = (*first, f"Plan with {english(told.after.standing_due)}.")
    return (
        *first,
        *(f"{step.text} {step.citation}." for step in told.new_steps),
        *(f"Would not count: {item.text} {item.citation}." for item in told.not_counted),
    )


def suppose(facts: ClockFacts, supposed: Supposed) -> ClockFacts:
    """The facts with something supposed added.

    Raises:
        InputError: ``clock.nothing_open`` for an answer where nothing is open.
    """
    on = supposed.on
    trigger = Trigger(on, supposed.until, grounds_recorded=True)
    match supposed.what:
        case Supposing.RECEIPT:
            return replace(facts, received_on=on)
        case Supposing.IDENTITY:
            return replace(facts, identity=(*facts.identity, trigger))
        case Supposing.AUTHORITY:
            return replace(facts, authority=(*facts.authority, trigger))
        case Supposing.FEE:
            return replace(facts, fee=(*facts.fee, trigger))
        case Supposing.QUESTION:
            return replace(facts, pauses=(*facts.pauses, Pause(on, supposed.until)))
        case Supposing.EXTENSION:
            notice = Extension(on, supposed.ground, reasons_recorded=True)
            return replace(facts, extension=notice)
        case Supposing.ANSWER:
            return _answered(facts, on)


def _answered(facts: ClockFacts, on: dt.date) -> ClockFacts:
    """The facts with everything open answered on a day."""
    after = replace(
        facts,
        identity=_met(facts.identity, on),
        authority=_met(facts.authority, on),
        fee=_met(facts.fee, on),
        pauses=tuple(replace(p, answered_on=p.answered_on or on) for p in facts.pauses),
    )
    if after == facts:
        raise InputError(
            "clock.nothing_open",
            "Nothing is open in this case, so nothing can be supposed to be answered.",
            "Suppose a question, identity, authority or a fee with both its dates instead.",
        )
    return after


def _met(triggers: tuple[Trigger, ...], on: dt.date) -> tuple[Trigger, ...]:
    return tuple(replace(t, met_on=t.met_on or on) for t in triggers)
