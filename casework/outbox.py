"""What lies in the outbox: parcels that people post or hand over, and how long they stay.

The folder holds letters in clear, so it is no place to keep them. A person records that a parcel
was posted or handed over; the council's days later the sweep removes the copy and journals it.
Nothing that nobody has taken is ever removed: it is shown at the desk until somebody has.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casework.office import Office
from casework.questions import SignedIn
from letters.delivery.folder import receipt_of
from rights.case import Case
from rights.errors import ConflictError, InputError, RightsdeskError
from rights.events.base import ENGINE
from rights.events.kinds import OutboxCleared, OutboxTaken
from rights.failpoints import failpoint, register
from rights.release import CaseRef

How = Literal["posted", "collected", "handed over"]
HOW: tuple[How, ...] = ("posted", "collected", "handed over")
_REFERENCE = re.compile(r"[A-Z]{3}-\d{4}-\d{4,6}-[A-Z]")
_GOING = ".cleared"

register("outbox.renamed", "outbox.recorded")


@dataclass(frozen=True, slots=True)
class Lying:
    """One parcel in the outbox. Names no person.

    Attributes:
        name: Of its folder.
        ref: The case; empty where the folder's name tells none.
        key: The sending it belongs to; empty where the case knows none.
        since: The day it was put there.
        days: For how long it lies there.
        taken: What was recorded when it was posted or handed over.
    """

    name: str
    ref: str
    key: str
    since: dt.date
    days: int
    taken: OutboxTaken | None


def lying(office: Office) -> tuple[Lying, ...]:
    """Everything in the outbox, the oldest first."""
    found = (_lying(office, folder) for folder in _folders(office))
    return tuple(sorted(found, key=lambda one: (one.since, one.name)))


def take(
    office: Office, ref: CaseRef, key: str, how: str, on: dt.date, proof: str, who: SignedIn
) -> Case:
    """Record that a parcel was posted, collected or handed over.

    Raises:
        InputError: How is none of the three, or posting and handing over lack a proof.
        RefusedError: No such parcel waits, or the person is no officer.
    """
    known: How | None = next((one for one in HOW if one == how), None)
    if known is None or (known != "collected" and not proof.strip()):
        raise InputError(
            "outbox.proof",
            "It is not said how the parcel left, or nothing proves it.",
            "Choose one of the three, and write the tracking number or who took it.",
        )
    taken = OutboxTaken(actor=who.actor, key=key, how=known, taken_on=on, proof=proof.strip())
    return office.record(office.case(ref), [taken], roles=who.roles)


def clear(office: Office) -> tuple[str, ...]:
    """Remove copies that were taken long enough ago; one line for each, references only.

    Renamed first, then journaled, then removed: a stop in between is made good by the next sweep.
    """
    lines: list[str] = []
    for left in office.settings.outbox.glob(f".*{_GOING}"):
        lines += _finish(office, left)
    for one in lying(office):
        if one.taken is None or not _is_due(office, one.taken):
            continue
        going = office.settings.outbox / f".{one.name}{_GOING}"
        (office.settings.outbox / one.name).rename(going)
        failpoint("outbox.renamed")
        lines += _finish(office, going)
    return tuple(lines)


def _finish(office: Office, going: Path) -> Iterable[str]:
    one = _lying(office, going, going.name[1 : -len(_GOING)])
    case = office.case(one.ref)
    if one.key not in case.cleared and not _others(office, one):
        cleared = OutboxCleared(actor=ENGINE, key=one.key, cleared_on=office.today())
        try:
            office.record(case, [cleared])
        except ConflictError:
            return  # somebody wrote to the case meanwhile; the next sweep goes on
    failpoint("outbox.recorded")
    shutil.rmtree(going)
    yield f"{one.ref}: a parcel that was {one.taken.how if one.taken else 'taken'} is removed."


def _others(office: Office, one: Lying) -> bool:
    """Whether the letter or pack of the same sending still lies there in a folder of its own."""
    return any(other.key == one.key and other.ref == one.ref for other in lying(office))


def _is_due(office: Office, taken: OutboxTaken) -> bool:
    last = taken.taken_on + dt.timedelta(days=office.council.outbox_days)
    return office.today() >= last


def _folders(office: Office) -> list[Path]:
    outbox = office.settings.outbox
    if not outbox.is_dir():
        return []
    return [f for f in outbox.iterdir() if f.is_dir() and not f.name.startswith(".")]


def _lying(office: Office, folder: Path, name: str = "") -> Lying:
    name = name or folder.name
    since = receipt_of(folder).sent_at.astimezone(office.zone).date()
    found = _REFERENCE.match(name)
    ref = found[0] if found else ""
    case = _case(office, ref)
    key = next((k for k in _keys(case) if name in _names(k)), "") if case else ""
    taken = case.taken.get(key) if case else None
    return Lying(name, ref if case else "", key, since, (office.today() - since).days, taken)


def _keys(case: Case) -> tuple[str, ...]:
    """Of every sending of a case: answers, single letters, further copies."""
    return (*case.dispatches, *(s.started.key for s in case.sendings.values()))


def _names(key: str) -> tuple[str, ...]:
    """Folders that one sending may make: letter and pack may travel apart."""
    return (key, f"{key}-pack", f"{key}-letter")


def _case(office: Office, ref: str) -> Case | None:
    try:
        return office.case(ref) if ref else None
    except RightsdeskError:
        return None
