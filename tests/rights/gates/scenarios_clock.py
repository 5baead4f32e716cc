"""What must be refused about the time and the days of things."""

from __future__ import annotations

import datetime as dt

from rights.events import kinds as k
from rights.events.base import ENGINE
from rights.release import Right
from tests.rights.gates.build import FORM, OFFICER, Refused, opened

NEVER, BEFORE = dt.date(2026, 11, 24), dt.date(2026, 11, 1)
ASKED, PAID = dt.date(2026, 11, 10), dt.date(2026, 11, 12)
LATE = dt.date(2026, 12, 10)
AUTUMN, NEW_YEAR = dt.date(2028, 11, 20), dt.date(2028, 12, 20)


def _asked(doubt: str) -> k.EvidenceAsked:
    return k.EvidenceAsked(
        actor=OFFICER,
        what="identity",
        asked_on=ASKED,
        doubt=doubt,
        doubt_recorded=bool(doubt),
        letter="x",
    )


def paused(letter: str = "time/0/letter", on: dt.date = ASKED) -> k.ClockPaused:
    """A question that stops the clock."""
    return k.ClockPaused(actor=OFFICER, asked_on=on, question="Which years?", letter=letter)


def _extended(letter: str = "time/0/letter", on: dt.date = ASKED) -> k.TimeExtended:
    return k.TimeExtended(
        actor=OFFICER, noticed_on=on, ground="complexity", reasons="Forty boxes.", letter=letter
    )


def _arrived(on: dt.date) -> k.ItemArrived:
    return k.ItemArrived(actor=FORM, what="something else", arrived_on=on)


SCENARIOS = (
    Refused("not_in_future", "record.future", (opened(),), _arrived(NEVER)),
    Refused("not_before_receipt", "record.before_receipt", (opened(),), _arrived(BEFORE)),
    Refused("receipt_can_be", "clock.impossible_date", (), opened(received=NEVER)),
    # Past the last year whose holidays are confirmed no date is given (hard block).
    Refused(
        "within_horizon",
        "clock.past_horizon",
        (opened(received=NEW_YEAR),),
        k.LetterMade(actor=ENGINE, letter="acknowledgement", template="x", sha256="x", file="x"),
        today=NEW_YEAR,
    ),
    Refused(
        "within_horizon",
        "clock.past_horizon",
        (opened(received=AUTUMN),),
        _extended(on=AUTUMN),
        today=AUTUMN,
    ),
    Refused(
        "receipt_can_be",
        "clock.impossible_date",
        (opened(),),
        k.ReceiptCorrected(actor=OFFICER, received_on=NEVER, reason="The stamp."),
    ),
    Refused(
        "correction_has_reason",
        "record.no_reason",
        (opened(),),
        k.ReceiptCorrected(actor=OFFICER, received_on=ASKED, reason=" "),
    ),
    Refused("doubt_recorded", "record.no_doubt", (opened(),), _asked("")),
    Refused(
        "evidence_was_asked",
        "record.not_asked",
        (opened(),),
        k.EvidenceReceived(actor=FORM, what="identity", received_on=PAID),
    ),
    Refused(
        "evidence_was_asked",
        "record.not_asked",
        (opened(), _asked("The address is new.")),
        k.EvidenceReceived(actor=FORM, what="authority", received_on=PAID),
    ),
    Refused(
        "fee_was_charged",
        "record.no_fee",
        (opened(),),
        k.FeePaid(actor=FORM, paid_on=PAID),
    ),
    Refused(
        "clock_is_paused",
        "record.not_paused",
        (opened(),),
        k.ClockResumed(actor=FORM, answered_on=PAID),
    ),
    Refused(
        "answer_follows_question",
        "record.before_question",
        (opened(), paused()),
        k.ClockResumed(actor=FORM, answered_on=dt.date(2026, 11, 9)),
    ),
    # A pause on another right (hard block).
    Refused("pause_lawful", "clock.no_pause", (opened(Right.ERASURE),), paused()),
    Refused("pause_lawful", "clock.already_paused", (opened(), paused()), paused(on=PAID)),
    Refused(
        "pause_lawful",
        "clock.pause_late",
        (opened(),),
        paused(on=LATE),
        today=dt.date(2026, 12, 14),
    ),
    # A notice of extension after its last day (hard block).
    Refused(
        "extension_lawful",
        "clock.extension_late",
        (opened(),),
        _extended(on=LATE),
        today=dt.date(2026, 12, 14),
    ),
    Refused("extension_lawful", "clock.second_extension", (opened(), _extended()), _extended()),
    Refused("letter_goes_with_it", "record.no_letter", (opened(),), paused(letter="")),
    Refused("letter_goes_with_it", "record.no_letter", (opened(),), _extended(letter="")),
)
