"""From the journal of a case to what its clock counts from.

Boards and figures go through every case for its time alone; this fold keeps what moves the time
and leaves the rest of the case unmade.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from rights.case import Numbered
from rights.clock.facts import ClockFacts, Extension, Pause, Trigger
from rights.events import kinds as k
from rights.release import Right

LONDON = ZoneInfo("Europe/London")

Evidence = k.EvidenceAsked | k.EvidenceReceived
Fee = k.FeeCharged | k.FeePaid


def fold_facts(journal: Iterable[Numbered]) -> ClockFacts | None:
    """Everything in a journal that moves the time; None before the case was opened.

    The same as `rights.fold.fold` followed by `clock_facts`, without the rest of the case.
    """
    right: Right | None = None
    received: dt.date | None = None
    recorded: dt.datetime | None = None
    evidence: list[Evidence] = []
    fees: list[Fee] = []
    pauses: list[tuple[dt.date, dt.date | None]] = []
    extension: k.TimeExtended | None = None
    for row in journal:
        match row.event:
            case k.CaseOpened() as e:
                right, received, recorded = e.right, e.received_on, row.recorded_at
            case k.ReceiptCorrected() as e:
                received = e.received_on
            case k.EvidenceAsked() | k.EvidenceReceived() as e:
                evidence.append(e)
            case k.FeeCharged() | k.FeePaid() as e:
                fees.append(e)
            case k.ClockPaused() as e:
                pauses.append((e.asked_on, None))
            case k.ClockResumed() as e:
                pauses = [(asked, answered or e.answered_on) for asked, answered in pauses]
            case k.TimeExtended() as e:
                extension = e
            case _:
                pass
    if right is None or received is None:
        return None
    return clock_facts(
        right,
        received,
        recorded_at=recorded,
        evidence=evidence,
        fees=fees,
        pauses=pauses,
        extension=extension,
    )


def clock_facts(
    right: Right,
    received_on: dt.date,
    *,
    recorded_at: dt.datetime | None = None,
    evidence: Sequence[Evidence] = (),
    fees: Sequence[Fee] = (),
    pauses: Sequence[tuple[dt.date, dt.date | None]] = (),
    extension: k.TimeExtended | None = None,
) -> ClockFacts:
    """The facts that the clock counts from, out of what a case's events hold.

    Args:
        right: The right used.
        received_on: The day of receipt, corrected if it was.
        recorded_at: When the case was opened.
        evidence: What was asked for and came, in the order recorded.
        fees: What was charged and paid.
        pauses: Questions with the days of their answers.
        extension: The notice of extension. Reasons still sealed, or destroyed with the case's key,
            count: the words that stand for them are not empty.
    """
    return ClockFacts(
        right=right,
        received_on=received_on,
        recorded_on=recorded_at.astimezone(LONDON).date() if recorded_at else None,
        identity=_evidence(evidence, "identity"),
        authority=_evidence(evidence, "authority"),
        fee=_fees(fees),
        pauses=tuple(Pause(asked, answered) for asked, answered in pauses),
        extension=_extension(extension) if extension else None,
    )


def _extension(event: k.TimeExtended) -> Extension:
    return Extension(event.noticed_on, event.ground, bool(event.reasons.strip()))


def _evidence(evidence: Sequence[Evidence], what: str) -> tuple[Trigger, ...]:
    came = [e for e in evidence if isinstance(e, k.EvidenceReceived) and e.what == what]
    return tuple(
        Trigger(
            asked.asked_on,
            next((c.received_on for c in came if c.received_on >= asked.asked_on), None),
            asked.doubt_recorded,
        )
        for asked in evidence
        if isinstance(asked, k.EvidenceAsked) and asked.what == what
    )


def _fees(fees: Sequence[Fee]) -> tuple[Trigger, ...]:
    paid = [fee for fee in fees if isinstance(fee, k.FeePaid)]
    return tuple(
        Trigger(
            charged.asked_on,
            next((p.paid_on for p in paid if p.paid_on >= charged.asked_on), None),
            # Reasons still sealed, or destroyed with the case's key, count: the words that stand
            # for them are not empty.
            grounds_recorded=bool(charged.reasons.strip()),
        )
        for charged in fees
        if isinstance(charged, k.FeeCharged)
    )
