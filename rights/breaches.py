"""A personal data breach of a case: how long there is to tell of it, and where that stands.

The time runs from the moment the council became aware, straight through nights and weekends, and
is never rolled. Whether it is told is decided by the data protection officer, with a reason
either way; what the severity suggests stands in the law data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rights.clock import Caution, ExplainLine, ExplainPage, Step, breach_notice_by
from rights.errors import InputError
from rights.events.kinds import BreachAssessed, BreachNoted
from rights.law import Law
from rights.workdays import english

_HOUR = dt.timedelta(hours=1)


class BreachState(StrEnum):
    """Where a breach stands."""

    TO_ASSESS = "to be assessed by the DPO"
    TO_TELL = "the Commissioner is to be told"
    TOLD = "the Commissioner was told in time"
    TOLD_LATE = "the Commissioner was told late"
    NOT_TOLD = "the Commissioner need not be told"


OPEN_STATES = frozenset({BreachState.TO_ASSESS, BreachState.TO_TELL})
"""The time still runs."""


@dataclass(frozen=True, slots=True)
class BreachReading:
    """A breach as it stands at an instant, with its working.

    Attributes:
        state: Where it stands.
        notify_by: The last instant to tell the Commissioner.
        assess_by: When the DPO should have assessed it (policy).
        hours_left: Whole hours from now to `notify_by`, rounded down and negative when past; None
            once nothing is to be told.
        people_waiting: The people it is about are to be told and are not yet.
        steps: The working.
        cautions: What the DPO should look at.
        law_version: SHA-256 of the law data used.
    """

    state: BreachState
    notify_by: dt.datetime
    assess_by: dt.datetime
    hours_left: int | None
    people_waiting: bool
    steps: tuple[Step, ...]
    cautions: tuple[Caution, ...]
    law_version: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN_STATES or self.people_waiting

    @property
    def is_late(self) -> bool:
        """Whether the time to tell is gone and nobody was told."""
        return self.hours_left is not None and self.hours_left < 0


def read_breach(
    noted: BreachNoted, assessed: BreachAssessed | None, now: dt.datetime, law: Law
) -> BreachReading:
    """A breach as it stands at an instant.

    Law: UK GDPR Arts 33 and 34.

    Args:
        noted: What was found and when.
        assessed: The DPO's latest assessment.
        now: The instant, in the zone in which times are to be told.
        law: The law data.

    Raises:
        InputError: ``clock.no_time_zone``.
    """
    # Reckoned in UTC: two times of one zone are subtracted as the clock on the wall shows them,
    # an hour wrong on the nights when it is put forward or back.
    zone, now, found = now.tzinfo, now.astimezone(dt.UTC), noted.found_at
    on = found.astimezone(zone).date()
    notify_by = breach_notice_by(found, law).astimezone(dt.UTC)
    hours = law.number("breach.notify", on)
    assess_by = found.astimezone(dt.UTC) + _HOUR * law.number("breach.assess", on)
    state = _state(assessed, notify_by)
    waiting = _people_waiting(noted, assessed, law)
    is_open = state in OPEN_STATES
    cautions: list[Caution] = []
    if state is BreachState.TO_ASSESS and now > assess_by:
        cautions.append(
            Caution("breach.not_assessed", "It should have been assessed by now (policy).")
        )
    if is_open and now > notify_by:
        text = "The time to tell the Commissioner is over."
        if law.switch("breach.late_reasons", on):
            text += " The notice must say why it is late."
        cautions.append(Caution("breach.late", text))
    if waiting:
        cautions.append(
            Caution("breach.people", "The people it is about are to be told without undue delay.")
        )
    return BreachReading(
        state=state,
        notify_by=notify_by.astimezone(zone),
        assess_by=assess_by.astimezone(zone),
        hours_left=(notify_by - now) // _HOUR if is_open else None,
        people_waiting=waiting,
        steps=(
            Step(
                f"The council became aware on {moment(found.astimezone(zone))}.",
                "breach.notify",
                law.dated("breach.notify", on).citation,
            ),
            Step(
                f"{hours} hours straight through, nights and weekends counted, end on "
                f"{moment(notify_by.astimezone(zone))}.",
                "breach.notify",
                law.dated("breach.notify", on).citation,
            ),
            _suggested(noted, law),
        ),
        cautions=tuple(cautions),
        law_version=law.version,
    )


def explain_breach(reading: BreachReading, now: dt.datetime) -> ExplainPage:
    """The time of a breach as a page, as `rights.clock.explain_page` makes one of a request."""
    if reading.hours_left is None:
        answer = f"Nothing is left to do in time: {reading.state}."
    elif reading.is_late:
        answer = (
            f"The Commissioner was to be told by {moment(reading.notify_by)}; that is over by "
            f"{_hours(-reading.hours_left)}."
        )
    else:
        answer = (
            f"The Commissioner is told by {moment(reading.notify_by)}, if at all; "
            f"{_hours(reading.hours_left)} left."
        )
    return ExplainPage(
        title="The time of a breach, and why",
        answer=answer,
        dates=(
            ("Assessed by (policy)", moment(reading.assess_by)),
            ("The Commissioner is told by", moment(reading.notify_by)),
            ("State", reading.state.value),
        ),
        steps=tuple(ExplainLine(s.text, s.citation, s.rule_id) for s in reading.steps),
        rejected=(),
        cautions=tuple(caution.text for caution in reading.cautions),
        as_of=now.date(),
        law_version=reading.law_version,
    )


def _hours(count: int) -> str:
    return "1 hour" if count == 1 else f"{count} hours"


def check_noted(found_at: dt.datetime, now: dt.datetime) -> None:
    """Whether a breach can have been found at that time.

    Raises:
        InputError: ``breach.future`` or ``clock.no_time_zone``.
    """
    if found_at.tzinfo is None:
        raise InputError(
            "clock.no_time_zone",
            "The time at which the breach became known has no time zone.",
            "Give it with its zone.",
        )
    if found_at > now:
        raise InputError(
            "breach.future",
            "The breach is said to have been found at a time that has not come.",
            "Correct the day or the time.",
        )


def check_assessed(noted: BreachNoted, assessed: BreachAssessed, now: dt.datetime) -> None:
    """Whether what an assessment says was done can have been done then.

    Raises:
        InputError: ``breach.told_when`` for a time before the breach was found or after now.
    """
    told, people = assessed.commissioner_told_at, assessed.people_told_on
    if told is not None and not noted.found_at <= told <= now:
        raise InputError(
            "breach.told_when",
            "The Commissioner was told, by this time, before the breach was found or after now.",
            "Correct the day or the time.",
        )
    if people is not None and not noted.found_at.date() <= people <= now.date():
        raise InputError(
            "breach.told_when",
            "The people were told, by this day, before the breach was found or after today.",
            "Correct the day.",
        )


def moment(instant: dt.datetime) -> str:
    """'Mon 23 Nov 2026 at 09:30', in the zone of the instant."""
    return f"{english(instant.date())} at {instant:%H:%M}"


def _state(assessed: BreachAssessed | None, notify_by: dt.datetime) -> BreachState:
    if assessed is None:
        return BreachState.TO_ASSESS
    if assessed.commissioner_told_at is not None:
        in_time = assessed.commissioner_told_at <= notify_by
        return BreachState.TOLD if in_time else BreachState.TOLD_LATE
    return BreachState.TO_TELL if assessed.reportable else BreachState.NOT_TOLD


def _people_waiting(noted: BreachNoted, assessed: BreachAssessed | None, law: Law) -> bool:
    """Whether a severity at which people are told was not followed by telling them.

    An assessment that it need not even be told to the Commissioner settles this as well.
    """
    if noted.severity not in law.words("breach.tell_people", noted.found_at.date()):
        return False
    if assessed is None:
        return True
    return assessed.reportable and assessed.people_told_on is None


def _suggested(noted: BreachNoted, law: Law) -> Step:
    """What the severity suggests; the DPO may find otherwise and says why."""
    on = noted.found_at.date()
    tell = noted.severity in law.words("breach.tell_commissioner", on)
    people = noted.severity in law.words("breach.tell_people", on)
    rule = "breach.tell_people" if people else "breach.tell_commissioner"
    told = "the Commissioner is told" if tell else "a risk to people is taken to be unlikely"
    also = ", and so are the people it is about" if people else ""
    return Step(
        f"At the severity noted ({noted.severity}) {told}{also}, unless the DPO finds otherwise "
        "and writes why.",
        rule,
        law.dated(rule, on).citation,
    )
