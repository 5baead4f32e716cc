"""Receiving a request: the day anyone in the council has it, the clock starts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework import intake
from casework.emergency import Report, alarm
from casework.office import Office
from rights.case import Case
from rights.emergency import Mishap
from rights.errors import InputError
from rights.events import Actor, Event
from rights.events.kinds import CaseOpened
from rights.failpoints import failpoint, register
from rights.release import CaseRef, Right

register("receive.case-allocated", "receive.item-kept", "receive.recorded", "receive.item-removed")

CHANNELS = ("letter", "email", "online form", "phone", "in person", "social media")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an officer says about a request that came.

    Attributes:
        received_on: The day in London on which anyone in the council had it. Never guessed.
        received_by: The team that had it first.
        item: Code of the item in the intake folder; empty for a spoken request.
        run: For a spoken request, what makes receiving it safe to repeat.
    """

    right: Right
    channel: str
    received_on: dt.date
    received_by: str
    danger: bool
    item: str = ""
    run: str = ""


def receive(office: Office, receipt: Receipt, actor: Actor) -> CaseRef:
    """Open a case for a request and take its item into the vault.

    Running it again for the same item gives the same reference and changes nothing. The item
    leaves the intake folder only when the case holds it.

    Raises:
        InputError: the date lies ahead, the channel or the item is unknown.
    """
    _check(office, receipt)
    if receipt.item and (known := _taken_in(office, receipt)):
        return known
    item = intake.find(office.settings.intake, receipt.item) if receipt.item else None
    token = f"sha256:{item.sha256}" if item else f"run:{receipt.run}"
    ref = office.store.open_case(receipt.right, receipt.received_on.year, item=token)
    failpoint("receive.case-allocated")
    name = ""
    if item:
        name = f"request/{item.sha256}"
        office.store.put_file(ref, name, item.path.read_bytes())
        office.store.put_file(ref, f"{name}.name", item.path.name.encode())
    failpoint("receive.item-kept")
    if office.store.head(ref) == 0:
        event = CaseOpened(
            actor=actor,
            right=receipt.right,
            channel=receipt.channel,
            received_on=receipt.received_on,
            received_by=receipt.received_by,
            danger=receipt.danger,
            request_file=name,
            item=receipt.item,
        )
        case = Case(ref)
        office.record(case, [event, *_told_today(office, case, receipt, actor)])
    failpoint("receive.recorded")
    if item:
        item.path.unlink(missing_ok=True)
    failpoint("receive.item-removed")
    return ref


def _told_today(office: Office, case: Case, receipt: Receipt, actor: Actor) -> tuple[Event, ...]:
    """A request that tells of a danger is a task of the same day; its time runs as ever."""
    if not receipt.danger:
        return ()
    kind = Mishap.RISK_TO_LIFE
    return alarm(office, case, kind, Report(kind, office.clock()), actor)


def _taken_in(office: Office, receipt: Receipt) -> CaseRef | None:
    """The case that this very receipt opened, once its item has left the intake folder."""
    if any(item.code == receipt.item for item in intake.items(office.settings.intake)):
        return None
    for ref, rows in office.store.iter_cases_events():
        opened = rows[0].event
        if isinstance(opened, CaseOpened) and opened.item == receipt.item:
            same = (opened.received_on, opened.channel, opened.received_by) == (
                receipt.received_on,
                receipt.channel,
                receipt.received_by,
            )
            if same and opened.right is receipt.right:
                return ref
    return None


def _check(office: Office, receipt: Receipt) -> None:
    if receipt.received_on > office.today():
        raise InputError(
            "receive.future",
            f"The date received, {receipt.received_on:%d %B %Y}, lies ahead.",
            "Give the day on which the request reached anyone in the council.",
        )
    if receipt.channel not in CHANNELS:
        raise InputError(
            "receive.channel",
            "This way of receiving a request is not known.",
            f"Choose one of: {', '.join(CHANNELS)}.",
        )
    if not receipt.item and not receipt.run:
        raise InputError(
            "receive.nothing",
            "Neither an intake item nor a spoken request was named.",
            "Give the item's code from the intake list.",
        )
