"""The sentences in which the clock explains itself. No arithmetic of its own beyond day counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeAlias

from rights.clock.count import Measured
from rights.clock.facts import Caution, Extension, Pause, Trigger
from rights.law import Law
from rights.release import Right
from rights.workdays import Calendar, english, month_name

OtherPeriod: TypeAlias = Callable[[dt.date, Law], tuple[dt.date, str, str]]
"""From a day of receipt: the unrolled last day, the rule and the sentence."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
_THINGS = {
    "identity": "Identity information",
    "authority": "Proof of authority to act for the person",
    "fee": "A fee",
}


def received(day: dt.date, calendar: Calendar) -> str:
    """How a request came in; that the start never moves is said where somebody may doubt it."""
    why = calendar.why_not_working(day)
    if not why:
        return f"Received {english(day)}: the time is counted from that day."
    return f"Received {english(day)}, {why}: the time is counted from that day all the same."


def late_recognition(recorded_on: dt.date, lag: int) -> Caution:
    """A request that reached the team late."""
    return Caution(
        "clock.recognition_lag",
        f"It was logged on {english(recorded_on)}, {_days(lag)} after the council received it. "
        "Those days are gone from the time.",
    )


def gone_before_logged(due: dt.date, recorded_on: dt.date) -> Caution:
    """A request that reached the team when its time was over."""
    return Caution(
        "clock.gone_before_logged",
        f"The time had ended on {english(due)}, before the request was logged on "
        f"{english(recorded_on)}: it is overdue from the first day, and cannot be extended or "
        "paused any more. Answer at once, and tell the person it is late.",
    )


def awaited(what: str, trigger: Trigger) -> str:
    """Something asked for that has not come."""
    return (
        f"{_THINGS[what]} was asked for on {english(trigger.asked_on)} with the ground recorded "
        "and has not come: the time has not started."
    )


def restarted(what: str, trigger: Trigger) -> str:
    """Something asked for that came."""
    came = "was paid" if what == "fee" else "came"
    day = english(trigger.met_on or trigger.asked_on)
    return (
        f"{_THINGS[what]} was asked for on {english(trigger.asked_on)} with the ground recorded "
        f"and {came} on {day}: the time is counted from no earlier than that day."
    )


def no_restart(what: str, trigger: Trigger) -> str:
    """A kind of evidence that the law of the day does not let move the start."""
    return (
        f"{_THINGS[what]} asked for on {english(trigger.asked_on)} does not move the start under "
        "the law in force when the request was received."
    )


def no_grounds(what: str, trigger: Trigger) -> str:
    """Evidence asked for without its ground on file."""
    ground = "lawful ground for a fee" if what == "fee" else "reasonable doubt"
    return (
        f"{_THINGS[what]} was asked for on {english(trigger.asked_on)} but no {ground} is "
        "recorded: the start is not moved."
    )


def trigger_late(what: str, trigger: Trigger) -> str:
    """Evidence asked for after the end."""
    return (
        f"{_THINGS[what]} was asked for on {english(trigger.asked_on)}, after the time had ended: "
        "a time that is over does not start again."
    )


def authority_reading() -> Caution:
    """That the restart on authority is the regulator's reading."""
    return Caution(
        "clock.authority_reading",
        "That the time starts with the proof of authority is the regulator's reading; the Article "
        "does not list it. Answer within the time from first receipt if you can.",
    )


def asked_late(what: str, days: int) -> Caution:
    """Evidence asked for long after receipt."""
    return Caution(
        "clock.evidence_asked_late",
        f"{_THINGS[what]} was asked for {_days(days)} after receipt. It should be asked at once.",
    )


def months_from(first: Measured, months: int) -> str:
    """The plain count of months, with the reason when the day was clamped."""
    count = _months(months)
    text = f"{count.capitalize()} from {english(first.start)} is {english(first.plain_end)}"
    if first.plain_end.day != first.start.day:
        text += f" (there is no {first.start.day} {month_name(first.plain_end)})"
    return f"{text}."


def extended(extension: Extension, last: dt.date | None, whole: Measured, months: int) -> str:
    """A valid extension: the whole period from the same start."""
    by = f" (the last day for it was {english(last)})" if last else ""
    text = (
        f"Notice of an extension, with reasons, was given on {english(extension.noticed_on)}, in "
        f"time{by}. {_months(months).capitalize()} from {english(whole.start)} is "
        f"{english(whole.plain_end)}"
    )
    if whole.plain_end.day != whole.start.day:
        text += f" (there is no {whole.start.day} {month_name(whole.plain_end)})"
    return f"{text}."


def notice_on_rolled_day() -> Caution:
    """A notice given between the unrolled and the rolled last day."""
    return Caution(
        "clock.notice_on_rolled_day",
        "The notice of extension is in time only because its last day moved off a weekend or "
        "holiday. That reading is ours; next time send it earlier.",
    )


def cannot_extend() -> str:
    """A right whose time is never extended."""
    return "An extension was recorded, but the time of such a request cannot be extended."


def no_reasons(extension: Extension) -> str:
    """An extension notice without reasons."""
    return (
        f"The notice of {english(extension.noticed_on)} gave no reasons: there is no extension "
        "without them."
    )


def extension_late(extension: Extension, last: dt.date) -> str:
    """An extension notice after its time."""
    return (
        f"Notice of an extension was given on {english(extension.noticed_on)}, after "
        f"{english(last)}, the last day for it: the extension is void and the date stands."
    )


def unknown_ground(extension: Extension) -> str:
    """An extension on a ground the Article does not know."""
    return (
        f"The notice of {english(extension.noticed_on)} rests on no ground that the law allows: "
        "there is no extension."
    )


def pause_not_allowed(right: Right, pause: Pause) -> str:
    """A question in a request that knows no pause."""
    which = "an access request received then" if right is Right.ACCESS else "such a request"
    return (
        f"A question was asked on {english(pause.asked_on)}, but the time of {which} "
        f"({right.value}) cannot be paused."
    )


def paused(pause: Pause, start: dt.date) -> str:
    """A question that counts, answered or not."""
    asked = f"A question about what is wanted was asked on {english(pause.asked_on)}"
    if pause.answered_on is None:
        return f"{asked} and is not answered: the time stands still from that day."
    answered = f"{asked} and answered on {english(pause.answered_on)}"
    first = max(pause.asked_on, start + dt.timedelta(days=1))
    days = (pause.answered_on - first).days + 1
    if days <= 0:
        return f"{answered}, before the time began: nothing is left out."
    if first != pause.asked_on:
        return f"{answered}: {_days(days)} of it after the start do not count."
    return f"{answered}: both days and those between do not count ({_days(days)})."


def pause_late(pause: Pause, due: dt.date | None) -> str:
    """A question asked after the end."""
    end = f" on {english(due)}" if due else ""
    return (
        f"A question was asked on {english(pause.asked_on)}, after the time had ended{end}: a "
        "time that is over cannot be paused, and the date stands."
    )


def pause_long(pause: Pause, days: int) -> Caution:
    """A question open for long."""
    return Caution(
        "clock.pause_long",
        f"The question of {english(pause.asked_on)} has been open for {_days(days)}. Write to the "
        "person before anything is closed.",
    )


def days_left_out(days: int, unrolled: dt.date) -> str:
    """Where the count ends with the left-out days skipped."""
    verb = "is" if days == 1 else "are"
    return f"{_days(days)} {verb} left out, so the count ends on {english(unrolled)}."


def rolled(unrolled: dt.date, due: dt.date, calendar: Calendar) -> str:
    """Why the last day moved."""
    why = calendar.why_not_working(unrolled)
    if not why:
        return (
            f"A question was open on {english(unrolled)}, so the time ends with the next working "
            f"day that counts, {english(due)}."
        )
    return f"That is {why}, so the time ends with the next working day, {english(due)}."


def days_since_receipt(days: int, awaited_things: Sequence[str]) -> Caution:
    """How long a request has lain while something is awaited."""
    things = " and ".join(_THINGS[what].lower() for what in awaited_things)
    return Caution(
        "clock.awaiting",
        f"{_days(days).capitalize()} since receipt; the time has not started. Awaited: {things}.",
    )


def target_passed(target: dt.date) -> Caution:
    """The internal target is behind us."""
    return Caution("clock.target_passed", f"The internal target, {english(target)}, has passed.")


def complaint_steps(received_on: dt.date, law: Law) -> tuple[dt.date, str, str]:
    """The last day to acknowledge a complaint, before rolling.

    Law: DPA 2018 s.164A; the day of receipt is day 0.
    """
    rule_id = "complaint.acknowledge"
    days = law.number(rule_id, received_on)
    end = received_on + dt.timedelta(days=days)
    text = f"A complaint is acknowledged within {_days(days)}: day {days} is {english(end)}."
    return end, rule_id, text


def at_once_steps(received_on: dt.date, law: Law) -> tuple[dt.date, str, str]:
    """The day of receipt itself, for what is to be done at once.

    Law: UK GDPR Art 7(3).
    """
    rule_id = "time.at_once"
    law.words(rule_id, received_on)
    return received_on, rule_id, "No month is allowed for this: act at once."


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _months(count: int) -> str:
    word = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{word} month" if count == 1 else f"{word} months"
