"""What comes after an answer: breaches, and what the Commissioner writes about a case.

Anybody at the desk may note a breach; the DPO assesses it. Both stand in the case's journal, also
when the case is closed, which is when most breaches are found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from casework.office import Office
from casework.questions import SignedIn
from rights.breaches import BreachReading, check_assessed, check_noted, moment, read_breach
from rights.case import Case
from rights.clock.validate import check_not_future
from rights.errors import InputError
from rights.events import Event
from rights.events.kinds import BreachAssessed, BreachNoted, RegulatorContacted
from rights.release import CaseRef

Severity = Literal["low", "medium", "high"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_BY_NAME: dict[str, Severity] = {severity: severity for severity in SEVERITIES}
Contact = Literal["complaint", "complaint closed", "reprimand", "court claim", "court order"]
CONTACTS: tuple[Contact, ...] = get_args(Contact)
MAY_ASSESS = "dpo"


@dataclass(frozen=True, slots=True)
class Found:
    """A breach as somebody notes it. `found_at` is when the council became aware, with its zone."""

    found_at: dt.datetime
    severity: str
    what: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the DPO found. Times are those of telling; None for not told (yet)."""

    reportable: bool
    reason: str
    commissioner_told_at: dt.datetime | None = None
    people_told_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """A breach of a case as it stands now."""

    ref: CaseRef
    id: str
    noted: BreachNoted
    assessed: BreachAssessed | None
    reading: BreachReading

    def as_dict(self) -> dict[str, object]:
        """For JSON output; without what happened, which is personal."""
        reading = self.reading
        return {
            "case": self.ref,
            "breach": self.id,
            "severity": self.noted.severity,
            "found_at": self.noted.found_at.isoformat(),
            "state": reading.state.value,
            "notify_by": reading.notify_by.isoformat(),
            "hours_left": reading.hours_left,
            "people_waiting": reading.people_waiting,
            "steps": [f"{step.text} {step.citation}." for step in reading.steps],
            "cautions": [caution.text for caution in reading.cautions],
        }


def note_breach(office: Office, ref: CaseRef, found: Found, who: SignedIn) -> str:
    """Note that something of this case reached the wrong person or was lost; returns its id.

    Raises:
        InputError: the time lies ahead, the severity is none of ours, or nothing says what.
        RefusedError: a gate does not allow it.
    """
    case = office.case(ref)
    check_noted(found.found_at, office.clock())
    severity = as_severity(found.severity)
    if not found.what.strip():
        raise InputError(
            "breach.what",
            "Nothing says what happened.",
            "Write what reached whom, or what was lost.",
        )
    breach = f"breach/{len(case.breaches) + 1}"
    _record(
        office,
        case,
        who,
        BreachNoted(
            actor=who.actor,
            breach=breach,
            found_at=found.found_at,
            severity=severity,
            what=found.what.strip(),
        ),
    )
    return breach


def as_severity(text: str) -> Severity:
    """A severity by its name.

    Raises:
        InputError: ``breach.severity``.
    """
    found = _BY_NAME.get(text.strip())
    if found is None:
        raise InputError(
            "breach.severity",
            "There is no such severity.",
            f"Choose one of: {', '.join(SEVERITIES)}.",
        )
    return found


def assess_breach(
    office: Office, ref: CaseRef, breach: str, assessment: Assessment, who: SignedIn
) -> None:
    """Record whether a breach is told to the Commissioner and to the people, and why.

    May be done again: when it was told, or when more is known. The latest assessment counts.

    Raises:
        InputError: a time of telling that cannot be.
        RefusedError: the breach is unknown, there is no reason, or the person is not the DPO.
    """
    case = office.case(ref)
    event = BreachAssessed(
        actor=who.actor,
        breach=breach,
        reportable=assessment.reportable,
        reason=assessment.reason.strip(),
        commissioner_told_at=assessment.commissioner_told_at,
        people_told_on=assessment.people_told_on,
    )
    if breach in case.breaches:
        now = office.clock().astimezone(office.zone)
        check_assessed(case.breaches[breach][0], event, now)
    _record(office, case, who, event)


def note_regulator(
    office: Office, ref: CaseRef, what: str, received_on: dt.date, reference: str, who: SignedIn
) -> None:
    """Record that the Commissioner or a court wrote about this case, with its own reference.

    Raises:
        InputError: the day lies ahead, or the kind is unknown.
    """
    case = office.case(ref)
    if what not in CONTACTS:
        raise InputError(
            "regulator.what",
            "This kind of letter from the Commissioner or a court is not known.",
            f"Choose one of: {', '.join(CONTACTS)}.",
        )
    check_not_future("the letter", received_on, office.today())
    event = RegulatorContacted(
        actor=who.actor, what=what, received_on=received_on, reference=reference.strip()
    )
    _record(office, case, who, event)


def breaches_of(office: Office, case: Case) -> tuple[Breach, ...]:
    """The breaches of a case as they stand now, in the order noted."""
    now = office.clock().astimezone(office.zone)
    return tuple(
        Breach(case.ref, name, noted, assessed, read_breach(noted, assessed, now, office.law))
        for name, (noted, assessed) in case.breaches.items()
    )


def open_breaches(office: Office) -> tuple[Breach, ...]:
    """Every breach about which something is still to be done, the most urgent first."""
    found = [b for case in office.cases() for b in breaches_of(office, case) if b.reading.is_open]
    return tuple(sorted(found, key=lambda b: (b.reading.notify_by, b.ref, b.id)))


def breach_board(office: Office) -> str:
    """Open breaches as Markdown for the deadline board; empty when there is none."""
    found = open_breaches(office)
    if not found:
        return ""
    url = office.settings.desk_url
    lines = [
        "## Breaches",
        "",
        "| Tell the Commissioner by | Hours left | Standing | Case |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {moment(b.reading.notify_by)} | {_left(b.reading)} | {_standing(b.reading)} "
        f"| [{b.ref}]({url}/cases/{b.ref}/breaches) |"
        for b in found
    ]
    return "\n".join(lines)


def breach_lines(office: Office, case: Case) -> Iterator[str]:
    """Each open breach of a case in one sentence, for `rights case why` and the case page."""
    for breach in breaches_of(office, case):
        reading = breach.reading
        if reading.is_open:
            yield (
                f"{breach.id} ({breach.noted.severity}): {_standing(reading)}; the Commissioner is "
                f"told by {moment(reading.notify_by)} if at all."
            )


def _left(reading: BreachReading) -> str:
    if reading.hours_left is None:
        return "-"
    return f"**{-reading.hours_left} over**" if reading.is_late else str(reading.hours_left)


def _standing(reading: BreachReading) -> str:
    return f"{reading.state}, people to be told" if reading.people_waiting else str(reading.state)


def _record(office: Office, case: Case, who: SignedIn, event: Event) -> None:
    office.record(case, [event], roles=who.roles)
