"""The time of a request: pure functions over facts and today, each with its working."""

from rights.clock.checks import check_extension, check_pause, check_receipt
from rights.clock.facts import (
    Caution,
    Clock,
    ClockFacts,
    ClockState,
    Extension,
    Pause,
    Rejected,
    Step,
    Trigger,
)
from rights.clock.other import (
    OpinionAge,
    breach_notice_by,
    complaint_ack,
    health_opinion_age,
    health_opinion_earliest,
)
from rights.clock.read import read_clock

__all__ = [
    "Caution",
    "Clock",
    "ClockFacts",
    "ClockState",
    "Extension",
    "OpinionAge",
    "Pause",
    "Rejected",
    "Step",
    "Trigger",
    "breach_notice_by",
    "check_extension",
    "check_pause",
    "check_receipt",
    "complaint_ack",
    "health_opinion_age",
    "health_opinion_earliest",
    "read_clock",
]
