"""What is asked before an event that moves the time is accepted. Nothing is written on refusal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from rights.clock.facts import ClockFacts, Extension, Pause
from rights.clock.read import read_clock
from rights.clock.validate import check_dates, check_not_future
from rights.errors import RefusedError
from rights.law import Law
from rights.workdays import english


def check_receipt(received_on: dt.date, today: dt.date, law: Law) -> None:
    """Whether a day of receipt can be, and whether its time can be reckoned at all.

    Raises:
        InputError: ``clock.impossible_date`` for a day that has not come.
        ConfigError: ``clock.before_calendar`` or ``clock.past_horizon``.
    """
    check_not_future("receipt", received_on, today)
    law.number("time.period", received_on)


def check_pause(
    facts: ClockFacts, asked_on: dt.date, reason: str, *, today: dt.date, law: Law
) -> None:
    """Whether a question asked on that day pauses the time.

    Law: UK GDPR Art 12A(5): an access request only, further information reasonably required to
    find what is wanted, and asked before the time has ended. Identity and authority restart the
    time and are recorded as such, never as a pause.

    Args:
        facts: The case before the question.
        asked_on: The day of the letter that asks.
        reason: Why the information is reasonably required; kept with the event.
        today: The local day.
        law: The law data.

    Raises:
        RefusedError: ``clock.no_pause``, ``clock.pause_without_reason``, ``clock.already_paused``
            or ``clock.pause_late``.
        InputError: ``clock.impossible_date``.
    """
    check_not_future("the question", asked_on, today)
    if facts.right.value not in law.words("time.pause_rights", facts.received_on):
        raise RefusedError(
            "clock.no_pause",
            f"The time of this request ({facts.right.value}) cannot be paused: "
            f"{law.dated('time.pause_rights', facts.received_on).citation}.",
            "Ask what you need to ask, and answer by the date that stands.",
        )
    if not reason.strip():
        raise RefusedError(
            "clock.pause_without_reason",
            "A question pauses the time only where the answer is reasonably required to find what "
            "is wanted, and no reason is given.",
            "Say what is unclear and how much is held; if you could search without the answer, do.",
        )
    if any(pause.answered_on is None for pause in facts.pauses):
        raise RefusedError(
            "clock.already_paused",
            "A question is already open, so the time stands still.",
            "Record its answer first, or send the new question without a new pause.",
        )
    asked = replace(facts, pauses=(*facts.pauses, Pause(asked_on)))
    check_dates(asked)
    before = read_clock(facts, today, law).due
    if before is not None and asked_on > before:
        raise RefusedError(
            "clock.pause_late",
            f"The time ended on {english(before)}; a time that is over cannot be paused.",
            "Answer now with what you have, and tell the person it is late.",
        )


def check_extension(
    facts: ClockFacts,
    noticed_on: dt.date,
    ground: str,
    reasons: str,
    *,
    today: dt.date,
    law: Law,
) -> None:
    """Whether a notice given on that day extends the time.

    Law: UK GDPR Art 12A(3)-(4): once, on one of two grounds, by a notice that gives the specific
    reasons before the first period ends.

    Args:
        facts: The case before the notice.
        noticed_on: The day the notice is given.
        ground: 'complexity' or 'number of requests'.
        reasons: The specific reasons the notice states.
        today: The local day.
        law: The law data.

    Raises:
        RefusedError: ``clock.no_extension``, ``clock.second_extension``,
            ``clock.extension_ground``, ``clock.extension_without_reasons`` or
            ``clock.extension_late``.
        InputError: ``clock.impossible_date``.
    """
    check_not_future("the notice", noticed_on, today)
    on = facts.received_on
    if facts.right.value not in law.words("time.extension_rights", on):
        raise RefusedError(
            "clock.no_extension",
            f"The time of this request ({facts.right.value}) cannot be extended.",
            "Answer by the date that stands.",
        )
    grounds = law.words("time.extension_notice", on)
    if ground not in grounds:
        raise RefusedError(
            "clock.extension_ground",
            "The law allows an extension only for: " + ", or ".join(grounds) + ".",
            "Choose the one that is true of this request; if neither is, answer in time.",
        )
    if not reasons.strip():
        raise RefusedError(
            "clock.extension_without_reasons",
            "A notice of extension must state its reasons, and none are given.",
            "Say what makes this very request take longer.",
        )
    if facts.extension is not None:
        before = read_clock(facts, today, law)
        if before.extended:
            raise RefusedError(
                "clock.second_extension",
                "The time was extended already, and the law allows that once.",
                "Answer by the extended date; send what is ready now.",
            )
    noticed = replace(facts, extension=Extension(noticed_on, ground, reasons_recorded=True))
    check_dates(noticed)
    last = read_clock(replace(facts, extension=None), today, law).notice_by
    if last is not None and noticed_on > last:
        raise RefusedError(
            "clock.extension_late",
            f"The last day to give notice was {english(last)}; an extension after it is void.",
            "Answer now with what you have, and tell the person it is late.",
        )
