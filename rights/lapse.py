"""A question that is never answered: when the person is written to, and when the request may close.

The time of the request stands still while a question is open, for ever if nothing comes. No text
lets a request lapse by itself: the person is told first, and has time to answer. The waits are the
council's policy, in the law data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rights.case import Case
from rights.law import Law

MATTER = "lapse"
WARNED, KEPT_OPEN, LAPSED = "warned", "kept open", "lapsed"
"""Outcomes of the decisions on it."""


class LapseStep(StrEnum):
    """What may be done about an unanswered question."""

    NONE = "nothing is open"
    WAIT = "wait for the answer"
    WRITE = "write to the person"
    NOTICE = "wait for the notice to run out"
    CLOSE = "close the request"


@dataclass(frozen=True, slots=True)
class Lapse:
    """Where an unanswered question stands.

    Attributes:
        step: What may be done.
        asked_on: The day of the question; None when none is open.
        since: The day from which the present wait is counted: of the question, of the decision to
            keep the request open, or of the notice.
        until: The day from which the next step may be taken; None when none is open.
    """

    step: LapseStep
    asked_on: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def read_lapse(case: Case, today: dt.date, law: Law) -> Lapse:
    """Where the open question of a case stands on a day.

    Policy: rules ``lapse.wait`` and ``lapse.notice``.
    """
    asked = max((asked for asked, answered in case.pauses if answered is None), default=None)
    if asked is None or case.closed is not None:
        return Lapse(LapseStep.NONE)
    decided = case.decision(MATTER)
    if decided is None or decided.event.decided_on < asked:
        return _wait(asked, asked, today, law)
    since = decided.event.decided_on
    if decided.event.outcome != WARNED:
        return _wait(asked, since, today, law)
    until = notice_until(since, law)
    step = LapseStep.CLOSE if today > until else LapseStep.NOTICE
    return Lapse(step, asked, since, until)


def notice_until(written_on: dt.date, law: Law) -> dt.date:
    """The last day on which the answer to a notice keeps the request open."""
    return written_on + dt.timedelta(days=law.number("lapse.notice", written_on))


def _wait(asked: dt.date, since: dt.date, today: dt.date, law: Law) -> Lapse:
    until = since + dt.timedelta(days=law.number("lapse.wait", since))
    step = LapseStep.WRITE if today > until else LapseStep.WAIT
    return Lapse(step, asked, since, until)
