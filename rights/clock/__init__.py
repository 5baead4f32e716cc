"""The time of a request: pure functions over facts and today, each with its working."""

from rights.clock.checks import check_extension, check_pause, check_receipt
from rights.clock.explain import ExplainLine, ExplainPage, explain_page
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
    hold_confirm_by,
)
from rights.clock.read import read_clock
from rights.clock.whatif import (
    Difference,
    Supposed,
    Supposing,
    WhatIf,
    suppose,
    what_if,
    what_if_lines,
)

__all__ = [
    "Caution",
    "Clock",
    "ClockFacts",
    "ClockState",
    "Difference",
    "ExplainLine",
    "ExplainPage",
    "Extension",
    "OpinionAge",
    "Pause",
    "Rejected",
    "Step",
    "Supposed",
    "Supposing",
    "Trigger",
    "WhatIf",
    "breach_notice_by",
    "check_extension",
    "check_pause",
    "check_receipt",
    "complaint_ack",
    "explain_page",
    "health_opinion_age",
    "health_opinion_earliest",
    "hold_confirm_by",
    "read_clock",
    "suppose",
    "what_if",
    "what_if_lines",
]
