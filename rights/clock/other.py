"""Periods beside the answer to a request: complaint, hold on deletion, health opinion, breach."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from rights.clock.count import add_months
from rights.errors import InputError
from rights.law import Law
from rights.workdays import add_working_days, calendar_of, next_working_day

_ONE_DAY = dt.timedelta(days=1)


class OpinionAge(StrEnum):
    """Whether a health opinion may still be relied on."""

    FRESH = "fresh"
    EXPIRING = "expiring"
    """May be relied on, and not for long."""
    STALE = "stale"


def complaint_ack(received_on: dt.date, law: Law) -> dt.date:
    """The last day to acknowledge a complaint to the council.

    Law: DPA 2018 s.164A with s.205(2); the day of receipt is day 0 and the end is rolled.

    Raises:
        ConfigError: ``clock.past_horizon``.
    """
    days = law.number("complaint.acknowledge", received_on)
    return next_working_day(received_on + dt.timedelta(days=days), calendar_of(law))


def hold_confirm_by(asked_on: dt.date, law: Law) -> dt.date:
    """The day by which each source confirms that deletion is on hold.

    Law: DPA 2018 s.173; the number of working days is policy.

    Raises:
        ConfigError: ``clock.past_horizon``.
    """
    days = law.number("deletion.hold", asked_on)
    return add_working_days(asked_on, days, calendar_of(law))


def health_opinion_earliest(relied_on: dt.date, law: Law) -> dt.date:
    """The oldest day a health opinion may be of, to be relied on on that day.

    Law: DPA 2018 Sch 3 paras 5(4) and 6(4): the period of months ending with the day relied on.
    Rolling and clamping are switched off by s.205(2)(j), so at the end of a month the stricter day
    is taken: the first day whose period has not run out before the day relied on.
    """
    months = law.number("health.opinion", relied_on)
    day = add_months(relied_on + _ONE_DAY, -months)
    while add_months(day, months) <= relied_on:
        day += _ONE_DAY
    return day


def health_opinion_age(opinion_on: dt.date, relied_on: dt.date, law: Law) -> OpinionAge:
    """How a health opinion stands on the day it would be relied on (taken as that of dispatch).

    Law: DPA 2018 Sch 3 paras 5(4) and 6(4).

    Raises:
        InputError: ``clock.impossible_date`` for an opinion later than its use.
    """
    if opinion_on > relied_on:
        raise InputError(
            "clock.impossible_date",
            "By these dates the opinion is later than the day it would be relied on.",
            "Correct whichever date is wrong; nothing was counted.",
        )
    left = (opinion_on - health_opinion_earliest(relied_on, law)).days
    if left < 0:
        return OpinionAge.STALE
    soon = law.number("warning.opinion_expires", relied_on)
    return OpinionAge.EXPIRING if left < soon else OpinionAge.FRESH


def breach_notice_by(aware_at: dt.datetime, law: Law) -> dt.datetime:
    """The last instant to tell the Commissioner of a breach, in the zone given.

    Law: UK GDPR Art 33(1), counted straight through nights, weekends and clock changes.

    Raises:
        InputError: ``clock.no_time_zone`` for an instant without a zone.
    """
    if aware_at.tzinfo is None:
        raise InputError(
            "clock.no_time_zone",
            "The time at which the breach became known has no time zone.",
            "Give it with its zone, for example 2026-11-22T09:30+00:00.",
        )
    hours = law.number("breach.notify", aware_at.date())
    end = aware_at.astimezone(dt.UTC) + dt.timedelta(hours=hours)
    return end.astimezone(aware_at.tzinfo)
